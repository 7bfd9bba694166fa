//! The page's sections: failures first, and in each the checks by what they have in common.

use std::collections::BTreeMap;

use super::super::conclusion::{counted, symbol};
use super::super::group::{self, Group};
use super::budget::Budgets;
use super::check::{CheckView, Depth, anchor, visible};
use crate::record::{CheckResult, Run, Verdict};

pub(super) struct Section<'a> {
    pub(super) id: &'static str,
    pub(super) class: &'static str,
    pub(super) symbol: &'static str,
    pub(super) title: &'static str,
    pub(super) hint: String,
    pub(super) count: usize,
    pub(super) groups: Vec<GroupView<'a>>,
}

pub(super) struct GroupView<'a> {
    section: &'static str,
    checks: Vec<(&'a CheckResult, Depth)>,
    /// Whether its headline says more than its only check does.
    pub(super) has_headline: bool,
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) tally: String,
    open_first: bool,
}

/// What a section says of itself when it does not hold all evidence.
const CUT: &str =
    "To keep this page light, it holds the evidence of the first of them; run.json has all.";

impl<'a> GroupView<'a> {
    fn is_cut(&self) -> bool {
        self.checks
            .iter()
            .any(|(_, depth)| !matches!(depth, Depth::Whole(_)))
    }

    /// The checks, each made when the template comes to it.
    pub(super) fn views(&self) -> impl Iterator<Item = CheckView<'a>> + '_ {
        self.checks
            .iter()
            .enumerate()
            .map(|(place, (check, depth))| {
                CheckView::of(check, self.section, *depth, self.open_first && place == 0)
            })
    }
}

/// All sections that have checks.
pub(super) fn sections(run: &Run) -> Vec<Section<'_>> {
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
            "Open a check to see its evidence.",
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
            hint: if views.iter().any(GroupView::is_cut) {
                format!("{hint} {CUT}")
            } else {
                hint.to_owned()
            },
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
            || group.checks.iter().any(|check| check.title != group.title),
        anchor: anchor(&format!("group-{number}")),
        title: visible(group.title),
        tally,
        open_first,
    }
}

/// What passed, suite by suite.
fn by_suite(run: &Run) -> Vec<Group<'_>> {
    let passed = run.checks.iter();
    let passed = passed.filter(|check| check.verdict == Verdict::Pass);
    group::by_key(passed, |check| {
        let suite = run.suites.iter().find(|suite| suite.id == check.suite);
        (
            &check.suite,
            suite.map_or(check.suite.as_str(), |suite| &suite.title),
        )
    })
}
