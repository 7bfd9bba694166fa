//! Looking into JSON as SCIM does: names ignore case (RFC 7643 §2.1).

use serde_json::{Map, Value};

/// The member of an object, as spelled or else in any case of letters.
pub(super) fn get<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    members.get(name).or_else(|| {
        members
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    })
}

/// The spelling that an object has for a name.
pub(super) fn key<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    if let Some((key, _)) = members.get_key_value(name) {
        return Some(key);
    }
    members
        .keys()
        .map(String::as_str)
        .find(|key| key.eq_ignore_ascii_case(name))
}

/// The member of a value, if it is an object and has it.
pub(super) fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    get(value.as_object()?, name)
}

/// A member that is a string.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    member(value, name)?.as_str()
}

/// A member that is a boolean.
pub(super) fn flag(value: &Value, name: &str) -> Option<bool> {
    member(value, name)?.as_bool()
}

/// The strings of a member that is an array.
pub(super) fn texts(value: &Value, name: &str) -> Vec<String> {
    let items = member(value, name)
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    items
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// What kind of JSON a value is, for people.
pub(super) const fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
