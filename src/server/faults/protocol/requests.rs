//! Requests that a faulty server takes for others.

use axum::body::Bytes;
use axum::http::HeaderValue;
use serde_json::Value;

use super::edit;
use crate::server::call::{Call, decode};
use crate::server::dialect::Dialect;
use crate::server::fault::{Defect, Switches};
use crate::server::route::{Asked, Operation};

/// Brings a request to another base URL.
pub(in crate::server) fn reroute(switches: &Switches, call: &mut Call) {
    let other = |from: &str, to: Dialect| {
        let rest = call.path.strip_prefix(from)?;
        rest.starts_with('/')
            .then(|| format!("{}{rest}", to.base()))
    };
    let known = [Dialect::V1, Dialect::V2]
        .into_iter()
        .any(|dialect| call.path.starts_with(dialect.base()));
    let path = if switches.has(Defect::V1AnswersAsV2) {
        other(Dialect::V1.base(), Dialect::V2)
    } else if switches.has(Defect::OtherVersionAnswers) {
        other("/scim/v9", Dialect::V2).or_else(|| other("/scim/v99", Dialect::V2))
    } else if switches.has(Defect::UnversionedAnswersV1) && !known {
        other("/scim", Dialect::V1)
    } else {
        None
    };
    if let Some(path) = path {
        call.path = path;
    }
}

/// Changes a request.
pub(in crate::server::faults) fn before(switches: &Switches, call: &mut Call, asked: &Asked) {
    if asked.is_v1() {
        return;
    }
    let has = |defect| switches.has(defect);
    headers(switches, call, asked);
    if has(Defect::QueryDecodedTwice) {
        for (name, value) in &mut call.query {
            if name.eq_ignore_ascii_case("filter") {
                *value = decode(value);
            }
        }
    }
    if has(Defect::BodyReadAsLatin1) {
        let says = call
            .header("content-type")
            .is_some_and(|kind| kind.contains("charset"));
        if let Some(body) = call.body.as_ref().filter(|_| !says) {
            let text: String = body.iter().map(|byte| char::from(*byte)).collect();
            call.body = Some(Bytes::from(text));
        }
    }
    if asked.operation == Operation::Create {
        creates(switches, call);
    }
}

fn headers(switches: &Switches, call: &mut Call, asked: &Asked) {
    let has = |defect| switches.has(defect);
    let ignores_if_match = match asked.operation {
        Operation::Delete => has(Defect::DeleteIfMatchIgnored),
        Operation::Modify => has(Defect::PatchIfMatchIgnored),
        _ => false,
    };
    if ignores_if_match {
        call.headers.remove("if-match");
    }
    let tags = call.header("if-none-match").unwrap_or_default();
    if has(Defect::IfNoneMatchStrong) && tags.contains("W/")
        || has(Defect::IfNoneMatchWithoutLists) && tags.contains(',')
    {
        call.headers.remove("if-none-match");
    }
    if has(Defect::BodyMediaTypeIgnored) {
        let json = HeaderValue::from_static("application/scim+json");
        call.headers.insert("content-type", json);
    }
}

fn creates(switches: &Switches, call: &mut Call) {
    if switches.has(Defect::CreateNullAsText) {
        edit(call, |body| {
            let members = body.as_object_mut().into_iter().flatten();
            for (_, value) in members.filter(|(name, value)| value.is_null() && *name == "nickName")
            {
                *value = "null".into();
            }
        });
    }
    if switches.has(Defect::CreateWrongTypeCoerced) {
        edit(call, |body| {
            let Some(members) = body.as_object_mut() else {
                return;
            };
            for (name, fits) in [
                ("active", Value::is_boolean as fn(&Value) -> bool),
                ("name", Value::is_object),
                ("emails", Value::is_array),
                ("displayName", Value::is_string),
            ] {
                if members.get(name).is_some_and(|value| !fits(value)) {
                    members.shift_remove(name);
                }
            }
        });
    }
}
