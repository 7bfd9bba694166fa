//! What all checks of a run share.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::{Semaphore, watch};

use super::knowledge::Knowledge;
use super::ledger::Ledger;
use super::patience::Patience;
use super::plan::Ground;
use super::service::Service;
use super::waive::Waivers;
use super::wire::Wire;
use crate::suite::{Dialect, Library};

/// How a run is done.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The run's id.
    pub run_id: String,
    /// The run's tag: all that it makes carries it.
    pub tag: String,
    /// What generated data is drawn from.
    pub seed: u64,
    /// How many checks run at the same time.
    pub jobs: usize,
    /// How long the target may take until a write is seen everywhere; reads after a write are polled within it.
    pub settle: Duration,
    /// Whether response times gate.
    pub time_gates: bool,
    /// Whether nothing may be written.
    pub read_only: bool,
    /// What becomes of what the run made.
    pub cleanup: CleanupPolicy,
    /// Failures that are accepted.
    pub waivers: Arc<Waivers>,
    /// Members that override those of fixtures, by the fixture's name.
    pub fixtures: BTreeMap<String, Value>,
    /// The configuration, as `${config.…}` sees it.
    pub config: Value,
    /// Values of suites' parameters: `${var.NAME}`.
    pub variables: BTreeMap<String, String>,
    /// What pauses are multiplied with.
    pub pause_scale: f64,
}

/// What becomes of what a run made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CleanupPolicy {
    /// It is deleted; what can't be is deactivated and reported.
    #[default]
    Delete,
    /// It is deactivated, for targets without DELETE.
    Deactivate,
    /// It stays.
    Keep,
}

/// What all checks of a run share.
#[derive(Debug)]
pub struct Context {
    /// The suites and what stands beside them.
    pub library: Arc<Library>,
    /// The base URL of each dialect that is tested.
    pub wires: BTreeMap<&'static str, Wire>,
    /// The base URLs as texts.
    pub bases: BTreeMap<&'static str, String>,
    /// Servers besides the target that suites' requests may go to, by the name of the service.
    pub services: BTreeMap<String, Service>,
    /// What is known of the target.
    pub knowledge: Knowledge,
    /// How the run is done.
    pub settings: Settings,
    /// What has to be removed.
    pub ledger: Ledger,
    /// Turns true when the run is to stop.
    pub cancelled: watch::Receiver<bool>,
    /// As many places as there are jobs: for making the fixtures that checks need.
    pub makers: Semaphore,
    /// As many places as there are jobs: for removing what checks made.
    pub removers: Semaphore,
    /// How long clean-ups are waited for.
    pub patience: Patience,
}

impl Context {
    /// The base URL of a dialect.
    pub fn wire(&self, dialect: Dialect) -> Option<&Wire> {
        self.wires.get(dialect.word())
    }

    /// What checks are planned from.
    pub fn ground(&self) -> Ground<'_> {
        let settings = &self.settings;
        Ground {
            knowledge: &self.knowledge,
            config: &settings.config,
            variables: &settings.variables,
            bases: &self.bases,
            services: &self.services,
            seed: settings.seed,
            tag: &settings.tag,
            read_only: settings.read_only,
        }
    }

    /// All base URLs, as exchanges of the record show them.
    pub fn base_urls(&self) -> Vec<String> {
        self.wires.values().map(Wire::shown_url).collect()
    }
}
