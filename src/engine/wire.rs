//! The engine's side of the wire: requests below one base URL, and answers as judging sees them.

use std::time::Duration;

use serde_json::Value;

use super::judge::{Answer, Asked};
use super::request::SendAs;
use crate::http::{Client, Credentials, RequestSpec, Sent};
use crate::record::{Exchange, Role};

/// Requests below one base URL.
#[derive(Debug, Clone)]
pub struct Wire {
    client: Client,
}

/// A request that is ready to go out.
#[derive(Debug, Clone)]
pub(super) struct Outgoing {
    /// The method, in capitals.
    pub(super) method: String,
    /// Path and query below the base URL, or a URL within it.
    pub(super) path: String,
    /// The headers.
    pub(super) headers: Vec<(String, String)>,
    /// The body.
    pub(super) body: Option<Vec<u8>>,
    /// As whom it is sent.
    pub(super) send_as: SendAs,
    /// What it is for.
    pub(super) role: Role,
}

impl Outgoing {
    /// Whether it chooses attributes (RFC 7644 §3.9): in its query, or in the body of a search (§3.4.3).
    fn is_projected(&self) -> bool {
        self.asks_for(&["attributes", "excludedattributes"])
    }

    /// Whether it has one of these parameters, in small letters: in its query, or in the body of a search.
    fn asks_for(&self, words: &[&str]) -> bool {
        let is_one = |name: &str| words.contains(&name.to_ascii_lowercase().as_str());
        let query = self.path.split_once('?').map_or("", |(_, query)| query);
        let mut parameters = query.split('&');
        if parameters.any(|one| is_one(one.split('=').next().unwrap_or_default())) {
            return true;
        }
        let searches = self
            .path
            .split('?')
            .next()
            .is_some_and(|path| path.ends_with("/.search"));
        let body = self.body.as_deref().filter(|_| searches);
        let body = body.and_then(|body| serde_json::from_slice::<Value>(body).ok());
        body.is_some_and(|body| {
            body.as_object()
                .is_some_and(|body| body.keys().any(|name| is_one(name)))
        })
    }
}

/// What a request led to: all exchanges (more than one when the target asked to wait), and the last one's answer.
#[derive(Debug)]
pub(super) struct Reply {
    /// The exchanges, for the record.
    pub(super) exchanges: Vec<Exchange>,
    /// The answer, if a whole one came.
    pub(super) answer: Option<Answer>,
}

impl Wire {
    /// The wire to a client's base URL.
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// The base URL, without a slash at the end.
    pub fn base_url(&self) -> String {
        self.client.base_url()
    }

    /// The base URL as outputs show it: a part of it may be a secret.
    pub fn shown_url(&self) -> String {
        self.redact(&self.base_url())
    }

    /// The client.
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// Text without secrets.
    pub fn redact(&self, text: &str) -> String {
        self.client.redact(text)
    }

    /// Sends a request. Within the budget, it waits when the target asks for that (429, 503 with `Retry-After`).
    pub(super) async fn send(&self, outgoing: &Outgoing, budget: Duration) -> Reply {
        let spec = RequestSpec {
            method: outgoing.method.clone(),
            url: outgoing.path.clone(),
            headers: outgoing.headers.clone(),
            body: outgoing.body.clone(),
            auth: match &outgoing.send_as {
                SendAs::Configured => Credentials::Default,
                SendAs::Nobody => Credentials::None,
                SendAs::Authorization(value) => Credentials::Raw(value.clone().into()),
            },
            role: outgoing.role,
            attempt: 1,
        };
        let mut sent = self.client.send_with_retry(spec, budget).await;
        let answer = sent.last_mut().and_then(|sent| answer(sent, outgoing));
        Reply {
            exchanges: sent.into_iter().map(|sent| sent.exchange).collect(),
            answer,
        }
    }
}

fn answer(sent: &mut Sent, outgoing: &Outgoing) -> Option<Answer> {
    let response = sent.exchange.response.as_ref()?;
    Some(Answer {
        status: response.status,
        asked: Asked {
            method: outgoing.method.clone(),
            projected: outgoing.is_projected(),
            by_cursor: outgoing.asks_for(&["cursor"]),
        },
        headers: sent.headers.clone(),
        size: sent.body.len(),
        json: json(&sent.body),
        body: std::mem::take(&mut sent.body),
        duration_us: sent.exchange.duration_us,
    })
}

fn json(bytes: &[u8]) -> Result<Value, String> {
    if bytes.is_empty() {
        return Err("the body is empty".to_owned());
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let start: String =
            String::from_utf8_lossy(bytes.get(..200.min(bytes.len())).unwrap_or_default())
                .to_lowercase();
        if start.trim_start().starts_with("<!doctype html")
            || start.trim_start().starts_with("<html")
        {
            "the body is an HTML page, not JSON".to_owned()
        } else {
            format!("the body is no JSON: {error}")
        }
    })
}

/// Percent-encodes all but letters, digits and `-._~`, as Okta's client does (a blank becomes `%20`, `@` `%40`).
pub(super) fn encode(text: &str) -> String {
    crate::http::encode(text)
}
