//! The trials of a target.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use libtest_mimic::{Completion, Failed, Trial};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{RwLock, watch};
use tokio::time::Instant;

use super::conformance::Snapshot;
use super::snapshot::normalised;
use crate::engine::{
    Choice, CleanupPolicy, Context, Ledger, Outcomes, PlannedCheck, Session, Settings, Setup,
    Waivers, Wire, generate, run_through,
};
use crate::record::{CheckResult, Status, Verdict};
use crate::report::{sanitize, text};
use crate::suite::{Dialect, Library};

/// How many resources trials remove at the same time: how many run then is the test runner's to say.
const REMOVERS: usize = 8;

/// What trials are made from.
pub(super) struct Source {
    pub(super) wires: Vec<(Dialect, Wire)>,
    pub(super) library: Arc<Library>,
    pub(super) choice: Choice,
    pub(super) seed: Option<u64>,
    pub(super) settle: Duration,
    pub(super) time_gates: bool,
    pub(super) read_only: bool,
    pub(super) cleanup: CleanupPolicy,
    pub(super) waivers: Arc<Waivers>,
    pub(super) fixtures: BTreeMap<String, Value>,
    pub(super) config: Value,
    pub(super) variables: BTreeMap<String, String>,
    pub(super) pause_scale: f64,
    pub(super) snapshot: Option<Snapshot>,
}

/// The trials, which share a session with the target.
///
/// # Errors
/// Why the target can't be tested.
pub(super) fn trials(source: Source) -> Result<Vec<Trial>, String> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| format!("no runtime: {error}"))?;
    let (running, cancelled) = watch::channel(false);
    let random = || generate::seed_from(uuid::Uuid::new_v4().into_bytes());
    let seed = source.seed.unwrap_or_else(random);
    let tag = generate::tag(seed);
    let setup = Setup {
        library: source.library,
        services: BTreeMap::new(),
        wires: source.wires,
        // Each trial removes what it made, and fails if it can't.
        ledger: Ledger::in_memory(),
        settings: Settings {
            run_id: format!("libtest-{tag}"),
            tag,
            seed,
            jobs: REMOVERS,
            settle: source.settle,
            time_gates: source.time_gates,
            read_only: source.read_only,
            cleanup: source.cleanup,
            waivers: source.waivers,
            fixtures: source.fixtures,
            config: source.config,
            variables: source.variables,
            pause_scale: source.pause_scale,
        },
        cancelled,
    };
    let opened = runtime.block_on(Session::open(setup));
    let session = opened.map_err(|preflight| preflight.to_string())?;
    let plan = session
        .plan(&source.choice)
        .map_err(|error| error.to_string())?;
    let shared = Arc::new(Shared {
        started: runtime.block_on(async { Instant::now() }),
        runtime,
        context: session.context,
        tenant: RwLock::new(()),
        snapshot: source.snapshot,
        _running: running,
    });
    let trial = |(place, planned): (usize, &Arc<PlannedCheck>)| {
        let shared = Arc::clone(&shared);
        let name = planned.id.replace('/', "::");
        let checks = through(&plan.checks, place);
        Trial::ignorable_test(name, move || shared.trial(&checks))
    };
    Ok(plan.checks.iter().enumerate().map(trial).collect())
}

/// A check, with those of its sequence before it: each trial stands alone.
fn through(checks: &[Arc<PlannedCheck>], place: usize) -> Vec<Arc<PlannedCheck>> {
    let same = |other: &&Arc<PlannedCheck>| {
        let of = checks.get(place).map(|planned| &planned.suite);
        of.is_some_and(|of| of.sequence && of.id == other.suite.id)
    };
    let (before, after) = checks.split_at(place);
    let before = before.iter().filter(same);
    before.chain(after.first()).cloned().collect()
}

/// What all trials of a process share.
struct Shared {
    runtime: Runtime,
    context: Arc<Context>,
    /// Checks that want the tenant for themselves hold it for writing.
    tenant: RwLock<()>,
    started: Instant,
    snapshot: Option<Snapshot>,
    /// Never turns true: a test process that is stopped is stopped whole.
    _running: watch::Sender<bool>,
}

impl Shared {
    fn trial(&self, checks: &[Arc<PlannedCheck>]) -> Result<Completion, Failed> {
        let outcomes = self.runtime.block_on(async {
            if checks.iter().any(|planned| planned.check.exclusive) {
                let _alone = self.tenant.write().await;
                run_through(&self.context, checks, self.started).await
            } else {
                let _together = self.tenant.read().await;
                run_through(&self.context, checks, self.started).await
            }
        });
        let (Some(Outcomes { result, leftovers }), Some(planned)) = (outcomes, checks.last())
        else {
            return Err("the check gave no result: this is a fault of scimitar".into());
        };
        let gates = result.status == Status::Stable;
        let reason = result.reason.clone().unwrap_or_default();
        match result.verdict {
            Verdict::Pass => {}
            Verdict::Warn => warn(&result.id, &reason),
            Verdict::Skip | Verdict::Waived => return Ok(Completion::ignored_with(reason)),
            Verdict::Fail | Verdict::Inconclusive if !gates => {
                let word = result.status.word();
                return Ok(Completion::ignored_with(format!("{word}: {reason}")));
            }
            Verdict::Fail | Verdict::Inconclusive => return Err(failure(&result).into()),
        }
        if let Some(left) = leftovers.first() {
            let (url, why) = (&left.url, &left.reason);
            return Err(format!("left behind on the target: {url} ({why})").into());
        }
        // What comes back then depends on which request was the first.
        let snapshot = self.snapshot.filter(|_| !planned.check.races_for_one());
        if let Some(snapshot) = snapshot {
            let dialect = planned.suite.scim;
            let base = self.context.wire(dialect).map(Wire::base_url);
            let base = base.unwrap_or_default();
            let text = normalised(&result, &base, &self.context.settings.tag);
            snapshot(&planned.id.replace('/', "__"), &text);
        }
        Ok(Completion::Completed)
    }
}

#[expect(
    clippy::print_stderr,
    reason = "libtest shows what a test prints, and has no other place for a warning"
)]
fn warn(id: &str, reason: &str) {
    eprintln!("warning: {id}: {}", sanitize::line(reason));
}

/// What `scimitar run` says of a check that did not pass.
fn failure(result: &CheckResult) -> String {
    let lines = text::block(result, text::Detail::Full);
    let lines: Vec<String> = lines.iter().map(text::Line::plain).collect();
    lines.join("\n")
}
