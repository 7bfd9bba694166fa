//! What a proof found, as data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::record::Verdict;

/// The version of the format.
pub const FORMAT: &str = "scimitar-proof/1.0";

/// What a proof found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// Says what this is, and in which version.
    pub format: String,
    /// The checks, in the order of their suites.
    pub checks: Vec<CheckProof>,
    /// The faults that were tried, in the order of the registry.
    pub faults: Vec<FaultProof>,
    /// The lawful variations that were tried.
    pub variations: Vec<VariationProof>,
    /// What is wrong; nothing if all is proved.
    pub problems: Vec<Problem>,
}

/// A check, and what it catches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckProof {
    /// `suite/check`
    pub id: String,
    /// The faults that make it fail or warn.
    pub catches: Vec<String>,
}

/// A fault, and what catches it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FaultProof {
    /// Its id.
    pub id: String,
    /// What the server does wrong.
    pub title: String,
    /// What part of the protocol it is about.
    pub area: String,
    /// The requirement that it breaks.
    pub requirement: String,
    /// The checks that fail or warn, `suite/check`. Those that name it were tried; all, if none does.
    pub caught_by: Vec<String>,
    /// Why nothing can be tested with it, if that is so: `scimitar run` ends before its first check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preflight: Option<String>,
}

/// A lawful variation, and the checks that stumble over it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct VariationProof {
    /// Its id.
    pub id: String,
    /// What the server does.
    pub title: String,
    /// The checks that do not pass, and are not meant to ask for more than the standard.
    pub trips: Vec<Tripped>,
    /// The checks that do not pass, and say so: they ask for more than the standard.
    pub beyond: Vec<String>,
}

/// A check that did not pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Tripped {
    /// `suite/check` or `suite/check/row`.
    pub check: String,
    /// What came out.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
}

/// Something that keeps the suites from being proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// What kind of problem.
    pub kind: ProblemKind,
    /// The check, fault or variation that it is about.
    pub about: String,
    /// In one line.
    pub message: String,
}

/// What can be wrong.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// A check does not pass where nothing is wrong.
    Clean,
    /// A check that nothing makes fail.
    CatchesNothing,
    /// A check that names a fault which does not make it fail.
    Untrue,
    /// A fault that nothing catches.
    Uncaught,
    /// A lawful variation that a check fails on.
    FalseAlarm,
    /// A check that says that it asks for more than a variation gives, and does not.
    Stale,
    /// A trial that could not be made.
    Untried,
}
