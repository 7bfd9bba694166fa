//! Who calls: the token is checked, and the check that the call is made for is known.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use serde_json::{Map, Value};

use super::error::ApiError;
use super::running::Shared;
use crate::engine::CHECK_HEADER;

/// The check of a call that names none.
const NO_CHECK: &str = "(okta-org)";

/// A caller with the right token.
#[derive(Debug)]
pub(super) struct Caller {
    /// The check that it calls for.
    pub(super) check: String,
}

impl FromRequestParts<Arc<Shared>> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut Parts,
        shared: &Arc<Shared>,
    ) -> Result<Self, Self::Rejection> {
        let given = parts.headers.get(AUTHORIZATION);
        let given = given.and_then(|value| value.to_str().ok());
        let token = given.and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("SSWS").then(|| token.trim())
        });
        if token != Some(shared.token.as_str()) {
            return Err(ApiError::invalid_token());
        }
        let check = parts.headers.get(CHECK_HEADER);
        let check = check.and_then(|value| value.to_str().ok());
        Ok(Self {
            check: check.unwrap_or(NO_CHECK).to_owned(),
        })
    }
}

/// The body as a JSON object.
///
/// # Errors
/// It is none.
pub(super) fn object(body: &[u8]) -> Result<Map<String, Value>, ApiError> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) | Err(_) => Err(ApiError::malformed()),
    }
}
