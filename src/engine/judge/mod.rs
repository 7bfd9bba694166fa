//! Judging: `(expectation, what was received, what is known) → findings`. Pure; one file a word.

mod any;
mod body;
mod condition;
mod describe;
mod error;
mod list;
mod matcher;
mod path;
mod resource;
mod same_as;
mod selects;
mod status;
mod text;
mod time;
mod xml;

#[cfg(test)]
mod tests;

use serde_json::Value;

use super::knowledge::Knowledge;
use super::scope::CheckScope;
use crate::record::{ExpectationResult, Header, Level, Location, Outcome, TraitSeen};
use crate::suite::template::Undefined;
use crate::suite::{Demand, DemandKind, Dialect, Entry};

pub use condition::{holds, unmet};
pub use path::locate;

/// A response, as judging sees it: whole and unredacted.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// What was asked.
    pub asked: Asked,
    /// The headers.
    pub headers: Vec<Header>,
    /// The size of the body in bytes.
    pub size: usize,
    /// The body, or why it is no JSON.
    pub json: Result<Value, String>,
    /// The body as it came, decompressed.
    pub body: Vec<u8>,
    /// How long it took, in microseconds.
    pub duration_us: u64,
}

/// What conditions know of a request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// The method, in capitals.
    pub method: String,
    /// Whether it chose attributes (RFC 7644 §3.9).
    pub projected: bool,
    /// Whether it asked for a page by its cursor (RFC 9865 §2).
    pub by_cursor: bool,
}

/// What is judged.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// A response.
    Response(&'a Answer),
    /// What several exchanges gave together: the answers of a race, the resources of a walk.
    Document(&'a Value),
}

impl<'a> Subject<'a> {
    /// The JSON that locations look into.
    ///
    /// # Errors
    /// Why there is none.
    pub fn json(self) -> Result<&'a Value, &'a str> {
        match self {
            Self::Response(answer) => answer.json.as_ref().map_err(String::as_str),
            Self::Document(value) => Ok(value),
        }
    }

    const fn answer(self) -> Option<&'a Answer> {
        match self {
            Self::Response(answer) => Some(answer),
            Self::Document(_) => None,
        }
    }
}

/// What judging may know besides the subject.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The variables of the check.
    pub scope: &'a CheckScope,
    /// What the target says of itself.
    pub knowledge: &'a Knowledge,
    /// The suite's dialect.
    pub dialect: Dialect,
    /// The JSON body of the step's request.
    pub sent: Option<&'a Value>,
    /// The level of entries that name none.
    pub level: Level,
    /// Whether response times gate.
    pub time_gates: bool,
}

/// What a word found at one location.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What is looked at.
    pub at: String,
    /// What was expected, for people.
    pub expected: String,
    /// What was received, for people.
    pub received: String,
    /// What is wrong; `None` when it holds.
    pub broken: Option<String>,
    /// The smallest difference.
    pub diff: Vec<String>,
    /// Whether a breach only warns, whatever the level (response times).
    pub only_warns: bool,
}

impl Finding {
    fn new(
        at: impl Into<String>,
        expected: impl Into<String>,
        received: impl Into<String>,
    ) -> Self {
        Self {
            at: at.into(),
            expected: expected.into(),
            received: received.into(),
            broken: None,
            diff: Vec::new(),
            only_warns: false,
        }
    }

    fn broken_if(mut self, broken: bool, message: impl FnOnce() -> String) -> Self {
        if broken {
            self.broken = Some(message());
        }
        self
    }

    fn broken(self, message: impl Into<String>) -> Self {
        self.broken_if(true, || message.into())
    }
}

/// What came out of judging some entries.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judgement {
    /// Each expectation on its own.
    pub results: Vec<ExpectationResult>,
    /// Choices of the server.
    pub traits: Vec<TraitSeen>,
}

impl Judgement {
    /// Whether there is nothing that waiting could mend: all holds but response times.
    pub fn is_whole(&self) -> bool {
        let whole =
            |result: &ExpectationResult| result.outcome == Outcome::Pass || result.at == "time";
        self.results.iter().all(whole)
    }

    /// Whether nothing is broken or unjudged. What only warns does not count.
    pub fn holds(&self) -> bool {
        self.results
            .iter()
            .all(|result| matches!(result.outcome, Outcome::Pass | Outcome::Warn))
    }
}

/// Judges entries against what was received; `None` when no response came.
pub fn judge(entries: &[Entry], facts: Facts<'_>, subject: Option<Subject<'_>>) -> Judgement {
    let mut judgement = Judgement::default();
    for entry in entries {
        if let Some(when) = &entry.when
            && !holds(when, facts, subject.and_then(Subject::answer))
        {
            continue;
        }
        let level = entry.level.unwrap_or(facts.level);
        let Some(subject) = subject else {
            judgement
                .results
                .extend(entry.demands.iter().map(|demand| unjudged(demand, level)));
            continue;
        };
        let before = judgement.results.len();
        for demand in &entry.demands {
            match find(&demand.kind, facts, subject, &mut judgement.traits) {
                Ok(findings) => judgement.results.extend(
                    findings
                        .into_iter()
                        .map(|finding| result(finding, entry, level, &demand.location)),
                ),
                Err(undefined) => {
                    let mut unjudged = unjudged(demand, level);
                    unjudged.message = Some(undefined.to_string());
                    judgement.results.push(unjudged);
                }
            }
        }
        let all_pass = judgement
            .results
            .iter()
            .skip(before)
            .all(|result| matches!(result.outcome, Outcome::Pass));
        if all_pass {
            judgement.traits.extend(seen(entry, facts));
        }
    }
    judgement
}

fn seen(entry: &Entry, facts: Facts<'_>) -> Vec<TraitSeen> {
    let rendered = entry.traits.iter().filter_map(|(name, value)| {
        let value = value
            .render_text(facts.scope, std::borrow::ToOwned::to_owned)
            .ok()?;
        Some(TraitSeen {
            name: name.clone(),
            value,
        })
    });
    rendered.collect()
}

fn find(
    kind: &DemandKind,
    facts: Facts<'_>,
    subject: Subject<'_>,
    traits: &mut Vec<TraitSeen>,
) -> Result<Vec<Finding>, Undefined> {
    Ok(match kind {
        DemandKind::Status(matcher) => vec![status::find(matcher, facts, subject)?],
        DemandKind::Header { name, matcher } => {
            vec![matcher::find_header(name, matcher, facts, subject)?]
        }
        DemandKind::Path { path, matcher } => vec![path::find(path, matcher, facts, subject)?],
        DemandKind::Body(shape) => vec![body::find(*shape, subject)],
        DemandKind::Time(matcher) => vec![time::find(matcher, facts, subject)?],
        DemandKind::Text(matcher) => vec![text::find(matcher, facts, subject)?],
        DemandKind::Size(matcher) => vec![text::find_size(matcher, facts, subject)?],
        DemandKind::Xml { path, matcher } => vec![xml::find(path, matcher, facts, subject)?],
        DemandKind::Resource(name) => resource::find(name, facts, subject),
        DemandKind::List(name) => list::find(name, facts, subject),
        DemandKind::Error(matcher) => error::find(matcher, facts, subject),
        DemandKind::SameAs(with) => vec![same_as::find(with, facts, subject)?],
        DemandKind::Selects { filter, among } => {
            vec![selects::find(filter, among, facts, subject)?]
        }
        DemandKind::Any(alternatives) => vec![any::find(alternatives, facts, subject, traits)],
    })
}

fn result(finding: Finding, entry: &Entry, level: Level, location: &Location) -> ExpectationResult {
    let outcome = match (&finding.broken, level) {
        (None, _) => Outcome::Pass,
        (Some(_), Level::Must) if !finding.only_warns => Outcome::Fail,
        (Some(_), Level::Must | Level::Should | Level::May) => Outcome::Warn,
    };
    let message = finding
        .broken
        .map(|general| entry.because.clone().unwrap_or(general));
    ExpectationResult {
        at: finding.at,
        expected: finding.expected,
        received: finding.received,
        outcome,
        level,
        message,
        diff: finding.diff,
        exchange: None,
        location: Some(location.clone()),
    }
}

fn unjudged(demand: &Demand, level: Level) -> ExpectationResult {
    ExpectationResult {
        at: name_of(&demand.kind),
        expected: String::new(),
        received: "no response".to_owned(),
        outcome: Outcome::Unjudged,
        level,
        message: None,
        diff: Vec::new(),
        exchange: None,
        location: Some(demand.location.clone()),
    }
}

fn name_of(kind: &DemandKind) -> String {
    match kind {
        DemandKind::Status(_) => "status".into(),
        DemandKind::Header { name, .. } => format!("header {name}"),
        DemandKind::Path { path, .. } => describe::template(path),
        DemandKind::Body(_) => "body".into(),
        DemandKind::Time(_) => "time".into(),
        DemandKind::Text(_) => "text".into(),
        DemandKind::Size(_) => "size".into(),
        DemandKind::Xml { path, .. } => format!("xml {path}"),
        DemandKind::Resource(_) => "resource".into(),
        DemandKind::List(_) => "list".into(),
        DemandKind::Error(_) => "error".into(),
        DemandKind::SameAs(_) => "sameAs".into(),
        DemandKind::Selects { .. } => "selects".into(),
        DemandKind::Any(_) => "any".into(),
    }
}
