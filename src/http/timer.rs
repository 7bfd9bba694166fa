//! Timers that are used again.
//!
//! To set a timer of tokio for the first time takes the lock of its driver, and most often wakes the thread that waits
//! there. To move one that is set to a later time takes neither. A client that sends one request after another so sets
//! one timer, and moves it.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Mutex, PoisonError};
use std::task::Poll;

use tokio::runtime;
use tokio::time::{Instant, Sleep, sleep_until};

/// The timers of a client that nobody waits for: never more than it had requests in flight.
#[derive(Debug, Default)]
pub(super) struct Timers(Mutex<Vec<Timer>>);

#[derive(Debug)]
struct Timer {
    /// A timer dies with its runtime.
    runtime: runtime::Id,
    sleep: Pin<Box<Sleep>>,
}

impl Timers {
    /// What a future comes to, if it does by the deadline.
    pub(super) async fn by<F: Future>(&self, deadline: Instant, future: F) -> Option<F::Output> {
        let mut timer = self.take(deadline);
        let mut future = pin!(future);
        let outcome = poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            timer.sleep.as_mut().poll(context).map(|()| None)
        })
        .await;
        self.idle().push(timer);
        outcome
    }

    fn take(&self, deadline: Instant) -> Timer {
        let runtime = runtime::Handle::current().id();
        let mut idle = self.idle();
        idle.retain(|timer| timer.runtime == runtime);
        match idle.pop() {
            Some(mut timer) => {
                timer.sleep.as_mut().reset(deadline);
                timer
            }
            None => Timer {
                runtime,
                sleep: Box::pin(sleep_until(deadline)),
            },
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Timer>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_timer_is_used_again_within_its_runtime_only() {
        let timers = Timers::default();
        for _ in 0..2 {
            let runtime = runtime::Builder::new_current_thread()
                .enable_time()
                .build()
                .unwrap();
            runtime.block_on(async {
                let start = Instant::now();
                let after = |millis| start + Duration::from_millis(millis);
                assert_eq!(timers.by(after(900_000), ready(1)).await, Some(1));
                // Sooner than before, later, and after it has gone off.
                for millis in [1, 3, 4] {
                    assert_eq!(timers.by(after(millis), pending::<()>()).await, None);
                    assert!(start.elapsed().as_millis() >= millis.into());
                }
            });
            assert_eq!(timers.idle().len(), 1);
        }
    }
}
