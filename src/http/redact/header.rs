//! Header fields that are secrets by their name.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::REDACTED;

/// Words in the name of a header that carries a credential.
const WORDS: [&str; 8] = [
    "authorization",
    "cookie",
    "api-key",
    "apikey",
    "token",
    "secret",
    "password",
    "signature",
];

/// Finds any of them in one pass, in any case: it is asked of every header.
#[expect(
    clippy::expect_used,
    reason = "automata of eight short words are small"
)]
static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(WORDS)
        .expect("eight short words")
});

/// Whether a header of this name carries a credential.
pub fn is_credential(name: &str) -> bool {
    FINDER.is_match(name)
}

/// The redacted value of a header that is a secret by its name.
pub(super) fn redact(name: &str, value: &str) -> Option<String> {
    if !is_credential(name) || value.is_empty() {
        return None;
    }
    let keeps_scheme = name.to_ascii_lowercase().contains("authorization");
    Some(if keeps_scheme {
        with_scheme(value)
    } else {
        REDACTED.to_owned()
    })
}

/// `Bearer [redacted]` of `Bearer abc`; the whole is redacted when it begins with no scheme.
pub(super) fn with_scheme(value: &str) -> String {
    match value.split_once(' ') {
        // A raw value could hold a blank too: only what is known as a scheme is kept.
        Some((scheme, _))
            if [
                "bearer",
                "basic",
                "digest",
                "dpop",
                "negotiate",
                "ssws",
                "token",
            ]
            .contains(&scheme.to_ascii_lowercase().as_str()) =>
        {
            format!("{scheme} {REDACTED}")
        }
        Some(_) | None => REDACTED.to_owned(),
    }
}
