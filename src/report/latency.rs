//! How long the target took, by method and route.

use std::collections::BTreeMap;

use crate::record::Run;

/// The times of all answered exchanges of one method and route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latency {
    /// The method.
    pub method: String,
    /// The path below the base URL, ids left out: `/Users/{id}`.
    pub route: String,
    /// How many exchanges.
    pub count: usize,
    /// The median, in microseconds.
    pub p50_us: u64,
    /// What 95 of 100 stay within, in microseconds.
    pub p95_us: u64,
    /// The longest, in microseconds.
    pub max_us: u64,
}

/// The latencies of a run, by route and method.
pub fn summary(run: &Run) -> Vec<Latency> {
    let mut times: BTreeMap<(String, String), Vec<u64>> = BTreeMap::new();
    for check in &run.checks {
        for step in check.steps.each() {
            for exchange in step.all_exchanges() {
                let request = &exchange.request;
                if exchange.response.is_some() && is_within(&request.url, &run.target.url) {
                    let key = (route(&request.url, &run.target.url), request.method.clone());
                    times.entry(key).or_default().push(exchange.duration_us);
                }
            }
        }
    }
    times
        .into_iter()
        .map(|((route, method), mut times)| {
            times.sort_unstable();
            Latency {
                method,
                route,
                count: times.len(),
                p50_us: percentile(&times, 50),
                p95_us: percentile(&times, 95),
                max_us: times.last().copied().unwrap_or_default(),
            }
        })
        .collect()
}

/// Whether a URL is of the target's server: a service besides it has times of its own.
fn is_within(url: &str, base: &str) -> bool {
    let origin = |url: &str| {
        let (scheme, rest) = url.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next()?;
        Some((scheme.to_owned(), authority.to_owned()))
    };
    origin(base).is_none_or(|base| origin(url).is_none_or(|own| own == base))
}

/// How many requests a run sent, those that services sent to the target among them.
pub(super) fn requests(run: &Run) -> usize {
    run.checks
        .iter()
        .map(|check| check.steps.exchange_count())
        .sum()
}

/// The nearest-rank percentile of sorted values.
fn percentile(sorted: &[u64], percent: usize) -> u64 {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted
        .get(rank.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

/// The path below the base URL with `{id}` in place of what follows the collection. What is not below the base URL
/// (a SCIM 1.1 base beside a 2.0 one) begins at its collection.
fn route(url: &str, base: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let below = path
        .strip_prefix(base.trim_end_matches('/'))
        .filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let mut segments: Vec<&str> = if let Some(rest) = below {
        rest.split('/')
            .filter(|segment| !segment.is_empty())
            .collect()
    } else {
        let after_scheme = path.split_once("://").map_or(path, |(_, rest)| rest);
        let segments = after_scheme
            .split('/')
            .skip(1)
            .filter(|segment| !segment.is_empty());
        // Collections begin with a capital letter; what stands before is the base path.
        let is_base = |segment: &&str| !segment.starts_with(|c: char| c.is_ascii_uppercase());
        segments.skip_while(is_base).collect()
    };
    segments.truncate(2);
    let mut route = String::new();
    for (place, segment) in segments.into_iter().enumerate() {
        route.push('/');
        route.push_str(if place == 0 || segment.starts_with('.') {
            segment
        } else {
            "{id}"
        });
    }
    if route.is_empty() {
        "/".to_owned()
    } else {
        route
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_leave_ids_and_queries_out() {
        for (url, expected) in [
            ("https://h/scim/v2/Users?count=1", "/Users"),
            ("https://h/scim/v2/Users/2819c223", "/Users/{id}"),
            ("https://h/scim/v2/Users/.search", "/Users/.search"),
            ("https://h/scim/v2", "/"),
            ("https://h/scim/v1/Users/7", "/Users/{id}"),
            ("https://h/scim/v22/Users/7", "/Users/{id}"),
        ] {
            assert_eq!(route(url, "https://h/scim/v2"), expected, "{url}");
        }
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        let times: Vec<u64> = (1..=20).collect();
        assert_eq!(
            (
                percentile(&times, 50),
                percentile(&times, 95),
                percentile(&[7], 95)
            ),
            (10, 19, 7)
        );
        assert_eq!(percentile(&[], 50), 0);
    }
}
