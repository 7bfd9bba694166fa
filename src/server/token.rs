//! The token endpoint (RFC 6749 §4.4 client credentials, §6 refreshing).

use std::collections::HashMap;
use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;

use super::answer::Answer;
use super::auth::basic;
use super::call::{Call, decode_form};
use super::config::OAuthClient;

/// Where the endpoint is.
pub(super) const PATH: &str = "/oauth2/token";

/// The tokens that were given out.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    access: HashMap<String, Instant>,
    refresh: Vec<String>,
}

impl Tokens {
    /// Whether an access token was given out and has not expired.
    pub(super) fn is_good(&self, token: &str, now: Instant) -> bool {
        self.access.get(token).is_some_and(|expires| now < *expires)
    }

    fn give(
        &mut self,
        lifetime: Duration,
        now: Instant,
        fresh: &mut impl FnMut() -> String,
    ) -> (String, String) {
        let (access, refresh) = (fresh(), fresh());
        self.access.retain(|_, expires| now < *expires);
        self.access.insert(access.clone(), now + lifetime);
        self.refresh.push(refresh.clone());
        (access, refresh)
    }

    /// Answers a request for a token.
    pub(super) fn answer(
        &mut self,
        call: &Call,
        client: Option<&OAuthClient>,
        now: Instant,
        mut fresh: impl FnMut() -> String,
    ) -> Answer {
        if call.method != axum::http::Method::POST {
            return Answer::json(405, json!({ "error": "invalid_request" })).with("allow", "POST");
        }
        let body = call
            .body
            .as_ref()
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
            .unwrap_or_default();
        let form: HashMap<String, String> = body
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (decode_form(name), decode_form(value)))
            .collect();
        let by_header = call
            .header("authorization")
            .and_then(|value| value.split_once(' '))
            .and_then(|(scheme, value)| {
                let (id, secret) =
                    basic(value.trim()).filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
                // RFC 6749 §2.3.1: both are form-encoded first.
                Some((decode_form(&id), decode_form(&secret)))
            });
        let by_body = || {
            Some((
                form.get("client_id")?.clone(),
                form.get("client_secret")?.clone(),
            ))
        };
        let wrong = |status: u16, error: &str| Answer::json(status, json!({ "error": error }));
        let given = by_header.or_else(by_body);
        let Some(client) = client.filter(|known| {
            given
                .as_ref()
                .is_some_and(|(id, secret)| *id == known.id && *secret == known.secret)
        }) else {
            return wrong(401, "invalid_client").with("www-authenticate", "Basic realm=\"oauth2\"");
        };
        match form.get("grant_type").map(String::as_str) {
            Some("client_credentials") => {}
            Some("refresh_token") => {
                let given = form.get("refresh_token");
                let Some(at) = self.refresh.iter().position(|known| Some(known) == given) else {
                    return wrong(400, "invalid_grant");
                };
                self.refresh.swap_remove(at);
            }
            Some(_) => return wrong(400, "unsupported_grant_type"),
            None => return wrong(400, "invalid_request"),
        }
        let (access, refresh) = self.give(client.lifetime, now, &mut fresh);
        let answer = json!({
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": client.lifetime.as_secs(),
            "refresh_token": refresh,
        });
        Answer::json(200, answer).with("cache-control", "no-store")
    }
}
