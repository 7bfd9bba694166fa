//! What passed through the proxy, without secrets.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::record::Header;

/// A request and its answer. Nothing in it is a secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// Its number, from 1, in the order in which requests came.
    pub number: u64,
    /// When the request came.
    pub started: DateTime<Utc>,
    /// Until the answer was complete.
    pub duration: Duration,
    /// Until the head of the answer had come, if it came.
    pub wait: Option<Duration>,
    /// The method.
    pub method: String,
    /// Path and query as they were sent.
    pub target: String,
    /// The request's headers and body.
    pub request: Message,
    /// As whom it was sent: the first value of `Authorization` that was seen is 1, another one is 2; 0 are those that the
    /// proxy added. `None` without any.
    pub credentials: Option<usize>,
    /// What the client got.
    pub answer: Answer,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers and body.
    pub message: Message,
    /// Why the proxy gave it, and not the target.
    pub made_up: Option<String>,
}

/// Headers and body.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Message {
    /// Such as `HTTP/1.1`.
    pub version: String,
    /// The headers, in order.
    pub headers: Vec<Header>,
    /// The body.
    pub content: Content,
}

impl Message {
    /// The value of the first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|header| header.name.eq_ignore_ascii_case(name))?;
        Some(&found.value)
    }
}

/// A body.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Content {
    /// Its text, decompressed.
    pub text: String,
    /// How many bytes passed.
    pub size: u64,
    /// Why `text` is not all of it.
    pub incomplete: Option<String>,
}

impl Exchange {
    /// What the recording keeps of it, roughly, in bytes.
    pub fn weight(&self) -> usize {
        let of = |message: &Message| {
            let headers = message.headers.iter();
            let headers: usize = headers.map(|h| h.name.len() + h.value.len()).sum();
            headers + message.content.text.len()
        };
        512 + self.target.len() + of(&self.request) + of(&self.answer.message)
    }
}
