//! `selects`: the answer to a filter, compared with our own evaluator's, over resources that the check knows.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Facts, Finding, Subject};
use crate::scim::filter::Filter;
use crate::suite::Template;
use crate::suite::template::Undefined;

pub(super) fn find(
    filter: &Template,
    among: &Template,
    facts: Facts<'_>,
    subject: Subject<'_>,
) -> Result<Finding, Undefined> {
    let text = filter.render_text(facts.scope, std::borrow::ToOwned::to_owned)?;
    let among = match among.render(facts.scope)? {
        Value::Array(items) => items,
        one => vec![one],
    };
    let parsed = match Filter::parse(&text) {
        Ok(parsed) => parsed,
        Err(error) => {
            return Ok(Finding::new("selects", &text, "")
                .broken(format!("our own evaluator can't read the filter: {error}")));
        }
    };
    let expected: BTreeSet<&str> = among
        .iter()
        .filter(|resource| {
            parsed.matches(
                &facts.knowledge.schema_of_value(facts.dialect, resource),
                resource,
            )
        })
        .filter_map(id)
        .collect();
    let known: BTreeSet<&str> = among.iter().filter_map(id).collect();
    let resources = match subject {
        Subject::Document(Value::Array(items)) => items.as_slice(),
        _ => match subject.json() {
            Ok(body) => body
                .get("Resources")
                .and_then(Value::as_array)
                .map_or(&[][..], Vec::as_slice),
            Err(problem) => return Ok(Finding::new("selects", &text, "no JSON").broken(problem)),
        },
    };
    let received: BTreeSet<&str> = resources
        .iter()
        .filter_map(id)
        .filter(|id| known.contains(id))
        .collect();
    let words = |ids: &BTreeSet<&str>| format!("{} of {} known resources", ids.len(), known.len());
    let mut finding = Finding::new(
        "selects",
        format!("{} for `{text}`", words(&expected)),
        words(&received),
    );
    let name = |wanted: &str| {
        let resource = among.iter().find(|resource| id(resource) == Some(wanted));
        let name = resource
            .and_then(|r| r.get("userName").or_else(|| r.get("displayName")))
            .and_then(Value::as_str);
        name.unwrap_or(wanted).to_owned()
    };
    let missing: Vec<String> = expected.difference(&received).map(|id| name(id)).collect();
    let wrong: Vec<String> = received.difference(&expected).map(|id| name(id)).collect();
    finding
        .diff
        .extend(missing.iter().map(|name| format!("- {name}")));
    finding
        .diff
        .extend(wrong.iter().map(|name| format!("+ {name}")));
    Ok(
        finding.broken_if(!missing.is_empty() || !wrong.is_empty(), || {
            format!(
                "`{text}` leaves out {} that match and gives {} that don't",
                missing.len(),
                wrong.len()
            )
        }),
    )
}

fn id(resource: &Value) -> Option<&str> {
    resource.get("id").and_then(Value::as_str)
}
