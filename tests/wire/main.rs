//! The wire: what goes out, byte by byte, and what becomes of whatever comes back.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that can't go on fails"
)]

mod auth;
mod canary;
mod hostile;
mod inspect;
mod raw;
mod request;
mod retry;
mod tls;
mod tls_server;

use std::time::Duration;

use scimitar::http::{Client, ClientConfig, Credentials, Limits, RequestSpec};
use scimitar::record::{Role, TransportErrorKind};
use tokio::time::Instant;

/// A configuration for tests: short times.
fn config(base_url: &str) -> ClientConfig {
    ClientConfig {
        limits: Limits {
            connect: Duration::from_secs(2),
            read: Duration::from_millis(500),
            total: Duration::from_secs(2),
            ..Limits::default()
        },
        ..ClientConfig::new(base_url, Instant::now())
    }
}

fn client(base_url: &str) -> Client {
    Client::new(&config(base_url)).unwrap()
}

fn get(url: &str) -> RequestSpec {
    RequestSpec {
        method: "GET".to_owned(),
        url: url.to_owned(),
        headers: Vec::new(),
        body: None,
        auth: Credentials::Default,
        role: Role::Step,
        attempt: 1,
    }
}

/// The class and the text of the error of one GET.
async fn error_of(client: &Client, url: &str) -> (TransportErrorKind, String) {
    let sent = client.send(get(url)).await;
    assert!(
        sent.exchange.response.is_none(),
        "{:?}",
        sent.exchange.response
    );
    assert!(sent.body.is_empty() && sent.headers.is_empty());
    let error = sent.exchange.error.expect("an error");
    assert!(
        !error.message.contains(['\n', '\r', '\u{1b}']),
        "{}",
        error.message
    );
    (error.kind, error.message)
}
