//! What a change makes of one attribute.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::edit::Change;
use crate::scim::compare;
use crate::scim::conform::{self, invalid};
use crate::scim::error::{ScimError, ScimType};
use crate::scim::json::{flag, key, text};
use crate::scim::schema::{Attribute, Mutability, is_unassigned};
use crate::scim::text::fold;

pub(super) fn mutability(detail: String) -> ScimError {
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
pub(super) fn whole(
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
    let mut known = Known::new(attribute, &items);
    let mut primary = None;
    let mut changed = false;
    for item in given_values(attribute, path, value)? {
        if known.has(attribute, &items, &item) {
            continue;
        }
        known.add(&item);
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

/// What a multi-valued attribute holds; references to resources by their id, as groups may have many members.
struct Known {
    ids: Option<HashSet<String>>,
}

impl Known {
    fn new(attribute: &Attribute, items: &[Value]) -> Self {
        let refers = attribute.sub_attribute("$ref").is_some();
        let mut known = Self {
            ids: refers.then(HashSet::new),
        };
        for item in items {
            known.add(item);
        }
        known
    }

    fn add(&mut self, item: &Value) {
        if let (Some(ids), Some(id)) = (&mut self.ids, text(item, "value")) {
            ids.insert(fold(id).into_owned());
        }
    }

    fn has(&self, attribute: &Attribute, items: &[Value], item: &Value) -> bool {
        let may = match (&self.ids, text(item, "value")) {
            (Some(ids), Some(id)) => ids.contains(fold(id).as_ref()),
            _ => true,
        };
        may && items
            .iter()
            .any(|known| compare::holds(attribute, item, known))
    }
}

/// Takes `primary` from all values but one (RFC 7644 §3.5.2).
pub(super) fn one_primary(items: &mut [Value], primary: usize) {
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
pub(super) fn merged(
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

/// The name of an attribute as the resource has it, unless it is read-only.
pub(super) fn writable(
    members: &Map<String, Value>,
    attribute: &Attribute,
    path: &str,
) -> Result<String, ScimError> {
    if attribute.mutability == Mutability::ReadOnly {
        return Err(mutability(format!("`{path}` is read-only")));
    }
    let name = key(members, &attribute.name).unwrap_or(&attribute.name);
    Ok(name.to_owned())
}

/// Changes a sub-attribute of a complex attribute with one value.
pub(super) fn sub_attribute(
    members: &mut Map<String, Value>,
    attribute: &Attribute,
    sub: &Attribute,
    path: &str,
    change: Change<'_>,
) -> Result<(), ScimError> {
    let name = writable(members, attribute, path)?;
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
