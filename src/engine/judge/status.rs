//! `status`

use super::describe;
use super::matcher;
use super::{Facts, Finding, Subject};
use crate::suite::template::Undefined;
use crate::suite::{StatusMatcher, StatusRange};

pub(super) fn find(
    matcher: &StatusMatcher,
    facts: Facts<'_>,
    subject: Subject<'_>,
) -> Result<Finding, Undefined> {
    let Subject::Response(answer) = subject else {
        return Ok(
            Finding::new("status", expected(matcher), "several responses")
                .broken("several responses have no one status"),
        );
    };
    match matcher {
        StatusMatcher::OneOf(ranges) => {
            let finding = Finding::new("status", expected(matcher), answer.status.to_string());
            let fits = ranges.iter().any(|range| range.contains(answer.status));
            Ok(finding.broken_if(!fits, || {
                let detail = describe::error_detail(answer)
                    .map_or_else(String::new, |detail| format!(" ({detail})"));
                format!(
                    "expected status {}, received {}{detail}",
                    expected(matcher),
                    answer.status
                )
            }))
        }
        StatusMatcher::Schema(schema) => {
            matcher::find("status", Some(&answer.status.into()), schema, facts)
        }
    }
}

/// The demand in words: `200 or 204`, `4xx`.
pub(super) fn expected(matcher: &StatusMatcher) -> String {
    match matcher {
        StatusMatcher::OneOf(ranges) => {
            let words: Vec<String> = ranges
                .iter()
                .map(|range| match range {
                    StatusRange::Code(code) => code.to_string(),
                    StatusRange::Class(class) => format!("{class}xx"),
                })
                .collect();
            words.join(" or ")
        }
        StatusMatcher::Schema(_) => "a status that matches the schema".to_owned(),
    }
}
