//! Exchanges as HAR 1.2: an archive of HTTP that browsers and many tools read
//! (<http://www.softwareishard.com/blog/har-12-spec/>).
//!
//! What the format has no place for stands in members whose names begin with `_`, as it asks for.

use serde_json::{Map, Value, json};

use super::exchange::{Content, Exchange, Message};
use crate::record::Header;

/// The beginning of an archive: entries follow, with commas between them, then [`TAIL`].
pub fn head(base_url: &str) -> String {
    let creator = json!({ "name": "scimitar", "version": env!("CARGO_PKG_VERSION") });
    let base_url = Value::from(base_url);
    format!(
        "{{\"log\":{{\"version\":\"1.2\",\"creator\":{creator},\"_baseUrl\":{base_url},\"entries\":["
    )
}

/// The end of an archive.
pub const TAIL: &str = "\n]}}\n";

/// One entry, in one line. `origin` is scheme, host and port of the target.
pub fn entry(exchange: &Exchange, origin: &str) -> Value {
    let total = milliseconds(exchange.duration);
    let wait = exchange.wait.map_or(total, milliseconds);
    let mut entry = json!({
        "startedDateTime": exchange.started.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
        "time": total,
        "request": request(exchange, origin),
        "response": response(exchange),
        "cache": {},
        "timings": { "send": 0, "wait": wait, "receive": total - wait },
        "_number": exchange.number,
    });
    if let (Some(members), Some(credentials)) = (entry.as_object_mut(), exchange.credentials) {
        members.insert("_credentials".into(), credentials.into());
    }
    if let (Some(members), Some(why)) = (entry.as_object_mut(), &exchange.answer.made_up) {
        members.insert("_error".into(), why.as_str().into());
        let comment = format!("The target gave no answer; this one is scimitar's: {why}");
        members.insert("comment".into(), comment.into());
    }
    entry
}

fn milliseconds(duration: std::time::Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

fn request(exchange: &Exchange, origin: &str) -> Value {
    let message = &exchange.request;
    let query = exchange
        .target
        .split_once('?')
        .map_or("", |(_, query)| query);
    let query: Vec<Value> = query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            json!({ "name": super::suite::unquoted(name), "value": super::suite::unquoted(value) })
        })
        .collect();
    let mut request = json!({
        "method": exchange.method,
        "url": format!("{origin}{}", exchange.target),
        "httpVersion": message.version,
        "cookies": [],
        "headers": headers(&message.headers),
        "queryString": query,
        "headersSize": -1,
        "bodySize": message.content.size,
    });
    if message.content.size > 0
        && let Some(members) = request.as_object_mut()
    {
        let mut data = content(message);
        data.remove("size");
        members.insert("postData".into(), Value::Object(data));
    }
    request
}

fn response(exchange: &Exchange) -> Value {
    let (status, message) = (exchange.answer.status, &exchange.answer.message);
    let reason = hyper::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason());
    json!({
        "status": status,
        "statusText": reason.unwrap_or_default(),
        "httpVersion": message.version,
        "cookies": [],
        "headers": headers(&message.headers),
        "content": content(message),
        "redirectURL": message.header("location").unwrap_or_default(),
        "headersSize": -1,
        "bodySize": message.content.size,
    })
}

fn content(message: &Message) -> Map<String, Value> {
    let Content {
        text, incomplete, ..
    } = &message.content;
    let media_type = message.header("content-type").unwrap_or_default();
    let mut members = Map::from_iter([
        ("size".to_owned(), text.len().into()),
        ("mimeType".to_owned(), media_type.into()),
        ("text".to_owned(), text.as_str().into()),
    ]);
    if let Some(why) = incomplete {
        members.insert(
            "comment".into(),
            format!("Not the whole body: {why}").into(),
        );
    }
    members
}

fn headers(headers: &[Header]) -> Vec<Value> {
    let pair = |header: &Header| json!({ "name": header.name, "value": header.value });
    headers.iter().map(pair).collect()
}
