//! A resource while a PATCH changes it.

use serde_json::{Map, Value};

use super::invalid_path;
use super::select::selected;
use super::write::{mutability, sub_attribute, whole};
use crate::scim::conform::invalid;
use crate::scim::error::ScimError;
use crate::scim::json::{get, key};
use crate::scim::path::PatchPath;
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Mutability, Schema};
use crate::scim::validate::{first_missing, name_schema};

/// What an operation does to its target.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change<'v> {
    Add(&'v Value),
    Replace(&'v Value),
    Remove,
}

pub(super) struct Editor<'s> {
    schema: &'s ResourceSchema,
    members: Map<String, Value>,
}

impl<'s> Editor<'s> {
    pub(super) fn new(schema: &'s ResourceSchema, resource: &Value) -> Result<Self, ScimError> {
        let members = resource
            .as_object()
            .ok_or_else(|| ScimError::status(500, "the resource is no object"))?;
        Ok(Self {
            schema,
            members: members.clone(),
        })
    }

    pub(super) fn schema(&self) -> &'s ResourceSchema {
        self.schema
    }

    /// The resource, if it still has all that it needs.
    pub(super) fn finish(self) -> Result<Value, ScimError> {
        match first_missing(self.schema, &self.members) {
            Some(path) => Err(mutability(format!(
                "`{path}` is required and would be without value"
            ))),
            None => Ok(Value::Object(self.members)),
        }
    }

    /// Removes all that an extension holds.
    pub(super) fn remove_extension(&mut self, extension: &Schema) -> Result<(), ScimError> {
        if self
            .schema
            .extensions
            .iter()
            .any(|(known, required)| known.id == extension.id && *required)
        {
            return Err(mutability(format!(
                "the extension {} is required",
                extension.id
            )));
        }
        for attribute in &extension.attributes {
            let path = format!("{}:{}", extension.id, attribute.name);
            self.within(Some(extension), |members| {
                if matches!(attribute.mutability, Mutability::ReadOnly) {
                    return Ok(());
                }
                whole(members, attribute, &path, Change::Remove)
            })?;
        }
        Ok(())
    }

    /// The values that a multi-valued attribute has now.
    pub(super) fn values(&self, path: &PatchPath) -> Vec<Value> {
        let Some(found) = self.schema.find(&path.attribute) else {
            return Vec::new();
        };
        let holder = match found.extension {
            None => Some(&self.members),
            Some(extension) => get(&self.members, &extension.id).and_then(Value::as_object),
        };
        holder
            .and_then(|holder| get(holder, &found.attribute.name)?.as_array().cloned())
            .unwrap_or_default()
    }

    /// Changes what a path names.
    pub(super) fn change(&mut self, path: &PatchPath, change: Change<'_>) -> Result<(), ScimError> {
        let schema = self.schema;
        let unknown = || invalid_path(format!("there is no attribute `{path}`"));
        let found = schema.find(&path.attribute).ok_or_else(unknown)?;
        if found.attribute.is_named("schemas") {
            return self.schemas(change);
        }
        let attribute = found.attribute;
        let sub = match &path.sub {
            None => None,
            Some(sub) => Some(attribute.sub_attribute(sub).ok_or_else(unknown)?),
        };
        if let Some(filter) = &path.filter {
            if !attribute.multi_valued && !attribute.is_complex() {
                return Err(invalid_path(format!(
                    "`{}` has no values to select from",
                    path.attribute
                )));
            }
            filter.check_values(attribute)?;
        }
        let text = path.to_string();
        self.within(found.extension, |members| match (&path.filter, sub) {
            (None, None) => whole(members, attribute, &text, change),
            (None, Some(sub)) if !attribute.multi_valued => {
                sub_attribute(members, attribute, sub, &text, change)
            }
            (filter, sub) => selected(members, attribute, filter.as_ref(), sub, &text, change),
        })
    }

    /// `schemas` says what the resource has, and follows it: a change must only be possible.
    fn schemas(&self, change: Change<'_>) -> Result<(), ScimError> {
        let urns = match change {
            Change::Remove => return Err(mutability("`schemas` is required".to_owned())),
            Change::Add(urns) | Change::Replace(urns) => urns
                .as_array()
                .map_or(std::slice::from_ref(urns), Vec::as_slice),
        };
        let is_known = |urn: &Value| {
            urn.as_str()
                .is_some_and(|urn| self.schema.is_base(urn) || self.schema.extension(urn).is_some())
        };
        match urns.iter().find(|urn| !is_known(urn)) {
            Some(unknown) => Err(invalid(format!(
                "{unknown} is no schema of this resource type"
            ))),
            None => Ok(()),
        }
    }

    /// Works on the attributes of the base schema or of an extension, and keeps `schemas` right.
    fn within(
        &mut self,
        extension: Option<&Schema>,
        work: impl FnOnce(&mut Map<String, Value>) -> Result<(), ScimError>,
    ) -> Result<(), ScimError> {
        let Some(extension) = extension else {
            return work(&mut self.members);
        };
        let spelled = key(&self.members, &extension.id)
            .unwrap_or(&extension.id)
            .to_owned();
        let mut inner = match self.members.get_mut(&spelled).map(Value::take) {
            Some(Value::Object(inner)) => inner,
            _ => Map::new(),
        };
        let done = work(&mut inner);
        if inner.is_empty() {
            self.members.shift_remove(&spelled);
            if let Some(Value::Array(urns)) = self.members.get_mut("schemas") {
                urns.retain(|urn| {
                    !urn.as_str()
                        .is_some_and(|urn| urn.eq_ignore_ascii_case(&extension.id))
                });
            }
        } else {
            self.members.insert(spelled, Value::Object(inner));
            name_schema(&mut self.members, &extension.id);
        }
        done
    }
}
