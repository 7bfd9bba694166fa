//! A proof, for people.

use std::cell::Cell;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::terminal::Terminal;
use crate::proof::{Document, ProblemKind, Trial};
use crate::report::paragraph;
use crate::report::sanitize;

/// Counts trials on standard error while they run.
pub(super) struct Counter {
    bar: indicatif::ProgressBar,
    done: Cell<u64>,
}

impl Counter {
    /// A counter; a still one where nobody looks.
    pub(super) fn new(terminal: &Terminal) -> Self {
        let bar = if terminal.moves && !terminal.quiet {
            indicatif::ProgressBar::no_length()
        } else {
            indicatif::ProgressBar::hidden()
        };
        let style = indicatif::ProgressStyle::with_template("{pos}/{len} servers  {msg}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        Self {
            bar,
            done: Cell::new(0),
        }
    }

    /// A trial has ended.
    pub(super) fn told(&self, trial: Trial, of: usize) {
        self.done.set(self.done.get() + 1);
        self.bar.set_length(u64::try_from(of).unwrap_or(u64::MAX));
        self.bar.set_position(self.done.get());
        self.bar.set_message(match trial {
            Trial::Clean => "as it is",
            Trial::Fault(id) | Trial::Variation(id) => id,
        });
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

/// The document as text.
pub(super) fn render(document: &Document, matrix: bool, terminal: &Terminal) -> String {
    let mut out = String::new();
    let style = |color: AnsiColor| {
        if terminal.color {
            Style::new().bold().fg_color(Some(color.into()))
        } else {
            Style::new()
        }
    };
    if matrix && !terminal.quiet {
        for check in &document.checks {
            let _ = writeln!(out, "{}", check.id);
            let caught = check.catches.join(", ");
            let caught = if caught.is_empty() {
                "nothing"
            } else {
                &caught
            };
            line(&mut out, 2, caught, terminal);
        }
        out.push('\n');
    }
    for (kind, title) in KINDS {
        let of_kind = document
            .problems
            .iter()
            .filter(|problem| problem.kind == kind);
        let problems: Vec<_> = of_kind.collect();
        if problems.is_empty() {
            continue;
        }
        let bad = style(AnsiColor::Red);
        let _ = writeln!(out, "{bad}{title}{bad:#} ({})", problems.len());
        for problem in problems {
            let _ = writeln!(out, "  {}", problem.about);
            line(&mut out, 4, &problem.message, terminal);
        }
        out.push('\n');
    }
    let caught = |fault: &&crate::proof::FaultProof| !fault.caught_by.is_empty();
    let ended = document
        .faults
        .iter()
        .filter(|fault| fault.preflight.is_some());
    let counts = format!(
        "{} checks, {} faults of {} areas ({} caught by checks, {} end a run before its first check), {} lawful variations \
         ({} that some checks ask for more than, and say so).",
        document.checks.len(),
        document.faults.len(),
        areas(document),
        document.faults.iter().filter(caught).count(),
        ended.count(),
        document.variations.len(),
        document
            .variations
            .iter()
            .filter(|one| !one.beyond.is_empty())
            .count(),
    );
    let (color, word) = if document.problems.is_empty() {
        (AnsiColor::Green, "PROVED")
    } else {
        (AnsiColor::Red, "NOT PROVED")
    };
    let verdict = style(color);
    let _ = writeln!(out, "{verdict}{word}{verdict:#}");
    line(&mut out, 2, &counts, terminal);
    out
}

fn line(out: &mut String, indent: usize, text: &str, terminal: &Terminal) {
    let width = terminal.width.min(paragraph::WIDEST);
    let text = paragraph::wrapped(&sanitize::line(text), width, indent);
    let _ = writeln!(out, "{:indent$}{text}", "");
}

const KINDS: [(ProblemKind, &str); 7] = [
    (
        ProblemKind::Clean,
        "Checks that do not pass where nothing is wrong",
    ),
    (
        ProblemKind::FalseAlarm,
        "Checks that cry wolf over a lawful variation",
    ),
    (
        ProblemKind::CatchesNothing,
        "Checks that no fault makes fail",
    ),
    (
        ProblemKind::Untrue,
        "Checks that name a fault which does not make them fail",
    ),
    (ProblemKind::Uncaught, "Faults that no check catches"),
    (
        ProblemKind::Stale,
        "Checks that ask for more than a variation gives, and pass",
    ),
    (ProblemKind::Untried, "What could not be tried"),
];

fn areas(document: &Document) -> usize {
    let mut areas: Vec<&str> = document
        .faults
        .iter()
        .map(|fault| fault.area.as_str())
        .collect();
    areas.sort_unstable();
    areas.dedup();
    areas.len()
}
