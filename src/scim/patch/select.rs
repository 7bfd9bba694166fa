//! What a change makes of the values that a path selects.

use serde_json::{Map, Value};

use super::edit::Change;
use super::write::{merged, mutability, one_primary, whole, writable};
use crate::scim::conform::{self, invalid};
use crate::scim::error::{ScimError, ScimType};
use crate::scim::filter::{Filter, Literal, Operator};
use crate::scim::json::flag;
use crate::scim::schema::{Attribute, Mutability};

/// Changes the values that a filter selects, or all, or a sub-attribute of them.
pub(super) fn selected(
    members: &mut Map<String, Value>,
    attribute: &Attribute,
    filter: Option<&Filter>,
    sub: Option<&Attribute>,
    path: &str,
    change: Change<'_>,
) -> Result<(), ScimError> {
    let name = writable(members, attribute, path)?;
    let mut items = match members.get(&name) {
        Some(Value::Array(items)) => items.clone(),
        Some(Value::Null) | None => Vec::new(),
        Some(single) => vec![single.clone()],
    };
    let mut places: Vec<usize> = items
        .iter()
        .enumerate()
        .filter(|(_, item)| filter.is_none_or(|filter| filter.matches_value(Some(attribute), item)))
        .map(|(place, _)| place)
        .collect();
    let found = items.len();
    // "If the target location does not exist, the attribute and value are added" (RFC 7644 §3.5.2.1): with what the
    // filter says of it, or it would not be what was asked for.
    if let (true, Change::Add(_), true) = (places.is_empty(), change, attribute.multi_valued)
        && let Some(new) = filter.and_then(|filter| described(attribute, filter))
    {
        places.push(items.len());
        items.push(Value::Object(new));
    }
    if places.is_empty() {
        // What is to be removed is not there: that is what was asked for (RFC 7644 §3.5.2.2 knows no error for it).
        if matches!(change, Change::Remove) {
            return Ok(());
        }
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
        let was_primary = *place < found && flag(item, "primary") == Some(true);
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

/// The value that a filter describes: one with what must be equal. Nothing if it says more, or less.
fn described(attribute: &Attribute, filter: &Filter) -> Option<Map<String, Value>> {
    let mut made = Map::new();
    let parts = match filter {
        Filter::And(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    for part in parts {
        let Filter::Compare(path, Operator::Eq, literal) = part else {
            return None;
        };
        let sub = attribute
            .sub_attribute(&path.name)
            .filter(|_| path.schema.is_none() && path.sub.is_none())?;
        let value = match literal {
            Literal::Null => return None,
            Literal::Boolean(flag) => Value::Bool(*flag),
            Literal::Number(number) => Value::Number(number.clone()),
            Literal::Text(text) => Value::String(text.clone()),
        };
        made.insert(sub.name.clone(), value);
    }
    Some(made)
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
