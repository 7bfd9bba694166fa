//! Keeps the record of a run as it grows, on disk too: a process that is killed leaves what it had.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use tokio::time::Instant;

use crate::record::{Event, Run};
use crate::report::json;

use super::files;

/// How often the running copy is written, at most.
const EVERY: Duration = Duration::from_secs(2);
/// Writing may take this part of the time, at most: large records are written less often.
const SHARE: u32 = 20;

/// A subscriber of a run's events that builds its record.
#[derive(Debug)]
pub(super) struct Recorder {
    path: PathBuf,
    run: Option<Run>,
    due: Instant,
}

impl Recorder {
    /// A recorder whose running copy is this file.
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            run: None,
            due: Instant::now(),
        }
    }

    /// Takes an event.
    ///
    /// # Errors
    /// When the running copy can't be written; the event is taken all the same.
    pub(super) fn event(&mut self, event: Event) -> io::Result<()> {
        match (&mut self.run, event) {
            (run @ None, Event::RunStarted { run: start }) => *run = Some(*start),
            (Some(run), finished @ Event::CheckFinished { .. }) => {
                run.apply(finished);
                // Afterwards: what the record gathers from the steps is read from them as they are.
                if let Some(latest) = run.checks.last_mut() {
                    latest.steps.pack();
                }
            }
            (Some(run), event) => run.apply(event),
            // Nothing happens before a run starts.
            (None, _) => return Ok(()),
        }
        let started = Instant::now();
        if started < self.due {
            return Ok(());
        }
        let written = self.write();
        self.due = Instant::now() + EVERY.max(started.elapsed() * SHARE);
        written
    }

    /// Writes the record as it is.
    ///
    /// # Errors
    /// When it can't be written.
    fn write(&self) -> io::Result<()> {
        let Some(run) = &self.run else { return Ok(()) };
        files::write(&self.path, |out| json::write_compact(run, out))
    }

    /// The record, if the run started.
    pub(super) fn into_run(self) -> Option<Run> {
        self.run
    }
}
