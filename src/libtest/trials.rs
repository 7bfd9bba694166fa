//! The trials of a target.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{RwLock, watch};
use tokio::time::Instant;

use super::snapshot::normalised;
use crate::engine::{
    Choice, CleanupPolicy, Context, Ledger, Outcomes, Plan, PlannedCheck, Session, Settings, Setup,
    Wire, generate, run_check,
};
use crate::http::{Auth, Client, ClientConfig};
use crate::record::{CheckResult, Status, Verdict};
use crate::report::{sanitize, text};
use crate::suite::{Diagnostic, Dialect, Library};

/// What a trial hands its normalised answers to: the check's id and the text.
pub type Snapshot = fn(&str, &str);

/// Checks against one target, as trials of libtest.
#[derive(Debug, Clone)]
pub struct Conformance {
    urls: Vec<(Dialect, String)>,
    auth: Auth,
    choice: Choice,
    seed: Option<u64>,
    settle: Duration,
    library: Option<Arc<Library>>,
    fixtures: BTreeMap<String, Value>,
    config: Value,
    snapshot: Option<Snapshot>,
}

impl Conformance {
    /// The checks against a SCIM 2.0 base URL.
    pub fn of(base_url: impl Into<String>) -> Self {
        Self {
            urls: vec![(Dialect::V2, base_url.into())],
            auth: Auth::None,
            choice: Choice::default(),
            seed: None,
            settle: Duration::ZERO,
            library: None,
            fixtures: BTreeMap::new(),
            config: json!({}),
            snapshot: None,
        }
    }

    /// A SCIM 1.1 base URL beside it.
    #[must_use]
    pub fn scim_1_1(mut self, base_url: impl Into<String>) -> Self {
        self.urls.push((Dialect::V1, base_url.into()));
        self
    }

    /// Authenticates with a bearer token.
    #[must_use]
    pub fn bearer(mut self, token: impl Into<String>) -> Self {
        self.auth = Auth::Bearer(token.into().into());
        self
    }

    /// Authenticates with a name and a password.
    #[must_use]
    pub fn basic(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.auth = Auth::Basic {
            user: user.into(),
            password: password.into().into(),
        };
        self
    }

    /// Sends this whole `Authorization` value, as Okta's Header Auth does.
    #[must_use]
    pub fn authorization(mut self, value: impl Into<String>) -> Self {
        self.auth = Auth::Header(value.into().into());
        self
    }

    /// Chooses suites by globs over their ids. Without it all run.
    #[must_use]
    pub fn suites<T: Into<String>>(mut self, globs: impl IntoIterator<Item = T>) -> Self {
        self.choice.suites = globs.into_iter().map(Into::into).collect();
        self
    }

    /// Chooses checks by globs over their ids.
    #[must_use]
    pub fn checks<T: Into<String>>(mut self, globs: impl IntoIterator<Item = T>) -> Self {
        self.choice.checks = globs.into_iter().map(Into::into).collect();
        self
    }

    /// Draws generated data from this number, so that a run repeats another.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// How long the server may take until a write is seen everywhere.
    #[must_use]
    pub fn settle(mut self, settle: Duration) -> Self {
        self.settle = settle;
        self
    }

    /// Runs these suites instead of the built-in ones.
    #[must_use]
    pub fn library(mut self, library: Library) -> Self {
        self.library = Some(Arc::new(library));
        self
    }

    /// Members that override those of a fixture, for a server that demands more than most: `null` removes one.
    #[must_use]
    pub fn fixture(mut self, name: impl Into<String>, members: Value) -> Self {
        self.fixtures.insert(name.into(), members);
        self
    }

    /// Hands the normalised answers of each check that passes to a function, such as one that calls
    /// `insta::assert_snapshot!`: then a test fails when the server's answers change.
    #[must_use]
    pub fn snapshots(mut self, assert: Snapshot) -> Self {
        self.snapshot = Some(assert);
        self
    }

    /// Runs the trials that the command line of the test binary asks for.
    pub fn run(self) -> ExitCode {
        let arguments = Arguments::from_args();
        match self.trials() {
            Ok(trials) => libtest_mimic::run(&arguments, trials).exit_code(),
            Err(problem) => {
                let trial = Trial::test("preflight", move || Err(Failed::from(problem)));
                libtest_mimic::run(&arguments, vec![trial]).exit_code()
            }
        }
    }

    /// The trials. They share a session with the target.
    ///
    /// # Errors
    /// Why the target can't be tested.
    pub fn trials(self) -> Result<Vec<Trial>, String> {
        let shared = Arc::new(Shared::open(self)?);
        let (plan, shared) = (shared.plan.checks.clone(), shared);
        Ok(plan
            .into_iter()
            .map(|planned| {
                let shared = Arc::clone(&shared);
                let name = planned.id.replace('/', "::");
                Trial::ignorable_test(name, move || shared.trial(&planned))
            })
            .collect())
    }
}

/// What all trials of a process share.
struct Shared {
    runtime: Runtime,
    context: Arc<Context>,
    plan: Plan,
    /// Checks that want the tenant for themselves hold it for writing.
    tenant: RwLock<()>,
    started: Instant,
    snapshot: Option<Snapshot>,
    base_urls: Vec<(Dialect, String)>,
    /// Never turns true: a test process that is stopped is stopped whole.
    _running: watch::Sender<bool>,
}

impl Shared {
    fn open(conformance: Conformance) -> Result<Self, String> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|error| format!("no runtime: {error}"))?;
        let (sender, cancelled) = watch::channel(false);
        let started = runtime.block_on(async { Instant::now() });
        let seed = conformance
            .seed
            .unwrap_or_else(|| generate::seed_from(uuid::Uuid::new_v4().into_bytes()));
        let tag = generate::tag(seed);
        let mut wires = Vec::new();
        for (dialect, url) in &conformance.urls {
            let config = ClientConfig {
                auth: conformance.auth.clone(),
                ..ClientConfig::new(url, started)
            };
            let client = Client::new(&config).map_err(|error| error.to_string())?;
            wires.push((*dialect, Wire::new(client)));
        }
        let library = match conformance.library {
            Some(library) => library,
            None => Arc::new(Library::embedded().map_err(|found| said(&found))?),
        };
        let setup = Setup {
            library,
            // Each trial removes what it made; what it could not remove fails it.
            ledger: Ledger::in_memory(),
            wires,
            settings: Settings {
                run_id: format!("libtest-{tag}"),
                tag,
                seed,
                jobs: 1,
                settle: conformance.settle,
                time_gates: false,
                read_only: false,
                cleanup: CleanupPolicy::Delete,
                fixtures: conformance.fixtures.clone(),
                config: conformance.config.clone(),
            },
            cancelled,
        };
        let session = runtime
            .block_on(Session::open(setup))
            .map_err(|preflight| preflight.to_string())?;
        let plan = session
            .plan(&conformance.choice)
            .map_err(|error| error.to_string())?;
        Ok(Self {
            runtime,
            context: session.context,
            plan,
            tenant: RwLock::new(()),
            started,
            snapshot: conformance.snapshot,
            base_urls: conformance.urls,
            _running: sender,
        })
    }

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
            let base = self.base_urls.iter().find(|(known, _)| *known == dialect);
            let base = base.map_or("", |(_, url)| url.as_str());
            let text = normalised(&result, base, &self.context.settings.tag);
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

fn said(found: &[Diagnostic]) -> String {
    let lines: Vec<String> = found.iter().map(Diagnostic::to_string).collect();
    lines.join("\n")
}
