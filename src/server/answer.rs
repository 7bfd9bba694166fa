//! A response, before it is written out.

use axum::http::StatusCode;
use serde_json::Value;

use super::dialect::Dialect;
use crate::scim::error::ScimError;

/// A response, before it is written out.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// The status code.
    pub(super) status: u16,
    /// The headers, with names in lower case; without `content-type` one that fits the body is added.
    pub(super) headers: Vec<(String, String)>,
    /// The body.
    pub(super) body: Body,
}

/// A body.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Body {
    /// None.
    Empty,
    /// JSON.
    Json(Value),
    /// Text that is no JSON; the answer's headers say what it is.
    Text(String),
}

impl Answer {
    /// An answer without body.
    pub(super) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Body::Empty,
        }
    }

    /// An answer with JSON.
    pub(super) fn json(status: u16, value: Value) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Body::Json(value),
        }
    }

    /// A page for people.
    pub(super) fn html(status: u16, text: &str) -> Self {
        Self {
            body: Body::Text(text.to_owned()),
            ..Self::empty(status)
        }
        .with("content-type", "text/html; charset=utf-8")
    }

    /// An error (RFC 7644 §3.12; SCIM 1.1 API §3.9). Okta's SCIM 1.1 test wants `detail` at the top in 1.1 too.
    pub(super) fn error(dialect: Dialect, error: &ScimError) -> Self {
        let mut body = match dialect {
            Dialect::V2 => error.to_json(),
            Dialect::V1 => error.to_json_v1(),
        };
        if let (Dialect::V1, Some(members)) = (dialect, body.as_object_mut()) {
            members.insert("detail".to_owned(), error.detail.as_str().into());
        }
        Self::json(error.status, body)
    }

    /// The same with a header set.
    #[must_use]
    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    /// Sets a header.
    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.unset(name);
        self.headers.push((name.to_owned(), value.into()));
    }

    /// Takes a header away.
    pub(super) fn unset(&mut self, name: &str) {
        self.headers.retain(|(key, _)| key != name);
    }

    /// A header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON, to be changed.
    pub(super) fn json_mut(&mut self) -> Option<&mut Value> {
        match &mut self.body {
            Body::Json(value) => Some(value),
            _ => None,
        }
    }

    /// Whether the status is one of success.
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The status as axum has it.
    pub(super) fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The body as bytes.
    pub(super) fn bytes(&self) -> Vec<u8> {
        match &self.body {
            Body::Empty => Vec::new(),
            Body::Json(value) => value.to_string().into_bytes(),
            Body::Text(text) => text.clone().into_bytes(),
        }
    }
}
