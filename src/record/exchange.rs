use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A request as sent and the response as received, with times. Redacted where it was captured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Exchange {
    /// What the exchange was for.
    pub role: Role,
    /// The request as it went out.
    pub request: Request,
    /// The response, if a whole one came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
    /// Why no whole response came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<TransportError>,
    /// When the request was sent, in microseconds after the start of the run.
    pub started_us: u64,
    /// From sending the request to the end of the response, in microseconds.
    pub duration_us: u64,
    /// From sending the request to the end of the response's headers, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_byte_us: Option<u64>,
    /// Which try this was, from 1: 429 and 503 with `Retry-After` are tried again, and so is each round of a poll.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub attempt: u32,
}

const fn one() -> u32 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if calls it with a reference"
)]
const fn is_one(n: &u32) -> bool {
    *n == 1
}

/// What an exchange was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Makes sure before the run that the target can be tested, and reads its discovery endpoints.
    Discovery,
    /// Makes what the check needs (`given`).
    Given,
    /// A step of the check.
    Step,
    /// Removes what the check made.
    Cleanup,
}

/// A request as sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Request {
    /// The method, in capitals.
    pub method: String,
    /// The whole URL, percent-encoded as sent.
    pub url: String,
    /// The headers, in the order they were sent.
    pub headers: Vec<Header>,
    /// The body, absent when none was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
}

/// A response as received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// `HTTP/1.1`, `HTTP/2.0` …
    pub version: String,
    /// The headers, in the order they came.
    pub headers: Vec<Header>,
    /// The body, decompressed; absent when it was empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
}

/// One header field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Header {
    /// The name as sent; compared ignoring case.
    pub name: String,
    /// The value; bytes that are no UTF-8 are replaced by U+FFFD.
    pub value: String,
}

/// A body as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Body {
    /// The text, redacted; bytes that are no UTF-8 are replaced by U+FFFD.
    pub text: String,
    /// The size in bytes, after decompression. Larger than `text` when that is cut.
    pub size: u64,
    /// Whether `text` is only the beginning.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub truncated: bool,
    /// Whether the bytes were no valid UTF-8.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lossy: bool,
}

/// Why no whole response came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TransportError {
    /// The class of the error.
    pub kind: TransportErrorKind,
    /// What happened, in one line, redacted.
    pub message: String,
}

/// The classes of transport errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TransportErrorKind {
    /// The host name can't be resolved.
    Dns,
    /// No connection.
    Connect,
    /// The TLS handshake or the certificate failed.
    Tls,
    /// No answer, or no whole answer, in time.
    Timeout,
    /// The body is larger than the limit (after decompression), or its compression ratio is absurd.
    TooLarge,
    /// The connection broke, or what came is no HTTP.
    Protocol,
    /// The request could not be built or authenticated (token endpoint).
    Request,
}

impl Exchange {
    /// The status code, if a whole response came.
    pub fn status(&self) -> Option<u16> {
        self.response.as_ref().map(|response| response.status)
    }
}

impl Response {
    /// The values of a header, in order; the name is compared ignoring case.
    pub fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |h| h.name.eq_ignore_ascii_case(name))
            .map(|h| h.value.as_str())
    }

    /// The first value of a header.
    pub fn header<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.header_values(name).next()
    }
}
