//! `error`: a SCIM error body (RFC 7644 §3.12; SCIM 1.1 API §3.9).

use serde_json::Value;

use super::{Facts, Finding, Subject, describe};
use crate::scim::urn;
use crate::suite::{Dialect, ErrorMatcher};

pub(super) fn find(matcher: &ErrorMatcher, facts: Facts<'_>, subject: Subject<'_>) -> Vec<Finding> {
    let Subject::Response(answer) = subject else {
        return vec![
            Finding::new("error", "a SCIM error", "several responses")
                .broken("several responses are no one error"),
        ];
    };
    let body = match &answer.json {
        Ok(body) => body,
        Err(problem) => {
            let message = format!("the error has no JSON body: {problem}");
            return vec![
                Finding::new(
                    "error",
                    "a SCIM error body",
                    format!("{} bytes", answer.size),
                )
                .broken(message),
            ];
        }
    };
    match facts.dialect {
        Dialect::V1 => vec![version_1(body)],
        Dialect::V2 => version_2(matcher, body, answer.status),
    }
}

fn version_1(body: &Value) -> Finding {
    let errors = body.get("Errors").and_then(Value::as_array);
    let fine = errors.is_some_and(|errors| {
        !errors.is_empty()
            && errors
                .iter()
                .all(|error| error.get("description").is_some_and(Value::is_string))
    });
    Finding::new(
        "error",
        "`Errors`, a list of objects with a description",
        describe::value(body),
    )
    .broken_if(!fine, || {
        "the body is no SCIM 1.1 error: `Errors` with descriptions is missing".to_owned()
    })
}

fn version_2(matcher: &ErrorMatcher, body: &Value, status: u16) -> Vec<Finding> {
    let schemas = body.get("schemas");
    let has_urn = schemas
        .and_then(Value::as_array)
        .is_some_and(|list| list.iter().any(|s| s == urn::ERROR));
    let wanted = status.to_string();
    let said = body.get("status");
    let shown = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), describe::value);
    let mut findings = vec![
        Finding::new(
            "error schemas",
            format!("holding {:?}", urn::ERROR),
            shown(schemas),
        )
        .broken_if(!has_urn, || {
            "the body is no SCIM error: its `schemas` lacks the Error URN".to_owned()
        }),
        Finding::new("error status", format!("{wanted:?}, a string"), shown(said)).broken_if(
            said.and_then(Value::as_str) != Some(wanted.as_str()),
            || match said {
                Some(Value::Number(_)) => {
                    "`status` in the error body is a number; RFC 7644 §3.12 makes it a string"
                        .into()
                }
                Some(_) => {
                    format!("`status` in the error body differs from the HTTP status {wanted}")
                }
                None => "the error body has no `status`".into(),
            },
        ),
    ];
    if let ErrorMatcher::ScimTypes(kinds) = matcher {
        let said = body.get("scimType");
        let fits = said
            .and_then(Value::as_str)
            .is_some_and(|said| kinds.iter().any(|kind| kind == said));
        findings.push(
            Finding::new("error scimType", kinds.join(" or "), shown(said)).broken_if(
                !fits,
                || {
                    format!(
                        "expected scimType {}, received {}",
                        kinds.join(" or "),
                        shown(said)
                    )
                },
            ),
        );
    }
    findings
}
