//! Values of `Authorization` to try, made from the right one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::SecretString;

use super::facts::{Credentials as Described, Form, Intruder};
use crate::http::Credentials;

/// What is no token of anybody's.
const WRONG: &str = "scimitar-doctor-wrong-credentials";

/// The scheme of a value, if it has one, and what comes after it.
fn parts(value: &str) -> (Option<&str>, &str) {
    match value.split_once(' ') {
        Some((scheme, rest)) => (Some(scheme), rest.trim()),
        None => (None, value),
    }
}

/// What may be told of a value.
pub(super) fn describe(value: Option<&str>, words: &str, origin: Option<String>) -> Described {
    let (scheme, token) = value.map_or((None, ""), parts);
    // A JWT holds the times of its validity (RFC 7519 §4.1).
    let jwt = token.starts_with("eyJ") && token.matches('.').count() == 2;
    Described {
        words: words.to_owned(),
        origin,
        scheme: scheme.map(str::to_owned),
        given: value.is_some(),
        timed: jwt || words == "OAuth 2.0",
        problem: None,
    }
}

/// Those who should be refused.
pub(super) fn intruders(value: Option<&str>) -> Vec<(Intruder, Credentials)> {
    let raw = |text: String| Credentials::Raw(text.into());
    let mut all = vec![(Intruder::Nobody, Credentials::None)];
    let (scheme, token) = value.map_or((Some("Bearer"), ""), parts);
    let basic = scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic"));
    let wrong = if basic {
        format!("Basic {}", STANDARD.encode(format!("{WRONG}:{WRONG}")))
    } else {
        with(scheme, WRONG)
    };
    all.push((Intruder::Wrong, raw(wrong)));
    // As Okta's SPEC test sends it.
    all.push((Intruder::WithoutScheme, raw("non-token".to_owned())));
    if token.is_empty() {
        return all;
    }
    let other = if basic { "Bearer" } else { "Basic" };
    all.push((Intruder::OtherScheme, raw(with(Some(other), token))));
    let half = if basic {
        halved_pair(token)
    } else {
        half(token)
    };
    if let Some(half) = half {
        all.push((Intruder::Truncated, raw(with(scheme, &half))));
    }
    all
}

/// The token in the forms that an administrator may type. A name with a password has one form only.
pub(super) fn forms(value: Option<&str>) -> Vec<(Form, Credentials)> {
    let Some((scheme, token)) = value.map(parts) else {
        return Vec::new();
    };
    if scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic")) {
        return Vec::new();
    }
    let raw = |text: String| Credentials::Raw(SecretString::from(text));
    vec![
        (Form::Alone, raw(token.to_owned())),
        (Form::Bearer, raw(with(Some("Bearer"), token))),
    ]
}

fn with(scheme: Option<&str>, token: &str) -> String {
    scheme.map_or_else(|| token.to_owned(), |scheme| format!("{scheme} {token}"))
}

/// The first half of a text; nothing of what is too short to be a secret.
fn half(text: &str) -> Option<String> {
    let count = text.chars().count();
    (count >= 8).then(|| text.chars().take(count / 2).collect())
}

fn halved_pair(encoded: &str) -> Option<String> {
    let pair = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (user, password) = pair.split_once(':')?;
    Some(STANDARD.encode(format!("{user}:{}", half(password)?)))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    fn values(all: Vec<(impl Copy + std::fmt::Debug, Credentials)>) -> Vec<String> {
        let text = |(what, credentials)| match credentials {
            Credentials::Raw(value) => format!("{what:?}: {}", value.expose_secret()),
            other => format!("{what:?}: {other:?}"),
        };
        all.into_iter().map(text).collect()
    }

    #[test]
    fn intruders_are_made_from_the_right_value() {
        assert_eq!(
            values(intruders(Some("Bearer 12345678"))),
            [
                "Nobody: None",
                "Wrong: Bearer scimitar-doctor-wrong-credentials",
                "WithoutScheme: non-token",
                "OtherScheme: Basic 12345678",
                "Truncated: Bearer 1234",
            ]
        );
        let pair = format!("Basic {}", STANDARD.encode("ada:12345678"));
        let basic = values(intruders(Some(&pair)));
        assert_eq!(
            basic[4],
            format!("Truncated: Basic {}", STANDARD.encode("ada:1234"))
        );
        assert_eq!(values(intruders(None)).len(), 3);
        assert_eq!(
            values(intruders(Some("raw-token-1")))[4],
            "Truncated: raw-t"
        );
    }

    #[test]
    fn a_token_has_two_forms_and_a_password_none() {
        for value in ["Bearer 12345678", "12345678"] {
            let expected = ["Alone: 12345678", "Bearer: Bearer 12345678"];
            assert_eq!(values(forms(Some(value))), expected);
        }
        assert!(forms(Some("Basic YTpi")).is_empty() && forms(None).is_empty());
    }

    #[test]
    fn what_holds_times_itself_is_known() {
        let timed = |value, words| describe(Some(value), words, None).timed;
        assert!(timed("Bearer eyJh.eyJi.c", "bearer token"));
        assert!(timed("Bearer x", "OAuth 2.0"));
        assert!(!timed("Bearer x.y.z", "bearer token"));
    }
}
