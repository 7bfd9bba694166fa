use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    AttributeTable, Catalogue, CheckResult, Connection, Event, FORMAT, FormatError, FormatVersion,
    Leftover, Status, TestPlan, Verdict,
};

/// One run of scimitar: its record. `run.json` is this, and every report is a function of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// The version of this format.
    pub format: FormatVersion,
    /// The run's id: sortable by time, unique.
    pub id: String,
    /// What everything that the run creates carries in its names.
    pub tag: String,
    /// What generated data was drawn from; `--seed` repeats it.
    pub seed: u64,
    /// What ran.
    pub tool: Tool,
    /// When it started (RFC 3339, UTC).
    pub started: String,
    /// How long it took, in microseconds; 0 while it runs.
    pub duration_us: u64,
    /// Whether it came to its end.
    pub status: RunStatus,
    /// What was tested.
    pub target: Target,
    /// What was chosen.
    pub selection: Selection,
    /// The suites that the checks are from, in order.
    pub suites: Vec<SuiteInfo>,
    /// The results, in the order of the plan, whatever the order of completion.
    pub checks: Vec<CheckResult>,
    /// What becomes of the attributes that Okta sends, a table for each SCIM version; empty when nobody asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<AttributeTable>,
    /// Lawful choices that the server was seen to make: name → value → the checks that saw it.
    #[serde(default)]
    pub traits: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
    /// What else is worth knowing: rate limits met, discovery that is missing …
    #[serde(default)]
    pub notes: Vec<Note>,
    /// What could not be removed from the target.
    #[serde(default)]
    pub leftovers: Vec<Leftover>,
    /// The test plans that the suites are about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<TestPlan>,
    /// The catalogues that the checks of the plan cite, whole: what was cited, and what was not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub catalogues: Vec<Catalogue>,
    /// How the target was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<Connection>,
}

/// What ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// `scimitar`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Whether a run came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RunStatus {
    /// Not yet: the process runs, or was killed.
    Running,
    /// All of the plan ran.
    Complete,
    /// It was interrupted; checks that did not start are not in the record.
    Interrupted,
}

/// What was tested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// The SCIM base URL, without credentials.
    pub url: String,
    /// Whether it is the embedded server.
    pub embedded: bool,
    /// How requests are authenticated, in words: `bearer token`, `none`.
    pub authentication: String,
    /// Whether certificates were not verified (`--insecure`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub insecure: bool,
}

/// What was chosen to run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Selection {
    /// The profile, if one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// `--suite` globs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suites: Vec<String>,
    /// `--check` globs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<String>,
    /// `--level`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<String>,
    /// `--tag`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// `--shard`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<String>,
    /// `--read-only`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// `--fail-on`: `must`, `should` or `never`.
    pub fail_on: String,
    /// How many checks the plan holds.
    pub planned: usize,
}

/// A suite as the record knows it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct SuiteInfo {
    /// The suite's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it was made from.
    pub origin: String,
    /// The SCIM version that it speaks: `2.0` or `1.1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scim: Option<String>,
    /// What it was translated from, if it was: `Runscope export`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<String>,
    /// How many checks it has, chosen or not, each row of a matrix on its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<usize>,
}

/// Something worth knowing that is no verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// How much it matters.
    pub kind: NoteKind,
    /// One line.
    pub text: String,
}

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NoteKind {
    /// Good to know.
    Info,
    /// Look at it.
    Warning,
}

/// How many checks have each verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// All.
    pub total: usize,
    /// `pass`
    pub pass: usize,
    /// `fail`
    pub fail: usize,
    /// `warn`
    pub warn: usize,
    /// `skip`
    pub skip: usize,
    /// `inconclusive`
    pub inconclusive: usize,
    /// `waived`
    pub waived: usize,
}

impl Counts {
    /// Counts the verdicts of some results.
    pub fn of<'a>(results: impl IntoIterator<Item = &'a CheckResult>) -> Self {
        let mut counts = Self::default();
        for result in results {
            counts.total += 1;
            *match result.verdict {
                Verdict::Pass => &mut counts.pass,
                Verdict::Fail => &mut counts.fail,
                Verdict::Warn => &mut counts.warn,
                Verdict::Skip => &mut counts.skip,
                Verdict::Inconclusive => &mut counts.inconclusive,
                Verdict::Waived => &mut counts.waived,
            } += 1;
        }
        counts
    }

    /// How many have a verdict.
    pub const fn get(&self, verdict: Verdict) -> usize {
        match verdict {
            Verdict::Pass => self.pass,
            Verdict::Fail => self.fail,
            Verdict::Warn => self.warn,
            Verdict::Skip => self.skip,
            Verdict::Inconclusive => self.inconclusive,
            Verdict::Waived => self.waived,
        }
    }
}

impl Run {
    /// A run that starts: what [`Event::RunStarted`] holds.
    pub fn start(
        id: String,
        tag: String,
        seed: u64,
        started: String,
        target: Target,
        selection: Selection,
        suites: Vec<SuiteInfo>,
    ) -> Self {
        Self {
            format: FORMAT,
            id,
            tag,
            seed,
            tool: Tool {
                name: "scimitar".to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
            started,
            duration_us: 0,
            status: RunStatus::Running,
            target,
            selection,
            suites,
            checks: Vec::new(),
            attributes: Vec::new(),
            traits: BTreeMap::new(),
            notes: Vec::new(),
            leftovers: Vec::new(),
            plans: Vec::new(),
            catalogues: Vec::new(),
            connection: None,
        }
    }

    /// Takes one event in. The record is the fold of its events.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::RunStarted { run } => *self = *run,
            Event::CheckStarted { .. } => {}
            Event::CheckFinished { index: _, result } => {
                for step in result.steps.each() {
                    for seen in &step.traits {
                        self.traits
                            .entry(seen.name.clone())
                            .or_default()
                            .entry(seen.value.clone())
                            .or_default()
                            .insert(result.id.clone());
                    }
                }
                self.checks.push(*result);
            }
            Event::Noted { note } => {
                if !self.notes.contains(&note) {
                    self.notes.push(note);
                }
            }
            Event::LeftBehind { leftover } => {
                if !self.leftovers.iter().any(|known| known.is(&leftover)) {
                    self.leftovers.push(leftover);
                }
            }
            Event::RunFinished {
                status,
                duration_us,
                order,
            } => {
                self.status = status;
                self.duration_us = duration_us;
                let place: BTreeMap<&str, usize> = order
                    .iter()
                    .enumerate()
                    .map(|(place, id)| (id.as_str(), place))
                    .collect();
                self.checks.sort_by_key(|check| {
                    place.get(check.id.as_str()).copied().unwrap_or(usize::MAX)
                });
            }
        }
    }

    /// How many checks have each verdict.
    pub fn counts(&self) -> Counts {
        Counts::of(&self.checks)
    }

    /// The results that may decide the run: those of stable checks.
    pub fn gating(&self) -> impl Iterator<Item = &CheckResult> {
        self.checks
            .iter()
            .filter(|check| check.status == Status::Stable)
    }

    /// Reads a record.
    ///
    /// # Errors
    /// [`FormatError`] when the text is no record, or one of another major version.
    pub fn from_json(text: &str) -> Result<Self, FormatError> {
        #[derive(Deserialize)]
        struct Probe {
            format: FormatVersion,
        }
        let probe: Probe = serde_json::from_str(text)?;
        probe.format.check_readable()?;
        Ok(serde_json::from_str(text)?)
    }
}
