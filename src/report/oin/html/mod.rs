//! `oin.html`: the readiness and the test plan for people, in one file that needs no network and no scripts.

mod view;

use std::io;

use askama::Template;

use super::super::html::check::visible;
use super::super::html::policy::{STYLE, csp_hash};
use super::super::sanitize::{Shown, cut};
use super::readiness::{Readiness, assess};
use crate::record::Run;
use view::{AreaView, MissingView};

/// How much of what is missing is listed; who mends that much runs again.
const MOST_MISSING: usize = 200;

/// Writes a run's readiness as one HTML page. Of a run without the test plan it says that there is nothing to say.
///
/// # Errors
/// What the writer says.
pub fn write(run: &Run, mut out: impl io::Write) -> io::Result<()> {
    assess(run, |readiness| {
        Page::of(run, readiness).write_into(&mut out)
    })
    .unwrap_or_else(|| Nothing::of(run).write_into(&mut out))
}

fn style_hash() -> String {
    csp_hash(&[STYLE, include_str!("../../../../reports/templates/oin.css")])
}

fn tool(run: &Run) -> String {
    visible(&format!("{} {}", run.tool.name, run.tool.version))
}

/// The page of a run that has no plan.
#[derive(Template)]
#[template(path = "oin-nothing.html", config = "reports/askama.toml")]
struct Nothing<'a> {
    style_hash: String,
    tool: String,
    run_id: Shown<'a>,
}

impl<'a> Nothing<'a> {
    fn of(run: &'a Run) -> Self {
        Self {
            style_hash: style_hash(),
            tool: tool(run),
            run_id: Shown(&run.id),
        }
    }
}

#[derive(Template)]
#[template(path = "oin.html", config = "reports/askama.toml")]
struct Page<'a> {
    style_hash: String,
    tool: String,
    run_id: Shown<'a>,
    started: Shown<'a>,
    target: String,
    class: &'static str,
    symbol: &'static str,
    words: &'static str,
    sentence: String,
    total: usize,
    counts: Vec<Count>,
    counts_words: String,
    plan_title: Shown<'a>,
    missing: Vec<MissingView<'a>>,
    missing_more: usize,
    results: Vec<ResultView>,
    fields: Vec<FieldView>,
    ticks: Vec<TickView>,
    yours: Vec<YoursView<'a>>,
    areas: Vec<AreaView<'a>>,
}

/// How many cases stand so, with its part of the bar in thousandths.
struct Count {
    class: &'static str,
    symbol: &'static str,
    words: &'static str,
    cases: usize,
    from: usize,
    width: usize,
}

struct ResultView {
    class: &'static str,
    symbol: &'static str,
    state: &'static str,
    title: String,
    words: String,
}

struct FieldView {
    name: &'static str,
    value: Option<String>,
    source: &'static str,
    note: String,
}

struct TickView {
    name: &'static str,
    class: &'static str,
    symbol: &'static str,
    words: &'static str,
    why: String,
}

struct YoursView<'a> {
    case: Shown<'a>,
    remains: Shown<'a>,
}

impl<'a> Page<'a> {
    fn of(run: &'a Run, readiness: &'a Readiness<'a>) -> Self {
        let counts = counts(readiness);
        let words = counts
            .iter()
            .map(|one| format!("{} {}", one.cases, one.words));
        Self {
            style_hash: style_hash(),
            tool: tool(run),
            run_id: Shown(&run.id),
            started: Shown(&run.started),
            target: if run.target.embedded {
                "the embedded server".to_owned()
            } else {
                visible(&run.target.url)
            },
            class: if readiness.is_ready() { "pass" } else { "fail" },
            symbol: if readiness.is_ready() { "✓" } else { "✗" },
            words: readiness.words(),
            sentence: visible(&cut(&readiness.sentence(), 600)),
            total: readiness.accounts().len(),
            counts_words: words.collect::<Vec<_>>().join(", "),
            counts,
            plan_title: Shown(&readiness.plan.title),
            missing: readiness
                .missing
                .iter()
                .take(MOST_MISSING)
                .map(MissingView::of)
                .collect(),
            missing_more: readiness.missing.len().saturating_sub(MOST_MISSING),
            results: readiness
                .results
                .iter()
                .map(|result| ResultView {
                    class: result.state.standing().class(),
                    symbol: result.state.standing().symbol(),
                    state: result.state.words(),
                    title: visible(&result.title),
                    words: visible(&cut(&result.words, 600)),
                })
                .collect(),
            fields: readiness
                .fields
                .iter()
                .map(|field| FieldView {
                    name: field.name,
                    value: field.value.as_deref().map(visible),
                    source: field.source(),
                    note: visible(&field.note),
                })
                .collect(),
            ticks: readiness
                .ticks
                .iter()
                .map(|tick| TickView {
                    name: tick.feature.name,
                    class: tick.advice.class(),
                    symbol: tick.advice.symbol(),
                    words: tick.advice.words(),
                    why: visible(&cut(&tick.why, 400)),
                })
                .collect(),
            yours: readiness
                .yours()
                .into_iter()
                .map(|(account, remains)| YoursView {
                    case: Shown(account.short),
                    remains: Shown(remains),
                })
                .collect(),
            areas: readiness
                .areas()
                .into_iter()
                .map(|(title, cases)| AreaView::of(title, &cases))
                .collect(),
        }
    }
}

/// The bar: each part is as wide as its share.
fn counts(readiness: &Readiness<'_>) -> Vec<Count> {
    let total = readiness.accounts().len().max(1);
    let mut before = 0;
    let all = readiness.counts().into_iter().map(|(standing, count)| {
        let from = before * 1000 / total;
        before += count;
        Count {
            class: standing.class(),
            symbol: standing.symbol(),
            words: standing.words(),
            cases: count,
            from,
            width: before * 1000 / total - from,
        }
    });
    all.collect()
}
