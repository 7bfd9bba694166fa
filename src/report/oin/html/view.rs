//! What the page shows of what is missing and of the cases.

use super::super::super::conclusion;
use super::super::super::html::check::{anchor, visible};
use super::super::super::sanitize::{Shown, cut};
use super::super::account::Account;
use super::super::missing::Missing;
use super::super::standing::Standing;
use crate::record::{self, CheckResult, Verdict};

/// The name of the report with the checks, which lies beside this one.
const REPORT: &str = "report.html";
/// How many checks are named with one thing.
const CHECKS: usize = 12;
/// How many characters of what was expected and received are shown.
const EVIDENCE: usize = 240;

pub(super) struct MissingView<'a> {
    pub(super) what: String,
    pub(super) cure: String,
    pub(super) cases: Vec<Shown<'a>>,
    pub(super) checks: Vec<Link<'a>>,
    pub(super) more: usize,
}

/// A check, as a link into the report beside this one.
pub(super) struct Link<'a> {
    pub(super) href: String,
    pub(super) id: Shown<'a>,
    pub(super) class: &'static str,
    pub(super) symbol: &'static str,
    pub(super) word: &'static str,
}

pub(super) struct AreaView<'a> {
    pub(super) title: Shown<'a>,
    pub(super) tally: String,
    pub(super) cases: Vec<CaseView<'a>>,
}

pub(super) struct CaseView<'a> {
    pub(super) id: Shown<'a>,
    pub(super) class: &'static str,
    pub(super) symbol: &'static str,
    pub(super) words: &'static str,
    pub(super) statement: Shown<'a>,
    pub(super) why: Option<String>,
    pub(super) evidence: Option<EvidenceView>,
    pub(super) fix: Option<Shown<'a>>,
    pub(super) checks: Vec<Link<'a>>,
    pub(super) more: usize,
}

pub(super) struct EvidenceView {
    pub(super) at: String,
    pub(super) expected: String,
    pub(super) received: String,
}

impl<'a> MissingView<'a> {
    pub(super) fn of(missing: &'a Missing<'a>) -> Self {
        let (checks, more) = links(&missing.checks);
        Self {
            what: visible(&cut(&missing.what, 600)),
            cure: visible(&missing.cure),
            cases: missing.cases.iter().map(|case| Shown(case)).collect(),
            checks,
            more,
        }
    }
}

fn links<'a>(checks: &[&'a CheckResult]) -> (Vec<Link<'a>>, usize) {
    let links = checks.iter().take(CHECKS).map(|check| Link {
        href: format!("{REPORT}#{}", anchor(&check.id)),
        id: Shown(&check.id),
        class: check.verdict.word(),
        symbol: conclusion::symbol(check.verdict),
        word: check.verdict.word(),
    });
    (links.collect(), checks.len().saturating_sub(CHECKS))
}

impl<'a> AreaView<'a> {
    pub(super) fn of(title: &'a str, accounts: &[&'a Account<'a>]) -> Self {
        let passed = accounts
            .iter()
            .filter(|one| one.standing == Standing::Passed)
            .count();
        Self {
            title: Shown(title),
            tally: format!("{passed} of {} passed", accounts.len()),
            cases: accounts
                .iter()
                .map(|account| CaseView::of(account))
                .collect(),
        }
    }
}

impl<'a> CaseView<'a> {
    pub(super) fn of(account: &'a Account<'a>) -> Self {
        let told = account
            .decisive()
            .filter(|check| matches!(check.verdict, Verdict::Fail | Verdict::Waived));
        let (checks, more) = links(&account.checks);
        Self {
            id: Shown(account.short),
            class: account.standing.class(),
            symbol: account.standing.symbol(),
            words: account.standing.words(),
            statement: Shown(&account.case.statement),
            why: account.why.as_deref().map(|why| visible(&cut(why, 600))),
            evidence: told.and_then(|check| {
                let steps = check.steps.read();
                let broken = *record::broken(&steps).first()?;
                let one = broken.expectation;
                let shown = |text: &str| visible(&cut(text, EVIDENCE));
                Some(EvidenceView {
                    at: shown(&format!("{} of {}", one.at, broken.step.title)),
                    expected: shown(&one.expected),
                    received: shown(&one.received),
                })
            }),
            fix: told
                .map(|check| Shown(&check.fix))
                .filter(|fix| !fix.0.is_empty()),
            checks,
            more,
        }
    }
}
