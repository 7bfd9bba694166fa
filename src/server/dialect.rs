//! The two versions of SCIM that the server speaks, and how a stored resource looks in each.
//!
//! What is stored is 2.0. SCIM 1.1 has one core URN for all resources, another enterprise URN, `manager.managerId`
//! for `manager.value`, and no `$ref`, `meta.resourceType` or `ListResponse` (core schema §5, §7).

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::scim::urn;

/// A version of SCIM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// SCIM 2.0.
    V2,
    /// SCIM 1.1.
    V1,
}

impl Dialect {
    /// The path of the base URL.
    pub(super) const fn base(self) -> &'static str {
        match self {
            Self::V2 => "/scim/v2",
            Self::V1 => "/scim/v1",
        }
    }

    /// The media type of answers.
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::V2 => "application/scim+json",
            Self::V1 => "application/json",
        }
    }

    /// The `schemas` of a list.
    pub(super) const fn list_urn(self) -> &'static str {
        match self {
            Self::V2 => urn::LIST_RESPONSE,
            Self::V1 => urn::v1::CORE,
        }
    }
}

/// The 2.0 form of what a 1.1 client sent, after validation.
pub(super) fn from_v1(mut resource: Value) -> Value {
    if let Some(members) = resource.as_object_mut() {
        rename(members, urn::v1::ENTERPRISE, urn::ENTERPRISE_USER);
        manager(members, urn::ENTERPRISE_USER, "managerId", "value");
        members
            .values_mut()
            .filter_map(Value::as_array_mut)
            .for_each(each_once);
    }
    resource
}

/// Leaves out what has the type and value of another (core schema §3.2).
fn each_once(values: &mut Vec<Value>) {
    let mut known = HashSet::new();
    values.retain(|value| {
        let part = |name: &str| value.get(name).map(Value::to_string);
        part("value").is_none() || known.insert((part("value"), part("type")))
    });
}

/// The 1.1 form of a representation.
pub(super) fn to_v1(mut resource: Value) -> Value {
    if let Some(members) = resource.as_object_mut() {
        rename(members, urn::ENTERPRISE_USER, urn::v1::ENTERPRISE);
        manager(members, urn::v1::ENTERPRISE, "value", "managerId");
        let mut schemas = vec![urn::v1::CORE];
        if members.contains_key(urn::v1::ENTERPRISE) {
            schemas.push(urn::v1::ENTERPRISE);
        }
        members.insert("schemas".to_owned(), json!(schemas));
        if let Some(meta) = members.get_mut("meta").and_then(Value::as_object_mut) {
            meta.remove("resourceType");
        }
    }
    without_references(&mut resource);
    resource
}

fn rename(members: &mut Map<String, Value>, from: &str, to: &str) {
    if let Some(value) = members.shift_remove(from) {
        members.insert(to.to_owned(), value);
    }
}

fn manager(members: &mut Map<String, Value>, extension: &str, from: &str, to: &str) {
    let manager = members
        .get_mut(extension)
        .and_then(|value| value.get_mut("manager"));
    if let Some(manager) = manager.and_then(Value::as_object_mut) {
        rename(manager, from, to);
    }
}

fn without_references(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.shift_remove("$ref");
            members.values_mut().for_each(without_references);
        }
        Value::Array(items) => items.iter_mut().for_each(without_references),
        _ => {}
    }
}
