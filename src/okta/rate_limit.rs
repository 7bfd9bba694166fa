//! 429: what Okta does about it.

use super::event_type::RATE_LIMIT;
use super::replay::Request;
use super::{LONGEST, cut, status};
use crate::record::{Basis, Exchange, LogEvent, LogOutcome, LogSeverity, Operation};

/// How long Okta waits if the server does not say it in whole seconds.
const DEFAULT_WAIT_S: u64 = 300;
/// How often it tries.
const ATTEMPTS: u32 = 10;

/// The event of a request that met a rate limit, with what Okta does about it; `None` if it met none.
pub(super) fn event(
    operation: Operation,
    request: &Request<'_>,
    target: Option<&str>,
) -> Option<LogEvent> {
    let limited: Vec<&Exchange> = request
        .tries()
        .filter(|one| one.status() == Some(429))
        .collect();
    let last = limited.last()?;
    let header = limited
        .first()
        .and_then(|first| first.response.as_ref()?.header("Retry-After"));
    let said = header.and_then(|value| value.trim().parse::<u64>().ok());
    let wait = said.unwrap_or(DEFAULT_WAIT_S);
    let why = match (said, header) {
        (Some(_), _) => "as Retry-After says".to_owned(),
        (None, None) => "since there is no Retry-After".to_owned(),
        (None, Some(value)) => format!(
            "since Retry-After is no whole number of seconds: {}",
            cut(value, 60)
        ),
    };
    Some(LogEvent {
        operation,
        event_type: RATE_LIMIT.event_type.to_owned(),
        display_message: RATE_LIMIT.display_message.to_owned(),
        outcome: LogOutcome::Failure,
        reason: Some(status::phrase(429)),
        message: Some("API rate limit exceeded.".to_owned()),
        severity: LogSeverity::Warn,
        target: target.map(|name| cut(name, LONGEST)),
        hidden: None,
        next: Some(format!(
            "Okta pauses the task for {}, {why}. Each further 429 doubles the wait; after {ATTEMPTS} attempts somebody \
             has to start it again.",
            time(wait)
        )),
        basis: Basis::Derived,
        at_us: last.started_us.saturating_add(last.duration_us),
    })
}

fn time(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, _) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}
