//! What is to be sent, and what came of it.

use std::fmt;

use secrecy::SecretString;

use crate::record::{Exchange, Header, Role};

/// A request to be sent.
#[derive(Clone)]
pub struct RequestSpec {
    /// The method, in capitals.
    pub method: String,
    /// A path (with a query, if any) below the base URL, or a whole URL of the base URL's origin. Percent-encoded.
    pub url: String,
    /// The headers. `Accept-Encoding: identity`, `Accept: */*` and `User-Agent` are added when they are not among them.
    /// An `Authorization` among them replaces the credentials.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Vec<u8>>,
    /// As whom it is sent.
    pub auth: Credentials,
    /// What it is for.
    pub role: Role,
    /// Which try this is, from 1.
    pub attempt: u32,
}

impl fmt::Debug for RequestSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("RequestSpec")
            .field("method", &self.method)
            .field(
                "path",
                &self.url.split(['?', '#']).next().unwrap_or_default(),
            )
            .field("headers", &names)
            .field("body", &self.body.as_ref().map(Vec::len))
            .field("auth", &self.auth)
            .field("role", &self.role)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}

/// As whom a request is sent.
#[derive(Debug, Clone, Default)]
pub enum Credentials {
    /// As the client is configured.
    #[default]
    Default,
    /// As nobody: no `Authorization`, no configured header that looks like a credential, and no client certificate
    /// where that is the only credential.
    None,
    /// With this whole `Authorization` value instead.
    Raw(SecretString),
}

/// A request that was sent, for the record and for judging.
#[derive(Clone)]
pub struct Sent {
    /// The exchange, redacted, for the record.
    pub exchange: Exchange,
    /// The response's headers as they came: for judging only, never for an output.
    pub headers: Vec<Header>,
    /// The response's body as it came, decompressed: for judging only, never for an output.
    pub body: Vec<u8>,
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent")
            .field("exchange", &self.exchange)
            .field("headers", &self.headers.len())
            .field("body", &self.body.len())
            .finish()
    }
}
