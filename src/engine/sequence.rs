//! `sequence: true`: checks that run one after another, each with what those before it captured.
//!
//! A check that fails does not end the sequence. One that needs what an earlier check did not give is not sent: it is
//! blocked by that check, or skipped as that check was.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::time::Instant;

use super::cause;
use super::check::{Carried, Execution, Outcomes, blank, execute, micros, remove};
use super::context::Context;
use super::plan::PlannedCheck;
use super::run::Teller;
use super::watch::Watches;
use crate::record::{Cause, Caused, CheckResult, Leftover, StepResult, Verdict};

/// What became of the checks so far.
#[derive(Default)]
struct Story {
    /// By the id within the suite: title and verdict.
    verdicts: BTreeMap<String, (String, Verdict)>,
    /// Which check was to capture a name.
    captures: BTreeMap<String, String>,
    /// By the id within the suite: where a service got no further.
    refusals: BTreeMap<String, Cause>,
    /// What is known.
    carried: Option<Carried>,
}

/// Runs the checks of a sequence, and removes at its end what they made. Each result is told as soon as it is known;
/// what was removed stands in the result of the last check that ran.
pub(super) async fn run_sequence(
    context: &Context,
    checks: &[Arc<PlannedCheck>],
    watches: &Watches,
    zero: Instant,
    teller: &Teller<'_>,
) {
    let mut story = Story::default();
    // The last one that ran waits for the removal.
    let mut held: Option<(usize, CheckResult)> = None;
    let mut after = Vec::new();
    for planned in checks {
        if *context.cancelled.borrow() {
            break;
        }
        teller.started(planned);
        let (result, ran) = one(context, planned, watches, zero, &mut story).await;
        if ran {
            if let Some((index, result)) = held.replace((planned.index, result)) {
                teller.finished(index, done(result));
            }
            for (index, result) in after.drain(..) {
                teller.finished(index, done(result));
            }
        } else if held.is_none() {
            teller.finished(planned.index, done(result));
        } else {
            after.push((planned.index, result));
        }
    }
    let all: Vec<&PlannedCheck> = checks.iter().map(Arc::as_ref).collect();
    let wire = checks
        .first()
        .and_then(|planned| context.wire(planned.suite.scim));
    let (step, leftovers): (Option<StepResult>, Vec<Leftover>) = match wire {
        Some(wire) => remove(context, wire, &all).await,
        None => (None, Vec::new()),
    };
    if let Some((index, mut result)) = held {
        result.steps.to_mut().extend(step);
        teller.finished(index, Outcomes { result, leftovers });
    }
    for (index, result) in after {
        teller.finished(index, done(result));
    }
}

const fn done(result: CheckResult) -> Outcomes {
    Outcomes {
        result,
        leftovers: Vec::new(),
    }
}

/// Runs one check, or says why it can't be; and whether it ran.
async fn one(
    context: &Context,
    planned: &PlannedCheck,
    watches: &Watches,
    zero: Instant,
    story: &mut Story,
) -> (CheckResult, bool) {
    let check = &planned.check;
    let held_up = if planned.skip.is_none() {
        story.held_up(planned)
    } else {
        None
    };
    let (result, ran) = if let Some(why) = held_up {
        let now = micros(Instant::now().saturating_duration_since(zero));
        (why.onto(blank(planned, now)), false)
    } else {
        let carried = story.carried.clone();
        let Execution {
            mut result,
            running,
        } = execute(context, planned, watches, zero, carried).await;
        match running {
            Some(running) => {
                if let Some(refusal) = story.refusal(context, planned, &running.steps)
                    && matches!(result.verdict, Verdict::Fail | Verdict::Warn)
                {
                    result.cause = Some(refusal);
                }
                story.carried = Some(Carried {
                    scope: running.scope.clone(),
                    wrote: running.wrote,
                });
                (running.finish(result), true)
            }
            None => (result, false),
        }
    };
    for capture in check.all_steps().flat_map(|step| &step.capture) {
        story
            .captures
            .insert(capture.name.clone(), check.id.clone());
    }
    story
        .verdicts
        .insert(check.id.clone(), (planned.title.clone(), result.verdict));
    (result, ran)
}

/// Why a check can't be run.
enum HeldUp {
    /// What it needs was not run either.
    Skip(String),
    /// What it needs is not there.
    Block(Cause),
}

impl HeldUp {
    fn onto(self, result: CheckResult) -> CheckResult {
        match self {
            Self::Skip(reason) => CheckResult {
                verdict: Verdict::Skip,
                reason: Some(reason),
                ..result
            },
            Self::Block(cause) => CheckResult {
                verdict: Verdict::Inconclusive,
                reason: Some(format!("blocked by: {}", cause.title)),
                cause: Some(cause),
                ..result
            },
        }
    }
}

impl Story {
    /// Where a service got no further on the target, in this check or in the one whose effect it looks for: then that
    /// is the cause of a failure.
    fn refusal(
        &mut self,
        context: &Context,
        planned: &PlannedCheck,
        steps: &[StepResult],
    ) -> Option<Cause> {
        let mut caused = steps.iter().flat_map(|step| &step.caused);
        let own = caused.find_map(|caused| Some((caused, caused.problem.as_ref()?)));
        let Some((Caused { by, exchange, .. }, problem)) = own else {
            let mut needed = planned.check.needs.iter();
            return needed.find_map(|needed| self.refusals.get(needed).cloned());
        };
        let route = cause::route(exchange, &context.base_urls());
        let status = exchange.status().unwrap_or_default();
        let cause = Cause {
            id: format!("{by} {route} {status}"),
            title: format!("{by} got no further than {route}: {problem}"),
            blocked: false,
        };
        let id = planned.check.id.clone();
        self.refusals.insert(id, cause.clone());
        Some(cause)
    }

    fn held_up(&self, planned: &PlannedCheck) -> Option<HeldUp> {
        let check = &planned.check;
        for needed in &check.needs {
            match self.verdicts.get(needed) {
                Some((_, Verdict::Skip)) => {
                    return Some(HeldUp::Skip(format!(
                        "it needs {needed}, which was not run"
                    )));
                }
                Some((title, Verdict::Inconclusive)) => {
                    return Some(HeldUp::Block(Cause {
                        id: format!("sequence {}/{needed}", planned.suite.id),
                        title: format!("{needed} ({title}) could not be judged"),
                        blocked: true,
                    }));
                }
                Some((_, Verdict::Pass | Verdict::Fail | Verdict::Warn | Verdict::Waived))
                | None => {}
            }
        }
        let known = |name: &str| {
            let carried = self.carried.as_ref();
            carried.is_some_and(|carried| carried.scope.knows(name))
        };
        let missing = check.uses.iter().find_map(|used| {
            let by = self.captures.get(&used.root)?;
            (!known(&used.root)).then_some((&used.root, by))
        });
        let (name, by) = missing?;
        Some(match self.verdicts.get(by) {
            Some((_, Verdict::Skip)) => {
                HeldUp::Skip(format!("its `{name}` comes from {by}, which was not run"))
            }
            _ => HeldUp::Block(Cause {
                id: format!("sequence {}/{by} {name}", planned.suite.id),
                title: format!("{by} gave no `{name}`"),
                blocked: true,
            }),
        })
    }
}
