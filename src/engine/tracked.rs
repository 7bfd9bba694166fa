//! Requests that make resources: the clean-up ledger knows of each before it goes out.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::judge::Answer;
use super::ledger::Ledger;
use super::request::{Prepared, findable_name};
use super::wire::{Outgoing, Reply, Wire, encode};
use crate::record::{Exchange, Request, TransportError, TransportErrorKind};
use crate::suite::template::{plain_text, text_of};

/// Sends a request. If it makes resources, that is written down first, and their URLs when they are known.
pub(super) async fn send(
    ledger: &Ledger,
    wire: &Wire,
    check: &str,
    prepared: &Prepared,
    budget: Duration,
) -> Reply {
    let outgoing = &prepared.outgoing;
    let base = wire.base_url();
    let mut numbers = Vec::new();
    let intents = intents(prepared, &base);
    for intent in &intents {
        let name = findable_name(intent.body);
        match ledger.intend(check, &intent.collection, name) {
            Ok(number) => numbers.push(number),
            // What can't be written down can't be cleaned up: so nothing is made.
            Err(error) => {
                let message = format!("not sent: the clean-up ledger can't be written ({error})");
                return unanswered(outgoing, wire, TransportErrorKind::Request, message);
            }
        }
    }
    let reply = wire.send(outgoing, budget).await;
    let Some(answer) = &reply.answer else {
        return reply;
    };
    for (intent, number) in intents.iter().zip(numbers) {
        // In memory it is known in any case; the file was writable a moment ago.
        let _ = match (answer.status, intent.url(&base, answer)) {
            (200..=299, _) if intent.is_refused(answer) => ledger.gone(number),
            (200..=299, Some(url)) => ledger.made(number, &url),
            // A refusal made nothing, 501 included; a server error, or a success that doesn't say where, may have.
            (300..=499 | 501, _) => ledger.gone(number),
            _ => Ok(()),
        };
    }
    reply
}

/// A resource that a request is about to make.
struct Intent<'a> {
    /// The collection's URL.
    collection: String,
    /// The resource as sent.
    body: Option<&'a Value>,
    /// The operation of a bulk request that makes it.
    bulk_id: Option<&'a str>,
    /// How many operations before it have the same `bulkId`, which is against the rules, and tested.
    before: usize,
}

fn intents<'a>(prepared: &'a Prepared, base: &str) -> Vec<Intent<'a>> {
    let outgoing = &prepared.outgoing;
    let path = outgoing.path.split('?').next().unwrap_or_default();
    if outgoing.method != "POST" || prepared.reads || path.ends_with("/.search") {
        return Vec::new();
    }
    if path != "/Bulk" {
        return vec![Intent {
            // A path may be a URL within the target, too.
            collection: if path.starts_with(base) {
                path.to_owned()
            } else {
                format!("{base}{path}")
            },
            body: prepared.json.as_ref(),
            bulk_id: None,
            before: 0,
        }];
    }
    let operations = prepared
        .json
        .as_ref()
        .and_then(|body| body.get("Operations"));
    let text = |operation: &'a Value, name: &str| operation.get(name).and_then(Value::as_str);
    let mut intents: Vec<Intent<'_>> = operations
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter(|operation| {
            text(operation, "method").is_some_and(|method| method.eq_ignore_ascii_case("POST"))
        })
        .map(|operation| Intent {
            collection: format!("{base}{}", text(operation, "path").unwrap_or_default()),
            body: operation.get("data"),
            bulk_id: Some(text(operation, "bulkId").unwrap_or_default()),
            before: 0,
        })
        .collect();
    let mut times = BTreeMap::new();
    for intent in &mut intents {
        let seen: &mut usize = times.entry(intent.bulk_id).or_default();
        intent.before = *seen;
        *seen += 1;
    }
    intents
}

impl Intent<'_> {
    /// What a bulk answer says of the operation.
    fn result<'a>(&self, answer: &'a Answer) -> Option<&'a Value> {
        let bulk_id = self.bulk_id?;
        let results = answer.json.as_ref().ok()?.get("Operations")?.as_array()?;
        let own = |result: &&Value| result.get("bulkId").and_then(Value::as_str) == Some(bulk_id);
        results.iter().filter(own).nth(self.before)
    }

    /// Whether a bulk answer says that the operation made nothing.
    fn is_refused(&self, answer: &Answer) -> bool {
        let status = self.result(answer).and_then(|result| result.get("status"));
        status.is_some_and(|status| plain_text(status).starts_with('4'))
    }

    /// The URL of what was made: from its id, or a location that is below the base URL.
    fn url(&self, base: &str, answer: &Answer) -> Option<String> {
        let body = answer.json.as_ref().ok();
        let within = |place: &str| {
            place
                .starts_with(&format!("{base}/"))
                .then(|| place.to_owned())
        };
        if self.bulk_id.is_some() {
            return within(self.result(answer)?.get("location")?.as_str()?);
        }
        let id = body.and_then(|body| body.get("id")).map(text_of);
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            return Some(format!("{}/{}", self.collection, encode(&id)));
        }
        let mut headers = answer.headers.iter();
        within(
            &headers
                .find(|header| header.name.eq_ignore_ascii_case("location"))?
                .value,
        )
    }
}

/// A reply that never came, and why.
pub(super) fn unanswered(
    outgoing: &Outgoing,
    wire: &Wire,
    kind: TransportErrorKind,
    message: String,
) -> Reply {
    let exchange = Exchange {
        role: outgoing.role,
        request: Request {
            method: outgoing.method.clone(),
            url: wire.redact(&format!("{}{}", wire.base_url(), outgoing.path)),
            headers: Vec::new(),
            body: None,
        },
        response: None,
        error: Some(TransportError { kind, message }),
        started_us: 0,
        duration_us: 0,
        first_byte_us: None,
        attempt: 1,
    };
    Reply {
        exchanges: vec![exchange],
        answer: None,
    }
}
