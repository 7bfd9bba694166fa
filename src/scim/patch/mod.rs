//! PATCH (RFC 7644 §3.5.2).
//!
//! Where the RFC leaves a choice, this is the one made here: an unknown attribute is `invalidPath`; a value selection
//! that selects nothing is `noTarget`, but `add` makes the value that it describes; to remove what isn't there changes
//! nothing; a value that is set to what it is changes nothing, whoever may write it; `remove` with a `value` removes
//! these values alone.

mod edit;
mod select;
#[cfg(test)]
mod tests;
pub mod v1;
mod write;

use serde_json::{Map, Value};

use self::edit::{Change, Editor};
use super::error::{ScimError, ScimType};
use super::filter::{Filter, Literal, Operator};
use super::json::{get, kind_of, text};
use super::path::{AttributePath, PatchPath};
use super::resource::ResourceSchema;
use super::urn;

/// The resource that a PATCH request makes of a resource: all of its operations, or an error and no change.
///
/// # Errors
/// `invalidSyntax` for the wrong structure; `invalidPath`, `invalidFilter` and `noTarget` for a path; `invalidValue` for a
/// value; `mutability` for what can't be written or removed.
pub fn apply(schema: &ResourceSchema, resource: &Value, body: &Value) -> Result<Value, ScimError> {
    let members = body
        .as_object()
        .ok_or_else(|| syntax("the body is no JSON object"))?;
    let names_patch = |urns: &Vec<Value>| {
        urns.iter().any(|known| {
            known
                .as_str()
                .is_some_and(|known| known.eq_ignore_ascii_case(urn::PATCH_OP))
        })
    };
    if !get(members, "schemas")
        .and_then(Value::as_array)
        .is_some_and(names_patch)
    {
        return Err(syntax(&format!(
            "`schemas` does not name {}",
            urn::PATCH_OP
        )));
    }
    let operations = match get(members, "Operations") {
        Some(Value::Array(operations)) if !operations.is_empty() => operations,
        _ => return Err(syntax("`Operations` is missing, empty, or no array")),
    };
    let mut editor = Editor::new(schema, resource)?;
    for item in operations {
        operate(&mut editor, item)?;
    }
    editor.finish()
}

fn syntax(detail: &str) -> ScimError {
    ScimError::new(ScimType::InvalidSyntax, detail)
}

fn invalid_path(detail: String) -> ScimError {
    ScimError::new(ScimType::InvalidPath, detail)
}

fn operate(editor: &mut Editor<'_>, item: &Value) -> Result<(), ScimError> {
    let members = item
        .as_object()
        .ok_or_else(|| syntax("an operation is no object"))?;
    let op = get(members, "op")
        .and_then(Value::as_str)
        .ok_or_else(|| syntax("an operation has no `op`"))?;
    let path = match get(members, "path") {
        None | Some(Value::Null) => None,
        Some(Value::String(path)) => Some(path.trim()),
        Some(other) => return Err(invalid_path(format!("`path` is {}", kind_of(other)))),
    };
    let value = || {
        let missing = || ScimError::new(ScimType::InvalidValue, format!("`{op}` needs a `value`"));
        get(members, "value").ok_or_else(missing)
    };
    let change = match op.to_ascii_lowercase().as_str() {
        "add" => Change::Add(value()?),
        "replace" => Change::Replace(value()?),
        "remove" => Change::Remove,
        _ => {
            return Err(syntax(&format!(
                "`{op}` is no operation; there are add, remove and replace"
            )));
        }
    };
    match (path, change, get(members, "value")) {
        (Some(path), Change::Remove, Some(value)) if !value.is_null() => {
            remove_these(editor, path, value)
        }
        (Some(path), ..) => at_path(editor, path, change),
        (None, ..) => everywhere(editor, change),
    }
}

/// An operation without path: its value holds attributes.
fn everywhere<'v>(editor: &mut Editor<'_>, change: Change<'v>) -> Result<(), ScimError> {
    let (members, make): (&'v Value, fn(&'v Value) -> Change<'v>) = match change {
        Change::Remove => {
            return Err(ScimError::new(
                ScimType::NoTarget,
                "`remove` needs a `path`",
            ));
        }
        Change::Add(value) => (value, Change::Add),
        Change::Replace(value) => (value, Change::Replace),
    };
    for (name, value) in attributes_of(members)? {
        // What the operations make of the resource decides which schemas it has.
        if name.eq_ignore_ascii_case("schemas") {
            continue;
        }
        at_path(editor, name, make(value))?;
    }
    Ok(())
}

fn attributes_of(value: &Value) -> Result<&Map<String, Value>, ScimError> {
    let wrong = || {
        ScimError::new(
            ScimType::InvalidValue,
            format!(
                "without `path`, `value` is an object, not {}",
                kind_of(value)
            ),
        )
    };
    value.as_object().ok_or_else(wrong)
}

/// A removal that says which values: RFC 7644 §3.5.2.2 has no `value` there, and clients that send one mean these
/// alone. Of an attribute with one value it says nothing more.
fn remove_these(editor: &mut Editor<'_>, path: &str, value: &Value) -> Result<(), ScimError> {
    let target = PatchPath::parse(path).ok().filter(|target| {
        let found = editor.schema().find(&target.attribute);
        let plain = target.filter.is_none() && target.sub.is_none();
        plain && found.is_some_and(|found| found.attribute.multi_valued)
    });
    let Some(target) = target else {
        return at_path(editor, path, Change::Remove);
    };
    let items = value
        .as_array()
        .map_or(std::slice::from_ref(value), Vec::as_slice);
    for item in items {
        let text = item.as_str().or_else(|| text(item, "value"));
        let text = text.ok_or_else(|| {
            let detail = format!("`value` does not say which values of `{path}` to remove");
            ScimError::new(ScimType::InvalidValue, detail)
        })?;
        let this = Filter::Compare(
            AttributePath::of("value"),
            Operator::Eq,
            Literal::Text(text.to_owned()),
        );
        let one = PatchPath {
            filter: Some(this),
            ..target.clone()
        };
        match editor.change(&one, Change::Remove) {
            Err(error) if error.scim_type == Some(ScimType::NoTarget) => {}
            done => done?,
        }
    }
    Ok(())
}

fn at_path<'v>(editor: &mut Editor<'_>, path: &str, change: Change<'v>) -> Result<(), ScimError> {
    let schema = editor.schema();
    if schema.is_base(path) {
        return everywhere(editor, change);
    }
    if let Some(extension) = schema.extension(path) {
        let (members, make): (&'v Value, fn(&'v Value) -> Change<'v>) = match change {
            Change::Remove | Change::Replace(Value::Null) => {
                return editor.remove_extension(extension);
            }
            Change::Add(value) => (value, Change::Add),
            Change::Replace(value) => (value, Change::Replace),
        };
        for (name, value) in attributes_of(members)? {
            let attribute = AttributePath {
                schema: Some(extension.id.clone()),
                name: name.clone(),
                sub: None,
            };
            editor.change(
                &PatchPath {
                    attribute,
                    filter: None,
                    sub: None,
                },
                make(value),
            )?;
        }
        return Ok(());
    }
    let parsed = PatchPath::parse(path)
        .map_err(|error| invalid_path(format!("`{path}` is no path: {error}")))?;
    editor.change(&parsed, change)
}
