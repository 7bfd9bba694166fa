//! What the doctor found, as versioned data.

use schemars::JsonSchema;
use serde::Serialize;

use crate::record::{FormatVersion, Target};

/// The version of the diagnosis's format: minor versions only add optional members.
pub const FORMAT: FormatVersion = FormatVersion { major: 1, minor: 0 };

/// What the doctor found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Diagnosis {
    /// The format of this document.
    pub format: FormatVersion,
    /// The version of scimitar that wrote it.
    pub scimitar: String,
    /// When the examination began (RFC 3339, UTC).
    pub started: String,
    /// How long it took, in microseconds.
    pub duration_us: u64,
    /// The target.
    pub target: Target,
    /// Whether it can be tested.
    pub reach: Reach,
    /// Whether Okta would accept the connection.
    pub okta: Connection,
    /// What was found, in the order of the examination.
    pub findings: Vec<Finding>,
    /// The SCIM version that the target speaks, `2.0` or `1.1`, where its answers tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scim: Option<String>,
    /// What the target says that it can do.
    pub capabilities: Vec<String>,
    /// Its certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
    /// How far the target's clock is ahead of this one's, in seconds; negative when it is behind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_skew_s: Option<i64>,
    /// How long things take.
    pub latency: Latency,
    /// The suites that would run with the settings in force.
    pub suites: Vec<SuitePlan>,
}

/// Whether a target can be tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Reach {
    /// It answers, and takes the credentials.
    Reached,
    /// It does not answer.
    Unreachable,
    /// It refuses the credentials, or the token endpoint gives none.
    Refused,
}

/// Whether Okta would accept the connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// The answer.
    pub accepts: Accepts,
    /// Why; with `yes`, what has to be minded.
    pub reasons: Vec<String>,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Accepts {
    /// Yes.
    Yes,
    /// As soon as the target is where Okta's cloud reaches it, by a certificate that it trusts.
    NotYet,
    /// No.
    No,
    /// It can't be told.
    Unknown,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What was looked at; it never changes its meaning.
    pub id: &'static str,
    /// Where it belongs.
    pub section: Section,
    /// What came of it.
    pub status: Status,
    /// What was found, in one sentence.
    pub text: String,
    /// What to do; every problem has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// Whether Okta could not connect for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blocks_connection: bool,
}

/// What came of a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// As it should be.
    Ok,
    /// Okta, or its review of integrations, would refuse it.
    Problem,
    /// Worth knowing.
    Remark,
    /// It can't be judged; the text says why.
    Unjudged,
}

/// A group of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Section {
    /// The base URL, as it is written.
    BaseUrl,
    /// Name, TCP, TLS.
    Connection,
    /// Who is let in.
    Authentication,
    /// Okta's probes.
    Okta,
    /// The features of Okta's Provisioning tab.
    Features,
    /// The SCIM version.
    Version,
    /// Media types.
    MediaTypes,
    /// What the target says of itself.
    Discovery,
    /// Clock, latency, limits of the rate.
    Time,
    /// What would run.
    Suites,
    /// What former runs left.
    Leftovers,
}

impl Section {
    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::BaseUrl => "Base URL",
            Self::Connection => "Connection",
            Self::Authentication => "Authentication",
            Self::Okta => "Okta's probes",
            Self::Features => "Provisioning tab",
            Self::Version => "SCIM version",
            Self::MediaTypes => "Media types",
            Self::Discovery => "Discovery",
            Self::Time => "Clock and speed",
            Self::Suites => "What would run",
            Self::Leftovers => "Left-overs",
        }
    }
}

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    /// Whom it is for.
    pub subject: String,
    /// Who made it.
    pub issuer: String,
    /// The host names and addresses that it is for.
    pub names: Vec<String>,
    /// From when on it is valid, in seconds since 1970.
    pub not_before_s: i64,
    /// Until when it is valid, in seconds since 1970.
    pub not_after_s: i64,
}

/// How long things take, in microseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Latency {
    /// Name, TCP and TLS together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_connect_us: Option<u64>,
    /// The median of some reads of `/Users`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_p50_us: Option<u64>,
    /// How many reads these were.
    pub reads: usize,
}

/// A suite that would run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SuitePlan {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many of its checks would run, each row of a table by itself.
    pub runs: usize,
    /// How many would be skipped.
    pub skipped: usize,
    /// Why, the most frequent reason first.
    pub reasons: Vec<SkipReason>,
}

/// Why checks would be skipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkipReason {
    /// Why.
    pub reason: String,
    /// How many.
    pub checks: usize,
}

impl Finding {
    pub(super) fn new(
        id: &'static str,
        section: Section,
        status: Status,
        text: impl Into<String>,
    ) -> Self {
        Self {
            id,
            section,
            status,
            text: text.into(),
            remedy: None,
            blocks_connection: false,
        }
    }

    /// With what to do.
    pub(super) fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// As something for which Okta could not connect.
    pub(super) const fn blocking(mut self) -> Self {
        self.blocks_connection = true;
        self
    }
}

impl Diagnosis {
    /// Whether there is a problem.
    pub fn has_problem(&self) -> bool {
        self.count(Status::Problem) > 0
    }

    /// How many findings have this status.
    pub fn count(&self, status: Status) -> usize {
        let findings = self.findings.iter();
        findings.filter(|finding| finding.status == status).count()
    }

    /// With every text that a target or a file had a hand in passed through this.
    pub(super) fn map_texts(&mut self, clean: impl Fn(&str) -> String) {
        let mut texts: Vec<&mut String> = vec![&mut self.target.url];
        for finding in &mut self.findings {
            texts.push(&mut finding.text);
            texts.extend(&mut finding.remedy);
        }
        texts.extend(&mut self.okta.reasons);
        texts.extend(&mut self.capabilities);
        if let Some(certificate) = &mut self.certificate {
            texts.extend([&mut certificate.subject, &mut certificate.issuer]);
            texts.extend(&mut certificate.names);
        }
        for suite in &mut self.suites {
            texts.extend(suite.reasons.iter_mut().map(|skip| &mut skip.reason));
        }
        for text in texts {
            *text = clean(text);
        }
    }
}
