//! Resources that were in the tenant before: a run makes one like each, and leaves theirs alone.

use serde_json::{Map, Value};

use super::request::fill;
use super::resource::{Origin, Resource};
use super::story::Story;
use crate::http::REDACTED;
use crate::suite::build::literal;

/// Members that a client can't set.
const READ_ONLY: [&str; 4] = ["id", "meta", "groups", "$ref"];

/// What can be sent to make a resource that looks like this one.
pub(super) fn body(looks: &Value) -> Value {
    match looks {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, value)| {
                let secret = value.as_str().is_some_and(|text| text.contains(REDACTED));
                !secret
                    && !READ_ONLY
                        .iter()
                        .any(|known| name.eq_ignore_ascii_case(known))
            });
            Value::Object(
                kept.map(|(name, value)| (name.clone(), body(value)))
                    .collect::<Map<_, _>>(),
            )
        }
        Value::Array(items) => items.iter().map(body).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => looks.clone(),
    }
}

/// The body that makes a stand-in. Members that the run did not make are left out.
pub(super) fn template(
    story: &Story<'_>,
    resource: &Resource,
    looks: &Value,
    known: &[&str],
) -> Value {
    let mut own = body(looks);
    let word = |id: &str| {
        let mut all = story.resources.iter();
        let found = all.find(|other| {
            other.id == id
                && known.contains(&other.word.as_str())
                && matches!(other.origin, Origin::Before(_))
        });
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
    debug_assert!(!resource.word.is_empty(), "a stand-in has a name");
    fill("", &own, &mut |place, text| {
        story
            .names
            .sent(place, text)
            .or_else(|| word(text))
            .unwrap_or_else(|| literal(text))
    })
}
