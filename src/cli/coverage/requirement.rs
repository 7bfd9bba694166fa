//! One requirement in full.

use std::fmt::Write as _;

use super::{Page, style};
use crate::cli::paint::paint;
use crate::coverage::{CoveredRequirement, Document, InRun, Standing};
use crate::report::sanitize::line;

/// Where the text behind a label begins.
const INDENT: usize = 11;

pub(super) fn whole(page: &Page, document: &Document, one: &CoveredRequirement, out: &mut String) {
    page.title(&line(&format!("{} ({})", one.id, one.clause)), out);
    let _ = writeln!(out, "{}", page.wrapped(&line(&one.statement), 0));
    out.push('\n');
    labelled(page, "Level", one.level.word(), out);
    if let Some(url) = &one.url {
        labelled(page, "Source", url, out);
    }
    if let Some(condition) = &one.condition {
        labelled(page, "Only if", condition, out);
    }
    if let Some(how) = &one.how {
        labelled(page, "Test by", how, out);
    }
    let standing = match one.standing {
        Standing::Cited => "cited",
        Standing::Excused => "no check cites it, with a reason",
        Standing::Untestable => "it can't be tested from outside, or needs no check of its own",
        Standing::Uncovered => "no check cites it, and no reason is written down",
    };
    labelled(page, "Coverage", standing, out);
    if let Some(reason) = &one.reason {
        labelled(page, "Reason", reason, out);
    }
    if let Some(verdict) = one.verdict {
        let run = document.run.as_ref().map_or("", |run| run.id.as_str());
        let word = paint(page.color, style(verdict), verdict.word());
        let _ = writeln!(out, "{:<INDENT$}{word} in run {}", "Verdict", line(run));
    }
    if !one.judged.is_empty() {
        out.push_str("\nChecks of the run that cite it\n");
        for judged in &one.judged {
            let word = format!("{:<12}", judged.verdict.word());
            let word = paint(page.color, style(InRun::from(judged.verdict)), &word);
            let _ = writeln!(out, "  {word} {}", line(&judged.check));
        }
    }
    if !one.checks.is_empty() {
        out.push_str("\nChecks that cite it\n");
        for check in &one.checks {
            let _ = writeln!(out, "  {}", line(check));
        }
    }
}

fn labelled(page: &Page, label: &str, text: &str, out: &mut String) {
    let text = page.wrapped(&line(text), INDENT);
    let _ = writeln!(out, "{label:<INDENT$}{text}");
}
