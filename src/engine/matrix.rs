//! Matrices: a check becomes one for each row. Pure.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::generate::stable_hash;
use super::knowledge::Knowledge;
use super::plan::{Ground, scope};
use crate::scim::resource::{Found, ResourceSchema};
use crate::scim::sample;
use crate::scim::schema::Mutability;
use crate::suite::template::text_of;
use crate::suite::{Check, Dialect, Matrix, SkipRule, Suite};

/// One row: a check of its own.
pub(super) struct PlanRow {
    /// The last part of the check's id; `None` without a matrix.
    pub(super) id: Option<String>,
    /// What `${row.…}` sees.
    pub(super) values: Option<Value>,
    /// Why it is skipped.
    pub(super) skip: Option<String>,
}

impl PlanRow {
    fn skipped(reason: String) -> Self {
        Self {
            id: None,
            values: None,
            skip: Some(reason),
        }
    }
}

/// The rows of a check: one without members where it has no matrix.
pub(super) fn rows(suite: &Suite, check: &Check, ground: Ground<'_>) -> Vec<PlanRow> {
    let found = match &check.matrix {
        None => {
            return vec![PlanRow {
                id: None,
                values: None,
                skip: None,
            }];
        }
        Some(Matrix::Rows(rows)) => {
            let scope = scope(suite, &format!("{}/{}", suite.id, check.id), None, ground);
            rows.iter()
                .map(|row| PlanRow {
                    id: Some(row.id.clone()),
                    // The loader knows what may stand in a row: the run and the configuration.
                    values: row.values.render(&scope).ok(),
                    skip: None,
                })
                .collect()
        }
        Some(Matrix::Attributes { of, filter, skip }) => {
            if ground.knowledge.offers(suite.scim, of) == Some(false) {
                return vec![PlanRow::skipped(format!(
                    "the target does not offer the resource type {of}"
                ))];
            }
            let of = ground.knowledge.schema(suite.scim, of);
            attributes(
                &of,
                filter,
                skip,
                &format!("{}/{}", suite.id, check.id),
                ground,
            )
        }
        Some(Matrix::ResourceTypes { filter, endpoints }) => {
            let scope = scope(suite, &format!("{}/{}", suite.id, check.id), None, ground);
            // A configuration that names none is no error.
            let endpoints = endpoints
                .as_ref()
                .and_then(|list| list.render(&scope).ok())
                .unwrap_or_default();
            resource_types(suite.scim, filter, &endpoints, ground.knowledge)
        }
    };
    if found.is_empty() {
        return vec![PlanRow::skipped(
            "the target has nothing that this check is about".to_owned(),
        )];
    }
    found
}

fn wanted(filter: &[(String, Vec<Value>)], row: &Map<String, Value>) -> bool {
    filter.iter().all(|(name, values)| {
        row.get(name).is_some_and(|found| {
            values
                .iter()
                .any(|value| text_of(value).eq_ignore_ascii_case(&text_of(found)))
        })
    })
}

fn attributes(
    schema: &ResourceSchema,
    filter: &[(String, Vec<Value>)],
    skip: &[SkipRule],
    check: &str,
    ground: Ground<'_>,
) -> Vec<PlanRow> {
    let mut taken = BTreeSet::new();
    let mut rows = Vec::new();
    for found in schema.walk() {
        let row = attribute_row(&found, &schema.base.id, check, ground);
        if !wanted(filter, &row) {
            continue;
        }
        let mut id = slug(&found.path.to_string());
        while !taken.insert(id.clone()) {
            id.push('x');
        }
        let reason = skip
            .iter()
            .find(|rule| wanted(&rule.filter, &row))
            .map(|rule| rule.because.clone());
        let unmade = (row.get("sample").is_none_or(Value::is_null)
            && found.attribute.mutability != Mutability::ReadOnly)
            .then(|| "no valid value can be made up for it".to_owned());
        rows.push(PlanRow {
            id: Some(id),
            values: Some(Value::Object(row)),
            skip: reason.or(unmade),
        });
    }
    rows
}

fn attribute_row(
    found: &Found<'_>,
    base: &str,
    check: &str,
    ground: Ground<'_>,
) -> Map<String, Value> {
    let (path, attribute) = (found.path.to_string(), found.attribute);
    let schema = found.extension.map_or(base, |schema| schema.id.as_str());
    // Checks that run at the same time must not meet in a unique value.
    let seed = ground.seed ^ stable_hash(&format!("{check}#{path}"));
    let sample = sample::value_of(found, ground.tag, seed, 0).unwrap_or(Value::Null);
    let other = sample::value_of(found, ground.tag, seed, 1).unwrap_or(Value::Null);
    let (body, other_body) = (body_with(found, &sample), body_with(found, &other));
    let Value::Object(row) = json!({
        "path": path,
        "name": attribute.name,
        "type": attribute.kind.word(),
        "mutability": attribute.mutability.word(),
        "returned": attribute.returned.word(),
        "uniqueness": attribute.uniqueness.word(),
        "required": attribute.required,
        "caseExact": attribute.case_exact,
        "multiValued": attribute.multi_valued,
        "extension": found.extension.is_some(),
        "schema": schema,
        "partOf": part_of(found),
        "sample": sample,
        "other": other,
        "body": body,
        "otherBody": other_body,
    }) else {
        return Map::new();
    };
    row
}

/// What an attribute is a part of: a path to a part of several values selects none of them by itself.
fn part_of(found: &Found<'_>) -> &'static str {
    match found.parent {
        None => "resource",
        Some(parent) if parent.multi_valued => "values",
        Some(_) => "value",
    }
}

/// An object that holds a value at an attribute's place.
fn body_with(found: &Found<'_>, value: &Value) -> Value {
    let path = &found.path;
    let inner = match (&path.sub, found.parent) {
        (Some(sub), Some(parent)) if parent.multi_valued => json!({ &path.name: [{ sub: value }] }),
        (Some(sub), _) => json!({ &path.name: { sub: value } }),
        (None, _) => json!({ &path.name: value }),
    };
    match &path.schema {
        Some(urn) => json!({ urn: inner }),
        None => inner,
    }
}

fn slug(path: &str) -> String {
    // A URN's own words say nothing new in an id: the last one names the extension.
    let short = match path.rsplit_once(':') {
        Some((urn, name)) => format!("{}-{name}", urn.rsplit(':').next().unwrap_or_default()),
        None => path.to_owned(),
    };
    short
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '.' {
                c
            } else {
                '-'
            }
        })
        .collect()
}

fn resource_types(
    dialect: Dialect,
    filter: &[(String, Vec<Value>)],
    endpoints: &Value,
    knowledge: &Knowledge,
) -> Vec<PlanRow> {
    let mut rows: Vec<Map<String, Value>> = Vec::new();
    for offered in knowledge.resource_types(dialect) {
        let row = json!({
            "name": offered.name,
            "endpoint": format!("/{}", offered.endpoint.trim_start_matches('/')),
            "schema": offered.schema,
        });
        if let Value::Object(row) = row
            && wanted(filter, &row)
        {
            rows.push(row);
        }
    }
    for endpoint in endpoints
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        let endpoint = format!("/{}", endpoint.trim_start_matches('/'));
        if rows
            .iter()
            .all(|row| row.get("endpoint").and_then(Value::as_str) != Some(endpoint.as_str()))
            && let Value::Object(row) =
                json!({ "name": endpoint.trim_start_matches('/'), "endpoint": endpoint })
        {
            rows.push(row);
        }
    }
    rows.into_iter()
        .map(|mut row| {
            let id =
                slug(row.get("name").and_then(Value::as_str).unwrap_or_default()).to_lowercase();
            row.insert("id".to_owned(), id.clone().into());
            PlanRow {
                id: Some(id),
                values: Some(Value::Object(row)),
                skip: None,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attribute_knows_what_it_is_a_part_of() {
        let user = ResourceSchema::user();
        for (path, expected) in [
            ("userName", "resource"),
            ("emails", "resource"),
            ("name.givenName", "value"),
            ("emails.value", "values"),
        ] {
            let found = user.find(&path.parse().unwrap()).unwrap();
            assert_eq!(part_of(&found), expected, "{path}");
        }
    }
}
