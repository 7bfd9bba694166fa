//! Redaction: what no output may show is taken out once, where an exchange is captured.
//!
//! Two ways, on top of each other. By value: a registered secret is found in whatever encoding it comes back (as is,
//! percent-encoded, JSON- or HTML-escaped, base64, hex). By structure: what is a secret by the place where it stands
//! (`Authorization`, a member or an element `password`, a JWT …), registered or not.

mod header;
mod hits;
mod json;
mod known;
mod names;
mod params;
mod scan;
mod secret;
mod xml;

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

pub use header::is_credential;
pub use names::is_secret_name;

use hits::Hits;
pub(super) use hits::floor;
use known::Known;

/// What stands in place of a secret.
pub const REDACTED: &str = "[redacted]";

/// The shortest value, in bytes, that is redacted by value: shorter ones would hit harmless text.
pub const SHORTEST: usize = 6;

/// How deep JSON texts inside of JSON strings are looked at.
const DEPTH: usize = 3;

/// The secrets of a client, and how they are taken out of text. Clones share the secrets.
#[derive(Clone, Default)]
pub struct Redactor {
    known: Arc<RwLock<Arc<Known>>>,
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor")
            .field("secrets", &self.known().len())
            .finish()
    }
}

impl Redactor {
    /// Registers a value that no output may show. Values of less than 6 bytes are not registered: they are redacted only
    /// where the structure says so.
    pub fn register(&self, value: &str) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(more) = known.with(value) {
            *known = Arc::new(more);
        }
    }

    fn known(&self) -> Arc<Known> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&known)
    }

    /// A redactor that knows these secrets and, on top, those of one request.
    pub(super) fn with_authorization(&self, value: &str) -> Self {
        let redactor = Self {
            known: Arc::new(RwLock::new(self.known())),
        };
        redactor.register_authorization(value);
        redactor
    }

    /// Registers a value of `Authorization`: the whole, the part after the scheme, and what a Basic pair says.
    pub fn register_authorization(&self, value: &str) {
        use base64::Engine as _;
        let value = value.trim();
        self.register(value);
        let Some((scheme, credentials)) = value.split_once(' ') else {
            return;
        };
        let credentials = credentials.trim();
        self.register(credentials);
        if scheme.eq_ignore_ascii_case("basic")
            && let Ok(pair) = base64::engine::general_purpose::STANDARD.decode(credentials)
            && let Ok(pair) = String::from_utf8(pair)
        {
            self.register(&pair);
            if let Some((_, password)) = pair.split_once(':') {
                self.register(password);
            }
        }
    }

    /// The text without secrets.
    pub fn redact(&self, text: &str) -> String {
        self.redacted(text, 0).unwrap_or_else(|| text.to_owned())
    }

    /// The text without secrets; most have none, and need no copy.
    pub(super) fn clean(&self, text: String) -> String {
        self.redacted(&text, 0).unwrap_or(text)
    }

    /// A header's value without secrets. `Authorization` keeps its scheme.
    pub fn redact_header(&self, name: &str, value: &str) -> String {
        header::redact(name, value).unwrap_or_else(|| self.redact(value))
    }

    /// As [`Redactor::redact_header`].
    pub(super) fn clean_header(&self, name: &str, value: String) -> String {
        header::redact(name, &value).unwrap_or_else(|| self.clean(value))
    }

    /// How many secrets are known by value.
    pub fn known_secrets(&self) -> usize {
        self.known().len()
    }

    /// How far, in bytes, a secret that is cut off can reach back from the end of a text.
    pub(super) fn reach(&self) -> usize {
        // The longest way to write a byte is an HTML entity, `&#00000041;`.
        4096 + 12 * self.known().longest()
    }

    /// The text without its secrets, if it has any.
    fn redacted(&self, text: &str, depth: usize) -> Option<String> {
        let mut hits = Hits::default();
        self.known().find(text, &mut hits);
        let nested = |inner: &str| {
            let redacted = (depth < DEPTH).then(|| self.redacted(inner, depth + 1));
            redacted.flatten().filter(|redacted| redacted != inner)
        };
        json::find(text, &nested, &mut hits);
        params::find(text, &mut hits);
        xml::find(text, &mut hits);
        hits.apply(text)
    }
}

#[cfg(test)]
mod tests;
