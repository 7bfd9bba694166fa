//! `resource`: a valid representation of a resource type.

use serde_json::Value;

use super::{Facts, Finding, Subject, describe};
use crate::suite::Represented;

pub(super) fn find(of: &Represented, facts: Facts<'_>, subject: Subject<'_>) -> Vec<Finding> {
    match subject.json() {
        Err(problem) => {
            let expected = format!("a valid {}", words(of));
            vec![Finding::new("resource", expected, "no JSON").broken(problem)]
        }
        Ok(body) => {
            let mut findings = Vec::new();
            check("resource", of, body, facts, &mut findings);
            findings
        }
    }
}

/// The resource type, for people.
pub(super) fn words(of: &Represented) -> &str {
    match of {
        Represented::Named(name) => name,
        Represented::Any => "resource",
    }
}

/// Adds a finding for each way in which a value is no valid resource, or one that says that it is. What does not say of
/// which type it is can be anything.
pub(super) fn check(
    at: &str,
    of: &Represented,
    body: &Value,
    facts: Facts<'_>,
    findings: &mut Vec<Finding>,
) {
    let own;
    let name = match of {
        Represented::Named(name) => name.as_str(),
        Represented::Any => match facts.knowledge.type_of_value(facts.dialect, body) {
            Some(name) => {
                own = name;
                own.as_str()
            }
            None => return,
        },
    };
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
