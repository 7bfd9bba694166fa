use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CheckResult, Level, Run, Status, Verdict};

/// A catalogue of requirements that checks of a run cite, with those that none of them cites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Catalogue {
    /// Its id: `RFC7644`.
    pub id: String,
    /// Where it is from, for people.
    pub title: String,
    /// That on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its sections, in its order.
    pub sections: Vec<CatalogueSection>,
}

/// A section of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CatalogueSection {
    /// What the catalogue calls it: `3.4.2`, `create users`; empty if it has none.
    pub name: String,
    /// The clause, for people: `RFC 7644 §3.4.2`.
    pub clause: String,
    /// The clause on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its requirements, in its order.
    pub requirements: Vec<CatalogueRequirement>,
}

/// A requirement of a catalogue, cited or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CatalogueRequirement {
    /// Its id: `RFC7644-3.3-11`.
    pub id: String,
    /// How binding it is.
    pub level: Level,
    /// What it demands, in one sentence.
    pub statement: String,
    /// Whether a check is expected to cite it.
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    pub testable: bool,
    /// Why no check can cite it, if that is written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Its place on the web, where that is not the section's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

const fn yes() -> bool {
    true
}

/// What a run says of one requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct RequirementVerdict<'a> {
    /// The worst verdict of its checks. A skipped check says nothing: it counts only where all are skipped. What a
    /// preview or deprecated check found is a warning, since it never gates.
    pub verdict: Verdict,
    /// The checks that cite it, the worst first, and then in the order of the run.
    pub checks: Vec<&'a CheckResult>,
}

impl Catalogue {
    /// All its requirements.
    pub fn requirements(&self) -> impl Iterator<Item = &CatalogueRequirement> {
        let sections = self.sections.iter();
        sections.flat_map(|section| &section.requirements)
    }
}

impl Run {
    /// What the run says of each requirement that some of its checks cite, by the requirement's id.
    pub fn requirement_verdicts(
        &self,
        counts: impl Fn(&CheckResult) -> bool,
    ) -> BTreeMap<&str, RequirementVerdict<'_>> {
        let mut found: BTreeMap<&str, Vec<&CheckResult>> = BTreeMap::new();
        for check in self.checks.iter().filter(|check| counts(check)) {
            for requirement in &check.requirements {
                let checks = found.entry(&requirement.id).or_default();
                // A check may cite one twice.
                if checks.last().is_none_or(|last| last.id != check.id) {
                    checks.push(check);
                }
            }
        }
        let judged = found.into_iter().filter_map(|(id, mut checks)| {
            checks.sort_by_key(|check| rank(counted(check)));
            let verdict = counted(checks.first()?);
            Some((id, RequirementVerdict { verdict, checks }))
        });
        judged.collect()
    }
}

/// What a check's verdict counts as.
fn counted(check: &CheckResult) -> Verdict {
    match check.verdict {
        Verdict::Fail if check.status != Status::Stable => Verdict::Warn,
        verdict => verdict,
    }
}

/// The worst first.
const fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Fail => 0,
        Verdict::Inconclusive => 1,
        Verdict::Warn => 2,
        Verdict::Waived => 3,
        Verdict::Pass => 4,
        Verdict::Skip => 5,
    }
}
