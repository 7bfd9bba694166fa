//! What is broken or could not be judged, a headline for each cause.

use super::super::super::group::{self, Group};
use super::super::account::{is_broken, of_the_former_version, short};
use super::super::suites::role;
use super::Missing;
use crate::record::{CheckResult, Run, TestPlan, Verdict};

/// What is broken, a headline for each cause: of Okta's own tests first, then of the test plan, then what else gates.
pub(super) fn broken<'a>(run: &'a Run, plan: &TestPlan) -> Vec<Missing<'a>> {
    let failed = relevant(run, plan).filter(|check| is_broken(check));
    let mut groups = group::by_cause(failed);
    groups.sort_by_cached_key(|group| {
        group
            .checks
            .iter()
            .map(|check| rank(run, plan, check))
            .min()
    });
    let all = groups.iter().map(|group| {
        let waived = group
            .checks
            .iter()
            .all(|check| check.verdict == Verdict::Waived);
        let mut cure = fix(group);
        if waived {
            cure.push_str(" A waiver accepts it here; Okta does not.");
        }
        let spec = group.checks.iter().any(|check| rank(run, plan, check) == 0);
        let place = if spec { "Okta's own tests fail: " } else { "" };
        of_checks(
            Missing::new(headline(place, group), cure),
            plan,
            &group.checks,
        )
    });
    all.collect()
}

pub(super) fn unjudged<'a>(run: &'a Run, plan: &TestPlan) -> Vec<Missing<'a>> {
    let unjudged = relevant(run, plan).filter(|check| check.verdict == Verdict::Inconclusive);
    let groups = group::by_cause(unjudged);
    let all = groups.iter().map(|group| {
        let blocked = group
            .checks
            .iter()
            .all(|check| check.cause.as_ref().is_some_and(|cause| cause.blocked));
        let cure = if blocked {
            "Mend what these checks need, and run again."
        } else {
            "Find out why no whole answer came, and run again."
        };
        of_checks(
            Missing::new(headline("Could not be judged: ", group), cure),
            plan,
            &group.checks,
        )
    });
    all.collect()
}

/// The checks that count: those of the suites that are about the plan, if they gate. Those of the version that is not
/// submitted come last, since the first of a cause speaks for it.
fn relevant<'a>(run: &'a Run, plan: &TestPlan) -> impl Iterator<Item = &'a CheckResult> {
    let former = of_the_former_version(run, plan);
    let mut checks: Vec<&CheckResult> = run
        .gating()
        .filter(|check| plan.suites.contains(&check.suite))
        .collect();
    checks.sort_by_key(|check| former.contains(&check.suite.as_str()));
    checks.into_iter()
}

fn of_checks<'a>(
    mut missing: Missing<'a>,
    plan: &TestPlan,
    checks: &[&'a CheckResult],
) -> Missing<'a> {
    missing.checks = checks.to_vec();
    missing.cases = cited(plan, checks);
    missing
}

fn rank(run: &Run, plan: &TestPlan, check: &CheckResult) -> u8 {
    let suite = run.suites.iter().find(|suite| suite.id == check.suite);
    if suite.is_some_and(|suite| role(suite).is_some()) {
        0
    } else if check.requirements.iter().any(|one| is_case(plan, &one.id)) {
        1
    } else {
        2
    }
}

fn is_case(plan: &TestPlan, id: &str) -> bool {
    plan.cases.iter().any(|case| case.id == id)
}

fn cited<'a>(plan: &TestPlan, checks: &[&'a CheckResult]) -> Vec<&'a str> {
    let mut cases: Vec<&str> = Vec::new();
    for requirement in checks.iter().flat_map(|check| &check.requirements) {
        let id = short(plan, &requirement.id);
        if is_case(plan, &requirement.id) && !cases.contains(&id) {
            cases.push(id);
        }
    }
    cases
}

/// A headline: the title of a lone check and what is wrong, or what several have in common.
fn headline(place: &str, group: &Group<'_>) -> String {
    match group.checks.as_slice() {
        [only] if only.title == group.title => format!("{place}{}", only.title),
        [only] => format!("{place}{}: {}", only.title, group.title),
        several => format!("{place}{} ({} checks)", group.title, several.len()),
    }
}

/// What to do: the checks of one cause may each say something else of it.
fn fix(group: &Group<'_>) -> String {
    let mut fixes: Vec<&str> = Vec::new();
    for fix in group.checks.iter().map(|check| check.fix.as_str()) {
        if !fix.is_empty() && !fixes.contains(&fix) {
            fixes.push(fix);
        }
    }
    match fixes.as_slice() {
        // A check that was translated from a foreign test may say none.
        [] => "Answer as it is expected there.".to_owned(),
        [only] => (*only).to_owned(),
        [first, ..] => {
            format!("Mend what these checks have in common. The first of them says: {first}")
        }
    }
}
