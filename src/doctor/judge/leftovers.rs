//! What former runs left: by the ledgers here, and by scimitar's tag on the target.

use serde_json::Value;

use super::{ok, remark, unjudged};
use crate::doctor::diagnosis::{Finding, Section};
use crate::doctor::facts::Facts;
use crate::engine::generate::PREFIX;

const HERE: Section = Section::Leftovers;

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    if facts.embedded {
        return vec![ok(
            "leftovers",
            HERE,
            "the embedded server forgets everything",
        )];
    }
    let mut findings: Vec<Finding> = facts
        .ledgers
        .iter()
        .map(|ledger| {
            let many = if ledger.open == 1 {
                "one resource"
            } else {
                "resources"
            };
            let count = if ledger.open == 1 {
                String::new()
            } else {
                format!("{} ", ledger.open)
            };
            let text = format!(
                "run {} may have left {count}{many} there ({})",
                ledger.run, ledger.path
            );
            let url = facts.base_url.trim();
            remark("leftovers.ledger", HERE, text)
                .remedy(format!("scimitar cleanup {} {url}", ledger.path))
        })
        .collect();
    if findings.is_empty() {
        findings.push(ok(
            "leftovers.ledger",
            HERE,
            "no ledger under reports/ has anything open on this target",
        ));
    }
    findings.push(on_target(facts));
    findings
}

fn on_target(facts: &Facts) -> Finding {
    let id = "leftovers.target";
    let Some(answer) = facts.search.answer() else {
        let why = facts.search.missing().unwrap_or_default();
        return unjudged(
            id,
            HERE,
            format!("it was not searched for left-overs: {why}"),
        );
    };
    let items = answer
        .json()
        .and_then(|body| body.get("Resources")?.as_array());
    let total = answer
        .json()
        .and_then(|body| body.get("totalResults")?.as_u64());
    let items: &[Value] = match (answer.status, items) {
        (200, Some(items)) => items,
        // A list of none may lack the array (RFC 7644 §3.4.2).
        (200, None) if total == Some(0) => &[],
        _ => {
            let text = format!(
                "it can't be searched for left-overs: the filter is answered {}",
                answer.words()
            );
            return unjudged(id, HERE, text);
        }
    };
    let prefix = format!("{PREFIX}-");
    let names: Vec<&str> = items
        .iter()
        .filter_map(|item| item.get("userName")?.as_str())
        .collect();
    let ours: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| name.to_lowercase().starts_with(&prefix))
        .collect();
    if ours.is_empty() && !items.is_empty() {
        let text = "it can't be searched for left-overs: the filter is not applied";
        return unjudged(id, HERE, text);
    }
    let Some(example) = ours.first() else {
        return ok(id, HERE, "no user there carries scimitar's tag");
    };
    let more = if total.is_some_and(|total| total > ours.len() as u64) {
        "at least "
    } else {
        ""
    };
    let shown: String = example.chars().take(80).collect();
    let users = if ours.len() == 1 {
        "user there carries"
    } else {
        "users there carry"
    };
    let text = format!(
        "{more}{} {users} scimitar's tag, such as {shown}",
        ours.len()
    );
    remark(id, HERE, text).remedy(cure(facts, &ours))
}

fn cure(facts: &Facts, ours: &[&str]) -> String {
    let known = |tag: &str| ours.iter().any(|name| name.to_lowercase().contains(tag));
    if facts
        .ledgers
        .iter()
        .any(|ledger| !ledger.tag.is_empty() && known(&ledger.tag))
    {
        return "the command above removes those of its run".to_owned();
    }
    "unless a run goes on right now: `scimitar cleanup RUN` where the run's ledger is; without one, delete them by hand"
        .to_owned()
}
