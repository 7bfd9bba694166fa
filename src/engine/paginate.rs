//! Walks through a list, page by page.

use serde_json::Value;

use super::hindrance::Hindrance;
use super::request::prepare;
use super::step::Running;
use super::verdict::Stop;
use super::wire::encode;
use crate::record::{Exchange, ExpectationResult, Level, Outcome};
use crate::suite::template::Undefined;
use crate::suite::{Paginate, Paging};

/// How many pages a walk may take. A server that never ends a list is stopped here.
const MOST_PAGES: usize = 2_000;
/// How many exchanges of a walk the record keeps.
const KEPT_PAGES: usize = 12;

/// What a walk found.
pub(super) struct Walked {
    /// The exchanges, at most the first ones.
    pub(super) exchanges: Vec<Exchange>,
    /// What is wrong with the pages themselves.
    pub(super) results: Vec<ExpectationResult>,
    /// All resources, in order; `None` when a page got no answer.
    pub(super) resources: Option<Value>,
    /// What keeps the walk from being judged.
    pub(super) hindrance: Option<Hindrance>,
}

/// Walks to the end of a list, while the steps of `during` run beside it.
pub(super) async fn walk(running: &mut Running<'_>, walk: &Paginate) -> Result<Walked, Undefined> {
    let mut beside = Running {
        context: running.context,
        planned: running.planned,
        wire: running.wire,
        watches: running.watches,
        scope: running.scope.clone(),
        steps: Vec::new(),
        wrote: running.wrote,
        started: running.started,
        deadline: running.deadline,
    };
    let (walked, during) = tokio::join!(pages(running, walk), beside.run_steps(&walk.during));
    let mut walked = walked?;
    running.wrote |= beside.wrote;
    if let Err(stop @ (Stop::Blocked(_) | Stop::Unjudged(_) | Stop::NotOffered(_))) = &during {
        walked.hindrance = walked.hindrance.or(Some(Hindrance::Stopped(stop.clone())));
    }
    // What ran beside the walk is shown before its judgement: it belongs to it.
    for step in beside.steps {
        walked.exchanges.extend(step.exchanges);
        if during.is_err() {
            walked.results.extend(
                step.expectations
                    .into_iter()
                    .filter(|result| result.outcome != Outcome::Pass),
            );
        }
    }
    Ok(walked)
}

async fn pages(running: &Running<'_>, walk: &Paginate) -> Result<Walked, Undefined> {
    let first = prepare(
        &walk.request,
        &running.planned.suite,
        &running.scope,
        running.context,
    )?;
    let mut walked = Walked {
        exchanges: Vec::new(),
        results: Vec::new(),
        resources: None,
        hindrance: None,
    };
    let mut resources: Vec<Value> = Vec::new();
    let mut start = 1_usize;
    let mut cursor = (walk.by == Paging::Cursor).then(String::new);
    for page in 0..MOST_PAGES {
        let mut prepared = first.clone();
        let mut parameters = Vec::new();
        match &cursor {
            // The first cursor request has the parameter without a value (RFC 9865 §2).
            Some(cursor) => parameters.push(if cursor.is_empty() {
                "cursor".into()
            } else {
                format!("cursor={}", encode(cursor))
            }),
            None => parameters.push(format!("startIndex={start}")),
        }
        parameters.extend(walk.count.map(|count| format!("count={count}")));
        let path = &mut prepared.outgoing.path;
        path.push(if path.contains('?') { '&' } else { '?' });
        path.push_str(&parameters.join("&"));

        let reply = running.deliver(&prepared).await;
        if walked.exchanges.len() < KEPT_PAGES {
            walked.exchanges.extend(reply.exchanges);
        }
        let Some(answer) = reply.answer else {
            return Ok(walked);
        };
        if let Some(hindrance) = Hindrance::of(&prepared.outgoing, Some(&answer)) {
            walked.hindrance = Some(hindrance);
        }
        let body = match (&answer.json, answer.status) {
            (Ok(body), 200) => body,
            (Ok(_), status) => {
                return Ok(broken(walked, resources, page, format!("status {status}")));
            }
            (Err(problem), _) => return Ok(broken(walked, resources, page, problem.clone())),
        };
        let items = body
            .get("Resources")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let total = body
            .get("totalResults")
            .and_then(Value::as_u64)
            .and_then(|total| usize::try_from(total).ok());
        let count = items.len();
        resources.extend(items);
        start += count;
        let over = match &mut cursor {
            Some(cursor) => match body
                .get("nextCursor")
                .and_then(Value::as_str)
                .filter(|next| !next.is_empty())
            {
                Some(next) => {
                    next.clone_into(cursor);
                    false
                }
                None => true,
            },
            None => count == 0 || total.is_none_or(|total| start > total),
        };
        if over {
            walked.resources = Some(Value::Array(resources));
            return Ok(walked);
        }
    }
    Ok(broken(
        walked,
        resources,
        MOST_PAGES,
        format!("no end after {MOST_PAGES} pages"),
    ))
}

fn broken(mut walked: Walked, resources: Vec<Value>, page: usize, received: String) -> Walked {
    walked.results.push(ExpectationResult {
        at: format!("page {}", page + 1),
        expected: "a list response with status 200".to_owned(),
        message: Some(format!(
            "page {} of the walk is no list response: {received}",
            page + 1
        )),
        received,
        outcome: Outcome::Fail,
        level: Level::Must,
        diff: Vec::new(),
        exchange: walked.exchanges.len().checked_sub(1),
        location: None,
    });
    walked.resources = Some(Value::Array(resources));
    walked
}
