//! How long the clean-up of checks is waited for.

use std::pin::pin;
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::timeout;

/// How long the clean-up of one check may take without getting on, besides the check's own budget. It halves with each that
/// is given up, so that a target that hangs costs a run no hours.
const BUDGET: Duration = Duration::from_secs(30);
/// The least that remains of it.
const LEAST: Duration = Duration::from_secs(2);
/// The budget when the run was interrupted: somebody waits.
pub(super) const INTERRUPTED: Duration = Duration::from_secs(10);
/// What all clean-ups of a run together may take beyond their first budget, as long as they get on: a thousand resources
/// outlast it, and a target that lets one go now and then is no reason to wait for hours.
const OVERTIME: Duration = Duration::from_mins(10);

/// The patience of a run with its target.
#[derive(Debug)]
pub struct Patience {
    /// How many clean-ups were given up.
    late: AtomicU32,
    /// What is left of the overtime, in milliseconds.
    overtime: AtomicU64,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            late: AtomicU32::new(0),
            overtime: AtomicU64::new(millis(OVERTIME)),
        }
    }
}

impl Patience {
    /// How long a clean-up may take without getting on.
    pub(super) fn budget(&self, interrupted: bool) -> Duration {
        if interrupted {
            INTERRUPTED
        } else {
            let late = self.late.load(Ordering::Relaxed);
            (BUDGET / 2_u32.saturating_pow(late)).max(LEAST)
        }
    }

    /// What a clean-up gives, unless it is given up. Whoever does the work counts in `done` what the target answers.
    pub(super) async fn wait<T>(
        &self,
        work: impl Future<Output = T>,
        done: &AtomicUsize,
        interrupted: impl Fn() -> bool,
    ) -> Option<T> {
        let budget = || self.budget(interrupted());
        let goes_on = |spent: Duration| {
            done.swap(0, Ordering::Relaxed) > 0 && !interrupted() && self.work_late(spent)
        };
        let given = while_it_goes_on(work, budget, goes_on).await;
        if given.is_none() {
            self.late.fetch_add(1, Ordering::Relaxed);
        }
        given
    }

    /// Takes from the overtime, if there is so much left.
    fn work_late(&self, more: Duration) -> bool {
        let less = |left: u64| left.checked_sub(millis(more));
        let took = self
            .overtime
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        took.is_ok()
    }
}

/// What some work gives, unless it does not go on after a budget.
async fn while_it_goes_on<T>(
    work: impl Future<Output = T>,
    budget: impl Fn() -> Duration,
    goes_on: impl Fn(Duration) -> bool,
) -> Option<T> {
    let mut work = pin!(work);
    loop {
        let time = budget();
        match timeout(time, work.as_mut()).await {
            Ok(done) => return Some(done),
            Err(_) if goes_on(time) => {}
            Err(_) => return None,
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_target_that_hangs_gets_ever_less_time() {
        let patience = Patience::default();
        let mut seen = Vec::new();
        for late in [0, 1, 2, 3, 4, 40] {
            patience.late.store(late, Ordering::Relaxed);
            seen.push(patience.budget(false).as_millis());
        }
        assert_eq!(seen, [30_000, 15_000, 7_500, 3_750, 2_000, 2_000]);
        assert_eq!(patience.budget(true), INTERRUPTED);
    }

    #[tokio::test]
    async fn what_gets_on_is_waited_for_and_what_does_not_is_given_up() {
        let short = || Duration::from_millis(1);
        let done = while_it_goes_on(async { 7 }, short, |_| false).await;
        assert_eq!(done, Some(7));
        let asked = Cell::new(0);
        let twice = |_| {
            asked.set(asked.get() + 1);
            asked.get() < 3
        };
        let never = std::future::pending::<()>();
        assert_eq!(while_it_goes_on(never, short, twice).await, None);
        assert_eq!(asked.get(), 3);
    }

    #[test]
    fn overtime_is_that_of_the_whole_run() {
        let patience = Patience::default();
        let granted = std::iter::repeat_with(|| patience.work_late(BUDGET));
        assert_eq!(granted.take(100).filter(|granted| *granted).count(), 20);
    }
}
