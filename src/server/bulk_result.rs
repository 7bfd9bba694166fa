//! What became of a bulk operation, and how the answer says it (RFC 7644 §3.7, §3.7.3).

use serde_json::{Map, Value, json};

use super::dialect::Dialect;
use super::service::Service;
use crate::scim::error::ScimError;

/// What became of an operation.
pub(super) struct Done {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    pub(super) version: Option<String>,
    /// The resource, where the server tells it.
    pub(super) resource: Option<Value>,
    pub(super) error: Option<ScimError>,
}

impl Done {
    /// An operation that was refused.
    pub(super) fn failed(error: ScimError) -> Self {
        Self {
            status: error.status,
            error: Some(error),
            ..Self::nothing()
        }
    }

    /// An operation of which nothing is known but that it went well.
    pub(super) const fn nothing() -> Self {
        Self {
            status: 200,
            location: None,
            version: None,
            resource: None,
            error: None,
        }
    }
}

impl Service {
    /// The result of an operation.
    pub(super) fn item(&self, dialect: Dialect, operation: &Value, done: &Done) -> Value {
        let mut item = Map::new();
        let text = |name: &str| operation.get(name).and_then(Value::as_str);
        let method = text("method").unwrap_or_default();
        let failed_create = done.error.is_some() && method.eq_ignore_ascii_case("POST");
        let location = done.location.clone().or_else(|| {
            // Of a failed operation only what it was about is known.
            let path = text("path")?.trim_start_matches('/');
            (!failed_create).then(|| format!("{}{}/{path}", self.origin, dialect.base()))
        });
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                item.insert(name.to_owned(), value);
            }
        };
        put("location", location.map(Value::from));
        put("method", Some(method.into()));
        put("bulkId", operation.get("bulkId").cloned());
        put("version", done.version.clone().map(Value::from));
        if dialect == Dialect::V1 {
            let mut status = json!({ "code": done.status.to_string() });
            if let (Some(error), Some(members)) = (&done.error, status.as_object_mut()) {
                members.insert("description".to_owned(), error.detail.as_str().into());
            }
            put("status", Some(status));
        } else {
            put("status", Some(done.status.to_string().into()));
            let error = done.error.as_ref().map(ScimError::to_json);
            put("response", error.or_else(|| done.resource.clone()));
        }
        Value::Object(item)
    }
}
