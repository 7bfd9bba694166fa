//! Who may ask: bearer tokens, names with passwords, whole header values, tokens of the token endpoint (RFC 7644 §2).

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::time::Instant;

use super::call::Call;
use super::config::Credentials;
use super::fault::{Defect, Switches};
use super::token::Tokens;

/// Whether a request carries credentials that are accepted.
pub(super) fn is_authorized(
    call: &Call,
    credentials: &Credentials,
    tokens: &Tokens,
    switches: &Switches,
    now: Instant,
) -> bool {
    if switches.has(Defect::AuthNotRequired) {
        return true;
    }
    if switches.has(Defect::AuthReadsOpen) && call.method == Method::GET {
        return true;
    }
    let open = [
        (Defect::AuthPutOpen, call.method == Method::PUT),
        (Defect::AuthPatchOpen, call.method == Method::PATCH),
        (Defect::AuthDeleteOpen, call.method == Method::DELETE),
        (Defect::AuthSearchOpen, call.path.ends_with("/.search")),
    ];
    if open
        .into_iter()
        .any(|(defect, here)| here && switches.has(defect))
    {
        return true;
    }
    let Some(given) = call.header("authorization") else {
        return false;
    };
    if switches.has(Defect::AuthAnyValueAccepted) || credentials.raw.iter().any(|raw| raw == given)
    {
        return true;
    }
    let Some((scheme, value)) = given.split_once(' ') else {
        return switches.has(Defect::AuthSchemeIgnored)
            && credentials.bearer.iter().any(|token| token == given);
    };
    let value = value.trim();
    if scheme.eq_ignore_ascii_case("bearer") || switches.has(Defect::AuthSchemeIgnored) {
        let known = credentials.bearer.iter().any(|token| {
            token == value
                || switches.has(Defect::AuthTruncatedTokenAccepted)
                    && value.len() > 3
                    && token.starts_with(value)
        });
        if known || tokens.is_good(value, now) {
            return true;
        }
    }
    scheme.eq_ignore_ascii_case("basic")
        && basic(value).is_some_and(|pair| credentials.basic.contains(&pair))
}

/// The name and password of Basic (RFC 7617).
pub(super) fn basic(value: &str) -> Option<(String, String)> {
    let decoded = STANDARD.decode(value).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (name, password) = text.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}

/// `WWW-Authenticate` (RFC 7235 §4.1): the schemes that are accepted.
pub(super) fn challenges(credentials: &Credentials, wrong: bool) -> Vec<String> {
    let problem = if wrong {
        ", error=\"invalid_token\""
    } else {
        ""
    };
    let mut all = vec![format!("Bearer realm=\"scim\"{problem}")];
    if !credentials.basic.is_empty() {
        all.push("Basic realm=\"scim\", charset=\"UTF-8\"".to_owned());
    }
    all
}
