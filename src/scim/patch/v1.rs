//! PATCH as SCIM 1.1 has it (API §3.3.2): a part of the resource, and what to delete.

use std::collections::HashMap;

use serde_json::Value;

use super::edit::{Change, Editor};
use super::write::one_primary;
use super::{invalid_path, syntax};
use crate::scim::compare;
use crate::scim::error::ScimError;
use crate::scim::json::{flag, get, key, member, text};
use crate::scim::path::{AttributePath, PatchPath};
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Attribute, Mutability};
use crate::scim::text::fold;

/// The resource that a 1.1 PATCH request makes of a resource: first the attributes that `meta.attributes` names are
/// removed, then values with `"operation": "delete"`, then the others are merged in.
///
/// # Errors
/// As for SCIM 2.0; the detail keyword is not part of a 1.1 answer.
pub fn apply(schema: &ResourceSchema, resource: &Value, body: &Value) -> Result<Value, ScimError> {
    let members = body
        .as_object()
        .ok_or_else(|| syntax("the body is no JSON object"))?;
    let mut editor = Editor::new(schema, resource)?;
    let removed = get(members, "meta")
        .and_then(|meta| member(meta, "attributes"))
        .and_then(Value::as_array);
    for name in removed.into_iter().flatten() {
        let name = name
            .as_str()
            .ok_or_else(|| syntax("`meta.attributes` holds something else than names"))?;
        let path =
            PatchPath::parse(name).map_err(|error| invalid_path(format!("`{name}`: {error}")))?;
        // A single value that comes along replaces the old one anyway, so that a required one can be renewed.
        let comes = get(members, &path.attribute.name).is_some_and(|value| !value.is_null());
        let is_single = || {
            schema
                .find(&path.attribute)
                .is_some_and(|found| !found.attribute.multi_valued)
        };
        if !(comes && path.sub.is_none() && is_single()) {
            editor.change(&path, Change::Remove)?;
        }
    }
    for (name, value) in members {
        if name.eq_ignore_ascii_case("schemas") || name.eq_ignore_ascii_case("meta") {
            continue;
        }
        if let Some(extension) = schema.extension(name) {
            let inner = value
                .as_object()
                .ok_or_else(|| syntax("an extension is no object"))?;
            for (sub, value) in inner {
                merge(
                    &mut editor,
                    Some(&extension.id),
                    sub,
                    extension.attribute(sub),
                    value,
                )?;
            }
        } else {
            merge(&mut editor, None, name, schema.top_attribute(name), value)?;
        }
    }
    editor.finish()
}

fn merge(
    editor: &mut Editor<'_>,
    urn: Option<&str>,
    name: &str,
    definition: Option<&Attribute>,
    value: &Value,
) -> Result<(), ScimError> {
    // Unknown and read-only attributes are ignored, as in the resource of a PUT.
    let Some(definition) =
        definition.filter(|definition| definition.mutability != Mutability::ReadOnly)
    else {
        return Ok(());
    };
    let attribute = AttributePath {
        schema: urn.map(str::to_owned),
        name: name.to_owned(),
        sub: None,
    };
    let whole = PatchPath {
        attribute,
        filter: None,
        sub: None,
    };
    if !definition.multi_valued {
        return editor.change(&whole, Change::Replace(value));
    }
    let items = value
        .as_array()
        .ok_or_else(|| syntax("a multi-valued attribute is no array"))?;
    let is_deletion = |item: &&Value| {
        text(item, "operation").is_some_and(|word| word.eq_ignore_ascii_case("delete"))
    };
    let before = editor.values(&whole);
    let mut values = before.clone();
    for item in items.iter().filter(is_deletion) {
        values.retain(|known| !is_meant(definition, item, known));
    }
    let mut fresh = Vec::new();
    let places = places(definition, &values);
    for item in items.iter().filter(|item| !is_deletion(item)) {
        let place = identity(definition, item).and_then(|value| places.get(&value).copied());
        match place.and_then(|place| Some((place, values.get_mut(place)?))) {
            Some((_, known)) if compare::holds(definition, item, known) => {}
            Some((place, known)) => {
                merge_value(known, item);
                if flag(item, "primary") == Some(true) {
                    one_primary(&mut values, place);
                }
            }
            None => fresh.push(item.clone()),
        }
    }
    if values != before {
        let values = Value::Array(values);
        let is_empty = values.as_array().is_some_and(Vec::is_empty);
        let change = if is_empty && fresh.is_empty() {
            Change::Remove
        } else {
            Change::Replace(&values)
        };
        editor.change(&whole, change)?;
    }
    if fresh.is_empty() {
        Ok(())
    } else {
        editor.change(&whole, Change::Add(&Value::Array(fresh)))
    }
}

/// What makes a value unique among its like: its `value`.
fn identity(definition: &Attribute, item: &Value) -> Option<String> {
    let value = text(item, "value")?;
    let exact = definition.sub_attribute("value")?.case_exact;
    Some(if exact {
        value.to_owned()
    } else {
        fold(value).into_owned()
    })
}

/// Where each value stands.
fn places(definition: &Attribute, values: &[Value]) -> HashMap<String, usize> {
    let all = values.iter().enumerate();
    all.filter_map(|(place, known)| Some((identity(definition, known)?, place)))
        .collect()
}

/// Whether a deletion means a value: by its `value`, or else by all of its sub-attributes.
fn is_meant(definition: &Attribute, deletion: &Value, known: &Value) -> bool {
    if let Some(value) = identity(definition, deletion) {
        return identity(definition, known) == Some(value);
    }
    let mut all = deletion.clone();
    if let Some(members) = all.as_object_mut() {
        members.retain(|name, _| !name.eq_ignore_ascii_case("operation"));
        if members.is_empty() {
            return false;
        }
    }
    compare::holds(definition, &all, known) && compare::holds(definition, known, &all)
}

/// Sets what is sent of a value that is there already.
fn merge_value(known: &mut Value, item: &Value) {
    let (Some(known), Some(item)) = (known.as_object_mut(), item.as_object()) else {
        return;
    };
    for (name, value) in item {
        let spelled = key(known, name).unwrap_or(name).to_owned();
        known.insert(spelled, value.clone());
    }
}
