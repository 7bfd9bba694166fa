//! What stands at a location: a JSON Schema with the suite language's keywords, or a bare value.

use serde_json::Value;

use super::describe;
use super::{Facts, Finding, Subject};
use crate::suite::Matcher;
use crate::suite::template::Undefined;
use crate::suite::value_schema::Filled;

/// Holds what is at a location against its matcher; `None` when nothing is there.
pub(super) fn find(
    at: &str,
    value: Option<&Value>,
    matcher: &Matcher,
    facts: Facts<'_>,
) -> Result<Finding, Undefined> {
    match matcher {
        Matcher::Value(template) => Ok(against_value(at, value, &template.render(facts.scope)?)),
        Matcher::Schema(schema) => Ok(against_schema(at, value, &*schema.fill(facts.scope)?)),
    }
}

/// A bare value: the same JSON, numbers by their value.
fn against_value(at: &str, value: Option<&Value>, wanted: &Value) -> Finding {
    let expected = describe::value(wanted);
    let received = value.map_or_else(|| "nothing".to_owned(), describe::value);
    let finding = Finding::new(at, expected.as_str(), received.as_str());
    match value {
        Some(value) if equal(value, wanted) => finding,
        Some(value) => {
            let mut finding =
                finding.broken(format!("{at}: expected {expected}, received {received}"));
            if value.is_object() || value.is_array() {
                finding.diff = describe::diff(wanted, value);
            }
            finding
        }
        None => finding.broken(format!("{at} is missing: expected {expected}")),
    }
}

/// Equality of JSON Schema's `const`: 1 and 1.0 are the same number.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| equal(a, b)))
        }
        (a, b) => a == b,
    }
}

fn against_schema(at: &str, value: Option<&Value>, filled: &Filled) -> Finding {
    let schema = &filled.schema;
    let expected = describe::schema(schema);
    let received = value.map_or_else(|| "nothing".to_owned(), describe::value);
    let finding = Finding::new(at, expected.as_str(), received.as_str());
    if let Some(absent) = schema.get("absent").and_then(Value::as_bool) {
        let there = value.is_some_and(|value| !is_unassigned(value));
        return finding.broken_if(there == absent, || {
            if absent {
                format!("{at} is there: {received}")
            } else {
                format!("{at} is missing")
            }
        });
    }
    let Some(value) = value else {
        if schema.get("optional") == Some(&Value::Bool(true)) {
            return finding;
        }
        return finding.broken(format!("{at} is missing: expected {expected}"));
    };
    match filled.validator() {
        Ok(validator) => match validator.iter_errors(value).next() {
            None => finding,
            Some(error) => {
                let place = error.instance_path().to_string();
                finding.broken(if place.is_empty() {
                    format!("{at}: expected {expected}, received {received}")
                } else {
                    let what = describe::cut(&error.masked().to_string(), 160);
                    format!("{at}, at {place}: {what}")
                })
            }
        },
        // Literal schemas are compiled by the loader too; this is one whose `${…}` made it invalid.
        Err(problem) => finding.broken(format!("the schema of {at} is invalid: {problem}")),
    }
}

/// `headers: { Name: … }`
pub(super) fn find_header(
    name: &str,
    matcher: &Matcher,
    facts: Facts<'_>,
    subject: Subject<'_>,
) -> Result<Finding, Undefined> {
    let at = format!("header {name}");
    let Subject::Response(answer) = subject else {
        return Ok(Finding::new(at, "a header", "several responses")
            .broken("several responses have no one header"));
    };
    let values: Vec<&str> = answer
        .headers
        .iter()
        .filter(|h| h.name.eq_ignore_ascii_case(name))
        .map(|h| h.value.as_str())
        .collect();
    let value = (!values.is_empty()).then(|| Value::String(values.join(", ")));
    find(&at, value.as_ref(), matcher, facts)
}

/// `null` and the empty list are the same as absence (RFC 7643 §2.5).
pub(super) fn is_unassigned(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}
