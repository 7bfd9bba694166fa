//! `oin.html`: the readiness and the test plan for people, in one file that needs no network and no scripts.

use std::io;

use askama::Template;

use super::super::html::check::{anchor, visible};
use super::super::html::policy::{STYLE, csp_hash};
use super::super::sanitize::{Shown, cut};
use super::super::{conclusion, text};
use super::account::Account;
use super::missing::Missing;
use super::readiness::{Readiness, assess};
use super::standing::Standing;
use crate::record::{CheckResult, Run, Verdict};

/// The name of the report with the checks, which lies beside this one.
const REPORT: &str = "report.html";
/// How much of what is missing is listed; who mends that much runs again.
const MOST_MISSING: usize = 200;
/// How many checks are named with one thing.
const CHECKS: usize = 12;
/// How many characters of what was expected and received are shown.
const EVIDENCE: usize = 240;

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
    csp_hash(&[STYLE, include_str!("../../../reports/templates/oin.css")])
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
    count: usize,
    from: usize,
    width: usize,
}

struct MissingView<'a> {
    what: String,
    cure: String,
    cases: Vec<Shown<'a>>,
    checks: Vec<Link<'a>>,
    more: usize,
}

/// A check, as a link into the report beside this one.
struct Link<'a> {
    href: String,
    id: Shown<'a>,
    class: &'static str,
    symbol: &'static str,
    word: &'static str,
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

struct AreaView<'a> {
    title: Shown<'a>,
    tally: String,
    cases: Vec<CaseView<'a>>,
}

struct CaseView<'a> {
    id: Shown<'a>,
    class: &'static str,
    symbol: &'static str,
    words: &'static str,
    statement: Shown<'a>,
    why: Option<String>,
    evidence: Option<EvidenceView>,
    fix: Option<Shown<'a>>,
    checks: Vec<Link<'a>>,
    more: usize,
}

struct EvidenceView {
    at: String,
    expected: String,
    received: String,
}

impl<'a> Page<'a> {
    fn of(run: &'a Run, readiness: &'a Readiness<'a>) -> Self {
        let counts = counts(readiness);
        let words = counts
            .iter()
            .map(|one| format!("{} {}", one.count, one.words));
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
            count,
            from,
            width: before * 1000 / total - from,
        }
    });
    all.collect()
}

impl<'a> MissingView<'a> {
    fn of(missing: &'a Missing<'a>) -> Self {
        let (checks, more) = links(&missing.checks);
        Self {
            what: visible(&cut(&missing.what, 600)),
            cure: visible(&missing.cure),
            cases: missing.cases.iter().map(|case| Shown(case)).collect(),
            checks,
            more,
        }
    }
}

fn links<'a>(checks: &[&'a CheckResult]) -> (Vec<Link<'a>>, usize) {
    let links = checks.iter().take(CHECKS).map(|check| Link {
        href: format!("{REPORT}#{}", anchor(&check.id)),
        id: Shown(&check.id),
        class: check.verdict.word(),
        symbol: conclusion::symbol(check.verdict),
        word: check.verdict.word(),
    });
    (links.collect(), checks.len().saturating_sub(CHECKS))
}

impl<'a> AreaView<'a> {
    fn of(title: &'a str, accounts: &[&'a Account<'a>]) -> Self {
        let passed = accounts
            .iter()
            .filter(|one| one.standing == Standing::Passed)
            .count();
        Self {
            title: Shown(title),
            tally: format!("{passed} of {} passed", accounts.len()),
            cases: accounts
                .iter()
                .map(|account| CaseView::of(account))
                .collect(),
        }
    }
}

impl<'a> CaseView<'a> {
    fn of(account: &'a Account<'a>) -> Self {
        let told = account
            .decisive()
            .filter(|check| matches!(check.verdict, Verdict::Fail | Verdict::Waived));
        let (checks, more) = links(&account.checks);
        Self {
            id: Shown(account.short),
            class: account.standing.class(),
            symbol: account.standing.symbol(),
            words: account.standing.words(),
            statement: Shown(&account.case.statement),
            why: account.why.as_deref().map(|why| visible(&cut(why, 600))),
            evidence: told.and_then(|check| {
                let broken = *text::broken(check).first()?;
                let one = broken.expectation;
                let shown = |text: &str| visible(&cut(text, EVIDENCE));
                Some(EvidenceView {
                    at: shown(&format!("{} of {}", one.at, broken.step.title)),
                    expected: shown(&one.expected),
                    received: shown(&one.received),
                })
            }),
            fix: told
                .map(|check| Shown(&check.fix))
                .filter(|fix| !fix.0.is_empty()),
            checks,
            more,
        }
    }
}
