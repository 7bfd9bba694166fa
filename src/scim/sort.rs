//! Sorting (RFC 7644 §3.4.2.3).

use std::cmp::{Ordering, Reverse};

use chrono::NaiveDateTime;
use serde_json::Value;

use super::datetime;
use super::error::{ScimError, ScimType};
use super::json::{flag, member};
use super::path::AttributePath;
use super::resource::ResourceSchema;
use super::schema::{Attribute, Kind, is_unassigned};
use super::text::fold;

/// What a resource is sorted by. Without a value comes last, and so first in descending order, as RFC 7644 has it.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// A boolean: `false` first.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A point in time.
    Time(NaiveDateTime),
    /// A text, in the case of letters that counts.
    Text(String),
    /// No value.
    Nothing,
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Boolean(a), Self::Boolean(b)) => a.cmp(b),
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Time(a), Self::Time(b)) => a.cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            _ => self.rank().cmp(&other.rank()),
        }
    }
}

impl Key {
    const fn rank(&self) -> u8 {
        match self {
            Self::Boolean(_) => 0,
            Self::Number(_) => 1,
            Self::Time(_) => 2,
            Self::Text(_) => 3,
            Self::Nothing => 4,
        }
    }

    /// What a resource is sorted by: of a multi-valued attribute the primary value, or else the first; of a complex one
    /// its `value`.
    ///
    /// # Errors
    /// `invalidValue` if the attribute is unknown or complex without a `value`.
    pub fn of(
        schema: &ResourceSchema,
        by: &AttributePath,
        resource: &Value,
    ) -> Result<Self, ScimError> {
        let (attribute, sub) = definitions(schema, by)?;
        let holder = match by.schema.as_deref().filter(|urn| !schema.is_base(urn)) {
            Some(urn) => member(resource, urn),
            None => Some(resource),
        };
        let value = holder
            .and_then(|holder| member(holder, &by.name))
            .and_then(single);
        let value = match sub {
            Some(sub) => value
                .and_then(|value| member(value, &sub.name))
                .and_then(single),
            None => value,
        };
        Ok(value.map_or(Self::Nothing, |value| {
            Self::from_value(sub.unwrap_or(attribute), value)
        }))
    }

    fn from_value(attribute: &Attribute, value: &Value) -> Self {
        match value {
            Value::Bool(value) => Self::Boolean(*value),
            Value::Number(value) => value.as_f64().map_or(Self::Nothing, Self::Number),
            Value::String(value) => {
                let time = if attribute.kind == Kind::DateTime {
                    datetime::parse(value)
                } else {
                    None
                };
                time.map_or_else(
                    || {
                        if attribute.compares_case() {
                            Self::Text(value.clone())
                        } else {
                            Self::Text(fold(value).into_owned())
                        }
                    },
                    Self::Time,
                )
            }
            Value::Null | Value::Array(_) | Value::Object(_) => Self::Nothing,
        }
    }
}

fn definitions<'a>(
    schema: &'a ResourceSchema,
    by: &AttributePath,
) -> Result<(&'a Attribute, Option<&'a Attribute>), ScimError> {
    let refused = |detail: String| ScimError::new(ScimType::InvalidValue, detail);
    let found = schema
        .find(by)
        .ok_or_else(|| refused(format!("there is no attribute `{by}` to sort by")))?;
    match found.parent {
        Some(parent) => Ok((parent, Some(found.attribute))),
        None if found.attribute.is_complex() => {
            let value = found.attribute.sub_attribute("value");
            let value = value.ok_or_else(|| {
                refused(format!(
                    "`{by}` is complex: sort by one of its sub-attributes"
                ))
            })?;
            Ok((found.attribute, Some(value)))
        }
        None => Ok((found.attribute, None)),
    }
}

fn single(value: &Value) -> Option<&Value> {
    let one = match value {
        Value::Array(items) => items
            .iter()
            .find(|item| flag(item, "primary") == Some(true))
            .or_else(|| items.first())?,
        one => one,
    };
    (!is_unassigned(one)).then_some(one)
}

/// Sorts resources by an attribute; equal ones keep their order.
///
/// # Errors
/// `invalidValue` if the attribute can't be sorted by.
pub fn sort(
    schema: &ResourceSchema,
    by: &AttributePath,
    descending: bool,
    resources: &mut [Value],
) -> Result<(), ScimError> {
    definitions(schema, by)?;
    let key = |resource: &Value| Key::of(schema, by, resource).unwrap_or(Key::Nothing);
    if descending {
        resources.sort_by_cached_key(|resource| Reverse(key(resource)));
    } else {
        resources.sort_by_cached_key(key);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sorted(by: &str, descending: bool, mut resources: Vec<Value>) -> Vec<String> {
        sort(
            &ResourceSchema::user(),
            &AttributePath::parse(by).unwrap(),
            descending,
            &mut resources,
        )
        .unwrap();
        resources
            .iter()
            .map(|resource| resource["id"].as_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn each_type_has_its_order_and_no_value_is_the_greatest() {
        let all = || {
            vec![
                json!({ "id": "1", "userName": "b", "externalId": "b", "active": true, "meta": { "created": "2020-01-01T00:00:00Z" } }),
                json!({ "id": "2", "userName": "C", "externalId": "C", "active": false, "meta": { "created": "2020-01-01T00:00:00+01:00" } }),
                json!({ "id": "3", "userName": "a" }),
                json!({ "id": "4", "userName": "B", "emails": [{ "value": "z" }, { "value": "a", "primary": true }] }),
            ]
        };
        for (by, ascending, descending) in [
            ("userName", ["3", "1", "4", "2"], ["2", "1", "4", "3"]),
            ("externalId", ["2", "1", "3", "4"], ["3", "4", "1", "2"]),
            ("active", ["2", "1", "3", "4"], ["3", "4", "1", "2"]),
            ("meta.created", ["2", "1", "3", "4"], ["3", "4", "1", "2"]),
            ("emails", ["4", "1", "2", "3"], ["1", "2", "3", "4"]),
            ("EMAILS.value", ["4", "1", "2", "3"], ["1", "2", "3", "4"]),
        ] {
            assert_eq!(sorted(by, false, all()), ascending, "{by}");
            assert_eq!(sorted(by, true, all()), descending, "{by} descending");
        }
    }

    #[test]
    fn of_several_values_the_primary_counts() {
        let all = vec![
            json!({ "id": "1", "emails": [{ "value": "b" }] }),
            json!({ "id": "2", "emails": [{ "value": "c" }, { "value": "a", "primary": true }] }),
        ];
        assert_eq!(sorted("emails", false, all), ["2", "1"]);
    }

    #[test]
    fn what_has_no_order_is_refused() {
        for by in ["unknown", "name", "name.unknown", "addresses"] {
            assert!(
                sort(
                    &ResourceSchema::user(),
                    &AttributePath::parse(by).unwrap(),
                    false,
                    &mut []
                )
                .is_err(),
                "{by}"
            );
        }
    }
}
