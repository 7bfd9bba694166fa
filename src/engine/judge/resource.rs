//! `resource`: a valid representation of a resource type.

use serde_json::Value;

use super::{Facts, Finding, Subject, describe};

pub(super) fn find(name: &str, facts: Facts<'_>, subject: Subject<'_>) -> Vec<Finding> {
    let expected = format!("a valid {name}");
    match subject.json() {
        Err(problem) => vec![Finding::new("resource", expected, "no JSON").broken(problem)],
        Ok(body) => {
            let mut findings = Vec::new();
            check("resource", name, body, facts, &mut findings);
            findings
        }
    }
}

/// Adds a finding for each way in which a value is no valid resource, or one that says that it is.
pub(super) fn check(
    at: &str,
    name: &str,
    body: &Value,
    facts: Facts<'_>,
    findings: &mut Vec<Finding>,
) {
    let expected = format!("a valid {name}");
    let problems = facts
        .knowledge
        .problems_of_resource(facts.dialect, name, body);
    if problems.is_empty() {
        findings.push(Finding::new(at, expected.as_str(), "it is one"));
    }
    for problem in problems.into_iter().take(8) {
        let place = if problem.place.is_empty() {
            at.to_owned()
        } else {
            format!("{at} {}", problem.place)
        };
        findings.push(
            Finding::new(
                place,
                expected.as_str(),
                describe::cut(&problem.received, 120),
            )
            .broken(problem.message),
        );
    }
}
