//! A registered secret, in the encodings that need no decoding of the text around it.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use secrecy::{ExposeSecret, SecretString};

use super::{REDACTED, SHORTEST};

/// A value that no output may show.
#[derive(Debug)]
pub(super) struct Secret {
    value: SecretString,
    encoded: Vec<SecretString>,
}

impl Secret {
    /// `None` for a value that can't be redacted by value: too short, or part of what stands in place of a secret.
    pub(super) fn new(value: &str) -> Option<Self> {
        if value.len() < SHORTEST || REDACTED.contains(value) {
            return None;
        }
        let mut encoded: Vec<String> = Vec::new();
        for alignment in 0..3 {
            let standard = base64_core(value.as_bytes(), alignment);
            let url_safe = standard.replace('+', "-").replace('/', "_");
            if url_safe != standard {
                encoded.push(url_safe);
            }
            encoded.push(standard);
        }
        let hex = value.bytes().fold(String::new(), |mut hex, byte| {
            // Writing to a string can't fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        encoded.push(hex.to_uppercase());
        encoded.push(hex);
        Some(Self {
            value: value.into(),
            encoded: encoded.into_iter().map(SecretString::from).collect(),
        })
    }

    pub(super) fn value(&self) -> &str {
        self.value.expose_secret()
    }

    /// The value and its encodings.
    pub(super) fn needles(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.value)
            .chain(&self.encoded)
            .map(ExposeSecret::expose_secret)
    }
}

/// The part of a value's base64 that does not depend on what stands before and after it, when it begins this many bytes
/// into a group of three.
fn base64_core(value: &[u8], alignment: usize) -> String {
    let mut bytes = vec![0; alignment];
    bytes.extend_from_slice(value);
    let encoded = STANDARD_NO_PAD.encode(&bytes);
    // Whole characters that come from the bytes before, and those that also hold bits of what follows.
    let skip = (alignment * 8).div_ceil(6);
    let end = bytes.len() * 8 / 6;
    encoded.get(skip..end).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_in_the_base64_of_any_text_around_it() {
        let secret = Secret::new("s3cr3t-token-é").unwrap();
        for before in ["", "a", "ab", "abc", "user:", "user:x"] {
            for after in ["", "z", "zy", "zyx"] {
                let encoded = STANDARD_NO_PAD.encode(format!("{before}{}{after}", secret.value()));
                assert!(
                    secret.needles().any(|needle| encoded.contains(needle)),
                    "{before} {after}"
                );
            }
        }
    }

    #[test]
    fn short_values_and_the_placeholder_are_not_registered() {
        for value in ["", "short", "redacted", "[redacted]"] {
            assert!(Secret::new(value).is_none(), "{value}");
        }
    }
}
