//! The sockets: a running proxy.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use chrono::{DateTime, Utc};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use super::exchange::Exchange;
use super::keep::Keeper;
use super::pass::{IN_FLIGHT, Passage, Passed};
use crate::http::{Client, Forwarder};

/// The most connections at a time; further ones wait.
const CONNECTIONS: usize = 128;
/// How long the head of a request may take, and a connection may be idle.
const HEAD: Duration = Duration::from_mins(1);
/// How long what is being answered may still take when the proxy stops.
const GRACE: Duration = Duration::from_secs(2);
/// How many exchanges wait to be taken, once their secrets are out.
const WAITING: usize = 4;

/// What a proxy is made from.
#[derive(Debug)]
pub struct Config {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The target, its connections and its secrets.
    pub client: Client,
    /// Passes messages on to the target.
    pub forwarder: Forwarder,
    /// Whether requests without `Authorization` get the client's.
    pub with_credentials: bool,
    /// What time it is.
    pub now: DateTime<Utc>,
}

/// A running proxy. It stops when it is dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
    exchanges: mpsc::Receiver<Exchange>,
}

impl Proxy {
    /// Starts a proxy. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// The address can't be had.
    pub async fn start(config: Config) -> io::Result<Self> {
        let listener = TcpListener::bind(config.listen).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let (kept, passed) = mpsc::channel(IN_FLIGHT);
        let (told, exchanges) = mpsc::channel(WAITING);
        let keeper = Keeper::new(config.client.redactor());
        let base = config.client.base_url();
        let path = base
            .split_once("://")
            .and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
        let passage = Arc::new(Passage {
            base: path.unwrap_or_default().to_owned(),
            client: config.client,
            forwarder: config.forwarder,
            with_credentials: config.with_credentials,
            clock: (config.now, Instant::now()),
            kept,
            count: AtomicU64::new(0),
            in_flight: Arc::new(Semaphore::new(IN_FLIGHT)),
        });
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(listener, passage, stopped));
        tasks.spawn(keep(keeper, passed, told));
        Ok(Self {
            address,
            stop,
            tasks,
            exchanges,
        })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The next exchange, in the order in which they end; `None` when the proxy was stopped and there are no more.
    pub async fn next(&mut self) -> Option<Exchange> {
        self.exchanges.recv().await
    }

    /// Takes no more connections. What is being answered has a moment to end; [`Proxy::next`] gives it too.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Ends its tasks.
    pub async fn ended(mut self) {
        self.tasks.shutdown().await;
    }
}

/// Redacts what passed, off the threads that answer: a large body takes a while.
async fn keep(
    mut keeper: Keeper,
    mut passed: mpsc::Receiver<Passed>,
    told: mpsc::Sender<Exchange>,
) {
    while let Some((raw, place)) = passed.recv().await {
        let kept = tokio::task::spawn_blocking(move || {
            let exchange = keeper.keep(&raw);
            (keeper, exchange)
        });
        let Ok((back, exchange)) = kept.await else {
            return;
        };
        keeper = back;
        drop(place);
        if told.send(exchange).await.is_err() {
            return;
        }
    }
}

/// Takes connections until it is told to stop; then those that answer have a moment to end.
async fn accept(listener: TcpListener, passage: Arc<Passage>, mut stop: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        // It is never closed.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            break;
        };
        let stopped = stop.clone();
        tokio::select! {
            () = told_to(&mut stop) => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let passage = Arc::clone(&passage);
                    connections.spawn(async move {
                        converse(stream, &passage, stopped).await;
                        drop(place);
                    });
                }
                // Too many files are open, perhaps: it may get better.
                Err(_) => sleep(Duration::from_millis(100)).await,
            },
        }
        // Their results say nothing; they would pile up.
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    let _ = timeout(GRACE, all).await;
}

/// Waits until the proxy is to stop.
async fn told_to(stop: &mut watch::Receiver<bool>) {
    // An error says that the proxy is gone.
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn converse(stream: TcpStream, passage: &Passage, mut stop: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let limits = *passage.forwarder.limits();
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .preserve_header_case(true)
        .max_headers(limits.headers)
        .max_buf_size(limits.header_bytes.max(8192))
        .serve_connection(
            TokioIo::new(stream),
            service_fn(|request| passage.answer(request)),
        );
    let mut connection = pin!(connection);
    tokio::select! {
        // What becomes of a connection is the client's business: hyper has answered what is no HTTP.
        _ = connection.as_mut() => return,
        () = told_to(&mut stop) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}
