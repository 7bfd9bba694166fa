//! Lists of requirements: what a run found, and what is uncovered.

use std::fmt::Write as _;

use super::{Page, style};
use crate::cli::paint::paint;
use crate::coverage::{CoveredRequirement, Document, InRun, Standing};
use crate::report::sanitize::line;

/// The most checks that are named below a requirement.
const MOST_CHECKS: usize = 3;

/// What the run says of requirements that are neither passed nor left out.
pub(super) fn findings(page: &Page, document: &Document, most: usize, out: &mut String) {
    let of = |wanted: InRun| {
        let all = document.requirements();
        all.filter(move |one| one.verdict == Some(wanted))
    };
    let found: Vec<(InRun, &CoveredRequirement)> =
        [InRun::Fail, InRun::Inconclusive, InRun::Warn, InRun::Waived]
            .into_iter()
            .flat_map(|wanted| of(wanted).map(move |one| (wanted, one)))
            .collect();
    if found.is_empty() {
        return;
    }
    page.title(&counted("Broken or not judged", found.len(), most), out);
    for (verdict, one) in found.into_iter().take(most) {
        let word = paint(page.color, style(verdict), verdict.word());
        let _ = writeln!(
            out,
            "  {word}  {}  {}  {}",
            line(&one.id),
            one.level,
            line(&one.clause)
        );
        statement(page, one, out);
        let checks = one.judged.iter().filter(|judged| {
            let verdict = InRun::from(judged.verdict);
            verdict.is_finding()
        });
        let checks: Vec<String> = checks
            .map(|judged| format!("{} ({})", judged.check, judged.verdict))
            .collect();
        for check in checks.iter().take(MOST_CHECKS) {
            let _ = writeln!(out, "      → {}", line(check));
        }
        if checks.len() > MOST_CHECKS {
            let _ = writeln!(out, "      → and {} more", checks.len() - MOST_CHECKS);
        }
    }
}

/// What no check cites and no reason excuses.
pub(super) fn uncovered(page: &Page, document: &Document, most: usize, out: &mut String) {
    let all: Vec<&CoveredRequirement> = document
        .requirements()
        .filter(|one| one.standing == Standing::Uncovered)
        .collect();
    if all.is_empty() {
        let text = "Uncovered: none. Each testable requirement is cited by a check, or a reason says why not.";
        page.title(text, out);
        return;
    }
    page.title(&counted("Uncovered", all.len(), most), out);
    for one in all.into_iter().take(most) {
        let condition = one
            .condition
            .as_deref()
            .map_or_else(String::new, |condition| format!("  if {condition}"));
        let told = format!("{}  {}  {}{condition}", one.id, one.level, one.clause);
        let _ = writeln!(out, "  {}", page.wrapped(&line(&told), 6));
        statement(page, one, out);
    }
}

fn statement(page: &Page, one: &CoveredRequirement, out: &mut String) {
    let text = page.wrapped(&line(&one.statement), 6);
    let _ = writeln!(out, "      {text}");
}

fn counted(what: &str, count: usize, most: usize) -> String {
    if count > most {
        format!("{what}: {count}, the first {most} of them (--limit 0 shows all)")
    } else {
        format!("{what}: {count}")
    }
}
