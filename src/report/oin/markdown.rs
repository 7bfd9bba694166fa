//! `oin.md`: the readiness and the test plan on a page that fits into a comment of a merge request.
//!
//! Text of the record is escaped as in the summary: what a server said can be neither markup nor a mention.

use std::fmt::Write as _;

use super::super::markdown::{code, code_cell, prose};
use super::super::sanitize::cut;
use super::account::Account;
use super::missing::{Missing, cases_line};
use super::readiness::{Readiness, assess};
use super::standing::Standing;
use crate::record::{self, Run, Verdict};

/// Where it stops, in bytes: a comment on GitHub has 65,536 characters at most.
const MOST_BYTES: usize = 60_000;
/// How much of the page the list of what is missing may take, so that the plan has its place.
const MOST_MISSING: usize = 20_000;
/// How many characters of a text from the record stand in a cell.
const CELL: usize = 200;
/// How many cases are listed to look at; Okta's plan has fewer.
const YOURS: usize = 60;
/// How many checks stand with what is missing.
const CHECKS: usize = 5;

/// A run's readiness as Markdown. Of a run without the test plan it says that there is nothing to say.
pub fn render(run: &Run) -> String {
    assess(run, |readiness| page(run, readiness)).unwrap_or_else(|| nothing(run))
}

fn nothing(run: &Run) -> String {
    format!(
        "# – OIN readiness: not assessed\n\n\
         The record of this run has no test plan of the Okta Integration Network: none of its suites is about it, or an \
         older scimitar wrote it. Run `scimitar run URL --profile okta`.\n\n{}",
        foot(run)
    )
}

fn page(run: &Run, readiness: &Readiness<'_>) -> String {
    let mut out = String::new();
    let mark = if readiness.is_ready() { "✓" } else { "✗" };
    let _ = writeln!(out, "# {mark} OIN readiness: {}\n", readiness.words());
    let _ = writeln!(out, "{}\n", prose(&cut(&readiness.sentence(), 600)));
    facts(run, readiness, &mut out);
    missing(readiness, &mut out);
    results(readiness, &mut out);
    form(readiness, &mut out);
    features(readiness, &mut out);
    yours(readiness, &mut out);
    plan(readiness, &mut out);
    out.push_str(&foot(run));
    out
}

fn foot(run: &Run) -> String {
    format!(
        "<sub>{} {} · run {} · started {}</sub>\n",
        prose(&run.tool.name),
        prose(&run.tool.version),
        code(&run.id),
        prose(&run.started)
    )
}

fn facts(run: &Run, readiness: &Readiness<'_>, out: &mut String) {
    let target = if run.target.embedded {
        "the embedded server".to_owned()
    } else {
        code(&run.target.url)
    };
    let counts = readiness.counts().into_iter();
    let counts: Vec<String> = counts
        .map(|(standing, count)| format!("{} {count} {}", standing.symbol(), standing.words()))
        .collect();
    let _ = writeln!(
        out,
        "**Target** {target} · **Test plan** {} cases: {}\n",
        readiness.accounts().len(),
        counts.join(" · ")
    );
}

fn missing(readiness: &Readiness<'_>, out: &mut String) {
    if readiness.missing.is_empty() {
        return;
    }
    out.push_str("## What is missing\n\n");
    let limit = out.len() + MOST_MISSING;
    for (place, one) in readiness.missing.iter().enumerate() {
        let entry = entry(place + 1, one);
        if out.len() + entry.len() > limit {
            let left = readiness.missing.len() - place;
            let _ = writeln!(out, "\n**And {left} more**, which the HTML report has.");
            break;
        }
        out.push_str(&entry);
    }
    out.push('\n');
}

fn entry(number: usize, one: &Missing<'_>) -> String {
    let mut out = format!(
        "{number}. **{}**  \n   {}",
        prose(&cut(&one.what, 400)),
        prose(&cut(&one.cure, 600))
    );
    if !one.cases.is_empty() {
        let _ = write!(out, "  \n   Cases: {}", prose(&cases_line(&one.cases)));
    }
    if !one.checks.is_empty() {
        let named: Vec<String> = one
            .checks
            .iter()
            .take(CHECKS)
            .map(|check| code(&check.id))
            .collect();
        let more = match one.checks.len().checked_sub(CHECKS) {
            Some(more) if more > 0 => format!(" and {more} more"),
            _ => String::new(),
        };
        let _ = write!(out, "  \n   Checks: {}{more}", named.join(", "));
    }
    out.push('\n');
    out
}

fn results(readiness: &Readiness<'_>, out: &mut String) {
    out.push_str("## Okta's own tests\n\n| test | result | |\n|---|---|---|\n");
    for result in &readiness.results {
        let _ = writeln!(
            out,
            "| {} | {} {} | {} |",
            prose(&cut(&result.title, CELL)),
            result.state.standing().symbol(),
            result.state.words(),
            prose(&cut(&result.words, 400))
        );
    }
    out.push('\n');
}

fn form(readiness: &Readiness<'_>, out: &mut String) {
    out.push_str("## For the submission form\n\n| field | value | whose | |\n|---|---|---|---|\n");
    for field in &readiness.fields {
        let value = field.value.as_deref().map_or_else(String::new, code_cell);
        let _ = writeln!(
            out,
            "| {} | {value} | {} | {} |",
            field.name,
            field.source(),
            prose(&field.note)
        );
    }
    out.push('\n');
}

fn features(readiness: &Readiness<'_>, out: &mut String) {
    out.push_str(
        "### Provisioning features\n\n| feature | box, from this run | |\n|---|---|---|\n",
    );
    for tick in &readiness.ticks {
        let _ = writeln!(
            out,
            "| {} | {} {} | {} |",
            tick.feature.name,
            tick.advice.symbol(),
            tick.advice.words(),
            prose(&cut(&tick.why, CELL))
        );
    }
    out.push('\n');
}

fn yours(readiness: &Readiness<'_>, out: &mut String) {
    let yours = readiness.yours();
    if yours.is_empty() {
        return;
    }
    out.push_str("## To look at yourself\n\n");
    for (account, remains) in yours.into_iter().take(YOURS) {
        let _ = writeln!(
            out,
            "- [ ] {}: {}",
            prose(account.short),
            prose(&cut(remains, 400))
        );
    }
    out.push('\n');
}

fn plan(readiness: &Readiness<'_>, out: &mut String) {
    let _ = writeln!(
        out,
        "<details><summary>{}: {} cases</summary>\n",
        prose(&cut(&readiness.plan.title, CELL)),
        readiness.accounts().len()
    );
    let mut left = 0;
    for (area, accounts) in readiness.areas() {
        let mut part = format!(
            "\n**{}**\n\n| case | | what it demands | why |\n|---|---|---|---|\n",
            prose(area)
        );
        for account in &accounts {
            row(account, &mut part);
        }
        if out.len() + part.len() > MOST_BYTES {
            left += accounts.len();
        } else {
            out.push_str(&part);
        }
    }
    if left > 0 {
        let _ = writeln!(
            out,
            "\n**{left} cases left out**, to fit into a comment. The HTML report has all."
        );
    }
    out.push_str("\n</details>\n\n");
}

fn row(account: &Account<'_>, out: &mut String) {
    let _ = writeln!(
        out,
        "| {} | {} {} | {} | {} |",
        prose(account.short),
        account.standing.symbol(),
        account.standing.words(),
        prose(&cut(&account.case.statement, CELL)),
        why(account)
    );
}

/// What there is to say of a case, in one cell.
fn why(account: &Account<'_>) -> String {
    let mut parts = Vec::new();
    if let Some(why) = &account.why {
        parts.push(prose(&cut(why, CELL)));
    }
    if let Some(check) = account.decisive() {
        if account.standing == Standing::Failed || check.verdict == Verdict::Fail {
            parts.push(code_cell(&check.id));
            if let Some(broken) = record::broken(&check.steps.read()).first() {
                let one = broken.expectation;
                parts.push(format!(
                    "{}: expected {}, received {}.",
                    code_cell(&cut(&one.at, 60)),
                    code_cell(&cut(&one.expected, 80)),
                    code_cell(&cut(&one.received, 80))
                ));
            }
            if !check.fix.is_empty() {
                parts.push(format!("Fix: {}", prose(&cut(&check.fix, CELL))));
            }
        }
    } else if account.standing == Standing::Passed {
        let first = account
            .checks
            .iter()
            .find(|check| check.verdict != Verdict::Skip);
        parts.extend(first.map(|check| code_cell(&check.id)));
        let more = account
            .checks
            .iter()
            .filter(|check| check.verdict != Verdict::Skip)
            .count();
        if more > 1 {
            parts.push(format!("and {} more", more - 1));
        }
    }
    parts.join(" ")
}
