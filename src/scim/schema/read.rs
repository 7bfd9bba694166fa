//! Schemas from and to JSON.

use serde_json::{Map, Value, json};
use thiserror::Error;

use super::{Attribute, Kind, Mutability, Returned, Schema, Uniqueness};
use crate::scim::json::{flag, member, text, texts};
use crate::scim::urn;

/// How deep attributes nest: `attributes.subAttributes.name` is the deepest that RFC 7643 has.
const DEPTH: usize = 4;

/// The characteristics of which RFC 7643 §2.2 says what holds without them.
const STATED: [&str; 7] = [
    "type",
    "multiValued",
    "required",
    "caseExact",
    "mutability",
    "returned",
    "uniqueness",
];
/// What a complex attribute is made of.
const SUB_ATTRIBUTES: &str = "subAttributes";

/// Why JSON is no schema, resource type or configuration.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Malformed(pub String);

impl Schema {
    /// Reads a schema leniently: what a server leaves out has the default of RFC 7643 §2.2, and what can't be read is
    /// left out. Never deeper than SCIM nests.
    ///
    /// # Errors
    /// [`Malformed`] if it is no object with an `id`.
    pub fn from_json(json: &Value) -> Result<Self, Malformed> {
        let id = text(json, "id").ok_or_else(|| Malformed("a schema needs an `id`".to_owned()))?;
        Ok(Self {
            id: id.to_owned(),
            name: text(json, "name")
                .unwrap_or_else(|| id.rsplit(':').next().unwrap_or(id))
                .to_owned(),
            description: text(json, "description").unwrap_or_default().to_owned(),
            attributes: attributes(member(json, "attributes"), DEPTH),
        })
    }

    /// The schema as `/Schemas` gives it (RFC 7643 §7), without `meta`.
    pub fn to_json(&self) -> Value {
        json!({
            "schemas": [urn::SCHEMA],
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "attributes": self.attributes.iter().map(Attribute::to_json).collect::<Vec<_>>(),
        })
    }
}

fn attributes(list: Option<&Value>, depth: usize) -> Vec<Attribute> {
    let items = list
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    items
        .iter()
        .filter_map(|item| attribute(item, depth))
        .collect()
}

fn attribute(json: &Value, depth: usize) -> Option<Attribute> {
    let name = text(json, "name")
        .filter(|name| !name.is_empty())?
        .to_owned();
    let below = depth.checked_sub(1)?;
    let mut sub_attributes = attributes(member(json, "subAttributes"), below);
    let said = text(json, "type").and_then(Kind::from_word);
    let multi_valued = flag(json, "multiValued").unwrap_or(false);
    let mut unstated: Vec<String> = STATED
        .iter()
        .filter(|name| member(json, name).is_none_or(Value::is_null))
        .map(|name| (*name).to_owned())
        .collect();
    if said == Some(Kind::Complex) && sub_attributes.is_empty() && multi_valued {
        sub_attributes = default_sub_attributes();
        unstated.push(SUB_ATTRIBUTES.to_owned());
    }
    let kind = said.unwrap_or(if sub_attributes.is_empty() {
        Kind::String
    } else {
        Kind::Complex
    });
    // RFC 7643 §7 has references caseExact wherever it defines one, and §2.3.7 says so of the type.
    let exact = flag(json, "caseExact").unwrap_or(matches!(kind, Kind::Reference | Kind::Binary));
    Some(Attribute {
        name,
        kind,
        sub_attributes,
        multi_valued,
        description: text(json, "description").unwrap_or_default().to_owned(),
        required: flag(json, "required").unwrap_or(false),
        canonical_values: texts(json, "canonicalValues"),
        case_exact: exact,
        mutability: text(json, "mutability")
            .and_then(Mutability::from_word)
            .unwrap_or_default(),
        returned: text(json, "returned")
            .and_then(Returned::from_word)
            .unwrap_or_default(),
        uniqueness: text(json, "uniqueness")
            .and_then(Uniqueness::from_word)
            .unwrap_or_default(),
        reference_types: texts(json, "referenceTypes"),
        unstated,
    })
}

/// The sub-attributes of a multi-valued complex attribute whose definition lists none (RFC 7643 §2.4).
fn default_sub_attributes() -> Vec<Attribute> {
    let sub = |name: &str, kind: Kind, mutability: Mutability| Attribute {
        name: name.to_owned(),
        kind,
        mutability,
        case_exact: kind == Kind::Reference,
        ..Attribute::default()
    };
    vec![
        sub("type", Kind::String, Mutability::ReadWrite),
        sub("primary", Kind::Boolean, Mutability::ReadWrite),
        sub("display", Kind::String, Mutability::Immutable),
        sub("value", Kind::String, Mutability::ReadWrite),
        sub("$ref", Kind::Reference, Mutability::ReadWrite),
    ]
}

impl Attribute {
    /// The attribute as a schema has it (RFC 7643 §7), with each characteristic said that its definition has.
    pub fn to_json(&self) -> Value {
        let mut members = Map::new();
        let mut put = |name: &str, value: Value| {
            if !self.leaves_out(name) {
                members.insert(name.to_owned(), value);
            }
        };
        put("name", self.name.as_str().into());
        put("type", self.kind.word().into());
        if self.is_complex() {
            put(
                SUB_ATTRIBUTES,
                self.sub_attributes.iter().map(Self::to_json).collect(),
            );
        }
        put("multiValued", self.multi_valued.into());
        put("description", self.description.as_str().into());
        put("required", self.required.into());
        if !self.canonical_values.is_empty() {
            put("canonicalValues", self.canonical_values.clone().into());
        }
        put("caseExact", self.case_exact.into());
        put("mutability", self.mutability.word().into());
        put("returned", self.returned.word().into());
        put("uniqueness", self.uniqueness.word().into());
        if !self.reference_types.is_empty() {
            put("referenceTypes", self.reference_types.clone().into());
        }
        Value::Object(members)
    }
}
