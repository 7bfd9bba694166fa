//! The coverage of catalogues, for people.

mod list;
mod requirement;
mod table;

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::paint::paint;
use super::terminal::Terminal;
use crate::coverage::{CoveredCatalogue, Document, InRun};
use crate::report::paragraph;
use crate::report::sanitize::line;

/// What is shown of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    /// The uncovered requirements alone.
    pub(super) uncovered: bool,
    /// The tables of sections too.
    pub(super) sections: bool,
    /// The most requirements in a list.
    pub(super) most: usize,
    /// What each catalogue has to be covered to, in hundredths of a percent.
    pub(super) gate: Option<usize>,
}

/// The document as text.
pub(super) fn render(document: &Document, view: View, terminal: &Terminal) -> String {
    let page = Page::new(terminal);
    let mut out = String::new();
    if !terminal.quiet {
        page.head(document, &mut out);
        if !view.uncovered {
            table::tables(&page, document, view.sections, &mut out);
            list::findings(&page, document, view.most, &mut out);
        }
        list::uncovered(&page, document, view.most, &mut out);
    }
    if let Some(gate) = view.gate {
        page.gate(document, gate, &mut out);
    }
    out
}

/// One requirement in full, as text.
pub(super) fn render_requirement(document: &Document, terminal: &Terminal) -> String {
    let page = Page::new(terminal);
    let mut out = String::new();
    for found in document.requirements() {
        requirement::whole(&page, document, found, &mut out);
    }
    out
}

/// The catalogues that are covered less than a gate demands.
pub(super) fn below(document: &Document, gate: usize) -> Vec<&CoveredCatalogue> {
    let all = document.catalogues.iter();
    all.filter(|one| one.counts.covered() < gate).collect()
}

/// A share in hundredths of a percent for people: `97 %`, `97.5 %`, `97.05 %`.
fn share(hundredths: usize) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    let part = format!("{part:02}");
    match part.trim_end_matches('0') {
        "" => format!("{whole} %"),
        part => format!("{whole}.{part} %"),
    }
}

struct Page {
    width: usize,
    color: bool,
}

impl Page {
    fn new(terminal: &Terminal) -> Self {
        Self {
            width: terminal.width.min(paragraph::WIDEST),
            color: terminal.people_color(),
        }
    }

    fn head(&self, document: &Document, out: &mut String) {
        if let Some(run) = &document.run {
            let head = format!("Run {} of {}", run.id, run.target);
            let _ = writeln!(out, "{}\n", self.wrapped(&line(&head), 2));
        }
        if !document.unknown.is_empty() {
            let shown: Vec<&str> = document
                .unknown
                .iter()
                .take(5)
                .map(String::as_str)
                .collect();
            let rest = document.unknown.len() - shown.len();
            let more = if rest > 0 {
                format!(" and {rest} more")
            } else {
                String::new()
            };
            let text = format!(
                "The run cites what no catalogue here has: {}{more}. It was made with other suites: name them by \
                 --suites or --suite-file.",
                shown.join(", ")
            );
            let _ = writeln!(out, "{}\n", self.wrapped(&line(&text), 2));
        }
    }

    fn gate(&self, document: &Document, gate: usize, out: &mut String) {
        let below = below(document, gate);
        let text = if below.is_empty() {
            let what = match document.catalogues.as_slice() {
                [one] => format!("{} is", one.id),
                _ => "Each catalogue is".to_owned(),
            };
            format!("{what} covered to at least {}.", share(gate))
        } else {
            let told: Vec<String> = below
                .iter()
                .map(|one| format!("{} ({})", one.id, share(one.counts.covered())))
                .collect();
            format!("Covered to less than {}: {}", share(gate), told.join(", "))
        };
        let style = if below.is_empty() {
            AnsiColor::Green.on_default()
        } else {
            AnsiColor::Red.on_default().bold()
        };
        if !out.is_empty() {
            out.push('\n');
        }
        let text = self.wrapped(&line(&text), 2);
        let _ = writeln!(out, "{}", paint(self.color, style, &text));
    }

    fn title(&self, text: &str, out: &mut String) {
        if !out.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
        let text = self.wrapped(text, 2);
        let _ = writeln!(out, "{}", paint(self.color, Style::new().bold(), &text));
    }

    fn wrapped(&self, text: &str, indent: usize) -> String {
        paragraph::wrapped(text, self.width, indent)
    }
}

/// The colour of what a run says.
fn style(verdict: InRun) -> Style {
    match verdict {
        InRun::Fail => AnsiColor::Red.on_default().bold(),
        InRun::Inconclusive => AnsiColor::Magenta.on_default(),
        InRun::Warn => AnsiColor::Yellow.on_default(),
        InRun::Waived => AnsiColor::Cyan.on_default(),
        InRun::Pass => AnsiColor::Green.on_default(),
        InRun::Skip | InRun::NotRun => Style::new().dimmed(),
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_share_is_shown_exactly() {
        for (hundredths, shown) in [
            (0, "0 %"),
            (9700, "97 %"),
            (9750, "97.5 %"),
            (9705, "97.05 %"),
        ] {
            assert_eq!(share(hundredths), shown);
        }
    }
}
