//! In which order exchanges are sent again, one after another, although some passed at the same time.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::exchange::Exchange;
use super::seen::Seen;

/// The exchanges in the order in which they ended: what one rests on had ended before it began, and of those that passed
/// at the same time, the one that was answered first was most likely done first.
pub(super) fn in_order(exchanges: &[Exchange]) -> Vec<&Exchange> {
    let mut keyed: Vec<((DateTime<Utc>, u64), &Exchange)> = exchanges
        .iter()
        .map(|exchange| ((done(exchange, exchanges), exchange.number), exchange))
        .collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, exchange)| exchange).collect()
}

/// When an exchange was over. One that lost a race against a creation comes after it, whichever was answered first.
fn done(exchange: &Exchange, all: &[Exchange]) -> DateTime<Utc> {
    let own = end(exchange);
    if exchange.method != "POST" || exchange.answer.status != 409 {
        return own;
    }
    all.iter()
        .filter(|other| {
            other.method == "POST"
                && other.target == exchange.target
                && (200..300).contains(&other.answer.status)
                && overlap(other, exchange)
        })
        .map(end)
        .chain([own])
        .max()
        .unwrap_or(own)
}

fn end(exchange: &Exchange) -> DateTime<Utc> {
    exchange.started + TimeDelta::from_std(exchange.duration).unwrap_or_default()
}

fn overlap(one: &Exchange, other: &Exchange) -> bool {
    one.started < end(other) && other.started < end(one)
}

/// Whether a resource that an exchange is about was changed by another one meanwhile: then nobody knows which was first.
pub(super) fn is_raced(seen: &[Seen<'_>], index: usize) -> bool {
    let Some(own) = seen.get(index) else {
        return false;
    };
    own.resource().is_some()
        && seen.iter().enumerate().any(|(other_index, other)| {
            other_index != index
                && other.path == own.path
                && !matches!(other.method(), "GET" | "HEAD")
                && overlap(own.exchange, other.exchange)
        })
}
