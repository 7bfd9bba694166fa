//! What would run with the settings in force.

use super::{ok, remark, unjudged};
use crate::doctor::diagnosis::{Finding, Reach, Section, SuitePlan};
use crate::doctor::facts::Facts;

const HERE: Section = Section::Suites;
/// How many reasons are told.
const REASONS: usize = 3;

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let suites = match &facts.suites {
        Ok(suites) => suites,
        Err(why) if facts.users.answer().is_none() => {
            return vec![unjudged("suites", HERE, why)];
        }
        Err(why) => {
            let remedy = "scimitar list shows what there is";
            return vec![remark("suites", HERE, why).remedy(remedy)];
        }
    };
    let total: usize = suites.iter().map(|suite| suite.runs).sum();
    let skipped: usize = suites.iter().map(|suite| suite.skipped).sum();
    let text = format!("in all {total} checks would run, and {skipped} would be skipped");
    let mut findings: Vec<Finding> = suites.iter().map(suite).collect();
    findings.push(ok("suites.total", HERE, text));
    if super::reach(facts) != Reach::Reached {
        let text = "a run would end before its first check: the target can't be tested";
        findings.push(unjudged("suites", HERE, text));
    }
    findings
}

fn suite(suite: &SuitePlan) -> Finding {
    let plural = if suite.runs == 1 { "" } else { "s" };
    let mut text = format!("{}: {} check{plural}", suite.id, suite.runs);
    if suite.skipped > 0 {
        let told: Vec<String> = suite
            .reasons
            .iter()
            .take(REASONS)
            .map(|skip| format!("{}: {}", skip.checks, skip.reason))
            .collect();
        let more = suite.reasons.len().saturating_sub(REASONS);
        let more = if more > 0 {
            format!("; {more} more reasons")
        } else {
            String::new()
        };
        text = format!(
            "{text}, {} skipped ({}{more})",
            suite.skipped,
            told.join("; ")
        );
    }
    if suite.runs == 0 {
        remark("suites", HERE, text)
    } else {
        ok("suites", HERE, text)
    }
}
