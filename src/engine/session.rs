//! A session: a target that was found fit to be tested, with what all checks on it share.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::join_all;
use tokio::sync::{Semaphore, watch};

use super::context::{Context, Settings};
use super::discover::{Preflight, discover};
use super::knowledge::Knowledge;
use super::ledger::Ledger;
use super::patience::Patience;
use super::plan::Plan;
use super::selection::{Choice, ChoiceError};
use super::service::Service;
use super::wire::Wire;
use crate::record::Note;
use crate::suite::{Dialect, Library};

/// What a session is opened with.
#[derive(Debug)]
pub struct Setup {
    /// The suites and what stands beside them.
    pub library: Arc<Library>,
    /// The base URL of each dialect that is tested.
    pub wires: Vec<(Dialect, Wire)>,
    /// Servers besides the target, by the names that suites give them.
    pub services: BTreeMap<String, Service>,
    /// How runs are done.
    pub settings: Settings,
    /// Where what is made is written down before it is made.
    pub ledger: Ledger,
    /// Turns true when the run is to stop.
    pub cancelled: watch::Receiver<bool>,
}

/// A target that can be tested.
#[derive(Debug, Clone)]
pub struct Session {
    /// What all checks share.
    pub context: Arc<Context>,
    /// What discovery found worth knowing.
    pub notes: Vec<Note>,
}

impl Session {
    /// Reads what the target says of itself, and makes sure that it can be tested.
    ///
    /// # Errors
    /// [`Preflight`] when it can't be: never a verdict on its conformance.
    pub async fn open(setup: Setup) -> Result<Self, Preflight> {
        let found = join_all(
            setup
                .wires
                .iter()
                .map(|(dialect, wire)| async { (*dialect, discover(wire, *dialect).await) }),
        )
        .await;
        let mut notes = Vec::new();
        let mut discoveries = Vec::new();
        for (dialect, result) in found {
            let (discovery, more) = result?;
            notes.extend(more);
            discoveries.push((dialect, discovery));
        }
        let context = Arc::new(Context {
            library: setup.library,
            bases: setup
                .wires
                .iter()
                .map(|(dialect, wire)| (dialect.word(), wire.base_url()))
                .collect(),
            services: setup.services,
            wires: setup
                .wires
                .into_iter()
                .map(|(dialect, wire)| (dialect.word(), wire))
                .collect(),
            knowledge: Knowledge::new(discoveries),
            makers: Semaphore::new(setup.settings.jobs.max(1)),
            removers: Semaphore::new(setup.settings.jobs.max(1)),
            patience: Patience::default(),
            settings: setup.settings,
            ledger: setup.ledger,
            cancelled: setup.cancelled,
        });
        Ok(Self { context, notes })
    }

    /// Makes the plan of a choice. Dialects without a base URL are left out.
    ///
    /// # Errors
    /// [`ChoiceError`] when the choice chooses nothing, or a parameter of what it chooses has no value.
    pub fn plan(&self, choice: &Choice) -> Result<Plan, ChoiceError> {
        let choice = Choice {
            dialects: [Dialect::V2, Dialect::V1]
                .into_iter()
                .filter(|dialect| self.context.wire(*dialect).is_some())
                .collect(),
            ..choice.clone()
        };
        let ground = self.context.ground();
        Plan::new(&self.context.library, &choice, ground)?.complete(ground)
    }
}
