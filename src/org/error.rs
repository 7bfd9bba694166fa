//! Errors as Okta's API writes them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use serde_json::{Value, json};

/// A call that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ApiError {
    status: StatusCode,
    code: &'static str,
    summary: String,
    causes: Vec<String>,
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, summary: impl Into<String>) -> Self {
        Self {
            status,
            code,
            summary: summary.into(),
            causes: Vec::new(),
        }
    }

    /// The token is missing or wrong.
    pub(super) fn invalid_token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "E0000011",
            "Invalid token provided",
        )
    }

    /// There is nothing of that id: a `User`, an `AppInstance` …
    pub(super) fn not_found(id: &str, kind: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "E0000007",
            format!("Not found: Resource not found: {id} ({kind})"),
        )
    }

    /// A value of the body can't be taken: the member, and what is wrong with it.
    pub(super) fn validation(member: &str, causes: Vec<String>) -> Self {
        Self {
            causes,
            ..Self::new(
                StatusCode::BAD_REQUEST,
                "E0000001",
                format!("Api validation failed: {member}"),
            )
        }
    }

    /// The body is no JSON object.
    pub(super) fn malformed() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "E0000003",
            "The request body was not well-formed.",
        )
    }

    /// The user is in a state in which that can't be done.
    pub(super) fn wrong_status() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "E0000038",
            "This operation is not allowed in the user's current status.",
        )
    }

    /// The user who is to be activated is active.
    pub(super) fn already_active() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "E0000016",
            "Activation failed because the user is already active",
        )
    }

    /// The simulated org has no such endpoint, or not by that method.
    pub(super) fn unsupported(method: &str, path: &str) -> Self {
        let summary = format!("The simulated Okta org does not offer {method} {path}");
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "E0000022", summary)
    }

    fn as_json(&self) -> Value {
        let causes = self
            .causes
            .iter()
            .map(|cause| json!({ "errorSummary": cause }));
        json!({
            "errorCode": self.code,
            "errorSummary": self.summary,
            "errorLink": self.code,
            "errorId": format!("oae-{}", self.code),
            "errorCauses": causes.collect::<Vec<_>>(),
        })
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status, Json(self.as_json())).into_response()
    }
}
