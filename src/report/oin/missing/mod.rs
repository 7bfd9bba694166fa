//! What is missing, in the order in which to mend it, each with its cure.

mod causes;
mod connection;
mod gaps;

use super::account::Account;
use super::counts::listed;
use super::feature::Tick;
use super::suites::Result;
use crate::record::{CheckResult, Run, TestPlan};

/// How many ids a sentence names.
const NAMED: usize = 12;

/// Something that is missing.
#[derive(Debug)]
pub(super) struct Missing<'a> {
    /// What, in one line.
    pub(super) what: String,
    /// What to do.
    pub(super) cure: String,
    /// The cases of the plan that it keeps from being shown, by their short ids.
    pub(super) cases: Vec<&'a str>,
    /// The checks that say so.
    pub(super) checks: Vec<&'a CheckResult>,
}

impl Missing<'_> {
    fn new(what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            cure: cure.into(),
            cases: Vec::new(),
            checks: Vec::new(),
        }
    }
}

/// All that is missing: the connection first, then what Okta's tests say, then what was not shown.
pub(super) fn missing<'a>(
    run: &'a Run,
    plan: &'a TestPlan,
    results: &[Result<'_>],
    accounts: &[Account<'a>],
    ticks: &[Tick<'a>],
) -> Vec<Missing<'a>> {
    let mut all = connection::about_the_run(run);
    all.extend(connection::about_the_connection(run));
    all.extend(gaps::tests_not_run(results));
    all.extend(causes::broken(run, plan));
    all.extend(causes::unjudged(run, plan));
    all.extend(gaps::incomplete(results));
    all.extend(gaps::not_shown(accounts));
    all.extend(gaps::features_in_part(ticks));
    all
}

/// The cases in a line.
pub(super) fn cases_line(cases: &[&str]) -> String {
    listed(cases.iter().copied(), NAMED)
}
