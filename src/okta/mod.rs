//! What Okta makes of an answer, and the events that an administrator would find in its System Log.
//!
//! Okta's client keeps no bodies. Of what a server answers, an administrator sees an event, its outcome and one line of
//! reason; the rest is lost. [`system_log`] says which line that is, from the record of a check alone. It is a
//! simulation: event types and texts come from Okta's documentation, its support articles and logs that others
//! published, and where these are silent from scimitar's own conclusion. Each event says which ([`Basis`]).
//!
//! [`client`] and [`profile`] know what Okta's client sends. What makes an answer to a lookup ([`found`]) or a create ([`created`]) fit for use is told by itself too, for whoever
//! plays Okta's client.
//!
//! [`Basis`]: crate::record::Basis

mod answer;
pub mod client;
mod event_type;
mod identifier;
mod json_error;
mod list;
mod name;
mod part;
pub mod profile;
mod rate_limit;
mod reason;
mod replay;
mod status;
#[cfg(test)]
mod tests;

pub use identifier::{created, id_of};
pub use list::{ListProblem, found};
pub use reason::detail;

use crate::record::{Basis, LogEvent, LogOutcome, LogSeverity, StepResult};
use name::Names;
use reason::Failure;
use replay::{Replay, Request};

/// The events of all operations that these steps replayed, in order.
///
/// Steps that follow one another with the same operation are one operation, as far as Okta would see it as one: a
/// user's operation ends with its write, a group's goes on with the same group, and what began before the request
/// before it was answered is another operation. An operation whose last request the check did not come to has no event.
pub fn system_log(steps: &[StepResult]) -> Vec<LogEvent> {
    if steps.iter().all(|step| step.operation.is_none()) {
        return Vec::new();
    }
    let names = Names::of(steps);
    replay::replays(steps)
        .iter()
        .flat_map(|replay| events(replay, &names))
        .collect()
}

fn events(replay: &Replay<'_>, names: &Names) -> Vec<LogEvent> {
    let target = names.target(replay);
    let mut events = Vec::new();
    for request in &replay.requests {
        if let Some(limited) = rate_limit::event(replay.operation, request, target.as_deref()) {
            events.push(limited);
            if request.last().status() == Some(429) {
                return events;
            }
        }
        if let Some(failure) = reason::failure(request) {
            events.push(failed(replay, request, failure, target));
            return events;
        }
    }
    let last = replay.requests.last().filter(|_| replay.is_complete());
    if let (Some(last), Some(kind)) = (last, event_type::success(replay.operation)) {
        events.push(LogEvent {
            operation: replay.operation,
            event_type: kind.event_type.to_owned(),
            display_message: kind.display_message.to_owned(),
            outcome: LogOutcome::Success,
            reason: None,
            message: None,
            severity: LogSeverity::Info,
            target,
            hidden: answer::never_read(replay),
            next: None,
            basis: kind.basis,
            at_us: last.ended_us(),
        });
    }
    events
}

fn failed(
    replay: &Replay<'_>,
    request: &Request<'_>,
    failure: Failure,
    target: Option<String>,
) -> LogEvent {
    let kind = event_type::failure(replay.operation, request.part, failure.kind);
    let message = event_type::message(
        replay.operation,
        request.part,
        &failure,
        target.as_deref().unwrap_or("(unknown)"),
    );
    let next = event_type::next(replay.operation, request.last().status());
    LogEvent {
        operation: replay.operation,
        event_type: kind.event_type.to_owned(),
        display_message: kind.display_message.to_owned(),
        outcome: LogOutcome::Failure,
        reason: failure.reason,
        message,
        severity: LogSeverity::Error,
        target,
        hidden: failure.hidden,
        next,
        basis: Basis::max(kind.basis, failure.basis),
        at_us: request.ended_us(),
    }
}

/// The longest text that an event takes from a server, in characters.
const LONGEST: usize = 1_000;

/// A text cut to a number of characters, with `…` for the rest.
fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}
