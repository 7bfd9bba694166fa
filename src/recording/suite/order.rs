//! In which order exchanges are sent again, one after another, although some passed at the same time.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::super::exchange::Exchange;
use super::seen::Seen;

/// The exchanges in the order in which they ended: what one rests on had ended before it began, and of those that passed
/// at the same time, the one that was answered first was most likely done first.
pub(super) fn in_order(exchanges: &[Arc<Exchange>]) -> Vec<&Exchange> {
    let made = |exchange: &Exchange| {
        exchange.method == "POST" && (200..300).contains(&exchange.answer.status)
    };
    let all = exchanges.iter().map(Arc::as_ref).enumerate();
    let creations = Spans::of(
        all.filter(|(_, exchange)| made(exchange))
            .map(|(index, exchange)| (exchange.target.as_str(), index, exchange)),
    );
    let mut keyed: Vec<((DateTime<Utc>, u64), &Exchange)> = exchanges
        .iter()
        .map(|exchange| {
            (
                (done(exchange, &creations), exchange.number),
                exchange.as_ref(),
            )
        })
        .collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, exchange)| exchange).collect()
}

/// When an exchange was over. One that lost a race against a creation comes after it, whichever was answered first.
fn done(exchange: &Exchange, creations: &Spans<'_>) -> DateTime<Utc> {
    let own = end(exchange);
    if exchange.method != "POST" || exchange.answer.status != 409 {
        return own;
    }
    let beside = creations.beside(&exchange.target, exchange, None);
    beside.map_or(own, |beside| beside.max(own))
}

fn end(exchange: &Exchange) -> DateTime<Utc> {
    exchange.started + TimeDelta::from_std(exchange.duration).unwrap_or_default()
}

/// Which exchanges passed while a resource that they are about was changed by another one: nobody knows which was first.
#[derive(Debug)]
pub(super) struct Races(Vec<bool>);

impl Races {
    /// Finds them.
    pub(super) fn of(seen: &[Seen<'_>]) -> Self {
        let changes = seen.iter().enumerate();
        let changes = Spans::of(
            changes
                .filter(|(_, seen)| !matches!(seen.method(), "GET" | "HEAD"))
                .map(|(index, seen)| (seen.path, index, seen.exchange)),
        );
        let is_raced = |(index, seen): (usize, &Seen<'_>)| {
            seen.resource().is_some()
                && changes
                    .beside(seen.path, seen.exchange, Some(index))
                    .is_some()
        };
        Self(seen.iter().enumerate().map(is_raced).collect())
    }

    /// Whether this exchange is one of them.
    pub(super) fn hold(&self, index: usize) -> bool {
        self.0.get(index).is_some_and(|raced| *raced)
    }
}

/// From when to when exchanges took, by what they are about.
struct Spans<'a>(BTreeMap<&'a str, Vec<Span>>);

/// An exchange, and which of those that began before it or with it ended last.
#[derive(Debug, Clone, Copy)]
struct Span {
    started: DateTime<Utc>,
    /// The last end, and whose it is.
    last: (DateTime<Utc>, usize),
    /// The last end of all others.
    second: Option<DateTime<Utc>>,
}

impl<'a> Spans<'a> {
    /// Of exchanges, each with what it is about and its number.
    fn of(exchanges: impl Iterator<Item = (&'a str, usize, &'a Exchange)>) -> Self {
        let mut all: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        for (about, index, exchange) in exchanges {
            all.entry(about).or_default().push(Span {
                started: exchange.started,
                last: (end(exchange), index),
                second: None,
            });
        }
        for spans in all.values_mut() {
            spans.sort_by_key(|span| span.started);
            let mut before: Option<Span> = None;
            for span in spans {
                if let Some(before) = before {
                    let (own, other) = (span.last, span.last.0.min(before.last.0));
                    span.last = if own.0 > before.last.0 {
                        own
                    } else {
                        before.last
                    };
                    span.second = Some(before.second.map_or(other, |second| second.max(other)));
                }
                before = Some(*span);
            }
        }
        Self(all)
    }

    /// When the last of those ended that are about the same and overlap with an exchange; `own` is its own number.
    fn beside(
        &self,
        about: &str,
        exchange: &Exchange,
        own: Option<usize>,
    ) -> Option<DateTime<Utc>> {
        let spans = self.0.get(about)?;
        let until = end(exchange);
        let began = spans.partition_point(|span| span.started < until);
        let span = spans.get(began.checked_sub(1)?)?;
        let (last, whose) = span.last;
        let last = if own == Some(whose) {
            span.second?
        } else {
            last
        };
        (last > exchange.started).then_some(last)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::super::super::exchange::{Answer, Message};
    use super::*;

    fn exchange(number: usize, (path, method, start, length): (u8, u8, u8, u8)) -> Exchange {
        Exchange {
            number: number as u64,
            started: DateTime::UNIX_EPOCH + TimeDelta::milliseconds(start.into()),
            duration: Duration::from_millis(length.into()),
            wait: None,
            method: ["GET", "PATCH", "POST"][usize::from(method)].to_owned(),
            target: format!("/Users/{path}"),
            request: Message::default(),
            credentials: None,
            answer: Answer {
                status: 200,
                message: Message::default(),
                made_up: None,
            },
        }
    }

    proptest! {
        #[test]
        fn races_are_those_that_overlap_with_a_change(
            all in prop::collection::vec((0_u8..3, 0_u8..3, 0_u8..40, 0_u8..12), 0..24)
        ) {
            let all: Vec<Exchange> = all
                .into_iter()
                .enumerate()
                .map(|(number, what)| exchange(number, what))
                .collect();
            let seen = super::super::seen::all(&all.iter().collect::<Vec<_>>(), "http://x");
            let races = Races::of(&seen);
            for (index, own) in all.iter().enumerate() {
                let raced = all.iter().enumerate().any(|(other_index, other)| {
                    other_index != index
                        && other.target == own.target
                        && other.method != "GET"
                        && own.started < end(other)
                        && other.started < end(own)
                });
                prop_assert_eq!(races.hold(index), raced, "{}", index);
            }
        }
    }
}
