//! The base URL by itself: what Okta's form would say of it, without a look at the target.

use std::net::IpAddr;

use super::diagnosis::Finding;
use super::judge;

/// What Okta's form would say of a base URL. Nothing is sent.
pub fn base_url(url: &str) -> Vec<Finding> {
    judge::base_url::judge(url, is_loopback(url.trim()))
}

/// Whether the URL leads to the machine that it is written on.
pub(super) fn is_loopback(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}
