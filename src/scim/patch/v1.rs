//! PATCH as SCIM 1.1 has it (API §3.3.2): a part of the resource, and what to delete.

use serde_json::{Map, Value};

use super::edit::{Change, Editor};
use super::{invalid_path, syntax};
use crate::scim::error::ScimError;
use crate::scim::filter::{Filter, Literal, Operator};
use crate::scim::json::{get, member, text};
use crate::scim::path::{AttributePath, PatchPath};
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Attribute, Mutability};

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
    for item in items.iter().filter(is_deletion) {
        if let Some(filter) = item.as_object().and_then(selection) {
            let path = PatchPath {
                filter: Some(filter),
                ..whole.clone()
            };
            // To delete what isn't there is done already.
            match editor.change(&path, Change::Remove) {
                Err(error) if error.scim_type == Some(crate::scim::error::ScimType::NoTarget) => {}
                other => other?,
            }
        }
    }
    let kept: Vec<Value> = items
        .iter()
        .filter(|item| !is_deletion(item))
        .cloned()
        .collect();
    if kept.is_empty() {
        Ok(())
    } else {
        editor.change(&whole, Change::Add(&Value::Array(kept)))
    }
}

/// The values that a deletion means: by `value`, or else by all that it says.
fn selection(members: &Map<String, Value>) -> Option<Filter> {
    let test = |(name, value): (&String, &Value)| {
        let literal = match value {
            Value::String(text) => Literal::Text(text.clone()),
            Value::Bool(flag) => Literal::Boolean(*flag),
            Value::Number(number) => Literal::Number(number.clone()),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        let said = !name.eq_ignore_ascii_case("operation");
        said.then(|| Filter::Compare(AttributePath::of(name.as_str()), Operator::Eq, literal))
    };
    if let Some((name, value)) = members
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("value"))
    {
        return test((name, value));
    }
    let mut tests: Vec<Filter> = members.iter().filter_map(test).collect();
    if tests.len() > 1 {
        Some(Filter::And(tests))
    } else {
        tests.pop()
    }
}
