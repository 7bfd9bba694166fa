//! A request, read whole.

use std::borrow::Cow;

use axum::body::Bytes;
use axum::http::{HeaderMap, Method};
use serde_json::Value;

use crate::scim::error::{ScimError, ScimType};

/// How long a body may be, in bytes; `bulk.maxPayloadSize` says the same.
pub(super) const MAX_BODY: usize = 1_048_576;

/// A request, read whole.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// The method.
    pub(super) method: Method,
    /// The path, percent-encoded as it came.
    pub(super) path: String,
    /// The query parameters, decoded, in order.
    pub(super) query: Vec<(String, String)>,
    /// The headers.
    pub(super) headers: HeaderMap,
    /// The body; `None` if it was longer than [`MAX_BODY`].
    pub(super) body: Option<Bytes>,
}

impl Call {
    /// A request from its parts; the target is path and query.
    pub(super) fn new(
        method: Method,
        target: &str,
        headers: HeaderMap,
        body: Option<Bytes>,
    ) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let query = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decode_form(name), decode_form(value))
            });
        let (path, query) = (path.to_owned(), query.collect());
        Self {
            method,
            path,
            query,
            headers,
            body,
        }
    }

    /// A header that is text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A query parameter; names as RFC 7644 spells them, in any case of letters.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Takes a query parameter away.
    pub(super) fn forget(&mut self, name: &str) {
        self.query
            .retain(|(key, _)| !key.eq_ignore_ascii_case(name));
    }

    /// The body as a JSON object.
    ///
    /// # Errors
    /// 413 for a long body, 415 for another media type, `invalidSyntax` for what is no JSON object.
    pub(super) fn json(&self) -> Result<Value, ScimError> {
        let too_long =
            || ScimError::status(413, format!("The body is longer than {MAX_BODY} bytes."));
        let body = self.body.as_ref().ok_or_else(too_long)?;
        self.check_media_type()?;
        let value: Value = serde_json::from_slice(body).map_err(|error| {
            ScimError::new(
                ScimType::InvalidSyntax,
                format!("The body is no JSON: {error}."),
            )
        })?;
        if value.is_object() {
            return Ok(value);
        }
        Err(ScimError::new(
            ScimType::InvalidSyntax,
            "The body is no JSON object.",
        ))
    }

    fn check_media_type(&self) -> Result<(), ScimError> {
        let Some(given) = self.headers.get("content-type") else {
            return Ok(());
        };
        let given = given.to_str().unwrap_or_default().to_ascii_lowercase();
        let mut parts = given.split(';').map(str::trim);
        let known = matches!(
            parts.next(),
            Some("application/scim+json" | "application/json")
        );
        let utf8 = parts.all(|part| match part.split_once('=') {
            Some((name, value)) if name.trim() == "charset" => {
                matches!(value.trim().trim_matches('"'), "utf-8" | "utf8")
            }
            _ => true,
        });
        if known && utf8 {
            return Ok(());
        }
        Err(ScimError::status(
            415,
            "A body is application/scim+json or application/json, in UTF-8.",
        ))
    }

    /// Whether the client takes JSON (RFC 7231 §5.3.2); without `Accept` it takes anything.
    pub(super) fn accepts_json(&self) -> bool {
        self.header("accept").is_none_or(|accept| {
            accept.split(',').any(|range| {
                let mut parts = range
                    .split(';')
                    .map(|part| part.trim().to_ascii_lowercase());
                let kind = parts.next().unwrap_or_default();
                let refused = parts
                    .any(|part| matches!(part.as_str(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
                !refused
                    && matches!(
                        kind.as_str(),
                        "" | "*/*" | "application/*" | "application/json" | "application/scim+json"
                    )
            })
        })
    }

    /// Whether the client names `application/json` and not what SCIM 2.0 prefers.
    pub(super) fn wants_plain_json(&self) -> bool {
        self.header("accept").is_some_and(|accept| {
            let accept = accept.to_ascii_lowercase();
            accept.contains("application/json")
                && !accept.contains("scim+json")
                && !accept.contains("*/*")
        })
    }
}

/// Percent-decodes; what is no UTF-8 becomes U+FFFD.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = |at: usize| {
            after
                .get(at)
                .and_then(|byte| char::from(*byte).to_digit(16))
        };
        if let (b'%', Some(high), Some(low)) = (first, hex(0), hex(1)) {
            bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    match String::from_utf8_lossy(&bytes) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text,
    }
}

/// Decodes as forms do: `+` is a blank. Okta has sent both `%20` and `+`.
pub(super) fn decode_form(text: &str) -> String {
    decode(&text.replace('+', " "))
}

#[cfg(test)]
mod tests {
    use super::{Call, decode, decode_form};
    use axum::http::{HeaderMap, HeaderValue, Method};

    #[test]
    fn percent_encoding_is_decoded_and_junk_stays() {
        for (given, wanted) in [
            ("a%20b", "a b"),
            ("%", "%"),
            ("%2", "%2"),
            ("%zz", "%zz"),
            ("%C3%A9", "é"),
            ("a+b", "a+b"),
        ] {
            assert_eq!(decode(given), wanted);
        }
        assert_eq!(decode_form("a+b%2Bc"), "a b+c");
    }

    #[test]
    fn accept_is_read_with_its_weights() {
        for (accept, wanted) in [
            ("application/scim+json; charset=utf-8", true),
            ("text/html, */*;q=0.1", true),
            ("text/html", false),
            ("application/json;q=0", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("accept", HeaderValue::from_static(accept));
            assert_eq!(
                Call::new(Method::GET, "/", headers, None).accepts_json(),
                wanted,
                "{accept}"
            );
        }
    }
}
