//! The headers of a request.

use std::str::FromStr as _;

use reqwest::Url;
use reqwest::header::{
    AUTHORIZATION, CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING,
};
use secrecy::{ExposeSecret as _, SecretString};

use super::capture;
use super::error::ClientError;
use super::redact::{Redactor, is_credential};
use super::request::RequestSpec;
use crate::record::Header;

/// The request's own headers.
pub(super) fn own(spec: &RequestSpec) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in &spec.headers {
        let parsed =
            HeaderName::from_str(name).map_err(|_| format!("`{name}` is no name of a header"))?;
        if parsed == CONTENT_LENGTH || parsed == TRANSFER_ENCODING {
            return Err(format!(
                "the header `{name}` follows from the body and can't be set"
            ));
        }
        let mut parsed_value = HeaderValue::from_bytes(value.as_bytes())
            .map_err(|_| format!("the value of the header `{name}` holds a control character"))?;
        parsed_value.set_sensitive(is_credential(name));
        headers.append(parsed, parsed_value);
    }
    Ok(headers)
}

/// The headers in the form and order in which they go out.
pub(super) fn as_sent(headers: &HeaderMap, url: &Url, http2: bool) -> Vec<Header> {
    let mut sent = capture::raw_headers(headers);
    // In HTTP/2, the host is no header.
    if !http2 && !headers.contains_key(HOST) {
        let host = url.host_str().unwrap_or_default();
        sent.push(Header {
            name: HOST.as_str().to_owned(),
            value: url
                .port()
                .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")),
        });
    }
    if !http2 {
        for header in &mut sent {
            header.name = capture::title_case(&header.name);
        }
    }
    sent
}

/// The configured headers. Credentials among them are registered.
pub(super) fn configured(
    headers: &[(String, SecretString)],
    redactor: &Redactor,
) -> Result<Vec<(HeaderName, HeaderValue)>, ClientError> {
    let parse = |(name, value): &(String, SecretString)| {
        let refuse = |problem: &str| ClientError::Header {
            name: name.clone(),
            problem: problem.to_owned(),
        };
        let parsed =
            HeaderName::from_str(name.trim()).map_err(|_| refuse("that is no name of a header"))?;
        if parsed == CONTENT_LENGTH || parsed == TRANSFER_ENCODING {
            return Err(refuse("it follows from the body and can't be set"));
        }
        let value = value.expose_secret();
        if parsed == AUTHORIZATION {
            redactor.register_authorization(value);
        } else if is_credential(parsed.as_str()) {
            redactor.register(value);
        }
        let mut value = HeaderValue::from_bytes(value.trim().as_bytes())
            .map_err(|_| refuse("its value holds a control character"))?;
        value.set_sensitive(is_credential(parsed.as_str()));
        Ok((parsed, value))
    };
    headers.iter().map(parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http2_has_lower_case_names_and_no_host() {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static("text/plain"));
        let url = Url::parse("https://a.example:8443/x").unwrap();
        let names = |http2: bool| -> Vec<String> {
            as_sent(&headers, &url, http2)
                .into_iter()
                .map(|header| format!("{}: {}", header.name, header.value))
                .collect()
        };
        assert_eq!(names(true), ["content-type: text/plain"]);
        assert_eq!(
            names(false),
            ["Content-Type: text/plain", "Host: a.example:8443"]
        );
    }
}
