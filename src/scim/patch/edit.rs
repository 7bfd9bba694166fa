//! A resource while a PATCH changes it.

use serde_json::{Map, Value};

use super::invalid_path;
use crate::scim::compare;
use crate::scim::conform::{self, invalid};
use crate::scim::error::{ScimError, ScimType};
use crate::scim::filter::Filter;
use crate::scim::json::{flag, key};
use crate::scim::path::PatchPath;
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Attribute, Mutability, Schema, is_unassigned};
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

    /// Changes what a path names.
    pub(super) fn change(&mut self, path: &PatchPath, change: Change<'_>) -> Result<(), ScimError> {
        let schema = self.schema;
        let unknown = || invalid_path(format!("there is no attribute `{path}`"));
        let found = schema.find(&path.attribute).ok_or_else(unknown)?;
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

fn mutability(detail: String) -> ScimError {
    ScimError::new(ScimType::Mutability, detail)
}

/// Whether a write of `new` (`None`: a removal) would change nothing; an error if it isn't allowed.
fn changes_nothing(
    attribute: &Attribute,
    path: &str,
    current: Option<&Value>,
    new: Option<&Value>,
) -> Result<bool, ScimError> {
    let current = current.filter(|current| !is_unassigned(current));
    let same = match (current, new) {
        (None, None) => true,
        (Some(current), Some(new)) => same_value(attribute, current, new),
        _ => false,
    };
    match attribute.mutability {
        _ if same && new.is_some() => Ok(true),
        Mutability::ReadOnly => Err(mutability(format!("`{path}` is read-only"))),
        Mutability::Immutable if current.is_some() => {
            Err(mutability(format!("`{path}` is immutable and has a value")))
        }
        _ if new.is_none() && attribute.required => {
            Err(mutability(format!("`{path}` is required")))
        }
        _ => Ok(same),
    }
}

/// Whether a value is what is there. A change of case is a change, except where nothing may change.
fn same_value(attribute: &Attribute, current: &Value, new: &Value) -> bool {
    current == new
        || attribute.mutability == Mutability::Immutable && compare::equal(attribute, current, new)
}

/// Changes a whole attribute.
fn whole(
    members: &mut Map<String, Value>,
    attribute: &Attribute,
    path: &str,
    change: Change<'_>,
) -> Result<(), ScimError> {
    let name = key(members, &attribute.name)
        .unwrap_or(&attribute.name)
        .to_owned();
    let current = members.get(&name);
    let new = match change {
        Change::Remove => None,
        // What the server alone writes may come along unchanged, in whatever form it has.
        Change::Add(value) | Change::Replace(value)
            if attribute.mutability == Mutability::ReadOnly =>
        {
            Some(value.clone())
        }
        Change::Replace(value) if attribute.multi_valued => {
            assigned_values(attribute, path, value)?
        }
        Change::Add(value) if attribute.multi_valued => {
            match added(attribute, path, current, value)? {
                None => return Ok(()),
                some => some,
            }
        }
        Change::Add(value) | Change::Replace(value)
            if attribute.is_complex() && !value.is_null() =>
        {
            Some(merged(attribute, path, current, value)?)
        }
        Change::Add(Value::Null) => return Ok(()),
        Change::Add(value) | Change::Replace(value) => conform::assigned(attribute, path, value)?,
    };
    if changes_nothing(attribute, path, current, new.as_ref())? {
        return Ok(());
    }
    match new {
        Some(new) => members.insert(name, new),
        None => members.shift_remove(&name),
    };
    Ok(())
}

/// Values for a multi-valued attribute; one alone need not stand in an array.
fn given_values(attribute: &Attribute, path: &str, value: &Value) -> Result<Vec<Value>, ScimError> {
    conform::values(
        attribute,
        path,
        value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice),
    )
}

fn assigned_values(
    attribute: &Attribute,
    path: &str,
    value: &Value,
) -> Result<Option<Value>, ScimError> {
    let items = Value::Array(given_values(attribute, path, value)?);
    conform::assigned(attribute, path, &items)
}

/// What is there and what comes, without what is there already. Nothing if nothing comes.
fn added(
    attribute: &Attribute,
    path: &str,
    current: Option<&Value>,
    value: &Value,
) -> Result<Option<Value>, ScimError> {
    let mut items = current
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let mut primary = None;
    let mut changed = false;
    for item in given_values(attribute, path, value)? {
        if items
            .iter()
            .any(|known| compare::holds(attribute, &item, known))
        {
            continue;
        }
        changed = true;
        if flag(&item, "primary") == Some(true) && primary.replace(items.len()).is_some() {
            return Err(invalid(format!("`{path}` can have one primary value")));
        }
        items.push(item);
    }
    if let Some(primary) = primary {
        one_primary(&mut items, primary);
    }
    Ok(changed.then_some(Value::Array(items)))
}

/// Takes `primary` from all values but one (RFC 7644 §3.5.2).
fn one_primary(items: &mut [Value], primary: usize) {
    for (place, item) in items.iter_mut().enumerate() {
        if place != primary
            && let Some(members) = item.as_object_mut()
            && let Some(name) = key(members, "primary").map(str::to_owned)
            && members.get(&name) == Some(&Value::Bool(true))
        {
            members.insert(name, false.into());
        }
    }
}

/// A complex value with the given sub-attributes in place of its own.
fn merged(
    attribute: &Attribute,
    path: &str,
    current: Option<&Value>,
    value: &Value,
) -> Result<Value, ScimError> {
    let Value::Object(given) = value else {
        return Err(invalid(format!("`{path}` is complex: it takes an object")));
    };
    let mut members = current
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    // Checks the types of all before any is set.
    conform::sub_attributes(attribute, path, given)?;
    for (name, value) in given {
        let Some(sub) = attribute.sub_attribute(name) else {
            continue;
        };
        if sub.mutability == Mutability::ReadOnly {
            continue;
        }
        let change = Change::Replace(value);
        whole(&mut members, sub, &format!("{path}.{}", sub.name), change)?;
    }
    let whole = conform_required(attribute, path, &members);
    whole.map(|()| Value::Object(members))
}

fn conform_required(
    attribute: &Attribute,
    path: &str,
    members: &Map<String, Value>,
) -> Result<(), ScimError> {
    let lacking = attribute.sub_attributes.iter().find(|sub| {
        let there = key(members, &sub.name).and_then(|name| members.get(name));
        sub.required
            && sub.mutability != Mutability::ReadOnly
            && there.is_none_or(conform::is_blank)
    });
    match lacking {
        Some(sub) if !members.is_empty() => {
            Err(invalid(format!("`{path}.{}` is required", sub.name)))
        }
        _ => Ok(()),
    }
}

/// Changes a sub-attribute of a complex attribute with one value.
fn sub_attribute(
    members: &mut Map<String, Value>,
    attribute: &Attribute,
    sub: &Attribute,
    path: &str,
    change: Change<'_>,
) -> Result<(), ScimError> {
    if attribute.mutability == Mutability::ReadOnly {
        return Err(mutability(format!("`{path}` is read-only")));
    }
    let name = key(members, &attribute.name)
        .unwrap_or(&attribute.name)
        .to_owned();
    let mut inner = members
        .get(&name)
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    whole(&mut inner, sub, path, change)?;
    if inner.is_empty() {
        members.shift_remove(&name);
    } else {
        members.insert(name, Value::Object(inner));
    }
    Ok(())
}

/// Changes the values that a filter selects, or all, or a sub-attribute of them.
fn selected(
    members: &mut Map<String, Value>,
    attribute: &Attribute,
    filter: Option<&Filter>,
    sub: Option<&Attribute>,
    path: &str,
    change: Change<'_>,
) -> Result<(), ScimError> {
    if attribute.mutability == Mutability::ReadOnly {
        return Err(mutability(format!("`{path}` is read-only")));
    }
    let name = key(members, &attribute.name)
        .unwrap_or(&attribute.name)
        .to_owned();
    let mut items = match members.get(&name) {
        Some(Value::Array(items)) => items.clone(),
        Some(Value::Null) | None => Vec::new(),
        Some(single) => vec![single.clone()],
    };
    let places: Vec<usize> = items
        .iter()
        .enumerate()
        .filter(|(_, item)| filter.is_none_or(|filter| filter.matches_value(Some(attribute), item)))
        .map(|(place, _)| place)
        .collect();
    if places.is_empty() {
        return Err(ScimError::new(
            ScimType::NoTarget,
            format!("`{path}` selects no value"),
        ));
    }
    let mut primary = None;
    for place in &places {
        let Some(item) = items.get_mut(*place) else {
            continue;
        };
        let was_primary = flag(item, "primary") == Some(true);
        one_value(item, attribute, sub, path, change)?;
        if flag(item, "primary") == Some(true) && !was_primary && primary.replace(*place).is_some()
        {
            return Err(invalid(format!(
                "`{path}` would make several values primary"
            )));
        }
    }
    if let Some(primary) = primary {
        one_primary(&mut items, primary);
    }
    items.retain(|item| !item.is_null() && !item.as_object().is_some_and(Map::is_empty));
    if items.is_empty() {
        if attribute.required {
            return Err(mutability(format!("`{path}` is required")));
        }
        members.shift_remove(&name);
    } else if attribute.multi_valued {
        members.insert(name, Value::Array(items));
    } else if let Some(single) = items.pop() {
        members.insert(name, single);
    }
    Ok(())
}

/// Changes one value of an attribute; a value that is removed becomes `null`.
fn one_value(
    item: &mut Value,
    attribute: &Attribute,
    sub: Option<&Attribute>,
    path: &str,
    change: Change<'_>,
) -> Result<(), ScimError> {
    if let Some(sub) = sub {
        let Some(members) = item.as_object_mut() else {
            return Err(ScimError::new(
                ScimType::NoTarget,
                format!("`{path}` selects a value without sub-attributes"),
            ));
        };
        return whole(members, sub, path, change);
    }
    if attribute.mutability == Mutability::Immutable {
        return Err(mutability(format!("`{path}` is immutable and has a value")));
    }
    *item = match change {
        Change::Remove | Change::Replace(Value::Null) => Value::Null,
        Change::Add(value) if attribute.is_complex() => {
            merged(attribute, path, Some(item), single(value))?
        }
        Change::Add(value) | Change::Replace(value) => {
            conform::single(attribute, path, single(value))?.unwrap_or(Value::Null)
        }
    };
    Ok(())
}

/// The value itself, or the only one of an array.
fn single(value: &Value) -> &Value {
    match value.as_array().map(Vec::as_slice) {
        Some([only]) => only,
        _ => value,
    }
}
