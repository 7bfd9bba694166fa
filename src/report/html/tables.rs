//! The page's facts and tables: what was tested, by what, suite by suite, and how quickly.

use std::collections::BTreeMap;

use super::super::group::Tally;
use super::super::latency;
use super::super::quantity::duration;
use super::super::sanitize::Shown;
use super::check::visible;
use crate::record::{CheckResult, Run, RunStatus};

pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) value: String,
}

impl Fact {
    fn new(name: &'static str, value: impl Into<String>) -> Self {
        Self {
            name,
            value: value.into(),
        }
    }
}

pub(super) struct SuiteRow<'a> {
    pub(super) id: Shown<'a>,
    pub(super) title: Shown<'a>,
    pub(super) origin: Shown<'a>,
    pub(super) cells: Vec<SuiteCell>,
    pub(super) total: usize,
}

pub(super) struct SuiteCell {
    pub(super) class: &'static str,
    pub(super) text: String,
}

pub(super) struct TraitRow<'a> {
    pub(super) name: Shown<'a>,
    pub(super) value: Shown<'a>,
    pub(super) checks: usize,
}

pub(super) struct LatencyRow {
    pub(super) method: String,
    pub(super) route: String,
    pub(super) count: usize,
    pub(super) p50: String,
    pub(super) p95: String,
    pub(super) max: String,
}

/// The facts at the top.
pub(super) fn facts(run: &Run) -> Vec<Fact> {
    let target = if run.target.embedded {
        "the embedded server".to_owned()
    } else {
        visible(&run.target.url)
    };
    let mut facts = vec![Fact::new("Target", target)];
    if let Some(profile) = &run.selection.profile {
        facts.push(Fact::new("Profile", visible(profile)));
    }
    facts.push(Fact::new("Started", started(&run.started)));
    facts.push(Fact::new("Took", duration(run.duration_us)));
    facts.push(Fact::new("Checks", run.checks.len().to_string()));
    facts
}

/// The facts at the end: what it takes to run it again.
pub(super) fn details(run: &Run) -> Vec<Fact> {
    let selection = &run.selection;
    let mut facts = vec![
        Fact::new("Run", visible(&run.id)),
        Fact::new("Tag of what it created", visible(&run.tag)),
        Fact::new("Seed", run.seed.to_string()),
        Fact::new("Base URL", visible(&run.target.url)),
        Fact::new("Authentication", visible(&run.target.authentication)),
        Fact::new("Gate (--fail-on)", visible(&selection.fail_on)),
        Fact::new("Planned checks", selection.planned.to_string()),
        Fact::new(
            "State",
            match run.status {
                RunStatus::Running => "not finished".to_owned(),
                RunStatus::Complete => "complete".to_owned(),
                RunStatus::Interrupted => "interrupted".to_owned(),
            },
        ),
        Fact::new("Requests sent", latency::requests(run).to_string()),
        Fact::new("Record format", run.format.to_string()),
    ];
    let lists = [
        ("--suite", &selection.suites),
        ("--check", &selection.checks),
        ("--level", &selection.levels),
        ("--tag", &selection.tags),
    ];
    for (name, list) in lists {
        if !list.is_empty() {
            facts.push(Fact::new(name, visible(&list.join(", "))));
        }
    }
    if let Some(shard) = &selection.shard {
        facts.push(Fact::new("--shard", visible(shard)));
    }
    if selection.read_only {
        facts.push(Fact::new("--read-only", "yes".to_owned()));
    }
    facts
}

/// RFC 3339 as people read it; what is not in that shape is shown as it is.
fn started(text: &str) -> String {
    match (text.get(..10), text.get(10..11), text.get(11..16)) {
        (Some(date), Some("T"), Some(time)) => visible(&format!("{date} {time} UTC")),
        _ => visible(text),
    }
}

/// The suites that have checks, with a tally of each.
pub(super) fn suites(run: &Run, tally: Tally) -> Vec<SuiteRow<'_>> {
    let mut by_suite: BTreeMap<&str, Vec<&CheckResult>> = BTreeMap::new();
    for check in &run.checks {
        by_suite.entry(&check.suite).or_default().push(check);
    }
    let shown = tally.parts();
    let rows = run.suites.iter().filter_map(|suite| {
        let checks = by_suite.get(suite.id.as_str())?;
        let own = Tally::of(checks.iter().copied());
        let cells = own.parts().into_iter().map(|part| SuiteCell {
            class: if part.count == 0 {
                ""
            } else {
                part.verdict.word()
            },
            text: if part.count == 0 {
                String::new()
            } else {
                part.count.to_string()
            },
        });
        Some(SuiteRow {
            id: Shown(&suite.id),
            title: Shown(&suite.title),
            origin: Shown(&suite.origin),
            cells: cells.take(shown.len()).collect(),
            total: own.total(),
        })
    });
    rows.collect()
}

/// The traits of the server.
pub(super) fn traits(run: &Run) -> Vec<TraitRow<'_>> {
    let rows = run.traits.iter().flat_map(|(name, values)| {
        values.iter().map(move |(value, checks)| TraitRow {
            name: Shown(name),
            value: Shown(value),
            checks: checks.len(),
        })
    });
    rows.collect()
}

/// The response times.
pub(super) fn latencies(run: &Run) -> Vec<LatencyRow> {
    let rows = latency::summary(run).into_iter().map(|one| LatencyRow {
        method: visible(&one.method),
        route: visible(&one.route),
        count: one.count,
        p50: duration(one.p50_us),
        p95: duration(one.p95_us),
        max: duration(one.max_us),
    });
    rows.collect()
}
