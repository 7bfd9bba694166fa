//! The simulated System Log in the page: below each check, and of the whole run.

use super::super::quantity::duration;
use super::super::sanitize::Shown;
use super::super::system_log::{UNNOTICED, frame, goes_unnoticed, in_order, reason};
use super::check::{anchor, visible};
use crate::record::{CheckResult, LogEvent, LogOutcome, LogSeverity, Run};

/// How many events the page holds of the whole run.
const MOST: usize = 1_000;
/// How many it holds of one check.
const MOST_OF_CHECK: usize = 50;

pub(super) struct LogView<'a> {
    pub(super) class: &'static str,
    pub(super) outcome: &'static str,
    pub(super) severity: Option<&'static str>,
    pub(super) event_type: Shown<'a>,
    pub(super) display_message: Shown<'a>,
    pub(super) target: Option<Shown<'a>>,
    pub(super) reason: Shown<'a>,
    /// The sentence on the page for tasks, groups or the connection.
    pub(super) frame: Option<String>,
    pub(super) hidden: Option<Shown<'a>>,
    pub(super) next: Option<Shown<'a>>,
    pub(super) basis: &'static str,
    /// When it was, after the start of the run.
    pub(super) at: String,
    /// Where the page shows its check.
    pub(super) anchor: String,
    pub(super) check: Shown<'a>,
}

impl<'a> LogView<'a> {
    fn of(check: &'a CheckResult, event: &'a LogEvent) -> Self {
        Self {
            class: match event.outcome {
                LogOutcome::Success => "pass",
                LogOutcome::Failure => "fail",
            },
            outcome: event.outcome.word(),
            severity: (event.severity == LogSeverity::Warn).then(|| event.severity.word()),
            event_type: Shown(&event.event_type),
            display_message: Shown(&event.display_message),
            target: event.target.as_deref().map(Shown),
            reason: Shown(reason(event)),
            frame: frame(event).as_deref().map(visible),
            hidden: event.hidden.as_deref().map(Shown),
            next: event.next.as_deref().map(Shown),
            basis: event.basis.word(),
            at: duration(event.at_us),
            anchor: anchor(&check.id),
            check: Shown(&check.id),
        }
    }
}

/// The events of one check.
pub(super) fn of_check(check: &CheckResult) -> Vec<LogView<'_>> {
    let events = check.system_log.iter().take(MOST_OF_CHECK);
    events.map(|event| LogView::of(check, event)).collect()
}

/// What to say of a check whose failure leaves no trace in the log.
pub(super) fn unnoticed(check: &CheckResult) -> Option<&'static str> {
    goes_unnoticed(check).then_some(UNNOTICED)
}

/// The events of a run, in the order of time.
pub(super) struct LogOfRun<'a> {
    pub(super) events: Vec<LogView<'a>>,
    pub(super) failures: usize,
    pub(super) successes: usize,
    pub(super) left_out: Option<String>,
}

impl<'a> LogOfRun<'a> {
    pub(super) fn of(run: &'a Run) -> Self {
        let all = in_order(run);
        let failures = all
            .iter()
            .filter(|(_, event)| event.outcome == LogOutcome::Failure)
            .count();
        let shown = all.iter().take(MOST);
        Self {
            events: shown
                .map(|(check, event)| LogView::of(check, event))
                .collect(),
            failures,
            successes: all.len() - failures,
            left_out: (all.len() > MOST).then(|| {
                visible(&format!(
                    "The first {MOST} of {} events; run.json has all.",
                    all.len()
                ))
            }),
        }
    }
}
