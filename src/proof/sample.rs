//! What a variation is tried on where all would take too long: of each matrix a few rows, of each variation others.

use std::collections::HashMap;
use std::sync::Arc;

use crate::engine::Plan;
use crate::suite::Check;

/// How many rows of a matrix a variation meets.
const ROWS: usize = 2;
/// The tag of checks that send hundreds of requests.
const LARGE: &str = "large";
/// Each how manieth variation meets those.
const TURN: usize = 8;

/// Which rows a variation meets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    /// The variation.
    pub(super) variation: &'static str,
    /// Its place in the registry: the next one meets the next rows, and one alone those that it meets among all.
    pub(super) number: usize,
    /// Whether no other variation is tried: then large checks are.
    pub(super) alone: bool,
}

impl Sample {
    /// Leaves [`ROWS`] rows of each matrix in a plan, and large checks at each [`TURN`]th variation. Checks that build on
    /// each other stay together, and so do the rows of one that says it asks for more than this variation.
    pub(super) fn of(self, plan: &mut Plan) {
        // The rows of a check share it.
        let mut rows: HashMap<*const Check, usize> = HashMap::new();
        for planned in &plan.checks {
            *rows.entry(Arc::as_ptr(&planned.check)).or_default() += 1;
        }
        let mut seen: HashMap<*const Check, usize> = HashMap::new();
        plan.checks.retain(|planned| {
            let check = Arc::as_ptr(&planned.check);
            let all = rows.get(&check).copied().unwrap_or(1);
            let seen = seen.entry(check).or_default();
            let row = *seen;
            *seen += 1;
            let beyond = planned.check.beyond.iter().any(|one| one == self.variation);
            let large = planned.check.tags.iter().any(|tag| tag == LARGE);
            let first = self.number * ROWS;
            let its_turn = (first..first + ROWS).any(|chosen| chosen % all == row)
                && (!large || self.alone || self.number.is_multiple_of(TURN));
            planned.suite.sequence || beyond || its_turn
        });
    }
}
