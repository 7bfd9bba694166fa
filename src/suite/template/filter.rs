//! What follows a bar in `${…}`.

use serde_json::Value;

use super::text_of;

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
}

impl Filter {
    /// All filters, with their words.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("upper", Self::Upper),
        ("lower", Self::Lower),
        ("swapcase", Self::SwapCase),
        ("capitalize", Self::Capitalize),
        ("length", Self::Length),
        ("json", Self::Json),
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
        }
    }
}
