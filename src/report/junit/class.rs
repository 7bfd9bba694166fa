//! The closed sets of `type`: what is broken, and why nothing could be judged.

use crate::record::{self, CheckResult, TransportErrorKind};

/// The class of a failure, from a closed set: what kind of expectation is broken.
pub(super) fn failure_type(check: &CheckResult) -> &'static str {
    let steps = check.steps.read();
    let broken = record::broken(&steps);
    let Some(first) = broken.first() else {
        return "conformance";
    };
    if first.step.seen_in.is_some() {
        return "invariant";
    }
    match first.expectation.at.as_str() {
        "status" => "status",
        "body" => "body",
        "text" => "text",
        "size" => "size",
        "time" => "time",
        "resource" => "resource",
        "list" => "list",
        "error" => "error-response",
        "sameAs" => "same-as",
        "selects" => "selects",
        "any" => "any",
        at if at.starts_with("header ") => "header",
        at if at.starts_with('$') => "value",
        at if at.starts_with("xml ") => "xml",
        at if at.starts_with("page ") => "pagination",
        _ => "conformance",
    }
}

/// The class of an error, from a closed set: why nothing could be judged.
pub(super) fn error_type(check: &CheckResult) -> &'static str {
    if check.cause.as_ref().is_some_and(|cause| cause.blocked) {
        return "blocked";
    }
    match record::decisive(&check.steps.read())
        .and_then(|exchange| exchange.error.as_ref())
        .map(|error| error.kind)
    {
        Some(TransportErrorKind::Timeout) => "timeout",
        Some(
            TransportErrorKind::Dns
            | TransportErrorKind::Connect
            | TransportErrorKind::Tls
            | TransportErrorKind::TooLarge
            | TransportErrorKind::Protocol
            | TransportErrorKind::Request,
        ) => "transport",
        None => "undecided",
    }
}
