//! The org's socket, and what all calls share.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::api;
use super::app::App;
use super::client::Client;
use super::directory::Directory;
use super::provisioning::Provisioning;
use crate::engine::{Errands, Wire};
use crate::suite::Dialect;

/// What an org is started with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The id of its app instance.
    pub app_id: String,
    /// The app instance.
    pub app: App,
    /// The API token that it takes.
    pub token: String,
    /// What ids and passwords are drawn from.
    pub seed: u64,
    /// When it starts, for its time stamps.
    pub started: DateTime<Utc>,
    /// The dialect that its client speaks to the target.
    pub dialect: Dialect,
    /// The target.
    pub target: Wire,
    /// How it sends to the target.
    pub errands: Errands,
}

/// What all calls share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) app_id: String,
    pub(super) app: App,
    pub(super) token: String,
    pub(super) dialect: Dialect,
    /// Scheme, host and port.
    pub(super) origin: String,
    target: Wire,
    errands: Errands,
    started: (DateTime<Utc>, Instant),
    directory: Mutex<Directory>,
}

impl Shared {
    /// What the org knows. Held for no longer than one look or one change: never while something is sent.
    pub(super) fn directory(&self) -> MutexGuard<'_, Directory> {
        // Each change is a single assignment: a panic leaves no half of one.
        self.directory
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Now, as the API writes it.
    pub(super) fn now(&self) -> String {
        let (began, zero) = self.started;
        let passed = TimeDelta::from_std(zero.elapsed()).unwrap_or_default();
        let now = began.checked_add_signed(passed).unwrap_or(began);
        now.to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    /// What is sent to the target for a check.
    pub(super) fn provisioning<'a>(&'a self, check: &'a str) -> Provisioning<'a> {
        Provisioning {
            client: Client {
                wire: &self.target,
                errands: &self.errands,
                dialect: self.dialect,
                check,
                unique_identifier: &self.app.unique_identifier,
            },
            app: &self.app,
        }
    }
}

/// A running org on loopback. It stops when it is dropped, and forgets everything.
#[derive(Debug)]
pub struct Org {
    address: SocketAddr,
    /// Dropped, it stops the server; the tasks are stopped by the drop of their set.
    _stop: oneshot::Sender<()>,
    _tasks: JoinSet<io::Result<()>>,
}

impl Org {
    /// Starts an org. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// There is no port on loopback to be had.
    pub async fn start(config: Config) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let router = api::router(Arc::new(Shared {
            app_id: config.app_id,
            app: config.app,
            token: config.token,
            dialect: config.dialect,
            origin: format!("http://{address}"),
            target: config.target,
            errands: config.errands,
            started: (config.started, Instant::now()),
            directory: Mutex::new(Directory::new(config.seed)),
        }));
        let (stop, stopped) = oneshot::channel::<()>();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let until = async move {
                // A dropped sender stops it.
                let _ = stopped.await;
            };
            axum::serve(listener, router)
                .with_graceful_shutdown(until)
                .await
        });
        Ok(Self {
            address,
            _stop: stop,
            _tasks: tasks,
        })
    }

    /// Its URL, as `oktaOrgUrl` takes it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}
