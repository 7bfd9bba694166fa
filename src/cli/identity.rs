//! What makes a run unlike all others: its id, its time, its seed.
#![expect(
    clippy::disallowed_methods,
    reason = "the clock and randomness come in here, as values"
)]

use std::time::SystemTime;

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

use crate::engine::generate;

/// Now, and how reports write it (RFC 3339, UTC).
pub(super) fn now() -> (SystemTime, String) {
    let now = SystemTime::now();
    let text = DateTime::<Utc>::from(now).to_rfc3339_opts(SecondsFormat::Millis, true);
    (now, text)
}

/// What makes a run unlike all others.
#[derive(Debug, Clone)]
pub(super) struct Identity {
    /// Sortable by time, unique, and short enough to type.
    pub(super) id: String,
    /// What everything that the run makes carries.
    pub(super) tag: String,
    /// What generated data is drawn from.
    pub(super) seed: u64,
    /// When it starts (RFC 3339, UTC).
    pub(super) started: String,
}

impl Identity {
    /// An identity for a run that starts now.
    pub(super) fn new(seed: Option<u64>) -> Self {
        let (now, started) = now();
        let now: DateTime<Utc> = now.into();
        let random = Uuid::new_v4();
        let seed = seed.unwrap_or_else(|| generate::seed_from(random.into_bytes()));
        let unique = Uuid::new_v4().simple().to_string();
        let unique = unique.get(..6).unwrap_or_default();
        Self {
            id: format!("{}-{unique}", now.format("%Y%m%d-%H%M%S")),
            tag: generate::tag(seed),
            seed,
            started,
        }
    }
}
