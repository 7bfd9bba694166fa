//! Whether a resource matches.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::{Filter, Literal, Operator};
use crate::scim::datetime;
use crate::scim::json::member;
use crate::scim::path::AttributePath;
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Attribute, Kind, is_unassigned};
use crate::scim::text::{composed, fold, same_text};

impl Filter {
    /// Whether a resource matches.
    ///
    /// - A multi-valued attribute matches if one of its values does, also for `ne`.
    /// - A complex attribute is compared by its `value`.
    /// - An attribute without value, or that the resource type lacks, has no value: it equals `null`, differs from
    ///   everything else, and matches nothing more.
    /// - Values of different types are different, and have no order.
    pub fn matches(&self, schema: &ResourceSchema, resource: &Value) -> bool {
        holds(self, Scope::Resource(schema, resource))
    }

    /// Whether one value of an attribute matches the filter in its brackets.
    pub(crate) fn matches_value(&self, attribute: Option<&Attribute>, value: &Value) -> bool {
        holds(self, Scope::Value(attribute, value))
    }
}

#[derive(Clone, Copy)]
enum Scope<'a> {
    /// Paths are of a resource.
    Resource(&'a ResourceSchema, &'a Value),
    /// Paths are sub-attributes of one value of an attribute.
    Value(Option<&'a Attribute>, &'a Value),
}

/// A value with the definition of its attribute, if it has one.
type Typed<'a> = (Option<&'a Attribute>, &'a Value);

fn holds(filter: &Filter, scope: Scope<'_>) -> bool {
    match filter {
        Filter::And(all) => all.iter().all(|part| holds(part, scope)),
        Filter::Or(any) => any.iter().any(|part| holds(part, scope)),
        Filter::Not(inner) => !holds(inner, scope),
        Filter::Present(path) => any_value(path, scope, &mut |(_, value)| is_present(value)),
        Filter::Compare(path, operator, literal) => compare(path, *operator, literal, scope),
        Filter::Values(path, inner) => any_value(path, scope, &mut |(attribute, value)| {
            holds(inner, Scope::Value(attribute, value))
        }),
    }
}

/// "a non-empty or non-null value, or … a non-empty node for complex attributes".
fn is_present(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => items.iter().any(is_present),
        Value::Object(members) => members.values().any(is_present),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

fn compare(path: &AttributePath, operator: Operator, literal: &Literal, scope: Scope<'_>) -> bool {
    let mut seen = false;
    let matched = any_value(path, scope, &mut |(attribute, value)| {
        let Some((attribute, value)) = comparable(attribute, value) else {
            return false;
        };
        seen = true;
        matches_literal(attribute, value, operator, literal)
    });
    match (literal, operator) {
        (Literal::Null, Operator::Eq) => !seen,
        (Literal::Null, Operator::Ne) => seen,
        (_, Operator::Ne) => matched || !seen,
        _ => matched,
    }
}

/// The value itself, or the `value` of a complex one; nothing if it is unassigned.
fn comparable<'a>(attribute: Option<&'a Attribute>, value: &'a Value) -> Option<Typed<'a>> {
    let found = if value.is_object() {
        (
            attribute.and_then(|attribute| attribute.sub_attribute("value")),
            member(value, "value")?,
        )
    } else {
        (attribute, value)
    };
    (!is_unassigned(found.1)).then_some(found)
}

/// Calls `test` with each value that a path names until one passes.
fn any_value<'a>(
    path: &AttributePath,
    scope: Scope<'a>,
    test: &mut dyn FnMut(Typed<'a>) -> bool,
) -> bool {
    let Some((attribute, value)) = at_path(path, scope) else {
        return false;
    };
    let Some(sub) = &path.sub else {
        return each(attribute, value, test);
    };
    let definition = attribute.and_then(|attribute| attribute.sub_attribute(sub));
    each(attribute, value, &mut |(_, item)| {
        member(item, sub).is_some_and(|value| each(definition, value, test))
    })
}

fn each<'a>(
    attribute: Option<&'a Attribute>,
    value: &'a Value,
    test: &mut dyn FnMut(Typed<'a>) -> bool,
) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| test((attribute, item))),
        single => test((attribute, single)),
    }
}

/// The attribute that a path names, without its sub-attribute.
fn at_path<'a>(path: &AttributePath, scope: Scope<'a>) -> Option<Typed<'a>> {
    match scope {
        Scope::Value(attribute, value) => {
            if !value.is_object() && path.name.eq_ignore_ascii_case("value") {
                return Some((attribute, value));
            }
            let sub = attribute.and_then(|attribute| attribute.sub_attribute(&path.name));
            Some((sub, member(value, &path.name)?))
        }
        Scope::Resource(schema, resource) => {
            let Some(urn) = path.schema.as_deref().filter(|urn| !schema.is_base(urn)) else {
                return Some((
                    schema.top_attribute(&path.name),
                    member(resource, &path.name)?,
                ));
            };
            if let Some(extension) = member(resource, urn) {
                let attribute = schema
                    .extension(urn)
                    .and_then(|schema| schema.attribute(&path.name));
                return Some((attribute, member(extension, &path.name)?));
            }
            // The URN of an extension alone, as in `urn:…:enterprise:2.0:User pr`.
            Some((None, member(resource, &path.to_string())?))
        }
    }
}

fn matches_literal(
    attribute: Option<&Attribute>,
    value: &Value,
    operator: Operator,
    literal: &Literal,
) -> bool {
    let ordered = |ordering: Option<Ordering>| match operator {
        Operator::Eq => ordering == Some(Ordering::Equal),
        Operator::Ne => ordering != Some(Ordering::Equal),
        Operator::Gt => ordering == Some(Ordering::Greater),
        Operator::Lt => ordering == Some(Ordering::Less),
        Operator::Ge => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
        Operator::Le => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
        Operator::Co | Operator::Sw | Operator::Ew => false,
    };
    match (value, literal) {
        (Value::String(value), Literal::Text(literal)) => {
            let (value, literal) = (composed(value), composed(literal));
            let (value, literal) = (value.as_ref(), literal.as_ref());
            let exact = attribute.is_some_and(Attribute::compares_case);
            let is_time = attribute.is_some_and(|attribute| attribute.kind == Kind::DateTime);
            match operator {
                Operator::Co | Operator::Sw | Operator::Ew if exact => {
                    part_of(value, operator, literal)
                }
                Operator::Co | Operator::Sw | Operator::Ew => {
                    part_of(&fold(value), operator, &fold(literal))
                }
                _ if is_time => ordered(order_of_times(value, literal)),
                Operator::Eq => same_text(value, literal, exact),
                Operator::Ne => !same_text(value, literal, exact),
                _ if exact => ordered(Some(value.cmp(literal))),
                _ => ordered(Some(fold(value).cmp(&fold(literal)))),
            }
        }
        (Value::Number(value), Literal::Number(literal)) => {
            ordered(order_of_numbers(value, literal))
        }
        // Booleans have no order: `check` refuses the rest.
        (Value::Bool(value), Literal::Boolean(literal)) => match operator {
            Operator::Eq => value == literal,
            Operator::Ne => value != literal,
            _ => false,
        },
        _ => operator == Operator::Ne,
    }
}

fn part_of(value: &str, operator: Operator, literal: &str) -> bool {
    match operator {
        Operator::Co => value.contains(literal),
        Operator::Sw => value.starts_with(literal),
        _ => value.ends_with(literal),
    }
}

fn order_of_times(a: &str, b: &str) -> Option<Ordering> {
    Some(datetime::parse(a)?.cmp(&datetime::parse(b)?))
}

/// The order of two numbers; whole ones without loss.
pub(in crate::scim) fn order_of_numbers(a: &Number, b: &Number) -> Option<Ordering> {
    let whole = |n: &Number| {
        n.as_i64()
            .map(i128::from)
            .or_else(|| n.as_u64().map(i128::from))
    };
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        _ => a.as_f64()?.partial_cmp(&b.as_f64()?),
    }
}
