//! What changes while the server runs: the resources, and what was given out.

use std::collections::VecDeque;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::time::Instant;
use uuid::Builder;

use super::config::Config;
use super::cursor::Cursors;
use super::fault::{Choice, Defect, Switches};
use super::job::Ids;
use super::seed::seed;
use super::service::Service;
use super::store::Store;
use super::token::Tokens;

/// What changes while it runs.
#[derive(Debug)]
pub(super) struct State {
    /// The resources.
    pub(super) store: Store,
    /// What readers see, if that lags behind, and what they will see when.
    replica: Option<(Store, VecDeque<(Instant, Store)>)>,
    /// Cursors given out.
    pub(super) cursors: Cursors,
    /// What bulkIds of earlier jobs stood for: kept by a fault only.
    pub(super) bulk_ids: Ids,
    /// Tokens given out.
    pub(super) tokens: Tokens,
    /// Where ids and tokens come from.
    pub(super) rng: ChaCha8Rng,
    /// How many requests there were.
    pub(super) requests: u64,
    /// How many of them were queries: read by a fault only.
    pub(super) queries: u64,
}

impl State {
    pub(super) fn new(config: &Config, switches: &Switches) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(config.seed);
        let mut store = seed(&mut rng, switches, (config.clock)(), config.more_users);
        if switches.is_faulty() {
            store.remember();
        }
        let replica =
            (!config.modes.visible_after.is_zero()).then(|| (store.clone(), VecDeque::new()));
        let (cursors, tokens) = (Cursors::default(), Tokens::default());
        Self {
            store,
            replica,
            cursors,
            bulk_ids: Ids::new(),
            tokens,
            rng,
            requests: 0,
            queries: 0,
        }
    }

    /// What readers see.
    pub(super) fn readable(&self) -> &Store {
        self.replica.as_ref().map_or(&self.store, |(seen, _)| seen)
    }

    /// Changes the store.
    pub(super) fn write(&mut self, service: &Service, change: impl FnOnce(&mut Store)) {
        change(&mut self.store);
        let due = Instant::now() + service.config.modes.visible_after;
        if let Some((_, queue)) = &mut self.replica {
            queue.push_back((due, self.store.clone()));
        }
    }

    /// Puts an earlier store back.
    pub(super) fn restore(&mut self, service: &Service, before: Store) {
        self.write(service, |store| *store = before);
    }

    pub(super) fn catch_up(&mut self) {
        let now = Instant::now();
        if let Some((seen, queue)) = &mut self.replica {
            while queue.front().is_some_and(|(due, _)| *due <= now) {
                if let Some((_, store)) = queue.pop_front() {
                    *seen = store;
                }
            }
        }
    }

    /// A new identifier, never given before.
    pub(super) fn fresh_id(&mut self, switches: &Switches) -> String {
        fresh_id(&mut self.rng, switches)
    }

    /// A new random name in unreserved characters (RFC 3986 §2.3).
    pub(super) fn fresh_token(&mut self) -> String {
        fresh_token(&mut self.rng)
    }
}

pub(super) fn fresh_token(rng: &mut dyn RngCore) -> String {
    let mut bytes = [0; 24];
    rng.fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A new identifier: opaque to clients, so any form will do.
pub(super) fn fresh_id(rng: &mut dyn RngCore, switches: &Switches) -> String {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    let uuid = Builder::from_random_bytes(bytes).into_uuid().to_string();
    if switches.has(Defect::IdsWithBulkId) {
        return format!("bulkId-{uuid}");
    }
    if switches.has(Defect::IdsNumeric) {
        return (u128::from_be_bytes(bytes) % 1_000_000_000_000_000).to_string();
    }
    if switches.chooses(Choice::NumericLookingIds) {
        return format!(
            "{:019}",
            u128::from_be_bytes(bytes) % 10_000_000_000_000_000_000
        );
    }
    if switches.chooses(Choice::SymbolIds) {
        return format!("u.{}~_-", uuid.replace('-', "_"));
    }
    if switches.chooses(Choice::UpperCaseIds) {
        uuid.to_uppercase()
    } else {
        uuid
    }
}
