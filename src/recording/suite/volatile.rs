//! What of an answer can be demanded again: not what differs from one time to the next.

use serde_json::{Map, Value};

use super::place::below;
use super::story::Story;
use super::unique::Received;
use crate::http::REDACTED;
use crate::scim::datetime;
use crate::suite::build::literal;

/// Members that a server gives out anew, in lower case.
const GIVEN_OUT: [&str; 6] = ["id", "meta", "$ref", "location", "version", "password"];

/// What is demanded of an answer's resource; `None` when nothing of it can be.
pub(super) fn lasting(story: &Story<'_>, index: usize, resource: &Value) -> Option<Value> {
    let members = resource.as_object()?;
    let kept = object(story, index, "", members);
    let says_something = kept
        .keys()
        .any(|name| !name.eq_ignore_ascii_case("schemas"));
    says_something.then_some(Value::Object(kept))
}

fn object(
    story: &Story<'_>,
    index: usize,
    place: &str,
    members: &Map<String, Value>,
) -> Map<String, Value> {
    let is_member = place == "members";
    let kept = members.iter().filter_map(|(name, value)| {
        let lower = name.to_ascii_lowercase();
        // The groups of a user follow from those of others, and names of members from theirs.
        let follows = (place.is_empty() && lower == "groups") || (is_member && lower == "display");
        if GIVEN_OUT.contains(&lower.as_str()) || follows {
            return None;
        }
        let kept = self::value(story, index, &below(place, name), value)?;
        Some((literal(name), kept))
    });
    kept.collect()
}

fn value(story: &Story<'_>, index: usize, place: &str, value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => self::text(story, index, place, text).map(Value::from),
        // Of a list, all has to be known: one value more would be a difference.
        Value::Array(items) => {
            let kept: Option<Vec<Value>> = items
                .iter()
                .map(|item| self::value(story, index, place, item))
                .collect();
            kept.map(Value::Array)
        }
        Value::Object(members) => {
            let kept = object(story, index, place, members);
            (members.is_empty() || !kept.is_empty()).then_some(Value::Object(kept))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Some(value.clone()),
    }
}

/// What is demanded of a text.
fn text(story: &Story<'_>, index: usize, place: &str, text: &str) -> Option<String> {
    if text.contains(REDACTED) {
        return None;
    }
    match story.names.received(place, text) {
        Received::Generated(word) => return Some(word),
        Received::Unknown => return None,
        Received::Same => {}
    }
    if let Some(resource) = story.resources.referred(place, text, index + 1) {
        return Some(format!("${{{}}}", resource.word));
    }
    if place == "members.value" || story.resources.is_within(text) {
        // Of somebody else's; and an id is another one next time.
        return None;
    }
    if story.names.was_sent(text) {
        return Some(literal(text));
    }
    let given_out = datetime::parse(text).is_some()
        || uuid::Uuid::try_parse(text).is_ok()
        || text.starts_with(story.origin());
    (!given_out).then(|| literal(text))
}
