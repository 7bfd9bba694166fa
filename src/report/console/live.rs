//! What is said while a run goes on.

use crate::record::{
    CheckResult, Event, Leftover, Note, NoteKind, Run, RunStatus, Status, Verdict,
};

use super::super::columns::{columns, fit};
use super::super::conclusion::{counted, symbol};
use super::super::sanitize::line;
use super::super::system_log::goes_unnoticed;
use super::super::text;
use super::notes::warning;
use super::style::Palette;
use super::{Options, Written, log_lines, summary};

/// A subscriber of a run's events that says what to print.
#[derive(Debug)]
pub struct Console {
    options: Options,
    palette: Palette,
    planned: usize,
    finished: usize,
    broken: usize,
    notes: Vec<Note>,
    left: Vec<Leftover>,
    /// Whether what the lines of the System Log are has been said.
    explained_log: bool,
}

impl Console {
    /// A console that writes like this.
    pub const fn new(options: Options) -> Self {
        let palette = Palette::new(options.color);
        Self {
            options,
            palette,
            planned: 0,
            finished: 0,
            broken: 0,
            notes: Vec::new(),
            left: Vec::new(),
            explained_log: false,
        }
    }

    /// What to print now; empty as a rule, else whole lines.
    pub fn event(&mut self, event: &Event) -> String {
        match event {
            Event::RunStarted { run } => self.started(run),
            Event::CheckStarted { .. } => String::new(),
            Event::CheckFinished { index: _, result } => self.finished(result),
            Event::Noted { note } => self.noted(note),
            Event::LeftBehind { leftover } => self.left_behind(leftover),
            Event::RunFinished {
                status,
                duration_us: _,
                order: _,
            } => match status {
                RunStatus::Interrupted if !self.options.quiet => "Interrupted.\n".to_owned(),
                RunStatus::Interrupted | RunStatus::Complete | RunStatus::Running => String::new(),
            },
        }
    }

    /// What to print at the end: causes, counts, verdict, and where the reports are.
    pub fn summary(&self, run: &Run, written: &[Written]) -> String {
        summary::render(run, written, &self.options, self.palette)
    }

    fn started(&mut self, run: &Run) -> String {
        self.planned = run.selection.planned;
        self.finished = 0;
        self.broken = 0;
        if self.options.quiet {
            return String::new();
        }
        let palette = self.palette;
        let profile = match &run.selection.profile {
            Some(profile) => format!(", profile {profile}"),
            None => String::new(),
        };
        let target = if run.target.embedded {
            "the embedded server"
        } else {
            &run.target.url
        };
        let mut text = self.fitted(&format!(
            "{} against {}",
            counted(run.selection.planned, "check"),
            line(target)
        ));
        text = palette.bold(&text);
        text.push('\n');
        let how = format!("{}{profile}, seed {}", run.target.authentication, run.seed);
        text.push_str(&palette.dim(&self.fitted(&line(&how))));
        text.push('\n');
        if run.target.insecure {
            text.push_str(
                &palette.verdict(Verdict::Fail, "Certificates are not verified (--insecure)."),
            );
            text.push('\n');
        }
        for note in &run.notes {
            if note.kind == NoteKind::Warning {
                text.push_str(&self.noted(note));
            }
        }
        text.push('\n');
        text
    }

    fn finished(&mut self, check: &CheckResult) -> String {
        self.finished += 1;
        let broken = check.verdict == Verdict::Fail && check.status == Status::Stable;
        self.broken += usize::from(broken);
        let mut text = String::new();
        if !self.options.quiet {
            let told = match check.verdict {
                Verdict::Fail | Verdict::Inconclusive => true,
                Verdict::Warn | Verdict::Waived | Verdict::Skip | Verdict::Pass => {
                    self.options.verbose
                }
            };
            if self.options.verbose && check.verdict == Verdict::Fail {
                text.push_str(&summary::block(
                    check,
                    text::Detail::Full,
                    &self.options,
                    self.palette,
                ));
            } else if told {
                text.push_str(&self.one_line(check));
                if self.options.verbose {
                    for sent in text::caused(&check.steps.read()) {
                        let sent = self
                            .palette
                            .dim(&self.fitted(&line(&format!("    {sent}"))));
                        text.push_str(&sent);
                        text.push('\n');
                    }
                }
            }
            if self.options.verbose {
                text.push_str(&self.system_log(check));
            }
        }
        if self.options.ci && !self.options.quiet {
            text.push_str(&self.heartbeat());
        }
        text
    }

    /// What Okta would log, below the check.
    fn system_log(&mut self, check: &CheckResult) -> String {
        let mut text = String::new();
        if !check.system_log.is_empty() && !self.explained_log {
            self.explained_log = true;
            text.push_str(&self.palette.dim(&self.fitted(log_lines::LEGEND)));
            text.push('\n');
        }
        let width = self.options.width;
        text.push_str(&log_lines::render(check, width, self.palette));
        if goes_unnoticed(check) {
            let told = self.fitted(log_lines::UNNOTICED);
            text.push_str(&self.palette.verdict(Verdict::Warn, &told));
            text.push('\n');
        }
        text
    }

    /// `✗ fail  suite/check  what is wrong`
    fn one_line(&self, check: &CheckResult) -> String {
        let word = format!("{} {:<6}", symbol(check.verdict), check.verdict);
        let status = match check.status {
            Status::Stable => String::new(),
            Status::Preview | Status::Deprecated => format!(" ({}, does not gate)", check.status),
        };
        let mut rest = format!("{}{status}", check.id);
        if check.verdict != Verdict::Pass {
            rest.push_str("  ");
            rest.push_str(text::reason(check));
        }
        let rest = line(&rest).into_owned();
        let room = self
            .options
            .width
            .saturating_sub(columns(&word) + 1)
            .max(20);
        let colour = if check.status == Status::Stable {
            check.verdict
        } else {
            Verdict::Skip
        };
        format!(
            "{} {}\n",
            self.palette.verdict(colour, &word),
            fit(&rest, room)
        )
    }

    /// About ten lines in a run, by count: the log of a job that hangs shows where.
    fn heartbeat(&self) -> String {
        let every = (self.planned / 10).max(25);
        if !self.finished.is_multiple_of(every) || self.finished == self.planned {
            return String::new();
        }
        format!(
            "  {} of {}, {} failed\n",
            self.finished,
            counted(self.planned, "check"),
            self.broken
        )
    }

    fn noted(&mut self, note: &Note) -> String {
        if self.options.quiet || self.notes.contains(note) {
            return String::new();
        }
        self.notes.push(note.clone());
        match note.kind {
            NoteKind::Warning => {
                let text = warning(note, &self.options);
                format!("{}\n", self.palette.verdict(Verdict::Warn, &text))
            }
            NoteKind::Info if self.options.verbose => {
                format!(
                    "{}\n",
                    self.palette
                        .dim(&self.fitted(&format!("  {}", line(&note.text))))
                )
            }
            NoteKind::Info => String::new(),
        }
    }

    fn left_behind(&mut self, leftover: &Leftover) -> String {
        if self.left.iter().any(|known| known.is(leftover)) {
            return String::new();
        }
        self.left.push(leftover.clone());
        let text = format!(
            "! left on the target: {} ({}): {}",
            leftover.url, leftover.name, leftover.reason
        );
        format!("{}\n", self.palette.verdict(Verdict::Warn, &line(&text)))
    }

    fn fitted(&self, text: &str) -> String {
        fit(text, self.options.width.max(20)).into_owned()
    }
}
