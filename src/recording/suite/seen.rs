//! Exchanges, read: paths below the base URL, bodies as JSON.

use serde_json::Value;

use super::super::exchange::{Content, Exchange};
use super::text::Decoded;

/// How deep a body may nest to be written as YAML.
const DEEPEST: usize = 24;

/// An exchange, read.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    pub(super) exchange: &'a Exchange,
    /// The path below the base URL as it was sent, without a query; empty for the base URL itself.
    pub(super) path: &'a str,
    /// The query as it was sent.
    pub(super) query: Option<&'a str>,
    /// The JSON that was sent.
    pub(super) sent: Option<Value>,
    /// The JSON that came back.
    pub(super) got: Option<Value>,
}

/// The exchanges below the base URL that the proxy passed on.
pub(super) fn all<'a>(exchanges: &[&'a Exchange], base_url: &str) -> Vec<Seen<'a>> {
    let authority = base_url
        .split_once("://")
        .map_or(base_url, |(_, rest)| rest);
    let base = authority
        .find('/')
        .and_then(|at| authority.get(at..))
        .unwrap_or_default();
    let seen = exchanges.iter().filter_map(|exchange| {
        let below = exchange.target.strip_prefix(base)?;
        let (path, query) = match below.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (below, None),
        };
        if !(path.is_empty() || path.starts_with('/')) {
            return None;
        }
        Some(Seen {
            exchange,
            path,
            query,
            sent: json(&exchange.request.content),
            got: json(&exchange.answer.message.content),
        })
    });
    seen.collect()
}

fn json(content: &Content) -> Option<Value> {
    if content.incomplete.is_some() {
        return None;
    }
    serde_json::from_str(&content.text)
        .ok()
        .filter(|value| depth(value) <= DEEPEST)
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

impl Seen<'_> {
    /// Whether the target did what it was asked.
    pub(super) fn succeeded(&self) -> bool {
        (200..300).contains(&self.exchange.answer.status)
    }

    /// The method.
    pub(super) fn method(&self) -> &str {
        &self.exchange.method
    }

    /// Whether it may have changed something.
    pub(super) fn writes(&self) -> bool {
        matches!(self.method(), "POST" | "PUT" | "PATCH") && !self.path.ends_with("/.search")
    }

    /// The collection of resources, and the id of the one that the path names: `/Users` and `a` of `/Users/a`.
    pub(super) fn resource(&self) -> Option<(&str, String)> {
        let path = self.path.trim_end_matches('/');
        let (collection, id) = path.rsplit_once('/')?;
        (is_collection(collection) && id != ".search")
            .then(|| (collection, Decoded::new(id, false).text))
            .filter(|(_, id)| !id.is_empty())
    }

    /// The collection that the path is.
    pub(super) fn collection(&self) -> Option<&str> {
        let path = self.path.trim_end_matches('/');
        let path = path.strip_suffix("/.search").unwrap_or(path);
        is_collection(path).then_some(path)
    }

    /// The resources of a list that came back.
    pub(super) fn listed(&self) -> Option<&[Value]> {
        let got = self.got.as_ref().filter(|_| self.succeeded())?;
        got.get("totalResults")?;
        let resources = got.get("Resources").and_then(Value::as_array);
        Some(resources.map_or(&[], Vec::as_slice))
    }
}

/// Whether a path is one of resources that clients make and change.
fn is_collection(path: &str) -> bool {
    const OTHERS: [&str; 5] = [
        "ServiceProviderConfig",
        "ServiceProviderConfigs",
        "ResourceTypes",
        "Schemas",
        "Bulk",
    ];
    let Some(name) = path.strip_prefix('/') else {
        return false;
    };
    !name.is_empty()
        && !name.contains('/')
        && !OTHERS.iter().any(|other| name.eq_ignore_ascii_case(other))
}
