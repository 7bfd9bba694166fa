//! The value of `Authorization`.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};

use super::config::{Auth, ClientConfig};
use super::error::ClientError;
use super::oauth2::{Token, TokenSource};
use super::redact::Redactor;

/// Where the configured credentials come from.
#[derive(Debug)]
pub(super) enum Authorizer {
    /// There are none.
    None,
    /// Always the same value.
    Fixed(SecretString),
    /// A token endpoint.
    OAuth2(Box<TokenSource>),
}

/// A value of `Authorization`, and the token that it was made from.
#[derive(Debug, Default)]
pub(super) struct Authorization {
    pub(super) value: Option<SecretString>,
    pub(super) token: Option<Arc<Token>>,
}

impl Authorizer {
    /// Makes the authorizer and registers its secrets.
    pub(super) fn new(config: &ClientConfig, redactor: &Redactor) -> Result<Self, ClientError> {
        let value = match &config.auth {
            Auth::None => return Ok(Self::None),
            Auth::Bearer(token) => format!("Bearer {}", token.expose_secret().trim()),
            Auth::Basic { user, password } => {
                if user.contains(':') {
                    let problem = "the user name of basic authentication holds a colon".to_owned();
                    return Err(ClientError::Credentials { problem });
                }
                redactor.register(password.expose_secret());
                basic(user, password.expose_secret())
            }
            Auth::Header(value) => value.expose_secret().trim().to_owned(),
            Auth::OAuth2(oauth2) => {
                return Ok(Self::OAuth2(Box::new(TokenSource::new(oauth2, redactor)?)));
            }
        };
        redactor.register_authorization(&value);
        if header_value(&value).is_none() || value.is_empty() {
            let problem =
                "they are empty, or hold a line break or another control character".to_owned();
            return Err(ClientError::Credentials { problem });
        }
        Ok(Self::Fixed(value.into()))
    }
}

/// A Basic pair (RFC 7617 §2).
pub(super) fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

/// A header's value that no `Debug` shows and HTTP/2 does not index. Control characters can't be sent.
pub(super) fn header_value(value: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_bytes(value.as_bytes()).ok()?;
    value.set_sensitive(true);
    Some(value)
}
