//! One defect, one headline: results grouped by their cause.

use std::collections::{BTreeMap, HashMap};

use crate::record::{CheckResult, Counts, Run, Status, Verdict};

/// Results with one cause.
#[derive(Debug, Clone)]
pub struct Group<'a> {
    /// What they have in common, in one line: the cause, or the reason or title of a lone check.
    pub title: &'a str,
    /// The cause's id, if the checks have one.
    pub cause: Option<&'a str>,
    /// The checks, in the run's order; never empty.
    pub checks: Vec<&'a CheckResult>,
}

/// Groups results by cause: the largest group first, then in order of appearance. A check without a cause stands alone.
pub fn by_cause<'a>(results: impl IntoIterator<Item = &'a CheckResult>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for check in results {
        let known = check
            .cause
            .as_ref()
            .and_then(|cause| places.get(cause.id.as_str()).copied());
        if let Some(group) = known.and_then(|place| groups.get_mut(place)) {
            group.checks.push(check);
            continue;
        }
        let cause = check.cause.as_ref();
        if let Some(cause) = cause {
            places.insert(&cause.id, groups.len());
        }
        let title = cause
            .map(|cause| cause.title.as_str())
            .filter(|title| !title.is_empty())
            .or(check.reason.as_deref())
            .unwrap_or(&check.title);
        groups.push(Group {
            title,
            cause: cause.map(|cause| cause.id.as_str()),
            checks: vec![check],
        });
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.checks.len()));
    groups
}

/// Groups results by the reason that they give, in order of appearance: for what was skipped.
pub fn by_reason<'a>(results: impl IntoIterator<Item = &'a CheckResult>) -> Vec<Group<'a>> {
    by_key(results, |check| {
        let reason = check.reason.as_deref().unwrap_or("no reason given");
        (reason, reason)
    })
}

/// Groups results by a key, which comes with the group's title, in order of appearance.
pub fn by_key<'a>(
    results: impl IntoIterator<Item = &'a CheckResult>,
    key: impl Fn(&'a CheckResult) -> (&'a str, &'a str),
) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for check in results {
        let (key, title) = key(check);
        let place = *places.entry(key).or_insert_with(|| {
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

/// The stable checks of a run with a verdict.
pub fn stable(run: &Run, verdict: Verdict) -> impl Iterator<Item = &CheckResult> {
    run.gating().filter(move |check| check.verdict == verdict)
}

/// What preview and deprecated checks found: it never gates, and is told apart.
pub fn not_gating(run: &Run) -> impl Iterator<Item = &CheckResult> {
    run.checks.iter().filter(|check| is_apart(check))
}

/// How many checks could not be judged because of each cause.
pub fn blocked(run: &Run) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for cause in stable(run, Verdict::Inconclusive).filter_map(|check| check.cause.as_ref()) {
        *counts.entry(cause.id.as_str()).or_default() += 1;
    }
    counts
}

/// How many checks have each verdict, with what preview and deprecated checks found told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    counts: Counts,
    not_gating: usize,
}

/// One figure of a tally.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The verdict whose colour it has.
    pub verdict: Verdict,
    /// The word for it: the verdict, or `preview`.
    pub word: &'static str,
    /// The section of the reports that has these checks.
    pub section: &'static str,
    /// How many.
    pub count: usize,
}

impl Tally {
    /// Counts some results.
    pub fn of<'a>(results: impl IntoIterator<Item = &'a CheckResult>) -> Self {
        let mut not_gating = 0;
        let counts = Counts::of(results.into_iter().filter(|check| {
            let apart = is_apart(check);
            not_gating += usize::from(apart);
            !apart
        }));
        Self { counts, not_gating }
    }

    /// All checks.
    pub const fn total(self) -> usize {
        self.counts.total + self.not_gating
    }

    /// The figures in the order in which reports list them, those that are 0 too.
    pub fn parts(self) -> Vec<Part> {
        let mut parts = Vec::with_capacity(Verdict::ALL.len() + 1);
        for verdict in Verdict::ALL {
            if verdict == Verdict::Waived {
                parts.push(Part {
                    verdict: Verdict::Warn,
                    word: "preview",
                    section: "preview",
                    count: self.not_gating,
                });
            }
            parts.push(Part {
                verdict,
                word: verdict.word(),
                section: verdict.word(),
                count: self.counts.get(verdict),
            });
        }
        parts
    }

    /// The figures that are not 0 in words: `2 fail, 5 pass`.
    pub fn words(self) -> String {
        let parts: Vec<String> = self
            .parts()
            .into_iter()
            .filter(|part| part.count > 0)
            .map(|part| format!("{} {}", part.count, part.word))
            .collect();
        if parts.is_empty() {
            "no check ran".to_owned()
        } else {
            parts.join(", ")
        }
    }
}

/// Whether a result is something that a preview or deprecated check found.
fn is_apart(check: &CheckResult) -> bool {
    check.status != Status::Stable
        && matches!(
            check.verdict,
            Verdict::Fail | Verdict::Warn | Verdict::Inconclusive
        )
}
