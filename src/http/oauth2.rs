//! Tokens from a token endpoint (RFC 6749 §4.4, §6): fetched when first needed, once for all who wait, and kept until they
//! expire or the target refuses them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request, Url};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::auth::{basic, header_value};
use super::config::{ClientAuthentication, Grant, OAuth2};
use super::connector::Connector;
use super::encode::encode;
use super::error::ClientError;
use super::fetch::fetch;
use super::limits::Limits;
use super::redact::Redactor;
use super::target;

/// A token is renewed this long before it expires, or after nine tenths of its life if that is shorter.
const EARLY: Duration = Duration::from_secs(30);

/// The longest life of a token that is believed: a larger number is a mistake and would overflow.
const LONGEST: u64 = 10 * 365 * 24 * 3600;

/// The largest answer of a token endpoint, in bytes: no server takes a header field as long.
const LARGEST: usize = 64 * 1024;

/// Members of a token endpoint's answer that are no secrets (RFC 6749 §5.1, §5.2).
const HARMLESS: [&str; 7] = [
    "token_type",
    "expires_in",
    "scope",
    "error",
    "error_description",
    "error_uri",
    "issued_token_type",
];

/// An access token.
#[derive(Debug)]
pub(super) struct Token {
    value: SecretString,
    expires: Option<Instant>,
    /// The target has taken it at least once.
    accepted: AtomicBool,
}

impl Token {
    pub(super) fn authorization(&self) -> SecretString {
        format!("Bearer {}", self.value.expose_secret()).into()
    }

    pub(super) fn accept(&self) {
        self.accepted.store(true, Ordering::Relaxed);
    }

    pub(super) fn was_accepted(&self) -> bool {
        self.accepted.load(Ordering::Relaxed)
    }
}

/// A token endpoint.
#[derive(Debug)]
pub(super) struct TokenSource {
    url: Url,
    config: OAuth2,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    token: Option<Arc<Token>>,
    /// The newest refresh token.
    refresh: Option<SecretString>,
    /// The last failure: who waited for it shares it.
    failure: Option<(Instant, String)>,
}

impl TokenSource {
    pub(super) fn new(config: &OAuth2, redactor: &Redactor) -> Result<Self, ClientError> {
        let refuse = |problem: String| ClientError::TokenUrl {
            url: redactor.redact(&config.token_url),
            problem,
        };
        let url = target::parse(&config.token_url).map_err(refuse)?;
        target::check(&url).map_err(|problem| refuse(problem.to_owned()))?;
        if let Some(secret) = &config.client_secret {
            redactor.register(secret.expose_secret());
            // As the Basic pair holds it (RFC 6749 §2.3.1).
            redactor.register(&encode(secret.expose_secret()));
        }
        let mut state = State::default();
        if let Grant::RefreshToken(token) = &config.grant {
            redactor.register(token.expose_secret());
            state.refresh = Some(token.clone());
        }
        Ok(Self {
            url,
            config: config.clone(),
            state: Mutex::new(state),
        })
    }

    /// A token that has not expired. Its secrets are registered before it is stored.
    ///
    /// # Errors
    /// Why there is none, in one line.
    pub(super) async fn token(
        &self,
        connector: &Connector,
        limits: &Limits,
        redactor: &Redactor,
        base_url: &str,
    ) -> Result<Arc<Token>, String> {
        let asked = Instant::now();
        let mut state = self.state.lock().await;
        let now = Instant::now();
        if let Some(token) = &state.token
            && token.expires.is_none_or(|expires| now < expires)
        {
            return Ok(Arc::clone(token));
        }
        if let Some((at, message)) = &state.failure
            && *at >= asked
        {
            return Err(message.clone());
        }
        match Box::pin(self.fetch(&mut state, connector, limits, redactor, base_url)).await {
            Ok(token) => {
                state.token = Some(Arc::clone(&token));
                Ok(token)
            }
            Err(message) => {
                let message = redactor.redact(&message);
                state.token = None;
                state.failure = Some((Instant::now(), message.clone()));
                Err(message)
            }
        }
    }

    /// Forgets a token that the target refused.
    pub(super) async fn forget(&self, refused: &Arc<Token>) {
        let mut state = self.state.lock().await;
        state.token.take_if(|token| Arc::ptr_eq(token, refused));
    }

    async fn fetch(
        &self,
        state: &mut State,
        connector: &Connector,
        limits: &Limits,
        redactor: &Redactor,
        base_url: &str,
    ) -> Result<Arc<Token>, String> {
        let request = self.request(state.refresh.as_ref())?;
        let limits = Limits {
            body: limits.body.min(LARGEST),
            ..*limits
        };
        let fetched = fetch(connector, request, &limits).await;
        let answer = fetched
            .answer
            .map_err(|error| format!("the token endpoint gave no answer: {}", error.message))?;
        let members: Map<String, Value> = serde_json::from_slice(&answer.body).unwrap_or_default();
        for (name, value) in &members {
            if !HARMLESS.contains(&name.as_str()) {
                register(value, redactor, base_url);
            }
        }
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        if answer.status != 200 {
            return Err(refusal(
                answer.status,
                text("error"),
                text("error_description"),
            ));
        }
        let token = text("access_token")
            .filter(|token| !token.is_empty())
            .ok_or_else(|| {
                "the token endpoint answered 200 without an access_token (RFC 6749 §5.1)".to_owned()
            })?;
        if !text("token_type").is_none_or(|kind| kind.eq_ignore_ascii_case("bearer")) {
            return Err("the token endpoint gave a token that is no bearer token".to_owned());
        }
        if header_value(token).is_none() {
            return Err(
                "the token endpoint gave a token that can't be sent in a header".to_owned(),
            );
        }
        if let (Grant::RefreshToken(_), Some(newer)) = (&self.config.grant, text("refresh_token")) {
            state.refresh = Some(newer.into());
        }
        let expires = members.get("expires_in").and_then(life).map(|life| {
            let early = EARLY.min(life / 10);
            fetched.ended + life.saturating_sub(early)
        });
        Ok(Arc::new(Token {
            value: token.into(),
            expires,
            accepted: AtomicBool::new(false),
        }))
    }

    fn request(&self, refresh: Option<&SecretString>) -> Result<Request, String> {
        let mut form: Vec<(&str, &str)> = Vec::new();
        match (&self.config.grant, refresh) {
            (Grant::ClientCredentials, _) => form.push(("grant_type", "client_credentials")),
            (Grant::RefreshToken(first), newest) => {
                form.push(("grant_type", "refresh_token"));
                form.push(("refresh_token", newest.unwrap_or(first).expose_secret()));
            }
        }
        if let Some(scope) = &self.config.scope {
            form.push(("scope", scope));
        }
        let mut request = Request::new(Method::POST, self.url.clone());
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        let id = self.config.client_id.as_str();
        match (self.config.authentication, &self.config.client_secret) {
            (ClientAuthentication::Basic, Some(secret)) => {
                let pair = basic(&encode(id), &encode(secret.expose_secret()));
                let value =
                    header_value(&pair).ok_or("the client's id and secret can't be sent")?;
                headers.insert(AUTHORIZATION, value);
            }
            (ClientAuthentication::Body, Some(secret)) => {
                form.push(("client_id", id));
                form.push(("client_secret", secret.expose_secret()));
            }
            (_, None) => form.push(("client_id", id)),
        }
        let body: Vec<String> = form
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        *request.body_mut() = Some(body.join("&").into());
        Ok(request)
    }
}

/// Registers every text in a value, but not what the base URL itself says (some endpoints return the instance's URL).
fn register(value: &Value, redactor: &Redactor, base_url: &str) {
    match value {
        Value::String(text) if base_url.contains(text.as_str()) => {}
        Value::String(text) => redactor.register(text),
        Value::Array(items) => items
            .iter()
            .for_each(|item| register(item, redactor, base_url)),
        Value::Object(members) => members
            .values()
            .for_each(|member| register(member, redactor, base_url)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// `expires_in` in seconds; some endpoints give it as text.
fn life(value: &Value) -> Option<Duration> {
    let seconds = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
    Some(Duration::from_secs(seconds.min(LONGEST)))
}

fn refusal(status: u16, error: Option<&str>, description: Option<&str>) -> String {
    let mut message = format!("the token endpoint answered {status}");
    for (before, text, after) in [(": ", error, ""), (" (", description, ")")] {
        if let Some(text) = text {
            let text: String = text
                .chars()
                .map(|c| if c.is_control() { ' ' } else { c })
                .take(200)
                .collect();
            message.push_str(before);
            message.push_str(&text);
            message.push_str(after);
        }
    }
    message
}
