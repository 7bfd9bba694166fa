//! Where a value stands in a body, without what varies: `emails.value`, whether it is sent in a resource or by PATCH.

use serde_json::Value;

/// Attributes whose values name what they are of, in lower case.
const NAMES: [&str; 5] = [
    "username",
    "externalid",
    "emails",
    "emails.value",
    "displayname",
];

/// Whether values at a place name what they are of: these have to be unique, or to carry the run's tag.
pub(super) fn is_name(place: &str) -> bool {
    NAMES.contains(&place)
}

/// Whether a place holds references to resources by their id.
pub(super) fn is_reference(place: &str) -> bool {
    let last = place.rsplit('.').next().unwrap_or_default();
    matches!(last, "id" | "value" | "$ref")
        && !place.starts_with("emails")
        && !place.starts_with("phonenumbers")
}

/// The place that a member or an attribute path means: in lower case, without the schema's URN and without filters.
/// `emails[type eq "work"].value` is `emails.value`.
pub(super) fn named(path: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_usize;
    let mut quoted = false;
    for c in path.chars() {
        match c {
            '"' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth = depth.saturating_sub(1),
            _ if depth == 0 && !quoted => plain.extend(c.to_lowercase()),
            _ => {}
        }
    }
    if !plain.starts_with("urn:") {
        return plain;
    }
    // `urn:…:2.0:User:name.givenName`, or the schema alone: `urn:…:2.0:User`, `urn:…:1.0`.
    let mut parts = plain.rsplit(':');
    let is_version = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    match (parts.next(), parts.next()) {
        (Some(last), Some(before)) if !is_version(last) && !is_version(before) => last.to_owned(),
        _ => String::new(),
    }
}

/// A place below another one.
pub(super) fn below(place: &str, name: &str) -> String {
    let name = named(name);
    match (place.is_empty(), name.is_empty()) {
        (_, true) => place.to_owned(),
        (true, false) => name,
        (false, false) => format!("{place}.{name}"),
    }
}

/// Goes through the texts of a body with the place of each.
pub(super) fn texts<'a>(body: &'a Value, each: &mut dyn FnMut(&str, &'a str)) {
    walk("", body, each);
}

fn walk<'a>(place: &str, value: &'a Value, each: &mut dyn FnMut(&str, &'a str)) {
    match value {
        Value::String(text) => each(place, text),
        Value::Array(items) => items.iter().for_each(|item| walk(place, item, each)),
        Value::Object(members) => {
            let of = operation(value);
            for (name, inner) in members {
                walk(&inner_place(place, name, of.as_deref()), inner, each);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The place that an operation of a PATCH is about; empty if it names none.
pub(super) fn operation(value: &Value) -> Option<String> {
    value.get("op").and_then(Value::as_str)?;
    Some(
        value
            .get("path")
            .and_then(Value::as_str)
            .map_or_else(String::new, named),
    )
}

/// The place of a member of an object; `of` is what the object is about if it is an operation.
pub(super) fn inner_place(place: &str, name: &str, of: Option<&str>) -> String {
    match (of, name) {
        // The value of an operation stands at its path, and what holds operations is no place.
        (Some(of), "value") => of.to_owned(),
        (Some(_), _) => format!("operation.{name}"),
        (None, "Operations" | "operations") if place.is_empty() => String::new(),
        (None, _) => below(place, name),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_attribute_is_one_place_however_it_is_sent() {
        let bodies = [
            json!({ "emails": [{ "value": "a@b.c" }] }),
            json!({ "Operations": [{ "op": "replace", "path": "emails[type eq \"work\"].value", "value": "a@b.c" }] }),
            json!({ "Operations": [{ "op": "add", "path": "emails", "value": [{ "value": "a@b.c" }] }] }),
            json!({ "Operations": [{ "op": "replace", "value": { "emails": [{ "value": "a@b.c" }] } }] }),
            json!({ "Operations": [{ "op": "replace", "value": { "emails[primary eq true].value": "a@b.c" } }] }),
        ];
        for body in &bodies {
            let mut found = Vec::new();
            texts(body, &mut |place, text| {
                if text == "a@b.c" {
                    found.push(place.to_owned());
                }
            });
            assert_eq!(found, ["emails.value"], "{body}");
        }
        for (path, place) in [
            ("userName", "username"),
            (
                "urn:ietf:params:scim:schemas:core:2.0:User:userName",
                "username",
            ),
            (
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
                "",
            ),
            ("name.givenName", "name.givenname"),
            ("addresses[type eq \"a]b\"].street", "addresses.street"),
        ] {
            assert_eq!(named(path), place, "{path}");
        }
    }
}
