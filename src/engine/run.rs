//! Runs a plan: first the checks that want the tenant for themselves, one at a time, as long as nothing of the others is
//! still on its way out of it; then the others, a bounded number at the same time.

use std::cmp::Reverse;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use super::check::{Outcomes, run_check};
use super::cleanup;
use super::context::Context;
use super::patience;
use super::plan::{Plan, PlannedCheck};
use super::sequence::run_sequence;
use super::watch::Watches;
use crate::record::{Event, Leftover, Note, NoteKind, Run, RunStatus};
use crate::suite::Dialect;

/// How long looking for leftovers may take at the end.
const SWEEP_BUDGET: Duration = Duration::from_mins(2);

/// Runs a plan and sends what happens. The receiver may go away: the run, and its clean-up, go on.
pub async fn run(context: Arc<Context>, plan: &Plan, start: Run, events: &UnboundedSender<Event>) {
    let zero = Instant::now();
    send(
        events,
        Event::RunStarted {
            run: Box::new(start),
        },
    );
    let (alone, mut together): (Vec<_>, Vec<_>) = units(&plan.checks)
        .into_iter()
        .partition(|unit| unit.iter().any(|planned| planned.check.exclusive));
    // What waits longest begins first: others run meanwhile.
    together.sort_by_key(|unit| {
        let waits = unit.iter().map(|planned| planned.check.waits());
        Reverse(waits.sum::<Duration>())
    });
    let watches = Arc::new(Watches::of(&context, &plan.checks));
    let jobs = context.settings.jobs.max(1);
    run_some(&context, alone, &watches, 1, zero, events).await;
    run_some(&context, together, &watches, jobs, zero, events).await;
    if let Some(watches) = Arc::into_inner(watches) {
        conclude(&context, watches, &Teller { events });
    }
    if context.ledger.is_used() {
        sweep(&context, events).await;
    }
    for text in context.settings.waivers.stale() {
        warn(events, text);
    }
    let interrupted = *context.cancelled.borrow();
    send(
        events,
        Event::RunFinished {
            status: if interrupted {
                RunStatus::Interrupted
            } else {
                RunStatus::Complete
            },
            duration_us: u64::try_from(zero.elapsed().as_micros()).unwrap_or(u64::MAX),
            order: plan
                .checks
                .iter()
                .map(|planned| planned.id.clone())
                .collect(),
        },
    );
}

/// What is run as a whole: a check, or the checks of a sequence.
fn units(checks: &[Arc<PlannedCheck>]) -> Vec<Vec<Arc<PlannedCheck>>> {
    checks
        .chunk_by(|one, next| one.suite.sequence && one.suite.id == next.suite.id)
        .map(<[_]>::to_vec)
        .collect()
}

async fn run_some(
    context: &Arc<Context>,
    units: Vec<Vec<Arc<PlannedCheck>>>,
    watches: &Arc<Watches>,
    jobs: usize,
    zero: Instant,
    events: &UnboundedSender<Event>,
) {
    let mut waiting = units.into_iter();
    let mut running: JoinSet<()> = JoinSet::new();
    loop {
        while running.len() < jobs && !*context.cancelled.borrow() {
            let Some(checks) = waiting.next() else { break };
            let (context, watches) = (Arc::clone(context), Arc::clone(watches));
            let events = events.clone();
            running
                .spawn(async move { run_unit(&context, &checks, &watches, zero, &events).await });
        }
        match running.join_next().await {
            None => break,
            Some(Ok(())) => {}
            Some(Err(broken)) => {
                let text = format!(
                    "a check ended by a fault of scimitar itself: {broken}. Please report it"
                );
                warn(events, text);
            }
        }
    }
}

async fn run_unit(
    context: &Context,
    checks: &[Arc<PlannedCheck>],
    watches: &Watches,
    zero: Instant,
    events: &UnboundedSender<Event>,
) {
    let teller = Teller { events };
    match checks {
        [planned] if !planned.suite.sequence => {
            // An invariant starts here, and ends with the run.
            teller.started(planned);
            let outcomes = run_check(context, planned, watches, zero).await;
            if let Some(outcomes) = watches.hold(planned.index, outcomes) {
                teller.finished(planned.index, outcomes);
            }
        }
        _ => Box::pin(run_sequence(context, checks, watches, zero, &teller)).await,
    }
}

fn conclude(context: &Context, watches: Watches, teller: &Teller<'_>) {
    for (planned, outcomes) in watches.conclude(context) {
        teller.finished(planned.index, outcomes);
    }
}

/// Runs the last of some checks; those before it too if they are of one sequence. Gives what became of the last.
pub async fn run_through(
    context: &Context,
    checks: &[Arc<PlannedCheck>],
    zero: Instant,
) -> Option<Outcomes> {
    let (events, mut received) = unbounded_channel();
    let watches = Watches::of(context, checks);
    run_unit(context, checks, &watches, zero, &events).await;
    conclude(context, watches, &Teller { events: &events });
    drop(events);
    let mut leftovers = Vec::new();
    let mut last = None;
    while let Some(event) = received.recv().await {
        match event {
            Event::LeftBehind { leftover } => leftovers.push(leftover),
            Event::CheckFinished { index, result } => {
                if checks.last().is_some_and(|check| check.index == index) {
                    last = Some(*result);
                }
            }
            Event::RunStarted { .. }
            | Event::CheckStarted { .. }
            | Event::Noted { .. }
            | Event::RunFinished { .. } => {}
        }
    }
    last.map(|result| Outcomes { result, leftovers })
}

/// Tells what becomes of checks.
pub(super) struct Teller<'a> {
    events: &'a UnboundedSender<Event>,
}

impl Teller<'_> {
    pub(super) fn started(&self, planned: &PlannedCheck) {
        let (index, id) = (planned.index, planned.id.clone());
        send(self.events, Event::CheckStarted { index, id });
    }

    pub(super) fn finished(&self, index: usize, outcomes: Outcomes) {
        let Outcomes { result, leftovers } = outcomes;
        for leftover in leftovers {
            send(self.events, Event::LeftBehind { leftover });
        }
        let result = Box::new(result);
        send(self.events, Event::CheckFinished { index, result });
    }
}

async fn sweep(context: &Context, events: &UnboundedSender<Event>) {
    if context.settings.cleanup == super::CleanupPolicy::Keep {
        let text = match context.ledger.left() {
            0 => return,
            1 => "a resource was kept on the target, as --cleanup keep says; scimitar cleanup removes it".to_owned(),
            kept => format!(
                "{kept} resources were kept on the target, as --cleanup keep says; scimitar cleanup removes them"
            ),
        };
        warn(events, text);
        return;
    }
    for dialect in [Dialect::V2, Dialect::V1] {
        let Some(wire) = context.wire(dialect) else {
            continue;
        };
        let budget = if *context.cancelled.borrow() {
            patience::INTERRUPTED
        } else {
            SWEEP_BUDGET
        };
        let swept = timeout(budget, cleanup::sweep(context, wire, dialect)).await;
        let Ok((count, leftovers)) = swept else {
            let text =
                "the target did not answer in time when it was asked for what this run left behind";
            warn(events, text.to_owned());
            continue;
        };
        if count > 0 {
            let text = format!(
                "{count} resources were there under this run's tag without the target having said that it made them, \
                 or after it had said that they are deleted; they were removed"
            );
            warn(events, text);
        }
        for leftover in leftovers {
            send(
                events,
                Event::LeftBehind {
                    leftover: Leftover {
                        check: Leftover::SWEEP.to_owned(),
                        ..cleanup::shown(leftover, wire)
                    },
                },
            );
        }
    }
}

fn warn(events: &UnboundedSender<Event>, text: String) {
    let kind = NoteKind::Warning;
    let note = Note { kind, text };
    send(events, Event::Noted { note });
}

fn send(events: &UnboundedSender<Event>, event: Event) {
    // A subscriber that went away must not stop the clean-up.
    let _ = events.send(event);
}
