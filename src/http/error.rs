//! Why there is no client.

use thiserror::Error;

/// Why a client can't be made from its configuration. Each text reads after "failed to" and shows no secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The base URL can't be used.
    #[error("use `{url}` as base URL: {problem}")]
    BaseUrl {
        /// The URL, redacted.
        url: String,
        /// What is wrong.
        problem: String,
    },
    /// The URL of the token endpoint can't be used.
    #[error("use `{url}` as token endpoint: {problem}")]
    TokenUrl {
        /// The URL, redacted.
        url: String,
        /// What is wrong.
        problem: String,
    },
    /// The proxy's URL can't be used.
    #[error("use the proxy: {problem}")]
    Proxy {
        /// What is wrong.
        problem: String,
    },
    /// A header can't be sent.
    #[error("send the header `{name}`: {problem}")]
    Header {
        /// Its name.
        name: String,
        /// What is wrong.
        problem: String,
    },
    /// The credentials can't be sent.
    #[error("use the credentials: {problem}")]
    Credentials {
        /// What is wrong.
        problem: String,
    },
    /// A certificate or a key can't be read.
    #[error("read the {what}: {problem}")]
    Pem {
        /// `authority's certificate`, `client certificate`, `client certificate's key`.
        what: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// TLS can't be set up.
    #[error("set up TLS: {problem}")]
    Tls {
        /// What is wrong.
        problem: String,
    },
}
