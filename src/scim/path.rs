//! Names of attributes: in filters, in `attributes`, and as the target of a PATCH (RFC 7644 §3.5.2, §3.10).

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::filter::Filter;

/// Why a text is no path.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("at character {position}: {message}")]
pub struct PathError {
    /// Where, in characters from 1.
    pub position: usize,
    /// What is wrong there.
    pub message: String,
}

/// The name of an attribute, or of a sub-attribute: `[URN:]name[.sub]` (RFC 7644 §3.10).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AttributePath {
    /// The URN of the schema, if it is named.
    pub schema: Option<String>,
    /// The attribute.
    pub name: String,
    /// The sub-attribute.
    pub sub: Option<String>,
}

/// The target of a PATCH operation: an attribute path, or one with a filter that selects values, such as
/// `emails[type eq "work"].value` (RFC 7644 §3.5.2).
#[derive(Debug, Clone, PartialEq)]
pub struct PatchPath {
    /// The attribute. Its sub-attribute is in `sub`.
    pub attribute: AttributePath,
    /// Which of its values.
    pub filter: Option<Filter>,
    /// The sub-attribute.
    pub sub: Option<String>,
}

impl AttributePath {
    /// The path of an attribute of the base schema.
    pub fn of(name: impl Into<String>) -> Self {
        Self {
            schema: None,
            name: name.into(),
            sub: None,
        }
    }

    /// Reads a path.
    ///
    /// # Errors
    /// [`PathError`] with the position of what is wrong.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        // A URN's version has a dot (`2.0`), so the last colon comes first.
        let (schema, rest) = match text.rfind(':') {
            Some(colon) => (text.get(..colon), text.get(colon + 1..).unwrap_or_default()),
            None => (None, text),
        };
        let wrong = |at: usize, message: &str| {
            let position = text.get(..at).map_or(0, |before| before.chars().count()) + 1;
            Err(PathError {
                position,
                message: message.to_owned(),
            })
        };
        if let Some(urn) = schema {
            if urn.is_empty() {
                return wrong(0, "a URN stands before the colon");
            }
            let odd = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '"');
            if let Some(at) = urn.find(odd) {
                return wrong(at, "a URN has no such character");
            }
        }
        let (name, sub) = match rest.split_once('.') {
            Some((name, sub)) => (name, Some(sub)),
            None => (rest, None),
        };
        let start = text.len() - rest.len();
        if let Some(at) = wrong_in_name(name) {
            return wrong(
                start + at,
                "the name of an attribute is a letter and then letters, digits, `-` and `_`",
            );
        }
        if let Some(at) = sub.and_then(wrong_in_name) {
            return wrong(
                start + name.len() + 1 + at,
                "the name of a sub-attribute is a letter and then letters, digits, `-` and `_`",
            );
        }
        Ok(Self {
            schema: schema.map(str::to_owned),
            name: name.to_owned(),
            sub: sub.map(str::to_owned),
        })
    }

    /// The same, with a sub-attribute.
    #[must_use]
    pub fn with_sub(&self, sub: impl Into<String>) -> Self {
        Self {
            sub: Some(sub.into()),
            ..self.clone()
        }
    }
}

/// Where a name is wrong, in bytes. `$ref` is the one name with a `$` (RFC 7643 §2.4).
fn wrong_in_name(name: &str) -> Option<usize> {
    let mut characters = name.char_indices();
    match characters.next() {
        Some((_, first)) if first.is_ascii_alphabetic() || first == '$' => characters
            .find(|(_, c)| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
            .map(|(at, _)| at),
        _ => Some(0),
    }
}

impl fmt::Display for AttributePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{schema}:")?;
        }
        f.write_str(&self.name)?;
        self.sub.as_ref().map_or(Ok(()), |sub| write!(f, ".{sub}"))
    }
}

impl FromStr for AttributePath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        Self::parse(text)
    }
}

impl PatchPath {
    /// Reads a path.
    ///
    /// # Errors
    /// [`PathError`] with the position of what is wrong.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        todo!("{text}")
    }
}
