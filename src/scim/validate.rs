//! What a client sends to create or replace a resource, held against the schema.

use serde_json::Value;

use super::error::ScimError;
use super::resource::ResourceSchema;

/// The resource that a create asks for: read-only attributes left out, names as the schema spells them.
///
/// # Errors
/// `invalidSyntax` or `invalidValue`.
pub fn for_create(schema: &ResourceSchema, body: &Value) -> Result<Value, ScimError> {
    todo!("{schema:?} {body}")
}

/// The resource that a replace asks for: read-only attributes of `current` kept, its immutable ones unchanged.
///
/// # Errors
/// `invalidSyntax`, `invalidValue` or `mutability`.
pub fn for_replace(
    schema: &ResourceSchema,
    current: &Value,
    body: &Value,
) -> Result<Value, ScimError> {
    todo!("{schema:?} {current} {body}")
}
