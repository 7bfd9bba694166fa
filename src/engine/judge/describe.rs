//! Values, schemas and differences in words, short enough to read.

use serde_json::{Map, Value};

use super::Answer;
use crate::scim::error;
use crate::suite::Template;
use crate::suite::template::{Part, text_of};

const LONGEST: usize = 200;

/// A value as compact JSON, cut to a readable length.
pub(super) fn value(value: &Value) -> String {
    cut(&value.to_string(), LONGEST)
}

/// Text cut to a number of characters.
pub(super) fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A template as its author wrote it.
pub(super) fn template(template: &Template) -> String {
    match template {
        Template::Literal(value) => text_of(value),
        Template::Whole(expression) => format!("${{{expression}}}"),
        Template::Text(parts) => parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Value(expression) => format!("${{{expression}}}"),
            })
            .collect(),
        Template::List(_) | Template::Map(_) | Template::Each { .. } | Template::Merge(_) => {
            "…".to_owned()
        }
    }
}

/// What a SCIM error says of itself, or the beginning of its text.
pub(super) fn error_detail(answer: &Answer) -> Option<String> {
    let body = answer.json.as_ref().ok().filter(|_| answer.status >= 400)?;
    let detail = error::detail(body)?;
    Some(match body.get("scimType").and_then(Value::as_str) {
        Some(kind) => format!("{kind}: {}", cut(detail, 120)),
        None => cut(detail, 120),
    })
}

/// A schema in words: `a non-empty string`. What has no word is given as JSON.
pub(super) fn schema(schema: &Value) -> String {
    let Some(members) = schema.as_object() else {
        return value(schema);
    };
    let mut words = Vec::new();
    let mut rest = Map::new();
    for (keyword, argument) in members {
        let word = match keyword.as_str() {
            "const" => Some(value(argument)),
            "absent" if argument == &Value::Bool(true) => Some("nothing".to_owned()),
            "absent" => Some("something".to_owned()),
            "notEmpty" if argument == &Value::Bool(false) => Some("something empty".to_owned()),
            "notEmpty" => Some("something that is not empty".to_owned()),
            "type" => Some(match argument {
                Value::String(name) => with_article(name),
                Value::Array(names) => names
                    .iter()
                    .map(|name| with_article(&text_of(name)))
                    .collect::<Vec<_>>()
                    .join(" or "),
                _ => value(argument),
            }),
            "enum" => argument.as_array().map(|choices| {
                format!(
                    "one of {}",
                    choices.iter().map(value).collect::<Vec<_>>().join(", ")
                )
            }),
            "pattern" => Some(format!("matching {}", text_of(argument))),
            "format" => Some(format!("a {}", text_of(argument))),
            "minimum" => Some(format!("at least {argument}")),
            "maximum" => Some(format!("at most {argument}")),
            "exclusiveMinimum" => Some(format!("more than {argument}")),
            "exclusiveMaximum" => Some(format!("less than {argument}")),
            "minLength" => Some(format!("of at least {argument} characters")),
            "maxLength" => Some(format!("of at most {argument} characters")),
            "minItems" => Some(format!("with at least {argument} elements")),
            "maxItems" => Some(format!("with at most {argument} elements")),
            "uniqueItems" => Some("without repetition".to_owned()),
            "contains" => Some(format!("holding {}", self::schema(argument))),
            "includesAll" => Some(format!("holding all of {}", value(argument))),
            "asText" => Some(format!("{} (as text)", self::schema(argument))),
            "asNumber" => Some(format!("the number {}", self::schema(argument))),
            "ignoringCase" => Some(format!("{} in any case", value(argument))),
            "containsText" => Some(format!("holding the text {}", value(argument))),
            "hasValue" => Some(format!("holding the value {}", value(argument))),
            "instant" => Some(format!("a point in time: {}", value(argument))),
            "optional" if argument == &Value::Bool(true) => Some("nothing, or".to_owned()),
            "optional" => Some(String::new()),
            "not" => Some(format!("not {}", self::schema(argument))),
            "anyOf" | "oneOf" => argument.as_array().map(|choices| {
                choices
                    .iter()
                    .map(self::schema)
                    .collect::<Vec<_>>()
                    .join(", or ")
            }),
            _ => None,
        };
        match word {
            Some(word) => words.push(word),
            None => {
                rest.insert(keyword.clone(), argument.clone());
            }
        }
    }
    if !rest.is_empty() {
        words.push(value(&Value::Object(rest)));
    }
    cut(&words.join(" "), LONGEST)
}

fn with_article(name: &str) -> String {
    match name {
        "array" => "a list".to_owned(),
        "integer" | "object" => format!("an {name}"),
        "null" => "null".to_owned(),
        _ => format!("a {name}"),
    }
}

/// The members in which two values differ, as lines with `-` (expected) and `+` (received).
pub(super) fn diff(expected: &Value, received: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    walk("$", expected, received, &mut lines);
    lines.truncate(20);
    lines
}

fn walk(at: &str, expected: &Value, received: &Value, lines: &mut Vec<String>) {
    match (expected, received) {
        (Value::Object(left), Value::Object(right)) => {
            for (name, value) in left {
                match right.get(name) {
                    Some(other) => walk(&format!("{at}.{name}"), value, other, lines),
                    None => lines.push(format!("- {at}.{name}: {}", self::value(value))),
                }
            }
            for (name, value) in right.iter().filter(|(name, _)| !left.contains_key(*name)) {
                lines.push(format!("+ {at}.{name}: {}", self::value(value)));
            }
        }
        (left, right) if left == right => {}
        (left, right) => {
            lines.push(format!("- {at}: {}", value(left)));
            lines.push(format!("+ {at}: {}", value(right)));
        }
    }
}
