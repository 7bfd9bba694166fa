//! `instant`: points in time, compared as such and not as texts.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, TimeDelta};
use serde_json::Value;

use super::grammar::duration;
use super::template::plain_text;
use crate::scim::datetime;

/// What a point in time must be.
pub(super) struct Instant {
    equals: Option<NaiveDateTime>,
    not_before: Option<NaiveDateTime>,
    not_after: Option<NaiveDateTime>,
    within: TimeDelta,
}

impl Instant {
    /// Reads the keyword's value. A point in time is an `xsd:dateTime`, or a date as HTTP headers have it.
    pub(super) fn read(value: &Value) -> Result<Self, String> {
        let time = |name: &str| -> Result<Option<NaiveDateTime>, String> {
            let Some(value) = value.get(name) else {
                return Ok(None);
            };
            let text = plain_text(value);
            let known = parse(&text).ok_or_else(|| format!("`{text}` is no point in time"))?;
            Ok(Some(known))
        };
        let within = match value.get("within").map(plain_text) {
            None => Duration::ZERO,
            Some(text) => duration(&text).ok_or_else(|| format!("`{text}` is no duration"))?,
        };
        Ok(Self {
            equals: time("equals")?,
            not_before: time("notBefore")?,
            not_after: time("notAfter")?,
            within: TimeDelta::from_std(within).map_err(|error| error.to_string())?,
        })
    }

    /// Whether a value is such a point in time.
    pub(super) fn holds(&self, value: &Value) -> bool {
        let Some(time) = value.as_str().and_then(parse) else {
            return false;
        };
        self.equals
            .is_none_or(|wanted| (time - wanted).abs() <= self.within)
            && self
                .not_before
                .is_none_or(|first| time - first >= -self.within)
            && self.not_after.is_none_or(|last| time - last <= self.within)
    }
}

fn parse(text: &str) -> Option<NaiveDateTime> {
    datetime::parse(text).or_else(|| Some(DateTime::parse_from_rfc2822(text).ok()?.naive_utc()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn points_in_time_are_compared_whatever_their_form() {
        for (wanted, time, holds) in [
            (
                json!({ "equals": "2026-01-01T00:00:00Z" }),
                "2026-01-01T02:00:00.000+02:00",
                true,
            ),
            (
                json!({ "equals": "2026-01-01T00:00:00Z" }),
                "2026-01-01T00:00:00.1Z",
                false,
            ),
            (
                json!({ "equals": "2026-01-01T00:00:00Z", "within": "1s" }),
                "2026-01-01T00:00:00.1Z",
                true,
            ),
            (
                json!({ "equals": "Thu, 01 Jan 2026 00:00:00 GMT" }),
                "2026-01-01T00:00:00Z",
                true,
            ),
            (
                json!({ "notBefore": "2026-01-01T00:00:00Z" }),
                "2025-12-31T23:59:59Z",
                false,
            ),
            (
                json!({ "notAfter": "2026-01-01T00:00:00Z", "within": "2m" }),
                "2026-01-01T00:01:00Z",
                true,
            ),
            (
                json!({ "notAfter": "2026-01-01T00:00:00Z" }),
                "yesterday",
                false,
            ),
        ] {
            let instant = Instant::read(&wanted).unwrap();
            assert_eq!(instant.holds(&json!(time)), holds, "{wanted} {time}");
        }
        assert!(Instant::read(&json!({ "equals": "tomorrow" })).is_err());
        assert!(Instant::read(&json!({ "equals": null })).is_err());
    }
}
