//! Runs one check: given, arrange, steps; then clean-up, whatever happened; then the verdict.

use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::cleanup;
use super::context::Context;
use super::plan::{PlannedCheck, scope};
use super::scope::CheckScope;
use super::step::Running;
use super::verdict::{self, Stop};
use super::watch::Watches;
use super::{cause, wire::Wire};
use crate::record::{
    CheckResult, ExpectationResult, Leftover, LogEvent, Outcome, Role, StepResult, Steps, Verdict,
};

/// What came out of a check, and what it had to leave behind.
#[derive(Debug)]
pub struct Outcomes {
    /// The result.
    pub result: CheckResult,
    /// What could not be removed.
    pub leftovers: Vec<Leftover>,
}

/// Runs one check. `zero` is the start of the run.
pub(super) async fn run_check(
    context: &Context,
    planned: &PlannedCheck,
    watches: &Watches,
    zero: Instant,
) -> Outcomes {
    let Execution { result, running } = execute(context, planned, watches, zero, None).await;
    let Some(mut running) = running else {
        return Outcomes {
            result,
            leftovers: Vec::new(),
        };
    };
    let (step, leftovers) = remove(context, running.wire, &[planned]).await;
    running.steps.extend(step);
    Outcomes {
        result: running.finish(result),
        leftovers,
    }
}

/// A check that has run, but for the removal of what it made.
pub(super) struct Execution<'a> {
    /// The result, without steps.
    pub(super) result: CheckResult,
    /// What ran; `None` if nothing did.
    pub(super) running: Option<Running<'a>>,
}

/// What earlier checks of a sequence hand on.
#[derive(Debug, Clone)]
pub(super) struct Carried {
    /// What is known.
    pub(super) scope: CheckScope,
    /// Whether something was written.
    pub(super) wrote: bool,
}

/// Runs a check up to its clean-up steps.
pub(super) async fn execute<'a>(
    context: &'a Context,
    planned: &'a PlannedCheck,
    watches: &'a Watches,
    zero: Instant,
    carried: Option<Carried>,
) -> Execution<'a> {
    let started = Instant::now();
    let mut result = blank(planned, micros(started.saturating_duration_since(zero)));
    let wire = match (&planned.skip, context.wire(planned.suite.scim)) {
        (None, Some(wire)) => wire,
        (skip, _) => {
            result.verdict = Verdict::Skip;
            let none = || format!("there is no SCIM {} base URL", planned.suite.scim.word());
            result.reason = Some(skip.clone().unwrap_or_else(none));
            return Execution {
                result,
                running: None,
            };
        }
    };
    // Pauses are none of the target's time.
    let pauses = planned.check.pauses().mul_f64(context.settings.pause_scale);
    let budget = planned.check.budget.saturating_add(pauses);
    let first = carried.is_none();
    let carried = carried.unwrap_or_else(|| Carried {
        scope: scope(
            &planned.suite,
            &planned.id,
            planned.row.clone(),
            context.ground(),
        ),
        wrote: false,
    });
    let mut running = Running {
        context,
        planned,
        wire,
        watches,
        scope: carried.scope,
        steps: Vec::new(),
        wrote: carried.wrote,
        started,
        deadline: started + budget,
    };
    let mut cancelled = context.cancelled.clone();
    let stop = tokio::select! {
        biased;
        ended = timeout(budget, body(&mut running, first)) => match ended {
            Ok(Ok(())) => None,
            Ok(Err(stop)) => Some(stop),
            Err(_) => {
                let at = running.steps.last().map_or_else(String::new, |step| format!(" in: {}", step.title));
                Some(Stop::Unjudged(format!("not done within its budget of {budget:?}{at}")))
            }
        },
        _ = cancelled.wait_for(|cancelled| *cancelled) => Some(Stop::Unjudged("the run was interrupted".to_owned())),
    };
    // A step that ran out of its time has caused some of it.
    running.collect_caused();
    (result.verdict, result.reason) =
        verdict::of(&running.steps, stop.as_ref(), planned.check.level);
    if let Some(Stop::Blocked(cause)) = stop {
        result.cause = Some(cause);
    }
    clean(&mut running).await;
    Execution {
        result,
        running: Some(running),
    }
}

impl Running<'_> {
    /// The whole result.
    pub(super) fn finish(self, mut result: CheckResult) -> CheckResult {
        result.system_log = crate::okta::system_log(&self.steps);
        result.steps = self.steps.into();
        if result.cause.is_none() {
            let settings = &self.context.settings;
            result.cause = cause::of_result(&result, &self.context.base_urls(), &settings.tag);
        }
        self.context.settings.waivers.apply(&mut result);
        redact(&mut result, self.wire);
        result.duration_us = micros(self.started.elapsed());
        result
    }
}

/// `first` tells whether the suite's variables are still to be computed.
async fn body(running: &mut Running<'_>, first: bool) -> Result<(), Stop> {
    let check = &running.planned.check;
    let of_suite = if first {
        running.planned.suite.variables.as_slice()
    } else {
        &[]
    };
    running
        .scope
        .compute(of_suite)
        .and_then(|()| running.scope.compute(&check.variables))
        .map_err(|undefined| Stop::Unjudged(undefined.to_string()))?;
    running.make_given().await?;
    if let Err(stop) = running.run_steps(&check.arrange).await {
        return Err(match stop {
            Stop::Failed => unprepared(running),
            Stop::Blocked(_) | Stop::Unjudged(_) | Stop::NotOffered(_) => stop,
        });
    }
    let ended = running.run_steps(&check.steps).await;
    running.unless_disturbed(ended).await
}

/// A preparation that fails is not what the check is about: it is not judged.
fn unprepared(running: &mut Running<'_>) -> Stop {
    let base_urls = running.context.base_urls();
    let Some(step) = running.steps.last_mut() else {
        return Stop::Unjudged("a preparation failed".to_owned());
    };
    let broken = step
        .expectations
        .iter()
        .find(|result| result.outcome == Outcome::Fail);
    let message = broken
        .and_then(|broken| broken.message.clone())
        .unwrap_or_default();
    let what = step.exchanges.last().map_or_else(
        || step.title.clone(),
        |exchange| cause::route(exchange, &base_urls),
    );
    let title = format!("{what}: {message}");
    for result in &mut step.expectations {
        if result.outcome == Outcome::Fail {
            result.outcome = Outcome::Unjudged;
        }
    }
    Stop::Blocked(crate::record::Cause {
        id: format!("arrange {title}"),
        title,
        blocked: true,
    })
}

/// Runs the check's own clean-up steps.
async fn clean(running: &mut Running<'_>) {
    let context = running.context;
    let budget = context.patience.budget(*context.cancelled.borrow());
    running.deadline = Instant::now() + budget;
    let before = running.steps.len();
    let planned = running.planned;
    // Whatever these steps find is no verdict: the check is over.
    let _ = timeout(budget, running.run_steps(&planned.check.cleanup)).await;
    for step in running.steps.iter_mut().skip(before) {
        step.expectations.clear();
        step.exchanges
            .iter_mut()
            .for_each(|exchange| exchange.role = Role::Cleanup);
    }
}

/// Removes what checks of one suite made.
pub(super) async fn remove(
    context: &Context,
    wire: &Wire,
    checks: &[&PlannedCheck],
) -> (Option<StepResult>, Vec<Leftover>) {
    let made = || {
        let of_each = checks
            .iter()
            .map(|check| context.ledger.of_check(&check.id));
        of_each.flatten().collect::<Vec<_>>()
    };
    let entries = made();
    let Some(suite) = checks.first().map(|check| &check.suite) else {
        return (None, Vec::new());
    };
    if entries.is_empty() {
        return (None, Vec::new());
    }
    let answered = AtomicUsize::new(0);
    let removal = cleanup::remove(context, wire, suite.scim, &entries, &answered);
    let interrupted = || *context.cancelled.borrow();
    let removed = context.patience.wait(removal, &answered, interrupted).await;
    let (step, leftovers) = match removed {
        Some(removed) => (removed.step, removed.leftovers),
        None => (None, cleanup::all_left(&made(), cleanup::NO_TIME)),
    };
    let shown = leftovers.into_iter().map(|left| cleanup::shown(left, wire));
    (step, shown.collect())
}

pub(super) fn blank(planned: &PlannedCheck, started_us: u64) -> CheckResult {
    let check = &planned.check;
    CheckResult {
        id: planned.id.clone(),
        suite: planned.suite.id.clone(),
        title: planned.title.clone(),
        level: check.level,
        status: check.status,
        tags: check.tags.clone(),
        requirements: planned.requirements.clone(),
        why: check.why.clone(),
        fix: check.fix.clone(),
        location: Some(check.location.clone()),
        verdict: Verdict::Pass,
        reason: None,
        cause: None,
        started_us,
        duration_us: 0,
        steps: Steps::default(),
        system_log: Vec::new(),
    }
}

/// Judging sees what really came; the record does not keep secrets.
pub(super) fn redact(result: &mut CheckResult, wire: &Wire) {
    let clean = |text: &mut String| *text = wire.redact(text);
    if let Some(reason) = &mut result.reason {
        clean(reason);
    }
    if let Some(cause) = &mut result.cause {
        clean(&mut cause.id);
        clean(&mut cause.title);
    }
    for step in result.steps.to_mut() {
        clean(&mut step.title);
        step.caused
            .iter_mut()
            .filter_map(|caused| caused.problem.as_mut())
            .for_each(clean);
        for ExpectationResult {
            expected,
            received,
            message,
            diff,
            ..
        } in &mut step.expectations
        {
            clean(expected);
            clean(received);
            message.iter_mut().for_each(clean);
            diff.iter_mut().for_each(clean);
        }
        for value in step.captures.values_mut() {
            redact_value(value, wire);
        }
    }
    for event in &mut result.system_log {
        let LogEvent {
            reason,
            message,
            target,
            hidden,
            ..
        } = event;
        [reason, message, target, hidden]
            .into_iter()
            .flatten()
            .for_each(clean);
    }
}

/// How deep a captured value may be nested to be kept as a value: records are JSON, and readers of JSON have a limit.
const DEEPEST: usize = 100;

fn redact_value(value: &mut serde_json::Value, wire: &Wire) {
    match value {
        serde_json::Value::String(text) => *text = wire.redact(text),
        serde_json::Value::Array(_) | serde_json::Value::Object(_) => {
            *value = recordable(wire.redact(&value.to_string()));
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

/// JSON as a value, or as it is written where no record could hold it.
fn recordable(json: String) -> serde_json::Value {
    let value = serde_json::from_str(&json).ok();
    value
        .filter(|value| depth(value) <= DEEPEST)
        .unwrap_or(serde_json::Value::String(json))
}

/// How many lists and objects lie around the innermost value.
fn depth(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        serde_json::Value::Object(members) => {
            1 + members.values().map(depth).max().unwrap_or_default()
        }
        _ => 0,
    }
}

pub(super) fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::record::{StepResult, Steps};

    #[test]
    fn what_is_captured_can_be_read_back_however_deep_it_is() {
        assert_eq!(recordable(r#"{"a":[1]}"#.to_owned()), json!({ "a": [1] }));
        for depth in [99, 100, 101, 127, 500] {
            let json = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            let value = recordable(json);
            assert_eq!(value.is_string(), depth > DEEPEST, "{depth}");
            let captures = [("before".to_owned(), value)].into_iter().collect();
            let mut steps = Steps::from(vec![StepResult {
                captures,
                ..StepResult::default()
            }]);
            let open = steps.clone();
            steps.pack();
            assert_eq!(steps, open);
            let written = serde_json::to_string(&steps).unwrap();
            assert!(serde_json::from_str::<Value>(&written).is_ok());
        }
    }
}
