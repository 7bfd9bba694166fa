//! The id of a resource, by which Okta knows it from then on.

use serde_json::Value;

use super::cut;

/// The longest part of an id that is no text which is shown, in characters.
const LONGEST: usize = 60;

/// The `id` of a resource: a text that is not empty (RFC 7643 §3.1).
///
/// # Errors
/// What is there instead, as the end of a sentence on the resource: "has no `id`".
pub fn id_of(resource: &Value) -> Result<&str, String> {
    match resource.get("id") {
        None => Err("has no `id`".to_owned()),
        Some(Value::String(id)) if id.is_empty() => Err("has an empty `id`".to_owned()),
        Some(Value::String(id)) => Ok(id),
        Some(other) => Err(format!(
            "has {} as its `id`, and an id is a text",
            cut(&other.to_string(), LONGEST)
        )),
    }
}

/// The id that the answer to a create has.
///
/// # Errors
/// Why Okta can't use the answer, as a sentence without its full stop.
pub fn created(answer: &Value) -> Result<&str, String> {
    id_of(answer)
        .map_err(|problem| format!("the answer {problem}: Okta would not know the resource again"))
}
