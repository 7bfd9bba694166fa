//! Defects that broke integrations with real servers, as public threads tell them.

mod answers;
mod patches;
mod queries;
mod refusals;

pub(super) use answers::{alter, before};
pub(in crate::server) use refusals::{after_refusal, refusal};

use serde_json::Value;

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn is_op(operation: &Value, op: &str) -> bool {
    text(operation, "op").eq_ignore_ascii_case(op)
}

fn operations(body: &Value) -> impl Iterator<Item = &Value> {
    let list = body.get("Operations").and_then(Value::as_array);
    list.into_iter().flatten()
}

/// The members that an operation of a PATCH names as its value, by path or without.
fn members_of(operation: &Value) -> impl Iterator<Item = &Value> {
    let value = operation.get("value");
    let named = match text(operation, "path") {
        "" => value.and_then(|value| value.get("members")),
        path if path.eq_ignore_ascii_case("members") => value,
        _ => None,
    };
    named.and_then(Value::as_array).into_iter().flatten()
}
