//! What an import would come to, for people.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::paint::paint;
use super::terminal::Terminal;
use crate::preview::Preview;
use crate::preview::outcome::{Estimate, Finding, Notable, Status};
use crate::preview::safeguard::share;
use crate::report::paragraph;
use crate::report::sanitize::line;

/// Where the text begins.
const INDENT: usize = 12;
/// Where the words behind a number begin.
const BEHIND_NUMBER: usize = 11;

/// The outcome as text.
pub(super) fn render(preview: &Preview, terminal: &Terminal) -> String {
    let page = Page {
        width: terminal.width.min(paragraph::WIDEST),
        color: terminal.people_color(),
    };
    let mut out = String::new();
    if !terminal.quiet {
        page.head(preview, &mut out);
    }
    page.findings(preview, terminal.quiet, &mut out);
    if !terminal.quiet {
        page.counts(preview, &mut out);
        for notable in &preview.notable {
            page.notable(notable, &mut out);
        }
    }
    page.conclusion(preview, &mut out);
    out
}

struct Page {
    width: usize,
    color: bool,
}

impl Page {
    fn head(&self, preview: &Preview, out: &mut String) {
        let target = &preview.target;
        let embedded = if target.embedded {
            ", the embedded server"
        } else {
            ""
        };
        let head = format!(
            "Import from {} ({}, SCIM {}){embedded}",
            target.url, target.authentication, preview.scim
        );
        let _ = writeln!(out, "{}", self.wrapped(&line(&head), 2));
    }

    fn findings(&self, preview: &Preview, quiet: bool, out: &mut String) {
        let shown = preview.findings.iter();
        let shown: Vec<&Finding> = shown
            .filter(|finding| !quiet || finding.status == Status::Problem)
            .collect();
        if !shown.is_empty() {
            self.title("The import", out);
        }
        for finding in shown {
            let (word, style) = match finding.status {
                Status::Ok => ("ok", AnsiColor::Green.on_default()),
                Status::Problem => ("problem", AnsiColor::Red.on_default().bold()),
                Status::Remark => ("remark", AnsiColor::Yellow.on_default()),
            };
            let padding = INDENT - 2 - word.len();
            let text = self.wrapped(&line(&finding.text), INDENT);
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
    }

    fn counts(&self, preview: &Preview, out: &mut String) {
        if let Some(okta) = preview.okta_users {
            let partial = if preview.partial_match {
                "; partial: first and last name"
            } else {
                ""
            };
            self.title(
                &format!(
                    "Matches with {okta} Okta users (exact: {}{partial})",
                    preview.exact_match
                ),
                out,
            );
            let all: u64 = preview.classes.iter().map(|of| of.users).sum();
            for of in &preview.classes {
                self.count(
                    of.users,
                    &format!("{:<10} {}", of.class.word(), share(of.users, all)),
                    out,
                );
            }
        }
        if !preview.decisions.is_empty() {
            self.title("What Okta would do", out);
        }
        for decided in &preview.decisions {
            self.count(decided.users, decided.decision.words(), out);
        }
        if let Some(changes) = &preview.changes {
            self.title(&format!("Since {}", changes.since), out);
            for (count, words) in [
                (changes.scanned, "users scanned"),
                (changes.new, "new"),
                (changes.updated, "updated"),
                (changes.unchanged, "unchanged"),
                (changes.removed, "removed"),
            ] {
                self.count(count, words, out);
            }
        }
        if let Some(estimate) = &preview.estimate {
            self.title("Time", out);
            for text in time(estimate) {
                let _ = writeln!(out, "  {}", self.wrapped(&text, 4));
            }
        }
    }

    fn count(&self, count: u64, words: &str, out: &mut String) {
        let words = self.wrapped(&line(words), BEHIND_NUMBER);
        let _ = writeln!(out, "  {count:>7}  {words}");
    }

    fn notable(&self, notable: &Notable, out: &mut String) {
        let shown = notable.records.len();
        let all = u64::try_from(shown).unwrap_or(u64::MAX) >= notable.count;
        let how_many = if all || shown == 0 {
            notable.count.to_string()
        } else {
            format!("{shown} of {}", notable.count)
        };
        self.title(
            &format!("{} ({how_many})", capitalised(notable.kind.title())),
            out,
        );
        for record in &notable.records {
            let at = record
                .position
                .map_or_else(String::new, |at| format!(" at {at}"));
            let text = format!("{}{at}: {}", record.name, record.text);
            let _ = writeln!(out, "  {}", self.wrapped(&line(&text), 4));
        }
    }

    fn conclusion(&self, preview: &Preview, out: &mut String) {
        let (text, style) = if preview.has_problem() {
            (
                "The import would fail, lose somebody, or be stopped.",
                AnsiColor::Red.on_default(),
            )
        } else {
            (
                "The import reads everybody, and nothing stops it.",
                AnsiColor::Green.on_default(),
            )
        };
        let _ = writeln!(out, "\n{}", paint(self.color, style.bold(), text));
    }

    fn title(&self, text: &str, out: &mut String) {
        let text = self.wrapped(&line(text), 2);
        let _ = writeln!(out, "\n{}", paint(self.color, Style::new().bold(), &text));
    }

    fn wrapped(&self, text: &str, indent: usize) -> String {
        paragraph::wrapped(text, self.width, indent)
    }
}

fn time(estimate: &Estimate) -> [String; 3] {
    let requests = if estimate.requests == 1 {
        "request"
    } else {
        "requests"
    };
    let schedule = match estimate.shortest_schedule {
        Some("hourly") => "an hourly import has room for that",
        Some("daily") => "too long for an hourly import; a daily one has room for that",
        Some(_) => "too long for a daily import; a weekly one has room for that",
        None => "too long even for a weekly import",
    };
    [
        format!(
            "{} {requests} one after the other, {} each, {} in all",
            estimate.requests,
            duration(estimate.median_us),
            duration(estimate.import_us)
        ),
        format!("the slowest took {}", duration(estimate.slowest_us)),
        schedule.to_owned(),
    ]
}

/// A time with a unit that suits it.
fn duration(us: u64) -> String {
    let ms = us.div_ceil(1000);
    match ms {
        0..1000 => format!("{ms} ms"),
        1000..120_000 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        _ => format!("{} min", ms / 60_000),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}
