//! A request as it was sent, with what varies filled in.

use serde_json::{Map, Value};

use super::place::{inner_place, operation};
use super::secret::Secrets;
use super::seen::Seen;
use super::story::Story;
use super::text::{Decoded, quoted, replaced};
use super::unique::attribute_place;
use crate::suite::build::literal;
use crate::suite::template::{FOR_EACH, FROM};

/// The key of a body that the suite language takes for the name of a fixture.
const FIXTURE: &str = "fixture";

/// The path of a request, with its query.
pub(super) fn path(
    story: &Story<'_>,
    index: usize,
    seen: &Seen<'_>,
    secrets: &mut Secrets,
) -> String {
    let about = format!("{} {}", seen.method(), seen.path);
    let named = seen.resource().and_then(|(collection, id)| {
        let resource = story.resources.at(collection, &id, index)?;
        Some(format!("{}/${{{}}}", literal(collection), resource.word))
    });
    let path = match named {
        Some(named) => named,
        None if seen.path.is_empty() => "${target.base_url}".to_owned(),
        None => secrets
            .of("", seen.path, &about)
            .unwrap_or_else(|| literal(seen.path)),
    };
    match seen.query {
        None => path,
        Some(query) => format!(
            "{path}?{}",
            self::query(story, index, query, &about, secrets)
        ),
    }
}

fn query(
    story: &Story<'_>,
    index: usize,
    query: &str,
    about: &str,
    secrets: &mut Secrets,
) -> String {
    if let Some(text) = secrets.of("", query, about) {
        return text;
    }
    let decoded = Decoded::new(query, true);
    let with = quoted(&decoded.text).into_iter().filter_map(|quoted| {
        let by = story
            .names
            .looked_for(quoted.attribute, &quoted.value)
            .or_else(|| {
                let place = attribute_place(quoted.attribute);
                let referred = story.resources.referred(&place, &quoted.value, index)?;
                Some(format!("${{{}}}", referred.word))
            })?;
        Some((decoded.origin(&quoted.range), by))
    });
    replaced(query, with.collect())
}

/// The members of a step that are its body.
pub(super) fn body(
    story: &Story<'_>,
    index: usize,
    seen: &Seen<'_>,
    secrets: &mut Secrets,
) -> Option<(&'static str, Value)> {
    let content = &seen.exchange.request.content;
    if content.size == 0 {
        return None;
    }
    let about = format!("{} {}", seen.method(), seen.path);
    let Some(sent) = &seen.sent else {
        let text = secrets.of("body", &content.text, &about);
        return Some(("raw", text.unwrap_or_else(|| literal(&content.text)).into()));
    };
    let filled = fill("", sent, &mut |place, text| {
        secrets
            .of(place, text, &about)
            .unwrap_or_else(|| value(story, index, place, text))
    });
    Some(if filled.is_object() && !means_more(sent) {
        ("body", filled)
    } else {
        ("raw", filled.to_string().into())
    })
}

/// A body with its texts replaced.
pub(super) fn fill(place: &str, body: &Value, by: &mut dyn FnMut(&str, &str) -> String) -> Value {
    match body {
        Value::String(text) => by(place, text).into(),
        Value::Array(items) => items.iter().map(|item| fill(place, item, by)).collect(),
        Value::Object(members) => {
            let of = operation(body);
            let members = members.iter().map(|(name, inner)| {
                let place = inner_place(place, name, of.as_deref());
                (literal(name), fill(&place, inner, by))
            });
            Value::Object(members.collect::<Map<_, _>>())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => body.clone(),
    }
}

/// A text of a body.
fn value(story: &Story<'_>, index: usize, place: &str, text: &str) -> String {
    if let Some(name) = story.names.sent(place, text) {
        return name;
    }
    if let Some(resource) = story.resources.referred(place, text, index) {
        return format!("${{{}}}", resource.word);
    }
    if let Some((before, id)) = text.rsplit_once('/') {
        // A reference by URL, relative or not.
        let collection = format!("/{}", before.rsplit('/').next().unwrap_or_default());
        if let Some(resource) = story.resources.at(&collection, id, index) {
            let before = match before.strip_prefix(story.base_url) {
                Some(rest) => format!("${{target.base_url}}{}", literal(rest)),
                None => literal(before),
            };
            return format!("{before}/${{{}}}", resource.word);
        }
    }
    let with = quoted(text).into_iter().filter_map(|quoted| {
        let by = story
            .names
            .looked_for(quoted.attribute, &quoted.value)
            .or_else(|| {
                let place = attribute_place(quoted.attribute);
                let referred = story.resources.referred(&place, &quoted.value, index)?;
                Some(format!("${{{}}}", referred.word))
            })?;
        Some((quoted.range, by))
    });
    replaced(text, with.collect())
}

/// Whether a body has members that mean something to the suite language.
pub(super) fn means_more(body: &Value) -> bool {
    fn composed(value: &Value) -> bool {
        match value {
            Value::Array(items) => items.iter().any(composed),
            Value::Object(members) => {
                members.contains_key(FOR_EACH)
                    || members.contains_key(FROM)
                    || members.values().any(composed)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        }
    }
    body.get(FIXTURE).is_some() || composed(body)
}
