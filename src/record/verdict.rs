use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a run says of one check.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The server does what the check demands.
    Pass,
    /// The server breaks what the check demands.
    Fail,
    /// A `should` is broken, or a demand that judges more than the server (a response time).
    Warn,
    /// The target doesn't offer what the check is about; the reason says what.
    Skip,
    /// It could not be judged; the reason says why.
    Inconclusive,
    /// It failed, and a waiver that is still valid accepts it.
    Waived,
}

impl Verdict {
    /// All verdicts, in the order in which reports list them.
    pub const ALL: [Self; 6] = [
        Self::Fail,
        Self::Inconclusive,
        Self::Warn,
        Self::Waived,
        Self::Skip,
        Self::Pass,
    ];

    /// The word that every output uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Warn => "warn",
            Self::Skip => "skip",
            Self::Inconclusive => "inconclusive",
            Self::Waived => "waived",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// How binding a requirement is, and so the checks that cite it (RFC 2119).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A breach is a `fail`.
    Must,
    /// A breach is a `warn`.
    Should,
    /// A breach is a `warn`; the check is informative.
    May,
}

impl Level {
    /// The word that every output uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::May => "may",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// Where a check is in its life.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Reports, but never gates.
    Preview,
    /// Gates.
    #[default]
    Stable,
    /// Reports, never gates, and will go.
    Deprecated,
}

impl Status {
    /// The word that every output uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Preview => "preview",
            Self::Stable => "stable",
            Self::Deprecated => "deprecated",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
