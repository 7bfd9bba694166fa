//! Messages of somebody else, passed on to the target as they are: the way of a proxy.
//!
//! Unlike [`super::Client`], nothing is added, and no URL is parsed and written again: path and query are the bytes that
//! came. TLS, the proxy and the limits are those of the client.

use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HOST, HeaderMap, HeaderValue};
use hyper::http::uri::{Authority, PathAndQuery, Scheme};
use hyper::{Request, Response, Uri};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::{self, Client as Connections};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use reqwest::Url;
use secrecy::ExposeSecret as _;
use tokio::time::{Instant, timeout, timeout_at};

use super::auth::basic;
use super::config::ClientConfig;
use super::encode::decode;
use super::error::ClientError;
use super::limits::Limits;
use super::target;
use super::tls::tls;
use super::transport::{error, forwarding, place, seconds};
use crate::record::{TransportError, TransportErrorKind};

/// How long a connection is kept for the next message. Servers close idle ones after a few seconds.
const IDLE: Duration = Duration::from_secs(1);

/// Passes messages on to the host of one base URL.
#[derive(Debug, Clone)]
pub struct Forwarder {
    connections: Way,
    scheme: Scheme,
    authority: Authority,
    url: Url,
    limits: Limits,
}

/// How the target is reached.
#[derive(Debug, Clone)]
enum Way {
    Direct(Box<Connections<HttpsConnector<HttpConnector>, Full<Bytes>>>),
    Proxied(
        Box<Connections<HttpsConnector<Tunnel<HttpConnector>>, Full<Bytes>>>,
        Url,
    ),
}

/// A whole answer as it came: its body is in the encoding that its headers say.
pub struct Forwarded {
    /// Status, version, headers and, in the extensions, how the names of headers were written.
    pub head: hyper::http::response::Parts,
    /// The body.
    pub body: Bytes,
    /// When the head had come.
    pub first_byte: Instant,
}

impl Forwarder {
    /// A forwarder for the configured target. Nothing is sent yet.
    pub(super) fn new(base: &Url, config: &ClientConfig) -> Result<Self, ClientError> {
        let refuse = |problem: String| ClientError::BaseUrl {
            url: place(base),
            problem,
        };
        let scheme = if base.scheme() == "https" {
            Scheme::HTTPS
        } else {
            Scheme::HTTP
        };
        let host = base.host_str().unwrap_or_default();
        let authority = base
            .port()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let authority = authority
            .parse()
            .map_err(|_| refuse("its host can't be used".to_owned()))?;
        // Other versions of HTTP write other messages.
        let config = &ClientConfig {
            http1_only: true,
            ..config.clone()
        };
        let mut tls = tls(config, true)?;
        // The connector sets it by itself.
        tls.alpn_protocols.clear();
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(config.limits.connect));
        let mut builder = Connections::builder(TokioExecutor::new());
        builder
            .pool_idle_timeout(IDLE)
            .pool_timer(TokioTimer::new())
            .timer(TokioTimer::new())
            .http1_preserve_header_case(true)
            .http1_max_headers(config.limits.headers)
            .http1_max_buf_size(config.limits.header_bytes.max(8192))
            .set_host(false);
        let https = hyper_rustls::HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1();
        let connections = match &config.proxy {
            None => Way::Direct(Box::new(builder.build(https.wrap_connector(tcp)))),
            Some(text) => {
                let (tunnel, url) = tunnel(text.expose_secret(), tcp)?;
                Way::Proxied(Box::new(builder.build(https.wrap_connector(tunnel))), url)
            }
        };
        Ok(Self {
            connections,
            scheme,
            authority,
            url: base.clone(),
            limits: config.limits,
        })
    }

    /// Host and port that messages go to, as `Host` says it.
    pub fn host(&self) -> &str {
        self.authority.as_str()
    }

    /// What one message may cost.
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Passes a message on; `Host` becomes the target's, everything else stays.
    ///
    /// # Errors
    /// Why there is no whole answer, in words that hold nothing of the message.
    pub async fn forward(
        &self,
        path: PathAndQuery,
        message: Request<Bytes>,
    ) -> Result<Forwarded, TransportError> {
        let deadline = Instant::now() + self.limits.total;
        let (mut head, body) = message.into_parts();
        let mut parts = hyper::http::uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(path);
        head.uri = Uri::from_parts(parts).map_err(|problem| {
            let message = format!("the path can't be sent: {problem}");
            error(TransportErrorKind::Request, message)
        })?;
        if let Ok(host) = HeaderValue::from_str(self.host()) {
            head.headers.insert(HOST, host);
        }
        let request = Request::from_parts(head, Full::new(body));
        let late = || {
            let message = format!("no answer within {}", seconds(self.limits.total));
            error(TransportErrorKind::Timeout, message)
        };
        let (answer, proxy) = match &self.connections {
            Way::Direct(connections) => (
                timeout_at(deadline, connections.request(request)).await,
                None,
            ),
            Way::Proxied(connections, proxy) => (
                timeout_at(deadline, connections.request(request)).await,
                Some(proxy),
            ),
        };
        let answer = answer
            .map_err(|_| late())?
            .map_err(|failure| self.explain(&failure, proxy))?;
        let first_byte = Instant::now();
        let (head, body) = Response::into_parts(answer);
        self.within(&head.headers)?;
        let status = head.status.as_u16();
        let body = match timeout_at(deadline, self.read(body)).await {
            Ok(read) => read,
            Err(_) => Err(late()),
        };
        let body = body.map_err(|mut failure| {
            failure.message = format!("{} (status {status})", failure.message);
            failure
        })?;
        Ok(Forwarded {
            head,
            body,
            first_byte,
        })
    }

    fn explain(&self, failure: &legacy::Error, proxy: Option<&Url>) -> TransportError {
        forwarding(
            failure,
            failure.is_connect(),
            &self.url,
            proxy,
            &self.limits,
        )
    }

    fn within(&self, headers: &HeaderMap) -> Result<(), TransportError> {
        let size: usize = headers
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len() + 4)
            .sum();
        if headers.len() <= self.limits.headers && size <= self.limits.header_bytes {
            return Ok(());
        }
        let message = format!(
            "the headers of the answer are too large: {} fields, {size} bytes",
            headers.len()
        );
        Err(error(TransportErrorKind::TooLarge, message))
    }

    async fn read(&self, body: Incoming) -> Result<Bytes, TransportError> {
        let mut body = Limited::new(body, self.limits.body);
        let mut bytes = Vec::new();
        loop {
            let Ok(frame) = timeout(self.limits.read, body.frame()).await else {
                let message = format!(
                    "nothing came for {} in the middle of the answer, after {} bytes",
                    seconds(self.limits.read),
                    bytes.len()
                );
                return Err(error(TransportErrorKind::Timeout, message));
            };
            match frame {
                None => return Ok(bytes.into()),
                // Trailers belong to one connection.
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        bytes.extend_from_slice(&data);
                    }
                }
                Some(Err(failure)) if failure.is::<http_body_util::LengthLimitError>() => {
                    let message = format!("the body is larger than {} bytes", self.limits.body);
                    return Err(error(TransportErrorKind::TooLarge, message));
                }
                Some(Err(failure)) => {
                    let mut failure = forwarding(&*failure, false, &self.url, None, &self.limits);
                    failure.message = format!("{}, after {} bytes", failure.message, bytes.len());
                    return Err(failure);
                }
            }
        }
    }
}

/// The way through a proxy, and its URL without credentials.
fn tunnel(text: &str, tcp: HttpConnector) -> Result<(Tunnel<HttpConnector>, Url), ClientError> {
    let refuse = |problem: String| ClientError::Proxy { problem };
    let mut url = target::parse(text).map_err(refuse)?;
    if url.scheme() != "http" {
        return Err(refuse(
            "messages are passed on through a proxy that is spoken to by http only".to_owned(),
        ));
    }
    let (user, password) = (decode(url.username()), url.password().map(decode));
    let _ = url.set_username("");
    let _ = url.set_password(None);
    let unusable = || ClientError::Proxy {
        problem: "its URL can't be used".to_owned(),
    };
    let place: Uri = url.as_str().parse().map_err(|_| unusable())?;
    let mut tunnel = Tunnel::new(place, tcp);
    if !user.is_empty() || password.is_some() {
        let pair = basic(&user, &password.unwrap_or_default());
        let mut value = HeaderValue::from_str(&pair).map_err(|_| unusable())?;
        value.set_sensitive(true);
        tunnel = tunnel.with_auth(value);
    }
    Ok((tunnel, url))
}
