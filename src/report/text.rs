//! A check that did not pass, in words: the same facts under the same labels in every output.
//!
//! All text is safe for a terminal and a CI log ([`super::sanitize`]); nothing is wrapped or coloured.

use crate::record::{
    Broken, CheckResult, Exchange, RequirementRef, Response, StepResult, Verdict, broken, decisive,
};

use super::conclusion::symbol;
use super::quantity::duration;
use super::{curl, sanitize};

/// The longest line of a block, in characters: room for a `curl` line, none for a body that slipped in.
const LONGEST: usize = 8000;

/// What a line of a block is, so that an output can colour it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The first line: verdict, id, level.
    Head,
    /// The requirement in one sentence: the check's title.
    Title,
    /// What is wrong.
    Message,
    /// What was expected.
    Expected,
    /// What was received.
    Received,
    /// A line of the difference that was expected and is missing.
    Missing,
    /// A line of the difference that came instead.
    Surplus,
    /// How to mend it.
    Fix,
    /// Anything else that belongs to the check.
    Detail,
}

/// A line of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: Kind,
    /// The label that stands before the text, if it has one: `expected`.
    pub label: &'static str,
    /// The text, safe to print.
    pub text: String,
}

impl Line {
    fn new(kind: Kind, label: &'static str, text: &str) -> Self {
        Self {
            kind,
            label,
            text: sanitize::line(&sanitize::cut(text, LONGEST)).into_owned(),
        }
    }

    /// The line without colour: the label in a column of its own.
    pub fn plain(&self) -> String {
        match (self.kind, self.label) {
            (Kind::Head, _) => self.text.clone(),
            (_, "") => format!("  {}", self.text),
            (_, label) => format!("  {label:<8}  {}", self.text),
        }
    }
}

/// How much a block tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What a person at a terminal needs: no `curl`, no `why`, a short difference.
    Short,
    /// Everything.
    Full,
}

/// What is wrong or why it was not judged, in one line.
pub fn reason(check: &CheckResult) -> &str {
    check.reason.as_deref().unwrap_or(&check.title)
}

/// A requirement in one line: its clause first.
pub fn requirement(requirement: &RequirementRef) -> String {
    format!(
        "{} ({}): {}",
        requirement.clause, requirement.id, requirement.statement
    )
}

/// An exchange in one line: `POST https://…/Users → 201 in 12.4 ms`.
pub fn exchange(exchange: &Exchange) -> String {
    let answer = match (&exchange.response, &exchange.error) {
        (Some(Response { status, .. }), _) => status.to_string(),
        (None, Some(error)) => error.message.clone(),
        (None, None) => "no response".to_owned(),
    };
    let took = duration(exchange.duration_us);
    let attempt = match exchange.attempt {
        0 | 1 => String::new(),
        attempt => format!(" (attempt {attempt})"),
    };
    format!(
        "{} {} → {answer} in {took}{attempt}",
        exchange.request.method, exchange.request.url
    )
}

/// How many of them a block shows.
const MOST_CAUSED: usize = 20;

/// What services sent to the target because of some steps, a line each: `okta-org: 201 POST /scim/v2/Users`. The
/// host is the target's.
pub fn caused(steps: &[StepResult]) -> Vec<String> {
    let all = steps.iter().flat_map(|step| &step.caused);
    all.map(|caused| {
        let request = &caused.exchange.request;
        let answer = match (caused.exchange.status(), &caused.exchange.error) {
            (Some(status), _) => status.to_string(),
            (None, Some(error)) => error.message.clone(),
            (None, None) => "no response".to_owned(),
        };
        let after_scheme = request.url.split_once("://").map(|(_, rest)| rest);
        let path = after_scheme.and_then(|rest| rest.get(rest.find('/')?..));
        let path = path.unwrap_or(&request.url);
        format!("{}: {answer} {} {path}", caused.by, request.method)
    })
    .collect()
}

/// The block of a check: what every output says of one that did not pass.
pub fn block(check: &CheckResult, detail: Detail) -> Vec<Line> {
    let steps = check.steps.read();
    let all = broken(&steps);
    let mut lines = vec![head(check), Line::new(Kind::Title, "", &check.title)];
    if check.verdict != Verdict::Fail || all.is_empty() {
        lines.push(Line::new(Kind::Message, "reason", reason(check)));
    }
    match detail {
        Detail::Short => {
            if let Some(first) = check.requirements.first() {
                lines.push(Line::new(
                    Kind::Detail,
                    "requires",
                    &format!("{} ({})", first.clause, first.id),
                ));
            }
        }
        Detail::Full => {
            lines.extend(
                check
                    .requirements
                    .iter()
                    .map(|one| Line::new(Kind::Detail, "requires", &requirement(one))),
            );
        }
    }
    let most = match detail {
        Detail::Short => 2,
        Detail::Full => 20,
    };
    for broken in all.iter().take(most) {
        expectation(*broken, detail, &mut lines);
    }
    if all.len() > most {
        lines.push(Line::new(
            Kind::Detail,
            "",
            &format!("… and {} more", all.len() - most),
        ));
    }
    if let Some(decisive) = decisive(&steps) {
        lines.push(Line::new(Kind::Detail, "exchange", &exchange(decisive)));
        if detail == Detail::Full {
            lines.push(Line::new(Kind::Detail, "curl", &curl::command(decisive)));
        }
    }
    if detail == Detail::Full {
        let sent = caused(&steps).into_iter().take(MOST_CAUSED);
        lines.extend(sent.map(|line| Line::new(Kind::Detail, "sent by", &line)));
    }
    // A check that was translated from a foreign test may say neither.
    if detail == Detail::Full && !check.why.is_empty() {
        lines.push(Line::new(Kind::Detail, "why", &check.why));
    }
    if !check.fix.is_empty() {
        lines.push(Line::new(Kind::Fix, "fix", &check.fix));
    }
    if detail == Detail::Full
        && let Some(location) = &check.location
    {
        lines.push(Line::new(Kind::Detail, "suite", &location.to_string()));
    }
    lines
}

fn head(check: &CheckResult) -> Line {
    let status = match check.status {
        crate::record::Status::Stable => String::new(),
        other => format!(", {other}"),
    };
    let text = format!(
        "{} {}  {}  ({}{status})",
        symbol(check.verdict),
        check.verdict,
        check.id,
        check.level
    );
    Line::new(Kind::Head, "", &text)
}

fn expectation(broken: Broken<'_>, detail: Detail, lines: &mut Vec<Line>) {
    let Broken {
        step,
        expectation,
        exchange: _,
    } = broken;
    let place = format!("{} of {}", expectation.at, step.title);
    lines.push(Line::new(Kind::Detail, "at", &place));
    // What only repeats the two lines below is no news.
    let says_more = |message: &&String| {
        let repeats = |part: &str| !part.is_empty() && message.contains(part);
        !(repeats(&expectation.expected) && repeats(&expectation.received))
    };
    if let Some(message) = expectation.message.as_ref().filter(says_more) {
        lines.push(Line::new(Kind::Message, "problem", message));
    }
    if !expectation.expected.is_empty() {
        lines.push(Line::new(Kind::Expected, "expected", &expectation.expected));
    }
    lines.push(Line::new(Kind::Received, "received", &expectation.received));
    let most = match detail {
        Detail::Short => 6,
        Detail::Full => usize::MAX,
    };
    for difference in expectation.diff.iter().take(most) {
        let kind = match difference.as_bytes().first() {
            Some(b'-') => Kind::Missing,
            Some(b'+') => Kind::Surplus,
            _ => Kind::Detail,
        };
        lines.push(Line::new(kind, "", &format!("  {difference}")));
    }
    if expectation.diff.len() > most {
        lines.push(Line::new(
            Kind::Detail,
            "",
            &format!("  … {} more lines", expectation.diff.len() - most),
        ));
    }
}
