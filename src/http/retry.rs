//! When a target asks to wait: 429 and 503 with `Retry-After` (RFC 9110 §10.2.3, RFC 6585 §4).

use std::time::{Duration, SystemTime};

use super::request::RequestSpec;
use crate::record::Header;

/// A target that says "at once" for ever is asked this often and no more.
pub(super) const MOST_ATTEMPTS: usize = 10;

/// The shortest wait: `Retry-After: 0`, or a date that has passed, must not become a storm of requests.
const SHORTEST: Duration = Duration::from_millis(100);
/// It doubles with each answer, up to this: a target that says "at once" time and again does not mean it.
const SHORTEST_AT_LAST: Duration = Duration::from_secs(2);

/// How long the target asks to wait, if it does, after so many attempts.
pub(super) fn wait_asked(
    status: u16,
    headers: &[Header],
    now: SystemTime,
    attempts: usize,
) -> Option<Duration> {
    if !matches!(status, 429 | 503) {
        return None;
    }
    let value = value(headers, "retry-after")?;
    let wait = if let Ok(seconds) = value.parse() {
        Duration::from_secs(seconds)
    } else {
        let until = httpdate::parse_http_date(value).ok()?;
        // By the target's own clock, where it tells the time: ours may differ.
        let date = self::value(headers, "date");
        let now = date
            .and_then(|date| httpdate::parse_http_date(date).ok())
            .unwrap_or(now);
        until.duration_since(now).unwrap_or_default()
    };
    Some(wait.max(shortest(attempts)))
}

/// Whether a request may be sent again when nobody knows whether it was done. DELETE is idempotent too (RFC 9110
/// §9.2.2), but the second is answered 404 where the first was done, and PUT with a condition 412: such an answer would
/// be judged.
pub(super) fn is_repeatable(spec: &RequestSpec) -> bool {
    let conditional = |(name, _): &(String, String)| name.to_ascii_lowercase().starts_with("if-");
    match spec.method.as_str() {
        "GET" | "HEAD" | "OPTIONS" => true,
        "PUT" => !spec.headers.iter().any(conditional),
        _ => false,
    }
}

fn shortest(attempts: usize) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
    let factor = 2_u32.checked_pow(doublings).unwrap_or(u32::MAX);
    SHORTEST.saturating_mul(factor).min(SHORTEST_AT_LAST)
}

fn value<'a>(headers: &'a [Header], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case(name))
        .map(|header| header.value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(status: u16, retry_after: Option<&str>, date: Option<&str>) -> Option<u64> {
        let mut headers = Vec::new();
        for (name, value) in [("retry-after", retry_after), ("date", date)] {
            if let Some(value) = value {
                headers.push(Header {
                    name: name.into(),
                    value: value.into(),
                });
            }
        }
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        wait_asked(status, &headers, now, 1).map(|wait| u64::try_from(wait.as_millis()).unwrap())
    }

    #[test]
    fn who_says_at_once_for_ever_is_asked_ever_more_slowly() {
        let waits = [1, 2, 3, 4, 5, 6, 7, 1000].map(|attempts| shortest(attempts).as_millis());
        assert_eq!(waits, [100, 200, 400, 800, 1600, 2000, 2000, 2000]);
    }

    #[test]
    fn waits_only_when_asked() {
        let table = [
            (429, Some("2"), None, Some(2_000)),
            (503, Some(" 3 "), None, Some(3_000)),
            (429, Some("0"), None, Some(100)),
            (429, None, None, None),
            (429, Some("soon"), None, None),
            (429, Some("-1"), None, None),
            (500, Some("2"), None, None),
            (200, Some("2"), None, None),
            (
                429,
                Some("Sun, 06 Nov 1994 08:49:47 GMT"),
                None,
                Some(10_000),
            ),
            (429, Some("Sun, 06 Nov 1994 08:00:00 GMT"), None, Some(100)),
            // The target's clock is an hour ahead.
            (
                503,
                Some("Sun, 06 Nov 1994 09:49:47 GMT"),
                Some("Sun, 06 Nov 1994 09:49:42 GMT"),
                Some(5_000),
            ),
        ];
        for (status, retry_after, date, wait) in table {
            assert_eq!(
                asked(status, retry_after, date),
                wait,
                "{status} {retry_after:?} {date:?}"
            );
        }
    }
}
