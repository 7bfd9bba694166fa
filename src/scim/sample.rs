//! Valid values made up for an attribute.

use serde_json::Value;

use super::schema::Attribute;

/// A valid value for an attribute, the same for the same input. Texts carry `tag`; another `n` gives another value.
/// `None` for what a client can't set.
pub fn value_for(attribute: &Attribute, tag: &str, seed: u64, n: u32) -> Option<Value> {
    todo!("{attribute:?} {tag} {seed} {n}")
}
