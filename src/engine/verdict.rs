//! Steps → verdict.

use crate::record::{Level, Outcome, StepResult, Verdict};

/// Why a check ended before its last step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stop {
    /// An expectation that gates is broken.
    Failed,
    /// What it needs could not be made.
    Blocked(crate::record::Cause),
    /// It could not be judged.
    Unjudged(String),
    /// The target turned out not to offer what it is about.
    NotOffered(String),
}

/// The verdict of a check, with its reason.
pub(super) fn of(
    steps: &[StepResult],
    stop: Option<&Stop>,
    level: Level,
) -> (Verdict, Option<String>) {
    match stop {
        Some(Stop::Blocked(cause)) => {
            return (
                Verdict::Inconclusive,
                Some(format!("blocked by: {}", cause.title)),
            );
        }
        Some(Stop::NotOffered(reason)) => return (Verdict::Skip, Some(reason.clone())),
        Some(Stop::Unjudged(reason)) => return (Verdict::Inconclusive, Some(reason.clone())),
        Some(Stop::Failed) | None => {}
    }
    let first = |wanted: Outcome| {
        steps
            .iter()
            .flat_map(|step| &step.expectations)
            .find(|expectation| expectation.outcome == wanted)
    };
    if let Some(broken) = first(Outcome::Fail) {
        let verdict = if level == Level::Must {
            Verdict::Fail
        } else {
            Verdict::Warn
        };
        return (verdict, broken.message.clone());
    }
    if let Some(unjudged) = first(Outcome::Unjudged) {
        let why = unjudged
            .message
            .clone()
            .unwrap_or_else(|| format!("{} could not be judged", unjudged.at));
        return (Verdict::Inconclusive, Some(why));
    }
    match first(Outcome::Warn) {
        Some(broken) => (Verdict::Warn, broken.message.clone()),
        None => (Verdict::Pass, None),
    }
}
