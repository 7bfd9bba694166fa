use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::record::{CatalogueRequirement, CatalogueSection, Level, RequirementVerdict, Verdict};
use crate::suite::Requirement;

/// A requirement, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CoveredRequirement {
    /// Its id: `RFC7644-3.3-11`.
    pub id: String,
    /// How binding it is.
    pub level: Level,
    /// What it demands, in one sentence.
    pub statement: String,
    /// The clause, for people: `RFC 7644 §3.3`.
    pub clause: String,
    /// The clause on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What a target must have for it to apply, as the catalogue calls it: `cursor`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// How the catalogue says that it can be tested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// Whether it is covered.
    pub standing: Standing,
    /// Why no check can cite it, if that is written down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The checks that cite it, `suite/check`.
    pub checks: Vec<String>,
    /// What the run says of it; absent without a run, and where no check cites it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<InRun>,
    /// The run's checks that cite it, the worst first; empty without a run.
    pub judged: Vec<Judged>,
}

/// Whether a requirement is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// A check cites it.
    Cited,
    /// It is testable, no check cites it, and a reason is written down.
    Excused,
    /// It can't be tested from outside, or needs no check of its own.
    Untestable,
    /// It is testable, no check cites it, and no reason is written down.
    Uncovered,
}

/// What a run says of a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InRun {
    /// The server does what its checks demand.
    Pass,
    /// A check failed.
    Fail,
    /// A check warned, or a preview or deprecated check failed.
    Warn,
    /// All checks were skipped.
    Skip,
    /// A check could not be judged.
    Inconclusive,
    /// A check failed and is waived.
    Waived,
    /// Checks cite it, and none of them ran.
    NotRun,
}

/// A check of a run, and its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Judged {
    /// The check's id, `suite/check` or `suite/check/row`.
    pub check: String,
    /// Its verdict.
    pub verdict: Verdict,
}

impl InRun {
    /// The word that every output uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => Verdict::Pass.word(),
            Self::Fail => Verdict::Fail.word(),
            Self::Warn => Verdict::Warn.word(),
            Self::Skip => Verdict::Skip.word(),
            Self::Inconclusive => Verdict::Inconclusive.word(),
            Self::Waived => Verdict::Waived.word(),
            Self::NotRun => "not run",
        }
    }

    /// Whether it is worth telling of by itself: neither passed nor left out.
    pub const fn is_finding(self) -> bool {
        matches!(
            self,
            Self::Fail | Self::Warn | Self::Inconclusive | Self::Waived
        )
    }
}

impl From<Verdict> for InRun {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pass => Self::Pass,
            Verdict::Fail => Self::Fail,
            Verdict::Warn => Self::Warn,
            Verdict::Skip => Self::Skip,
            Verdict::Inconclusive => Self::Inconclusive,
            Verdict::Waived => Self::Waived,
        }
    }
}

/// What a run says of each requirement.
pub(super) type Said<'a> = BTreeMap<&'a str, RequirementVerdict<'a>>;

impl CoveredRequirement {
    pub(super) fn of(
        row: CatalogueRequirement,
        section: &CatalogueSection,
        known: Option<&Requirement>,
        checks: Vec<String>,
        said: Option<&Said<'_>>,
    ) -> Self {
        let judged = said.and_then(|said| said.get(row.id.as_str()));
        let standing = match (&row.reason, row.testable) {
            _ if !checks.is_empty() || judged.is_some() => Standing::Cited,
            (_, false) => Standing::Untestable,
            (Some(_), true) => Standing::Excused,
            (None, true) => Standing::Uncovered,
        };
        let verdict = match judged {
            Some(judged) => Some(judged.verdict.into()),
            None => (said.is_some() && standing == Standing::Cited).then_some(InRun::NotRun),
        };
        Self {
            id: row.id,
            level: row.level,
            statement: row.statement,
            clause: section.clause.clone(),
            url: row.url.or_else(|| section.url.clone()),
            condition: known.and_then(|known| known.condition.clone()),
            how: known.and_then(|known| known.how.clone()),
            standing,
            reason: row.reason,
            checks,
            verdict,
            judged: judged.map_or_else(Vec::new, |judged| {
                let checks = judged.checks.iter().map(|check| Judged {
                    check: check.id.clone(),
                    verdict: check.verdict,
                });
                checks.collect()
            }),
        }
    }
}
