//! A recording as a suite: one sequence that sends again what the client sent, in order.
//!
//! What a server gives out (ids, versions) is captured and used where the client used it. What has to be unique, and what
//! finds it again, is generated, so that a replay neither meets what is there nor leaves anything. What was there before
//! is never touched: a replay makes one like it. Pure.

mod check;
mod expect;
mod looks;
mod mention;
mod order;
mod place;
mod request;
mod resource;
mod secret;
mod seen;
mod shared;
mod standin;
mod story;
#[cfg(test)]
mod tests;
mod text;
mod title;
mod unique;
mod volatile;

use std::sync::Arc;

use super::exchange::Exchange;
use crate::suite::print::to_commented_yaml;

pub(super) use text::unquoted;

/// What is made into a suite.
#[derive(Debug, Clone, Copy)]
pub struct Recording<'a> {
    /// The target's base URL, without a slash at its end.
    pub base_url: &'a str,
    /// What passed, in any order.
    pub exchanges: &'a [Arc<Exchange>],
    /// When it began (RFC 3339), for people.
    pub started: &'a str,
}

/// A suite that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text of its file.
    pub yaml: String,
    /// Parameters that a run has to be given, with what each is.
    pub parameters: Vec<(String, String)>,
    /// How many exchanges it sends again.
    pub replayed: usize,
    /// How many it leaves out.
    pub skipped: usize,
}

/// Makes a suite; `None` when there is nothing that could be sent again.
pub fn suite(recording: &Recording<'_>) -> Option<Written> {
    let seen = seen::all(&order::in_order(recording.exchanges), recording.base_url);
    if seen.is_empty() {
        return None;
    }
    let made = check::checks(&seen, recording);
    Some(Written {
        yaml: to_commented_yaml(&made.tree, &made.comments),
        parameters: made.parameters,
        replayed: made.replayed,
        skipped: made.skipped,
    })
}
