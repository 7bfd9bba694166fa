//! What went wrong on the way, in one line that a person understands.

use std::error::Error;
use std::io;
use std::time::{Duration, UNIX_EPOCH};

use reqwest::Url;
use rustls::{AlertDescription, CertificateError};

use super::limits::Limits;
use crate::record::{TransportError, TransportErrorKind};

/// A transport error of this kind. The message is redacted where it is recorded.
pub(super) fn error(kind: TransportErrorKind, message: impl Into<String>) -> TransportError {
    TransportError {
        kind,
        message: message.into(),
    }
}

/// The class of what the HTTP library says, and a message that names neither its internals nor the URL's query.
pub(super) fn classify(
    failure: &reqwest::Error,
    url: &Url,
    proxy: Option<&Url>,
    limits: &Limits,
) -> TransportError {
    if let Some(failure) = find::<rustls::Error>(failure) {
        let host = url.host_str().unwrap_or_default();
        return error(TransportErrorKind::Tls, tls(failure, host));
    }
    if innermost(failure).contains("tls handshake eof") {
        return error(
            TransportErrorKind::Tls,
            "the target closed the connection in the middle of the TLS handshake",
        );
    }
    if failure.is_dns() || failure.is_connect() {
        return unreachable(failure, url, proxy, limits);
    }
    if failure.is_timeout() {
        return error(
            TransportErrorKind::Timeout,
            format!("no answer within {}", seconds(limits.total)),
        );
    }
    if failure.is_builder() {
        return error(
            TransportErrorKind::Request,
            format!("the request can't be sent: {}", innermost(failure)),
        );
    }
    broken(failure)
}

/// The class of what went wrong with a message that was passed on, of which the HTTP library says less.
pub(super) fn forwarding(
    failure: &(dyn Error + 'static),
    connecting: bool,
    url: &Url,
    proxy: Option<&Url>,
    limits: &Limits,
) -> TransportError {
    if let Some(failure) = find::<rustls::Error>(failure) {
        let host = url.host_str().unwrap_or_default();
        return error(TransportErrorKind::Tls, tls(failure, host));
    }
    let why = innermost(failure);
    if why.contains("tls handshake eof") {
        return error(
            TransportErrorKind::Tls,
            "the target closed the connection in the middle of the TLS handshake",
        );
    }
    if !connecting {
        return broken(failure);
    }
    let (what, at) = proxy.map_or(("", url), |proxy| ("the proxy ", proxy));
    if why.contains("lookup address") {
        let host = at.host_str().unwrap_or_default();
        let message = format!("the host name `{host}` can't be resolved");
        return error(TransportErrorKind::Dns, message);
    }
    let place = place(at);
    let message = if why.contains("elapsed") || why.contains("timed out") {
        let limit = seconds(limits.connect);
        format!("no connection to {what}{place} within {limit}")
    } else {
        format!("no connection to {what}{place}: {why}")
    };
    error(TransportErrorKind::Connect, message)
}

/// No connection. Through a proxy, it is the proxy that is looked up and connected to.
fn unreachable(
    failure: &reqwest::Error,
    url: &Url,
    proxy: Option<&Url>,
    limits: &Limits,
) -> TransportError {
    let (what, at) = proxy.map_or(("", url), |proxy| ("the proxy ", proxy));
    if failure.is_dns() {
        let host = at.host_str().unwrap_or_default();
        let of = if proxy.is_some() { " of the proxy" } else { "" };
        let message = format!("the host name `{host}`{of} can't be resolved");
        return error(TransportErrorKind::Dns, message);
    }
    let place = place(at);
    let message = if failure.is_timeout() {
        let limit = seconds(limits.connect);
        format!("no connection to {what}{place} within {limit}")
    } else {
        let why = innermost(failure);
        match why.strip_prefix("tunnel error: ") {
            None => format!("no connection to {what}{place}: {why}"),
            Some("unsuccessful") => {
                format!(
                    "the proxy {place} refuses to connect to {}",
                    self::place(url)
                )
            }
            Some("proxy authorization required") => {
                format!("the proxy {place} wants credentials, or refuses those that it got")
            }
            Some(why) => format!("no connection through the proxy {place}: {why}"),
        }
    };
    error(TransportErrorKind::Connect, message)
}

/// Host and port of a URL.
pub(super) fn place(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port_or_known_default()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Whether the connection was closed or reset before the head of an answer had come.
pub(super) fn is_closing(failure: &reqwest::Error) -> bool {
    !failure.is_connect() && (is_reset(failure) || innermost(failure).contains(INCOMPLETE))
}

/// What the HTTP library says when a connection ends before the head of an answer.
const INCOMPLETE: &str = "message completed";

fn is_reset(failure: &(dyn Error + 'static)) -> bool {
    find::<io::Error>(failure).is_some_and(|failure| {
        matches!(
            failure.kind(),
            io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe
        )
    })
}

/// A connection that broke, or an answer that is no HTTP.
fn broken(failure: &(dyn Error + 'static)) -> TransportError {
    if is_reset(failure) {
        return error(
            TransportErrorKind::Protocol,
            "the target reset the connection",
        );
    }
    let why = innermost(failure);
    if why.contains("head is too large") || why.contains("too many headers") {
        return error(
            TransportErrorKind::TooLarge,
            "the headers of the answer are too large",
        );
    }
    if why.contains(INCOMPLETE) || why.contains("end of file") || why.contains("unexpected EOF") {
        return error(
            TransportErrorKind::Protocol,
            "the target closed the connection before the answer was complete",
        );
    }
    error(
        TransportErrorKind::Protocol,
        format!("what came is no proper HTTP: {why}"),
    )
}

/// Why a handshake failed.
pub(super) fn handshake(failure: &io::Error, host: &str) -> String {
    if let Some(failure) = find::<rustls::Error>(failure) {
        return tls(failure, host);
    }
    if failure.kind() == io::ErrorKind::UnexpectedEof {
        return "the target closed the connection in the middle of the TLS handshake".to_owned();
    }
    format!("TLS failed: {}", innermost(failure))
}

/// Why a certificate is not trusted, or a handshake failed.
pub(super) fn tls(failure: &rustls::Error, host: &str) -> String {
    match failure {
        rustls::Error::InvalidCertificate(problem) => certificate(problem, host),
        rustls::Error::AlertReceived(
            AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied,
        ) => "the target wants a client certificate, or refuses the one it got".to_owned(),
        rustls::Error::AlertReceived(alert) => {
            format!("the target broke off the TLS handshake: {alert:?}")
        }
        rustls::Error::InvalidMessage(_) => "the target does not speak TLS on this port".to_owned(),
        rustls::Error::PeerIncompatible(_) => {
            "the target speaks neither TLS 1.2 nor TLS 1.3 with a cipher that is safe".to_owned()
        }
        failure => format!("TLS failed: {failure}"),
    }
}

fn certificate(problem: &CertificateError, host: &str) -> String {
    match problem {
        CertificateError::Expired => "the certificate of the target has expired".to_owned(),
        CertificateError::ExpiredContext { not_after, .. } => {
            format!("the certificate of the target expired on {}", day(not_after.as_secs()))
        }
        CertificateError::NotValidYet => "the certificate of the target is not valid yet".to_owned(),
        CertificateError::NotValidYetContext { not_before, .. } => {
            format!("the certificate of the target is not valid before {}", day(not_before.as_secs()))
        }
        CertificateError::UnknownIssuer => {
            "the certificate of the target comes from an authority that is not trusted; give the authority's certificate if it is your own".to_owned()
        }
        CertificateError::NotValidForName => format!("the certificate of the target is not for `{host}`"),
        CertificateError::NotValidForNameContext { presented, .. } => {
            // They look like `DnsName("example.com")`.
            let names: Vec<&str> = presented.iter().map(|name| name.split('"').nth(1).unwrap_or(name)).collect();
            let names = if names.is_empty() { "no host name".to_owned() } else { names.join(", ") };
            format!("the certificate of the target is not for `{host}` but for {names}")
        }
        CertificateError::Revoked => "the certificate of the target is revoked".to_owned(),
        problem => format!("the certificate of the target can't be trusted: {problem}"),
    }
}

/// The day of a time in seconds since 1970, as `06 Nov 1994`.
fn day(seconds: u64) -> String {
    let date = UNIX_EPOCH
        .checked_add(Duration::from_secs(seconds))
        .map(httpdate::fmt_http_date)
        .unwrap_or_default();
    date.get(5..16).unwrap_or(&date).to_owned()
}

/// The first error of this type in a chain. `io::Error` hides the error within itself from the chain.
fn find<'a, E: Error + 'static>(failure: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(failure);
    while let Some(failure) = next {
        if let Some(found) = failure.downcast_ref::<E>() {
            return Some(found);
        }
        let within = failure
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        if let Some(found) = within.and_then(|within| find::<E>(within)) {
            return Some(found);
        }
        next = failure.source();
    }
    None
}

/// The last cause of a chain, in one line.
pub(super) fn innermost(failure: &(dyn Error + 'static)) -> String {
    let mut last = failure;
    while let Some(source) = last.source() {
        last = source;
    }
    let text = last.to_string();
    // `Connection refused (os error 111)`
    let text = text.split(" (os error").next().unwrap_or(&text);
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(200)
        .collect();
    let mut chars = line.chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    // `TLS`, `HTTP` stay as they are.
    if chars.as_str().starts_with(|c: char| c.is_ascii_uppercase()) {
        return line;
    }
    first.into_iter().chain(chars).collect()
}

/// `10 s`, `0.25 s`.
pub(super) fn seconds(duration: Duration) -> String {
    format!("{} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificate_problems_are_said_plainly() {
        let table = [
            (CertificateError::Expired, "has expired"),
            (
                CertificateError::UnknownIssuer,
                "authority that is not trusted",
            ),
            (CertificateError::NotValidForName, "not for `scim.example`"),
            (CertificateError::Revoked, "is revoked"),
            (CertificateError::BadSignature, "can't be trusted"),
        ];
        for (problem, text) in table {
            let message = tls(&rustls::Error::InvalidCertificate(problem), "scim.example");
            assert!(message.contains(text), "{message}");
        }
        assert_eq!(day(784_111_777), "06 Nov 1994");
    }
}
