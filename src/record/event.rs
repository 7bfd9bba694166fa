use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CheckResult, Leftover, Note, Run, RunStatus};

/// Something that happened in a run. `--events` prints these as JSON lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "event",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Event {
    /// The plan is made and checks begin; the record so far, without checks.
    RunStarted {
        /// The record so far.
        run: Box<Run>,
    },
    /// A check begins.
    CheckStarted {
        /// Its place in the plan, from 0.
        index: usize,
        /// Its id.
        id: String,
    },
    /// A check has its verdict.
    CheckFinished {
        /// Its place in the plan, from 0.
        index: usize,
        /// What came out.
        result: Box<CheckResult>,
    },
    /// Something is worth knowing.
    Noted {
        /// What.
        note: Note,
    },
    /// Something could not be removed from the target.
    LeftBehind {
        /// What.
        leftover: Leftover,
    },
    /// The run is over.
    RunFinished {
        /// How it ended.
        status: RunStatus,
        /// How long it took, in microseconds.
        duration_us: u64,
        /// The ids of the plan's checks, in the plan's order, which is the record's.
        order: Vec<String>,
    },
}
