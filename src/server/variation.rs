//! What the variations do: other lawful choices. Those of queries, discovery and ids stand in the code they change.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::answer::{Answer, Body};
use super::call::Call;
use super::dialect::Dialect;
use super::fault::{Choice, Switches};
use super::kind::Kind;
use super::route::{Asked, Operation, Place};
use crate::scim::resource::{Extension, ResourceSchema};
use crate::scim::schema::{Attribute, Kind as Type, Mutability, Schema};

/// A URN that no client knows.
const UNKNOWN_EXTENSION: &str = "urn:example:params:scim:schemas:extension:badge:1.0:User";

/// Adds the extension that no client knows to a resource type: what a resource's `schemas` names, its type has (RFC 7643
/// §3).
pub(super) fn with_badge(kind: &mut Kind) {
    let said_by_server = |name: &str, kind: Type| Attribute {
        name: name.to_owned(),
        kind,
        mutability: Mutability::ReadOnly,
        description: "What the badge of a person or a thing has.".to_owned(),
        ..Attribute::default()
    };
    let badge = Schema {
        id: UNKNOWN_EXTENSION.to_owned(),
        name: "Badge".to_owned(),
        description: "A badge.".to_owned(),
        attributes: vec![
            said_by_server("colour", Type::String),
            said_by_server("floor", Type::Integer),
        ],
    };
    kind.schema.extensions.push((badge, false));
    kind.resource_type.extensions.push(Extension {
        schema: UNKNOWN_EXTENSION.to_owned(),
        required: false,
    });
}

/// Changes the representation of a resource.
pub(super) fn representation(
    switches: &Switches,
    schema: &ResourceSchema,
    dialect: Dialect,
    shown: &mut Value,
) {
    let Some(members) = shown.as_object_mut() else {
        return;
    };
    if switches.chooses(Choice::EmailsWithDisplay) {
        for email in members
            .get_mut("emails")
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            if let (Some(value), Some(email)) = (email.get("value").cloned(), email.as_object_mut())
            {
                email.entry("display").or_insert(value);
            }
        }
    }
    let whole = members.contains_key("meta");
    if whole && dialect == Dialect::V2 {
        for attribute in &schema.base.attributes {
            let silent = attribute.returned != crate::scim::schema::Returned::Default
                || members.contains_key(&attribute.name);
            if silent {
                continue;
            }
            if attribute.multi_valued && switches.chooses(Choice::EmptyArrays) {
                members.insert(attribute.name.clone(), json!([]));
            } else if switches.chooses(Choice::UnassignedAsNull) {
                members.insert(attribute.name.clone(), Value::Null);
            }
        }
        if switches.chooses(Choice::ExtraAttributes) {
            if let Some(schemas) = members.get_mut("schemas").and_then(Value::as_array_mut) {
                schemas.push(UNKNOWN_EXTENSION.into());
            }
            members.insert(
                UNKNOWN_EXTENSION.to_owned(),
                json!({ "colour": "green", "floor": 3 }),
            );
        }
    }
}

/// Changes an answer.
pub(super) fn alter(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    let creates = asked.operation == Operation::Create && answer.status == 201;
    if creates && switches.chooses(Choice::CreateBodyMinimal) {
        let sent = call.json().unwrap_or_default();
        let named = |name: &str| {
            ["schemas", "id", "meta"].contains(&name)
                || sent
                    .as_object()
                    .is_some_and(|sent| sent.keys().any(|key| key.eq_ignore_ascii_case(name)))
        };
        if let Some(members) = answer.json_mut().and_then(Value::as_object_mut) {
            members.retain(|name, _| named(name));
        }
    }
    if answer.status == 401 && switches.chooses(Choice::MoreChallenges) {
        let challenge = "Negotiate".to_owned();
        answer
            .headers
            .push(("www-authenticate".to_owned(), challenge));
    }
    if answer.status >= 400 {
        let silent = matches!(answer.status, 401 | 404);
        if let Some(members) = answer.json_mut().and_then(Value::as_object_mut) {
            if switches.chooses(Choice::GermanErrors) {
                members.insert(
                    "detail".to_owned(),
                    "Das geht leider nicht: bitte die Anfrage prüfen.".into(),
                );
            }
            if switches.chooses(Choice::ErrorsWithoutDetail) && !silent {
                members.shift_remove("detail");
            }
        }
    }
    let single = matches!(asked.place, Place::Resource(..)) && answer.is_success();
    if single && switches.chooses(Choice::LocationOnEveryAnswer) {
        let location = answer.json_mut().and_then(|body| {
            body.get("meta")?
                .get("location")?
                .as_str()
                .map(str::to_owned)
        });
        if let Some(location) = location {
            answer.set("location", location);
        }
    }
    if switches.chooses(Choice::ReversedMembers)
        && let Some(body) = answer.json_mut()
    {
        reverse(body);
    }
}

fn reverse(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(reverse);
            *members = std::mem::take(members)
                .into_iter()
                .rev()
                .collect::<Map<_, _>>();
        }
        Value::Array(items) => items.iter_mut().for_each(reverse),
        _ => {}
    }
}

/// Changes the media type.
pub(super) fn media_type(switches: &Switches, answer: &mut Answer) {
    let Some(given) = answer.header("content-type").map(str::to_owned) else {
        return;
    };
    if switches.chooses(Choice::MediaTypeJson) && given == "application/scim+json" {
        answer.set("content-type", "application/json");
    }
    if switches.chooses(Choice::MediaTypeWithCharset) && given.ends_with("json") {
        answer.set("content-type", format!("{given};charset=utf-8"));
    }
}

/// The bytes of a body.
pub(super) fn bytes(switches: &Switches, answer: &Answer) -> Vec<u8> {
    match &answer.body {
        Body::Json(value) if switches.chooses(Choice::PrettyJson) => {
            format!("{value:#}\n").into_bytes()
        }
        Body::Json(value) if switches.chooses(Choice::EscapedJson) => {
            let mut text = String::new();
            for c in value.to_string().chars() {
                if c.is_ascii() {
                    text.push(c);
                } else {
                    let mut units = [0; 2];
                    for unit in c.encode_utf16(&mut units) {
                        // Writing to a string does not fail.
                        let _ = write!(text, "\\u{unit:04x}");
                    }
                }
            }
            text.into_bytes()
        }
        _ => answer.bytes(),
    }
}
