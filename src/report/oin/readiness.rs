//! Whether an integration is ready, and all that belongs to the answer.

use super::account::{Account, accounts};
use super::counts::some;
use super::feature::{Tick, ticks};
use super::form::{Field, fields};
use super::missing::{Missing, missing};
use super::standing::Standing;
use super::suites::{Result, results};
use crate::record::{Run, TestPlan};

/// The id of the test plan of the Okta Integration Network.
const PLAN: &str = "OKTA-QA";

/// What a run says of an integration on its way into the Okta Integration Network.
#[derive(Debug)]
pub struct Readiness<'a> {
    pub(super) plan: &'a TestPlan,
    pub(super) results: Vec<Result<'a>>,
    pub(super) missing: Vec<Missing<'a>>,
    pub(super) fields: Vec<Field>,
    accounts: &'a [Account<'a>],
    pub(super) ticks: Vec<Tick<'a>>,
}

/// The test plan of the Okta Integration Network, if the record has it: if a suite of the run is about it.
pub fn plan_of(run: &Run) -> Option<&TestPlan> {
    run.plans.iter().find(|plan| plan.id == PLAN)
}

/// Assesses a run and hands the result over; nothing where the record has no plan.
pub fn assess<T>(run: &Run, then: impl FnOnce(&Readiness<'_>) -> T) -> Option<T> {
    let plan = plan_of(run)?;
    let accounts = accounts(run, plan);
    let results = results(run, plan, &accounts);
    let ticks = ticks(&accounts);
    let missing = missing(run, plan, &results, &accounts, &ticks);
    Some(then(&Readiness {
        plan,
        fields: fields(run, &results),
        results,
        missing,
        accounts: &accounts,
        ticks,
    }))
}

impl<'a> Readiness<'a> {
    /// Whether nothing is missing.
    pub fn is_ready(&self) -> bool {
        self.missing.is_empty()
    }

    /// What is missing, in the order in which to mend it, each in one line.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.missing.iter().map(|missing| missing.what.as_str())
    }

    /// `ready` or `not ready`.
    pub fn words(&self) -> &'static str {
        if self.is_ready() {
            "ready"
        } else {
            "not ready"
        }
    }

    /// All cases of the plan, in its order.
    pub fn accounts(&self) -> &[Account<'a>] {
        self.accounts
    }

    /// The answer in one sentence.
    pub fn sentence(&self) -> String {
        let yours = self.count(Standing::Partly) + self.count(Standing::OktaAlone);
        match self.missing.as_slice() {
            [] => format!(
                "Nothing that a run can show is missing; {} of the test plan {} yours to look at.",
                some(yours, "case", "cases"),
                if yours == 1 { "is" } else { "are" }
            ),
            [only] => format!("One thing is missing: {}.", only.what),
            [first, ..] => {
                format!(
                    "{} things are missing. The first: {}.",
                    self.missing.len(),
                    first.what
                )
            }
        }
    }

    /// How many cases stand so.
    pub fn count(&self, standing: Standing) -> usize {
        self.accounts
            .iter()
            .filter(|one| one.standing == standing)
            .count()
    }

    /// The counts of all standings, with what they count.
    pub(super) fn counts(&self) -> Vec<(Standing, usize)> {
        let all = Standing::ALL
            .iter()
            .map(|standing| (*standing, self.count(*standing)));
        all.filter(|(_, count)| *count > 0).collect()
    }

    /// The cases by the parts of the plan, in its order.
    pub(super) fn areas(&self) -> Vec<(&'a str, Vec<&Account<'a>>)> {
        let mut areas: Vec<(&str, Vec<&Account<'a>>)> = Vec::new();
        for account in self.accounts {
            let area = account.case.area.as_str();
            match areas.iter_mut().find(|(known, _)| *known == area) {
                Some((_, cases)) => cases.push(account),
                None => areas.push((area, vec![account])),
            }
        }
        areas
    }

    /// The cases of which a part remains for a person to look at.
    pub(super) fn yours(&self) -> Vec<(&Account<'a>, &'a str)> {
        let partly = self
            .accounts
            .iter()
            .filter(|one| one.standing == Standing::Partly);
        partly
            .filter_map(|one| Some((one, one.case.remains.as_deref()?)))
            .collect()
    }
}
