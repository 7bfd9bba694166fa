//! What a comparison demands of a value, as a schema of the suite language.
//!
//! Where the vendor's documents are silent: values are compared as text, case-sensitively; what is missing is empty, and
//! unlike anything; `false` and `0` are not empty; a number may be written as a text, but `is_a_number` asks for a number.

use crate::suite::build::{flag, list, map, number, text};
use crate::suite::source::{Kind, Mark, Node};

/// All comparisons, by the words of exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Empty,
    NotEmpty,
    Equal,
    NotEqual,
    Contains,
    DoesNotContain,
    IsANumber,
    EqualNumber,
    IsLessThan,
    IsLessThanOrEqual,
    IsGreaterThan,
    IsGreaterThanOrEqual,
    HasKey,
    HasValue,
    IsNull,
}

impl Comparison {
    /// All of them, with their words.
    pub(super) const WORDS: [(&'static str, Self); 15] = [
        ("empty", Self::Empty),
        ("not_empty", Self::NotEmpty),
        ("equal", Self::Equal),
        ("not_equal", Self::NotEqual),
        ("contains", Self::Contains),
        ("does_not_contain", Self::DoesNotContain),
        ("is_a_number", Self::IsANumber),
        ("equal_number", Self::EqualNumber),
        ("is_less_than", Self::IsLessThan),
        ("is_less_than_or_equal", Self::IsLessThanOrEqual),
        ("is_greater_than", Self::IsGreaterThan),
        ("is_greater_than_or_equal", Self::IsGreaterThanOrEqual),
        ("has_key", Self::HasKey),
        ("has_value", Self::HasValue),
        ("is_null", Self::IsNull),
    ];

    /// Whether it compares with a value.
    pub(super) const fn takes_value(self) -> bool {
        !matches!(
            self,
            Self::Empty | Self::NotEmpty | Self::IsANumber | Self::IsNull
        )
    }

    /// Whether the value is a number.
    pub(super) const fn is_numeric(self) -> bool {
        matches!(
            self,
            Self::EqualNumber
                | Self::IsLessThan
                | Self::IsLessThanOrEqual
                | Self::IsGreaterThan
                | Self::IsGreaterThanOrEqual
        )
    }

    /// The schema. `value` is what is compared with, filled in later perhaps; `textual` says that the place holds text
    /// always, such as a header.
    pub(super) fn schema(self, mark: Mark, value: Node, textual: bool) -> Node {
        let one = |name: &str, value: Node| map(mark, [(name, value)]);
        let optional =
            |name: &str, value: Node| map(mark, [("optional", flag(mark, true)), (name, value)]);
        match self {
            Self::Empty => optional("notEmpty", flag(mark, false)),
            Self::NotEmpty => one("notEmpty", flag(mark, true)),
            Self::Equal => one("asText", value),
            Self::NotEqual => optional("not", one("asText", value)),
            Self::Contains => one("containsText", value),
            Self::DoesNotContain => optional("not", one("containsText", value)),
            Self::IsANumber if textual => one("asNumber", map::<String>(mark, [])),
            Self::IsANumber => one("type", text(mark, "number")),
            Self::EqualNumber => one("asNumber", numeric(mark, value)),
            Self::IsLessThan => bound(mark, "exclusiveMaximum", value),
            Self::IsLessThanOrEqual => bound(mark, "maximum", value),
            Self::IsGreaterThan => bound(mark, "exclusiveMinimum", value),
            Self::IsGreaterThanOrEqual => bound(mark, "minimum", value),
            Self::HasKey => map(
                mark,
                [
                    ("type", text(mark, "object")),
                    ("required", list(mark, vec![value])),
                ],
            ),
            Self::HasValue => one("hasValue", value),
            Self::IsNull => one("type", text(mark, "null")),
        }
    }
}

fn bound(mark: Mark, keyword: &'static str, value: Node) -> Node {
    let value = numeric(mark, value);
    map(mark, [("asNumber", map(mark, [(keyword, value)]))])
}

/// The number that a text is, if it is one.
fn numeric(mark: Mark, value: Node) -> Node {
    match value.text().and_then(crate::suite::template::number_of) {
        Some(found) => number(mark, found),
        None => value,
    }
}

/// Whether a value can be compared as a number: it is one, or becomes one.
pub(super) fn is_number(value: &Node) -> bool {
    match &value.kind {
        Kind::Number(_) => true,
        Kind::Text(text) => {
            text.contains("${") || crate::suite::template::number_of(text).is_some()
        }
        Kind::Null | Kind::Bool(_) | Kind::List(_) | Kind::Map(_) => false,
    }
}
