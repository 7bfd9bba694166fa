//! A server that breaks HTTP itself. hyper refuses to send broken messages, so this one writes to the socket by hand.
//!
//! Only answers about resources are broken, so that a client gets through discovery.

use std::fmt::Write as _;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::answer::Answer;
use super::call::{Call, MAX_BODY};
use super::dialect::Dialect;
use super::fault::{Choice, Defect, Switches};
use super::gzip::blanks;
use super::service::Service;

const WIRE: [Defect; 18] = [
    Defect::WireHtmlPage,
    Defect::WireTruncatedBody,
    Defect::WireWrongContentLength,
    Defect::WireHangs,
    Defect::WireSlowBody,
    Defect::WireEndlessBody,
    Defect::WireHugeBody,
    Defect::WireGzipBomb,
    Defect::WireInvalidUtf8,
    Defect::WireDeepJson,
    Defect::WireJsonCutOff,
    Defect::WireNumberOverflow,
    Defect::WireControlCharacters,
    Defect::WireReset,
    Defect::WireStatusLineGarbage,
    Defect::WireGiantHeader,
    Defect::WireRedirectLoop,
    Defect::WireRedirectElsewhere,
];

/// How long a request head may be.
const HEAD: usize = 64 * 1024;

/// Whether a switch needs this server.
pub(super) fn is_needed(switches: &Switches) -> bool {
    WIRE.into_iter().any(|defect| switches.has(defect))
        || switches.chooses(Choice::HeaderNamesInCapitals)
}

/// Serves until it is told to stop.
///
/// # Errors
/// If connections can't be accepted any more.
pub(super) async fn serve(
    listener: TcpListener,
    service: Arc<Service>,
    mut stop: oneshot::Receiver<()>,
) -> io::Result<()> {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stop => return Ok(()),
            accepted = listener.accept() => {
                let (stream, _) = accepted?;
                let service = Arc::clone(&service);
                connections.spawn(async move { converse(stream, &service).await });
            }
            // What becomes of a connection is the client's business.
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Reads one request, answers it, and closes.
async fn converse(mut stream: TcpStream, service: &Service) -> io::Result<()> {
    let Some(call) = read(&mut stream).await? else {
        return Ok(());
    };
    let base = [Dialect::V2, Dialect::V1]
        .into_iter()
        .find_map(|dialect| call.path.strip_prefix(dialect.base()));
    let broken = base.is_some_and(|rest| {
        ["/Users", "/Groups"]
            .iter()
            .any(|endpoint| rest.starts_with(endpoint))
    });
    let target = call.path.clone();
    let answer = service.answer(call).await;
    let is_fine = answer.status != 401 && answer.status != 429;
    if broken && is_fine {
        misbehave(&mut stream, service, &answer, &target).await?;
    } else {
        let body = super::variation::bytes(&service.switches, &answer);
        send(&mut stream, service, &answer, &body, body.len()).await?;
    }
    stream.shutdown().await
}

async fn read(stream: &mut TcpStream) -> io::Result<Option<Call>> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        if bytes.len() > HEAD || stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    };
    let mut body = bytes.split_off(head + 4);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut lines = text.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let method = first
        .next()
        .and_then(|name| Method::from_bytes(name.as_bytes()).ok())
        .unwrap_or(Method::GET);
    let target = first.next().unwrap_or("/").to_owned();
    let mut headers = HeaderMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let name = HeaderName::from_bytes(name.trim().as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value.trim())) {
            headers.append(name, value);
        }
    }
    let length = headers
        .get("content-length")
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let length = length.unwrap_or_default();
    while body.len() < length && body.len() <= MAX_BODY {
        if stream.read_buf(&mut body).await? == 0 {
            break;
        }
    }
    let body = (body.len() <= MAX_BODY).then(|| Bytes::from(body));
    Ok(Some(Call::new(method, &target, headers, body)))
}

fn head(service: &Service, answer: &Answer, length: Option<usize>) -> String {
    let capitals = service.switches.chooses(Choice::HeaderNamesInCapitals);
    let reason = answer.status_code().canonical_reason().unwrap_or("Unknown");
    let mut text = format!("HTTP/1.1 {} {reason}\r\n", answer.status);
    let length = length.map(|length| ("content-length".to_owned(), length.to_string()));
    let close = ("connection".to_owned(), "close".to_owned());
    // RFC 9110 §6.6.1: whoever has a clock says what it shows.
    let now = chrono::Utc::now().format("%a, %d %b %Y %H:%M:%S GMT");
    let ending = [("date".to_owned(), now.to_string()), close];
    for (name, value) in answer.headers.iter().cloned().chain(length).chain(ending) {
        let name = if capitals { name.to_uppercase() } else { name };
        // Writing to a string does not fail.
        let _ = write!(text, "{name}: {value}\r\n");
    }
    text + "\r\n"
}

async fn send(
    stream: &mut TcpStream,
    service: &Service,
    answer: &Answer,
    body: &[u8],
    length: usize,
) -> io::Result<()> {
    let body_allowed = !matches!(answer.status, 204 | 304);
    let head = head(service, answer, body_allowed.then_some(length));
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await
}

async fn misbehave(
    stream: &mut TcpStream,
    service: &Service,
    answer: &Answer,
    target: &str,
) -> io::Result<()> {
    let has = |defect| service.switches.has(defect);
    let body = answer.bytes();
    let half = body.get(..body.len() / 2).unwrap_or_default().to_vec();
    if has(Defect::WireReset) {
        return Ok(());
    }
    if has(Defect::WireHangs) {
        return std::future::pending().await;
    }
    if has(Defect::WireStatusLineGarbage) {
        return stream.write_all(b"HELLO what do you want\r\n\r\n").await;
    }
    if has(Defect::WireTruncatedBody) {
        return send(stream, service, answer, &half, body.len()).await;
    }
    if has(Defect::WireJsonCutOff) {
        return send(stream, service, answer, &half, half.len()).await;
    }
    if has(Defect::WireWrongContentLength) {
        return send(
            stream,
            service,
            answer,
            &body,
            body.len().saturating_sub(10),
        )
        .await;
    }
    if has(Defect::WireSlowBody) {
        stream
            .write_all(head(service, answer, Some(body.len())).as_bytes())
            .await?;
        for byte in body {
            tokio::time::sleep(Duration::from_millis(200)).await;
            stream.write_all(&[byte]).await?;
        }
        return Ok(());
    }
    if has(Defect::WireEndlessBody) || has(Defect::WireHugeBody) {
        return flood(stream, service, answer, has(Defect::WireHugeBody)).await;
    }
    let mut answer = answer.clone();
    if has(Defect::WireRedirectLoop) || has(Defect::WireRedirectElsewhere) {
        // 192.0.2.0/24 is for documentation (RFC 5737): nobody is there.
        let elsewhere = if has(Defect::WireRedirectElsewhere) {
            "http://192.0.2.1"
        } else {
            service.origin.as_str()
        };
        answer = Answer::empty(307).with("location", format!("{elsewhere}{target}"));
        return send(stream, service, &answer, b"", 0).await;
    }
    if has(Defect::WireHtmlPage) {
        answer = Answer::html(
            200,
            "<!DOCTYPE html><html><body><h1>Gateway</h1></body></html>",
        );
        let body = answer.bytes();
        return send(stream, service, &answer, &body, body.len()).await;
    }
    if has(Defect::WireGiantHeader) {
        answer.set("x-giant", "a".repeat(256 * 1024));
    }
    let bytes = if has(Defect::WireGzipBomb) {
        answer.set("content-encoding", "gzip");
        bomb()
    } else {
        other_body(&service.switches, body)
    };
    send(stream, service, &answer, &bytes, bytes.len()).await
}

/// Writes blanks behind the JSON: 64 MiB of them, or as long as the client takes them.
async fn flood(
    stream: &mut TcpStream,
    service: &Service,
    answer: &Answer,
    ends: bool,
) -> io::Result<()> {
    const MANY: usize = 64 * 1024 * 1024;
    let blanks = vec![b' '; 64 * 1024];
    stream
        .write_all(head(service, answer, ends.then_some(MANY)).as_bytes())
        .await?;
    let mut sent = 0;
    while !ends || sent < MANY {
        stream.write_all(&blanks).await?;
        sent += blanks.len();
        if !ends {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    Ok(())
}

fn other_body(switches: &Switches, body: Vec<u8>) -> Vec<u8> {
    let text = || String::from_utf8_lossy(&body).into_owned();
    if switches.has(Defect::WireInvalidUtf8) {
        let mut bytes = body.clone();
        if let Some(at) = bytes.iter().rposition(|byte| *byte == b'"') {
            bytes.splice(at..at, [0xff, 0xfe]);
        }
        return bytes;
    }
    if switches.has(Defect::WireDeepJson) {
        return format!("{}{}", "[".repeat(20_000), "]".repeat(20_000)).into_bytes();
    }
    if switches.has(Defect::WireNumberOverflow) {
        return text()
            .replacen('{', &format!("{{\"totalResults\":{},", "9".repeat(400)), 1)
            .into_bytes();
    }
    if switches.has(Defect::WireControlCharacters) {
        let odd = "\\u001b[31m<script>alert(1)</script>\\u0000]]>";
        return text()
            .replace("\"displayName\":\"", &format!("\"displayName\":\"{odd}"))
            .into_bytes();
    }
    body
}

/// 64 MiB of blanks in less than half a MiB.
fn bomb() -> Vec<u8> {
    blanks(64 * 1024 * 1024 / 258)
}
