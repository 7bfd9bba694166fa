//! What Okta's own tests said: SPEC, entitlements, CRUD.

use std::fmt::Write as _;

use super::account::{Account, Hindrance, is_broken};
use super::feature::is_crud;
use super::standing::Standing;
use crate::record::{CheckResult, Level, Run, SuiteInfo, TestPlan, Verdict};

/// Which of Okta's tests a suite is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Spec,
    Entitlements,
    Crud,
}

/// What came of one of Okta's tests.
#[derive(Debug)]
pub(super) struct Result<'a> {
    pub(super) role: Role,
    /// The suite's title, or what stands for it.
    pub(super) title: String,
    pub(super) state: State,
    /// The figures behind the state, in one or two sentences.
    pub(super) words: String,
    /// The SCIM version of the suite.
    pub(super) scim: Option<&'a str>,
    /// Whether something was skipped or not run, which no broken or unjudged check tells of.
    pub(super) lacks: bool,
    /// Whether it is a former version of the test, which lacks what Okta's present one has.
    pub(super) is_former: bool,
}

/// How many tests Okta's present SPEC test of SCIM 2.0 has: those before May 2024 have two less, or others.
const SPEC_TESTS: usize = 12;

/// What a test came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Passed,
    Failed,
    /// Something of it was not judged or not run.
    Incomplete,
    /// The target does not offer what it is about.
    NotOffered,
}

impl State {
    pub(super) const fn standing(self) -> Standing {
        match self {
            Self::Passed => Standing::Passed,
            Self::Failed => Standing::Failed,
            Self::Incomplete => Standing::NotRun,
            Self::NotOffered => Standing::OktaAlone,
        }
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Incomplete => "incomplete",
            Self::NotOffered => "not offered",
        }
    }
}

/// The tests that the run holds, SPEC first. Beside a CRUD suite that did not run in whole, or where
/// there is none, the replay of its operations stands.
pub(super) fn results<'a>(
    run: &'a Run,
    plan: &TestPlan,
    accounts: &[Account<'_>],
) -> Vec<Result<'a>> {
    let mut results: Vec<Result<'a>> = run
        .suites
        .iter()
        .filter(|suite| plan.suites.contains(&suite.id))
        .filter_map(|suite| Some(result(run, suite, role(suite)?)))
        .collect();
    let is_present = |result: &Result<'_>| {
        result.role == Role::Spec && result.scim == Some("2.0") && !result.is_former
    };
    if !results.iter().any(is_present) {
        for former in results.iter_mut().filter(|result| result.is_former) {
            former.lacks_what_is_new();
        }
    }
    let is_whole =
        |result: &Result<'_>| result.role == Role::Crud && result.state != State::Incomplete;
    if !results.iter().any(is_whole) {
        results.push(replay(accounts));
    }
    // New submissions are SCIM 2.0.
    results.sort_by_key(|result| match (result.role, result.scim) {
        (Role::Spec, Some("2.0")) => 0,
        (Role::Spec, _) => 1,
        (Role::Crud, _) => 2,
        (Role::Entitlements, _) => 3,
    });
    results
}

/// Which of Okta's tests a suite is, if it is one. Those that were imported are known by their names.
pub(super) fn role(suite: &SuiteInfo) -> Option<Role> {
    match suite.id.as_str() {
        "okta-spec-2.0" | "okta-spec-1.1" => Some(Role::Spec),
        "okta-entitlements" => Some(Role::Entitlements),
        id if suite.imported.is_some() => {
            let of = [
                ("crud", Role::Crud),
                ("spec", Role::Spec),
                ("entitlement", Role::Entitlements),
            ];
            let found = of.into_iter().find(|(word, _)| id.contains(word));
            found.map(|(_, role)| role)
        }
        _ => None,
    }
}

fn result<'a>(run: &'a Run, suite: &'a SuiteInfo, role: Role) -> Result<'a> {
    let checks: Vec<&CheckResult> = run
        .checks
        .iter()
        .filter(|check| check.suite == suite.id)
        .collect();
    let count = |wanted: fn(&CheckResult) -> bool| checks.iter().filter(|one| wanted(one)).count();
    let broken = count(is_broken);
    let unjudged = count(|check| check.verdict == Verdict::Inconclusive);
    let passed = count(|check| check.verdict == Verdict::Pass);
    let missed = count(|check| check.verdict == Verdict::Warn);
    let skipped = count(|check| check.verdict == Verdict::Skip && check.level == Level::Must);
    let left_out = suite
        .size
        .unwrap_or(checks.len())
        .saturating_sub(checks.len());
    let all_skipped = checks.iter().all(|check| check.verdict == Verdict::Skip);
    let state = if broken > 0 {
        State::Failed
    } else if role == Role::Entitlements && all_skipped && left_out == 0 && !checks.is_empty() {
        State::NotOffered
    } else if unjudged > 0 || skipped > 0 || left_out > 0 || passed == 0 {
        State::Incomplete
    } else {
        State::Passed
    };
    let mut words = format!("{passed} of {} tests passed", checks.len() + left_out);
    for (count, what) in [
        (broken, "failed"),
        (unjudged, "could not be judged"),
        (skipped, "skipped"),
        (left_out, "not run"),
        (missed, "recommended but missed"),
    ] {
        if count > 0 {
            let _ = write!(words, ", {count} {what}");
        }
    }
    words.push('.');
    let first = checks.iter().find(|check| check.verdict == Verdict::Skip);
    if let Some(reason) = first.and_then(|check| check.reason.as_deref())
        && matches!(state, State::NotOffered | State::Incomplete)
    {
        let _ = write!(words, " Skipped: {reason}.");
    }
    if suite.imported.is_some() {
        words.push_str(" From the export that was given.");
    }
    Result {
        role,
        title: suite.title.clone(),
        state,
        words,
        scim: suite.scim.as_deref(),
        is_former: role == Role::Spec
            && suite.imported.is_some()
            && suite.scim.as_deref() == Some("2.0")
            && checks.len() + left_out < SPEC_TESTS,
        lacks: state == State::Incomplete && (unjudged == 0 || skipped + left_out > 0),
    }
}

impl Result<'_> {
    /// A former version of a test that stands for the present one.
    fn lacks_what_is_new(&mut self) {
        let _ = write!(
            self.words,
            " It is a former version of the test; the present one has {SPEC_TESTS}."
        );
        if self.state == State::Passed {
            self.state = State::Incomplete;
            self.lacks = true;
        }
    }
}

/// The operations of Okta's CRUD tests, as the checks of the test plan sent them.
fn replay<'a>(accounts: &[Account<'_>]) -> Result<'a> {
    let cases: Vec<&Account<'_>> = accounts
        .iter()
        .filter(|one| is_crud(&one.case.area) && one.standing != Standing::OktaAlone)
        .collect();
    let failed = cases
        .iter()
        .filter(|one| one.standing == Standing::Failed)
        .count();
    let open = cases.iter().filter(|one| one.hindrance.is_some()).count();
    let state = if failed > 0 {
        State::Failed
    } else if open > 0 || cases.is_empty() {
        State::Incomplete
    } else {
        State::Passed
    };
    let chosen = cases
        .iter()
        .any(|one| one.hindrance != Some(Hindrance::NotChosen));
    let words = if chosen {
        format!(
            "Okta's CRUD tests were not run in whole; as an export, --suite-file runs them with a simulated Okta org. The same operations (create, read, update, deactivate, reactivate) were replayed: {} of {} cases were shown.",
            cases.len() - failed - open,
            cases.len()
        )
    } else {
        "Neither Okta's CRUD tests nor a replay of their operations was run.".to_owned()
    };
    Result {
        role: Role::Crud,
        title: "CRUD, by replay".to_owned(),
        state,
        words,
        scim: None,
        // Its cases tell it, one by one.
        lacks: false,
        is_former: false,
    }
}
