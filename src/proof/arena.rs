//! Runs chosen checks against the embedded server, in this process.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use thiserror::Error;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use super::sample::Sample;
use crate::engine::{
    Choice, ChoiceError, CleanupPolicy, Ledger, Preflight, Session, Settings, Setup, Wire,
    generate, run,
};
use crate::http::{Auth, Client, ClientConfig, ClientError, Limits};
use crate::record::{Run, Selection, Target};
use crate::server::{Config, Server};
use crate::suite::{Dialect, Library};

/// How long one request may take: a fault that hangs is not waited for longer.
const PATIENCE: Duration = Duration::from_secs(2);
/// What generated data is drawn from: a proof repeats.
const SEED: u64 = 7;

/// Why checks could not be run.
#[derive(Debug, Error)]
pub enum Broken {
    /// The embedded server did not start or stop.
    #[error("the embedded server: {0}")]
    Server(#[from] io::Error),
    /// There is no client.
    #[error("{0}")]
    Client(#[from] ClientError),
    /// The target can't be tested at all.
    #[error("{0}")]
    Preflight(#[from] Preflight),
    /// The choice chooses nothing.
    #[error("{0}")]
    Choice(#[from] ChoiceError),
}

/// What one run is made from.
pub(super) struct Bout<'a> {
    pub(super) library: &'a Arc<Library>,
    /// The configuration, as `${config.…}` sees it.
    pub(super) values: &'a Value,
    pub(super) config: Config,
    pub(super) choice: Choice,
    /// The dialects that the chosen checks speak.
    pub(super) dialects: Vec<Dialect>,
    /// How many checks run at the same time.
    pub(super) jobs: usize,
    /// Which rows are tried, if not all.
    pub(super) sample: Option<Sample>,
}

/// The configuration with what nothing but a setting switches on.
pub(super) fn switched_on(values: &Value) -> Value {
    let mut values = values.clone();
    for (path, value) in [
        ("/okta/api_integration/revoked", json!("Bearer revoked")),
        ("/okta/to_app/large_groups", json!(true)),
    ] {
        if let Some(place) = values.pointer_mut(path) {
            *place = value;
        }
    }
    values
}

impl Bout<'_> {
    /// Runs it.
    ///
    /// # Errors
    /// [`Broken`] when nothing could be tested.
    pub(super) async fn run(self) -> Result<Run, Broken> {
        let tag = generate::tag(SEED);
        let settle = self.config.habits().visible_after * 5;
        let server = Server::start(self.config).await?;
        let mut wires = Vec::new();
        for (dialect, url) in [
            (Dialect::V2, server.base_url_v2()),
            (Dialect::V1, server.base_url_v1()),
        ] {
            if !self.dialects.contains(&dialect) {
                continue;
            }
            let config = ClientConfig {
                auth: Auth::Bearer(server.token().to_owned().into()),
                limits: Limits::within(PATIENCE),
                ..ClientConfig::new(url, Instant::now())
            };
            wires.push((dialect, Wire::new(Client::new(&config)?)));
        }
        let target = Target {
            url: server.base_url_v2(),
            embedded: true,
            authentication: "bearer token".to_owned(),
            insecure: false,
        };
        let (_going_on, cancelled) = watch::channel(false);
        let session = Session::open(Setup {
            library: Arc::clone(self.library),
            wires,
            services: BTreeMap::new(),
            settings: Settings {
                run_id: "proof".to_owned(),
                tag: tag.clone(),
                seed: SEED,
                jobs: self.jobs,
                settle,
                time_gates: false,
                read_only: false,
                cleanup: CleanupPolicy::Delete,
                waivers: Arc::default(),
                fixtures: BTreeMap::new(),
                config: self.values.clone(),
                variables: BTreeMap::new(),
                pause_scale: 0.0,
            },
            ledger: Ledger::in_memory(),
            cancelled,
        })
        .await?;
        let mut plan = session.plan(&self.choice)?;
        if let Some(sample) = self.sample {
            sample.of(&mut plan);
        }
        let start = Run::start(
            "proof".to_owned(),
            tag,
            SEED,
            "2026-01-01T00:00:00Z".to_owned(),
            target,
            Selection::default(),
            plan.suites.clone(),
        );
        let (events, mut received) = mpsc::unbounded_channel();
        run(session.context, &plan, start.clone(), &events).await;
        drop(events);
        let mut record = start;
        while let Some(event) = received.recv().await {
            record.apply(event);
        }
        server.stop().await?;
        Ok(record)
    }
}
