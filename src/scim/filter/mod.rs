//! Filters (RFC 7644 §3.4.2.2): parse, print, check, evaluate.

mod check;
mod evaluate;
mod parse;
mod print;
#[cfg(test)]
mod tests;

pub(in crate::scim) use evaluate::order_of_numbers;

use serde_json::Number;
use thiserror::Error;

use super::path::AttributePath;

/// A filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// All of these hold. At least two.
    And(Vec<Self>),
    /// One of these holds. At least two.
    Or(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// `path pr`: there is a value.
    Present(AttributePath),
    /// `path operator literal`.
    Compare(AttributePath, Operator, Literal),
    /// `path[filter]`: one value matches the whole filter.
    Values(AttributePath, Box<Self>),
}

/// How a value is compared (RFC 7644 table 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Equal.
    Eq,
    /// Not equal.
    Ne,
    /// Contains.
    Co,
    /// Starts with.
    Sw,
    /// Ends with.
    Ew,
    /// Greater than.
    Gt,
    /// Greater than or equal.
    Ge,
    /// Less than.
    Lt,
    /// Less than or equal.
    Le,
}

/// What a value is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A JSON number.
    Number(Number),
    /// A JSON string.
    Text(String),
}

/// Why a text is no filter.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("at character {position}: {message}")]
pub struct FilterError {
    /// Where, in characters from 1.
    pub position: usize,
    /// What is wrong there.
    pub message: String,
}

impl Operator {
    /// All of them, in the order of RFC 7644 table 3.
    pub const ALL: [Self; 9] = [
        Self::Eq,
        Self::Ne,
        Self::Co,
        Self::Sw,
        Self::Ew,
        Self::Gt,
        Self::Ge,
        Self::Lt,
        Self::Le,
    ];

    /// The word in a filter.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Co => "co",
            Self::Sw => "sw",
            Self::Ew => "ew",
            Self::Gt => "gt",
            Self::Ge => "ge",
            Self::Lt => "lt",
            Self::Le => "le",
        }
    }

    /// The operator of a word, in any case of letters.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|known| known.word().eq_ignore_ascii_case(word))
    }

    /// Whether it needs an order of values.
    pub const fn is_ordering(self) -> bool {
        matches!(self, Self::Gt | Self::Ge | Self::Lt | Self::Le)
    }

    /// Whether it looks for a part of a text.
    pub const fn is_part(self) -> bool {
        matches!(self, Self::Co | Self::Sw | Self::Ew)
    }
}
