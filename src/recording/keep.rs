//! What passed, made fit to be kept: decompressed, cut, and without secrets.

use std::sync::LazyLock;
use std::time::Duration;

use aho_corasick::AhoCorasick;
use chrono::{DateTime, Utc};
use hyper::HeaderMap;
use hyper::body::Bytes;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::coding::decoded;
use super::exchange::{Answer, Content, Exchange, Message};
use crate::http::{Redactor, is_secret_name};
use crate::record::Header;

/// The most bytes of a body that are looked at, decompressed.
const READ: usize = 8 << 20;
/// The most bytes of a body that are kept.
const KEPT: usize = 1 << 20;
/// The most secrets that are remembered by their value: a client may have a new one in each request.
const SECRETS: usize = 256;
/// The most values of `Authorization` that are told apart.
const CREDENTIALS: usize = 64;

/// What stands in every body whose members hold secrets: a part of each name of [`is_secret_name`], or an escape that may
/// stand for a letter of one.
const PARTS: [&str; 9] = [
    "pass",
    "token",
    "secret",
    "key",
    "assertion",
    "auth",
    "cookie",
    "sig",
    "\\u00",
];

#[expect(clippy::expect_used, reason = "automata of nine short words are small")]
static HINTS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(PARTS)
        .expect("nine short words")
});

/// What passed, as it was.
pub(super) struct Raw {
    pub(super) number: u64,
    pub(super) started: DateTime<Utc>,
    pub(super) duration: Duration,
    pub(super) wait: Option<Duration>,
    pub(super) method: String,
    pub(super) target: String,
    pub(super) request: RawMessage,
    pub(super) status: u16,
    pub(super) answer: RawMessage,
    pub(super) made_up: Option<String>,
    /// Whether the proxy added its own credentials.
    pub(super) lent: bool,
}

/// Headers and body as they were.
pub(super) struct RawMessage {
    pub(super) version: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// Takes secrets out, and knows those that it has seen.
pub(super) struct Keeper {
    redactor: Redactor,
    credentials: Vec<SecretString>,
}

impl Keeper {
    /// A keeper that knows the secrets of a client already.
    pub(super) fn new(redactor: Redactor) -> Self {
        Self {
            redactor,
            credentials: Vec::new(),
        }
    }

    /// What can be kept of an exchange.
    pub(super) fn keep(&mut self, raw: &Raw) -> Exchange {
        let credentials = if raw.lent {
            Some(0)
        } else {
            self.learn(&raw.request.headers)
        };
        let (request, request_gap) = text_of(&raw.request);
        let (answer, answer_gap) = text_of(&raw.answer);
        // Both are looked at before either is written: the answer may hold what the request sent.
        self.learn_body(&request);
        self.learn_body(&answer);
        Exchange {
            number: raw.number,
            started: raw.started,
            duration: raw.duration,
            wait: raw.wait,
            method: self.redactor.redact(&raw.method),
            target: self.redactor.redact(&raw.target),
            credentials,
            request: self.message(&raw.request, &request, request_gap),
            answer: Answer {
                status: raw.status,
                message: self.message(&raw.answer, &answer, answer_gap),
                made_up: raw.made_up.as_deref().map(|why| self.redactor.redact(why)),
            },
        }
    }

    /// Remembers the credentials of a request, and says the how many-th they are.
    fn learn(&mut self, headers: &HeaderMap) -> Option<usize> {
        let value = String::from_utf8_lossy(headers.get("authorization")?.as_bytes()).into_owned();
        let known = |known: &SecretString| known.expose_secret() == value;
        if let Some(place) = self.credentials.iter().position(known) {
            return Some(place + 1);
        }
        if self.credentials.len() >= CREDENTIALS {
            // By its place it is redacted all the same.
            return Some(CREDENTIALS + 1);
        }
        self.redactor.register_authorization(&value);
        self.credentials.push(value.into());
        Some(self.credentials.len())
    }

    /// Remembers the secrets in a body, so that they are found where nothing but their value tells them.
    fn learn_body(&self, text: &str) {
        // Most bodies have none, and need not be parsed twice.
        if !HINTS.is_match(text) {
            return;
        }
        if let Ok(json) = serde_json::from_str::<Value>(text) {
            self.learn_value(&json, false);
        }
    }

    fn learn_value(&self, json: &Value, secret: bool) {
        match json {
            Value::String(text) if secret && is_telling(text) => {
                if self.redactor.known_secrets() < SECRETS {
                    self.redactor.register(text);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.learn_value(item, secret);
                }
            }
            Value::Object(members) => {
                let is_path = |(name, value): (&String, &Value)| {
                    name.eq_ignore_ascii_case("path") && value.as_str().is_some_and(is_secret_name)
                };
                let sets_secret = members.iter().any(is_path);
                for (name, value) in members {
                    let set = sets_secret && name.eq_ignore_ascii_case("value");
                    self.learn_value(value, secret || set || is_secret_name(name));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn message(&self, raw: &RawMessage, text: &str, gap: Option<String>) -> Message {
        let headers = raw.headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            Header {
                name: name.as_str().to_owned(),
                value: self.redactor.redact_header(name.as_str(), &value),
            }
        });
        let mut incomplete = gap;
        // Redaction goes before the cut: otherwise a secret that lies across the end would be kept by half.
        let mut text = self.redactor.redact(text);
        if text.len() > KEPT {
            text.truncate(text.floor_char_boundary(KEPT));
            incomplete = Some(format!("only its first {KEPT} bytes are kept"));
        }
        Message {
            version: raw.version.clone(),
            headers: headers.collect(),
            content: Content {
                text,
                size: raw.body.len() as u64,
                incomplete,
            },
        }
    }
}

/// Whether a value is unlike a word that stands in harmless text.
fn is_telling(value: &str) -> bool {
    value.len() >= 8 && !value.chars().all(|c| c.is_ascii_lowercase())
}

/// A body's text, and why it is not all of it.
fn text_of(message: &RawMessage) -> (String, Option<String>) {
    let codings: Vec<String> = message
        .headers
        .get_all("content-encoding")
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .collect();
    let coding = (!codings.is_empty()).then(|| codings.join(","));
    let (bytes, gap) = decoded(&message.body, coding.as_deref(), READ);
    match String::from_utf8(bytes) {
        Ok(text) => (text, gap),
        Err(broken) => {
            let text = String::from_utf8_lossy(broken.as_bytes()).into_owned();
            let cut = gap.is_some() && broken.utf8_error().error_len().is_none();
            let why = || "it is no text in UTF-8".to_owned();
            (
                text,
                if cut {
                    gap
                } else {
                    Some(gap.unwrap_or_else(why))
                },
            )
        }
    }
}
