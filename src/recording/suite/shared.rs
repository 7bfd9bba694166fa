//! Headers of requests: those that all of them share, and those that differ.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::seen::Seen;
use crate::suite::build::literal;

/// Headers that all requests share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub(super) accept: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) user_agent: Option<String>,
}

impl Shared {
    /// What most requests have.
    pub(super) fn of(seen: &[Seen<'_>]) -> Self {
        let most = |name: &str, with_body: bool| {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for exchange in seen.iter().map(|seen| seen.exchange) {
                let counted = !with_body || exchange.request.content.size > 0;
                if let Some(value) = exchange.request.header(name).filter(|_| counted) {
                    *counts.entry(value).or_default() += 1;
                }
            }
            let most = counts.into_iter().max_by_key(|(_, count)| *count);
            most.map(|(value, _)| value.to_owned())
                .filter(|value| is_sendable(value))
        };
        Self {
            accept: most("accept", false),
            content_type: most("content-type", true),
            // It has its own.
            user_agent: most("user-agent", false).filter(|agent| !agent.starts_with("scimitar/")),
        }
    }

    /// The headers of one request that differ from those of all.
    pub(super) fn headers(&self, seen: &Seen<'_>) -> Map<String, Value> {
        let request = &seen.exchange.request;
        let mut headers = Map::new();
        let mut differs = |name: &str, shared: Option<&String>| {
            let own = request.header(name).filter(|value| is_sendable(value));
            if own != shared.map(String::as_str) {
                headers.insert(
                    name.to_owned(),
                    own.map_or(Value::Null, |own| literal(own).into()),
                );
            }
        };
        differs("Accept", self.accept.as_ref());
        if request.content.size > 0 {
            differs("Content-Type", self.content_type.as_ref());
        }
        if self.user_agent.is_some() {
            differs("User-Agent", self.user_agent.as_ref());
        }
        headers
    }
}

/// Whether a header's value is known, and can be sent.
fn is_sendable(value: &str) -> bool {
    !value.contains(crate::http::REDACTED)
        && value.chars().all(|c| c == ' ' || c.is_ascii_graphic())
}
