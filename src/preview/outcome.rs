//! What a preview came to, as versioned data.

use schemars::JsonSchema;
use serde::Serialize;

use super::decide::Decision;
use super::matching::Class;
pub use super::notable::{Kind, Notable, Record};
use super::person::Field;
use super::safeguard::Safeguard;
use crate::record::{FormatVersion, Target};

/// The version of the format: minor versions only add optional members.
pub const FORMAT: FormatVersion = FormatVersion { major: 1, minor: 0 };

/// What a preview came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// The format of this document.
    pub format: FormatVersion,
    /// The version of scimitar that wrote it.
    pub scimitar: String,
    /// When it began (RFC 3339, UTC).
    pub started: String,
    /// How long it took, in microseconds.
    pub duration_us: u64,
    /// The target.
    pub target: Target,
    /// The SCIM version that was asked in, `2.0` or `1.1`.
    pub scim: &'static str,
    /// What makes a match exact.
    pub exact_match: String,
    /// Whether equal first and last names are a partial match.
    pub partial_match: bool,
    /// What the import reads of the users.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub users: Option<Listing>,
    /// What it reads of the groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Listing>,
    /// How many active users are imported.
    pub active: u64,
    /// How many users lack what Okta reads.
    pub missing: Vec<Missing>,
    /// How many Okta users they were compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub okta_users: Option<u64>,
    /// How many users are of each class; empty without a list of Okta's users.
    pub classes: Vec<OfClass>,
    /// How many users lack what a criterion of an exact match needs.
    pub unmatchable: Vec<Criterion>,
    /// How many users Okta would do what with.
    pub decisions: Vec<Decided>,
    /// What changed since the import before, as Okta counts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
    /// How near the import comes to the safeguard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub safeguard: Option<Safeguard>,
    /// How long an import takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Records worth a look.
    pub notable: Vec<Notable>,
}

impl Preview {
    /// Whether the import would fail, lose somebody, or be stopped.
    pub fn has_problem(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|finding| finding.status == Status::Problem)
    }
}

/// What an import reads of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Listing {
    /// Requests that Okta would send.
    pub requests: u64,
    /// Further requests that looked for what these don't show.
    pub looks: u64,
    /// `totalResults`, the last that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_results: Option<u64>,
    /// Resources in Okta's pages, repeated ones too.
    pub read: u64,
    /// Different ones among them.
    pub distinct: u64,
    /// How many are there, and are lost by the paging.
    pub lost: u64,
    /// Pages with fewer resources than were asked for and are there.
    pub short_pages: u64,
}

/// How many users lack something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Missing {
    /// What.
    pub field: Field,
    /// How many.
    pub users: u64,
}

/// How many users are of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfClass {
    /// The class.
    pub class: Class,
    /// How many.
    pub users: u64,
}

/// How many users lack what a criterion needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Criterion {
    /// The criterion.
    pub criterion: String,
    /// How many.
    pub users: u64,
}

/// How many users a decision is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Decided {
    /// The decision.
    pub decision: Decision,
    /// How many.
    pub users: u64,
}

/// What changed since the import before, as Okta counts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// When the import before was (RFC 3339, UTC).
    pub since: String,
    /// Active users that were read.
    pub scanned: u64,
    /// Those that were not known as active before.
    pub new: u64,
    /// Those that are changed.
    pub updated: u64,
    /// Those that are not.
    pub unchanged: u64,
    /// Those that were known as active, and no longer are.
    pub removed: u64,
}

/// How long an import takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Estimate {
    /// How many requests it needs, one after the other.
    pub requests: u64,
    /// The median of the requests that were sent, in microseconds.
    pub median_us: u64,
    /// The slowest of them, in microseconds.
    pub slowest_us: u64,
    /// What an import takes with the median, in microseconds.
    pub import_us: u64,
    /// The most frequent schedule into whose interval it fits four times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortest_schedule: Option<&'static str>,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What was looked at; it never changes its meaning.
    pub id: &'static str,
    /// What came of it.
    pub status: Status,
    /// What was found, in a sentence or two.
    pub text: String,
    /// What to do; every problem has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

/// What came of a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// As it should be.
    Ok,
    /// The import would fail, lose somebody, or be stopped.
    Problem,
    /// Worth knowing.
    Remark,
}
