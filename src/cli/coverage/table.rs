//! The tables: a line for each catalogue, and for each section.

use std::fmt::Write as _;

use super::{Page, share};
use crate::cli::paint::paint;
use crate::coverage::{Counts, CoveredCatalogue, Document, Verdicts};
use crate::report::columns::{columns, fit};
use crate::report::sanitize::line;

/// A column: its head, and its figure.
type Column = (&'static str, fn(&Counts) -> String);

const COVERAGE: [Column; 6] = [
    ("rows", |counts| counts.rows.to_string()),
    ("testable", |counts| counts.testable.to_string()),
    ("cited", |counts| counts.cited.to_string()),
    ("excused", |counts| counts.excused.to_string()),
    ("uncovered", |counts| counts.uncovered.to_string()),
    ("covered", |counts| match counts.testable {
        0 => "-".to_owned(),
        _ => share(counts.covered()),
    }),
];

const VERDICTS: [Column; 9] = [
    ("testable", |counts| counts.testable.to_string()),
    ("pass", |counts| figure(counts, |said| said.pass)),
    ("fail", |counts| figure(counts, |said| said.fail)),
    ("warn", |counts| figure(counts, |said| said.warn)),
    ("skip", |counts| figure(counts, |said| said.skip)),
    ("inconcl.", |counts| {
        figure(counts, |said| said.inconclusive)
    }),
    ("waived", |counts| figure(counts, |said| said.waived)),
    ("not run", |counts| figure(counts, |said| said.not_run)),
    ("uncited", |counts| figure(counts, |said| said.uncited)),
];

/// Most figures of a run's table are 0, and would hide the others.
fn figure(counts: &Counts, of: fn(&Verdicts) -> usize) -> String {
    match counts.verdicts.as_ref().map_or(0, of) {
        0 => "·".to_owned(),
        count => count.to_string(),
    }
}

/// All tables.
pub(super) fn tables(page: &Page, document: &Document, with_sections: bool, out: &mut String) {
    let shown: &[Column] = if document.run.is_some() {
        &VERDICTS
    } else {
        &COVERAGE
    };
    let rows: Vec<_> = document
        .catalogues
        .iter()
        .map(|one| (one.id.as_str(), one.counts))
        .collect();
    table(page, "Catalogue", &rows, shown, out);
    if with_sections {
        for catalogue in &document.catalogues {
            sections(page, catalogue, shown, out);
        }
    }
}

fn sections(page: &Page, catalogue: &CoveredCatalogue, shown: &[Column], out: &mut String) {
    page.title(&line(&catalogue.title), out);
    let name = |name: &'_ str| match name {
        "" => "(no section)".to_owned(),
        name => name.to_owned(),
    };
    let names: Vec<String> = catalogue
        .sections
        .iter()
        .map(|one| name(&one.name))
        .collect();
    let counts = catalogue.sections.iter().map(|one| one.counts);
    let rows: Vec<_> = names.iter().map(String::as_str).zip(counts).collect();
    table(page, "Section", &rows, shown, out);
}

fn table(page: &Page, head: &str, rows: &[(&str, Counts)], shown: &[Column], out: &mut String) {
    // The widest figures are shares: `99.99 %`.
    let own = |column: &Column| {
        column
            .0
            .len()
            .max(if column.0 == "covered" { 7 } else { 4 })
    };
    let widest = rows.iter().map(|(name, _)| columns(&line(name))).max();
    let widest = widest.unwrap_or_default().max(head.len());
    let room = |gap: usize| {
        let figures: usize = shown.iter().map(|column| own(column) + gap).sum();
        page.width.saturating_sub(figures)
    };
    // Names are cut only where the figures stand as close as they can.
    let gap = if widest <= room(2) { 2 } else { 1 };
    let first = widest.min(room(gap).max(8));
    let width = |column: &Column| own(column) + gap - 1;
    let mut told = format!("{head:<first$}");
    for column in shown {
        let _ = write!(told, " {:>1$}", column.0, width(column));
    }
    let _ = writeln!(
        out,
        "{}",
        paint(page.color, anstyle::Style::new().dimmed(), told.trim_end())
    );
    for (name, counts) in rows {
        let name = line(name);
        let name = fit(&name, first);
        let padding = first.saturating_sub(columns(&name));
        let mut told = format!("{name}{:padding$}", "");
        for column in shown {
            let _ = write!(told, " {:>1$}", (column.1)(counts), width(column));
        }
        let _ = writeln!(out, "{}", told.trim_end());
    }
}
