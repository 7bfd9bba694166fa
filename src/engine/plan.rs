//! The plan: which checks run, with their matrices expanded. Pure: the same inputs give the same plan.

use std::sync::Arc;

use serde_json::{Value, json};

use super::generate::Generator;
use super::judge::{Facts, unmet};
use super::knowledge::Knowledge;
use super::matrix::{PlanRow, rows};
use super::scope::CheckScope;
use super::selection::{Choice, ChoiceError, Selector};
use crate::record::{Level, RequirementRef, SuiteInfo};
use crate::suite::{Check, Library, Suite};

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
            if !selector.takes_suite(suite) {
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
                    if !selector.takes_check(&id, &aliases, check) || !selector.in_shard(&id) {
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
    // A matrix that came to no row has no values for its title.
    let title = check.title.outline(&scope);
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
