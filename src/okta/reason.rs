//! Why an operation failed, as Okta says it: the words of the status, and what it could read of the answer.

use serde_json::Value;

use super::client::SOCKET_TIMEOUT_US;
use super::part::id;
use super::replay::Request;
use super::{LONGEST, answer, cut, json_error, part::Part, status};
use crate::record::{Basis, Body, Exchange, Response, TransportError, TransportErrorKind};

/// Why an operation failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) kind: FailureKind,
    /// What stands beside the outcome.
    pub(super) reason: Option<String>,
    /// What nobody sees.
    pub(super) hidden: Option<String>,
    pub(super) basis: Basis,
}

/// The failures that Okta logs in different ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FailureKind {
    /// The server refused, or did not answer.
    Refused,
    /// The user or group that Okta knows is not there any more.
    Gone,
    /// The server says that it did it, and Okta can't use what it says.
    Unusable,
}

/// Why a request makes its operation fail; `None` if it does not.
pub(super) fn failure(request: &Request<'_>) -> Option<Failure> {
    let exchange = request.last();
    let Some(response) = &exchange.response else {
        return Some(unanswered(exchange));
    };
    let waited = exchange.first_byte_us.unwrap_or(0);
    if waited > SOCKET_TIMEOUT_US {
        return Some(Failure {
            kind: FailureKind::Refused,
            reason: Some("Read timed out".to_owned()),
            hidden: Some(format!(
                "the server answered {} after {} s; Okta gives up after 60 s",
                response.status,
                waited / 1_000_000
            )),
            basis: Basis::Reported,
        });
    }
    match response.status {
        200..=299 => answer::unusable(request.part, exchange, response),
        // Nobody of that name: Okta's reference takes it for an empty list.
        404 if request.part == Part::Lookup => None,
        404 if request.part == Part::Read => Some(gone(exchange, response)),
        _ => Some(refused(response)),
    }
}

fn gone(exchange: &Exchange, response: &Response) -> Failure {
    let Failure { reason, hidden, .. } = refused(response);
    let said = reason.map(|reason| format!("the server's answer: {reason}"));
    Failure {
        kind: FailureKind::Gone,
        reason: Some(if exchange.request.url.contains("/Groups/") {
            "Linked group is missing. Change the linked group to resume pushing group memberships."
                .to_owned()
        } else {
            no_user(exchange)
        }),
        hidden: said.or(hidden),
        basis: Basis::Reported,
    }
}

/// What Okta says when it has no user to go on with.
pub(super) fn no_user(exchange: &Exchange) -> String {
    let id = id(&exchange.request).unwrap_or_default();
    format!("No user returned for user {}", cut(&id, 200))
}

/// `Conflict. Errors reported by remote server: …`
fn refused(response: &Response) -> Failure {
    let phrase = status::phrase(response.status);
    let with = |said: &str| {
        Some(format!(
            "{phrase}. Errors reported by remote server: {said}"
        ))
    };
    let bare = |hidden: Option<String>| Failure {
        kind: FailureKind::Refused,
        reason: Some(phrase.clone()),
        hidden,
        basis: Basis::Derived,
    };
    let Some(body) = response
        .body
        .as_ref()
        .filter(|body| !body.text.trim().is_empty())
    else {
        return bare(None);
    };
    if let Some(complaint) = json_error::complaint(body) {
        return Failure {
            kind: FailureKind::Refused,
            reason: with(&complaint),
            hidden: unreadable(body),
            // What is said of text and of pages has been seen; what is said of broken JSON has not.
            basis: if body.text.trim_start().starts_with(['{', '[', '"']) {
                Basis::Derived
            } else {
                Basis::Reported
            },
        };
    }
    let Ok(value) = serde_json::from_str::<Value>(&body.text) else {
        return bare(None);
    };
    match detail(&value) {
        Some(detail) => Failure {
            kind: FailureKind::Refused,
            reason: with(&cut(detail, LONGEST)),
            hidden: None,
            basis: Basis::Reported,
        },
        None => bare(Some(unread(&value))),
    }
}

/// The text that Okta reads from an error: `detail`, and in SCIM 1.1 `description`.
pub fn detail(error: &Value) -> Option<&str> {
    let of_v1 = || error.pointer("/Errors/0/description");
    let text = error.get("detail").or_else(of_v1)?.as_str()?;
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// What an error that has no `detail` says elsewhere.
fn unread(error: &Value) -> String {
    const MOST: usize = 3;
    let mut said = Vec::new();
    collect(error, "", &mut said);
    if said.is_empty() {
        return "the answer has no `detail`, which is all that Okta reads of it".to_owned();
    }
    said.truncate(MOST);
    format!(
        "the answer says {}, and Okta reads `detail` only",
        said.join(", ")
    )
}

/// The texts of an object, two levels deep.
fn collect(value: &Value, under: &str, said: &mut Vec<String>) {
    let Some(members) = value.as_object() else {
        if let (Some(text), true) = (value.as_str(), under.is_empty()) {
            said.push(format!("\"{}\"", cut(text, 120)));
        }
        return;
    };
    for (key, member) in members {
        let path = cut(&format!("{under}{key}"), 60);
        match member {
            Value::String(text) if !text.trim().is_empty() && key != "status" => {
                said.push(format!("{path}: \"{}\"", cut(text, 120)));
            }
            Value::Object(_) if under.is_empty() => collect(member, &format!("{path}."), said),
            _ => {}
        }
    }
}

/// What Okta's quotation of an unreadable answer leaves out.
pub(super) fn unreadable(body: &Body) -> Option<String> {
    if !json_error::is_cut(body) {
        return None;
    }
    let size = body.size;
    Some(match title(&body.text) {
        Some(title) => format!(
            "the answer is an HTML page of {size} bytes, \"{}\"",
            cut(&title, 120)
        ),
        None => format!("the answer has {size} bytes, and Okta quotes the beginning only"),
    })
}

/// The title of an HTML page.
fn title(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let start = lower.trim_start();
    if !start.starts_with("<!doctype html") && !start.starts_with("<html") {
        return None;
    }
    let from = lower.find("<title")?;
    let from = from + lower.get(from..)?.find('>')? + 1;
    let to = from + lower.get(from..)?.find("</title")?;
    let title = text.get(from..to)?.split_whitespace().collect::<Vec<_>>();
    Some(title.join(" "))
}

/// No whole answer came.
fn unanswered(exchange: &Exchange) -> Failure {
    let failure = |reason: Option<String>, hidden: Option<String>, basis: Basis| Failure {
        kind: FailureKind::Refused,
        reason,
        hidden,
        basis,
    };
    let Some(TransportError { kind, message }) = &exchange.error else {
        return failure(None, None, Basis::Derived);
    };
    let happened = Some(cut(message, LONGEST));
    let (host, port) = authority(&exchange.request.url);
    match kind {
        TransportErrorKind::Timeout if exchange.duration_us < SOCKET_TIMEOUT_US => failure(
            Some("Read timed out".to_owned()),
            Some(format!(
                "scimitar gave up after {} s (--timeout); Okta waits for 60 s",
                exchange.duration_us / 1_000_000
            )),
            Basis::Derived,
        ),
        TransportErrorKind::Timeout => {
            failure(Some("Read timed out".to_owned()), happened, Basis::Reported)
        }
        TransportErrorKind::Connect => failure(
            Some(format!("Connect to {host}:{port} failed")),
            happened,
            Basis::Reported,
        ),
        TransportErrorKind::Dns => failure(
            Some(format!("{host}: Name or service not known")),
            happened,
            Basis::Derived,
        ),
        // An answer that breaks off, or a certificate that Okta does not trust, has been seen to give no reason.
        TransportErrorKind::Tls
        | TransportErrorKind::TooLarge
        | TransportErrorKind::Protocol
        | TransportErrorKind::Request => failure(None, happened, Basis::Derived),
    }
}

/// Host and port of a URL.
fn authority(url: &str) -> (String, String) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let standard = if scheme == "http" { "80" } else { "443" };
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|c| c.is_ascii_digit()) => {
            (cut(host, 200), port.to_owned())
        }
        _ => (cut(authority, 200), standard.to_owned()),
    }
}
