//! What requests do, in words for people.

use serde_json::Value;

use super::resource::kind;
use super::seen::Seen;
use super::text::{Decoded, quoted};

/// What a request does.
pub(super) fn title(seen: &Seen<'_>) -> String {
    let method = seen.method();
    if let Some((collection, _)) = seen.resource() {
        let what = kind(collection);
        return match method {
            "GET" => format!("Read the {what}"),
            "PUT" => format!(
                "{} the {what}",
                by_state(seen.sent.as_ref()).unwrap_or("Replace")
            ),
            "PATCH" => patch(seen.sent.as_ref(), &what),
            "DELETE" => format!("Delete the {what}"),
            _ => format!("{method} for the {what}"),
        };
    }
    let Some(collection) = seen.collection() else {
        let last = seen
            .path
            .trim_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default();
        return match (method, last) {
            ("GET", "") => "Read the base URL".to_owned(),
            ("GET", last) => format!("Read {last}"),
            _ => format!("{method} {}", seen.path),
        };
    };
    let what = kind(collection);
    let query = Decoded::new(seen.query.unwrap_or_default(), true);
    match method {
        "GET" => match quoted(&query.text).first() {
            Some(filter) if !filter.attribute.is_empty() => {
                let plain = filter
                    .attribute
                    .rsplit(['=', '&', ':'])
                    .next()
                    .unwrap_or_default();
                let plain: String = plain
                    .chars()
                    .filter(|c| c.is_ascii_alphanumeric() || *c == '.')
                    .collect();
                format!("Look for a {what} by {plain}")
            }
            Some(_) | None => format!("List {}", collection.trim_start_matches('/')),
        },
        "POST" if seen.path.ends_with("/.search") => {
            format!("Search {}", collection.trim_start_matches('/'))
        }
        "POST" => format!("Create a {what}"),
        _ => format!("{method} {collection}"),
    }
}

/// What `active` says, sent as a boolean or, as some clients do, as a text.
fn by_state(body: Option<&Value>) -> Option<&'static str> {
    let active = body?.get("active")?;
    let is = |word: &str| {
        active
            .as_str()
            .is_some_and(|text| text.eq_ignore_ascii_case(word))
    };
    (active == &Value::Bool(false) || is("false")).then_some("Deactivate")
}

fn patch(body: Option<&Value>, what: &str) -> String {
    let operations = body
        .and_then(|body| body.get("Operations"))
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    let [operation] = operations else {
        return format!("Change the {what}");
    };
    let word = operation
        .get("op")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_lowercase();
    let path = operation
        .get("path")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let value = operation.get("value");
    let active = match (path, value) {
        ("active", value) => value,
        (_, Some(value)) => value.get("active"),
        (_, None) => None,
    };
    let is = |on: bool| {
        active.is_some_and(|active| {
            active == &Value::Bool(on)
                || active
                    .as_str()
                    .is_some_and(|text| text.eq_ignore_ascii_case(&on.to_string()))
        })
    };
    match (word.as_str(), super::place::named(path).as_str()) {
        _ if is(false) => format!("Deactivate the {what}"),
        _ if is(true) => format!("Activate the {what}"),
        ("add", "members") => format!("Add members to the {what}"),
        ("remove", "members") => format!("Remove members from the {what}"),
        ("replace", "members") => format!("Replace the members of the {what}"),
        (_, "password") => format!("Set the password of the {what}"),
        (_, "displayname") => format!("Rename the {what}"),
        _ => format!("Change the {what}"),
    }
}
