//! Whether all that was sent came back, by SCIM's rules.
//!
//! - Attributes that a client can't set or can't read back say nothing: read-only, write-only, returned never or only
//!   on request.
//! - An unassigned value (`null`, the empty array) demands nothing, and neither does `primary: false` (RFC 7643 §2.4,
//!   §2.5).
//! - What the server adds is fine: attributes, sub-attributes, URNs in `schemas`. A value more in a multi-valued
//!   attribute is none of that: it is a difference.
//! - Names ignore case; texts do unless they are `caseExact`; points in time and numbers are compared as such; base64
//!   ignores line breaks and padding; phone numbers ignore their notation, as a server should change it (RFC 7643
//!   §4.1.2); of a `$ref` only the last segment counts, as it may be relative.
//! - An attribute that the schema lacks counts only if the server gives it back.

mod matching;

use std::fmt;

use serde_json::{Map, Value};

use self::matching::matching;
use super::datetime;
use super::filter::order_of_numbers;
use super::json::{get, member};
use super::resource::ResourceSchema;
use super::schema::{Attribute, Kind, Mutability, Returned, is_unassigned};
use super::text::same_text;

/// One way in which two representations differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Where: an attribute path; a value of a multi-valued attribute has its place in brackets, from 0, in the wanted
    /// representation, or in the received one if nothing was wanted there.
    pub path: String,
    /// What was wanted.
    pub expected: Option<Value>,
    /// What is there.
    pub received: Option<Value>,
}

/// A place, written out only when something differs there.
#[derive(Clone, Copy)]
enum Place<'a> {
    Top { urn: Option<&'a str>, name: &'a str },
    Sub(&'a Self, &'a str),
    Value(&'a Self, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Top {
                urn: Some(urn),
                name,
            } => write!(f, "{urn}:{name}"),
            Place::Top { urn: None, name } => f.write_str(name),
            Place::Sub(of, name) => write!(f, "{of}.{name}"),
            Place::Value(of, index) => write!(f, "{of}[{index}]"),
        }
    }
}

impl Place<'_> {
    /// Whether it is the `value` of a phone number.
    fn is_phone(self) -> bool {
        let is_phones = |place: &Place<'_>| matches!(place, Place::Top { name, .. } if name.eq_ignore_ascii_case("phoneNumbers"));
        match self {
            Place::Sub(of, name) if name.eq_ignore_ascii_case("value") => match of {
                Place::Value(of, _) => is_phones(of),
                of => is_phones(of),
            },
            _ => false,
        }
    }
}

/// How `got` differs from what was `wanted` of it.
pub fn differences(schema: &ResourceSchema, wanted: &Value, got: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    let (Some(members), Some(received)) = (wanted.as_object(), got.as_object()) else {
        if wanted != got {
            found.push(difference(&"", Some(wanted), Some(got)));
        }
        return found;
    };
    for (name, wanted) in members {
        if name.eq_ignore_ascii_case("schemas") {
            schemas(schema, members, wanted, received, &mut found);
            continue;
        }
        let there = get(received, name);
        let Some(extension) = schema.extension(name) else {
            let place = Place::Top { urn: None, name };
            attribute(schema.top_attribute(name), place, wanted, there, &mut found);
            continue;
        };
        for (name, wanted) in wanted.as_object().into_iter().flatten() {
            let place = Place::Top {
                urn: Some(&extension.id),
                name,
            };
            let there = there.and_then(|there| member(there, name));
            attribute(extension.attribute(name), place, wanted, there, &mut found);
        }
    }
    found
}

/// Whether two values of an attribute are equal, each holding all that the other does.
pub fn equal(definition: &Attribute, a: &Value, b: &Value) -> bool {
    holds(definition, a, b) && holds(definition, b, a)
}

/// Whether a value of an attribute holds all that another has.
pub fn holds(definition: &Attribute, wanted: &Value, got: &Value) -> bool {
    let mut found = Vec::new();
    value(
        Some(definition),
        Place::Top {
            urn: None,
            name: &definition.name,
        },
        wanted,
        Some(got),
        &mut found,
    );
    found.is_empty()
}

fn difference(
    path: &dyn fmt::Display,
    expected: Option<&Value>,
    received: Option<&Value>,
) -> Difference {
    Difference {
        path: path.to_string(),
        expected: expected.cloned(),
        received: received.cloned(),
    }
}

fn schemas(
    schema: &ResourceSchema,
    wanted: &Map<String, Value>,
    urns: &Value,
    got: &Map<String, Value>,
    found: &mut Vec<Difference>,
) {
    let there = get(got, "schemas");
    let has = |urn: &str| {
        let urns = there
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        urns.iter()
            .filter_map(Value::as_str)
            .any(|known| known.eq_ignore_ascii_case(urn))
    };
    for urn in urns
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        // The URN of an extension without values, or of one that the server doesn't have, need not stay.
        let counts = schema.is_base(urn)
            || schema.extension(urn).is_some() && get(wanted, urn).is_some_and(has_content);
        if counts && !has(urn) {
            found.push(difference(&"schemas", Some(&Value::from(urn)), there));
        }
    }
}

/// Whether anything is assigned in a value.
fn has_content(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.values().any(has_content),
        other => !is_unassigned(other),
    }
}

fn is_readable(attribute: &Attribute) -> bool {
    !matches!(attribute.mutability, Mutability::ReadOnly | Mutability::WriteOnly)
        && !matches!(attribute.returned, Returned::Never | Returned::Request)
        // RFC 7643 §4.1.1: never returned, whatever a server's schema leaves out about it.
        && !attribute.is_named("password")
}

fn attribute(
    definition: Option<&Attribute>,
    place: Place<'_>,
    wanted: &Value,
    got: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    let got = got.filter(|value| !is_unassigned(value));
    let counts = match definition {
        Some(definition) => is_readable(definition),
        None => got.is_some(),
    };
    if counts {
        value(definition, place, wanted, got, found);
    }
}

fn value(
    definition: Option<&Attribute>,
    place: Place<'_>,
    wanted: &Value,
    got: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    match wanted {
        Value::Null => {}
        Value::Array(items) => values(definition, place, items, wanted, got, found),
        Value::Object(members) => {
            let there = got.and_then(Value::as_object);
            if there.is_none() && got.is_some() {
                found.push(difference(&place, Some(wanted), got));
                return;
            }
            for (name, wanted) in members {
                let sub = definition.and_then(|definition| definition.sub_attribute(name));
                let received = there.and_then(|there| get(there, name));
                attribute(sub, Place::Sub(&place, name), wanted, received, found);
            }
        }
        simple => {
            let same = got.map_or_else(
                || is_false_primary(definition, simple),
                |got| same_simple(definition, place, simple, got),
            );
            if !same {
                found.push(difference(&place, Some(wanted), got));
            }
        }
    }
}

fn is_false_primary(definition: Option<&Attribute>, wanted: &Value) -> bool {
    *wanted == Value::Bool(false)
        && definition.is_some_and(|definition| definition.is_named("primary"))
}

/// The values of a multi-valued attribute: each wanted one needs one of its own, in any order.
fn values(
    definition: Option<&Attribute>,
    place: Place<'_>,
    items: &[Value],
    wanted: &Value,
    got: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    let items: Vec<(usize, &Value)> = items
        .iter()
        .enumerate()
        .filter(|(_, item)| has_content(item))
        .collect();
    if items.is_empty() {
        return;
    }
    let Some(Value::Array(received)) = got else {
        found.push(difference(&place, Some(wanted), got));
        return;
    };
    let fits = |wanted: &Value, got: &Value| {
        let mut none = Vec::new();
        value(definition, place, wanted, Some(got), &mut none);
        none.is_empty()
    };
    let matching = matching(&items, received, &fits);
    let mut free: Vec<usize> = (0..received.len())
        .filter(|index| !matching.contains(&Some(*index)))
        .collect();
    for ((index, wanted), matched) in items.iter().zip(&matching) {
        if matched.is_some() {
            continue;
        }
        let at = Place::Value(&place, *index);
        // The one that has the same `value` shows best what is different.
        let key = |item: &Value| member(item, "value").cloned();
        let alike = free.iter().position(|index| {
            received
                .get(*index)
                .is_some_and(|got| key(wanted).is_some() && key(got) == key(wanted))
        });
        match alike
            .map(|alike| free.remove(alike))
            .and_then(|index| received.get(index))
        {
            Some(got) => value(definition, at, wanted, Some(got), found),
            None => found.push(difference(&at, Some(wanted), None)),
        }
    }
    for index in free {
        if let Some(more) = received.get(index).filter(|more| has_content(more)) {
            found.push(difference(&Place::Value(&place, index), None, Some(more)));
        }
    }
}

fn same_simple(
    definition: Option<&Attribute>,
    place: Place<'_>,
    wanted: &Value,
    got: &Value,
) -> bool {
    match (wanted, got) {
        (Value::String(a), Value::String(b)) => {
            let exact = definition.is_some_and(Attribute::compares_case);
            let alike = || match definition.map(|definition| definition.kind) {
                Some(Kind::DateTime) => {
                    datetime::parse(a).is_some_and(|a| Some(a) == datetime::parse(b))
                }
                Some(Kind::Binary) => bytes(a).eq(bytes(b)),
                _ if definition.is_some_and(|d| d.is_named("$ref")) => {
                    same_text(last_segment(a), last_segment(b), exact)
                }
                _ if place.is_phone() => number(a).eq(number(b)),
                _ => false,
            };
            same_text(a, b, exact) || alike()
        }
        (Value::Number(a), Value::Number(b)) => {
            order_of_numbers(a, b).is_some_and(std::cmp::Ordering::is_eq)
        }
        _ => wanted == got,
    }
}

/// A phone number without its notation (RFC 3966 §5.1.1).
fn number(text: &str) -> impl Iterator<Item = char> {
    let text = text.strip_prefix("tel:").unwrap_or(text);
    text.chars()
        .filter(|c| !matches!(c, '-' | '.' | '(' | ')' | ' '))
}

/// Base64 without line breaks and padding, in the standard alphabet.
fn bytes(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '=')
        .map(|c| match c {
            '-' => '+',
            '_' => '/',
            other => other,
        })
}

fn last_segment(reference: &str) -> &str {
    let trimmed = reference.trim_end_matches('/');
    trimmed.rsplit('/').next().unwrap_or(trimmed)
}

#[cfg(test)]
mod tests;
