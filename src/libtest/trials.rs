//! The trials of a target.

use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{RwLock, watch};
use tokio::time::Instant;

use super::snapshot::normalised;
use crate::engine::{Choice, Ledger, PlannedCheck, Session, Setup, Wire, run_check};
use crate::engine::{Settings, generate};
use crate::http::{Auth, Client, ClientConfig};
use crate::record::{CheckResult, Status, Verdict};
use crate::suite::{Dialect, Library};

/// What a trial hands its normalised answers to: name and text.
pub type Snapshot = fn(&str, &str);

/// Checks against one target, as trials.
///
/// Environment variables of the same names as those of `scimitar run` choose another target and other credentials:
/// see [`Conformance::environment`].
#[derive(Debug, Clone)]
pub struct Conformance {
    urls: Vec<(Dialect, String)>,
    auth: Auth,
    choice: Choice,
    seed: Option<u64>,
    settle: Duration,
    snapshot: Option<Snapshot>,
}
