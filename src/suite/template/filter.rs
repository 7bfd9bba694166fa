//! What follows a bar in `${…}`.

use base64::Engine as _;
use serde_json::Value;

use super::{number_of, plain_text, text_of};

/// A filter after a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Filter {
    /// Capitals.
    Upper,
    /// Small letters.
    Lower,
    /// Capitals become small letters and the other way round.
    SwapCase,
    /// The first letter becomes a capital.
    Capitalize,
    /// The number of characters, elements or members.
    Length,
    /// The value as JSON text.
    Json,
    /// The value written into text.
    Text,
    /// The number that a text is; anything else stays what it is.
    Number,
    /// The text in Base64 (RFC 4648 §4).
    Base64,
    /// The URL or path without its last segment.
    Parent,
    /// As it is, and not percent-encoded in a path.
    Raw,
}

impl Filter {
    /// All filters, with their words.
    pub const WORDS: [(&'static str, Self); 11] = [
        ("upper", Self::Upper),
        ("lower", Self::Lower),
        ("swapcase", Self::SwapCase),
        ("capitalize", Self::Capitalize),
        ("length", Self::Length),
        ("json", Self::Json),
        ("text", Self::Text),
        ("number", Self::Number),
        ("base64", Self::Base64),
        ("parent", Self::Parent),
        ("raw", Self::Raw),
    ];

    pub(super) fn apply(self, value: &Value) -> Value {
        match self {
            Self::Upper => text_of(value).to_uppercase().into(),
            Self::Lower => text_of(value).to_lowercase().into(),
            Self::SwapCase => text_of(value)
                .chars()
                .flat_map(|c| -> Box<dyn Iterator<Item = char>> {
                    if c.is_uppercase() {
                        Box::new(c.to_lowercase())
                    } else {
                        Box::new(c.to_uppercase())
                    }
                })
                .collect::<String>()
                .into(),
            Self::Capitalize => {
                let text = text_of(value);
                let mut chars = text.chars();
                chars
                    .next()
                    .map_or_else(String::new, |first| {
                        first.to_uppercase().chain(chars).collect()
                    })
                    .into()
            }
            Self::Length => match value {
                Value::Array(items) => items.len(),
                Value::Object(members) => members.len(),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                    text_of(value).chars().count()
                }
            }
            .into(),
            Self::Json => value.to_string().into(),
            Self::Text => plain_text(value).into(),
            Self::Number => match value {
                Value::String(text) => number_of(text).map_or_else(|| value.clone(), Value::Number),
                Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::Array(_)
                | Value::Object(_) => value.clone(),
            },
            Self::Base64 => base64::engine::general_purpose::STANDARD
                .encode(text_of(value))
                .into(),
            Self::Parent => {
                let text = text_of(value);
                let whole = text.trim_end_matches('/');
                whole
                    .rsplit_once('/')
                    .map_or("", |(parent, _)| parent)
                    .into()
            }
            Self::Raw => value.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;

    #[test]
    fn the_parent_of_a_url_or_path_lacks_its_last_segment() {
        for (given, wanted) in [
            ("https://example.com/scim/v1", "https://example.com/scim"),
            ("https://example.com/scim/v1/", "https://example.com/scim"),
            ("/Users/2819", "/Users"),
            ("2819", ""),
        ] {
            assert_eq!(Filter::Parent.apply(&given.into()), wanted);
        }
    }
}
