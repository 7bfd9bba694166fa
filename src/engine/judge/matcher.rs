//! What stands at a location: a JSON Schema with the suite language's keywords, or a bare value.

use jsonschema::{Keyword, PatternOptions, ValidationError, Validator};
use serde_json::{Map, Value, json};

use super::describe;
use super::{Facts, Finding, Subject};
use crate::suite::Matcher;
use crate::suite::template::{Undefined, text_of};

/// Holds what is at a location against its matcher; `None` when nothing is there.
pub(super) fn find(
    at: &str,
    value: Option<&Value>,
    matcher: &Matcher,
    facts: Facts<'_>,
) -> Result<Finding, Undefined> {
    match matcher {
        Matcher::Value(template) => Ok(against_value(at, value, &template.render(facts.scope)?)),
        Matcher::Schema(template) => Ok(against_schema(at, value, &template.render(facts.scope)?)),
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

fn against_schema(at: &str, value: Option<&Value>, schema: &Value) -> Finding {
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
        return finding.broken(format!("{at} is missing: expected {expected}"));
    };
    match compile(schema) {
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

/// A schema that matches a bare value or is one.
fn as_schema(value: &Value) -> Value {
    if value.is_object() {
        value.clone()
    } else {
        json!({ "const": value })
    }
}

/// Compiles a schema with the suite language's keywords.
///
/// # Errors
/// What is wrong with the schema.
pub(super) fn compile(schema: &Value) -> Result<Validator, String> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        // Linear time: a suite's pattern meets text from a hostile server.
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(true)
        .with_keyword("notEmpty", |_, value, _| {
            Ok(boxed(NotEmpty {
                wanted: value != &Value::Bool(false),
            }))
        })
        .with_keyword("asText", |_, value, _| {
            inner(value).map(|validator| boxed(AsText { validator }))
        })
        .with_keyword("asNumber", |_, value, _| {
            inner(value).map(|validator| boxed(AsNumber { validator }))
        })
        .with_keyword("ignoringCase", |_, value, _| {
            Ok(boxed(IgnoringCase {
                wanted: text_of(value),
            }))
        })
        .with_keyword("includesAll", |_, value, _| {
            Ok(boxed(IncludesAll {
                wanted: value.as_array().cloned().unwrap_or_default(),
            }))
        })
        .with_keyword("absent", |_: &Map<String, Value>, _, _| Ok(boxed(Anything)))
        .build(schema)
        .map_err(|error| error.to_string())
}

type Boxed = Box<dyn for<'i> Keyword<'i>>;

fn boxed(keyword: impl for<'i> Keyword<'i> + 'static) -> Boxed {
    Box::new(keyword)
}

fn inner(value: &Value) -> Result<Validator, ValidationError<'static>> {
    compile(&as_schema(value)).map_err(ValidationError::custom)
}

/// A keyword that is one test with one message.
macro_rules! keyword {
    ($name:ident, |$self:ident, $value:ident| $test:expr, $message:expr) => {
        impl<'i> Keyword<'i> for $name {
            fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
                if self.is_valid(instance) { Ok(()) } else { Err(ValidationError::custom($message)) }
            }

            fn is_valid(&$self, $value: &'i Value) -> bool {
                $test
            }
        }
    };
}

struct Anything;
keyword!(Anything, |self, _value| true, "");

struct NotEmpty {
    wanted: bool,
}
keyword!(
    NotEmpty,
    |self, value| {
        let empty = match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        empty != self.wanted
    },
    "it is empty"
);

struct AsText {
    validator: Validator,
}
keyword!(
    AsText,
    |self, value| self.validator.is_valid(&Value::String(text_of(value))),
    "as text it does not match"
);

struct AsNumber {
    validator: Validator,
}
keyword!(
    AsNumber,
    |self, value| match value {
        Value::Number(_) => self.validator.is_valid(value),
        Value::String(text) => {
            serde_json::from_str::<serde_json::Number>(text.trim())
                .is_ok_and(|n| self.validator.is_valid(&n.into()))
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => false,
    },
    "it is not that number"
);

struct IgnoringCase {
    wanted: String,
}
keyword!(
    IgnoringCase,
    |self, value| value
        .as_str()
        .is_some_and(|text| text.to_lowercase() == self.wanted.to_lowercase()),
    "it is not that text in any case"
);

struct IncludesAll {
    wanted: Vec<Value>,
}
keyword!(
    IncludesAll,
    |self, value| value
        .as_array()
        .is_some_and(|items| self.wanted.iter().all(|wanted| items.contains(wanted))),
    "it does not hold all of them"
);
