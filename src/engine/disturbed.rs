//! Whether others changed the target while a check ran: then what is broken says nothing.

use super::step::Running;
use super::verdict::Stop;
use crate::record::{Outcome, StepResult};

impl Running<'_> {
    /// How a check whose steps came to this end really ends: when something is broken, `undisturbed` is asked.
    pub(super) async fn unless_disturbed(&mut self, ended: Result<(), Stop>) -> Result<(), Stop> {
        let check = &self.planned.check;
        let judged = matches!(ended, Ok(()) | Err(Stop::Failed));
        if check.undisturbed.is_empty() || !judged || !self.steps.iter().any(is_broken) {
            return ended;
        }
        let before = self.steps.len();
        let stop = match self.run_steps(&check.undisturbed).await {
            Ok(()) => return ended,
            Err(Stop::Failed) => {
                let asked = self.steps.iter().skip(before);
                let mut broken = asked.flat_map(|step| &step.expectations);
                let message = broken
                    .find(|result| result.outcome == Outcome::Fail)
                    .and_then(|result| result.message.clone())
                    .unwrap_or_default();
                Stop::Unjudged(format!(
                    "others changed the target while the check ran: {message}"
                ))
            }
            Err(stop) => stop,
        };
        for result in self
            .steps
            .iter_mut()
            .flat_map(|step| &mut step.expectations)
        {
            if matches!(result.outcome, Outcome::Fail | Outcome::Warn) {
                result.outcome = Outcome::Unjudged;
            }
        }
        Err(stop)
    }
}

/// Whether something is broken that others may have to do with. How long an answer takes is not looked at.
fn is_broken(step: &StepResult) -> bool {
    let broken = |outcome| matches!(outcome, Outcome::Fail | Outcome::Warn);
    let mut results = step.expectations.iter();
    results.any(|result| broken(result.outcome) && result.at != "time")
}
