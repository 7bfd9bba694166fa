//! What of the catalogues the built-in checks cover: it may only grow.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use scimitar::coverage::{Document, Scope, Standing};
use scimitar::suite::Library;

const HEADER: &str =
    "# catalogue\tits testable requirements that no check cites and no reason excuses\n";

fn covered() -> Document {
    let library = Library::embedded().unwrap();
    let everything = Scope {
        catalogue: &|_| true,
        section: &|_| true,
        suite: &|_| true,
    };
    Document::new(&library, None, &everything)
}

#[test]
fn no_more_requirements_are_uncovered_than_before() {
    let path = super::root().join("tests/suites/uncovered.tsv");
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let before: BTreeMap<&str, usize> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('\t').unwrap())
        .map(|(id, count)| (id, count.parse().unwrap()))
        .collect();
    let document = covered();
    let mut lowered = HEADER.to_owned();
    let mut worse = Vec::new();
    let mut stale = Vec::new();
    for catalogue in &document.catalogues {
        let (id, now) = (catalogue.id.as_str(), catalogue.counts.uncovered);
        let most = before.get(id).copied();
        if now > most.unwrap_or(0) && most.is_some() {
            worse.push(format!(
                "{id}: {now} uncovered, {} before",
                most.unwrap_or(0)
            ));
        } else if most != Some(now) {
            stale.push(format!("{id}: {now} uncovered, the file says {most:?}"));
        }
        let _ = writeln!(lowered, "{id}\t{}", most.map_or(now, |most| now.min(most)));
    }
    let known = |id: &str| document.catalogues.iter().any(|one| one.id == id);
    stale.extend(
        before
            .keys()
            .filter(|id| !known(id))
            .map(|id| format!("{id}: there is no such catalogue")),
    );
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, lowered).unwrap();
        stale.clear();
    }
    assert!(
        worse.is_empty(),
        "testable requirements lost their check, or came without one. Cite them, or write down why no check can \
         (`reason` in a table, `because` in YAML); `scimitar coverage --catalogue ID --uncovered` lists them:\n{}",
        worse.join("\n")
    );
    assert!(
        stale.is_empty(),
        "lower tests/suites/uncovered.tsv: UPDATE=1 cargo nextest run --test suites coverage\n{}",
        stale.join("\n")
    );
}

#[test]
fn what_a_check_cites_needs_no_reason_why_none_can() {
    for one in covered().requirements() {
        let stale = one.standing == Standing::Cited && one.reason.is_some();
        assert!(
            !stale,
            "{} is cited by {:?}: its reason is stale",
            one.id, one.checks
        );
    }
}
