//! What follows a bar in `${…}`.

use base64::Engine as _;
use chrono::TimeDelta;
use serde_json::Value;

use super::{number_of, plain_text, text_of};
use crate::scim::datetime;

/// How long a list of numbers may become: a number may come from a server.
const LONGEST_RANGE: u64 = 10_000;
/// How long a filler may become, in characters.
const LONGEST_FILLER: u64 = 16 * 1024 * 1024;

/// A filter after a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Filter {
    /// Capitals.
    Upper,
    /// Small letters.
    Lower,
    /// Capitals become small letters and the other way round.
    SwapCase,
    /// The first letter becomes a capital.
    Capitalize,
    /// The number of characters, elements or members.
    Length,
    /// The value as JSON text.
    Json,
    /// The value written into text.
    Text,
    /// The number that a text is; anything else stays what it is.
    Number,
    /// The text in Base64 (RFC 4648 §4).
    Base64,
    /// The whole numbers from 1 to this one.
    Range,
    /// A text of so many letters.
    Filler,
    /// A dateTime, an hour earlier.
    Earlier,
    /// A dateTime, an hour later.
    Later,
    /// A dateTime as it is written 13 hours east of Greenwich.
    East,
    /// The URL or path without its last segment.
    Parent,
    /// As it is, and not percent-encoded in a path.
    Raw,
}

impl Filter {
    /// All filters, with their words.
    pub const WORDS: [(&'static str, Self); 16] = [
        ("upper", Self::Upper),
        ("lower", Self::Lower),
        ("swapcase", Self::SwapCase),
        ("capitalize", Self::Capitalize),
        ("length", Self::Length),
        ("json", Self::Json),
        ("text", Self::Text),
        ("number", Self::Number),
        ("base64", Self::Base64),
        ("range", Self::Range),
        ("filler", Self::Filler),
        ("earlier", Self::Earlier),
        ("later", Self::Later),
        ("east", Self::East),
        ("parent", Self::Parent),
        ("raw", Self::Raw),
    ];

    /// What becomes of a value; `None` where it can't be: no list of minus one, none of a billion.
    pub(super) fn apply(self, value: &Value) -> Option<Value> {
        let within = |longest: u64| value.as_u64().filter(|number| *number <= longest);
        Some(match self {
            Self::Upper => text_of(value).to_uppercase().into(),
            Self::Lower => text_of(value).to_lowercase().into(),
            Self::SwapCase => text_of(value)
                .chars()
                .flat_map(|c| -> Box<dyn Iterator<Item = char>> {
                    if c.is_uppercase() {
                        Box::new(c.to_lowercase())
                    } else {
                        Box::new(c.to_uppercase())
                    }
                })
                .collect::<String>()
                .into(),
            Self::Capitalize => {
                let text = text_of(value);
                let mut chars = text.chars();
                chars
                    .next()
                    .map_or_else(String::new, |first| {
                        first.to_uppercase().chain(chars).collect()
                    })
                    .into()
            }
            Self::Length => match value {
                Value::Array(items) => items.len(),
                Value::Object(members) => members.len(),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                    text_of(value).chars().count()
                }
            }
            .into(),
            Self::Json => value.to_string().into(),
            Self::Text => plain_text(value).into(),
            Self::Number => match value {
                Value::String(text) => number_of(text).map_or_else(|| value.clone(), Value::Number),
                Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::Array(_)
                | Value::Object(_) => value.clone(),
            },
            Self::Base64 => base64::engine::general_purpose::STANDARD
                .encode(text_of(value))
                .into(),
            Self::Range => (1..=within(LONGEST_RANGE)?).collect(),
            Self::Filler => "x"
                .repeat(usize::try_from(within(LONGEST_FILLER)?).ok()?)
                .into(),
            Self::Earlier => moved(value, -60, 0),
            Self::Later => moved(value, 60, 0),
            Self::East => moved(value, 0, 13 * 60),
            Self::Parent => {
                let text = text_of(value);
                let whole = text.trim_end_matches('/');
                whole
                    .rsplit_once('/')
                    .map_or("", |(parent, _)| parent)
                    .into()
            }
            Self::Raw => value.clone(),
        })
    }
}

/// A dateTime, moved by minutes and written with an offset in minutes; anything else stays what it is.
fn moved(value: &Value, by: i64, offset: i64) -> Value {
    let written = || {
        let time = datetime::parse(value.as_str()?)?;
        let there = time.checked_add_signed(TimeDelta::minutes(by + offset))?;
        let zone = match offset {
            0 => "Z".to_owned(),
            _ => format!("+{:02}:{:02}", offset / 60, offset % 60),
        };
        Some(format!("{}{zone}", there.format("%Y-%m-%dT%H:%M:%S%.3f")))
    };
    written().map_or_else(|| value.clone(), Value::from)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_becomes_a_range_or_a_filler_as_far_as_that_can_be() {
        assert_eq!(Filter::Range.apply(&json!(3)), Some(json!([1, 2, 3])));
        assert_eq!(Filter::Range.apply(&json!(0)), Some(json!([])));
        assert_eq!(Filter::Filler.apply(&json!(2)), Some(json!("xx")));
        for number in [
            json!(-1),
            json!(1e30),
            json!("3"),
            json!(100_000_000),
            json!(null),
        ] {
            assert_eq!(Filter::Range.apply(&number), None, "{number}");
            assert_eq!(Filter::Filler.apply(&number), None, "{number}");
        }
    }

    #[test]
    fn a_time_is_moved_and_written_elsewhere() {
        let time = Value::from("2026-03-01T12:30:00+02:00");
        for (filters, wanted) in [
            (vec![Filter::Earlier], "2026-03-01T09:30:00.000Z"),
            (vec![Filter::Later], "2026-03-01T11:30:00.000Z"),
            (vec![Filter::East], "2026-03-01T23:30:00.000+13:00"),
            (
                vec![Filter::Later, Filter::East],
                "2026-03-02T00:30:00.000+13:00",
            ),
        ] {
            let moved = filters
                .iter()
                .try_fold(time.clone(), |value, filter| filter.apply(&value));
            assert_eq!(moved, Some(Value::from(wanted)));
        }
        for other in [Value::from("soon"), Value::from(3), Value::Null] {
            assert_eq!(Filter::East.apply(&other), Some(other));
        }
    }

    #[test]
    fn the_parent_of_a_url_or_path_lacks_its_last_segment() {
        for (given, wanted) in [
            ("https://example.com/scim/v1", "https://example.com/scim"),
            ("https://example.com/scim/v1/", "https://example.com/scim"),
            ("/Users/2819", "/Users"),
            ("2819", ""),
        ] {
            assert_eq!(Filter::Parent.apply(&given.into()), Some(wanted.into()));
        }
    }
}
