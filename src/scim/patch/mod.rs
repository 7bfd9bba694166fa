//! PATCH (RFC 7644 §3.5.2).

pub mod v1;

use serde_json::Value;

use super::error::ScimError;
use super::resource::ResourceSchema;

/// The resource that a PATCH request makes of a resource: all of its operations, or an error and no change.
///
/// # Errors
/// What the server answers.
pub fn apply(schema: &ResourceSchema, resource: &Value, body: &Value) -> Result<Value, ScimError> {
    todo!("{schema:?} {resource} {body}")
}
