//! Whom an event is about.

use std::collections::BTreeMap;

use serde_json::Value;

use super::cut;
use super::part::{id, parameter};
use super::replay::Replay;
use crate::record::{Body, Exchange, Operation, StepResult};

/// The longest name that an event shows, in characters.
const LONGEST: usize = 200;

/// The names of users and groups, by id, as the answers of a check showed them.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_id: BTreeMap<String, String>,
}

impl Names {
    /// The names that these steps came across. The first one that was seen of each stays: it is what Okta knew.
    pub(super) fn of(steps: &[StepResult]) -> Self {
        let mut names = Self::default();
        for exchange in steps.iter().flat_map(|step| &step.exchanges) {
            let response = exchange.response.as_ref();
            let Some(body) = response.and_then(|response| json(response.body.as_ref())) else {
                continue;
            };
            names.learn(&body);
            let listed = body.get("Resources").and_then(Value::as_array);
            listed
                .into_iter()
                .flatten()
                .for_each(|one| names.learn(one));
        }
        names
    }

    fn learn(&mut self, resource: &Value) {
        if let (Some(id), Some(name)) = (
            resource.get("id").and_then(Value::as_str),
            name_in(resource),
        ) {
            self.by_id.entry(id.to_owned()).or_insert(name);
        }
    }

    /// Whom an operation is about: the name that was looked up or sent, else the one that goes with the id, else the id.
    pub(super) fn target(&self, replay: &Replay<'_>) -> Option<String> {
        match replay.operation {
            Operation::ConnectionTest
            | Operation::UserImport
            | Operation::GroupImport
            | Operation::EntitlementImport
            | Operation::SchemaImport => return None,
            Operation::UserExists
            | Operation::UserCreate
            | Operation::UserUpdate
            | Operation::UserDeactivate
            | Operation::UserReactivate
            | Operation::UserPassword
            | Operation::GroupPush
            | Operation::GroupRename
            | Operation::GroupMembers
            | Operation::GroupDelete => {}
        }
        let exchanges = || replay.requests.iter().map(super::replay::Request::last);
        let ids = || exchanges().find_map(|one| id(&one.request));
        exchanges()
            .find_map(looked_up)
            .or_else(|| ids().and_then(|id| self.by_id.get(&id).cloned()))
            .or_else(|| exchanges().find_map(sent))
            .or_else(ids)
            .map(|name| cut(&name, LONGEST))
    }
}

/// The value of `userName eq "…"`.
fn looked_up(exchange: &Exchange) -> Option<String> {
    let filter = parameter(&exchange.request, "filter")?;
    let (_, value) = filter.split_once(" eq ")?;
    let value = value.trim();
    let name = serde_json::from_str::<String>(value).unwrap_or_else(|_| value.to_owned());
    Some(name)
}

fn sent(exchange: &Exchange) -> Option<String> {
    name_in(&json(exchange.request.body.as_ref())?)
}

fn name_in(resource: &Value) -> Option<String> {
    let text = |key: &str| resource.get(key).and_then(Value::as_str);
    let name = text("userName").or_else(|| text("displayName"))?;
    Some(cut(name, LONGEST))
}

/// A body as JSON, if it is one and the record holds all of it.
pub(super) fn json(body: Option<&Body>) -> Option<Value> {
    let body = body.filter(|body| !body.truncated)?;
    serde_json::from_str(&body.text).ok()
}
