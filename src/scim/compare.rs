//! Whether all that was sent came back, by SCIM's rules.

use serde_json::Value;

use super::path::AttributePath;
use super::resource::ResourceSchema;

/// One way in which two representations differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Where: an attribute path, with an index for a value of a multi-valued attribute.
    pub path: String,
    /// What was wanted.
    pub expected: Option<Value>,
    /// What is there.
    pub received: Option<Value>,
}

/// How `got` differs from what was `wanted` of it.
pub fn differences(schema: &ResourceSchema, wanted: &Value, got: &Value) -> Vec<Difference> {
    let _: Option<AttributePath> = None;
    todo!("{schema:?} {wanted} {got}")
}
