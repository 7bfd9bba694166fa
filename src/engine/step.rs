//! Runs one step: fill in, send, judge, capture; again and again if it polls.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::context::Context;
use super::hindrance::Hindrance;
use super::judge::{Answer, Facts, Judgement, Subject, holds, judge};
use super::plan::PlannedCheck;
use super::request::{Prepared, prepare};
use super::scope::CheckScope;
use super::verdict::Stop;
use super::watch::Watches;
use super::wire::{Reply, Wire};
use super::{given, paginate};
use crate::record::{Outcome, StepResult};
use crate::suite::template::Undefined;
use crate::suite::{Action, Poll, Step};

/// How many exchanges of a poll the record keeps: the first and the last ones.
const KEPT_ROUNDS: usize = 6;

/// A check while it runs.
#[derive(Debug)]
pub(super) struct Running<'a> {
    pub(super) context: &'a Context,
    pub(super) planned: &'a PlannedCheck,
    pub(super) wire: &'a Wire,
    pub(super) watches: &'a Watches,
    pub(super) scope: CheckScope,
    /// The results so far. They outlive a check that runs out of its budget.
    pub(super) steps: Vec<StepResult>,
    /// Whether something was written.
    pub(super) wrote: bool,
    /// When the check started.
    pub(super) started: Instant,
    /// When the budget ends.
    pub(super) deadline: Instant,
}

/// What one round of a step gave.
pub(super) struct Round {
    pub(super) exchanges: Vec<crate::record::Exchange>,
    pub(super) judgement: Judgement,
    /// What captures look into.
    pub(super) answer: Option<Answer>,
    pub(super) document: Option<Value>,
    /// What keeps it from being judged.
    pub(super) hindrance: Option<Hindrance>,
}

impl Running<'_> {
    /// The check's facts, for judging.
    pub(super) fn facts<'b>(&'b self, sent: Option<&'b Value>) -> Facts<'b> {
        Facts {
            scope: &self.scope,
            knowledge: &self.context.knowledge,
            dialect: self.planned.suite.scim,
            sent,
            level: self.planned.check.level,
            time_gates: self.context.settings.time_gates,
        }
    }

    /// How much of the budget is left.
    pub(super) fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// Runs steps until one stops the check.
    pub(super) async fn run_steps(&mut self, steps: &[Step]) -> Result<(), Stop> {
        for step in steps {
            self.run_step(step).await?;
        }
        Ok(())
    }

    /// Runs one step and adds its result.
    pub(super) async fn run_step(&mut self, step: &Step) -> Result<(), Stop> {
        let title = self.title(step);
        if let Action::Pause(time) = step.action {
            self.pause(title, step, time).await;
            return Ok(());
        }
        if let Some(when) = &step.when
            && !holds(when, self.facts(None), None)
        {
            self.steps.push(empty(
                title,
                step,
                Some("its condition does not hold".to_owned()),
            ));
            return Ok(());
        }
        let place = self.steps.len();
        self.steps.push(empty(title, step, None));
        if let Action::Wait(time) = step.action {
            tokio::time::sleep(time).await;
            return Ok(());
        }
        if self.wrote && !step.is_read_only() {
            // What is written next may rest on what was written before.
            tokio::time::sleep(self.context.settings.settle).await;
        }
        let started = Instant::now();
        let poll = step.poll.or_else(|| self.settling(step));
        let mut rounds = 0;
        let round = loop {
            let round = self
                .round(step)
                .await
                .map_err(|undefined| Stop::Unjudged(undefined.to_string()))?;
            rounds += 1;
            self.collect_caused();
            if let Some(result) = self.steps.get_mut(place) {
                keep(&mut result.exchanges, round.exchanges.clone(), rounds);
            }
            let over = poll.is_none_or(|poll| {
                started.elapsed() + poll.every >= poll.within.min(started.elapsed() + self.left())
            });
            // Waiting gives no credentials back.
            let refused = round.hindrance == Some(Hindrance::Refused);
            if round.judgement.is_whole() || over || refused {
                break round;
            }
            tokio::time::sleep(poll.map_or(Duration::ZERO, |poll| poll.every)).await;
        };
        let Round {
            judgement,
            answer,
            document,
            hindrance,
            ..
        } = round;
        let status = answer.as_ref().map(|answer| answer.status);
        let uncreatable = status.and_then(|status| given::uncreatable(self, step, status));
        let hindrance = hindrance.or(uncreatable);
        let Judgement {
            mut results,
            traits,
        } = judgement;
        results.extend(self.refusals(place));
        let mut captures = BTreeMap::new();
        // Checks of a sequence go on after a failure: what one has to give is taken whatever else is wrong with it, and
        // what is missing is missed by those that need it.
        let sequence = self.planned.suite.sequence;
        if sequence || results.iter().all(|result| result.outcome != Outcome::Fail) {
            for capture in &step.capture {
                match self.capture(capture, answer.as_ref(), document.as_ref()) {
                    Ok(value) => {
                        captures.insert(capture.name.clone(), value);
                    }
                    Err(_) if sequence => {}
                    Err(broken) => results.push(*broken),
                }
            }
        }
        for (name, value) in &captures {
            self.scope.set(name, value.clone());
        }
        for seen in &traits {
            self.scope.saw(&seen.name, &seen.value);
        }
        let failed = results.iter().any(|result| result.outcome == Outcome::Fail);
        let unanswered = answer.is_none() && document.is_none();
        if let Some(result) = self.steps.get_mut(place) {
            let last = result.exchanges.len().checked_sub(1);
            let single = matches!(step.action, Action::Request(_));
            for expectation in &mut results {
                if single && expectation.exchange.is_none() {
                    expectation.exchange = last;
                }
            }
            result.expectations = results;
            result.captures = captures;
            result.traits = traits;
            if rounds > 1 && !failed {
                result.converged_us =
                    Some(u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX));
            }
        }
        if let Some(hindrance) = hindrance
            && let Some(mut result) = self.steps.get(place).cloned()
            && let Some(stop) = self.hindered(hindrance, &mut result).await
        {
            if let Some(place) = self.steps.get_mut(place) {
                *place = result;
            }
            return Err(stop);
        }
        if let Some(result) = self.steps.get(place)
            && unanswered
        {
            let error = result
                .exchanges
                .last()
                .and_then(|exchange| exchange.error.as_ref());
            let what = error.map_or_else(|| "no answer".to_owned(), |error| error.message.clone());
            return Err(Stop::Unjudged(format!("{}: {what}", result.title)));
        }
        if failed { Err(Stop::Failed) } else { Ok(()) }
    }

    /// Lets time pass.
    async fn pause(&mut self, title: String, step: &Step, time: Duration) {
        let scaled = time.mul_f64(self.context.settings.pause_scale);
        let skipped = scaled
            .is_zero()
            .then(|| "pauses are turned off (--pause-scale 0)".to_owned());
        self.steps.push(empty(title, step, skipped));
        if !scaled.is_zero() {
            tokio::time::sleep(scaled).await;
        }
    }

    /// A target that needs time after a write gets it: later reads are polled.
    fn settling(&self, step: &Step) -> Option<Poll> {
        let within = self.context.settings.settle;
        (self.wrote && !within.is_zero() && step.is_read_only()).then(|| Poll {
            within,
            every: (within / 20).max(Duration::from_millis(50)),
        })
    }

    fn title(&self, step: &Step) -> String {
        step.name.clone().unwrap_or_else(|| match &step.action {
            Action::Request(request) => {
                let path = request
                    .path
                    .render_text(&self.scope, std::borrow::ToOwned::to_owned);
                format!("{} {}", request.method, path.unwrap_or_default())
            }
            Action::Parallel(members) => {
                format!(
                    "{} requests at the same moment",
                    members.iter().map(|member| member.requests).sum::<usize>()
                )
            }
            Action::Paginate(walk) => {
                let path = walk
                    .request
                    .path
                    .render_text(&self.scope, std::borrow::ToOwned::to_owned);
                format!("walk through {}", path.unwrap_or_default())
            }
            Action::Pause(time) => format!("pause of {time:?}"),
            Action::Wait(time) => format!("wait for {time:?}"),
        })
    }

    async fn round(&mut self, step: &Step) -> Result<Round, Undefined> {
        match &step.action {
            Action::Request(request) => {
                let prepared = prepare(request, &self.planned.suite, &self.scope, self.context)?;
                let reply = self.send(&prepared).await;
                Ok(self.judge_reply(step, &prepared, reply))
            }
            Action::Parallel(members) => self.race(step, members).await,
            // It is done by then.
            Action::Pause(_) | Action::Wait(_) => Ok(Round {
                exchanges: Vec::new(),
                judgement: Judgement::default(),
                answer: None,
                document: None,
                hindrance: None,
            }),
            Action::Paginate(walk) => {
                let walked = Box::pin(paginate::walk(self, walk)).await?;
                let mut judgement = Judgement {
                    results: walked.results,
                    ..Judgement::default()
                };
                let subject = walked.resources.as_ref().map(Subject::Document);
                if judgement.holds() {
                    let judged = judge(&step.expect, self.facts(None), subject);
                    judgement.results.extend(judged.results);
                    judgement.traits.extend(judged.traits);
                }
                Ok(Round {
                    exchanges: walked.exchanges,
                    judgement,
                    answer: None,
                    document: walked.resources,
                    hindrance: walked.hindrance,
                })
            }
        }
    }

    pub(super) fn judge_reply(&self, step: &Step, prepared: &Prepared, reply: Reply) -> Round {
        let subject = reply.answer.as_ref().map(Subject::Response);
        let judgement = judge(&step.expect, self.facts(prepared.json.as_ref()), subject);
        let answer = reply.answer.as_ref();
        let hindrance = match &prepared.service {
            Some(service) => Hindrance::of_service(service, answer),
            None => Hindrance::of(&prepared.outgoing, answer),
        };
        Round {
            exchanges: reply.exchanges,
            judgement,
            answer: reply.answer,
            document: None,
            hindrance,
        }
    }

    /// Sends a request. Before one that makes a resource goes out, the ledger knows.
    pub(super) async fn send(&mut self, prepared: &Prepared) -> Reply {
        self.wrote |= !prepared.reads;
        self.deliver(prepared).await
    }

    /// Makes the fixtures that the check needs.
    pub(super) async fn make_given(&mut self) -> Result<(), Stop> {
        let planned = self.planned;
        for wanted in &planned.check.given {
            given::make(self, wanted).await?;
        }
        Ok(())
    }
}

fn empty(title: String, step: &Step, skipped: Option<String>) -> StepResult {
    StepResult {
        title,
        location: Some(step.location.clone()),
        skipped,
        operation: step.operation,
        ..StepResult::default()
    }
}

/// Adds a round's exchanges; of many rounds the first and the last ones are kept.
fn keep(kept: &mut Vec<crate::record::Exchange>, new: Vec<crate::record::Exchange>, round: u32) {
    kept.extend(new.into_iter().map(|exchange| crate::record::Exchange {
        attempt: round.max(exchange.attempt),
        ..exchange
    }));
    if round > 1 && kept.len() > KEPT_ROUNDS {
        kept.drain(1..=(kept.len() - KEPT_ROUNDS));
    }
    // There are thousands of them, and most hold one.
    kept.shrink_to_fit();
}
