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
        let Some(open) = text.find('[') else {
            let mut attribute = AttributePath::parse(text)?;
            let sub = attribute.sub.take();
            return Ok(Self {
                attribute,
                filter: None,
                sub,
            });
        };
        let position = |at: usize| text.get(..at).map_or(0, |before| before.chars().count()) + 1;
        let wrong = |at: usize, message: &str| PathError {
            position: position(at),
            message: message.to_owned(),
        };
        let attribute = AttributePath::parse(text.get(..open).unwrap_or_default())?;
        if attribute.sub.is_some() {
            return Err(wrong(
                open,
                "brackets follow an attribute, not a sub-attribute",
            ));
        }
        let (filter, close) = Filter::parse_values(text, open + 1).map_err(|error| PathError {
            position: error.position,
            message: error.message,
        })?;
        let behind = text.get(close + 1..).unwrap_or_default();
        let sub = match behind.strip_prefix('.') {
            None if behind.is_empty() => None,
            None => {
                return Err(wrong(
                    close + 1,
                    "expected `.` and a sub-attribute, or the end of the path",
                ));
            }
            Some(sub) => match wrong_in_name(sub) {
                None => Some(sub.to_owned()),
                Some(at) => {
                    return Err(wrong(
                        close + 2 + at,
                        "expected the name of a sub-attribute",
                    ));
                }
            },
        };
        Ok(Self {
            attribute,
            filter: Some(filter),
            sub,
        })
    }
}

impl fmt::Display for PatchPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.attribute)?;
        if let Some(filter) = &self.filter {
            write!(f, "[{filter}]")?;
        }
        self.sub.as_ref().map_or(Ok(()), |sub| write!(f, ".{sub}"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_print_as_they_were_read() {
        for text in [
            "userName",
            "name.familyName",
            "members.$ref",
            "urn:ietf:params:scim:schemas:core:2.0:User:name.familyName",
            "urn:scim:schemas:extension:enterprise:1.0:employeeNumber",
        ] {
            assert_eq!(AttributePath::parse(text).unwrap().to_string(), text);
            assert_eq!(PatchPath::parse(text).unwrap().to_string(), text);
        }
        for text in [
            r#"members[value eq "2819c223"]"#,
            r#"emails[type eq "work"].value"#,
            r#"addresses[type eq "work" and not (primary eq true)].streetAddress"#,
            r#"urn:ietf:params:scim:schemas:core:2.0:User:emails[value co "]."].display"#,
        ] {
            assert_eq!(PatchPath::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_path_is_refused_with_its_place() {
        for (text, position) in [
            ("", 1),
            (":userName", 1),
            ("user name", 5),
            ("name.", 6),
            ("name.a.b", 7),
            ("1name", 1),
            ("urn:a b:name", 6),
            ("emails[", 8),
            ("emails[type eq \"work\"", 22),
            ("emails[type eq \"work\"]value", 23),
            ("emails[type eq \"work\"].", 24),
            ("emails.value[type pr]", 13),
        ] {
            let error = PatchPath::parse(text).expect_err(text);
            assert_eq!(error.position, position, "{text}: {error}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        #[test]
        fn no_text_makes_the_parser_panic(text in any::<String>(), odd in r#"[a-b:.\[\]" $1é]{0,20}"#) {
            let _ = PatchPath::parse(&text);
            if let Ok(path) = PatchPath::parse(&odd) {
                prop_assert_eq!(PatchPath::parse(&path.to_string()), Ok(path));
            }
        }
    }
}
