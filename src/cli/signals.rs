//! The signals that ask a process to end.

use std::io::{self, Write as _};

use tokio::sync::watch;
use tokio::task::JoinSet;

/// Listens for Ctrl-C and SIGTERM until it is dropped. The first ends the run, which still cleans up; a further one says
/// how to clean up by hand.
#[derive(Debug)]
pub(super) struct Signals {
    /// Turns true when the run is to stop.
    pub(super) cancelled: watch::Receiver<bool>,
    _tasks: JoinSet<()>,
}

impl Signals {
    /// Starts to listen; `by_hand` is the command that cleans up what this run would leave, and `ending` says what is
    /// still done after the first signal.
    pub(super) fn listen(by_hand: String, ending: &'static str) -> Self {
        let (cancel, cancelled) = watch::channel(false);
        let mut tasks = JoinSet::new();
        if let Ok(mut listener) = Listener::new() {
            tasks.spawn(async move {
                loop {
                    listener.wait().await;
                    let text = if cancel.send_replace(true) {
                        format!(
                            "\nStill removing what was made. If you have to end this process, finish with:\n  {by_hand}\n"
                        )
                    } else {
                        format!("\nInterrupted: {ending}.\n")
                    };
                    let _ = io::stderr().write_all(text.as_bytes());
                }
            });
        }
        Self {
            cancelled,
            _tasks: tasks,
        }
    }

    /// Waits until the run is to stop.
    pub(super) async fn stopped(&self) {
        let mut cancelled = self.cancelled.clone();
        if cancelled.wait_for(|cancelled| *cancelled).await.is_err() {
            // Nobody listens: no signal will ever come through here.
            std::future::pending::<()>().await;
        }
    }
}

/// The signals that ask a process to end.
#[cfg(unix)]
#[derive(Debug)]
pub(super) struct Listener {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Listener {
    /// Listens from now on.
    ///
    /// # Errors
    /// When the system doesn't let it.
    pub(super) fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for one.
    pub(super) async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// The signals that ask a process to end.
#[cfg(not(unix))]
#[derive(Debug)]
pub(super) struct Listener;

#[cfg(not(unix))]
impl Listener {
    /// Listens from now on.
    ///
    /// # Errors
    /// None here.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self)
    }

    /// Waits for one.
    pub(super) async fn wait(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
