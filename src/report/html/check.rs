//! One check in the page.

use std::borrow::Cow;

use serde_json::Value;

use super::super::conclusion::symbol;
use super::super::curl;
use super::super::quantity::duration;
use super::super::sanitize::{Shown, cut};
use super::body::MessageView;
use super::system_log::{self, LogView};
use crate::record::{
    self, Caused, CheckResult, Exchange, ExpectationResult, Level, Outcome, Role, Status,
    StepResult, Verdict,
};

/// How much of a check the page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Everything, with so many bytes of each body.
    Whole(usize),
    /// What is broken, but no exchanges: the page would be too large.
    Brief,
    /// One line.
    Line,
}

pub(super) struct CheckView<'a> {
    check: &'a CheckResult,
    /// Its steps, of a check that is no more than a line none.
    steps: Cow<'a, [StepResult]>,
    depth: Depth,
    pub(super) anchor: String,
    pub(super) section: &'static str,
    pub(super) open: bool,
    pub(super) class: &'static str,
    pub(super) symbol: &'static str,
    pub(super) word: &'static str,
    pub(super) id: Shown<'a>,
    pub(super) title: Shown<'a>,
    pub(super) status: Option<Status>,
    pub(super) level: Level,
    /// How long it took; absent for what did not run.
    pub(super) took: Option<String>,
    pub(super) has_body: bool,
    pub(super) reason: Option<Shown<'a>>,
    /// Whether the requirement, `why` and `fix` are shown.
    pub(super) explained: bool,
    pub(super) requirements: Vec<RequirementView<'a>>,
    pub(super) why: Option<Shown<'a>>,
    pub(super) fix: Option<Shown<'a>>,
    pub(super) curl: Option<String>,
    /// What Okta's System Log would hold.
    pub(super) log: Vec<LogView<'a>>,
    pub(super) unnoticed: Option<&'static str>,
    pub(super) left_out: Option<&'static str>,
    pub(super) location: Option<String>,
    pub(super) tags: Vec<Shown<'a>>,
}

pub(super) struct ProblemView<'a> {
    pub(super) class: &'static str,
    pub(super) at: Shown<'a>,
    pub(super) step: Shown<'a>,
    pub(super) message: Option<Shown<'a>>,
    pub(super) expected: Shown<'a>,
    pub(super) received: Shown<'a>,
    pub(super) diff: Vec<DiffLine<'a>>,
    pub(super) location: Option<String>,
}

pub(super) struct DiffLine<'a> {
    pub(super) class: &'static str,
    pub(super) text: Shown<'a>,
}

pub(super) struct RequirementView<'a> {
    pub(super) id: Shown<'a>,
    pub(super) statement: Shown<'a>,
    pub(super) clause: Shown<'a>,
    pub(super) url: Option<Shown<'a>>,
}

pub(super) struct StepView<'a> {
    exchanges: &'a [Exchange],
    caused: &'a [Caused],
    depth: Depth,
    /// The place of the exchange to open.
    decisive: Option<usize>,
    pub(super) title: Shown<'a>,
    pub(super) converged: Option<String>,
    pub(super) skipped: Option<Shown<'a>>,
    pub(super) expectations: Vec<ExpectationView<'a>>,
    pub(super) captures: Vec<NamedText<'a>>,
    pub(super) traits: Vec<NamedText<'a>>,
}

pub(super) struct ExpectationView<'a> {
    pub(super) class: &'static str,
    pub(super) symbol: &'static str,
    pub(super) word: &'static str,
    pub(super) at: Shown<'a>,
    pub(super) expected: Shown<'a>,
    pub(super) received: Shown<'a>,
}

pub(super) struct NamedText<'a> {
    pub(super) name: Shown<'a>,
    pub(super) value: String,
}

pub(super) struct ExchangeView<'a> {
    pub(super) open: bool,
    pub(super) method: Shown<'a>,
    pub(super) url: Shown<'a>,
    pub(super) class: &'static str,
    pub(super) answer: String,
    pub(super) took: String,
    pub(super) role: Option<Shown<'a>>,
    /// The service that sent it, if it wasn't scimitar.
    pub(super) by: Option<Shown<'a>>,
    /// Why that went no further.
    pub(super) problem: Option<Shown<'a>>,
    pub(super) attempt: u32,
    pub(super) request: MessageView<'a>,
    pub(super) version: Option<Shown<'a>>,
    pub(super) response: Option<MessageView<'a>>,
    pub(super) error: Option<Shown<'a>>,
    /// Absent for the exchange that decided: the check shows it already.
    pub(super) curl: Option<String>,
}

impl<'a> CheckView<'a> {
    pub(super) fn of(
        check: &'a CheckResult,
        section: &'static str,
        depth: Depth,
        open: bool,
    ) -> Self {
        let told = is_told(check);
        let steps = if depth == Depth::Line {
            Cow::default()
        } else {
            check.steps.read()
        };
        let explained = depth != Depth::Line && check.verdict != Verdict::Skip;
        let reason = check.reason.as_deref().map(Shown);
        let redundant = told
            && record::broken(&steps)
                .first()
                .is_some_and(|broken| broken.expectation.message == check.reason);
        let curl = record::decisive(&steps)
            .filter(|_| told)
            .map(|exchange| visible(&curl::command(exchange)));
        let has_exchanges = steps.iter().any(|step| !step.exchanges.is_empty());
        Self {
            check,
            steps,
            depth,
            anchor: anchor(&check.id),
            section,
            open,
            class: check.verdict.word(),
            symbol: symbol(check.verdict),
            word: check.verdict.word(),
            id: Shown(&check.id),
            title: Shown(&check.title),
            status: (check.status != Status::Stable).then_some(check.status),
            level: check.level,
            took: (check.duration_us > 0).then(|| duration(check.duration_us)),
            has_body: depth != Depth::Line,
            reason: reason.filter(|_| !redundant),
            explained,
            requirements: check
                .requirements
                .iter()
                .map(|one| RequirementView {
                    id: Shown(&one.id),
                    statement: Shown(&one.statement),
                    clause: Shown(&one.clause),
                    url: one.url.as_deref().filter(|url| is_web(url)).map(Shown),
                })
                .collect(),
            // A check that was translated from a foreign test may say neither.
            why: Some(Shown(&check.why)).filter(|_| !check.why.is_empty()),
            fix: Some(Shown(&check.fix)).filter(|_| !check.fix.is_empty()),
            curl,
            log: if depth == Depth::Line {
                Vec::new()
            } else {
                system_log::of_check(check)
            },
            unnoticed: system_log::unnoticed(check),
            left_out: (depth == Depth::Brief && has_exchanges).then_some(
                "The exchanges are left out, to keep this page light: run.json has them.",
            ),
            location: check
                .location
                .as_ref()
                .map(|location| visible(&location.to_string())),
            tags: check.tags.iter().map(|tag| Shown(tag)).collect(),
        }
    }

    /// What did not hold.
    pub(super) fn problems(&self) -> Vec<ProblemView<'_>> {
        if is_told(self.check) {
            problems(&self.steps)
        } else {
            Vec::new()
        }
    }

    pub(super) fn steps(&self) -> Vec<StepView<'_>> {
        if !matches!(self.depth, Depth::Whole(_)) {
            return Vec::new();
        }
        let decisive = record::decisive(&self.steps).filter(|_| is_told(self.check));
        self.steps
            .iter()
            .map(|step| StepView::of(step, self.depth, decisive))
            .collect()
    }
}

/// Whether what became of a check is told, and not only shown.
const fn is_told(check: &CheckResult) -> bool {
    !matches!(check.verdict, Verdict::Pass | Verdict::Skip)
}

impl<'a> StepView<'a> {
    fn of(step: &'a StepResult, depth: Depth, decisive: Option<&Exchange>) -> Self {
        let decisive = decisive.and_then(|wanted| {
            step.exchanges
                .iter()
                .position(|one| std::ptr::eq(one, wanted))
        });
        Self {
            exchanges: &step.exchanges,
            caused: &step.caused,
            depth,
            decisive,
            title: Shown(&step.title),
            converged: step.converged_us.map(duration),
            skipped: step.skipped.as_deref().map(Shown),
            expectations: step.expectations.iter().map(ExpectationView::of).collect(),
            captures: step
                .captures
                .iter()
                .map(|(name, value)| NamedText {
                    name: Shown(name),
                    value: capture(value),
                })
                .collect(),
            traits: step
                .traits
                .iter()
                .map(|seen| NamedText {
                    name: Shown(&seen.name),
                    value: visible(&seen.value),
                })
                .collect(),
        }
    }

    pub(super) fn exchanges(&self) -> Vec<ExchangeView<'a>> {
        let Depth::Whole(limit) = self.depth else {
            return Vec::new();
        };
        let views = self.exchanges.iter().enumerate();
        let own = views.map(|(place, exchange)| {
            ExchangeView::of(exchange, limit, self.decisive == Some(place))
        });
        let caused = self.caused.iter().map(|caused| ExchangeView {
            by: Some(Shown(&caused.by)),
            problem: caused.problem.as_deref().map(Shown),
            ..ExchangeView::of(&caused.exchange, limit, false)
        });
        own.chain(caused).collect()
    }
}

impl<'a> ExpectationView<'a> {
    fn of(one: &'a ExpectationResult) -> Self {
        let verdict = verdict_of(one.outcome);
        Self {
            class: verdict.word(),
            symbol: symbol(verdict),
            word: match one.outcome {
                Outcome::Pass => "held",
                Outcome::Fail => "broken",
                Outcome::Warn => "warned",
                Outcome::Unjudged => "unjudged",
            },
            at: Shown(&one.at),
            expected: Shown(&one.expected),
            received: Shown(&one.received),
        }
    }
}

impl<'a> ExchangeView<'a> {
    fn of(exchange: &'a Exchange, limit: usize, open: bool) -> Self {
        let request = &exchange.request;
        let status = exchange.status();
        Self {
            open,
            method: Shown(&request.method),
            url: Shown(&request.url),
            class: match status {
                Some(100..=399) => "pass",
                Some(400..=499) => "warn",
                Some(_) | None => "fail",
            },
            answer: status.map_or_else(|| "no response".to_owned(), |status| status.to_string()),
            took: duration(exchange.duration_us),
            role: match exchange.role {
                Role::Step => None,
                Role::Discovery => Some(Shown("discovery")),
                Role::Given => Some(Shown("given")),
                Role::Cleanup => Some(Shown("clean-up")),
            },
            by: None,
            problem: None,
            attempt: exchange.attempt,
            request: MessageView::of(&request.headers, request.body.as_ref(), limit),
            version: exchange
                .response
                .as_ref()
                .map(|response| Shown(&response.version)),
            response: exchange
                .response
                .as_ref()
                .map(|response| MessageView::of(&response.headers, response.body.as_ref(), limit)),
            error: exchange.error.as_ref().map(|error| Shown(&error.message)),
            curl: (!open).then(|| visible(&curl::command(exchange))),
        }
    }
}

fn problems(steps: &[StepResult]) -> Vec<ProblemView<'_>> {
    const MOST: usize = 20;
    let views = record::broken(steps).into_iter().take(MOST).map(|broken| {
        let one = broken.expectation;
        ProblemView {
            class: verdict_of(one.outcome).word(),
            at: Shown(&one.at),
            step: Shown(&broken.step.title),
            message: one.message.as_deref().map(Shown),
            expected: Shown(if one.expected.is_empty() {
                "–"
            } else {
                &one.expected
            }),
            received: Shown(&one.received),
            diff: one
                .diff
                .iter()
                .map(|line| DiffLine {
                    class: diff_class(line),
                    text: Shown(line),
                })
                .collect(),
            location: one
                .location
                .as_ref()
                .map(|location| visible(&location.to_string())),
        }
    });
    views.collect()
}

fn diff_class(line: &str) -> &'static str {
    match line.as_bytes().first() {
        Some(b'-') => "gone",
        Some(b'+') => "came",
        _ => "",
    }
}

const fn verdict_of(outcome: Outcome) -> Verdict {
    match outcome {
        Outcome::Pass => Verdict::Pass,
        Outcome::Fail => Verdict::Fail,
        Outcome::Warn => Verdict::Warn,
        Outcome::Unjudged => Verdict::Inconclusive,
    }
}

fn capture(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            value.to_string()
        }
    };
    visible(&cut(&text, 300))
}

/// Text with its hidden characters made visible.
pub(in crate::report) fn visible(text: &str) -> String {
    Shown(text).to_string()
}

/// An id as an anchor: only characters that mean nothing to HTML or a URL.
pub(in crate::report) fn anchor(id: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || "-_./".contains(c) {
            c
        } else {
            '_'
        }
    };
    id.chars().take(200).map(plain).collect()
}

/// The requirement catalogue's links: web addresses only, so that no record can bring in a script.
pub(super) fn is_web(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && url.chars().all(|c| c.is_ascii_graphic())
}
