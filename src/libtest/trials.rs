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
    Waivers, Wire, generate, run_check,
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
    let trial = |planned: Arc<PlannedCheck>| {
        let shared = Arc::clone(&shared);
        let name = planned.id.replace('/', "::");
        Trial::ignorable_test(name, move || shared.trial(&planned))
    };
    Ok(plan.checks.into_iter().map(trial).collect())
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
    fn trial(&self, planned: &Arc<PlannedCheck>) -> Result<Completion, Failed> {
        let Outcomes { result, leftovers } = self.runtime.block_on(async {
            if planned.check.exclusive {
                let _alone = self.tenant.write().await;
                run_check(&self.context, planned, self.started).await
            } else {
                let _together = self.tenant.read().await;
                run_check(&self.context, planned, self.started).await
            }
        });
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
        if let Some(snapshot) = self.snapshot {
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
