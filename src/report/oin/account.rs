//! The cases of the test plan, each accounted for once.

use std::collections::BTreeMap;

use super::super::text;
use super::standing::Standing;
use crate::record::{CheckResult, PlanCase, Run, RunStatus, Status, TestPlan, Verdict};

/// The tag of checks that send what integrations of the App Integration Wizard send.
const WIZARD: &str = "okta-wizard";

/// A case and what the run says of it.
#[derive(Debug)]
pub struct Account<'a> {
    /// The case.
    pub case: &'a PlanCase,
    /// Its id without the plan's, as Okta's sheet has it: `C9290`.
    pub short: &'a str,
    /// What the run says.
    pub standing: Standing,
    /// Why, or what a person still has to look at; absent where it passed.
    pub why: Option<String>,
    /// What kept it from being shown, if something did.
    pub hindrance: Option<Hindrance>,
    /// The checks that cite it, in the run's order.
    pub checks: Vec<&'a CheckResult>,
}

/// What kept a case from being shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// Checks were chosen and did not apply; each says why.
    Skipped,
    /// A check could not be judged.
    Inconclusive,
    /// No check that shows it was chosen, or the run ended before.
    NotChosen,
    /// It was shown only with the requests of the App Integration Wizard, which those of the catalogue are not.
    Dialect,
    /// Only a check that does not gate says that it is broken.
    Preview,
}

impl Account<'_> {
    /// The check to tell of: the first that is broken, else the first that is not judged.
    pub(super) fn decisive(&self) -> Option<&CheckResult> {
        let first = |wanted: fn(&CheckResult) -> bool| self.checks.iter().find(|one| wanted(one));
        first(is_broken)
            .or_else(|| first(|check| check.verdict == Verdict::Fail))
            .or_else(|| first(|check| check.verdict == Verdict::Inconclusive))
            .copied()
    }
}

/// Accounts for all cases of a plan, in its order.
pub(super) fn accounts<'a>(run: &'a Run, plan: &'a TestPlan) -> Vec<Account<'a>> {
    let former = of_the_former_version(run, plan);
    let mut citing: BTreeMap<&str, Vec<&CheckResult>> = BTreeMap::new();
    let counted = run.checks.iter();
    for check in counted.filter(|check| !former.contains(&check.suite.as_str())) {
        for requirement in &check.requirements {
            citing.entry(&requirement.id).or_default().push(check);
        }
    }
    let all = plan.cases.iter().map(|case| {
        let checks = citing.remove(case.id.as_str()).unwrap_or_default();
        let (standing, why, hindrance) = judge(run, case, &checks);
        Account {
            case,
            short: short(plan, &case.id),
            standing,
            why,
            hindrance,
            checks,
        }
    });
    all.collect()
}

/// The suites of SCIM 1.1 where the run has some of 2.0 too: new submissions are of 2.0, and what a server does in 1.1
/// shows nothing of it.
pub(super) fn of_the_former_version<'a>(run: &'a Run, plan: &TestPlan) -> Vec<&'a str> {
    let of = |version: &'static str| {
        let suites = run.suites.iter();
        suites.filter(move |suite| {
            plan.suites.contains(&suite.id) && suite.scim.as_deref() == Some(version)
        })
    };
    if of("2.0").next().is_none() {
        return Vec::new();
    }
    of("1.1").map(|suite| suite.id.as_str()).collect()
}

/// The id of a case without its plan's.
pub(super) fn short<'a>(plan: &TestPlan, id: &'a str) -> &'a str {
    id.strip_prefix(plan.id.as_str())
        .and_then(|rest| rest.strip_prefix('-'))
        .unwrap_or(id)
}

type Judgement = (Standing, Option<String>, Option<Hindrance>);

fn judge(run: &Run, case: &PlanCase, checks: &[&CheckResult]) -> Judgement {
    let of = |verdict: Verdict| checks.iter().find(|check| check.verdict == verdict);
    let shown: Vec<&&CheckResult> = checks.iter().filter(|check| is_shown(check)).collect();
    if checks.iter().any(|check| is_broken(check)) {
        let waived = checks.iter().all(|check| check.verdict != Verdict::Fail);
        let why = waived.then(|| "A waiver accepts the failure here; Okta does not.".to_owned());
        return (Standing::Failed, why, None);
    }
    if let Some(unjudged) = of(Verdict::Inconclusive) {
        let why = format!(
            "{} could not be judged: {}",
            unjudged.id,
            text::reason(unjudged)
        );
        let standing = if shown.is_empty() {
            Standing::NotRun
        } else {
            Standing::Partly
        };
        return (standing, Some(why), Some(Hindrance::Inconclusive));
    }
    if let Some(preview) = of(Verdict::Fail) {
        let why = format!("{} fails, which does not gate yet.", preview.id);
        return (Standing::Partly, Some(why), Some(Hindrance::Preview));
    }
    if shown.is_empty() {
        return not_run(run, case, checks);
    }
    let other = checks.iter().find(|check| !is_wizard(check));
    if let Some(other) = other.filter(|_| shown.iter().all(|check| is_wizard(check))) {
        let why = format!(
            "Shown only with the requests of the App Integration Wizard. Those of the catalogue were not sent: {}.",
            text::reason(other)
        );
        return (Standing::Partly, Some(why), Some(Hindrance::Dialect));
    }
    match &case.remains {
        Some(remains) => (Standing::Partly, Some(remains.clone()), None),
        None => (Standing::Passed, None, None),
    }
}

fn not_run(run: &Run, case: &PlanCase, checks: &[&CheckResult]) -> Judgement {
    if let Some(because) = case.because.as_ref().filter(|_| checks.is_empty()) {
        return (Standing::OktaAlone, Some(because.clone()), None);
    }
    // The reason of what the catalogue sends says more than that of what it does not.
    let skipped = checks.iter().find(|check| !is_wizard(check));
    if let Some(skipped) = skipped.or(checks.first()) {
        let why = format!("Skipped: {}.", text::reason(skipped));
        return (Standing::NotRun, Some(why), Some(Hindrance::Skipped));
    }
    let why = if run.status == RunStatus::Complete {
        "No check that shows it was chosen."
    } else {
        "The run ended before a check that shows it, or none was chosen."
    };
    (
        Standing::NotRun,
        Some(why.to_owned()),
        Some(Hindrance::NotChosen),
    )
}

fn is_shown(check: &CheckResult) -> bool {
    matches!(check.verdict, Verdict::Pass | Verdict::Warn)
}

/// Whether a check that gates is broken; a waiver of it is the user's, not Okta's.
pub(super) fn is_broken(check: &CheckResult) -> bool {
    check.status == Status::Stable && matches!(check.verdict, Verdict::Fail | Verdict::Waived)
}

fn is_wizard(check: &CheckResult) -> bool {
    check.tags.iter().any(|tag| tag == WIZARD)
}
