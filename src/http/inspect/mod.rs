//! What lies between here and the target: names, addresses, TLS. Each step goes by itself, so that the one that fails is
//! known, and takes no longer than a connection may. No request is sent and no credential of the target.

mod certificate;
mod dial;
mod handshake;

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use reqwest::Url;
use tokio::time::{Instant, timeout};

use super::config::ClientConfig;
use super::error::ClientError;
use super::transport::{place, seconds};

pub use certificate::Certificate;
pub use handshake::{Handshake, Trust};

/// What lies between here and the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// Host and port of the target.
    pub place: String,
    /// Host and port of the proxy: then it is the proxy that is looked up and connected to.
    pub proxy: Option<String>,
    /// Whether the host is an address itself, so that there is nothing to look up.
    pub literal: bool,
    /// The addresses of the host.
    pub lookup: Step<Vec<IpAddr>>,
    /// The address that took the connection; absent when there is none to connect to.
    pub connect: Option<Step<SocketAddr>>,
    /// The TLS handshake; absent for a target without TLS, and when there is no connection.
    pub tls: Option<Step<Handshake>>,
    /// What is known of the certificate, also when the handshake failed for it.
    pub trust: Option<Trust>,
}

impl Inspection {
    /// Whether requests can go out, as far as it was looked at.
    pub fn is_connected(&self) -> bool {
        let connect = self.connect.as_ref();
        let failed = self.tls.as_ref().and_then(|tls| tls.result.as_ref().err());
        connect.is_some_and(|connect| connect.result.is_ok())
            && failed.is_none_or(|why| why.starts_with(NOT_LOOKED_AT))
    }
}

/// How a reason begins for which a step was left out, not failed.
pub const NOT_LOOKED_AT: &str = "not looked at";

/// What came of a step, and how long it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<T> {
    /// How long it took.
    pub took: Duration,
    /// What came of it, or why nothing did.
    pub result: Result<T, String>,
}

/// Looks at what lies between here and a target.
///
/// # Errors
/// TLS can't be set up.
pub(super) async fn inspect(
    target: &Url,
    proxy: Option<&Url>,
    config: &ClientConfig,
) -> Result<Inspection, ClientError> {
    let limit = config.limits.connect;
    let first = proxy.unwrap_or(target);
    let (lookup, literal) = dial::lookup(first, limit).await;
    let mut inspection = Inspection {
        place: place(target),
        proxy: proxy.map(place),
        literal,
        lookup,
        connect: None,
        tls: None,
        trust: None,
    };
    let Ok(addresses) = &inspection.lookup.result else {
        return Ok(inspection);
    };
    let port = first.port_or_known_default().unwrap_or_default();
    let (connect, stream) = dial::connect(addresses, port, limit).await;
    inspection.connect = Some(connect);
    let Some(mut stream) = stream.filter(|_| target.scheme() == "https") else {
        return Ok(inspection);
    };
    if let Some(proxy) = proxy {
        let tunnel = dial::tunnel(&mut stream, target, proxy, config);
        let tunnelled = step(limit, "the proxy opened no tunnel", tunnel).await;
        if let Err(problem) = tunnelled.result {
            inspection.tls = Some(Step {
                took: tunnelled.took,
                result: Err(problem),
            });
            return Ok(inspection);
        }
    }
    let (shaken, trust) = handshake::shake(stream, target, config, limit).await?;
    (inspection.tls, inspection.trust) = (Some(shaken), trust);
    Ok(inspection)
}

/// Does something within a time.
async fn step<T>(
    limit: Duration,
    late: &str,
    work: impl Future<Output = Result<T, String>>,
) -> Step<T> {
    let started = Instant::now();
    let result = timeout(limit, work)
        .await
        .unwrap_or_else(|_| Err(format!("{late} within {}", seconds(limit))));
    Step {
        took: started.elapsed(),
        result,
    }
}
