//! Makes the fixtures that a check needs.

use std::collections::BTreeMap;

use serde_json::Value;

use super::cause;
use super::fixture::{chosen, not_creatable};
use super::hindrance::Hindrance;
use super::request::{Prepared, SendAs, prepare_given};
use super::step::Running;
use super::verdict::Stop;
use super::wire::Outgoing;
use crate::record::{Role, StepResult};
use crate::suite::template::Scope;
use crate::suite::{Action, BodyTemplate, Given, Step};

/// Makes what `given` names, and sets its variable.
pub(super) async fn make(running: &mut Running<'_>, wanted: &Given) -> Result<(), Stop> {
    let mut made = Vec::new();
    let mut sent = Vec::new();
    for number in 0..wanted.count.unwrap_or(1) {
        let (resource, body) = make_one(running, wanted, number).await?;
        made.push(resource);
        sent.push(body);
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

async fn make_one(
    running: &mut Running<'_>,
    wanted: &Given,
    number: usize,
) -> Result<(Value, Value), Stop> {
    let context = running.context;
    let dialect = running.planned.suite.scim;
    let fixture = chosen(&wanted.fixture, dialect, &running.scope, context)
        .map_err(|undefined| Stop::Unjudged(undefined.to_string()))?;
    let Some(fixture) = fixture else {
        return Err(Stop::Unjudged(format!(
            "there is no fixture {}",
            wanted.fixture.word()
        )));
    };
    let prepared = {
        let scope = GivenScope {
            inner: &running.scope,
            suffix: format!("given-{}-{number}", wanted.name),
        };
        prepare_given(
            &fixture,
            wanted.with.as_ref(),
            &running.planned.suite,
            &scope,
            context,
        )
        .map_err(|undefined| Stop::Unjudged(undefined.to_string()))?
    };
    let reply = running.send(&prepared).await;
    let hindrance = Hindrance::of(&prepared.outgoing, reply.answer.as_ref());
    let mut result = StepResult {
        title: format!("given {}: make a {}", wanted.name, fixture.resource_type),
        location: Some(wanted.location.clone()),
        skipped: None,
        operation: None,
        exchanges: reply.exchanges,
        seen_in: None,
        caused: Vec::new(),
        expectations: Vec::new(),
        captures: BTreeMap::new(),
        converged_us: None,
        traits: Vec::new(),
    };
    let sent = prepared.json.clone().unwrap_or_default();
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
    if let Some(stop) = status.and_then(|s| not_creatable(&wanted.fixture, &fixture, s)) {
        return Err(stop);
    }
    resource
        .map(|resource| (resource, sent))
        .ok_or(Stop::Blocked(blocked))
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
    fn variable(&self, root: &str) -> Option<Value> {
        self.inner.variable(root)
    }

    fn unique(&self, kind: &str) -> Option<Value> {
        self.inner.unique(&format!("{kind}.{}", self.suffix))
    }
}
