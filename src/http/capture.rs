//! What came, as the record keeps it: redacted, and cut where it is long.

use reqwest::header::HeaderMap;

use super::limits::Limits;
use super::redact::{Redactor, floor};
use crate::record::{Body, Header};

/// All headers of a map, raw, in order.
pub(super) fn raw_headers(headers: &HeaderMap) -> Vec<Header> {
    headers
        .iter()
        .map(|(name, value)| Header {
            name: name.as_str().to_owned(),
            value: String::from_utf8_lossy(value.as_bytes()).into_owned(),
        })
        .collect()
}

/// Headers without secrets.
pub(super) fn headers(raw: Vec<Header>, redactor: &Redactor) -> Vec<Header> {
    raw.into_iter()
        .map(|Header { name, value }| Header {
            value: redactor.clean_header(&name, value),
            name: redactor.clean(name),
        })
        .collect()
}

/// A body as text without secrets; absent when it is empty.
pub(super) fn body(bytes: &[u8], redactor: &Redactor) -> Option<Body> {
    if bytes.is_empty() {
        return None;
    }
    // Redaction goes before the cut, and looks further than it by as much as a secret can be long: otherwise one that
    // lies across the end would be kept by half.
    let reach = redactor.reach();
    let window = bytes.get(..Limits::RECORDED + reach);
    let whole = std::str::from_utf8(bytes);
    let mut text = match (window, whole) {
        (None, Ok(text)) => redactor.redact(text),
        (window, _) => redactor.redact(&String::from_utf8_lossy(window.unwrap_or(bytes))),
    };
    let end = if window.is_some() {
        text.len().saturating_sub(reach)
    } else {
        text.len()
    };
    let end = floor(&text, end.min(Limits::RECORDED));
    let truncated = window.is_some() || end < text.len();
    text.truncate(end);
    Some(Body {
        text,
        size: bytes.len() as u64,
        truncated,
        lossy: whole.is_err(),
    })
}

/// A header's name as HTTP/1 sends it: `content-type` becomes `Content-Type`.
pub(super) fn title_case(name: &str) -> String {
    let mut upper = true;
    name.chars()
        .map(|c| {
            let cased = if upper { c.to_ascii_uppercase() } else { c };
            upper = c == '-';
            cased
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::REDACTED;

    #[test]
    fn a_long_body_is_cut_after_redaction() {
        let redactor = Redactor::default();
        redactor.register("canary-secret-value");
        for offset in 0..40 {
            let before = Limits::RECORDED - offset;
            let bytes = format!(
                "{}canary-secret-value{}",
                "é".repeat(before / 2),
                "x".repeat(10_000)
            );
            let body = body(bytes.as_bytes(), &redactor).unwrap();
            assert!(body.truncated && !body.lossy);
            assert_eq!(body.size, bytes.len() as u64);
            assert!(body.text.len() <= Limits::RECORDED);
            assert!(
                !body.text.contains("canary"),
                "{}",
                &body.text[body.text.len() - 40..]
            );
        }
    }

    #[test]
    fn a_secret_at_the_end_of_what_is_looked_at_is_not_kept_by_half() {
        let redactor = Redactor::default();
        let secret = "canary-".repeat(300);
        redactor.register(&secret);
        let bytes = secret.repeat(60);
        let body = body(bytes.as_bytes(), &redactor).unwrap();
        assert!(body.truncated);
        assert!(!body.text.contains("canary"));
    }

    #[test]
    fn bodies_are_text_with_flags() {
        let redactor = Redactor::default();
        assert_eq!(body(b"", &redactor), None);
        let lossy = body(b"a\xffb", &redactor).unwrap();
        assert_eq!(
            (
                lossy.text.as_str(),
                lossy.size,
                lossy.lossy,
                lossy.truncated
            ),
            ("a\u{fffd}b", 3, true, false)
        );
        let whole = body(br#"{"password":"x"}"#, &redactor).unwrap();
        assert_eq!(whole.text, format!(r#"{{"password":"{REDACTED}"}}"#));
        assert_eq!(whole.size, 16);
    }

    #[test]
    fn names_are_cased_as_they_are_sent() {
        assert_eq!(title_case("content-type"), "Content-Type");
        assert_eq!(title_case("etag"), "Etag");
    }
}
