//! `sameAs`: comparison by SCIM's rules.

use super::{Facts, Finding, Subject, describe};
use crate::scim::compare;
use crate::suite::SameAs;
use crate::suite::template::Undefined;

pub(super) fn find(
    with: &SameAs,
    facts: Facts<'_>,
    subject: Subject<'_>,
) -> Result<Finding, Undefined> {
    let (name, wanted) = match with {
        SameAs::Sent => ("what was sent", facts.sent.cloned()),
        SameAs::Value(template) => ("the captured resource", Some(template.render(facts.scope)?)),
    };
    let finding = |received: &str| Finding::new("sameAs", name, received);
    let Some(wanted) = wanted else {
        return Ok(finding("").broken("the step sent no JSON body to compare with"));
    };
    let body = match subject.json() {
        Ok(body) => body,
        Err(problem) => return Ok(finding("no JSON").broken(problem)),
    };
    let schema = facts.knowledge.schema_of_value(facts.dialect, &wanted);
    let differences = compare::differences(&schema, &wanted, body);
    let shown = |value: Option<&serde_json::Value>| {
        value.map_or_else(|| "nothing".to_owned(), describe::value)
    };
    let Some(first) = differences.first() else {
        return Ok(finding("the same"));
    };
    let message = format!(
        "{} is {} where {} had {}{}",
        first.path,
        shown(first.received.as_ref()),
        name,
        shown(first.expected.as_ref()),
        if differences.len() > 1 {
            format!(", and {} more differ", differences.len() - 1)
        } else {
            String::new()
        }
    );
    let mut finding = finding(&format!("{} differences", differences.len())).broken(message);
    finding.diff = differences
        .iter()
        .take(10)
        .flat_map(|difference| {
            [
                format!(
                    "- {}: {}",
                    difference.path,
                    shown(difference.expected.as_ref())
                ),
                format!(
                    "+ {}: {}",
                    difference.path,
                    shown(difference.received.as_ref())
                ),
            ]
        })
        .collect();
    Ok(finding)
}
