//! Sorting (RFC 7644 §3.4.2.3).

use serde_json::Value;

use super::error::ScimError;
use super::path::AttributePath;
use super::resource::ResourceSchema;

/// Sorts resources by an attribute. Those without a value come last, or first if `descending`.
///
/// # Errors
/// `invalidValue` if the attribute can't be sorted by.
pub fn sort(
    schema: &ResourceSchema,
    by: &AttributePath,
    descending: bool,
    resources: &mut [Value],
) -> Result<(), ScimError> {
    todo!("{schema:?} {by} {descending} {resources:?}")
}
