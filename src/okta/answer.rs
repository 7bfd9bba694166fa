//! Answers that say yes, and that Okta can't use, or uses without seeing what is missing.

use serde_json::{Map, Value};

use super::name::json;
use super::part::{Part, id, parameter};
use super::reason::{Failure, FailureKind, no_user, unreadable};
use super::replay::Replay;
use super::{LONGEST, cut, json_error};
use crate::record::{Basis, Exchange, Operation, Response};

/// Why Okta can't go on with an answer of the 2xx range; `None` if it can.
pub(super) fn unusable(part: Part, exchange: &Exchange, response: &Response) -> Option<Failure> {
    let body = response
        .body
        .as_ref()
        .filter(|body| !body.text.trim().is_empty());
    let about_user = of_users(exchange);
    let Some(body) = body else {
        return match part {
            Part::Create if about_user => Some(Failure {
                basis: Basis::Documented,
                ..without(Some("Create new user returned empty user".to_owned()), None)
            }),
            Part::Read | Part::Replace if about_user => Some(without(
                Some(no_user(exchange)),
                Some(format!("the answer {} has no body", response.status)),
            )),
            Part::Lookup | Part::List | Part::Create | Part::Read => Some(without(
                None,
                Some(format!("the answer {} has no body", response.status)),
            )),
            Part::Replace | Part::Change | Part::Delete => None,
        };
    };
    if part == Part::Delete {
        return None;
    }
    if let Some(complaint) = json_error::complaint(body) {
        return Some(without(Some(complaint), unreadable(body)));
    }
    let value = json(Some(body))?;
    match part {
        Part::Lookup | Part::List => {
            let problem = list_problem(part, &value)?;
            let counted = problem.is_count && part == Part::Lookup && about_user;
            Some(Failure {
                // A support case: startIndex was a text, and Okta stopped without a word.
                basis: if counted {
                    Basis::Documented
                } else {
                    Basis::Derived
                },
                ..without(None, Some(problem.text))
            })
        }
        Part::Create => has_no_id(&value).then(|| {
            without(
                None,
                Some("the answer has no `id`, by which Okta would know the resource".to_owned()),
            )
        }),
        Part::Read if about_user && has_no_id(&value) => {
            Some(without(Some(no_user(exchange)), None))
        }
        Part::Read | Part::Replace | Part::Change | Part::Delete => None,
    }
}

const fn without(reason: Option<String>, hidden: Option<String>) -> Failure {
    Failure {
        kind: FailureKind::Unusable,
        reason,
        hidden,
        basis: Basis::Derived,
    }
}

fn has_no_id(resource: &Value) -> bool {
    resource
        .get("id")
        .and_then(Value::as_str)
        .is_none_or(str::is_empty)
}

fn of_users(exchange: &Exchange) -> bool {
    let url = exchange.request.url.as_str();
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.ends_with("/Users") || (id(&exchange.request).is_some() && path.contains("/Users/"))
}

struct ListProblem {
    text: String,
    is_count: bool,
}

/// What keeps Okta from reading a list.
fn list_problem(part: Part, list: &Value) -> Option<ListProblem> {
    let other = |text: &str| ListProblem {
        text: text.to_owned(),
        is_count: false,
    };
    let Some(members) = list.as_object() else {
        return Some(other("the answer is no object"));
    };
    for name in ["totalResults", "startIndex", "itemsPerPage"] {
        match member(members, name) {
            Some(count) if !count.is_u64() && !count.is_i64() => {
                return Some(ListProblem {
                    text: format!(
                        "{name} is {}, and Okta takes JSON whole numbers only",
                        cut(&count.to_string(), 60)
                    ),
                    is_count: true,
                });
            }
            None if name == "totalResults" => return Some(other("the answer has no totalResults")),
            _ => {}
        }
    }
    let total = member(members, "totalResults").and_then(Value::as_u64);
    match member(members, "Resources") {
        Some(Value::Array(found)) => {
            let nameless = part == Part::Lookup && found.iter().any(has_no_id);
            nameless.then(|| other("a resource that was found has no `id`"))
        }
        None if total == Some(0) => None,
        _ => Some(other("the answer has no array `Resources`")),
    }
}

/// A member of a list, whose name Okta takes in small letters too.
fn member<'a>(list: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let small = || list.get(&name.to_ascii_lowercase());
    list.get(name).or_else(small)
}

/// What an import misses without noticing: after a page Okta goes on at the next hundred, whatever came.
pub(super) fn never_read(replay: &Replay<'_>) -> Option<String> {
    if !matches!(
        replay.operation,
        Operation::UserImport | Operation::GroupImport | Operation::EntitlementImport
    ) {
        return None;
    }
    replay.requests.iter().find_map(|request| {
        let exchange = request.last();
        let number = |name: &str| parameter(&exchange.request, name)?.parse::<u64>().ok();
        let (start, count) = (number("startIndex")?, number("count")?);
        let list = json(exchange.response.as_ref()?.body.as_ref())?;
        let list = list.as_object()?;
        let total = member(list, "totalResults")?.as_u64()?;
        let came = member(list, "Resources")?.as_array()?.len() as u64;
        let due = count.min(total.saturating_add(1).saturating_sub(start));
        let text = format!(
            "the page from {start} holds {came} of the {due} that Okta asked for; it goes on at {}, and never reads the \
             others",
            start.saturating_add(count)
        );
        (came < due).then(|| cut(&text, LONGEST))
    })
}
