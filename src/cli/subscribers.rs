//! Those who listen to a run: console, progress line, event stream, recorder; then the reports and the exit code.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::engine::{self, CleanupPolicy, Context, Plan};
use crate::record::{Event, Run, RunStatus};
use crate::report::conclusion::Conclusion;
use crate::report::console::{Console, Options};
use crate::report::events;
use crate::report::progress::Progress;

use super::exit::{self, Failure};
use super::recorder::Recorder;
use super::reports::Reports;
use super::runs::RECORD;
use super::settings::Gate;
use super::terminal::Terminal;

/// Those who listen to a run.
#[derive(Debug)]
pub(super) struct Subscribers<'a> {
    /// The reports.
    pub(super) reports: &'a Reports,
    /// The event stream, if it is wanted.
    pub(super) events: Option<EventSink>,
    /// What gates.
    pub(super) gate: Gate,
    /// Where people read.
    pub(super) terminal: &'a Terminal,
}

/// Where events go as JSON lines.
#[derive(Debug)]
pub(super) enum EventSink {
    /// Standard output.
    Standard,
    /// A file.
    File(PathBuf, File),
}

impl EventSink {
    fn write(&mut self, event: &Event) -> io::Result<()> {
        let line = events::line(event)?;
        match self {
            Self::Standard => io::stdout().lock().write_all(line.as_bytes()),
            Self::File(_, file) => file.write_all(line.as_bytes()),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Standard => "standard output".to_owned(),
            Self::File(path, _) => path.display().to_string(),
        }
    }
}

impl Subscribers<'_> {
    /// Runs the plan and writes the reports; gives the exit code.
    ///
    /// # Errors
    /// When the record got lost, which is a fault of scimitar.
    pub(super) async fn run(
        mut self,
        context: Arc<Context>,
        plan: &Plan,
        start: Run,
    ) -> Result<u8, Failure> {
        let cleanup = context.settings.cleanup;
        let waivers = Arc::clone(&context.settings.waivers);
        let (sender, receiver) = unbounded_channel();
        let engine = async {
            engine::run(context, plan, start, &sender).await;
            drop(sender);
        };
        // The engine holds its sender until the last event: then the subscribers end by themselves.
        let ((), (recorder, console, mut failures)) =
            tokio::join!(Box::pin(engine), self.subscribe(receiver));
        let Some(run) = recorder.into_run() else {
            return Err(Failure::usage(
                "the run gave no record: this is a fault of scimitar, please report it",
            ));
        };
        let (written, failed) = self.reports.write(&run);
        failures.extend(failed);
        self.terminal.print(&console.summary(&run, &written));
        for failure in &failures {
            self.terminal.error(&failure.render());
        }
        let stale = !waivers.stale().is_empty();
        let unwritten = !failures.is_empty();
        Ok(exit_code(&run, self.gate, cleanup, unwritten, stale))
    }

    async fn subscribe(
        &mut self,
        mut receiver: UnboundedReceiver<Event>,
    ) -> (Recorder, Console, Vec<Failure>) {
        let terminal = self.terminal;
        let mut progress =
            (terminal.moves && !terminal.quiet).then(|| Progress::stderr(terminal.color_err));
        let mut console = Console::new(options(terminal));
        let mut recorder = Recorder::new(self.reports.folder().join(RECORD));
        let mut failures = Vec::new();
        let mut warned = false;
        while let Some(event) = receiver.recv().await {
            if let Some(sink) = &mut self.events
                && let Err(error) = sink.write(&event)
            {
                failures.extend(lost(sink, &error));
                self.events = None;
            }
            let text = console.event(&event);
            if let Some(progress) = &mut progress {
                progress.event(&event);
                if !text.is_empty() {
                    progress.suspend(|| terminal.print(&text));
                }
            } else if !text.is_empty() {
                terminal.print(&text);
            }
            // The reports are written at the end all the same: the running copy is for runs that are killed.
            if let Err(error) = recorder.event(event)
                && !warned
            {
                warned = true;
                terminal.warn(&format!(
                    "the running copy of the record can't be written: {error}"
                ));
            }
        }
        if let Some(progress) = &progress {
            progress.finish();
        }
        (recorder, console, failures)
    }
}

/// A reader of standard output that went away is no failure; a full disk is one.
fn lost(sink: &EventSink, error: &io::Error) -> Option<Failure> {
    let gone = matches!(sink, EventSink::Standard) && error.kind() == io::ErrorKind::BrokenPipe;
    (!gone).then(|| Failure::output(sink.name(), error))
}

/// How the console writes on this terminal.
pub(super) fn options(terminal: &Terminal) -> Options {
    Options {
        width: terminal.width,
        color: terminal.people_color(),
        ci: !terminal.moves,
        quiet: terminal.quiet,
        verbose: terminal.verbose,
        ..Options::default()
    }
}

/// The exit code of a run, the most serious first.
fn exit_code(run: &Run, gate: Gate, cleanup: CleanupPolicy, unwritten: bool, stale: bool) -> u8 {
    let conclusion = Conclusion::of(run);
    let gates = gate != Gate::Never;
    if run.status == RunStatus::Interrupted {
        exit::INTERRUPTED
    } else if gates && (stale || conclusion == Conclusion::Nonconforming) {
        exit::NONCONFORMING
    } else if unwritten {
        exit::REPORT_NOT_WRITTEN
    } else if !run.leftovers.is_empty() && cleanup == CleanupPolicy::Delete {
        exit::CLEANUP_INCOMPLETE
    } else if gates
        && matches!(
            conclusion,
            Conclusion::Undecided | Conclusion::NothingTested
        )
    {
        exit::INCONCLUSIVE
    } else {
        exit::OK
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Leftover, Selection, Target};

    fn run(status: RunStatus, leftover: bool) -> Run {
        let target = Target {
            url: String::new(),
            embedded: false,
            authentication: String::new(),
            insecure: false,
        };
        let text = String::new;
        let selection = Selection::default();
        let mut run = Run::start(text(), text(), 0, text(), target, selection, Vec::new());
        run.status = status;
        if leftover {
            run.leftovers.push(Leftover {
                check: text(),
                url: text(),
                name: text(),
                reason: text(),
            });
        }
        run
    }

    #[test]
    fn the_most_serious_decides() {
        use CleanupPolicy::{Deactivate, Delete};
        let done = |leftover| run(RunStatus::Complete, leftover);
        // A run without a check tested nothing, which is no success.
        for (run, gate, cleanup, unwritten, code) in [
            (
                run(RunStatus::Interrupted, true),
                Gate::Must,
                Delete,
                true,
                exit::INTERRUPTED,
            ),
            (
                done(true),
                Gate::Must,
                Delete,
                true,
                exit::REPORT_NOT_WRITTEN,
            ),
            (
                done(true),
                Gate::Must,
                Delete,
                false,
                exit::CLEANUP_INCOMPLETE,
            ),
            (
                done(true),
                Gate::Never,
                Delete,
                false,
                exit::CLEANUP_INCOMPLETE,
            ),
            (
                done(true),
                Gate::Must,
                Deactivate,
                false,
                exit::INCONCLUSIVE,
            ),
            (done(false), Gate::Must, Delete, false, exit::INCONCLUSIVE),
            (done(false), Gate::Never, Delete, false, exit::OK),
        ] {
            assert_eq!(exit_code(&run, gate, cleanup, unwritten, false), code);
        }
        for (gate, code) in [(Gate::Must, exit::NONCONFORMING), (Gate::Never, exit::OK)] {
            assert_eq!(exit_code(&done(false), gate, Delete, false, true), code);
        }
    }
}
