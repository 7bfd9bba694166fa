//! The page: its head, its sections, its tables.

use std::collections::BTreeMap;

use askama::Template;

use super::super::conclusion::{Conclusion, counted, symbol};
use super::super::group::{self, Group, Tally};
use super::super::latency;
use super::super::quantity::duration;
use super::super::sanitize::Shown;
use super::budget::Budgets;
use super::check::{CheckView, Depth, anchor, visible};
use super::{script_hash, style_hash};
use crate::record::{CheckResult, NoteKind, Run, RunStatus, Verdict};

#[derive(Template)]
#[template(path = "report.html", config = "reports/askama.toml")]
pub(super) struct Page<'a> {
    run: &'a Run,
    style_hash: String,
    script_hash: String,
    tool: String,
    run_id: Shown<'a>,
    conclusion: &'static str,
    class: &'static str,
    symbol: &'static str,
    sentence: String,
    chips: Vec<Chip>,
    share: Vec<Share>,
    share_words: String,
    facts: Vec<Fact>,
    warnings: Vec<Shown<'a>>,
    notes: Vec<Shown<'a>>,
    leftovers: Vec<LeftoverView<'a>>,
    sections: Vec<Section<'a>>,
    columns: Vec<&'static str>,
    suites: Vec<SuiteRow<'a>>,
    traits: Vec<TraitRow<'a>>,
    latencies: Vec<LatencyRow>,
    details: Vec<Fact>,
}

struct Chip {
    class: &'static str,
    section: &'static str,
    symbol: &'static str,
    word: &'static str,
    count: usize,
}

/// A part of the bar, in thousandths.
struct Share {
    class: &'static str,
    from: usize,
    width: usize,
}

struct Fact {
    name: &'static str,
    value: String,
}

struct LeftoverView<'a> {
    url: Shown<'a>,
    name: Shown<'a>,
    reason: Shown<'a>,
    check: Shown<'a>,
}

struct Section<'a> {
    id: &'static str,
    class: &'static str,
    symbol: &'static str,
    title: &'static str,
    hint: &'static str,
    count: usize,
    groups: Vec<GroupView<'a>>,
}

struct GroupView<'a> {
    section: &'static str,
    checks: Vec<(&'a CheckResult, Depth)>,
    /// Whether it has a headline: a lone check is its own.
    has_headline: bool,
    anchor: String,
    title: String,
    tally: String,
    open_first: bool,
}

struct SuiteRow<'a> {
    id: Shown<'a>,
    title: Shown<'a>,
    origin: Shown<'a>,
    cells: Vec<SuiteCell>,
    total: usize,
}

struct SuiteCell {
    class: &'static str,
    text: String,
}

struct TraitRow<'a> {
    name: Shown<'a>,
    value: Shown<'a>,
    checks: usize,
}

struct LatencyRow {
    method: String,
    route: String,
    count: usize,
    p50: String,
    p95: String,
    max: String,
}

impl<'a> Page<'a> {
    pub(super) fn of(run: &'a Run) -> Self {
        let conclusion = Conclusion::of(run);
        let tally = Tally::of(&run.checks);
        let notes = |kind: NoteKind| {
            run.notes
                .iter()
                .filter(move |note| note.kind == kind)
                .map(|note| Shown(&note.text))
                .collect::<Vec<_>>()
        };
        Self {
            run,
            style_hash: style_hash(),
            script_hash: script_hash(),
            tool: visible(&format!("{} {}", run.tool.name, run.tool.version)),
            run_id: Shown(&run.id),
            conclusion: conclusion.words(),
            class: conclusion.verdict().word(),
            symbol: symbol(conclusion.verdict()),
            sentence: conclusion.sentence(run),
            chips: chips(tally),
            share: share(tally),
            share_words: tally.words(),
            facts: facts(run),
            warnings: notes(NoteKind::Warning),
            notes: notes(NoteKind::Info),
            leftovers: run
                .leftovers
                .iter()
                .map(|one| LeftoverView {
                    url: Shown(&one.url),
                    name: Shown(&one.name),
                    reason: Shown(&one.reason),
                    check: Shown(&one.check),
                })
                .collect(),
            sections: sections(run),
            columns: tally.parts().iter().map(|part| part.word).collect(),
            suites: suites(run, tally),
            traits: run
                .traits
                .iter()
                .flat_map(|(name, values)| {
                    values.iter().map(move |(value, checks)| TraitRow {
                        name: Shown(name),
                        value: Shown(value),
                        checks: checks.len(),
                    })
                })
                .collect(),
            latencies: latency::summary(run)
                .into_iter()
                .map(|one| LatencyRow {
                    method: visible(&one.method),
                    route: visible(&one.route),
                    count: one.count,
                    p50: duration(one.p50_us),
                    p95: duration(one.p95_us),
                    max: duration(one.max_us),
                })
                .collect(),
            details: details(run),
        }
    }
}

impl<'a> GroupView<'a> {
    fn views(&self) -> impl Iterator<Item = CheckView<'a>> + '_ {
        self.checks
            .iter()
            .enumerate()
            .map(|(place, (check, depth))| {
                CheckView::of(check, self.section, *depth, self.open_first && place == 0)
            })
    }
}

fn chips(tally: Tally) -> Vec<Chip> {
    let parts = tally.parts().into_iter().filter(|part| part.count > 0);
    parts
        .map(|part| Chip {
            class: part.verdict.word(),
            section: part.section,
            symbol: symbol(part.verdict),
            word: part.word,
            count: part.count,
        })
        .collect()
}

/// The bar: each part is as wide as its share, and wide enough to be seen.
fn share(tally: Tally) -> Vec<Share> {
    let total = tally.total().max(1);
    let mut from = 0;
    let mut shares = Vec::new();
    for part in tally.parts().into_iter().filter(|part| part.count > 0) {
        let width = (part.count * 1000 / total)
            .max(6)
            .min(1000_usize.saturating_sub(from));
        shares.push(Share {
            class: part.verdict.word(),
            from,
            width,
        });
        from += width;
    }
    if let Some(last) = shares.last_mut() {
        last.width = 1000 - last.from.min(1000);
    }
    shares
}

fn facts(run: &Run) -> Vec<Fact> {
    let target = if run.target.embedded {
        "the embedded server".to_owned()
    } else {
        visible(&run.target.url)
    };
    let mut facts = vec![Fact {
        name: "Target",
        value: target,
    }];
    if let Some(profile) = &run.selection.profile {
        facts.push(Fact {
            name: "Profile",
            value: visible(profile),
        });
    }
    facts.push(Fact {
        name: "Started",
        value: started(&run.started),
    });
    facts.push(Fact {
        name: "Took",
        value: duration(run.duration_us),
    });
    facts.push(Fact {
        name: "Checks",
        value: run.checks.len().to_string(),
    });
    facts
}

fn details(run: &Run) -> Vec<Fact> {
    let selection = &run.selection;
    let mut facts = vec![
        Fact {
            name: "Run",
            value: visible(&run.id),
        },
        Fact {
            name: "Tag of what it created",
            value: visible(&run.tag),
        },
        Fact {
            name: "Seed",
            value: run.seed.to_string(),
        },
        Fact {
            name: "Base URL",
            value: visible(&run.target.url),
        },
        Fact {
            name: "Authentication",
            value: visible(&run.target.authentication),
        },
        Fact {
            name: "Gate (--fail-on)",
            value: visible(&selection.fail_on),
        },
        Fact {
            name: "Planned checks",
            value: selection.planned.to_string(),
        },
        Fact {
            name: "State",
            value: match run.status {
                RunStatus::Running => "not finished".to_owned(),
                RunStatus::Complete => "complete".to_owned(),
                RunStatus::Interrupted => "interrupted".to_owned(),
            },
        },
        Fact {
            name: "Requests sent",
            value: latency::exchanges(run).count().to_string(),
        },
        Fact {
            name: "Record format",
            value: run.format.to_string(),
        },
    ];
    let lists = [
        ("--suite", &selection.suites),
        ("--check", &selection.checks),
        ("--level", &selection.levels),
    ];
    for (name, list) in lists {
        if !list.is_empty() {
            facts.push(Fact {
                name,
                value: visible(&list.join(", ")),
            });
        }
    }
    if let Some(shard) = &selection.shard {
        facts.push(Fact {
            name: "--shard",
            value: visible(shard),
        });
    }
    if selection.read_only {
        facts.push(Fact {
            name: "--read-only",
            value: "yes".to_owned(),
        });
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

fn suites(run: &Run, tally: Tally) -> Vec<SuiteRow<'_>> {
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

fn sections(run: &Run) -> Vec<Section<'_>> {
    let mut budgets = Budgets::new();
    let blocked = group::blocked(run);
    let broken = group::by_cause(group::stable(run, Verdict::Fail));
    let undecided = group::by_cause(group::stable(run, Verdict::Inconclusive));
    let warned = group::by_cause(group::stable(run, Verdict::Warn));
    let preview = group::by_cause(group::not_gating(run));
    let waived = group::by_reason(
        run.checks
            .iter()
            .filter(|check| check.verdict == Verdict::Waived),
    );
    let skipped = group::by_reason(
        run.checks
            .iter()
            .filter(|check| check.verdict == Verdict::Skip),
    );
    let passed = by_suite(run);
    let all = [
        (
            "fail",
            Verdict::Fail,
            "Failures",
            "One headline for each cause; the checks below it fail because of it.",
            broken,
        ),
        (
            "inconclusive",
            Verdict::Inconclusive,
            "Could not be judged",
            "No verdict on the server: what these checks need was refused, or no whole answer came.",
            undecided,
        ),
        (
            "warn",
            Verdict::Warn,
            "Warnings",
            "Recommendations that are not followed; they do not gate by default.",
            warned,
        ),
        (
            "preview",
            Verdict::Warn,
            "Found by preview and deprecated checks",
            "These report and never gate.",
            preview,
        ),
        (
            "waived",
            Verdict::Waived,
            "Waived",
            "Broken, and accepted by a waiver that is still valid.",
            waived,
        ),
        (
            "skip",
            Verdict::Skip,
            "Skipped",
            "The target does not offer what these checks are about.",
            skipped,
        ),
        (
            "pass",
            Verdict::Pass,
            "Passed",
            "With all evidence; open a check to see it.",
            passed,
        ),
    ];
    let mut opened = 0;
    let mut causes = 0;
    let mut sections = Vec::new();
    for (id, verdict, title, hint, groups) in all {
        if groups.is_empty() {
            continue;
        }
        let views: Vec<GroupView<'_>> = groups
            .into_iter()
            .map(|group| {
                causes += 1;
                let open_first = matches!(id, "fail" | "inconclusive") && opened < 3;
                opened += usize::from(open_first);
                view(
                    id,
                    &group,
                    causes,
                    open_first,
                    blocked_by(id, &group, &blocked),
                    &mut budgets,
                )
            })
            .collect();
        sections.push(Section {
            id,
            class: verdict.word(),
            symbol: symbol(verdict),
            title,
            hint,
            count: views.iter().map(|group| group.checks.len()).sum(),
            groups: views,
        });
    }
    sections
}

fn blocked_by(section: &str, group: &Group<'_>, blocked: &BTreeMap<&str, usize>) -> usize {
    let cause = group.cause.filter(|_| section == "fail");
    cause
        .and_then(|cause| blocked.get(cause))
        .copied()
        .unwrap_or_default()
}

fn view<'a>(
    section: &'static str,
    group: &Group<'a>,
    number: usize,
    open_first: bool,
    blocked: usize,
    budgets: &mut Budgets,
) -> GroupView<'a> {
    let mut tally = counted(group.checks.len(), "check");
    if blocked > 0 {
        tally = format!("{tally}, blocks {blocked} more");
    }
    GroupView {
        section,
        checks: group
            .checks
            .iter()
            .map(|check| (*check, budgets.depth(check)))
            .collect(),
        has_headline: group.checks.len() > 1
            || blocked > 0
            || group.cause.is_some()
            || section == "pass",
        anchor: anchor(&format!("group-{number}")),
        title: visible(group.title),
        tally,
        open_first,
    }
}

/// What passed, suite by suite.
fn by_suite(run: &Run) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for check in run
        .checks
        .iter()
        .filter(|check| check.verdict == Verdict::Pass)
    {
        let place = *places.entry(&check.suite).or_insert_with(|| {
            let title = run
                .suites
                .iter()
                .find(|suite| suite.id == check.suite)
                .map_or(check.suite.as_str(), |suite| &suite.title);
            groups.push(Group {
                title,
                cause: None,
                checks: Vec::new(),
            });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(place) {
            group.checks.push(check);
        }
    }
    groups
}
