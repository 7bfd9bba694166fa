//! Secrets in plain text by their place: parameters of forms and queries, credentials in URLs, header lines that are
//! echoed, and JWTs.

use super::header;
use super::hits::Hits;

/// Parameters whose value is a secret, in lower case.
const PARAMETERS: [&str; 15] = [
    "password",
    "client_secret",
    "access_token",
    "refresh_token",
    "id_token",
    "client_assertion",
    "assertion",
    "token",
    "api_key",
    "apikey",
    "api-key",
    "sig",
    "signature",
    "x-amz-signature",
    "x-amz-security-token",
];

/// Marks the secrets of a text.
pub(super) fn find(text: &str, hits: &mut Hits) {
    parameters(text, hits);
    user_info(text, hits);
    header_lines(text, hits);
    jwts(text, hits);
}

fn parameters(text: &str, hits: &mut Hits) {
    // In a URL within a URL, the signs are encoded.
    for (sign, ends) in [
        ("=", &["&"] as &[&str]),
        ("%3D", &["&", "%26"]),
        ("%3d", &["&", "%26"]),
    ] {
        // Where the last value ends: what stands within it is a secret already.
        let mut covered = 0;
        for (index, _) in text.match_indices(sign) {
            if index < covered {
                continue;
            }
            let before = text.get(..index).unwrap_or_default();
            let name = before
                .rsplit(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c)))
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            // What is left of an encoded `?` or `&` before the name.
            let name = ["3f", "26"]
                .iter()
                .find_map(|code| name.strip_prefix(code))
                .unwrap_or(&name);
            if !PARAMETERS.contains(&name) {
                continue;
            }
            let start = index + sign.len();
            let rest = text.get(start..).unwrap_or_default();
            if rest.starts_with(super::REDACTED) {
                continue;
            }
            let stops = |c: char| c.is_whitespace() || "\"'<>;#,\\)]}`".contains(c);
            let end = rest.find(stops).unwrap_or(rest.len());
            let value = rest.get(..end).unwrap_or_default();
            let end = ends
                .iter()
                .filter_map(|end| value.find(end))
                .min()
                .unwrap_or(end);
            hits.secret(start..start + end);
            covered = start + end;
        }
    }
}

fn user_info(text: &str, hits: &mut Hits) {
    for (index, sign) in text.match_indices("://") {
        let start = index + sign.len();
        let rest = text.get(start..).unwrap_or_default();
        let end = rest
            .find(|c: char| c.is_whitespace() || "/?#\"'<>\\".contains(c))
            .unwrap_or(rest.len());
        if let Some(at) = rest.get(..end).and_then(|authority| authority.rfind('@')) {
            hits.secret(start..start + at);
        }
    }
}

fn header_lines(text: &str, hits: &mut Hits) {
    let lower = text.to_ascii_lowercase();
    for name in ["authorization:", "cookie:"] {
        let mut covered = 0;
        for (index, _) in lower.match_indices(name) {
            if index < covered {
                continue;
            }
            let after = index + name.len();
            let line = text.get(after..).unwrap_or_default();
            let end = line
                .find(['\r', '\n', '"', '<', '\\'])
                .unwrap_or(line.len());
            let line = line.get(..end).unwrap_or_default();
            let value = line.trim();
            let start = after + (line.len() - line.trim_start().len());
            let with = if name.starts_with('a') {
                header::with_scheme(value)
            } else {
                super::REDACTED.to_owned()
            };
            hits.replaced(start..start + value.len(), with);
            covered = after + line.len();
        }
    }
}

/// `eyJ…` is `{"…` in base64url: the header of a JWT (RFC 7519 §3), then a dot and its claims.
fn jwts(text: &str, hits: &mut Hits) {
    let mut from = 0;
    while let Some(offset) = text.get(from..).and_then(|rest| rest.find("eyJ")) {
        let start = from + offset;
        let rest = text.get(start..).unwrap_or_default();
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)))
            .unwrap_or(rest.len());
        let token = rest.get(..end).unwrap_or_default().trim_end_matches('.');
        let mut parts = token.split('.');
        let is_jwt = parts.next().is_some_and(|head| head.len() >= 10)
            && parts.next().is_some_and(|claims| claims.len() >= 2);
        if is_jwt {
            hits.secret(start..start + token.len());
        }
        from = start + end.max(1);
    }
}
