//! What the doctor found, for people: a line each, with what to do below it.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::library::counted;
use super::paint::paint;
use super::terminal::Terminal;
use crate::doctor::{Accepts, Connection, Diagnosis, Finding, Section, Status};
use crate::report::paragraph;
use crate::report::sanitize::line;

/// Where the text begins.
const INDENT: usize = 12;

/// The findings as text.
pub(super) fn render(diagnosis: &Diagnosis, terminal: &Terminal) -> String {
    let page = Page {
        width: terminal.width.min(paragraph::WIDEST),
        color: terminal.people_color(),
        quiet: terminal.quiet,
    };
    page.render(diagnosis)
}

struct Page {
    width: usize,
    color: bool,
    quiet: bool,
}

impl Page {
    fn render(&self, diagnosis: &Diagnosis) -> String {
        let mut out = String::new();
        if !self.quiet {
            let embedded = if diagnosis.target.embedded {
                ", the embedded server"
            } else {
                ""
            };
            let head = format!(
                "Examining {} ({}){embedded}",
                diagnosis.target.url, diagnosis.target.authentication
            );
            let _ = writeln!(out, "{}", self.wrapped(&line(&head), 2));
        }
        let mut section: Option<Section> = None;
        for finding in &diagnosis.findings {
            if self.quiet && finding.status != Status::Problem {
                continue;
            }
            if section != Some(finding.section) {
                section = Some(finding.section);
                let title = paint(self.color, Style::new().bold(), finding.section.title());
                let _ = writeln!(out, "\n{title}");
            }
            self.finding(finding, &mut out);
        }
        self.conclusion(&diagnosis.okta, &mut out);
        if !self.quiet {
            let _ = writeln!(out, "{}", counts(diagnosis));
        }
        out
    }

    fn finding(&self, finding: &Finding, out: &mut String) {
        let (word, style) = word(finding.status);
        let text = self.wrapped(&line(&finding.text), INDENT);
        let padding = INDENT - 2 - word.len();
        let _ = writeln!(
            out,
            "  {}{:padding$}{text}",
            paint(self.color, style, word),
            ""
        );
        if let Some(remedy) = &finding.remedy {
            let text = self.wrapped(&format!("→ {}", line(remedy)), INDENT + 2);
            let _ = writeln!(out, "{:INDENT$}{text}", "");
        }
    }

    fn conclusion(&self, okta: &Connection, out: &mut String) {
        let (answer, style) = match okta.accepts {
            Accepts::Yes => ("yes", AnsiColor::Green.on_default()),
            Accepts::NotYet => ("not yet", AnsiColor::Yellow.on_default()),
            Accepts::No => ("no", AnsiColor::Red.on_default()),
            Accepts::Unknown => ("can't be told", AnsiColor::Magenta.on_default()),
        };
        let answer = paint(self.color, style.bold(), answer);
        let _ = writeln!(out, "\nWould Okta accept the connection? {answer}");
        for reason in &okta.reasons {
            let text = self.wrapped(&line(reason), 4);
            let _ = writeln!(out, "  - {text}");
        }
    }

    fn wrapped(&self, text: &str, indent: usize) -> String {
        paragraph::wrapped(text, self.width, indent)
    }
}

const fn word(status: Status) -> (&'static str, Style) {
    match status {
        Status::Ok => ("ok", AnsiColor::Green.on_default()),
        Status::Problem => ("problem", AnsiColor::Red.on_default().bold()),
        Status::Remark => ("remark", AnsiColor::Yellow.on_default()),
        Status::Unjudged => ("unjudged", AnsiColor::Magenta.on_default()),
    }
}

fn counts(diagnosis: &Diagnosis) -> String {
    let mut parts = Vec::new();
    match diagnosis.count(Status::Problem) {
        0 => parts.push("no problem".to_owned()),
        count => parts.push(counted(count, "problem")),
    }
    parts.push(counted(diagnosis.count(Status::Remark), "remark"));
    match diagnosis.count(Status::Unjudged) {
        0 => {}
        count => parts.push(format!("{count} could not be judged")),
    }
    let text = parts.join(", ");
    let first = text.chars().next().map(|c| c.to_ascii_uppercase());
    let rest = text.chars().skip(1);
    first.into_iter().chain(rest).chain(['.']).collect()
}
