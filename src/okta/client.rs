//! Okta's SCIM client as servers see it: what it calls itself, its headers, its lookup, and how long it waits.

use crate::suite::Dialect;

/// What it calls itself.
pub const USER_AGENT: &str = "Okta SCIM Client 1.0.0";
/// How long it waits for data on a connection, in microseconds.
pub const SOCKET_TIMEOUT_US: u64 = 60_000_000;

/// The headers of a request, without its credentials.
pub fn headers(dialect: Dialect, with_body: bool) -> Vec<(String, String)> {
    let media_type = match dialect {
        Dialect::V2 => "application/scim+json",
        Dialect::V1 => "application/json",
    };
    let mut headers = vec![
        ("Accept".to_owned(), media_type.to_owned()),
        ("Accept-Charset".to_owned(), "utf-8".to_owned()),
        ("Accept-Encoding".to_owned(), "gzip,deflate".to_owned()),
        ("User-Agent".to_owned(), USER_AGENT.to_owned()),
    ];
    if with_body {
        let written = format!("{media_type}; charset=utf-8");
        headers.push(("Content-Type".to_owned(), written));
    }
    headers
}

/// The filter by which it looks a person up, before it is percent-encoded.
pub fn lookup(user_name: &str) -> String {
    let quoted = user_name.replace('\\', "\\\\").replace('"', "\\\"");
    format!("userName eq \"{quoted}\"")
}
