//! Answers that say yes, and that Okta can't use, or uses without seeing what is missing.

use super::identifier::{created, id_of};
use super::list::{found, listed};
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
            let problem = match part {
                Part::Lookup => found(&value).err(),
                _ => listed(&value).err(),
            }?;
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
        Part::Create => created(&value)
            .err()
            .map(|problem| without(None, Some(problem))),
        Part::Read if about_user => id_of(&value).err().map(|problem| {
            without(
                Some(no_user(exchange)),
                Some(format!("the answer {problem}")),
            )
        }),
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

fn of_users(exchange: &Exchange) -> bool {
    let url = exchange.request.url.as_str();
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.ends_with("/Users") || (id(&exchange.request).is_some() && path.contains("/Users/"))
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
        let list = listed(&list).ok()?;
        let (total, came) = (list.total?, list.resources.len() as u64);
        let due = count.min(total.saturating_add(1).saturating_sub(start));
        let text = format!(
            "the page from {start} holds {came} of the {due} that Okta asked for; it goes on at {}, and never reads the \
             others",
            start.saturating_add(count)
        );
        (came < due).then(|| cut(&text, LONGEST))
    })
}
