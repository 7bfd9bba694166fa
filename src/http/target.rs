//! The base URL, and which URLs are below it.

use reqwest::Url;

use super::error::ClientError;
use super::redact::Redactor;

/// The base URL of a target.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// Without a slash at the end of its path, without query.
    base: Url,
    /// The path without a slash at its end; empty for the root.
    path: String,
    query: Option<String>,
}

impl Target {
    pub(super) fn new(text: &str) -> Result<Self, ClientError> {
        let refuse = |problem: String| ClientError::BaseUrl {
            url: Redactor::default().redact(text),
            problem,
        };
        let mut base = parse(text).map_err(refuse)?;
        check(&base).map_err(|problem| refuse(problem.to_owned()))?;
        base.set_fragment(None);
        let query = base
            .query()
            .filter(|query| !query.is_empty())
            .map(str::to_owned);
        base.set_query(None);
        let path = base.path().trim_end_matches('/').to_owned();
        base.set_path(&path);
        Ok(Self { base, path, query })
    }

    /// The base URL, parsed, without its query.
    pub(super) const fn url(&self) -> &Url {
        &self.base
    }

    /// The base URL without a slash at the end and without its query.
    pub(super) fn base_url(&self) -> String {
        self.base.as_str().trim_end_matches('/').to_owned()
    }

    /// The URL that a request goes to.
    ///
    /// # Errors
    /// The text is no URL, or one outside of the target: credentials are never sent elsewhere.
    pub(super) fn resolve(&self, text: &str) -> Result<Url, String> {
        if has_dot_segment(text) {
            // An id of `..` would turn a request for one resource into one for all of them.
            return Err("not sent: a segment of the path is `.` or `..`".to_owned());
        }
        let absolute = has_scheme(text);
        let parsed = if absolute {
            Url::parse(text)
        } else {
            let slash = if text.is_empty() || text.starts_with(['/', '?']) {
                ""
            } else {
                "/"
            };
            Url::parse(&format!("{}{slash}{text}", self.base_url()))
        };
        let mut url = parsed.map_err(|error| format!("the URL can't be read: {error}"))?;
        check(&url)?;
        if url.origin() != self.base.origin() {
            return Err(format!(
                "not sent: {} is not the target, which is {}",
                url.origin().ascii_serialization(),
                self.base.origin().ascii_serialization()
            ));
        }
        // `Url` has resolved dot segments by now, encoded ones too.
        if !absolute && !self.contains(url.path()) {
            return Err("not sent: the path leads out of the base URL".to_owned());
        }
        url.set_fragment(None);
        if let Some(query) = self
            .query
            .as_deref()
            .filter(|query| !absolute || !has_query(&url, query))
        {
            let joined = match url.query().filter(|own| !own.is_empty()) {
                Some(own) => format!("{query}&{own}"),
                None => query.to_owned(),
            };
            url.set_query(Some(&joined));
        }
        Ok(url)
    }

    fn contains(&self, path: &str) -> bool {
        path.strip_prefix(&self.path)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Whether a segment of the path means another place (RFC 3986 §5.2.4), percent-encoded or not.
fn has_dot_segment(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let longest = "%2e%2e".len();
    let mut short = path.split('/').filter(|segment| segment.len() <= longest);
    short.any(|segment| {
        let plain = segment.to_ascii_lowercase().replace("%2e", ".");
        matches!(plain.as_str(), "." | "..")
    })
}

fn has_query(url: &Url, query: &str) -> bool {
    url.query().is_some_and(|own| {
        own.split('&')
            .any(|part| query.split('&').any(|base| base == part))
    })
}

fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        rest.starts_with("//")
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// What no URL may be that something is sent to.
pub(super) fn check(url: &Url) -> Result<(), &'static str> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err("its scheme is neither http nor https");
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err("it has no host");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it carries credentials; give them as basic authentication instead");
    }
    Ok(())
}

/// Reads a URL that somebody configured.
pub(super) fn parse(text: &str) -> Result<Url, String> {
    let text = text.trim();
    if has_scheme(text) {
        Url::parse(text).map_err(|error| error.to_string())
    } else {
        Err("it has to start with https:// or http://".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_loses_its_last_slash() {
        let table = [
            ("https://example.com/scim/v2", "https://example.com/scim/v2"),
            (
                "https://example.com/scim/v2/",
                "https://example.com/scim/v2",
            ),
            (" https://EXAMPLE.com:443// ", "https://example.com"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            (
                "https://example.com/scim?connection=X",
                "https://example.com/scim",
            ),
        ];
        for (text, base) in table {
            assert_eq!(Target::new(text).unwrap().base_url(), base);
        }
    }

    #[test]
    fn what_is_no_base_url_is_refused_and_says_why() {
        let table = [
            ("", "start with https://"),
            ("example.com/scim", "start with https://"),
            ("localhost:8080/scim", "start with https://"),
            ("ftp://example.com", "neither http nor https"),
            ("https://", "empty host"),
            (
                "https://user:hunter22@example.com/scim",
                "carries credentials",
            ),
            ("https://exa mple.com", "invalid"),
        ];
        for (text, problem) in table {
            let error = Target::new(text).unwrap_err().to_string();
            assert!(error.contains(problem), "{text}: {error}");
            assert!(!error.contains("hunter22"), "{error}");
        }
    }

    #[test]
    fn requests_stay_within_the_target() {
        let ok = |path: &str| {
            Target::new("https://example.com/scim/v2")
                .unwrap()
                .resolve(path)
                .unwrap()
                .to_string()
        };
        assert_eq!(ok("/Users"), "https://example.com/scim/v2/Users");
        assert_eq!(
            ok("Users?count=1"),
            "https://example.com/scim/v2/Users?count=1"
        );
        assert_eq!(ok(""), "https://example.com/scim/v2");
        assert_eq!(ok("?count=1"), "https://example.com/scim/v2?count=1");
        assert_eq!(
            ok("/Users/a%2Fb%20c#top"),
            "https://example.com/scim/v2/Users/a%2Fb%20c"
        );
        assert_eq!(
            ok("//other.example/Users"),
            "https://example.com/scim/v2//other.example/Users"
        );
        assert_eq!(
            ok("https://example.com/scim/v2/Users/1"),
            "https://example.com/scim/v2/Users/1"
        );
        assert_eq!(
            ok("https://example.com/elsewhere"),
            "https://example.com/elsewhere"
        );

        let refused = [
            "https://other.example/scim/v2/Users",
            "http://example.com/scim/v2/Users",
            "https://example.com:8443/scim/v2/Users",
            "https://example.com@other.example/Users",
            "https://user@example.com/scim/v2/Users",
            "ftp://example.com/scim/v2",
            "/../admin",
            "/Users/%2e%2e/%2E%2E/%2e%2e/admin",
            "/../v22/Users",
        ];
        for url in refused {
            let target = Target::new("https://example.com/scim/v2").unwrap();
            assert!(target.resolve(url).is_err(), "{url}");
        }
        let root = Target::new("https://example.com").unwrap();
        assert_eq!(
            root.resolve("@other.example").unwrap().to_string(),
            "https://example.com/@other.example"
        );
        assert_eq!(
            root.resolve("//other.example").unwrap().host_str(),
            Some("example.com")
        );
        assert_eq!(
            root.resolve("\\\\other.example").unwrap().host_str(),
            Some("example.com")
        );
    }

    #[test]
    fn the_query_of_the_base_url_goes_onto_every_request() {
        let target = Target::new("https://example.com/app?connection=X").unwrap();
        let url = |text: &str| target.resolve(text).unwrap().to_string();
        assert_eq!(url("/Users"), "https://example.com/app/Users?connection=X");
        assert_eq!(
            url("/Users?count=1"),
            "https://example.com/app/Users?connection=X&count=1"
        );
        assert_eq!(
            url("https://example.com/app/Users/1?connection=X"),
            "https://example.com/app/Users/1?connection=X"
        );
        assert_eq!(
            url("https://example.com/app/Users/1"),
            "https://example.com/app/Users/1?connection=X"
        );
    }
}
