//! `always`: what must hold for every exchange of the run, judged beside what each check demands.
//!
//! An invariant is a check of its own: what breaks it is one failure, however many checks met it, and no failure of theirs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::cause;
use super::check::{Outcomes, redact};
use super::context::Context;
use super::judge::{Facts, Subject, judge};
use super::plan::{PlannedCheck, scope};
use super::scope::CheckScope;
use super::verdict;
use super::wire::{Reply, Wire};
use crate::record::{Exchange, ExpectationResult, Outcome, StepResult, Verdict};
use crate::suite::Dialect;

/// How many breaches of one invariant are shown, each of another kind.
const SHOWN: usize = 5;
/// How many kinds of breach are told apart: a hostile target may invent a new one each time.
const KINDS: usize = 100;

/// The invariants of a run.
#[derive(Debug, Default)]
pub(super) struct Watches(Vec<Watch>);

#[derive(Debug)]
struct Watch {
    planned: Arc<PlannedCheck>,
    scope: CheckScope,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    /// How many exchanges it was about.
    judged: usize,
    /// How many of these broke it.
    broken: usize,
    /// By kind: the breach in the first check of the plan that met it.
    kinds: BTreeMap<String, Breach>,
    /// What became of the check's own steps.
    own: Option<Outcomes>,
}

#[derive(Debug)]
struct Breach {
    /// The place of its check in the plan.
    index: usize,
    check: String,
    /// What was asked where.
    title: String,
    exchange: Exchange,
    expectations: Vec<ExpectationResult>,
}

impl Watches {
    /// Those of some checks. One that is skipped watches nothing.
    pub(super) fn of<'p>(
        context: &Context,
        checks: impl IntoIterator<Item = &'p Arc<PlannedCheck>>,
    ) -> Self {
        let watching = checks.into_iter().filter(|planned| {
            planned.skip.is_none()
                && !planned.check.always.is_empty()
                && context.wire(planned.suite.scim).is_some()
        });
        let watch = |planned: &Arc<PlannedCheck>| {
            let mut scope = scope(&planned.suite, &planned.id, None, context.ground());
            // What is undefined is told where it is used.
            let _ = scope.compute(&planned.suite.variables);
            Watch {
                planned: Arc::clone(planned),
                scope,
                seen: Mutex::default(),
            }
        };
        Self(watching.map(watch).collect())
    }

    /// Judges an exchange of a check with the target.
    pub(super) fn see(&self, context: &Context, of: &PlannedCheck, reply: &Reply) {
        let (Some(answer), Some(exchange)) = (&reply.answer, reply.exchanges.last()) else {
            return;
        };
        let base = context.wire(of.suite.scim).map(Wire::shown_url);
        if !base.is_some_and(|base| is_below(&base, &exchange.request.url)) {
            return;
        }
        for watch in self.of_dialect(of.suite.scim) {
            let facts = Facts {
                scope: &watch.scope,
                knowledge: &context.knowledge,
                dialect: of.suite.scim,
                sent: None,
                level: watch.planned.check.level,
                time_gates: context.settings.time_gates,
            };
            let always = &watch.planned.check.always;
            let results = judge(always, facts, Some(Subject::Response(answer))).results;
            if results.is_empty() {
                continue;
            }
            let mut seen = watch.lock();
            seen.judged += 1;
            let expectations: Vec<_> = results
                .into_iter()
                .filter(|result| result.outcome != Outcome::Pass)
                .collect();
            if expectations.is_empty() {
                continue;
            }
            seen.broken += 1;
            let route = cause::route(exchange, &context.base_urls());
            let kind = kind(&route, &expectations);
            let known = seen.kinds.get(&kind);
            let earlier = known.map_or(seen.kinds.len() < KINDS, |known| of.index < known.index);
            if earlier {
                let breach = Breach {
                    index: of.index,
                    check: of.id.clone(),
                    title: format!("{route} in {}", of.id),
                    exchange: exchange.clone(),
                    expectations,
                };
                seen.kinds.insert(kind, breach);
            }
        }
    }

    fn of_dialect(&self, dialect: Dialect) -> impl Iterator<Item = &Watch> {
        let is_one = move |watch: &&Watch| watch.planned.suite.scim == dialect;
        self.0.iter().filter(is_one)
    }

    /// Takes what became of the steps of a check that is an invariant too: its verdict comes when the run has ended.
    /// Gives it back if it is none.
    pub(super) fn hold(&self, index: usize, own: Outcomes) -> Option<Outcomes> {
        let watch = self.0.iter().find(|watch| watch.planned.index == index);
        match watch {
            Some(watch) => {
                watch.lock().own = Some(own);
                None
            }
            None => Some(own),
        }
    }

    /// The results, when nothing is sent any more. An invariant whose own steps did not get their turn has none.
    pub(super) fn conclude(self, context: &Context) -> Vec<(Arc<PlannedCheck>, Outcomes)> {
        let concluded = self.0.into_iter().filter_map(|watch| {
            let Watch { planned, seen, .. } = watch;
            let mut seen = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
            let own = seen.own.take()?;
            let outcomes = seen.onto(own, context, &planned);
            Some((planned, outcomes))
        });
        concluded.collect()
    }
}

impl Watch {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        // A panic while the lock was held leaves whole entries behind.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    fn onto(self, own: Outcomes, context: &Context, planned: &PlannedCheck) -> Outcomes {
        let Outcomes {
            mut result,
            leftovers,
        } = own;
        let Self {
            judged,
            broken,
            kinds,
            ..
        } = self;
        if broken == 0 {
            let demanded = result
                .steps
                .read()
                .iter()
                .any(|step| !step.expectations.is_empty());
            if judged == 0 && result.verdict == Verdict::Pass && !demanded {
                result.verdict = Verdict::Skip;
                result.reason = Some("no exchange of this run was one that it is about".to_owned());
            }
            return Outcomes { result, leftovers };
        }
        let mut breaches: Vec<Breach> = kinds.into_values().collect();
        breaches.sort_by_key(|breach| breach.index);
        let kinds = breaches.len();
        result
            .steps
            .to_mut()
            .splice(0..0, breaches.into_iter().take(SHOWN).map(step));
        (result.verdict, result.reason) =
            verdict::of(&result.steps.read(), None, planned.check.level);
        if let Some(reason) = &mut result.reason {
            let more = if kinds > SHOWN {
                format!(", in {kinds} ways")
            } else {
                String::new()
            };
            *reason = format!("{reason} ({broken} of {judged} exchanges{more})");
        }
        result.cause = cause::of_result(&result, &context.base_urls(), &context.settings.tag);
        context.settings.waivers.apply(&mut result);
        if let Some(wire) = context.wire(planned.suite.scim) {
            redact(&mut result, wire);
        }
        Outcomes { result, leftovers }
    }
}

/// Whether a URL is that of the service which is tested, and not one beside it: of another version of it, of a gateway.
fn is_below(base: &str, url: &str) -> bool {
    let rest = url.strip_prefix(base.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

/// What makes breaches the same to people: the route and what is demanded there.
fn kind(route: &str, broken: &[ExpectationResult]) -> String {
    let first = broken.first().map(|first| (&first.at, &first.expected));
    first.map_or_else(
        || route.to_owned(),
        |(at, expected)| format!("{route} · {at} · {expected}"),
    )
}

fn step(breach: Breach) -> StepResult {
    let Breach {
        check,
        title,
        exchange,
        expectations,
        ..
    } = breach;
    let on_it = |result: ExpectationResult| ExpectationResult {
        exchange: Some(0),
        ..result
    };
    StepResult {
        title,
        seen_in: Some(check),
        expectations: expectations.into_iter().map(on_it).collect(),
        exchanges: vec![exchange],
        ..StepResult::default()
    }
}

#[cfg(test)]
mod tests {
    use super::is_below;

    #[test]
    fn what_lies_beside_the_base_url_is_another_service() {
        let base = "https://example.com/scim/v1";
        for (url, wanted) in [
            ("https://example.com/scim/v1", true),
            ("https://example.com/scim/v1/Users?count=1", true),
            ("https://example.com/scim/v1?filter=x", true),
            ("https://example.com/scim/v11/Users", false),
            ("https://example.com/scim/v9/Users", false),
        ] {
            assert_eq!(is_below(base, url), wanted, "{url}");
        }
    }
}
