use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Operation;

/// An event as an administrator of Okta would find it in the System Log, computed from the exchanges of a replayed
/// operation. It is simulated: no Okta org was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LogEvent {
    /// What was replayed.
    pub operation: Operation,
    /// Okta's event type: `application.provision.user.push`.
    pub event_type: String,
    /// What the System Log calls the event.
    pub display_message: String,
    /// Whether the operation succeeded, as Okta's client sees it. The check may judge otherwise.
    pub outcome: LogOutcome,
    /// The reason that stands beside the outcome; absent when Okta shows none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The sentence on the page for tasks, groups or the connection, which frames the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The event's severity.
    pub severity: LogSeverity,
    /// The name of the user or group that it is about, or its id if no name was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// What the answer held, or what happened, that the administrator does not see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<String>,
    /// What Okta does next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// What the event's type, outcome and texts rest on.
    pub basis: Basis,
    /// When the last request of the operation was over, in microseconds after the start of the run.
    pub at_us: u64,
}

/// Whether an operation succeeded, as Okta's client sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum LogOutcome {
    /// It did.
    Success,
    /// It did not.
    Failure,
}

/// The severity of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum LogSeverity {
    /// Nothing to do.
    Info,
    /// It may mend itself.
    Warn,
    /// Somebody has to act.
    Error,
}

/// What a simulated event rests on, from the firmest to the weakest.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Okta's own documentation or support articles.
    Documented,
    /// Logs and messages that others have published.
    Reported,
    /// Scimitar's conclusion from these; Okta may word it otherwise.
    Derived,
}

impl LogOutcome {
    /// The word that Okta uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Success => "SUCCESS",
            Self::Failure => "FAILURE",
        }
    }
}

impl LogSeverity {
    /// The word that Okta uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "INFO",
            Self::Warn => "WARN",
            Self::Error => "ERROR",
        }
    }
}

impl Basis {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Reported => "reported",
            Self::Derived => "derived",
        }
    }
}

impl fmt::Display for LogOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
