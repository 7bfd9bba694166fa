//! From a host's name to a connection.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use reqwest::Url;
use secrecy::ExposeSecret as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpStream, lookup_host};

use super::super::auth::basic;
use super::super::config::ClientConfig;
use super::super::encode::decode;
use super::super::target;
use super::super::transport::{innermost, place};
use super::{NOT_LOOKED_AT, Step, step};

/// The most addresses of a name that are kept, and tried.
const MOST: usize = 8;
/// The longest answer of a proxy to CONNECT, in bytes.
const LONGEST: usize = 8 * 1024;

/// The addresses of a URL's host, and whether it is one itself.
pub(super) async fn lookup(url: &Url, limit: Duration) -> (Step<Vec<IpAddr>>, bool) {
    let host = url.host_str().unwrap_or_default().to_owned();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse::<IpAddr>() {
        let itself = Step {
            took: Duration::ZERO,
            result: Ok(vec![address]),
        };
        return (itself, true);
    }
    let looked_up = async {
        let found = lookup_host((host.as_str(), 0)).await;
        let mut addresses: Vec<IpAddr> = Vec::new();
        for address in found.into_iter().flatten().map(|address| address.ip()) {
            if addresses.len() < MOST && !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        if addresses.is_empty() {
            return Err(format!("the host name `{host}` can't be resolved"));
        }
        Ok(addresses)
    };
    let late = format!("the host name `{host}` was not resolved");
    (step(limit, &late, looked_up).await, false)
}

/// A connection to the first address that takes one.
pub(super) async fn connect(
    addresses: &[IpAddr],
    port: u16,
    limit: Duration,
) -> (Step<SocketAddr>, Option<TcpStream>) {
    let connected = async {
        let mut last = None;
        for address in addresses {
            let address = SocketAddr::new(*address, port);
            match TcpStream::connect(address).await {
                Ok(stream) => return Ok((address, stream)),
                Err(error) => {
                    last = Some(format!("no connection to {address}: {}", innermost(&error)));
                }
            }
        }
        Err(last.unwrap_or_else(|| "there is no address to connect to".to_owned()))
    };
    let late = addresses.first().map_or_else(String::new, |address| {
        format!("no connection to {}", SocketAddr::new(*address, port))
    });
    let Step { took, result } = step(limit, &late, connected).await;
    match result {
        Ok((address, stream)) => {
            let result = Ok(address);
            (Step { took, result }, Some(stream))
        }
        Err(problem) => {
            let result = Err(problem);
            (Step { took, result }, None)
        }
    }
}

/// Asks a proxy for a tunnel to the target (RFC 9110 §9.3.6).
pub(super) async fn tunnel(
    stream: &mut TcpStream,
    target: &Url,
    proxy: &Url,
    config: &ClientConfig,
) -> Result<(), String> {
    if proxy.scheme() != "http" {
        return Err(format!("{NOT_LOOKED_AT}: the proxy itself speaks TLS"));
    }
    let to = place(target);
    let mut ask = format!("CONNECT {to} HTTP/1.1\r\nHost: {to}\r\n");
    let whole = config.proxy.as_ref();
    let whole = whole.and_then(|text| target::parse(text.expose_secret()).ok());
    if let Some(own) = whole.filter(|own| !own.username().is_empty() || own.password().is_some()) {
        let password = decode(own.password().unwrap_or_default());
        let pair = basic(&decode(own.username()), &password);
        ask = format!("{ask}Proxy-Authorization: {pair}\r\n");
    }
    ask.push_str("\r\n");
    let broken = |error: std::io::Error| format!("the proxy: {}", innermost(&error));
    stream.write_all(ask.as_bytes()).await.map_err(broken)?;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        // Byte by byte: what follows the head is the target's.
        let byte = stream.read_u8().await.map_err(broken)?;
        head.push(byte);
        if head.len() > LONGEST {
            return Err("the proxy's answer is too long".to_owned());
        }
    }
    let head = String::from_utf8_lossy(&head);
    let status = head.split(' ').nth(1).unwrap_or_default();
    match status {
        "200" => Ok(()),
        "407" => Err("the proxy wants credentials, or refuses those that it got".to_owned()),
        other => {
            let other: String = other.chars().take(3).collect();
            Err(format!("the proxy opens no tunnel to {to} ({other})"))
        }
    }
}
