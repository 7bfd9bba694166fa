//! Makes the fixtures that a check needs.

use std::borrow::Cow;

use futures_util::future::join_all;
use serde_json::Value;

use super::cause;
use super::fixture::{chosen, not_creatable};
use super::hindrance::Hindrance;
use super::request::{Prepared, SendAs, prepare_given};
use super::step::Running;
use super::verdict::Stop;
use super::wire::{Outgoing, Reply};
use crate::record::{Role, StepResult};
use crate::suite::template::{Scope, Undefined};
use crate::suite::{Action, BodyTemplate, Fixture, Given, Step};

/// Makes what `given` names, and sets its variable. Where it wants many, some are made at the same time.
pub(super) async fn make(running: &mut Running<'_>, wanted: &Given) -> Result<(), Stop> {
    let dialect = running.planned.suite.scim;
    let fixture = chosen(&wanted.fixture, dialect, &running.scope, running.context)
        .map_err(|undefined| Stop::Unjudged(undefined.to_string()))?
        .ok_or_else(|| Stop::Unjudged(format!("there is no fixture {}", wanted.fixture.word())))?;
    let numbers: Vec<usize> = (0..wanted.count.unwrap_or(1)).collect();
    let mut made = Vec::new();
    let mut sent = Vec::new();
    for some in numbers.chunks(running.context.settings.jobs.max(1)) {
        let prepared = some
            .iter()
            .map(|number| prepared(running, wanted, &fixture, *number))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|undefined| Stop::Unjudged(undefined.to_string()))?;
        running.wrote = true;
        let replies = join_all(prepared.iter().map(|one| deliver(running, one))).await;
        // The record shows what became of each, also where one ends the check.
        let mut stopped = None;
        for (prepared, reply) in prepared.iter().zip(replies) {
            match made_by(running, wanted, &fixture, prepared, reply).await {
                Ok(resource) => made.push(resource),
                Err(stop) => stopped = stopped.or(Some(stop)),
            }
            sent.push(prepared.json.clone().unwrap_or_default());
        }
        if let Some(stop) = stopped {
            return Err(stop);
        }
    }
    let (made, sent) = if wanted.count.is_some() {
        (Value::Array(made), Value::Array(sent))
    } else {
        (
            made.pop().unwrap_or_default(),
            sent.pop().unwrap_or_default(),
        )
    };
    running.scope.set(&wanted.name, made);
    running.scope.set_sent(&wanted.name, sent);
    Ok(())
}

/// Sends the request that makes one. All checks together have no more of these under way than there are jobs.
async fn deliver(running: &Running<'_>, prepared: &Prepared) -> Reply {
    let _place = running.context.makers.acquire().await;
    running.deliver(prepared).await
}

fn prepared(
    running: &Running<'_>,
    wanted: &Given,
    fixture: &Fixture,
    number: usize,
) -> Result<Prepared, Undefined> {
    let scope = GivenScope {
        inner: &running.scope,
        suffix: format!("given-{}-{number}", wanted.name),
    };
    let suite = &running.planned.suite;
    prepare_given(
        fixture,
        wanted.with.as_ref(),
        suite,
        &scope,
        running.context,
    )
}

/// The resource that a reply says was made.
async fn made_by(
    running: &mut Running<'_>,
    wanted: &Given,
    fixture: &Fixture,
    prepared: &Prepared,
    reply: Reply,
) -> Result<Value, Stop> {
    let context = running.context;
    let hindrance = Hindrance::of(&prepared.outgoing, reply.answer.as_ref());
    let mut result = StepResult {
        title: format!("given {}: make a {}", wanted.name, fixture.resource_type),
        location: Some(wanted.location.clone()),
        exchanges: reply.exchanges,
        ..StepResult::default()
    };
    let resource = match &reply.answer {
        Some(answer) if (200..300).contains(&answer.status) => match &answer.json {
            Ok(body) if body.get("id").is_some() => Some(body.clone()),
            // RFC 7644 §3.3: the body SHOULD be there, the Location header SHALL.
            _ => match answer
                .headers
                .iter()
                .find(|header| header.name.eq_ignore_ascii_case("location"))
            {
                Some(location) if location.value.starts_with(&running.wire.base_url()) => {
                    let read = read(&location.value, prepared.outgoing.headers.clone());
                    let reply = running.send(&read).await;
                    result.exchanges.extend(reply.exchanges);
                    reply
                        .answer
                        .and_then(|answer| answer.json.ok())
                        .filter(|body| body.get("id").is_some())
                }
                _ => None,
            },
        },
        _ => None,
    };
    let mut blocked = cause::of_given(
        &fixture.name,
        &result,
        &context.base_urls(),
        &context.settings.tag,
    );
    if hindrance == Some(Hindrance::Refused)
        && let Some((cause, exchanges)) = running.lost_credentials().await
    {
        result.exchanges.extend(exchanges);
        blocked = cause;
    }
    running.steps.push(result);
    let status = reply.answer.as_ref().map(|answer| answer.status);
    if let Some(stop) = status.and_then(|s| not_creatable(&wanted.fixture, fixture, s)) {
        return Err(stop);
    }
    resource.ok_or(Stop::Blocked(blocked))
}

/// Whether a create was refused because the target offers none for that type.
pub(super) fn uncreatable(running: &Running<'_>, step: &Step, status: u16) -> Option<Hindrance> {
    let Action::Request(request) = &step.action else {
        return None;
    };
    let BodyTemplate::Fixture {
        fixture: choice, ..
    } = &request.body
    else {
        return None;
    };
    let dialect = running.planned.suite.scim;
    let fixture = chosen(choice, dialect, &running.scope, running.context).ok()??;
    let creates = request.method.eq_ignore_ascii_case("post");
    let stop = not_creatable(choice, &fixture, status).filter(|_| creates)?;
    Some(Hindrance::Stopped(stop))
}

fn read(url: &str, headers: Vec<(String, String)>) -> Prepared {
    let headers = headers
        .into_iter()
        .filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"))
        .collect();
    let outgoing = Outgoing {
        method: "GET".to_owned(),
        path: url.to_owned(),
        headers,
        body: None,
        send_as: SendAs::Configured,
        role: Role::Given,
    };
    Prepared {
        outgoing,
        json: None,
        reads: true,
        service: None,
    }
}

/// A check's scope in which generated values are those of one fixture.
struct GivenScope<'a> {
    inner: &'a dyn Scope,
    suffix: String,
}

impl Scope for GivenScope<'_> {
    fn variable(&self, root: &str) -> Option<Cow<'_, Value>> {
        self.inner.variable(root)
    }

    fn unique(&self, kind: &str) -> Option<Value> {
        self.inner.unique(&format!("{kind}.{}", self.suffix))
    }
}
