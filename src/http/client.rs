//! The client: requests below one base URL, each to one exchange.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue,
    USER_AGENT,
};
use reqwest::{Method, Url};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::{Instant, sleep};

use super::auth::{Authorization, Authorizer, header_value};
use super::config::{Auth, ClientConfig};
use super::connector::Connector;
use super::error::ClientError;
use super::fetch::{Fetched, fetch};
use super::forward::Forwarder;
use super::inspect::{Inspection, inspect};
use super::limits::Limits;
use super::oauth2::Token;
use super::rate::Rate;
use super::redact::{Redactor, is_credential};
use super::request::{Credentials, RequestSpec, Sent};
use super::retry::{MOST_ATTEMPTS, is_repeatable, wait_asked};
use super::target::Target;
use super::{capture, headers, transport};
use crate::record::{Exchange, Header, Request, Response, TransportError, TransportErrorKind};

/// Requests below one base URL. Clones share everything.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    target: Target,
    connector: Connector,
    /// Without the client certificate, where that is the only credential.
    nobody: Option<Connector>,
    authorizer: Authorizer,
    headers: Vec<(HeaderName, HeaderValue)>,
    user_agent: HeaderValue,
    limits: Limits,
    rate: Option<Rate>,
    redactor: Redactor,
    zero: Instant,
    /// For [`Client::inspect`], which builds its own connections.
    config: ClientConfig,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}

/// A request with everything that is sent, or why it can't be.
struct Ready {
    method: Method,
    url: Url,
    headers: HeaderMap,
    token: Option<Arc<Token>>,
}

impl Client {
    /// Makes a client. Nothing is sent yet.
    ///
    /// # Errors
    /// Something in the configuration can't be used: a URL, a header, a certificate.
    pub fn new(config: &ClientConfig) -> Result<Self, ClientError> {
        let redactor = Redactor::default();
        for secret in &config.secrets {
            redactor.register(secret.expose_secret());
        }
        let target = Target::new(&config.base_url)?;
        let authorizer = Authorizer::new(config, &redactor)?;
        let alone = matches!(config.auth, Auth::None) && config.client_certificate.is_some();
        Ok(Self(Arc::new(Inner {
            connector: Connector::new(config, true, &redactor)?,
            nobody: if alone {
                Some(Connector::new(config, false, &redactor)?)
            } else {
                None
            },
            target,
            authorizer,
            headers: headers::configured(&config.headers, &redactor)?,
            user_agent: HeaderValue::from_str(&config.user_agent).map_err(|error| {
                ClientError::Header {
                    name: "User-Agent".to_owned(),
                    problem: error.to_string(),
                }
            })?,
            limits: config.limits,
            rate: config.rate.map(Rate::new),
            redactor,
            zero: config.zero,
            config: config.clone(),
        })))
    }

    /// The base URL, without a slash at the end and without its query.
    pub fn base_url(&self) -> String {
        self.0.target.base_url()
    }

    /// Text without secrets.
    pub fn redact(&self, text: &str) -> String {
        self.0.redactor.redact(text)
    }

    /// Looks at what lies between here and the target, step by step. No request is sent.
    ///
    /// # Errors
    /// TLS can't be set up.
    pub async fn inspect(&self) -> Result<Inspection, ClientError> {
        Box::pin(inspect(
            self.0.target.url(),
            self.0.connector.proxy.as_ref(),
            &self.0.config,
        ))
        .await
    }

    /// The whole value of `Authorization` that requests carry, if they carry one.
    ///
    /// # Errors
    /// Why the token endpoint gives none.
    pub async fn credentials(&self) -> Result<Option<SecretString>, String> {
        let own = self.authorization(&Credentials::Default).await?;
        Ok(own.value)
    }

    /// What passes messages of somebody else on to this target, over connections like this client's.
    ///
    /// # Errors
    /// The connections can't be set up: a certificate, a proxy.
    pub fn forwarder(&self) -> Result<Forwarder, ClientError> {
        Forwarder::new(self.0.target.url(), &self.0.config)
    }

    /// What knows the secrets of this client, to share with others that write.
    pub fn redactor(&self) -> Redactor {
        self.0.redactor.clone()
    }

    /// Sends a request once.
    pub async fn send(&self, spec: RequestSpec) -> Sent {
        Box::pin(self.attempt(&spec, spec.attempt)).await.0
    }

    /// Sends a request, and again when the target asks to wait (429 and 503 with `Retry-After`) and the wait is within
    /// the budget. A token of OAuth2 that was good before and is refused (401) is renewed, once. What can be repeated
    /// without a trace is sent once more when the target closed a connection that it had kept open. Nothing else is
    /// sent twice. Each attempt is an exchange of its own; there is at least one.
    pub async fn send_with_retry(&self, spec: RequestSpec, budget: Duration) -> Vec<Sent> {
        let deadline = Instant::now().checked_add(budget);
        let mut all = Vec::new();
        let mut renewed = false;
        let mut resent = false;
        let mut attempt = spec.attempt;
        loop {
            let (sent, token, stale) = Box::pin(self.attempt(&spec, attempt)).await;
            let status = sent.exchange.status();
            let tries = all.len() + 1;
            let asked = status.and_then(|status| wait_asked(status, &sent.headers, now(), tries));
            all.push(sent);
            if all.len() >= MOST_ATTEMPTS {
                return all;
            }
            if stale && !resent && is_repeatable(&spec) {
                resent = true;
                attempt = attempt.saturating_add(1);
                continue;
            }
            match (status, asked, token, &self.0.authorizer) {
                (_, Some(wait), _, _) => {
                    let until = Instant::now().checked_add(wait);
                    if deadline.is_some_and(|deadline| until.is_none_or(|until| until > deadline)) {
                        return all;
                    }
                    sleep(wait).await;
                }
                (Some(401), None, Some(token), Authorizer::OAuth2(source))
                    if token.was_accepted() && !renewed =>
                {
                    source.forget(&token).await;
                    renewed = true;
                }
                _ => return all,
            }
            attempt = attempt.saturating_add(1);
        }
    }

    async fn attempt(&self, spec: &RequestSpec, attempt: u32) -> (Sent, Option<Arc<Token>>, bool) {
        let inner = &*self.0;
        // What this request says of itself is a secret in its exchange, but not for ever.
        let own = spec
            .headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        let redactor = match (&spec.auth, own) {
            (_, Some((_, value))) => inner.redactor.with_authorization(value),
            (Credentials::Raw(value), None) => {
                inner.redactor.with_authorization(value.expose_secret())
            }
            (Credentials::Default | Credentials::None, None) => inner.redactor.clone(),
        };
        let Ready {
            method,
            url,
            headers,
            token,
        } = match self.ready(spec).await {
            Ok(ready) => ready,
            Err(error) => return (self.refused(spec, attempt, error, &redactor), None, false),
        };
        if let Some(rate) = &inner.rate {
            rate.wait().await;
        }
        let mut request = reqwest::Request::new(method, url.clone());
        headers.clone_into(request.headers_mut());
        *request.body_mut() = spec.body.clone().map(Into::into);
        let connector = match (&spec.auth, &inner.nobody) {
            (Credentials::None | Credentials::Raw(_), Some(nobody)) => nobody,
            _ => &inner.connector,
        };
        let fetched = fetch(connector, request, &inner.limits).await;
        if let (Some(token), Ok(answer)) = (&token, &fetched.answer)
            && answer.status != 401
        {
            token.accept();
        }
        let request = Request {
            method: redactor.redact(&spec.method),
            url: redactor.redact(url.as_str()),
            headers: capture::headers(headers::as_sent(&headers, &url, fetched.http2), &redactor),
            body: spec
                .body
                .as_deref()
                .and_then(|body| capture::body(body, &redactor)),
        };
        let stale = fetched.stale;
        let sent = self.captured(spec, attempt, request, fetched, &redactor);
        (sent, token, stale)
    }

    /// Builds everything but the body.
    async fn ready(&self, spec: &RequestSpec) -> Result<Ready, TransportError> {
        let refuse = |message: String| transport::error(TransportErrorKind::Request, message);
        let inner = &*self.0;
        let url = inner.target.resolve(&spec.url).map_err(refuse)?;
        let method = Method::from_bytes(spec.method.as_bytes())
            .map_err(|_| refuse(format!("`{}` is no method", spec.method)))?;
        let mut headers = headers::own(spec).map_err(refuse)?;
        let nobody = !matches!(spec.auth, Credentials::Default);
        let own: Vec<HeaderName> = headers.keys().cloned().collect();
        for (name, value) in &inner.headers {
            let withheld = nobody && is_credential(name.as_str());
            if !own.contains(name) && !withheld {
                headers.append(name, value.clone());
            }
        }
        // The library leaves it out where the body is empty; some servers then ask for it (411).
        let has_content = matches!(method, Method::POST | Method::PUT | Method::PATCH);
        if spec.body.is_some() || has_content {
            let length = spec.body.as_ref().map_or(0, Vec::len);
            headers.insert(CONTENT_LENGTH, length.into());
        }
        headers
            .entry(USER_AGENT)
            .or_insert_with(|| inner.user_agent.clone());
        headers
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static("*/*"));
        headers
            .entry(ACCEPT_ENCODING)
            .or_insert(HeaderValue::from_static("identity"));
        let mut token = None;
        if !own.contains(&AUTHORIZATION) {
            let authorization = self.authorization(&spec.auth).await.map_err(refuse)?;
            if let Some(value) = authorization.value {
                let value = header_value(value.expose_secret()).ok_or_else(|| {
                    refuse("the credentials can't be sent in a header".to_owned())
                })?;
                headers.insert(AUTHORIZATION, value);
            }
            token = authorization.token;
        }
        Ok(Ready {
            method,
            url,
            headers,
            token,
        })
    }

    async fn authorization(&self, credentials: &Credentials) -> Result<Authorization, String> {
        let inner = &*self.0;
        let value = match (credentials, &inner.authorizer) {
            (Credentials::Raw(value), _) | (Credentials::Default, Authorizer::Fixed(value)) => {
                Some(value.clone())
            }
            (Credentials::Default, Authorizer::OAuth2(source)) => {
                let base_url = self.base_url();
                let token = source
                    .token(&inner.connector, &inner.limits, &inner.redactor, &base_url)
                    .await?;
                return Ok(Authorization {
                    value: Some(token.authorization()),
                    token: Some(token),
                });
            }
            (Credentials::None, _) | (Credentials::Default, Authorizer::None) => None,
        };
        Ok(Authorization { value, token: None })
    }

    fn refused(
        &self,
        spec: &RequestSpec,
        attempt: u32,
        error: TransportError,
        redactor: &Redactor,
    ) -> Sent {
        let headers: Vec<Header> = spec
            .headers
            .iter()
            .map(|(name, value)| Header {
                name: name.clone(),
                value: value.clone(),
            })
            .collect();
        let request = Request {
            method: redactor.redact(&spec.method),
            url: redactor.redact(&spec.url),
            headers: capture::headers(headers, redactor),
            body: spec
                .body
                .as_deref()
                .and_then(|body| capture::body(body, redactor)),
        };
        let now = Instant::now();
        let fetched = Fetched {
            started: now,
            first_byte: None,
            ended: now,
            answer: Err(error),
            http2: false,
            stale: false,
        };
        self.captured(spec, attempt, request, fetched, redactor)
    }

    fn captured(
        &self,
        spec: &RequestSpec,
        attempt: u32,
        request: Request,
        fetched: Fetched,
        redactor: &Redactor,
    ) -> Sent {
        let Fetched {
            started,
            first_byte,
            ended,
            answer,
            ..
        } = fetched;
        let mut exchange = Exchange {
            role: spec.role,
            request,
            response: None,
            error: None,
            started_us: micros(started.saturating_duration_since(self.0.zero)),
            duration_us: micros(ended.saturating_duration_since(started)),
            first_byte_us: first_byte.map(|at| micros(at.saturating_duration_since(started))),
            attempt,
        };
        match answer {
            Ok(answer) => {
                let headers = capture::raw_headers(&answer.headers);
                exchange.response = Some(Response {
                    status: answer.status,
                    version: answer.version,
                    headers: capture::headers(headers.clone(), redactor),
                    body: capture::body(&answer.body, redactor),
                });
                Sent {
                    exchange,
                    headers,
                    body: answer.body,
                }
            }
            Err(TransportError { kind, message }) => {
                exchange.error = Some(TransportError {
                    kind,
                    message: redactor.redact(&message),
                });
                Sent {
                    exchange,
                    headers: Vec::new(),
                    body: Vec::new(),
                }
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a date in Retry-After is compared with the clock on the wall"
)]
fn now() -> SystemTime {
    SystemTime::now()
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
