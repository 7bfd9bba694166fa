use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Exchange, Level, Location, LogEvent, Operation, Status, Steps, Verdict};

/// What came out of one check, with all that a report needs to explain it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckResult {
    /// `suite/check`, or `suite/check/row` for a row of a matrix. Stable for ever.
    pub id: String,
    /// The suite's id.
    pub suite: String,
    /// One sentence: what the server is required to do.
    pub title: String,
    /// How binding it is.
    pub level: Level,
    /// Where the check is in its life; only `stable` gates.
    #[serde(default)]
    pub status: Status,
    /// Free words to select by, such as `okta-required`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What it cites.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<Arc<RequirementRef>>,
    /// Why it matters to an integration.
    pub why: String,
    /// How to mend it.
    pub fix: String,
    /// The check in its suite file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// What the run says.
    pub verdict: Verdict,
    /// Why, in one line: for every verdict but `pass`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What its failure has in common with others; see [`Cause`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// When it started, in microseconds after the start of the run.
    pub started_us: u64,
    /// How long it took, in microseconds.
    pub duration_us: u64,
    /// The steps that ran, in order; `given` and clean-up are steps of their own.
    #[serde(default, skip_serializing_if = "Steps::is_empty")]
    pub steps: Steps,
    /// What Okta's System Log would say of the operations that were replayed, in order. It is simulated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub system_log: Vec<LogEvent>,
}

/// A requirement as a check cites it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequirementRef {
    /// `RFC7644-3.3-11`, `OKTA-SPEC20-08` …
    pub id: String,
    /// In one sentence.
    pub statement: String,
    /// The clause, for people: `RFC 7644 §3.3`.
    pub clause: String,
    /// The clause on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What failures and inconclusive checks have in common. Reports group by it: one defect, one headline.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Cause {
    /// Equal for the checks of one group. Made from facts (`given user: POST /Users 400`), never random.
    pub id: String,
    /// One line for people.
    pub title: String,
    /// Whether the check could not be judged because of the cause, rather than being the failure itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blocked: bool,
}

/// One step of a check: its exchanges and what was demanded of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StepResult {
    /// What the step does, in a few words: its `name`, or `POST /Users`.
    pub title: String,
    /// The step in its suite file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// The check whose exchange it shows, where that broke what must always hold; absent for steps of the check itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_in: Option<String>,
    /// Why it did not run, if it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<String>,
    /// The operation of Okta that its requests belong to; absent where they are none of Okta's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<Operation>,
    /// All exchanges of the step, in order of sending: one as a rule, more for polls, pages, races and retries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<Exchange>,
    /// What services sent to the target because of the step, such as an Okta org that was told to assign somebody; in
    /// order of sending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caused: Vec<Caused>,
    /// What was demanded, each on its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expectations: Vec<ExpectationResult>,
    /// What the step took from the response for later steps.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub captures: BTreeMap<String, Value>,
    /// For a polled step: how long it took until the expectations held, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub converged_us: Option<u64>,
    /// Traits of the server that the step saw.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<TraitSeen>,
}

/// What a service sent to the target because of a step, and what came back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Caused {
    /// The service, by the name that the suite gives it: `okta-org`.
    pub by: String,
    /// The exchange.
    pub exchange: Exchange,
    /// Why the service did not go on after it, in one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// One expectation and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExpectationResult {
    /// What is looked at: `status`, `header Location`, `$.totalResults`, `error`, `time` …
    pub at: String,
    /// What was expected, for people: `409`, `a non-empty string`.
    pub expected: String,
    /// What was received, for people, cut to a readable length.
    pub received: String,
    /// Whether it held.
    pub outcome: Outcome,
    /// How binding it is: a broken `should` warns.
    pub level: Level,
    /// What is wrong, in one line, when it did not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The smallest difference, one line each, prefixed by `-` (expected) or `+` (received).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diff: Vec<String>,
    /// Which exchange of the step it judged, from 0; absent when it judged all of them together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<usize>,
    /// The line of the suite file that demands it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// Whether an expectation held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It held.
    Pass,
    /// It did not.
    Fail,
    /// It did not, and it is one that warns only.
    Warn,
    /// It could not be judged, since there was no response or an earlier expectation took its ground away.
    Unjudged,
}

/// A lawful choice that the server was seen to make.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct TraitSeen {
    /// What the choice is about: `patch-answer`.
    pub name: String,
    /// What was seen: `204 without a body`.
    pub value: String,
}

impl StepResult {
    /// The step's exchanges, and then those that services had with the target because of it.
    pub fn all_exchanges(&self) -> impl Iterator<Item = &Exchange> {
        let caused = self.caused.iter().map(|caused| &caused.exchange);
        self.exchanges.iter().chain(caused)
    }
}
