//! A target and the checks that run against it.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;
use tokio::time::Instant;

use super::trials::{Source, trials};
use crate::cli::configured;
use crate::engine::{Choice, CleanupPolicy, Wire};
use crate::http::{Auth, Client, ClientConfig};
use crate::suite::{Diagnostic, Dialect, Library};

/// What a trial hands its normalised answers to: the check's id and the text.
pub(super) type Snapshot = fn(&str, &str);

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

    /// Members that override those of a fixture and of those that extend it, for a server that demands more than most:
    /// `null` removes one.
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
    ///
    /// Where the environment or `scimitar.toml` names a target (`SCIMITAR_TARGET` …, as for `scimitar run`), that target
    /// is tested in place of this one, and its answers are no snapshots of this one's.
    pub fn run(self) -> ExitCode {
        let arguments = Arguments::from_args();
        let trials = self
            .source(one_suite(&arguments))
            .and_then(trials)
            .unwrap_or_else(|problem| {
                let said = problem.clone();
                vec![Trial::test("preflight", move || Err(Failed::from(said)))]
            });
        libtest_mimic::run(&arguments, trials).exit_code()
    }

    fn source(self, suite: Option<&str>) -> Result<Source, String> {
        match configured()? {
            Some(configured) => Ok(Source {
                wires: configured.wires,
                library: configured.library,
                choice: configured.choice,
                seed: configured.typed.seed,
                settle: configured.typed.settle,
                time_gates: configured.typed.time_gates,
                read_only: configured.typed.read_only,
                cleanup: configured.typed.cleanup,
                waivers: configured.waivers,
                fixtures: configured.typed.fixtures,
                config: configured.typed.config,
                variables: configured.typed.variables,
                pause_scale: configured.typed.pause_scale,
                snapshot: None,
            }),
            None => self.given(suite),
        }
    }

    fn given(self, suite: Option<&str>) -> Result<Source, String> {
        let mut wires = Vec::new();
        for (dialect, url) in &self.urls {
            let config = ClientConfig {
                auth: self.auth.clone(),
                ..ClientConfig::new(url, Instant::now())
            };
            let client = Client::new(&config).map_err(|error| format!("failed to {error}"))?;
            wires.push((*dialect, Wire::new(client)));
        }
        let load = || {
            let loaded = suite.map_or_else(Library::embedded, Library::embedded_suite);
            loaded.map(Arc::new).map_err(|found| said(&found))
        };
        let library = self.library.map_or_else(load, Ok)?;
        let known = |name: &&String| library.fixtures.contains_key(*name);
        if let Some(unknown) = self.fixtures.keys().find(|name| !known(name)) {
            let names: Vec<&str> = library.fixtures.keys().map(String::as_str).collect();
            return Err(format!(
                "there is no fixture `{unknown}`; fixtures are {}",
                names.join(", ")
            ));
        }
        Ok(Source {
            wires,
            library,
            choice: self.choice,
            seed: self.seed,
            settle: self.settle,
            time_gates: false,
            read_only: false,
            cleanup: CleanupPolicy::Delete,
            waivers: Arc::default(),
            fixtures: self.fixtures,
            config: crate::cli::settings::values::defaults(),
            variables: BTreeMap::new(),
            pause_scale: 0.0,
            snapshot: self.snapshot,
        })
    }
}

/// The suite of the one trial that is asked for, as `cargo nextest` does: it starts a process for each.
fn one_suite(arguments: &Arguments) -> Option<&str> {
    let name = arguments.filter.as_deref().filter(|_| arguments.exact)?;
    name.split_once("::").map(|(suite, _)| suite)
}

fn said(found: &[Diagnostic]) -> String {
    let lines: Vec<String> = found.iter().map(Diagnostic::to_string).collect();
    lines.join("\n")
}
