//! XML in place of JSON, as SCIM 1.1 may offer it (API §3.6; core schema §3): for reading only.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::answer::{Answer, Body};
use super::call::Call;
use super::dialect::Dialect;
use super::fault::{Choice, Switches};
use crate::scim::urn;

/// Whether a client is answered with XML.
pub(super) fn is_wanted(switches: &Switches, dialect: Dialect, call: &Call) -> bool {
    dialect == Dialect::V1
        && switches.chooses(Choice::XmlOffered)
        && !call.accepts_json()
        && call
            .header("accept")
            .is_some_and(|accept| accept.to_ascii_lowercase().contains("application/xml"))
}

/// The answer with its JSON as XML.
pub(super) fn answer(mut answer: Answer) -> Answer {
    if let Body::Json(Value::Object(members)) = &answer.body {
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        root(&mut text, members);
        answer.body = Body::Text(text);
        answer.set("content-type", "application/xml; charset=utf-8");
    }
    answer
}

fn root(text: &mut String, members: &Map<String, Value>) {
    let name = if members.contains_key("userName") {
        "User"
    } else if members.contains_key("id") {
        "Group"
    } else {
        "Response"
    };
    // Writing to a string does not fail.
    let _ = write!(
        text,
        "<{name} xmlns=\"{}\" xmlns:enterprise=\"{}\">",
        urn::v1::CORE,
        urn::v1::ENTERPRISE
    );
    object(text, members, "");
    let _ = write!(text, "</{name}>");
}

fn object(text: &mut String, members: &Map<String, Value>, prefix: &str) {
    for (name, value) in members {
        match value {
            _ if name == "schemas" => {}
            Value::Object(inner) if name == urn::v1::ENTERPRISE => {
                object(text, inner, "enterprise:");
            }
            _ => element(text, &format!("{prefix}{name}"), value, prefix),
        }
    }
}

fn element(text: &mut String, name: &str, value: &Value, prefix: &str) {
    let _ = write!(text, "<{name}>");
    match value {
        Value::Object(members) => object(text, members, prefix),
        Value::Array(items) => {
            let child = name.strip_suffix('s').unwrap_or(name);
            for item in items {
                element(text, child, item, prefix);
            }
        }
        Value::String(value) => {
            for letter in value.chars() {
                match letter {
                    '&' => text.push_str("&amp;"),
                    '<' => text.push_str("&lt;"),
                    '>' => text.push_str("&gt;"),
                    other => text.push(other),
                }
            }
        }
        other => {
            let _ = write!(text, "{other}");
        }
    }
    let _ = write!(text, "</{name}>");
}
