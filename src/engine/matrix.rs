//! Matrices: a check becomes one for each row. Pure.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::generate::stable_hash;
use super::knowledge::Knowledge;
use super::plan::{Ground, scope};
use crate::scim::resource::{Found, ResourceSchema, ResourceType};
use crate::scim::sample;
use crate::scim::schema::{Mutability, Schema};
use crate::suite::template::text_of;
use crate::suite::{Check, Dialect, EACH_TYPE, Matrix, SkipRule, Suite};

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
            let check = format!("{}/{}", suite.id, check.id);
            if of == EACH_TYPE {
                return all_attributes(suite.scim, filter, skip, &check, ground);
            }
            if ground.knowledge.offers(suite.scim, of) == Some(false) {
                return vec![PlanRow::skipped(format!(
                    "the target does not offer the resource type {of}"
                ))];
            }
            attributes(suite.scim, of, filter, skip, &check, ground)
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
    or_nothing(found)
}

fn or_nothing(found: Vec<PlanRow>) -> Vec<PlanRow> {
    if found.is_empty() {
        return vec![PlanRow::skipped(
            "the target has nothing that this check is about".to_owned(),
        )];
    }
    found
}

/// The attributes of each resource type whose schema is known. A row's id starts with the type.
fn all_attributes(
    dialect: Dialect,
    filter: &[(String, Vec<Value>)],
    skip: &[SkipRule],
    check: &str,
    ground: Ground<'_>,
) -> Vec<PlanRow> {
    let offered = ground.knowledge.resource_types(dialect).iter();
    let known = offered.filter(|offered| {
        let schema = ground.knowledge.schema(dialect, &offered.name);
        schema.is_base(&offered.schema)
    });
    let rows = known.flat_map(|offered| {
        let rows = attributes(dialect, &offered.name, filter, skip, check, ground);
        rows.into_iter().map(|row| PlanRow {
            id: row.id.map(|id| format!("{}-{id}", slug(&offered.name))),
            ..row
        })
    });
    or_nothing(rows.collect())
}

fn wanted(filter: &[(String, Vec<Value>)], row: &Map<String, Value>) -> bool {
    filter.iter().all(|(name, values)| {
        let is = |found: &Value| {
            let found = text_of(found);
            values
                .iter()
                .any(|value| text_of(value).eq_ignore_ascii_case(&found))
        };
        row.get(name).is_some_and(|found| match found {
            Value::Array(items) => items.iter().any(is),
            found => is(found),
        })
    })
}

fn attributes(
    dialect: Dialect,
    of: &str,
    filter: &[(String, Vec<Value>)],
    skip: &[SkipRule],
    check: &str,
    ground: Ground<'_>,
) -> Vec<PlanRow> {
    let mut taken = BTreeSet::new();
    let mut rows = Vec::new();
    let schema = ground.knowledge.schema(dialect, of);
    let endpoint = ground.knowledge.endpoint(dialect, of);
    for found in schema.walk() {
        let mut row = attribute_row(&found, &schema.base.id, check, ground);
        let urns = schemas(&schema, found.extension);
        row.insert("schemas".to_owned(), urns.into());
        row.insert("resourceType".to_owned(), of.into());
        row.insert("endpoint".to_owned(), endpoint.clone().into());
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
        "parent": found.parent.map(|parent| parent.name.as_str()),
        "canonical": !attribute.canonical_values.is_empty(),
        "leavesOut": attribute.unstated,
        "jsonPath": json_path(found),
        "member": found.path.schema.as_ref().unwrap_or(&found.path.name),
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

/// The URNs that a resource with values of an extension names: the base's, the required extensions' and that one's.
fn schemas(schema: &ResourceSchema, extension: Option<&Schema>) -> Vec<String> {
    let needed = schema.extensions.iter().filter(|(known, required)| {
        *required || extension.is_some_and(|extension| extension.id == known.id)
    });
    let needed = needed.map(|(known, _)| known.id.clone());
    std::iter::once(schema.base.id.clone())
        .chain(needed)
        .collect()
}

/// Where an attribute's value stands in a resource, as a JSONPath (RFC 9535).
fn json_path(found: &Found<'_>) -> String {
    let quoted = |name: &str| format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"));
    let mut path = "$".to_owned();
    path.extend(found.path.schema.as_deref().map(quoted));
    path.push_str(&quoted(&found.path.name));
    if let (Some(parent), Some(sub)) = (found.parent, &found.path.sub) {
        if parent.multi_valued {
            path.push_str("[*]");
        }
        path.push_str(&quoted(sub));
    }
    path
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

/// The URNs that resources of a type may name.
fn schemas_of(offered: &ResourceType) -> Vec<&str> {
    let extensions = offered.extensions.iter();
    std::iter::once(offered.schema.as_str())
        .chain(extensions.map(|extension| extension.schema.as_str()))
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
            "schemas": schemas_of(offered),
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
