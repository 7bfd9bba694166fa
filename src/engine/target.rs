//! What a base URL says of its target: `${target.…}`. Pure.

use serde_json::{Value, json};

/// The words of [`TARGET_WORDS`](crate::suite::template::TARGET_WORDS) for a base URL.
pub(super) fn words(base: &str) -> Value {
    let base = base.trim_end_matches('/');
    let path = base
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)))
        .unwrap_or_default();
    // RFC 7644 §3.13: "v" and a number, right before the endpoint.
    let version = path
        .rsplit('/')
        .next()
        .filter(|segment| is_version(segment))
        .unwrap_or_default();
    let unversioned = base
        .strip_suffix(version)
        .filter(|_| !version.is_empty())
        .map_or(base, |rest| rest.trim_end_matches('/'));
    json!({ "base_url": base, "path": path, "version": version, "unversioned": unversioned })
}

fn is_version(segment: &str) -> bool {
    segment.strip_prefix(['v', 'V']).is_some_and(|number| {
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_base_url_says_its_path_and_version() {
        for (base, path, version, unversioned) in [
            ("https://h/scim/v2", "/scim/v2", "v2", "https://h/scim"),
            ("https://h:8443/v2/", "/v2", "v2", "https://h:8443"),
            ("https://h/v2/scim", "/v2/scim", "", "https://h/v2/scim"),
            ("https://h/vault", "/vault", "", "https://h/vault"),
            ("https://h", "", "", "https://h"),
        ] {
            let said = words(base);
            let wanted = serde_json::json!({
                "base_url": base.trim_end_matches('/'),
                "path": path,
                "version": version,
                "unversioned": unversioned,
            });
            assert_eq!(said, wanted, "{base}");
        }
    }
}
