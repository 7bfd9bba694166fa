//! The page: its head, and what the template puts below it.

use std::io;

use askama::Template;

use super::super::conclusion::{Conclusion, symbol};
use super::super::group::Tally;
use super::super::sanitize::Shown;
use super::super::system_log::{TITLE, WHAT};
use super::attributes::{self, TableView};
use super::check::visible;
use super::policy::{script_hash, style_hash};
use super::requirements::{self, CatalogueView};
use super::sections::{Section, sections};
use super::system_log::LogOfRun;
use super::tables::{
    Fact, LatencyRow, SuiteRow, TraitRow, details, facts, latencies, suites, traits,
};
use crate::record::{NoteKind, Run, Verdict};

/// Writes a run as one HTML page.
///
/// # Errors
/// What the writer says.
pub fn write(run: &Run, mut out: impl io::Write) -> io::Result<()> {
    Page::of(run).write_into(&mut out)
}

/// A run as one HTML page. [`write()`] needs less memory.
///
/// # Errors
/// What the template says; nothing in a record makes it refuse.
pub fn render(run: &Run) -> io::Result<String> {
    Ok(Page::of(run).render()?)
}

#[derive(Template)]
#[template(path = "report.html", config = "reports/askama.toml")]
struct Page<'a> {
    run: &'a Run,
    style_hash: String,
    script_hash: String,
    tool: String,
    run_id: Shown<'a>,
    /// The target's base URL.
    url: Shown<'a>,
    /// Whether that is the embedded server's.
    embedded: bool,
    conclusion: &'static str,
    class: &'static str,
    symbol: &'static str,
    sentence: String,
    chips: Vec<Chip>,
    share: Vec<Share>,
    share_words: String,
    facts: Vec<Fact>,
    warnings: Vec<Shown<'a>>,
    notes: Vec<Shown<'a>>,
    leftovers: Vec<LeftoverView<'a>>,
    sections: Vec<Section<'a>>,
    attributes: Vec<TableView<'a>>,
    requirements: Vec<CatalogueView<'a>>,
    legend: Vec<(&'static str, &'static str)>,
    columns: Vec<&'static str>,
    suites: Vec<SuiteRow<'a>>,
    traits: Vec<TraitRow<'a>>,
    latencies: Vec<LatencyRow>,
    log_title: &'static str,
    log_what: &'static str,
    log: LogOfRun<'a>,
    details: Vec<Fact>,
}

struct Chip {
    class: &'static str,
    section: &'static str,
    symbol: &'static str,
    word: &'static str,
    count: usize,
}

/// A part of the bar, in thousandths.
struct Share {
    class: &'static str,
    from: usize,
    width: usize,
}

struct LeftoverView<'a> {
    url: Shown<'a>,
    name: Shown<'a>,
    reason: Shown<'a>,
    check: Shown<'a>,
}

impl<'a> Page<'a> {
    fn of(run: &'a Run) -> Self {
        let conclusion = Conclusion::of(run);
        let tally = Tally::of(&run.checks);
        let notes = |kind: NoteKind| {
            run.notes
                .iter()
                .filter(move |note| note.kind == kind)
                .map(|note| Shown(&note.text))
                .collect::<Vec<_>>()
        };
        Self {
            run,
            style_hash: style_hash(),
            script_hash: script_hash(),
            tool: visible(&format!("{} {}", run.tool.name, run.tool.version)),
            run_id: Shown(&run.id),
            url: Shown(&run.target.url),
            embedded: run.target.embedded,
            conclusion: conclusion.words(),
            class: conclusion.verdict().word(),
            symbol: symbol(conclusion.verdict()),
            sentence: conclusion.sentence(run),
            chips: chips(tally),
            share: share(tally),
            share_words: tally.words(),
            facts: facts(run),
            warnings: notes(NoteKind::Warning),
            notes: notes(NoteKind::Info),
            leftovers: run
                .leftovers
                .iter()
                .map(|one| LeftoverView {
                    url: Shown(&one.url),
                    name: Shown(&one.name),
                    reason: Shown(&one.reason),
                    check: Shown(&one.check),
                })
                .collect(),
            sections: sections(run),
            attributes: attributes::tables(run),
            requirements: requirements::catalogues(run),
            legend: Verdict::ALL
                .map(|verdict| (verdict.word(), symbol(verdict)))
                .to_vec(),
            columns: tally.parts().iter().map(|part| part.word).collect(),
            suites: suites(run, tally),
            traits: traits(run),
            latencies: latencies(run),
            log_title: TITLE,
            log_what: WHAT,
            log: LogOfRun::of(run),
            details: details(run),
        }
    }
}

fn chips(tally: Tally) -> Vec<Chip> {
    let parts = tally.parts().into_iter().filter(|part| part.count > 0);
    parts
        .map(|part| Chip {
            class: part.verdict.word(),
            section: part.section,
            symbol: symbol(part.verdict),
            word: part.word,
            count: part.count,
        })
        .collect()
}

/// The bar: each part is as wide as its share, and wide enough to be seen.
fn share(tally: Tally) -> Vec<Share> {
    let total = tally.total().max(1);
    let mut from = 0;
    let mut shares = Vec::new();
    for part in tally.parts().into_iter().filter(|part| part.count > 0) {
        let width = (part.count * 1000 / total)
            .max(6)
            .min(1000_usize.saturating_sub(from));
        shares.push(Share {
            class: part.verdict.word(),
            from,
            width,
        });
        from += width;
    }
    if let Some(last) = shares.last_mut() {
        last.width = 1000 - last.from.min(1000);
    }
    shares
}
