//! One request: taken in, passed on, answered.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HeaderMap, HeaderName,
    HeaderValue, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use hyper::http::request::Parts;
use hyper::http::uri::PathAndQuery;
use hyper::{Method, Request, Response, StatusCode, Version};
use secrecy::ExposeSecret as _;
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::{Instant, timeout};

use super::keep::{Raw, RawMessage};
use super::scope::is_below;
use crate::http::{Client, Forwarder};
use crate::record::TransportErrorKind;
use crate::scim::urn;

/// How many messages are in memory at a time, at most: each may be as large as the limits allow.
pub(super) const IN_FLIGHT: usize = 16;

/// Headers that belong to one connection (RFC 9110 §7.6.1), besides those that `Connection` names.
const HOP_BY_HOP: [HeaderName; 7] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// What passed, and its place in flight, which is free again when it was kept: so no more are in memory than there are
/// places.
pub(super) type Passed = (Raw, Option<OwnedSemaphorePermit>);

/// Passes requests on to the target.
pub(super) struct Passage {
    pub(super) client: Client,
    pub(super) forwarder: Forwarder,
    /// The path of the base URL, without a slash at its end.
    pub(super) base: String,
    /// Whether requests without credentials get those that are configured.
    pub(super) with_credentials: bool,
    /// What time it was at `zero`.
    pub(super) clock: (DateTime<Utc>, Instant),
    /// Takes as many as there are places in flight.
    pub(super) kept: mpsc::Sender<Passed>,
    pub(super) count: AtomicU64,
    pub(super) in_flight: Arc<Semaphore>,
}

/// What goes back to the client, and why the proxy made it up if it did.
struct Reply {
    response: Response<Bytes>,
    first_byte: Option<Instant>,
    made_up: Option<String>,
    /// Whether the request carried the credentials of the command.
    lent: bool,
}

impl Passage {
    /// Answers a request. It never fails: what can't be passed on is answered as a SCIM error.
    pub(super) async fn answer(
        &self,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        // It is never closed.
        let place = Arc::clone(&self.in_flight).acquire_owned().await;
        let started = Instant::now();
        let number = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        let (head, body) = request.into_parts();
        let target = head.uri.path_and_query().map_or("/", PathAndQuery::as_str);
        let mut raw = Raw {
            number,
            started: self.clock.0 + delta(started.saturating_duration_since(self.clock.1)),
            duration: Duration::ZERO,
            wait: None,
            method: head.method.as_str().to_owned(),
            target: target.to_owned(),
            request: RawMessage {
                version: version(head.version),
                headers: head.headers.clone(),
                body: Bytes::new(),
            },
            status: 0,
            answer: RawMessage {
                version: String::new(),
                headers: HeaderMap::new(),
                body: Bytes::new(),
            },
            made_up: None,
            lent: false,
        };
        let is_head = head.method == Method::HEAD;
        let reply = match self.take_in(body).await {
            Ok(body) => {
                raw.request.body = body.clone();
                self.pass(head, body).await
            }
            Err((status, why)) => refuse(status, why),
        };
        let ended = Instant::now();
        raw.duration = ended.saturating_duration_since(started);
        raw.wait = reply
            .first_byte
            .map(|at| at.saturating_duration_since(started));
        raw.made_up = reply.made_up;
        raw.lent = reply.lent;
        let (head, body) = reply.response.into_parts();
        raw.status = head.status.as_u16();
        raw.answer = RawMessage {
            version: version(head.version),
            headers: head.headers.clone(),
            body: body.clone(),
        };
        // There is room for as many as there are places, so the answer does not wait. Nobody takes it only when the
        // recording has ended.
        let _ = self.kept.try_send((raw, place.ok()));
        let mut response = Response::from_parts(head, Full::new(body));
        // The head of an answer without its body keeps the length of that body.
        if !is_head && response.status() != StatusCode::NOT_MODIFIED {
            response.headers_mut().remove(CONTENT_LENGTH);
        }
        *response.version_mut() = Version::HTTP_11;
        Ok(response)
    }

    /// Reads the body of a request.
    async fn take_in(&self, body: Incoming) -> Result<Bytes, (StatusCode, String)> {
        let limits = self.forwarder.limits();
        let too_large = || {
            let why = format!(
                "the body of the request is larger than {} bytes",
                limits.body
            );
            (StatusCode::PAYLOAD_TOO_LARGE, why)
        };
        // What says that it is too large need not come.
        if body.size_hint().lower() > limits.body as u64 {
            return Err(too_large());
        }
        let collected = Limited::new(body, limits.body).collect();
        match timeout(limits.total, collected).await {
            Err(_) => Err((
                StatusCode::REQUEST_TIMEOUT,
                "the body of the request did not come in time".to_owned(),
            )),
            Ok(Ok(body)) => Ok(body.to_bytes()),
            Ok(Err(failure)) if failure.is::<LengthLimitError>() => Err(too_large()),
            Ok(Err(_)) => Err((
                StatusCode::BAD_REQUEST,
                "the body of the request broke off".to_owned(),
            )),
        }
    }

    async fn pass(&self, mut head: Parts, body: Bytes) -> Reply {
        let path = match head.uri.path_and_query() {
            Some(path) if head.method != Method::CONNECT && path.as_str().starts_with('/') => {
                path.clone()
            }
            Some(_) | None => {
                let why = "this is no proxy for other hosts: send requests to its own URL";
                return refuse(StatusCode::BAD_REQUEST, why.to_owned());
            }
        };
        if !is_below(&self.base, path.path()) {
            let why = format!(
                "only what is below {} is passed on",
                if self.base.is_empty() {
                    "/"
                } else {
                    &self.base
                }
            );
            return refuse(StatusCode::NOT_FOUND, why);
        }
        only_end_to_end(&mut head.headers);
        // The body has come already.
        head.headers.remove(EXPECT);
        if body.is_empty() && !has_content(&head.method) {
            head.headers.remove(CONTENT_LENGTH);
        } else {
            head.headers.insert(CONTENT_LENGTH, body.len().into());
        }
        let lent = self.with_credentials && !head.headers.contains_key(AUTHORIZATION);
        if lent {
            match self.client.credentials().await {
                Ok(own) => {
                    let value = own.and_then(|own| HeaderValue::from_str(own.expose_secret()).ok());
                    if let Some(mut value) = value {
                        value.set_sensitive(true);
                        head.headers.insert(AUTHORIZATION, value);
                    }
                }
                Err(why) => return refuse(StatusCode::BAD_GATEWAY, self.client.redact(&why)),
            }
        }
        head.version = Version::HTTP_11;
        let request = Request::from_parts(head, body);
        match self.forwarder.forward(path, request).await {
            Ok(forwarded) => {
                let mut response = Response::from_parts(forwarded.head, forwarded.body);
                only_end_to_end(response.headers_mut());
                Reply {
                    response,
                    first_byte: Some(forwarded.first_byte),
                    made_up: None,
                    lent,
                }
            }
            Err(failure) => {
                let status = match failure.kind {
                    TransportErrorKind::Timeout => StatusCode::GATEWAY_TIMEOUT,
                    _ => StatusCode::BAD_GATEWAY,
                };
                refuse(status, self.client.redact(&failure.message))
            }
        }
    }
}

fn has_content(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

/// Takes out what belongs to one connection.
fn only_end_to_end(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named.iter().chain(&HOP_BY_HOP) {
        headers.remove(name);
    }
}

/// An answer of the proxy's own, as a SCIM error (RFC 7644 §3.12).
fn refuse(status: StatusCode, why: String) -> Reply {
    let body = json!({
        "schemas": [urn::ERROR],
        "status": status.as_str(),
        "detail": format!("scimitar record: {why}"),
    });
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/scim+json"),
    );
    Reply {
        response,
        first_byte: None,
        made_up: Some(why),
        lent: false,
    }
}

fn delta(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or_default()
}

fn version(version: Version) -> String {
    format!("{version:?}")
}
