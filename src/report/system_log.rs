//! Okta's System Log, simulated, as all outputs tell it.

use crate::record::{CheckResult, LogEvent, LogOutcome, Run, Verdict};

/// What every output calls it.
pub const TITLE: &str = "System Log at Okta (simulated)";
/// What it is, in one sentence.
pub const WHAT: &str = "What an administrator of Okta would find there, computed from the answers; no Okta org was asked.";
/// What a check that fails silently says.
pub const UNNOTICED: &str =
    "The System Log shows success: nobody at Okta would notice that this check fails.";

/// An event type without what most of them begin with.
pub fn short(event_type: &str) -> &str {
    let rest = event_type
        .strip_prefix("application.")
        .unwrap_or(event_type);
    rest.strip_prefix("provision.").unwrap_or(rest)
}

/// The reason of an event in words; empty for one that succeeded.
pub fn reason(event: &LogEvent) -> &str {
    match (event.outcome, &event.reason) {
        (_, Some(reason)) => reason,
        (LogOutcome::Failure, None) => "(no reason)",
        (LogOutcome::Success, None) => "",
    }
}

/// All events of a run with their checks, in the order of time.
pub fn in_order(run: &Run) -> Vec<(&CheckResult, &LogEvent)> {
    let mut events = Vec::new();
    for check in &run.checks {
        events.extend(check.system_log.iter().map(|event| (check, event)));
    }
    events.sort_by_key(|(_, event)| event.at_us);
    events
}

/// Whether a check fails although all that Okta logs of it is success.
pub fn goes_unnoticed(check: &CheckResult) -> bool {
    let succeeded = |event: &LogEvent| event.outcome == LogOutcome::Success;
    check.verdict == Verdict::Fail
        && !check.system_log.is_empty()
        && check.system_log.iter().all(succeeded)
}

/// The sentence that frames the reason, with `…` in the place of the reason itself.
pub fn frame(event: &LogEvent) -> Option<String> {
    let message = event.message.as_deref()?;
    let reason = event.reason.as_deref().unwrap_or("null");
    let frame = message.strip_suffix(reason).unwrap_or(message);
    // Where the sentence is the reason, there is nothing to add.
    (!frame.is_empty()).then(|| {
        if frame.len() < message.len() {
            format!("{frame}…")
        } else {
            message.to_owned()
        }
    })
}
