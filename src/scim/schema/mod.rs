//! Schemas and the characteristics of their attributes (RFC 7643 §2.2, §7).

mod attribute;
pub mod core;
mod read;

pub use attribute::{Attribute, Kind, Mutability, Returned, Uniqueness, is_unassigned};
pub use read::Malformed;

/// A schema: what a resource, or a part of it, may hold (RFC 7643 §7).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    /// The URN.
    pub id: String,
    /// The name, such as `User`.
    pub name: String,
    /// For people.
    pub description: String,
    /// The attributes.
    pub attributes: Vec<Attribute>,
}

impl Schema {
    /// The attribute of a name; SCIM's names ignore case (RFC 7643 §2.1).
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes
            .iter()
            .find(|attribute| attribute.is_named(name))
    }
}

#[cfg(test)]
mod tests;
