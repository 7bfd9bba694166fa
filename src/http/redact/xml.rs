//! XML elements that are secrets by their name, as SOAP gateways echo them. The text need not be whole, nor XML at all.

use super::REDACTED;
use super::hits::Hits;
use super::names::is_secret_name;

/// Marks the secrets of a text: what stands between a start tag and the next end tag.
pub(super) fn find(text: &str, hits: &mut Hits) {
    let bytes = text.as_bytes();
    // Where the last value ends: what stands within it is a part of it.
    let mut from = 0;
    for at in memchr::memchr_iter(b'<', bytes) {
        if at < from {
            continue;
        }
        let Some(start) = value_after(text, at) else {
            continue;
        };
        let rest = text.get(start..).unwrap_or_default();
        let end = end_of(rest);
        let value = rest.get(..end).unwrap_or_default();
        let begin = start + (value.len() - value.trim_start().len());
        let value = value.trim();
        if value != REDACTED {
            hits.secret(begin..begin + value.len());
        }
        from = start + end;
    }
}

/// Where the value of the secret begins whose tag begins at this place.
fn value_after(text: &str, tag: usize) -> Option<usize> {
    let rest = text.get(tag + 1..)?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-.:".contains(c);
    let name = rest.get(..rest.find(|c| !is_part(c))?)?;
    if !is_secret_name(name) {
        return None;
    }
    let after = rest.get(name.len()..)?;
    let end = memchr::memchr2(b'<', b'>', after.as_bytes())?;
    let attributes = after.get(..end)?;
    let is_start = after.as_bytes().get(end) == Some(&b'>')
        && !attributes.ends_with('/')
        && (attributes.is_empty() || attributes.starts_with(|c: char| c.is_ascii_whitespace()));
    is_start.then_some(tag + 1 + name.len() + end + 1)
}

/// Where the next end tag begins; some JSON writes it as `<\/`. A text that was cut has none.
fn end_of(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends = |at: &usize| matches!(bytes.get(at + 1), Some(b'/' | b'\\'));
    memchr::memchr_iter(b'<', bytes)
        .find(ends)
        .unwrap_or(text.len())
}
