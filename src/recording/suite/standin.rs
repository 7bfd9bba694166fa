//! Resources that were in the tenant before: a run makes one like each, and leaves theirs alone.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::request::fill;
use super::resource::Origin;
use super::story::Story;
use crate::http::REDACTED;
use crate::scim::datetime;
use crate::suite::build::literal;

/// Members that a client can't set.
const READ_ONLY: [&str; 4] = ["id", "meta", "groups", "$ref"];

/// What can be sent to make a resource that looks like this one: not what the server gave out.
pub(super) fn body(looks: &Value) -> Value {
    let id = looks.get("id").and_then(Value::as_str).unwrap_or_default();
    // A shorter one stands in other texts by chance.
    let id = if id.len() < 8 { None } else { Some(id) };
    settable(looks, id)
}

fn settable(looks: &Value, id: Option<&str>) -> Value {
    let given_out = |text: &str| {
        text.contains(REDACTED)
            || datetime::parse(text).is_some()
            || id.is_some_and(|id| text.contains(id))
    };
    match looks {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, value)| {
                !READ_ONLY
                    .iter()
                    .any(|known| name.eq_ignore_ascii_case(known))
                    && !value.as_str().is_some_and(given_out)
            });
            let kept = kept.map(|(name, value)| (name.clone(), settable(value, id)));
            Value::Object(kept.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(|item| settable(item, id)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => looks.clone(),
    }
}

/// The body that makes a stand-in. Members that the run did not make are left out.
pub(super) fn template(story: &Story<'_>, looks: &Value, known: &BTreeSet<String>) -> Value {
    let mut own = body(looks);
    let word = |id: &str| {
        let found = story
            .resources
            .of_id(id)
            .find(|other| known.contains(&other.word) && matches!(other.origin, Origin::Before(_)));
        found.map(|found| format!("${{{}}}", found.word))
    };
    if let Some(Value::Array(members)) = own.get_mut("members") {
        members.retain(|member| {
            member
                .get("value")
                .and_then(Value::as_str)
                .is_some_and(|id| word(id).is_some())
        });
    }
    fill("", &own, &mut |place, text| {
        story
            .names
            .sent(place, text)
            .or_else(|| word(text))
            .unwrap_or_else(|| literal(text))
    })
}
