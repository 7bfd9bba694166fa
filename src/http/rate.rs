//! At most so many requests in a second.

use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Gives each request a slot of its own, evenly spaced; one for all requests of a client.
#[derive(Debug)]
pub(super) struct Rate {
    interval: Duration,
    next: Mutex<Option<Instant>>,
}

impl Rate {
    pub(super) fn new(per_second: NonZeroU32) -> Self {
        Self {
            interval: Duration::from_secs(1) / per_second.get(),
            next: Mutex::new(None),
        }
    }

    /// Waits for the next free slot.
    pub(super) async fn wait(&self) {
        let slot = self.reserve(Instant::now());
        sleep_until(slot).await;
    }

    fn reserve(&self, now: Instant) -> Instant {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = next.map_or(now, |next| next.max(now));
        *next = Some(slot + self.interval);
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_evenly_spaced_and_not_saved_up() {
        let rate = Rate::new(NonZeroU32::new(10).unwrap());
        let start = Instant::now();
        let after = |millis| start + Duration::from_millis(millis);
        // (asked at, slot at)
        let table = [
            (0, 0),
            (0, 100),
            (10, 200),
            (290, 300),
            (5_000, 5_000),
            (5_000, 5_100),
        ];
        for (asked, slot) in table {
            assert_eq!(rate.reserve(after(asked)), after(slot));
        }
    }
}
