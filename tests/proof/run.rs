//! Runs all suites against the embedded server, in this process.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use scimitar::cli::settings::values;
use scimitar::engine::{
    Choice, CleanupPolicy, Ledger, Session, Settings, Setup, Wire, generate, run,
};
use scimitar::http::{Auth, Client, ClientConfig, Limits};
use scimitar::record::{Run, Selection, Target};
use scimitar::server::{Config, Server};
use scimitar::suite::{Dialect, Library};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

/// How long one request may take: a fault that hangs is not waited for longer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where runs take place.
pub(crate) struct Arena {
    pub(crate) library: Arc<Library>,
    runtime: Runtime,
}

impl Arena {
    pub(crate) fn new(library: Arc<Library>) -> Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        Ok(Self { library, runtime })
    }

    /// Runs all suites against a server with this configuration.
    pub(crate) fn run(&self, config: Config) -> Result<Run> {
        let choice = Choice {
            profile: Some("all".to_owned()),
            ..Choice::default()
        };
        self.run_some(config, &choice, 8)
    }

    /// Runs the chosen suites against a server with this configuration, so many checks at a time.
    pub(crate) fn run_some(&self, config: Config, choice: &Choice, jobs: usize) -> Result<Run> {
        let values = values::defaults();
        self.runtime
            .block_on(self.run_on(config, values, choice, jobs))
    }

    /// Runs the chosen checks, those among them that nothing but a setting switches on, one at a time: what a fault does
    /// to one check must not depend on the others.
    pub(crate) fn detect(&self, config: Config, choice: &Choice) -> Result<Run> {
        let mut values = values::defaults();
        for (path, value) in [
            ("/okta/api_integration/revoked", json!("Bearer revoked")),
            ("/okta/to_app/large_groups", json!(true)),
        ] {
            *values.pointer_mut(path).context(path)? = value;
        }
        self.runtime
            .block_on(self.run_on(config, values, choice, 1))
    }

    async fn run_on(
        &self,
        config: Config,
        values: Value,
        choice: &Choice,
        jobs: usize,
    ) -> Result<Run> {
        let seed = 7;
        let tag = generate::tag(seed);
        let settle = config.modes.visible_after * 5;
        let server = Server::start(config).await?;
        let mut wires = Vec::new();
        for (dialect, url) in [
            (Dialect::V2, server.base_url_v2()),
            (Dialect::V1, server.base_url_v1()),
        ] {
            let config = ClientConfig {
                auth: Auth::Bearer(server.token().to_owned().into()),
                limits: Limits::within(PATIENCE),
                ..ClientConfig::new(url, Instant::now())
            };
            wires.push((dialect, Wire::new(Client::new(&config)?)));
        }
        let (_going_on, cancelled) = watch::channel(false);
        let session = Session::open(Setup {
            library: Arc::clone(&self.library),
            wires,
            services: BTreeMap::new(),
            settings: Settings {
                run_id: "proof".to_owned(),
                tag: tag.clone(),
                seed,
                jobs,
                settle,
                time_gates: false,
                read_only: false,
                cleanup: CleanupPolicy::Delete,
                waivers: Arc::default(),
                fixtures: BTreeMap::new(),
                config: values,
                variables: BTreeMap::new(),
                pause_scale: 0.0,
            },
            ledger: Ledger::in_memory(),
            cancelled,
        })
        .await?;
        let plan = session.plan(choice)?;
        let start = Run::start(
            "proof".to_owned(),
            tag,
            seed,
            "2026-01-01T00:00:00Z".to_owned(),
            Target {
                url: server.base_url_v2(),
                embedded: true,
                authentication: "bearer token".to_owned(),
                insecure: false,
            },
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
        server.stop().await.context("the server failed")?;
        Ok(record)
    }
}
