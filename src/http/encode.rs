//! Percent-encoding.

use std::fmt::Write as _;

/// Percent-encodes all but the unreserved characters (RFC 3986 §2.3: letters, digits, `-._~`), as Okta's client does: a
/// blank becomes `%20`, `@` becomes `%40`.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string can't fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The text that a percent-encoded one stands for; what is no encoding stays as it is.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        if let (b'%', Some(byte), Some(after)) = (first, byte, after.get(2..)) {
            bytes.push(byte);
            rest = after;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn all_but_unreserved_characters_are_encoded() {
        let table = [
            ("", ""),
            ("azAZ09-._~", "azAZ09-._~"),
            (
                "userName eq \"test.user@okta.local\"",
                "userName%20eq%20%22test.user%40okta.local%22",
            ),
            ("a+b/c?d#e&f=g%", "a%2Bb%2Fc%3Fd%23e%26f%3Dg%25"),
            ("é😀", "%C3%A9%F0%9F%98%80"),
        ];
        for (text, encoded) in table {
            assert_eq!(encode(text), encoded);
            assert_eq!(decode(encoded), text);
        }
        assert_eq!(decode("100%, %zz, %4"), "100%, %zz, %4");
    }
}
