//! JSON Schema with the keywords that the suite language adds: the one place that compiles what stands at a location.

use jsonschema::{Keyword, PatternOptions, ValidationError, Validator};
use serde_json::{Map, Value, json};

use super::instant::Instant;
use super::template::{number_of, plain_text, text_of};

/// A schema that matches a bare value or is one.
fn as_schema(value: &Value) -> Value {
    if value.is_object() {
        value.clone()
    } else {
        json!({ "const": value })
    }
}

/// A bare value that is compared with a text is one too: `asText: 0`.
fn written(value: &Value) -> Value {
    if value.is_object() {
        value.clone()
    } else {
        plain_text(value).into()
    }
}

/// A bare text that is compared with a number is one too, if it can be: `asNumber: "200"`.
fn counted(value: &Value) -> Value {
    match value {
        Value::String(text) => number_of(text).map_or_else(|| value.clone(), Value::Number),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            value.clone()
        }
    }
}

/// Compiles a schema with the suite language's keywords.
///
/// # Errors
/// What is wrong with the schema.
pub fn compile(schema: &Value) -> Result<Validator, String> {
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
            let value = written(value);
            inner(&value).map(|validator| boxed(AsText { validator }))
        })
        .with_keyword("asNumber", |_, value, _| {
            let value = counted(value);
            inner(&value).map(|validator| boxed(AsNumber { validator }))
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
        .with_keyword("containsText", |_, value, _| {
            Ok(boxed(ContainsText {
                wanted: plain_text(value),
            }))
        })
        .with_keyword("hasValue", |_, value, _| {
            Ok(boxed(HasValue {
                wanted: plain_text(value),
            }))
        })
        .with_keyword("instant", |_, value, _| {
            Instant::read(value)
                .map(boxed)
                .map_err(ValidationError::custom)
        })
        // What is not there never comes here.
        .with_keyword("optional", |_: &Map<String, Value>, _, _| {
            Ok(boxed(Anything))
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
    |self, value| self.validator.is_valid(&Value::String(plain_text(value))),
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
            number_of(text).is_some_and(|number| self.validator.is_valid(&number.into()))
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

struct ContainsText {
    wanted: String,
}
keyword!(
    ContainsText,
    |self, value| plain_text(value).contains(&self.wanted) || has_value(value, &self.wanted),
    "it does not hold that text"
);

struct HasValue {
    wanted: String,
}
keyword!(
    HasValue,
    |self, value| has_value(value, &self.wanted),
    "nothing in it is that value"
);

keyword!(
    Instant,
    |self, value| self.holds(value),
    "it is another time"
);

/// Whether an element of a list, or a member of an object, is a text or is written so.
fn has_value(value: &Value, wanted: &str) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| plain_text(item) == wanted),
        Value::Object(members) => members.values().any(|value| plain_text(value) == wanted),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
