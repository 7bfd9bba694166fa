//! How much evidence the page holds: all of a usual run, and of a very large one what a browser still opens quickly.
//! The record has the rest.

use super::check::Depth;
use crate::record::{Body, CheckResult, Header, StepResult, Verdict};

/// How much of a body is shown for a check that did not pass, in bytes.
const BROKEN_BODY: usize = 16 * 1024;
/// How much of a body is shown for one that passed, in bytes.
const PASSED_BODY: usize = 4 * 1024;

/// What is left, in bytes of page.
pub(super) struct Budgets {
    broken: usize,
    brief: usize,
    passed: usize,
}

impl Budgets {
    pub(super) const fn new() -> Self {
        Self {
            broken: 5_000_000,
            brief: 2_000_000,
            passed: 2_500_000,
        }
    }

    /// How much of a check is shown; asked in the order of the page, so that the first checks are whole.
    pub(super) fn depth(&mut self, check: &CheckResult) -> Depth {
        match check.verdict {
            Verdict::Fail | Verdict::Inconclusive | Verdict::Warn | Verdict::Waived => {
                if take(&mut self.broken, || cost(check, BROKEN_BODY)) {
                    Depth::Whole(BROKEN_BODY)
                } else if take(&mut self.brief, || brief_cost(check, &check.steps.read())) {
                    Depth::Brief
                } else {
                    Depth::Line
                }
            }
            Verdict::Pass | Verdict::Skip => {
                if take(&mut self.passed, || cost(check, PASSED_BODY)) {
                    Depth::Whole(PASSED_BODY)
                } else {
                    Depth::Line
                }
            }
        }
    }
}

fn take(left: &mut usize, cost: impl FnOnce() -> usize) -> bool {
    // Once something does not fit, nothing later is whole: a reader could follow no other order.
    if *left == 0 {
        return false;
    }
    let rest = left.checked_sub(cost());
    *left = rest.unwrap_or_default();
    rest.is_some()
}

/// About how many bytes of page a check takes as a whole.
fn cost(check: &CheckResult, limit: usize) -> usize {
    let steps = check.steps.read();
    let exchanges = steps
        .iter()
        .flat_map(StepResult::all_exchanges)
        .map(|exchange| {
            let request = &exchange.request;
            let response = exchange.response.as_ref();
            900 + 2 * request.url.len()
                + 2 * headers(&request.headers)
                + response.map_or(0, |response| headers(&response.headers))
                + body(request.body.as_ref(), limit)
                + body(response.and_then(|response| response.body.as_ref()), limit)
        });
    brief_cost(check, &steps) + exchanges.sum::<usize>()
}

fn brief_cost(check: &CheckResult, steps: &[StepResult]) -> usize {
    let expectations = steps.iter().flat_map(|step| &step.expectations);
    let texts = check.why.len()
        + check.fix.len()
        + check.title.len()
        + check.reason.as_ref().map_or(0, String::len);
    let log = check.system_log.iter().map(|event| {
        let texts = [
            &event.reason,
            &event.message,
            &event.hidden,
            &event.next,
            &event.target,
        ];
        500 + texts.into_iter().flatten().map(String::len).sum::<usize>()
    });
    1500 + texts
        + log.sum::<usize>()
        + expectations
            .map(|one| 200 + one.expected.len() + one.received.len())
            .sum::<usize>()
}

fn headers(headers: &[Header]) -> usize {
    headers
        .iter()
        .map(|header| 12 + header.name.len() + header.value.len())
        .sum()
}

/// Indentation, colours and the `curl` line make more of a body.
fn body(body: Option<&Body>, limit: usize) -> usize {
    body.map_or(0, |body| 4 * body.text.len().min(limit))
}
