//! Errors as a SCIM server reports them (RFC 7644 §3.12).

use std::fmt;

use serde_json::{Value, json};
use thiserror::Error;

use super::{json as look, urn};

/// What an error says for people: its `detail`, or the first `description` of SCIM 1.1 (API §3.9). `None` where there is
/// nothing to read.
pub fn detail(error: &Value) -> Option<&str> {
    fn said<'a>(of: &'a Value, name: &str) -> Option<&'a str> {
        let text = look::text(of, name)?.trim();
        Some(text).filter(|text| !text.is_empty())
    }
    let of_v1 = || said(look::member(error, "Errors")?.get(0)?, "description");
    said(error, "detail").or_else(of_v1)
}

/// The detail keyword of an error (RFC 7644 table 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScimType {
    /// The filter is malformed, or its comparison isn't supported.
    InvalidFilter,
    /// The filter gives more results than the server is willing to give.
    TooMany,
    /// One of the values is already in use or is reserved.
    Uniqueness,
    /// The modification is incompatible with the attribute's mutability or its current state.
    Mutability,
    /// The request body is malformed or does not conform to the request schema.
    InvalidSyntax,
    /// The `path` of a PATCH operation is malformed.
    InvalidPath,
    /// The `path` of a PATCH operation gives no target to operate on.
    NoTarget,
    /// A required value is missing, or a value is not compatible with the attribute's type or definition.
    InvalidValue,
    /// The version of the protocol is not supported.
    InvalidVers,
    /// The request can't be completed because sensitive information would be passed in the URI.
    Sensitive,
    /// The cursor is invalid (RFC 9865 §2.1).
    InvalidCursor,
    /// The cursor has expired (RFC 9865 §2.1).
    ExpiredCursor,
    /// The count is not acceptable with the cursor (RFC 9865 §2.1).
    InvalidCount,
}

impl ScimType {
    /// All of them: table 9 of RFC 7644, then what RFC 9865 adds.
    pub const ALL: [Self; 13] = [
        Self::InvalidFilter,
        Self::TooMany,
        Self::Uniqueness,
        Self::Mutability,
        Self::InvalidSyntax,
        Self::InvalidPath,
        Self::NoTarget,
        Self::InvalidValue,
        Self::InvalidVers,
        Self::Sensitive,
        Self::InvalidCursor,
        Self::ExpiredCursor,
        Self::InvalidCount,
    ];

    /// The keyword as it stands in `scimType`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::InvalidFilter => "invalidFilter",
            Self::TooMany => "tooMany",
            Self::Uniqueness => "uniqueness",
            Self::Mutability => "mutability",
            Self::InvalidSyntax => "invalidSyntax",
            Self::InvalidPath => "invalidPath",
            Self::NoTarget => "noTarget",
            Self::InvalidValue => "invalidValue",
            Self::InvalidVers => "invalidVers",
            Self::Sensitive => "sensitive",
            Self::InvalidCursor => "invalidCursor",
            Self::ExpiredCursor => "expiredCursor",
            Self::InvalidCount => "invalidCount",
        }
    }

    /// The type that a keyword names, exactly as spelled.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }

    /// The HTTP status that goes with it (RFC 7644 table 9; §3.3 for uniqueness; §7.5.2 for sensitive).
    pub const fn status(self) -> u16 {
        match self {
            Self::Uniqueness => 409,
            Self::Sensitive => 403,
            _ => 400,
        }
    }
}

impl fmt::Display for ScimType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Why a request is refused, as the server says it to the client.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{status}{}: {detail}", scim_type.map_or_else(String::new, |kind| format!(" {kind}")))]
pub struct ScimError {
    /// The HTTP status code.
    pub status: u16,
    /// The detail keyword, where table 9 of RFC 7644 has one.
    pub scim_type: Option<ScimType>,
    /// For people.
    pub detail: String,
}

impl ScimError {
    /// An error of a type, with the status that goes with it.
    pub fn new(scim_type: ScimType, detail: impl Into<String>) -> Self {
        Self {
            status: scim_type.status(),
            scim_type: Some(scim_type),
            detail: detail.into(),
        }
    }

    /// An error that has only a status.
    pub fn status(status: u16, detail: impl Into<String>) -> Self {
        Self {
            status,
            scim_type: None,
            detail: detail.into(),
        }
    }

    /// The message that reports it (RFC 7644 §3.12). The status is a string there.
    pub fn to_json(&self) -> Value {
        let mut body = json!({ "schemas": [urn::ERROR], "status": self.status.to_string() });
        if let Some(members) = body.as_object_mut() {
            if let Some(kind) = self.scim_type {
                members.insert("scimType".to_owned(), kind.word().into());
            }
            members.insert("detail".to_owned(), self.detail.as_str().into());
        }
        body
    }

    /// The message that reports it in SCIM 1.1 (API §3.9), which has no detail keyword.
    pub fn to_json_v1(&self) -> Value {
        json!({ "Errors": [{ "description": self.detail, "code": self.status.to_string() }] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_as_the_rfc_shows_them() {
        let error = ScimError::new(ScimType::Mutability, "Attribute 'id' is readOnly");
        let expected = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
            "status": "400",
            "scimType": "mutability",
            "detail": "Attribute 'id' is readOnly",
        });
        assert_eq!(error.to_json(), expected);
        let missing = ScimError::status(404, "Resource 2819c223 not found");
        assert_eq!(missing.to_json().get("scimType"), None);
        let old =
            json!({ "Errors": [{ "description": "Resource 2819c223 not found", "code": "404" }] });
        assert_eq!(missing.to_json_v1(), old);
        assert_eq!(
            error.to_string(),
            "400 mutability: Attribute 'id' is readOnly"
        );
    }

    #[test]
    fn each_keyword_is_read_back() {
        assert!(
            ScimType::ALL
                .iter()
                .all(|kind| ScimType::from_word(kind.word()) == Some(*kind))
        );
        assert_eq!(
            ScimType::from_word("Uniqueness"),
            None,
            "keywords are exact"
        );
        assert_eq!(ScimType::Uniqueness.status(), 409);
    }
}
