//! One request to one bounded, redacted exchange.
//!
//! A [`Client`] sends requests below one base URL and nowhere else; a [`Forwarder`] passes on those of somebody else. Whatever the target does, a request costs a bounded
//! time and memory ([`Limits`]), and what goes into the record ([`crate::record::Exchange`]) is redacted once, here, so
//! that no report can forget it ([`Redactor`]). What judging needs stays raw in [`Sent`], which never leaves the process.
//!
//! This layer knows HTTP (RFC 9110, RFC 9112), TLS, OAuth2's token endpoint (RFC 6749) and nothing of SCIM. It reads no
//! files and no environment: certificates, keys and the proxy are handed over as text.

mod auth;
mod body;
mod capture;
mod client;
mod config;
mod connector;
mod encode;
mod error;
mod fetch;
mod forward;
mod headers;
mod inspect;
mod limits;
mod oauth2;
mod rate;
mod redact;
mod request;
mod retry;
mod reuse;
mod target;
mod timer;
mod tls;
mod transport;

pub use client::Client;
pub use config::{Auth, ClientAuthentication, ClientConfig, Grant, OAuth2};
pub use connector::check_proxy;
pub use encode::encode;
pub use error::ClientError;
pub use forward::{Forwarded, Forwarder};
pub use inspect::{Certificate, Handshake, Inspection, NOT_LOOKED_AT, Step, Trust};
pub use limits::Limits;
pub use redact::{REDACTED, Redactor, SHORTEST, is_credential, is_secret_name};
pub use request::{Credentials, RequestSpec, Sent};
