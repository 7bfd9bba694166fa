//! The sockets: a running server.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body as HttpBody;
use axum::extract::{Request, State as Shared};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::answer::Answer;
use super::call::{Call, MAX_BODY};
use super::config::Config;
use super::dialect::Dialect;
use super::fault::Choice;
use super::gzip::gzip;
use super::service::Service;
use super::wire;

/// A running server. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    service: Arc<Service>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    tasks: JoinSet<io::Result<()>>,
}

impl Server {
    /// Starts a server. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// If the address can't be had, or a fault or variation is unknown ([`UnknownSwitch`](super::UnknownSwitch) is the
    /// source).
    pub async fn start(config: Config) -> io::Result<Self> {
        let listener = TcpListener::bind(config.address).await?;
        let address = listener.local_addr()?;
        let service = Arc::new(Service::new(config, format!("http://{address}"))?);
        let (stop, stopped) = oneshot::channel::<()>();
        let mut tasks = JoinSet::new();
        let shared = Arc::clone(&service);
        if wire::is_needed(&service.switches) {
            tasks.spawn(wire::serve(listener, shared, stopped));
        } else {
            let router = Router::new().fallback(respond).with_state(shared);
            tasks.spawn(async move {
                let until = async move {
                    // A dropped sender stops it too.
                    let _ = stopped.await;
                };
                axum::serve(listener, router)
                    .with_graceful_shutdown(until)
                    .await
            });
        }
        Ok(Self {
            service,
            address,
            stop: Some(stop),
            tasks,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL of SCIM 2.0.
    pub fn base_url_v2(&self) -> String {
        format!("{}{}", self.service.origin, Dialect::V2.base())
    }

    /// The base URL of SCIM 1.1.
    pub fn base_url_v1(&self) -> String {
        format!("{}{}", self.service.origin, Dialect::V1.base())
    }

    /// The token endpoint (RFC 6749 §3.2).
    pub fn token_url(&self) -> String {
        format!("{}{}", self.service.origin, super::token::PATH)
    }

    /// A bearer token that is accepted; empty if only other credentials are.
    pub fn token(&self) -> &str {
        self.service
            .config
            .credentials
            .bearer
            .first()
            .map_or("", String::as_str)
    }

    /// Everything as at the start: the seeded resources, and nothing that was given out.
    pub fn reset(&self) {
        self.service.reset();
    }

    /// Stops it: no new connections, and what is being answered is answered.
    ///
    /// # Errors
    /// If serving had failed.
    pub async fn stop(mut self) -> io::Result<()> {
        drop(self.stop.take());
        while let Some(ended) = self.tasks.join_next().await {
            ended.map_err(io::Error::other)??;
        }
        Ok(())
    }

    /// Runs until serving fails.
    ///
    /// # Errors
    /// Why it failed.
    pub async fn wait(mut self) -> io::Result<()> {
        match self.tasks.join_next().await {
            Some(ended) => ended.map_err(io::Error::other)?,
            None => Ok(()),
        }
    }
}

async fn respond(Shared(service): Shared<Arc<Service>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    // Read more than is taken, so that the client gets to see the answer.
    let body = axum::body::to_bytes(body, 32 * MAX_BODY)
        .await
        .ok()
        .filter(|body| body.len() <= MAX_BODY);
    let target = parts
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let call = Call::new(parts.method, target, parts.headers, body);
    let zips = call
        .header("accept-encoding")
        .is_some_and(|codings| codings.contains("gzip"));
    let answer = service.answer(call).await;
    write_out(&service, &answer, zips)
}

fn write_out(service: &Service, answer: &Answer, zips: bool) -> Response {
    let mut response = Response::builder().status(answer.status_code());
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    let bytes = super::variation::bytes(&service.switches, answer);
    let mut bytes = super::faults::encoded(&service.switches, bytes);
    if zips && !bytes.is_empty() && service.switches.chooses(Choice::Gzip) {
        bytes = gzip(&bytes);
        response = response
            .header("content-encoding", "gzip")
            .header("vary", "accept-encoding");
    }
    let body = if service.switches.chooses(Choice::Chunked) {
        let parts: Vec<io::Result<Vec<u8>>> =
            bytes.chunks(64).map(|part| Ok(part.to_vec())).collect();
        HttpBody::from_stream(futures_util::stream::iter(parts))
    } else {
        HttpBody::from(bytes)
    };
    response.body(body).unwrap_or_else(|_| {
        let mut broken = Response::new(HttpBody::empty());
        *broken.status_mut() = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
        broken
    })
}
