//! Values held against the definition of their attribute.

use serde_json::{Map, Value};

use super::datetime;
use super::error::{ScimError, ScimType};
use super::json::{flag, kind_of};
use super::schema::{Attribute, Kind, Mutability, is_unassigned};

pub(super) fn invalid(detail: String) -> ScimError {
    ScimError::new(ScimType::InvalidValue, detail)
}

/// The whole value of an attribute as the store keeps it, or nothing if it is unassigned: names as the schema spells
/// them, without read-only and unknown sub-attributes.
pub(super) fn assigned(
    attribute: &Attribute,
    path: &str,
    value: &Value,
) -> Result<Option<Value>, ScimError> {
    if is_unassigned(value) {
        return Ok(None);
    }
    if !attribute.multi_valued {
        return single(attribute, path, value);
    }
    let Value::Array(items) = value else {
        return Err(invalid(format!(
            "`{path}` is multi-valued: it takes an array, not {}",
            kind_of(value)
        )));
    };
    let items = values(attribute, path, items)?;
    let primaries = items
        .iter()
        .filter(|item| flag(item, "primary") == Some(true))
        .count();
    if primaries > 1 {
        return Err(invalid(format!(
            "`{path}` has {primaries} primary values, and one is the most"
        )));
    }
    Ok((!items.is_empty()).then_some(Value::Array(items)))
}

/// The values of a multi-valued attribute.
pub(super) fn values(
    attribute: &Attribute,
    path: &str,
    items: &[Value],
) -> Result<Vec<Value>, ScimError> {
    let checked = items
        .iter()
        .filter_map(|item| single(attribute, path, item).transpose());
    checked.collect()
}

/// One value of an attribute.
pub(super) fn single(
    attribute: &Attribute,
    path: &str,
    value: &Value,
) -> Result<Option<Value>, ScimError> {
    if is_unassigned(value) {
        return Ok(None);
    }
    if !attribute.is_complex() {
        return simple(attribute, path, value).map(Some);
    }
    let Value::Object(members) = value else {
        return Err(invalid(format!(
            "`{path}` is complex: it takes an object, not {}",
            kind_of(value)
        )));
    };
    let kept = sub_attributes(attribute, path, members)?;
    for sub in attribute
        .sub_attributes
        .iter()
        .filter(|sub| sub.required && !kept.is_empty())
    {
        let missing = kept.get(&sub.name).is_none_or(is_blank);
        if missing && sub.mutability != Mutability::ReadOnly {
            return Err(invalid(format!("`{path}.{}` is required", sub.name)));
        }
    }
    Ok((!kept.is_empty()).then_some(Value::Object(kept)))
}

/// The sub-attributes that are given, without asking for required ones.
pub(super) fn sub_attributes(
    attribute: &Attribute,
    path: &str,
    members: &Map<String, Value>,
) -> Result<Map<String, Value>, ScimError> {
    let mut kept = Map::new();
    for (name, value) in members {
        let Some(sub) = attribute.sub_attribute(name) else {
            continue;
        };
        if sub.mutability == Mutability::ReadOnly {
            continue;
        }
        let path = format!("{path}.{}", sub.name);
        if let Some(value) = assigned(sub, &path, value)?
            && kept.insert(sub.name.clone(), value).is_some()
        {
            return Err(ScimError::new(
                ScimType::InvalidSyntax,
                format!("`{path}` is there twice"),
            ));
        }
    }
    Ok(kept)
}

/// Whether a required attribute counts as missing.
pub(super) fn is_blank(value: &Value) -> bool {
    is_unassigned(value) || value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn simple(attribute: &Attribute, path: &str, value: &Value) -> Result<Value, ScimError> {
    let fits = match (attribute.kind, value) {
        (Kind::String | Kind::Reference, Value::String(_))
        | (Kind::Boolean, Value::Bool(_))
        | (Kind::Decimal, Value::Number(_)) => true,
        (Kind::Integer, Value::Number(number)) => {
            number.is_i64()
                || number.is_u64()
                || number.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        (Kind::DateTime, Value::String(text)) => datetime::parse(text).is_some(),
        (Kind::Binary, Value::String(text)) => is_base64(text),
        _ => false,
    };
    if fits {
        return Ok(value.clone());
    }
    let given = match (attribute.kind, value) {
        (Kind::DateTime | Kind::Binary, Value::String(_)) => "another text",
        (Kind::Integer, Value::Number(_)) => "a fraction",
        _ => kind_of(value),
    };
    Err(invalid(format!(
        "`{path}` is {}, not {given}",
        attribute.kind.word()
    )))
}

/// RFC 4648, in either alphabet; line breaks are let through, as RFC 7643 §8.2 has them.
fn is_base64(text: &str) -> bool {
    let body: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let digits = body.trim_end_matches('=');
    body.len() - digits.len() <= 2
        && digits.len() % 4 != 1
        && digits
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_'))
}
