//! Which paths are below the base URL, however the target may read them.
//!
//! The proxy may stand in a public tunnel, with credentials of its own: it opens what it was told to, and nothing beside
//! it. Servers differ in how often they decode a path, in what they take for a separator (IIS: `\`), and in what they
//! drop (Tomcat: `;…`; Windows: blanks and dots at the end of a name). So a path is refused if any such reading could
//! hold a dot segment (RFC 3986 §5.2.4).

/// Whether a path, as it was sent, is below that of the base URL, which has no slash at its end.
pub(super) fn is_below(base: &str, path: &str) -> bool {
    let Some(rest) = path.strip_prefix(base) else {
        return false;
    };
    if !(rest.is_empty() || rest.starts_with('/')) {
        return false;
    }
    let decoded = decoded(rest);
    !holds_overlong(&decoded)
        && !decoded
            .split(|byte| matches!(byte, b'/' | b'\\'))
            .any(is_dots)
}

/// A path with all its percent-encodings undone, also those within others (`%252e`). One pass: an encoding that a decoded
/// byte completes ends where that byte does.
fn decoded(path: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(path.len());
    for byte in path.bytes() {
        out.push(byte);
        while let Some((code, length)) = encoding_at_end(&out) {
            out.truncate(out.len() - length);
            out.push(code);
        }
    }
    out
}

/// The byte that an encoding at the end of these stands for, and its length: `%2e`, or `%u002e` as IIS reads it.
fn encoding_at_end(bytes: &[u8]) -> Option<(u8, usize)> {
    let hex = |digits: &[u8]| {
        let text = std::str::from_utf8(digits).ok()?;
        let all = digits.iter().all(u8::is_ascii_hexdigit);
        all.then(|| u16::from_str_radix(text, 16).ok()).flatten()
    };
    if let [.., b'%', first, second] = bytes {
        return Some((u8::try_from(hex(&[*first, *second])?).ok()?, 3));
    }
    if let [.., b'%', b'u' | b'U', a, b, c, d] = bytes {
        let code = u8::try_from(hex(&[*a, *b, *c, *d])?).ok()?;
        return Some((code, 6));
    }
    None
}

/// Whether a segment could be read as `.` or `..`.
fn is_dots(segment: &[u8]) -> bool {
    // What stands behind these is no part of the name.
    let name = segment
        .split(|byte| matches!(byte, b';' | b'?' | b'#'))
        .next()
        .unwrap_or_default();
    name.contains(&b'.')
        && name
            .iter()
            .all(|byte| *byte == b'.' || *byte == b' ' || byte.is_ascii_control())
}

/// Whether bytes are an ASCII character in more bytes than UTF-8 allows (RFC 3629 §3), which old servers decode: `%c0%ae`
/// is a dot to them.
fn holds_overlong(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| {
        matches!(
            pair,
            [0xc0 | 0xc1, 0x80..=0xbf] | [0xe0, 0x80..=0x9f] | [0xf0, 0x80..=0x8f]
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reading_of_a_path_leads_out() {
        for out in [
            "/scim/v2/../admin",
            "/scim/v2/./x",
            "/scim/v2/..",
            "/scim/v2/Users/%2e%2E/x",
            "/scim/v2/..;/admin",
            "/scim/v2/.;x/..;y/admin",
            "/scim/v2/..%3b/admin",
            "/scim/v2/..%2fadmin",
            "/scim/v2/Users%2F..%2f..%2fadmin",
            "/scim/v2/..%5cadmin",
            "/scim/v2/..\\admin",
            "/scim/v2/%252e%252e/admin",
            "/scim/v2/%25252e%2525252e%25252fadmin",
            "/scim/v2/%%32%65%%32%65/admin",
            "/scim/v2/%u002e%u002e%u2215/../x",
            "/scim/v2/%u002e%U002e%u002fadmin",
            "/scim/v2/%c0%ae%c0%ae/admin",
            "/scim/v2/..%c0%afadmin",
            "/scim/v2/..%00/admin",
            "/scim/v2/..%20/admin",
            "/scim/v2/..%3fx/admin",
            "/scim/v2/a;b%2f..%2fc",
            "/scim/v2x/Users",
            "/scim/v2%2fUsers",
            "/scim",
            "/admin",
        ] {
            assert!(!is_below("/scim/v2", out), "{out}");
        }
        assert!(!is_below("", "/..;/admin"));
    }

    #[test]
    fn ids_may_hold_what_they_like() {
        for within in [
            "/scim/v2",
            "/scim/v2/",
            "/scim/v2/Users",
            "/scim/v2/Users/a%2Fb",
            "/scim/v2/Users/cn=a,dc=example.com%5cb",
            "/scim/v2/Users/..a",
            "/scim/v2/Users/a..b..",
            "/scim/v2/Users/ann.lee@example.com;v=1",
            "/scim/v2/Us%65rs//a;b=c",
            "/scim/v2/Users/%zz%u12|^%",
            "/scim/v2/Users/J%C3%B6rg%20%E2%82%AC",
            "/scim/v2/Users/J%F6rg",
        ] {
            assert!(is_below("/scim/v2", within), "{within}");
        }
        assert!(is_below("", "/Users/a"));
    }

    #[test]
    fn a_long_path_takes_no_longer_than_its_length_says() {
        let path = format!("/scim/v2/%{}2e/x", "25".repeat(500_000));
        assert!(!is_below("/scim/v2", &path));
    }
}
