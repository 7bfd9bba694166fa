//! Runs one check: given, arrange, steps; then clean-up, whatever happened; then the verdict.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::cleanup;
use super::context::Context;
use super::plan::{Ground, PlannedCheck, scope};
use super::step::Running;
use super::verdict::{self, Stop};
use super::{cause, wire::Wire};
use crate::record::{CheckResult, ExpectationResult, Leftover, Outcome, Role, Verdict};

/// How long the clean-up of one check may take, besides the check's own budget. It halves with each that is not done in
/// time, so that a target that hangs costs a run no hours.
const CLEANUP_BUDGET: Duration = Duration::from_secs(30);
/// The least that remains of it.
const LEAST_CLEANUP_BUDGET: Duration = Duration::from_secs(2);
/// The same when the run was interrupted: somebody waits.
pub(super) const INTERRUPTED_BUDGET: Duration = Duration::from_secs(10);

/// What came out of a check, and what it had to leave behind.
#[derive(Debug)]
pub struct Outcomes {
    /// The result.
    pub result: CheckResult,
    /// What could not be removed.
    pub leftovers: Vec<Leftover>,
}

/// Runs one check. `zero` is the start of the run.
pub async fn run_check(context: &Context, planned: &PlannedCheck, zero: Instant) -> Outcomes {
    let started = Instant::now();
    let mut result = blank(planned, micros(started.saturating_duration_since(zero)));
    let wire = match (&planned.skip, context.wire(planned.suite.scim)) {
        (None, Some(wire)) => wire,
        (skip, _) => {
            result.verdict = Verdict::Skip;
            let none = || format!("there is no SCIM {} base URL", planned.suite.scim.word());
            result.reason = Some(skip.clone().unwrap_or_else(none));
            return Outcomes {
                result,
                leftovers: Vec::new(),
            };
        }
    };
    let mut running = Running {
        context,
        planned,
        wire,
        scope: check_scope(context, planned, wire),
        steps: Vec::new(),
        wrote: false,
        deadline: started + planned.check.budget,
    };
    let mut cancelled = context.cancelled.clone();
    let stop = tokio::select! {
        biased;
        ended = timeout(planned.check.budget, body(&mut running)) => match ended {
            Ok(Ok(())) => None,
            Ok(Err(stop)) => Some(stop),
            Err(_) => {
                let at = running.steps.last().map_or_else(String::new, |step| format!(" in: {}", step.title));
                Some(Stop::Unjudged(format!("not done within its budget of {:?}{at}", planned.check.budget)))
            }
        },
        _ = cancelled.wait_for(|cancelled| *cancelled) => Some(Stop::Unjudged("the run was interrupted".to_owned())),
    };
    (result.verdict, result.reason) =
        verdict::of(&running.steps, stop.as_ref(), planned.check.level);
    let leftovers = clean(context, planned, &mut running).await.into_iter();
    let leftovers = leftovers.map(|left| cleanup::shown(left, wire)).collect();

    result.steps = running.steps;
    result.cause = match stop {
        Some(Stop::Blocked(cause)) => Some(cause),
        Some(Stop::Failed | Stop::Unjudged(_)) | None => {
            cause::of_result(&result, &context.base_urls(), &context.settings.tag)
        }
    };
    context.settings.waivers.apply(&mut result);
    redact(&mut result, wire);
    result.duration_us = micros(started.elapsed());
    Outcomes { result, leftovers }
}

async fn body(running: &mut Running<'_>) -> Result<(), Stop> {
    let check = &running.planned.check;
    running
        .scope
        .compute(&running.planned.suite.variables)
        .and_then(|()| running.scope.compute(&check.variables))
        .map_err(|undefined| Stop::Unjudged(undefined.to_string()))?;
    running.make_given().await?;
    if let Err(stop) = running.run_steps(&check.arrange).await {
        return Err(match stop {
            Stop::Failed => unprepared(running),
            Stop::Blocked(_) | Stop::Unjudged(_) => stop,
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

async fn clean(
    context: &Context,
    planned: &PlannedCheck,
    running: &mut Running<'_>,
) -> Vec<Leftover> {
    let budget = if *context.cancelled.borrow() {
        INTERRUPTED_BUDGET
    } else {
        cleanup_budget(context.late.load(Ordering::Relaxed))
    };
    running.deadline = Instant::now() + budget;
    let before = running.steps.len();
    // Whatever these steps find is no verdict: the check is over.
    let _ = timeout(budget, running.run_steps(&planned.check.cleanup)).await;
    for step in running.steps.iter_mut().skip(before) {
        step.expectations.clear();
        step.exchanges
            .iter_mut()
            .for_each(|exchange| exchange.role = Role::Cleanup);
    }
    let entries = context.ledger.of_check(&planned.id);
    if entries.is_empty() {
        return Vec::new();
    }
    let wire = running.wire;
    let removal = cleanup::remove(context, wire, planned.suite.scim, &entries);
    if let Ok(removed) = timeout(budget, removal).await {
        running.steps.extend(removed.step);
        return removed.leftovers;
    }
    context.late.fetch_add(1, Ordering::Relaxed);
    cleanup::all_left(&context.ledger.of_check(&planned.id), cleanup::NO_TIME)
}

fn cleanup_budget(late: u32) -> Duration {
    (CLEANUP_BUDGET / 2_u32.saturating_pow(late)).max(LEAST_CLEANUP_BUDGET)
}

fn blank(planned: &PlannedCheck, started_us: u64) -> CheckResult {
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
        steps: Vec::new(),
    }
}

fn check_scope(context: &Context, planned: &PlannedCheck, wire: &Wire) -> super::scope::CheckScope {
    let settings = &context.settings;
    let ground = Ground {
        knowledge: &context.knowledge,
        config: &settings.config,
        seed: settings.seed,
        tag: &settings.tag,
        read_only: settings.read_only,
    };
    let mut scope = scope(&planned.id, planned.row.clone(), ground);
    scope.set("target", serde_json::json!({ "base_url": wire.base_url() }));
    scope
}

/// Judging sees what really came; the record does not keep secrets.
fn redact(result: &mut CheckResult, wire: &Wire) {
    let clean = |text: &mut String| *text = wire.redact(text);
    if let Some(reason) = &mut result.reason {
        clean(reason);
    }
    if let Some(cause) = &mut result.cause {
        clean(&mut cause.id);
        clean(&mut cause.title);
    }
    for step in &mut result.steps {
        clean(&mut step.title);
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
}

fn redact_value(value: &mut serde_json::Value, wire: &Wire) {
    match value {
        serde_json::Value::String(text) => *text = wire.redact(text),
        serde_json::Value::Array(_) | serde_json::Value::Object(_) => {
            let text = wire.redact(&value.to_string());
            *value = serde_json::from_str(&text).unwrap_or(serde_json::Value::String(text));
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_that_hangs_gets_ever_less_time() {
        let millis = [0, 1, 2, 3, 4, 40].map(|late| cleanup_budget(late).as_millis());
        assert_eq!(millis, [30_000, 15_000, 7_500, 3_750, 2_000, 2_000]);
    }
}
