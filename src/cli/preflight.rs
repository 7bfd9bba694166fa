//! Why a target can't be tested, and what to do: never a verdict on its conformance.

use crate::engine::Preflight;
use crate::record::TransportErrorKind;
use crate::report::sanitize::line;

use super::exit::Failure;
use super::target::Target;

/// What people give with the base URL when they copy it from a request.
const ENDPOINTS: [&str; 6] = [
    "Users",
    "Groups",
    "Me",
    "ServiceProviderConfig",
    "ResourceTypes",
    "Schemas",
];

/// The failure with what to look at.
pub(super) fn failure(found: &Preflight, target: &Target) -> Failure {
    let help = match found {
        Preflight::Unreachable {
            began: true,
            kind: TransportErrorKind::Protocol,
            ..
        } => broken_off(),
        Preflight::Unreachable {
            began: true,
            kind: TransportErrorKind::Timeout,
            ..
        } => vec!["it takes too long: give it more by --timeout, or look at why it stops half-way".to_owned()],
        Preflight::Unreachable {
            url, kind, message, ..
        } => unreachable(url, *kind, message),
        Preflight::Refused { status, .. } => refused(*status, target),
        Preflight::Busy { .. } => vec![
            "try it again later, and slower: --rate 2/s sends two requests in a second, --jobs 1 does one check at a time"
                .to_owned(),
        ],
        Preflight::NotScim { url, found } => not_scim(url, found),
    };
    Failure::Preflight {
        // What a server said may hold anything.
        message: line(&found.to_string()).into_owned(),
        help,
    }
}

/// Host, port and TLS are right when an answer began to come.
fn broken_off() -> Vec<String> {
    vec![
        "the answer began to come, and could not be read to its end: look at the server's log, and at what stands in between, such as a proxy"
            .to_owned(),
    ]
}

/// What to do about TLS: the messages are those of `http::transport`.
fn tls(message: &str) -> &'static str {
    if message.contains("does not speak TLS") || message.contains("TLS handshake") {
        "does this port speak plain HTTP? then write the URL with http://"
    } else if message.contains("client certificate") {
        "give the certificate and its key by --client-certificate FILE"
    } else if message.contains("is not for") {
        "use a host name that the certificate is for; for a test system --insecure will do"
    } else if message.contains("not trusted") {
        "trust the authority of its certificate by --ca FILE; for a test system --insecure will do"
    } else if message.contains("certificate") {
        "the server needs another certificate; for a test system --insecure will do"
    } else {
        "look at what the server's TLS allows: versions, ciphers, client certificates"
    }
}

fn unreachable(url: &str, kind: TransportErrorKind, message: &str) -> Vec<String> {
    let first = match kind {
        TransportErrorKind::Dns => {
            "is the host's name right? does this network know it?".to_owned()
        }
        TransportErrorKind::Connect => {
            "does the server run, and listen on that address and port?".to_owned()
        }
        TransportErrorKind::Tls => tls(message).to_owned(),
        TransportErrorKind::Timeout => {
            "it takes too long: give it more by --timeout, or look for a firewall in between"
                .to_owned()
        }
        TransportErrorKind::TooLarge => {
            "the answer to GET /Users?count=1 is larger than any list of one should be".to_owned()
        }
        TransportErrorKind::Protocol if url.starts_with("http://") => {
            "does this port speak HTTPS? try the URL with https://".to_owned()
        }
        TransportErrorKind::Protocol => "does this port speak HTTP? is it a proxy?".to_owned(),
        TransportErrorKind::Request => {
            "look at the credentials; with OAuth 2.0, at the token endpoint".to_owned()
        }
    };
    let mut help = vec![first];
    if matches!(
        kind,
        TransportErrorKind::Dns | TransportErrorKind::Connect | TransportErrorKind::Timeout
    ) {
        help.push(
            "if this network needs a proxy, give it by --proxy: those of the environment are not used"
                .to_owned(),
        );
    }
    help
}

fn refused(status: u16, target: &Target) -> Vec<String> {
    match &target.credentials {
        None if target.described.authentication == "none" => vec![
            "no credentials are given: set SCIMITAR_BEARER, or use --bearer @FILE, --basic, --auth-header"
                .to_owned(),
        ],
        None => vec!["the client certificate alone is not enough".to_owned()],
        Some(origin) => {
            let words = &target.described.authentication;
            let first = format!("the credentials ({words}) are from {origin}");
            let second = if status == 403 {
                "they are known, but may not read /Users: give them that right"
            } else if words == "bearer token" {
                "is the token whole, and not expired? a server that wants the bare token takes it by --auth-header"
            } else {
                "are they whole, and not expired? is it the right way to authenticate?"
            };
            vec![first, second.to_owned()]
        }
    }
}

fn not_scim(url: &str, found: &str) -> Vec<String> {
    if found.contains("redirected") {
        return vec![
            "give the place where it leads to; redirects are not followed, so that credentials stay here"
                .to_owned(),
        ];
    }
    let mut help = vec![format!(
        "is it the base URL? users are expected at {}/Users",
        line(url)
    )];
    help.extend(other_base(url));
    help
}

/// Where the base URL more likely is: above an endpoint, or below what says nothing of SCIM and its version.
fn other_base(url: &str) -> Option<String> {
    let (place, query) = url.split_at(url.find('?').unwrap_or(url.len()));
    let place = place.trim_end_matches('/');
    let (above, last) = place.rsplit_once('/')?;
    let (what, other) = if ENDPOINTS.iter().any(|name| name.eq_ignore_ascii_case(last)) {
        (format!("without /{last} it is"), above.to_owned())
    } else if last.eq_ignore_ascii_case("scim") {
        ("many servers have it at".to_owned(), format!("{place}/v2"))
    } else if !place.to_ascii_lowercase().contains("scim") {
        (
            "many servers have it at".to_owned(),
            format!("{place}/scim/v2"),
        )
    } else {
        return None;
    };
    Some(line(&format!("{what} {other}{query}")).into_owned())
}

#[cfg(test)]
mod tests {
    use super::other_base;

    #[test]
    fn the_base_url_is_looked_for_above_endpoints_and_below_hosts() {
        for (given, likely) in [
            (
                "https://h.example",
                "many servers have it at https://h.example/scim/v2",
            ),
            (
                "https://h.example/scim",
                "many servers have it at https://h.example/scim/v2",
            ),
            (
                "https://h.example/SCIM/",
                "many servers have it at https://h.example/SCIM/v2",
            ),
            (
                "https://h.example/scim/v2/Users",
                "without /Users it is https://h.example/scim/v2",
            ),
            (
                "https://h.example/v2/users/?a=b",
                "without /users it is https://h.example/v2?a=b",
            ),
        ] {
            assert_eq!(other_base(given).as_deref(), Some(likely));
        }
        for given in [
            "https://h.example/scim/v2",
            "https://scim.h.example",
            "https://h.example/scim/v2?x=/Users",
        ] {
            assert_eq!(other_base(given), None);
        }
    }
}
