//! `list`: a valid list response (RFC 7644 §3.4.2; SCIM 1.1 API §3.2.2).

use serde_json::Value;

use super::{Facts, Finding, Subject, describe, resource};
use crate::scim::urn;
use crate::suite::{Dialect, Represented};

pub(super) fn find(of: &Represented, facts: Facts<'_>, subject: Subject<'_>) -> Vec<Finding> {
    let body = match subject.json() {
        Ok(body) => body,
        Err(problem) => {
            return vec![
                Finding::new(
                    "list",
                    format!("a list of {}", resource::words(of)),
                    "no JSON",
                )
                .broken(problem),
            ];
        }
    };
    let shown = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), describe::value);
    let mut findings = Vec::new();

    let wanted = match facts.dialect {
        Dialect::V2 => urn::LIST_RESPONSE,
        Dialect::V1 => urn::v1::CORE,
    };
    let schemas = body.get("schemas");
    let has_urn = schemas
        .and_then(Value::as_array)
        .is_some_and(|list| list.iter().any(|s| s == wanted));
    findings.push(
        Finding::new(
            "list schemas",
            format!("holding {wanted:?}"),
            shown(schemas),
        )
        .broken_if(!has_urn, || format!("the list's `schemas` lacks {wanted}")),
    );

    let resources = body.get("Resources");
    let items: &[Value] = resources
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice);
    let total = body.get("totalResults");
    let total_number = total.and_then(Value::as_u64);
    // A server that pages by cursor need not know how many there are (RFC 9865 §2).
    let by_cursor = matches!(subject, Subject::Response(answer) if answer.asked.by_cursor)
        || ["nextCursor", "previousCursor"]
            .iter()
            .any(|name| body.get(name).is_some());
    let uncounted = by_cursor && total.is_none_or(Value::is_null);
    findings.push(
        Finding::new("list totalResults", "an integer", shown(total))
            .broken_if(total_number.is_none() && !uncounted, || {
                format!("`totalResults` is {}, not an integer", shown(total))
            }),
    );
    let missing = !resources.is_some_and(Value::is_array) && total_number != Some(0);
    findings.push(
        Finding::new(
            "list Resources",
            "a list",
            if missing {
                shown(resources)
            } else {
                format!("{} of them", items.len())
            },
        )
        .broken_if(missing, || {
            "`Resources` is no list although `totalResults` is not 0".to_owned()
        }),
    );
    if let Some(total) = total_number {
        let fewer = total < items.len() as u64;
        findings.push(
            Finding::new(
                "list totalResults",
                format!("at least {}", items.len()),
                total.to_string(),
            )
            .broken_if(fewer, || {
                format!(
                    "`totalResults` is {total}, but the page holds {} resources",
                    items.len()
                )
            }),
        );
    }
    for counter in ["startIndex", "itemsPerPage"] {
        if let Some(value) = body.get(counter).filter(|value| !value.is_null()) {
            findings.push(
                Finding::new(
                    format!("list {counter}"),
                    "an integer",
                    describe::value(value),
                )
                .broken_if(value.as_u64().is_none(), || {
                    format!("`{counter}` is {value}, not an integer")
                }),
            );
        }
    }
    for (index, item) in items.iter().enumerate() {
        let mut inner = Vec::new();
        resource::check(&format!("Resources[{index}]"), of, item, facts, &mut inner);
        findings.extend(
            inner
                .into_iter()
                .filter(|finding| finding.broken.is_some())
                .take(3),
        );
        if findings.len() > 16 {
            break;
        }
    }
    findings
}
