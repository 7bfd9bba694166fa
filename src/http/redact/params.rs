//! Secrets in plain text by their place: parameters of forms and queries, credentials in URLs, header lines that are
//! echoed, and JWTs.

use std::ops::Range;

use super::REDACTED;
use super::header;
use super::hits::Hits;
use super::names::is_secret_name;

/// Marks the secrets of a text.
pub(super) fn find(text: &str, hits: &mut Hits) {
    // Where the last parameter and the last header line end: what stands within them is a part of them.
    let (mut parameters, mut lines) = (0, 0);
    let bytes = text.as_bytes();
    for at in memchr::memchr3_iter(b'=', b'%', b':', bytes) {
        let rest = bytes.get(at..).unwrap_or_default();
        match rest {
            [b'=', ..] if at >= parameters => {
                parameters = parameter(text, &(at..at + 1), &["&"], hits).unwrap_or(parameters);
            }
            [b'%', b'3', b'd' | b'D', ..] if at >= parameters => {
                let sign = at..at + 3;
                parameters = parameter(text, &sign, &["&", "%26"], hits).unwrap_or(parameters);
            }
            [b':', b'/', b'/', ..] => user_info(text, at + 3, hits),
            [b':', ..] if at >= lines => lines = header_line(text, at, hits).unwrap_or(lines),
            _ => {}
        }
    }
    jwts(text, hits);
}

/// A parameter whose sign of equality stands at this place; in a URL within a URL, the signs are encoded.
fn parameter(text: &str, sign: &Range<usize>, ends: &[&str], hits: &mut Hits) -> Option<usize> {
    let name = text
        .get(..sign.start)?
        .rsplit(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c)))
        .next()?;
    // What is left of an encoded `?` or `&` before the name.
    let name = ["3f", "3F", "26"]
        .iter()
        .find_map(|code| name.strip_prefix(code))
        .unwrap_or(name);
    if !is_secret_name(name) {
        return None;
    }
    let start = sign.end;
    let rest = text.get(start..)?;
    if rest.starts_with(REDACTED) {
        return None;
    }
    let stops = |c: char| c.is_whitespace() || "\"'<>;#,\\)]}`".contains(c);
    let end = rest.find(stops).unwrap_or(rest.len());
    let value = rest.get(..end)?;
    let end = ends
        .iter()
        .filter_map(|end| value.find(end))
        .min()
        .unwrap_or(end);
    hits.secret(start..start + end);
    Some(start + end)
}

/// User and password of a URL whose authority begins at this place.
fn user_info(text: &str, start: usize, hits: &mut Hits) {
    let rest = text.get(start..).unwrap_or_default();
    let end = rest
        .find(|c: char| c.is_whitespace() || "/?#\"'<>\\".contains(c))
        .unwrap_or(rest.len());
    if let Some(at) = rest.get(..end).and_then(|authority| authority.rfind('@')) {
        hits.secret(start..start + at);
    }
}

/// A header line that is echoed, whose colon stands at this place.
fn header_line(text: &str, colon: usize, hits: &mut Hits) -> Option<usize> {
    let before = text.as_bytes().get(..colon)?;
    let named = |name: &[u8]| {
        let start = before.len().checked_sub(name.len());
        start
            .and_then(|start| before.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    let authorization = named(b"authorization");
    if !authorization && !named(b"cookie") {
        return None;
    }
    let after = colon + 1;
    let line = text.get(after..)?;
    let end = line
        .find(['\r', '\n', '"', '<', '\\'])
        .unwrap_or(line.len());
    let line = line.get(..end)?;
    let value = line.trim();
    let start = after + (line.len() - line.trim_start().len());
    let with = if authorization {
        header::with_scheme(value)
    } else {
        REDACTED.to_owned()
    };
    hits.replaced(start..start + value.len(), with);
    Some(after + line.len())
}

/// `eyJ…` is `{"…` in base64url: the header of a JWT (RFC 7519 §3), then a dot and its claims.
fn jwts(text: &str, hits: &mut Hits) {
    let mut from = 0;
    while let Some(offset) = text.get(from..).and_then(|rest| rest.find("eyJ")) {
        let start = from + offset;
        let rest = text.get(start..).unwrap_or_default();
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)))
            .unwrap_or(rest.len());
        let token = rest.get(..end).unwrap_or_default().trim_end_matches('.');
        let mut parts = token.split('.');
        let is_jwt = parts.next().is_some_and(|head| head.len() >= 10)
            && parts.next().is_some_and(|claims| claims.len() >= 2);
        if is_jwt {
            hits.secret(start..start + token.len());
        }
        from = start + end.max(1);
    }
}
