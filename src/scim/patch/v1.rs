//! PATCH as SCIM 1.1 has it (API §3.3.2): a part of the resource, and what to delete.

use serde_json::Value;

use crate::scim::error::ScimError;
use crate::scim::resource::ResourceSchema;

/// The resource that a 1.1 PATCH request makes of a resource.
///
/// # Errors
/// What the server answers.
pub fn apply(schema: &ResourceSchema, resource: &Value, body: &Value) -> Result<Value, ScimError> {
    todo!("{schema:?} {resource} {body}")
}
