//! One request after the other, each to one reply, until the target is silent or the time is over.

use std::future::Future;
use std::time::{Duration, SystemTime};

use tokio::time::{Instant, timeout_at};

use super::collect::seconds;
use super::facts::{Answer, Body, Endpoints, Reply};
use crate::http::{Client, Credentials, RequestSpec, Sent};
use crate::record::{Header, Role, TransportErrorKind};
use crate::suite::Dialect;

/// How long one request may be held up by a target that limits its rate.
const PATIENCE: Duration = Duration::from_secs(3);
/// After this many requests in a row without an answer no more are sent.
const SILENCE: u32 = 2;
/// The longest header that is kept, in characters.
const LONGEST: usize = 200;

/// Asks, and stops asking a target that gives no answer.
pub(super) struct Asker<'a> {
    client: &'a Client,
    accept: &'static str,
    deadline: Instant,
    now: SystemTime,
    begun: Instant,
    answered: bool,
    silence: u32,
    pub(super) stopped: Option<String>,
    pub(super) reads: Vec<Duration>,
    pub(super) skews: Vec<i64>,
    pub(super) throttled: Vec<Option<String>>,
}

impl<'a> Asker<'a> {
    /// Nothing is sent yet.
    pub(super) const fn new(
        client: &'a Client,
        accept: &'static str,
        deadline: Instant,
        now: SystemTime,
        begun: Instant,
    ) -> Self {
        Self {
            client,
            accept,
            deadline,
            now,
            begun,
            answered: false,
            silence: 0,
            stopped: None,
            reads: Vec::new(),
            skews: Vec::new(),
            throttled: Vec::new(),
        }
    }

    /// Does something until the whole has taken too long.
    pub(super) async fn within<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        timeout_at(self.deadline, work).await.ok()
    }

    pub(super) async fn get(&mut self, path: &str) -> Reply {
        self.send(path, self.accept, Credentials::Default).await.0
    }

    pub(super) async fn as_(&mut self, credentials: &Credentials, path: &str) -> Reply {
        self.send(path, self.accept, credentials.clone()).await.0
    }

    pub(super) async fn accepting(&mut self, accept: &str, path: &str) -> Reply {
        self.send(path, accept, Credentials::Default).await.0
    }

    /// A read that counts for the median.
    pub(super) async fn read(&mut self, path: &str) -> Reply {
        let (reply, took) = self.send(path, self.accept, Credentials::Default).await;
        if reply.success().is_some() {
            self.reads.push(took);
        }
        reply
    }

    pub(super) async fn discovery(&mut self, dialect: Dialect) -> Endpoints {
        let not_there = || Reply::NotAsked("SCIM 1.1 has no such endpoint".to_owned());
        match dialect {
            Dialect::V1 => Endpoints {
                config: self.get("/ServiceProviderConfigs").await,
                resource_types: not_there(),
                schemas: not_there(),
            },
            Dialect::V2 => Endpoints {
                config: self.get("/ServiceProviderConfig").await,
                resource_types: self.get("/ResourceTypes").await,
                schemas: self.get("/Schemas").await,
            },
        }
    }

    async fn send(&mut self, path: &str, accept: &str, auth: Credentials) -> (Reply, Duration) {
        if let Some(why) = &self.stopped {
            return (Reply::NotAsked(why.clone()), Duration::ZERO);
        }
        let spec = RequestSpec {
            method: "GET".to_owned(),
            url: path.to_owned(),
            headers: vec![("Accept".to_owned(), accept.to_owned())],
            body: None,
            auth,
            role: Role::Discovery,
            attempt: 1,
        };
        let sent = self
            .within(Box::pin(self.client.send_with_retry(spec, PATIENCE)))
            .await;
        let Some(all) = sent else {
            let why = "the examination has taken too long, and was ended".to_owned();
            self.stopped = Some(why.clone());
            return (Reply::NotAsked(why), Duration::ZERO);
        };
        for sent in &all {
            if sent.exchange.status() == Some(429) {
                self.throttled.push(shown(sent, "retry-after"));
            }
        }
        let Some(last) = all.last() else {
            return (
                Reply::NotAsked("nothing was sent".to_owned()),
                Duration::ZERO,
            );
        };
        let reply = reply(last);
        match &reply {
            Reply::Failed { kind, .. } => {
                // A body that is too large is an answer of a kind.
                if *kind != TransportErrorKind::TooLarge {
                    self.silence += 1;
                }
                if self.silence >= SILENCE || (self.silence > 0 && !self.answered) {
                    self.stopped = Some("not asked, since the target gave no answer".to_owned());
                }
            }
            Reply::Came(_) | Reply::NotAsked(_) => (self.silence, self.answered) = (0, true),
        }
        self.skews.extend(self.skew(last));
        (reply, Duration::from_micros(last.exchange.duration_us))
    }

    /// How far the target's clock is ahead, in whole seconds: its `Date` has no fractions, and is taken for the middle
    /// of the exchange.
    fn skew(&self, sent: &Sent) -> Option<i64> {
        let date = header(&sent.headers, "date")?;
        let there = httpdate::parse_http_date(date).ok()?;
        let back = Duration::from_micros(sent.exchange.duration_us / 2);
        let here = self.now + self.begun.elapsed().saturating_sub(back);
        Some(seconds(there) - seconds(here))
    }
}

fn header<'a>(headers: &'a [Header], name: &str) -> Option<&'a str> {
    let mut headers = headers.iter();
    let found = headers.find(|header| header.name.eq_ignore_ascii_case(name))?;
    Some(found.value.as_str())
}

/// A header of the answer as it may be shown.
fn shown(sent: &Sent, name: &str) -> Option<String> {
    let response = sent.exchange.response.as_ref()?;
    let value = header(&response.headers, name)?;
    Some(value.chars().take(LONGEST).collect())
}

fn reply(sent: &Sent) -> Reply {
    let Some(response) = &sent.exchange.response else {
        let error = sent.exchange.error.as_ref();
        return Reply::Failed {
            kind: error.map_or(TransportErrorKind::Protocol, |error| error.kind),
            message: error.map_or_else(|| "no answer".to_owned(), |error| error.message.clone()),
        };
    };
    Reply::Came(Box::new(Answer {
        status: response.status,
        content_type: shown(sent, "content-type"),
        location: shown(sent, "location"),
        challenged: header(&sent.headers, "www-authenticate").is_some(),
        body: body(&sent.body),
    }))
}

fn body(bytes: &[u8]) -> Body {
    if bytes.is_empty() {
        return Body::Empty;
    }
    if let Ok(value) = serde_json::from_slice(bytes) {
        return Body::Json(value);
    }
    let start = bytes.get(..bytes.len().min(500)).unwrap_or_default();
    let start = String::from_utf8_lossy(start).trim_start().to_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        Body::Html
    } else {
        Body::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_told_apart() {
        assert!(matches!(body(b""), Body::Empty));
        assert!(matches!(body(b"{}"), Body::Json(_)));
        assert!(matches!(body(b"\n<!DOCTYPE html><p>"), Body::Html));
        assert!(matches!(body(b"<?xml?>"), Body::Other));
    }
}
