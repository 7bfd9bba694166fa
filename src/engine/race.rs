//! `parallel`: several requests at the same moment.

use futures_util::future::join_all;
use serde_json::{Map, Value, json};

use super::judge::{Answer, Judgement, Subject, judge};
use super::request::prepare;
use super::scope::CheckScope;
use super::step::{Round, Running};
use crate::record::ExpectationResult;
use crate::suite::template::Undefined;
use crate::suite::{Action, ParallelMember, Step};

impl Running<'_> {
    /// Sends all requests at once, judges each by its own expectations, and all answers together by the step's.
    pub(super) async fn race(
        &mut self,
        step: &Step,
        members: &[ParallelMember],
    ) -> Result<Round, Undefined> {
        let mut prepared = Vec::new();
        for member in members {
            for item in items(member, &self.scope)? {
                self.scope.set_item(item.clone());
                for _ in 0..member.times {
                    if let Action::Request(request) = &member.step.action {
                        let ready =
                            prepare(request, &self.planned.suite, &self.scope, self.context)?;
                        prepared.push((&member.step, item.clone(), ready));
                    }
                }
            }
        }
        self.wrote |= prepared.iter().any(|(_, _, ready)| !ready.reads);
        let replies = join_all(prepared.iter().map(|(_, _, ready)| self.deliver(ready))).await;
        let mut exchanges = Vec::new();
        let mut judgement = Judgement::default();
        let mut answers = Vec::new();
        let mut hindrance = None;
        for ((member, item, ready), reply) in prepared.iter().zip(replies) {
            self.scope.set_item(item.clone());
            let round = self.judge_reply(member, ready, reply);
            hindrance = hindrance.or(round.hindrance);
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
        self.scope.set_item(None);
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
            hindrance,
        })
    }
}

/// The values for which a member is sent; one that is sent for none has nothing in their place.
fn items(member: &ParallelMember, scope: &CheckScope) -> Result<Vec<Option<Value>>, Undefined> {
    let Some(each) = &member.each else {
        return Ok(vec![None]);
    };
    Ok(match each.render(scope)? {
        Value::Array(values) => values.into_iter().map(Some).collect(),
        value => vec![Some(value)],
    })
}

/// An answer as a JSONPath sees it: `{status, headers, body}`.
fn as_value(answer: &Answer) -> Value {
    let headers: Map<String, Value> = answer
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
