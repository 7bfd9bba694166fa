//! What a run says of a case of the test plan.

/// What a run says of a case of the test plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// A check that shows it fails.
    Failed,
    /// No check showed it: skipped, not judged, or not chosen.
    NotRun,
    /// Checks showed a part of it.
    Partly,
    /// Checks showed it.
    Passed,
    /// It is a property of Okta alone: no server can break it.
    OktaAlone,
}

impl Standing {
    /// All, in the order in which counts are listed.
    pub const ALL: [Self; 5] = [
        Self::Passed,
        Self::Partly,
        Self::Failed,
        Self::NotRun,
        Self::OktaAlone,
    ];

    /// The words that both formats use.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::NotRun => "not run",
            Self::Partly => "partly shown",
            Self::Passed => "passed",
            Self::OktaAlone => "Okta alone",
        }
    }

    /// A symbol that says the same without colour.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Failed => "✗",
            Self::NotRun => "?",
            Self::Partly => "◐",
            Self::Passed => "✓",
            Self::OktaAlone => "–",
        }
    }

    /// The class of its colour, which the report has for verdicts.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Failed => "fail",
            Self::NotRun => "inconclusive",
            Self::Partly => "waived",
            Self::Passed => "pass",
            Self::OktaAlone => "skip",
        }
    }
}
