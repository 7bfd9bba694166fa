//! The plan: which checks run, with their matrices expanded. Pure: the same inputs give the same plan.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::generate::Generator;
use super::judge::{Facts, unmet};
use super::knowledge::Knowledge;
use super::matrix::{PlanRow, rows};
use super::scope::CheckScope;
use super::selection::{Choice, ChoiceError, Selector, Unset, compile};
use super::service::Service;
use super::target;
use crate::record::{Level, RequirementRef, SuiteInfo, TestPlan};
use crate::suite::template::Scope as _;
use crate::suite::{Action, Check, Library, Suite};

/// What a plan is made from, besides the suites.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// What is known of the target.
    pub knowledge: &'a Knowledge,
    /// The configuration, as `${config.…}` sees it.
    pub config: &'a Value,
    /// Values of suites' parameters.
    pub variables: &'a BTreeMap<String, String>,
    /// The base URL of each dialect, if it is known.
    pub bases: &'a BTreeMap<&'static str, String>,
    /// Servers besides the target.
    pub services: &'a BTreeMap<String, Service>,
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
    /// The test plans that these suites are about.
    pub plans: Vec<TestPlan>,
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
    pub requirements: Vec<Arc<RequirementRef>>,
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
            let first = ids.len();
            // Of a sequence, what comes before a chosen check runs too.
            let last = suite
                .checks
                .iter()
                .rposition(|check| suite.sequence && takes(&selector, suite, check));
            for (place, check) in suite.checks.iter().enumerate() {
                let follows = last.is_some_and(|last| place <= last);
                let shared = Arc::clone(check);
                let cited = requirements(check, library);
                for row in rows(suite, check, ground) {
                    let id = match &row.id {
                        Some(row) => format!("{}/{}/{row}", suite.id, check.id),
                        None => format!("{}/{}", suite.id, check.id),
                    };
                    ids.push(id.clone());
                    let aliases = aliases(suite, check);
                    let chosen =
                        selector.takes_check(&id, &aliases, check) && selector.in_shard(&id);
                    if !follows && (suite.sequence || !chosen) {
                        continue;
                    }
                    plan.checks.push(Arc::new(planned(
                        plan.checks.len(),
                        id,
                        row,
                        &bare,
                        &shared,
                        cited.clone(),
                        ground,
                    )));
                }
            }
            if plan.checks.len() > before {
                plan.suites.push(SuiteInfo {
                    id: suite.id.clone(),
                    title: suite.title.clone(),
                    origin: suite.origin.clone(),
                    scim: Some(suite.scim.word().to_owned()),
                    imported: suite.imported.clone(),
                    size: Some(ids.len() - first),
                });
            }
        }
        plan.plans = plans(library, &plan.suites)?;
        selector.complain(&ids.iter().map(String::as_str))?;
        if plan.checks.is_empty() {
            Err(ChoiceError::Nothing)
        } else {
            Ok(plan)
        }
    }
}

impl Plan {
    /// Makes sure that all parameters that checks of the plan use have a value.
    ///
    /// # Errors
    /// [`ChoiceError::Unset`] with each that has none, and where it is used first.
    pub fn complete(self, ground: Ground<'_>) -> Result<Self, ChoiceError> {
        let unset = self.unset(ground);
        if unset.is_empty() {
            Ok(self)
        } else {
            Err(ChoiceError::Unset(unset))
        }
    }

    fn unset(&self, ground: Ground<'_>) -> Vec<Unset> {
        let mut unset: Vec<Unset> = Vec::new();
        for planned in self.checks.iter().filter(|planned| planned.skip.is_none()) {
            let suite = &planned.suite;
            let scope = scope(suite, &planned.id, None, ground);
            let known = scope.variable("var");
            let is_known = |name: &str| known.as_ref().is_some_and(|var| var.get(name).is_some());
            for used in suite.uses.iter().chain(&planned.check.uses) {
                let Some(name) = used.name.as_ref().filter(|_| used.root == "var") else {
                    continue;
                };
                if !is_known(name) && unset.iter().all(|told| told.name != *name) {
                    unset.push(Unset {
                        name: name.clone(),
                        location: used.location.clone(),
                    });
                }
            }
        }
        unset
    }
}

/// The plans that some suites are about.
fn plans(library: &Library, suites: &[SuiteInfo]) -> Result<Vec<TestPlan>, ChoiceError> {
    let mut plans = Vec::new();
    for known in &library.plans {
        let mut plan = known.plan.clone();
        for glob in &known.suites {
            let glob = compile(glob)?;
            let about = suites.iter().filter(|suite| glob.is_match(&suite.id));
            plan.suites.extend(about.map(|suite| suite.id.clone()));
        }
        plan.suites.sort();
        plan.suites.dedup();
        if !plan.suites.is_empty() {
            plans.push(plan);
        }
    }
    Ok(plans)
}

fn takes(selector: &Selector, suite: &Suite, check: &Check) -> bool {
    let id = format!("{}/{}", suite.id, check.id);
    // A sequence is run by one machine: it is one part of a shard.
    selector.takes_check(&id, &aliases(suite, check), check) && selector.in_shard(&suite.id)
}

fn aliases(suite: &Suite, check: &Check) -> Vec<String> {
    let aliases = check.aliases.iter();
    aliases
        .map(|alias| format!("{}/{alias}", suite.id))
        .collect()
}

fn planned(
    index: usize,
    id: String,
    row: PlanRow,
    suite: &Arc<Suite>,
    check: &Arc<Check>,
    requirements: Vec<Arc<RequirementRef>>,
    ground: Ground<'_>,
) -> PlannedCheck {
    let scope = scope(suite, &id, row.values.clone(), ground);
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
    let skip = check
        .skip
        .clone()
        .or(row.skip)
        .or_else(|| without_service(suite, check, ground))
        .or_else(|| {
            (ground.read_only && !check.is_read_only())
                .then(|| "it writes, and the run is read-only".to_owned())
        })
        .or_else(|| check.when.as_ref().and_then(|when| unmet(when, facts)));
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

/// What a check cites, shared by its rows and their results.
fn requirements(check: &Check, library: &Library) -> Vec<Arc<RequirementRef>> {
    let cited = check.requirements.iter();
    cited.map(|id| Arc::new(requirement(id, library))).collect()
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

/// Why a check can't run without a server that there isn't.
fn without_service(suite: &Suite, check: &Check, ground: Ground<'_>) -> Option<String> {
    let missing = check.all_steps().find_map(|step| match &step.action {
        Action::Request(request) => request.service.as_ref().filter(|name| {
            let service = ground.services.get(*name);
            service.is_none_or(|service| service.wire(suite.scim).is_none())
        }),
        Action::Parallel(_) | Action::Paginate(_) | Action::Pause(_) | Action::Wait(_) => None,
    })?;
    let what = suite
        .services
        .iter()
        .find(|(name, _)| name == missing)
        .map_or(missing, |(_, what)| what);
    Some(format!("it needs {what}, and this run has none"))
}

/// The scope that a check starts with.
pub(super) fn scope(suite: &Suite, id: &str, row: Option<Value>, ground: Ground<'_>) -> CheckScope {
    let run = json!({ "tag": ground.tag, "seed": ground.seed });
    // The checks of a sequence are about the same people.
    let of = if suite.sequence { &suite.id } else { id };
    let generator = Generator::new(ground.seed, ground.tag, of);
    let target = match ground.bases.get(suite.scim.word()) {
        Some(base) => target::words(base),
        None => json!({}),
    };
    let mut scope = CheckScope::new(generator, run, target, ground.config.clone(), row);
    scope.set_parameters(&suite.parameters, ground.variables);
    scope
}
