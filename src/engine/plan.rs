//! The plan: which checks run, with their matrices expanded. Pure: the same inputs give the same plan.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::generate::{Generator, stable_hash};
use super::judge::{Facts, unmet};
use super::knowledge::Knowledge;
use super::scope::CheckScope;
use super::selection::{Choice, ChoiceError, Selector};
use crate::record::{Level, RequirementRef, SuiteInfo};
use crate::scim::sample;
use crate::scim::schema::{Attribute, Mutability};
use crate::suite::template::text_of;
use crate::suite::{Check, Dialect, Library, Matrix, SkipRule, Suite};

/// What a plan is made from, besides the suites.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// What is known of the target.
    pub knowledge: &'a Knowledge,
    /// The configuration, as `${config.…}` sees it.
    pub config: &'a Value,
    /// The run's seed.
    pub seed: u64,
    /// The run's tag.
    pub tag: &'a str,
    /// Whether nothing may be written.
    pub read_only: bool,
}

/// What runs, in order.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The checks, each row of a matrix on its own.
    pub checks: Vec<Arc<PlannedCheck>>,
    /// The suites that they are from.
    pub suites: Vec<SuiteInfo>,
}

/// A check that is planned.
#[derive(Debug, Clone)]
pub struct PlannedCheck {
    /// Its place in the plan, from 0.
    pub index: usize,
    /// `suite/check` or `suite/check/row`.
    pub id: String,
    /// Its title, filled in.
    pub title: String,
    /// Its suite, without the checks.
    pub suite: Arc<Suite>,
    /// The check.
    pub check: Arc<Check>,
    /// The row of its matrix.
    pub row: Option<Value>,
    /// What it cites, as reports show it.
    pub requirements: Vec<RequirementRef>,
    /// Why it is skipped, if that is known before it starts.
    pub skip: Option<String>,
}

impl Plan {
    /// Makes the plan.
    ///
    /// # Errors
    /// [`ChoiceError`] when the choice chooses nothing, or a part of it matches nothing.
    pub fn new(
        library: &Library,
        choice: &Choice,
        ground: Ground<'_>,
    ) -> Result<Self, ChoiceError> {
        let selector = Selector::new(choice, library)?;
        let mut plan = Self::default();
        let mut ids: Vec<String> = Vec::new();
        for suite in &library.suites {
            if !selector.takes_suite(&suite.id, suite.scim) {
                continue;
            }
            let bare = Arc::new(Suite {
                checks: Vec::new(),
                ..suite.clone()
            });
            let before = plan.checks.len();
            for check in &suite.checks {
                let shared = Arc::new(check.clone());
                for row in rows(suite, check, ground) {
                    let id = match &row.id {
                        Some(row) => format!("{}/{}/{row}", suite.id, check.id),
                        None => format!("{}/{}", suite.id, check.id),
                    };
                    ids.push(id.clone());
                    let aliases: Vec<String> = check
                        .aliases
                        .iter()
                        .map(|alias| format!("{}/{alias}", suite.id))
                        .collect();
                    if !selector.takes_check(&id, &aliases, check.level) || !selector.in_shard(&id)
                    {
                        continue;
                    }
                    plan.checks.push(Arc::new(planned(
                        plan.checks.len(),
                        id,
                        row,
                        &bare,
                        &shared,
                        library,
                        ground,
                    )));
                }
            }
            if plan.checks.len() > before {
                let (id, title, origin) =
                    (suite.id.clone(), suite.title.clone(), suite.origin.clone());
                plan.suites.push(SuiteInfo { id, title, origin });
            }
        }
        selector.complain(&ids.iter().map(String::as_str))?;
        if plan.checks.is_empty() {
            Err(ChoiceError::Nothing)
        } else {
            Ok(plan)
        }
    }
}

fn planned(
    index: usize,
    id: String,
    row: PlanRow,
    suite: &Arc<Suite>,
    check: &Arc<Check>,
    library: &Library,
    ground: Ground<'_>,
) -> PlannedCheck {
    let scope = scope(&id, row.values.clone(), ground);
    let title = check
        .title
        .render_text(&scope, std::borrow::ToOwned::to_owned)
        .unwrap_or_else(|_| check.id.clone());
    let facts = Facts {
        scope: &scope,
        knowledge: ground.knowledge,
        dialect: suite.scim,
        sent: None,
        level: Level::Must,
        time_gates: false,
    };
    let skip = row
        .skip
        .or_else(|| {
            (ground.read_only && !check.is_read_only())
                .then(|| "it writes, and the run is read-only".to_owned())
        })
        .or_else(|| check.when.as_ref().and_then(|when| unmet(when, facts)));
    let requirements = check
        .requirements
        .iter()
        .map(|id| requirement(id, library))
        .collect();
    PlannedCheck {
        index,
        id,
        title,
        suite: Arc::clone(suite),
        check: Arc::clone(check),
        row: row.values,
        requirements,
        skip,
    }
}

fn requirement(id: &str, library: &Library) -> RequirementRef {
    match library.requirements.get(id) {
        Some(known) => RequirementRef {
            id: id.to_owned(),
            statement: known.statement.clone(),
            clause: known.clause.clone(),
            url: known.url.clone(),
        },
        // The loader refuses suites that cite what there isn't.
        None => RequirementRef {
            id: id.to_owned(),
            statement: String::new(),
            clause: String::new(),
            url: None,
        },
    }
}

/// The scope that a check starts with.
pub(super) fn scope(id: &str, row: Option<Value>, ground: Ground<'_>) -> CheckScope {
    let run = json!({ "tag": ground.tag, "seed": ground.seed });
    let generator = Generator::new(ground.seed, ground.tag, id);
    CheckScope::new(generator, run, json!({}), ground.config.clone(), row)
}

struct PlanRow {
    id: Option<String>,
    values: Option<Value>,
    skip: Option<String>,
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

fn rows(suite: &Suite, check: &Check, ground: Ground<'_>) -> Vec<PlanRow> {
    let found = match &check.matrix {
        None => {
            return vec![PlanRow {
                id: None,
                values: None,
                skip: None,
            }];
        }
        Some(Matrix::Rows(rows)) => {
            let scope = scope(&format!("{}/{}", suite.id, check.id), None, ground);
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
            attributes(suite.scim, of, filter, skip, ground)
        }
        Some(Matrix::ResourceTypes { filter, endpoints }) => {
            let scope = scope(&format!("{}/{}", suite.id, check.id), None, ground);
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
    dialect: Dialect,
    of: &str,
    filter: &[(String, Vec<Value>)],
    skip: &[SkipRule],
    ground: Ground<'_>,
) -> Vec<PlanRow> {
    let schema = ground.knowledge.schema(dialect, of);
    let mut taken = BTreeSet::new();
    let mut rows = Vec::new();
    for found in schema.walk() {
        let row = attribute_row(&found.path.to_string(), found.attribute, ground);
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

fn attribute_row(path: &str, attribute: &Attribute, ground: Ground<'_>) -> Map<String, Value> {
    let seed = ground.seed ^ stable_hash(path);
    let sample = sample::value_for(attribute, ground.tag, seed, 0).unwrap_or(Value::Null);
    let other = sample::value_for(attribute, ground.tag, seed, 1).unwrap_or(Value::Null);
    let (body, other_body) = (body_with(path, &sample), body_with(path, &other));
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
        "sample": sample,
        "other": other,
        "body": body,
        "otherBody": other_body,
    }) else {
        return Map::new();
    };
    row
}

/// An object that holds a value at an attribute's path.
fn body_with(path: &str, value: &Value) -> Value {
    let (container, name) = match path.rsplit_once(':') {
        Some((urn, name)) => (Some(urn), name),
        None => (None, path),
    };
    let inner = name
        .rsplit('.')
        .fold(value.clone(), |inner, part| json!({ part: inner }));
    match container {
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
