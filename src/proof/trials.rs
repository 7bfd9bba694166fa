//! The trials: which checks meet which server, some trials at the same time.

use std::sync::Arc;

use serde_json::Value;
use tokio::task::JoinSet;

use super::arena::{Bout, Broken, switched_on};
use super::sample::Sample;
use crate::engine::selection::Selector;
use crate::engine::{Choice, ChoiceError};
use crate::record::{CheckResult, Run, Verdict, broken};
use crate::server::{Config, SHOWN_BY_DOCTOR, VARIATIONS};
use crate::suite::{Check, Dialect, Library, Suite};

/// How many checks run at the same time where one does not disturb the other.
const JOBS: usize = 8;
/// The same, where they mostly wait.
const WAITING_JOBS: usize = 32;

/// What is to be proved.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The suites.
    pub library: Arc<Library>,
    /// Which of their checks.
    pub choice: Choice,
    /// The faults that are tried. Of these, one that no chosen check names is tried only where `unnamed` says so.
    pub faults: Vec<&'static str>,
    /// Whether faults that no chosen check names are tried too, on all chosen checks; but for [`SHOWN_BY_DOCTOR`].
    pub unnamed: bool,
    /// Whether a fault that some check names is tried on all chosen checks, and not only on those that name it; and a
    /// variation on all rows of their matrices, and not only on some.
    pub whole: bool,
    /// The variations that are tried, on all chosen checks.
    pub variations: Vec<&'static str>,
    /// The configuration, as `${config.…}` sees it.
    pub values: Value,
    /// How many trials run at the same time.
    pub jobs: usize,
}

/// What the embedded server is for one trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trial {
    /// As it should be.
    Clean,
    /// With one fault, by its id.
    Fault(&'static str),
    /// With one lawful variation, by its id.
    Variation(&'static str),
}

/// A check that did not pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// `suite/check` or `suite/check/row`.
    pub id: String,
    /// Anything but `pass` and `skip`.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// Whether nothing but the time of an answer is wrong, which may be this machine's.
    pub only_slow: bool,
}

/// What became of the trials.
#[derive(Debug, Default)]
pub struct Facts {
    /// The chosen checks, `suite/check`, in order.
    pub chosen: Vec<String>,
    /// By trial: the checks that did not pass, or why nothing could be tested.
    pub trials: Vec<(Trial, Result<Vec<Outcome>, String>)>,
}

/// Runs all trials. `told` hears of each as it ends, with how many there are in all.
///
/// # Errors
/// [`ChoiceError`] when the choice is wrong or chooses no check.
pub async fn prove(ask: &Ask, mut told: impl FnMut(Trial, usize)) -> Result<Facts, ChoiceError> {
    let selector = Selector::new(&ask.choice, &ask.library)?;
    let mut checks: Vec<(&Suite, &Check)> = Vec::new();
    for suite in ask
        .library
        .suites
        .iter()
        .filter(|suite| selector.takes_suite(suite))
    {
        let taken = |check: &&Arc<Check>| {
            let aliases: Vec<String> = Vec::new();
            selector.takes_check(&id(suite, check), &aliases, check)
        };
        checks.extend(
            suite
                .checks
                .iter()
                .filter(taken)
                .map(|check| (suite, &**check)),
        );
    }
    if checks.is_empty() {
        return Err(ChoiceError::Nothing);
    }
    let whole = |trial| (trial, Chosen::whole(&ask.choice, &checks));
    let mut waiting = vec![whole(Trial::Clean)];
    for fault in &ask.faults {
        let names = |(_, check): &&(&Suite, &Check)| check.faults.iter().any(|one| one == fault);
        let naming: Vec<(&Suite, &Check)> = checks.iter().filter(names).copied().collect();
        let trial = Trial::Fault(fault);
        match naming.is_empty() {
            false if ask.whole => waiting.push(whole(trial)),
            false => waiting.push((trial, Chosen::only(&naming))),
            true if ask.unnamed && !SHOWN_BY_DOCTOR.contains(fault) => waiting.push(whole(trial)),
            true => {}
        }
    }
    let numbered = VARIATIONS.iter().map(|variation| variation.id).enumerate();
    for (number, variation) in numbered.filter(|(_, id)| ask.variations.contains(id)) {
        let alone = ask.variations.len() == 1;
        let sample = (!ask.whole).then_some(Sample {
            variation,
            number,
            alone,
        });
        let chosen = Chosen::whole(&ask.choice, &checks);
        waiting.push((Trial::Variation(variation), Chosen { sample, ..chosen }));
    }
    // The long ones first: at the end nothing waits for one alone.
    waiting.sort_by_key(|(trial, _)| matches!(trial, Trial::Fault(_)));
    let all = waiting.len();
    let mut facts = Facts {
        chosen: checks
            .iter()
            .map(|(suite, check)| id(suite, check))
            .collect(),
        trials: Vec::new(),
    };
    let mut waiting = waiting.into_iter();
    let mut running = JoinSet::new();
    loop {
        while running.len() < ask.jobs.max(1) {
            let Some((trial, chosen)) = waiting.next() else {
                break;
            };
            let (library, values) = (Arc::clone(&ask.library), ask.values.clone());
            running.spawn(async move { (trial, one(trial, &library, &values, chosen).await) });
        }
        match running.join_next().await {
            None => break,
            Some(Ok((trial, result))) => {
                told(trial, all);
                facts
                    .trials
                    .push((trial, result.map_err(|broken| broken.to_string())));
            }
            // It is missing in the facts, and told as a problem there.
            Some(Err(_)) => {}
        }
    }
    facts.trials.sort_by_key(|(trial, _)| *trial);
    Ok(facts)
}

/// What a trial tests.
struct Chosen {
    choice: Choice,
    /// The ids of the checks, if these are few.
    only: Option<Vec<String>>,
    /// Which of their rows, if not all.
    sample: Option<Sample>,
    /// The dialects that these checks speak.
    dialects: Vec<Dialect>,
}

impl Chosen {
    fn whole(choice: &Choice, checks: &[(&Suite, &Check)]) -> Self {
        let dialects = [Dialect::V2, Dialect::V1].into_iter();
        let spoken = |one: &Dialect| checks.iter().any(|(suite, _)| suite.scim == *one);
        Self {
            choice: choice.clone(),
            only: None,
            sample: None,
            dialects: dialects.filter(spoken).collect(),
        }
    }

    fn only(checks: &[(&Suite, &Check)]) -> Self {
        let ids = checks.iter().map(|(suite, check)| id(suite, check));
        let ids: Vec<String> = ids.collect();
        let choice = Choice {
            checks: ids.clone(),
            ..Choice::default()
        };
        Self {
            only: Some(ids),
            ..Self::whole(&choice, checks)
        }
    }

    /// The library that such a trial plans from: of the suites, what is chosen. Planning the rest would take longer than
    /// the trial itself.
    fn library(&self, library: &Arc<Library>) -> Arc<Library> {
        let Some(ids) = &self.only else {
            return Arc::clone(library);
        };
        let chosen = |suite: &Suite| Suite {
            checks: suite
                .checks
                .iter()
                // Of a sequence, what comes before a check runs too.
                .filter(|check| suite.sequence || ids.contains(&id(suite, check)))
                .cloned()
                .collect(),
            ..Suite::clone(suite)
        };
        let holds_one = |suite: &&Suite| {
            let mut checks = suite.checks.iter();
            checks.any(|check| ids.contains(&id(suite, check)))
        };
        Arc::new(Library {
            suites: library
                .suites
                .iter()
                .filter(holds_one)
                .map(chosen)
                .collect(),
            fixtures: library.fixtures.clone(),
            ..Library::default()
        })
    }
}

async fn one(
    trial: Trial,
    library: &Arc<Library>,
    values: &Value,
    chosen: Chosen,
) -> Result<Vec<Outcome>, Broken> {
    let mut config = Config::default();
    let (jobs, values) = match trial {
        Trial::Clean => (JOBS, values.clone()),
        // What a fault does to one check must not depend on the others.
        Trial::Fault(id) => {
            config.faults.push(id.to_owned());
            (1, switched_on(values))
        }
        Trial::Variation(id) => {
            config.variations.push(id.to_owned());
            let waits = !config.habits().visible_after.is_zero();
            (if waits { WAITING_JOBS } else { JOBS }, values.clone())
        }
    };
    let library = chosen.library(library);
    let bout = Bout {
        library: &library,
        values: &values,
        config,
        choice: chosen.choice,
        dialects: chosen.dialects,
        jobs,
        sample: chosen.sample,
    };
    let run = bout.run().await?;
    Ok(outcomes(&run))
}

fn outcomes(run: &Run) -> Vec<Outcome> {
    let broken = run
        .checks
        .iter()
        .filter(|check| !matches!(check.verdict, Verdict::Pass | Verdict::Skip));
    let outcomes = broken.map(|check| Outcome {
        id: check.id.clone(),
        verdict: check.verdict,
        reason: check.reason.clone().unwrap_or_default(),
        only_slow: only_slow(check),
    });
    outcomes.collect()
}

fn only_slow(check: &CheckResult) -> bool {
    check.verdict == Verdict::Warn
        && broken(&check.steps.read())
            .iter()
            .all(|broken| broken.expectation.at == "time")
}

fn id(suite: &Suite, check: &Check) -> String {
    format!("{}/{}", suite.id, check.id)
}
