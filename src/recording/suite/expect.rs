//! What is demanded of an answer: what was recorded, as far as it can be the same again.

use serde_json::{Map, Value, json};

use super::request::means_more;
use super::resource::is_lookup;
use super::seen::Seen;
use super::story::Story;
use super::volatile::lasting;

/// The expectations of a step.
pub(super) fn expectations(story: &Story<'_>, index: usize, seen: &Seen<'_>) -> Value {
    let answer = &seen.exchange.answer;
    let mut expect = Map::new();
    expect.insert("status".into(), answer.status.into());
    if let Some(headers) = headers(seen) {
        expect.insert("headers".into(), headers);
    }
    let content = &answer.message.content;
    if content.size == 0 && seen.succeeded() && seen.method() != "HEAD" {
        expect.insert("body".into(), "none".into());
    }
    let Some(got) = &seen.got else {
        return Value::Object(expect);
    };
    if story.races.hold(index) {
        return Value::Object(expect);
    }
    if !seen.succeeded() {
        error(got, &mut expect);
    } else if let Some(listed) = seen.listed() {
        list(story, index, seen, got, listed, &mut expect);
    } else if let Some(resource) =
        lasting(story, index, got).filter(|resource| !means_more(resource))
    {
        expect.insert("sameAs".into(), resource);
    }
    if seen.succeeded() && seen.query.is_none() {
        gone(story, index, got, &mut expect);
    }
    Value::Object(expect)
}

/// The media type, and that a new resource says where it is.
fn headers(seen: &Seen<'_>) -> Option<Value> {
    let message = &seen.exchange.answer.message;
    let mut headers = Map::new();
    if message.content.size > 0
        && let Some(media_type) = message.header("content-type")
    {
        let plain = media_type.split(';').next().unwrap_or_default().trim();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "/+.-".contains(c);
        if !plain.is_empty() && plain.chars().all(is_plain) {
            let pattern = plain.replace('.', "\\.").replace('+', "\\+");
            headers.insert(
                "Content-Type".into(),
                json!({ "pattern": format!("^{pattern}") }),
            );
        }
    }
    if seen.exchange.answer.status == 201 && message.header("location").is_some() {
        headers.insert("Location".into(), json!({ "notEmpty": true }));
    }
    (!headers.is_empty()).then_some(Value::Object(headers))
}

/// What a resource no longer has: absence is nothing that a comparison of what is there would see.
fn gone(story: &Story<'_>, index: usize, got: &Value, expect: &mut Map<String, Value>) {
    let before = story
        .looks
        .before(index)
        .and_then(|before| story.seen.get(before)?.got.as_ref());
    let has = |value: &Value, name: &str| {
        value
            .get(name)
            .is_some_and(|value| !value.is_null() && !value.as_array().is_some_and(Vec::is_empty))
    };
    for name in before
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::keys)
    {
        let was_there = before.is_some_and(|before| has(before, name));
        if was_there && is_word(name) && name != "groups" && !has(got, name) {
            expect.insert(format!("$.{name}"), json!({ "absent": true }));
        }
    }
}

/// Status and `scimType` of a SCIM error; its words may change.
fn error(got: &Value, expect: &mut Map<String, Value>) {
    if let Some(kind) = got
        .get("scimType")
        .and_then(Value::as_str)
        .filter(|kind| is_word(kind))
    {
        expect.insert("$.scimType".into(), kind.into());
    }
    let status = got.get("status");
    if let Some(status) = status.filter(|status| status.is_string() || status.is_number()) {
        let status = crate::suite::template::text_of(status);
        if status.chars().all(|c| c.is_ascii_digit()) {
            expect.insert("$.status".into(), json!({ "asText": status }));
        }
    }
}

/// A list: of one that is looked for by name, what is found; of any other only that it is one, since nobody knows what
/// the tenant holds.
fn list(
    story: &Story<'_>,
    index: usize,
    seen: &Seen<'_>,
    got: &Value,
    listed: &[Value],
    expect: &mut Map<String, Value>,
) {
    let total = got.get("totalResults").and_then(Value::as_u64);
    match total {
        Some(total @ 0..=1) if is_lookup(seen) => {
            expect.insert("$.totalResults".into(), total.into());
        }
        Some(_) => {
            expect.insert("$.totalResults".into(), json!({ "type": "integer" }));
        }
        None => {}
    }
    let of_schemas = ["/Schemas", "/ResourceTypes"].contains(&seen.path.trim_end_matches('/'));
    if of_schemas {
        let names: Vec<&str> = listed
            .iter()
            .filter_map(|item| item.get("id").or_else(|| item.get("name"))?.as_str())
            .filter(|name| !name.contains("${"))
            .collect();
        let member = if listed.iter().all(|item| item.get("id").is_some()) {
            "id"
        } else {
            "name"
        };
        if names.len() == listed.len() && !names.is_empty() {
            expect.insert(
                format!("$.Resources[*].{member}"),
                json!({ "includesAll": names }),
            );
        }
        return;
    }
    let [only] = listed else { return };
    if total != Some(1) || !is_lookup(seen) {
        return;
    }
    if let (Some(collection), Some(id)) = (seen.collection(), only.get("id"))
        && let Some(resource) =
            story
                .resources
                .at(collection, &crate::suite::template::text_of(id), index)
    {
        expect.insert(
            "$.Resources[0].id".into(),
            format!("${{{}}}", resource.word).into(),
        );
    }
    let lasting = lasting(story, index, only);
    for (name, value) in lasting.iter().filter_map(Value::as_object).flatten() {
        plain(&format!("$.Resources[0].{name}"), name, value, expect);
        for (inner, value) in value
            .as_object()
            .into_iter()
            .flatten()
            .filter(|_| is_word(name))
        {
            plain(
                &format!("$.Resources[0].{name}.{inner}"),
                inner,
                value,
                expect,
            );
        }
    }
}

/// A value that is neither list nor object.
fn plain(place: &str, name: &str, value: &Value, expect: &mut Map<String, Value>) {
    let is_plain = matches!(value, Value::String(_) | Value::Bool(_) | Value::Number(_));
    if is_word(name) && is_plain {
        expect.insert(place.to_owned(), value.clone());
    }
}

/// Whether a name can stand in a path as it is.
fn is_word(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
