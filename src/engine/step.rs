//! Runs one step: fill in, send, judge, capture; again and again if it polls.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::context::Context;
use super::judge::{Answer, Facts, Judgement, Subject, holds, judge, locate};
use super::plan::PlannedCheck;
use super::request::{Prepared, prepare};
use super::scope::CheckScope;
use super::tracked;
use super::verdict::Stop;
use super::wire::{Reply, Wire};
use super::{given, paginate};
use crate::record::{ExpectationResult, Level, Outcome, StepResult};
use crate::suite::template::Undefined;
use crate::suite::{Action, Capture, CaptureFrom, ParallelMember, Poll, Step};

/// How many exchanges of a poll the record keeps: the first and the last ones.
const KEPT_ROUNDS: usize = 6;

/// A check while it runs.
#[derive(Debug)]
pub(super) struct Running<'a> {
    pub(super) context: &'a Context,
    pub(super) planned: &'a PlannedCheck,
    pub(super) wire: &'a Wire,
    pub(super) scope: CheckScope,
    /// The results so far. They outlive a check that runs out of its budget.
    pub(super) steps: Vec<StepResult>,
    /// Whether something was written.
    pub(super) wrote: bool,
    /// When the budget ends.
    pub(super) deadline: Instant,
}

/// What one round of a step gave.
struct Round {
    exchanges: Vec<crate::record::Exchange>,
    judgement: Judgement,
    /// What captures look into.
    answer: Option<Answer>,
    document: Option<Value>,
    /// The target asked to wait for longer than the budget allows.
    throttled: bool,
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
        let started = Instant::now();
        let poll = step.poll.or_else(|| self.settling(step));
        let mut rounds = 0;
        let round = loop {
            let round = self
                .round(step)
                .await
                .map_err(|undefined| Stop::Unjudged(undefined.to_string()))?;
            rounds += 1;
            if let Some(result) = self.steps.get_mut(place) {
                keep(&mut result.exchanges, round.exchanges.clone(), rounds);
            }
            let over = poll.is_none_or(|poll| {
                started.elapsed() + poll.every >= poll.within.min(started.elapsed() + self.left())
            });
            if round.judgement.holds() || over {
                break round;
            }
            tokio::time::sleep(poll.map_or(Duration::ZERO, |poll| poll.every)).await;
        };
        let Round {
            judgement,
            answer,
            document,
            throttled,
            ..
        } = round;
        let Judgement {
            mut results,
            traits,
        } = judgement;
        let mut captures = BTreeMap::new();
        if results.iter().all(|result| result.outcome != Outcome::Fail) {
            for capture in &step.capture {
                match self.capture(capture, answer.as_ref(), document.as_ref()) {
                    Ok(value) => {
                        captures.insert(capture.name.clone(), value);
                    }
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
            if unanswered {
                let error = result
                    .exchanges
                    .last()
                    .and_then(|exchange| exchange.error.as_ref());
                let what =
                    error.map_or_else(|| "no answer".to_owned(), |error| error.message.clone());
                return Err(Stop::Unjudged(format!("{}: {what}", result.title)));
            }
            if throttled && failed {
                return Err(Stop::Unjudged(format!(
                    "{}: the target limits the rate of requests, and its wait is longer than the check's budget",
                    result.title
                )));
            }
        }
        if failed { Err(Stop::Failed) } else { Ok(()) }
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
                    members.iter().map(|member| member.times).sum::<usize>()
                )
            }
            Action::Paginate(walk) => {
                let path = walk
                    .request
                    .path
                    .render_text(&self.scope, std::borrow::ToOwned::to_owned);
                format!("walk through {}", path.unwrap_or_default())
            }
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
                    throttled: false,
                })
            }
        }
    }

    fn judge_reply(&self, step: &Step, prepared: &Prepared, reply: Reply) -> Round {
        let subject = reply.answer.as_ref().map(Subject::Response);
        let mut judgement = judge(&step.expect, self.facts(prepared.json.as_ref()), subject);
        judgement
            .results
            .extend(self.invariants(reply.answer.as_ref()));
        let throttled = reply
            .answer
            .as_ref()
            .is_some_and(|answer| answer.status == 429);
        Round {
            exchanges: reply.exchanges,
            judgement,
            answer: reply.answer,
            document: None,
            throttled,
        }
    }

    /// What every exchange must hold to. Only breaches are reported: what holds everywhere says nothing.
    pub(super) fn invariants(&self, answer: Option<&Answer>) -> Vec<ExpectationResult> {
        let Some(answer) = answer else {
            return Vec::new();
        };
        let mut broken = Vec::new();
        for invariant in &self.planned.suite.invariants {
            let facts = Facts {
                level: invariant.level,
                ..self.facts(None)
            };
            if invariant
                .when
                .as_ref()
                .is_some_and(|when| !holds(when, facts, Some(answer.status)))
            {
                continue;
            }
            let results = judge(&invariant.expect, facts, Some(Subject::Response(answer))).results;
            broken.extend(
                results
                    .into_iter()
                    .filter(|result| result.outcome != Outcome::Pass)
                    .map(|result| ExpectationResult {
                        invariant: Some(invariant.id.clone()),
                        ..result
                    }),
            );
        }
        broken
    }

    /// Sends a request. Before one that makes a resource goes out, the ledger knows.
    pub(super) async fn send(&mut self, prepared: &Prepared) -> Reply {
        self.wrote |= !prepared.reads;
        let (check, left) = (&self.planned.id, self.left());
        tracked::send(self.context, self.wire, check, prepared, left).await
    }

    async fn race(&mut self, step: &Step, members: &[ParallelMember]) -> Result<Round, Undefined> {
        let mut prepared = Vec::new();
        for member in members {
            for _ in 0..member.times {
                if let Action::Request(request) = &member.step.action {
                    let ready = prepare(request, &self.planned.suite, &self.scope, self.context)?;
                    prepared.push((&member.step, ready));
                }
            }
        }
        self.wrote |= prepared.iter().any(|(_, ready)| !ready.reads);
        let (context, wire, check, left) = (self.context, self.wire, &self.planned.id, self.left());
        let replies = join_all(
            prepared
                .iter()
                .map(|(_, ready)| tracked::send(context, wire, check, ready, left)),
        )
        .await;
        let mut exchanges = Vec::new();
        let mut judgement = Judgement::default();
        let mut answers = Vec::new();
        for ((member, ready), reply) in prepared.iter().zip(replies) {
            let round = self.judge_reply(member, ready, reply);
            exchanges.extend(round.exchanges);
            let index = exchanges.len().checked_sub(1);
            judgement.traits.extend(round.judgement.traits);
            judgement
                .results
                .extend(
                    round
                        .judgement
                        .results
                        .into_iter()
                        .map(|result| ExpectationResult {
                            exchange: index,
                            ..result
                        }),
                );
            answers.push(round.answer.map(|answer| as_value(&answer)));
        }
        // One that got no answer leaves the race undecided.
        let document = answers
            .into_iter()
            .collect::<Option<Vec<_>>>()
            .map(Value::Array);
        let judged = judge(
            &step.expect,
            self.facts(None),
            document.as_ref().map(Subject::Document),
        );
        judgement.results.extend(judged.results);
        judgement.traits.extend(judged.traits);
        Ok(Round {
            exchanges,
            judgement,
            answer: None,
            document,
            throttled: false,
        })
    }

    fn capture(
        &self,
        capture: &Capture,
        answer: Option<&Answer>,
        document: Option<&Value>,
    ) -> Result<Value, Box<ExpectationResult>> {
        let (from, found) = match &capture.from {
            CaptureFrom::Path(path) => {
                let path = path
                    .render_text(&self.scope, std::borrow::ToOwned::to_owned)
                    .unwrap_or_default();
                let body = document.or_else(|| answer.and_then(|answer| answer.json.as_ref().ok()));
                let found = body.and_then(|body| locate(&path, body).ok().flatten());
                (path, found)
            }
            CaptureFrom::Header(name) => {
                let header = answer
                    .and_then(|a| a.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name)));
                (
                    format!("header {name}"),
                    header.map(|header| Value::String(header.value.clone())),
                )
            }
            CaptureFrom::Status => (
                "status".to_owned(),
                answer.map(|answer| answer.status.into()),
            ),
        };
        let broken = || ExpectationResult {
            at: from.clone(),
            expected: format!("a value to keep as `{}`", capture.name),
            received: "nothing".to_owned(),
            outcome: Outcome::Fail,
            level: Level::Must,
            message: Some(format!(
                "{from} is missing, and the steps that follow need it"
            )),
            diff: Vec::new(),
            exchange: None,
            invariant: None,
            location: Some(capture.location.clone()),
        };
        found.ok_or_else(|| Box::new(broken()))
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

fn as_value(answer: &Answer) -> Value {
    let headers: serde_json::Map<String, Value> = answer
        .headers
        .iter()
        .map(|header| {
            (
                header.name.to_lowercase(),
                Value::String(header.value.clone()),
            )
        })
        .collect();
    json!({
        "status": answer.status,
        "headers": headers,
        "body": answer.json.clone().unwrap_or(Value::Null),
    })
}

fn empty(title: String, step: &Step, skipped: Option<String>) -> StepResult {
    StepResult {
        title,
        location: Some(step.location.clone()),
        skipped,
        exchanges: Vec::new(),
        expectations: Vec::new(),
        captures: BTreeMap::new(),
        converged_us: None,
        traits: Vec::new(),
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
}
