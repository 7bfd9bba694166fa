//! What a client is made from: plain values.

use std::fmt;
use std::num::NonZeroU32;

use secrecy::SecretString;
use tokio::time::Instant;

use super::limits::Limits;
use super::redact::Redactor;

/// What a client is made from. Its `Debug` shows no secret.
#[derive(Clone)]
pub struct ClientConfig {
    /// The SCIM base URL, `http` or `https`, with or without a path; a query on it goes onto every request.
    pub base_url: String,
    /// How requests are authenticated unless they say otherwise.
    pub auth: Auth,
    /// Headers that every request to the target carries; a request's own header of the same name replaces them.
    pub headers: Vec<(String, SecretString)>,
    /// `User-Agent`, unless a request sets its own.
    pub user_agent: String,
    /// What one request may cost.
    pub limits: Limits,
    /// The most requests in a second, over all checks.
    pub rate: Option<NonZeroU32>,
    /// Certificates of further authorities, as PEM texts.
    pub ca: Vec<String>,
    /// The client's certificate (first, then its chain) and its key, as one PEM text.
    pub client_certificate: Option<SecretString>,
    /// Whether the target's certificate is not verified.
    pub insecure: bool,
    /// The URL of an HTTP proxy, with its credentials if it wants any. The environment's proxies are never used.
    pub proxy: Option<SecretString>,
    /// Whether HTTP/2 is not offered.
    pub http1_only: bool,
    /// Further values that no output may show.
    pub secrets: Vec<SecretString>,
    /// The start of the run, from which exchanges count their time.
    pub zero: Instant,
}

impl ClientConfig {
    /// The defaults for a base URL: no authentication, default limits.
    pub fn new(base_url: impl Into<String>, zero: Instant) -> Self {
        Self {
            base_url: base_url.into(),
            auth: Auth::None,
            headers: Vec::new(),
            user_agent: concat!("scimitar/", env!("CARGO_PKG_VERSION")).to_owned(),
            limits: Limits::default(),
            rate: None,
            ca: Vec::new(),
            client_certificate: None,
            insecure: false,
            proxy: None,
            http1_only: false,
            secrets: Vec::new(),
            zero,
        }
    }
}

impl fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientConfig")
            .field("base_url", &Redactor::default().redact(&self.base_url))
            .field("auth", &self.auth)
            .field("headers", &self.headers)
            .field("user_agent", &self.user_agent)
            .field("limits", &self.limits)
            .field("rate", &self.rate)
            .field("ca", &self.ca.len())
            .field("client_certificate", &self.client_certificate)
            .field("insecure", &self.insecure)
            .field("proxy", &self.proxy)
            .field("http1_only", &self.http1_only)
            .finish_non_exhaustive()
    }
}

/// How requests are authenticated.
#[derive(Debug, Clone, Default)]
pub enum Auth {
    /// Not at all, or by the client certificate alone.
    #[default]
    None,
    /// `Authorization: Bearer …` (RFC 6750).
    Bearer(SecretString),
    /// `Authorization: Basic …` (RFC 7617).
    Basic {
        /// The user's name.
        user: String,
        /// The password.
        password: SecretString,
    },
    /// The whole value of `Authorization`, as Okta's Header Auth sends it.
    Header(SecretString),
    /// A bearer token from a token endpoint.
    OAuth2(OAuth2),
}

/// A token endpoint and what it is asked for (RFC 6749).
#[derive(Debug, Clone)]
pub struct OAuth2 {
    /// The token endpoint.
    pub token_url: String,
    /// The client's id.
    pub client_id: String,
    /// The client's secret; a public client has none.
    pub client_secret: Option<SecretString>,
    /// How the client proves who it is.
    pub authentication: ClientAuthentication,
    /// What the token is given for.
    pub grant: Grant,
    /// The scope that is asked for.
    pub scope: Option<String>,
}

/// How an OAuth2 client proves who it is (RFC 6749 §2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClientAuthentication {
    /// By `Authorization: Basic`.
    #[default]
    Basic,
    /// By `client_id` and `client_secret` in the body.
    Body,
}

/// What a token is given for.
#[derive(Debug, Clone)]
pub enum Grant {
    /// The client's own credentials (RFC 6749 §4.4).
    ClientCredentials,
    /// A refresh token (RFC 6749 §6); a newer one in an answer replaces it.
    RefreshToken(SecretString),
}
