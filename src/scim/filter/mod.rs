//! Filters (RFC 7644 §3.4.2.2): parse, print, check, evaluate.

use serde_json::{Number, Value};
use thiserror::Error;

use super::error::ScimError;
use super::path::AttributePath;
use super::resource::ResourceSchema;

/// A filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// All of these hold. At least two.
    And(Vec<Filter>),
    /// One of these holds. At least two.
    Or(Vec<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// `path pr`: there is a value.
    Present(AttributePath),
    /// `path operator literal`.
    Compare(AttributePath, Operator, Literal),
    /// `path[filter]`: one value matches the whole filter.
    Values(AttributePath, Box<Filter>),
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

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// [`FilterError`] with the position of what is wrong.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        todo!("{text}")
    }

    /// Whether a resource matches.
    pub fn matches(&self, schema: &ResourceSchema, resource: &Value) -> bool {
        todo!("{schema:?} {resource}")
    }

    /// Whether the filter makes sense for a resource type: every attribute is known, and is ordered only if it has an
    /// order.
    ///
    /// # Errors
    /// `invalidFilter`.
    pub fn check(&self, schema: &ResourceSchema) -> Result<(), ScimError> {
        todo!("{schema:?}")
    }
}
