//! What did not hold, and the exchange that decided.

use super::{Exchange, ExpectationResult, Outcome, StepResult};

/// A broken or unjudged expectation with its surroundings.
#[derive(Debug, Clone, Copy)]
pub struct Broken<'a> {
    /// The step that demanded it.
    pub step: &'a StepResult,
    /// What was demanded.
    pub expectation: &'a ExpectationResult,
    /// The exchange that it judged.
    pub exchange: Option<&'a Exchange>,
}

/// What did not hold in the steps of a check, most severe first; what could not be judged only where nothing is broken.
pub fn broken(steps: &[StepResult]) -> Vec<Broken<'_>> {
    for wanted in [Outcome::Fail, Outcome::Warn, Outcome::Unjudged] {
        let found: Vec<Broken<'_>> = steps
            .iter()
            .flat_map(|step| {
                step.expectations
                    .iter()
                    .map(move |expectation| (step, expectation))
            })
            .filter(|(_, expectation)| {
                expectation.outcome == wanted
                    || (wanted == Outcome::Fail && expectation.outcome == Outcome::Warn)
            })
            .map(|(step, expectation)| Broken {
                step,
                expectation,
                exchange: judged(step, expectation),
            })
            .collect();
        if found
            .iter()
            .any(|broken| broken.expectation.outcome == wanted)
        {
            let (mut first, rest): (Vec<_>, Vec<_>) = found
                .into_iter()
                .partition(|broken| broken.expectation.outcome == wanted);
            first.extend(rest);
            return first;
        }
    }
    Vec::new()
}

fn judged<'a>(step: &'a StepResult, expectation: &ExpectationResult) -> Option<&'a Exchange> {
    match expectation.exchange {
        Some(index) => step.exchanges.get(index),
        None => step.exchanges.last(),
    }
}

/// The exchange that decided a check: the one that the first broken expectation judged, or the last that got no response.
pub fn decisive(steps: &[StepResult]) -> Option<&Exchange> {
    let without_response = || {
        let mut exchanges = steps.iter().flat_map(|step| &step.exchanges).rev();
        exchanges.find(|exchange| exchange.response.is_none())
    };
    let last = || steps.iter().rev().find_map(|step| step.exchanges.last());
    broken(steps)
        .first()
        .and_then(|broken| broken.exchange)
        .or_else(without_response)
        .or_else(last)
}
