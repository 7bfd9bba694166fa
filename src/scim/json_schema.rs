//! A resource type as JSON Schema (2020-12), for representations in responses.

use serde_json::Value;

use super::resource::ResourceSchema;

/// The JSON Schema of a resource type's representations.
pub fn for_resource(schema: &ResourceSchema) -> Value {
    todo!("{schema:?}")
}
