//! Which attributes a response holds (RFC 7644 §3.9).

use serde_json::Value;

use super::error::ScimError;
use super::resource::ResourceSchema;

/// What a request asks for with `attributes` or `excludedAttributes`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Projection {
    /// Only these (and what is always returned); empty for the default.
    pub attributes: Vec<String>,
    /// The default without these.
    pub excluded: Vec<String>,
}

impl Projection {
    /// From the query parameters, lists with commas.
    ///
    /// # Errors
    /// `invalidSyntax` for both together.
    pub fn parse(attributes: Option<&str>, excluded: Option<&str>) -> Result<Self, ScimError> {
        todo!("{attributes:?} {excluded:?}")
    }

    /// The representation of a resource.
    pub fn apply(&self, schema: &ResourceSchema, resource: &Value) -> Value {
        todo!("{schema:?} {resource}")
    }
}
