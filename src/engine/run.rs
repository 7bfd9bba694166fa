//! Runs a plan: a bounded number of checks at the same time, those that want the tenant for themselves last.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use super::check::{INTERRUPTED_BUDGET, Outcomes, run_check};
use super::cleanup;
use super::context::Context;
use super::plan::{Plan, PlannedCheck};
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
    let (alone, together): (Vec<_>, Vec<_>) = plan
        .checks
        .iter()
        .cloned()
        .partition(|planned| planned.check.exclusive);
    run_some(
        &context,
        &together,
        context.settings.jobs.max(1),
        zero,
        events,
    )
    .await;
    run_some(&context, &alone, 1, zero, events).await;
    if context.ledger.is_used() {
        sweep(&context, events).await;
    }
    for text in context.settings.waivers.stale() {
        let kind = NoteKind::Warning;
        let note = Note { kind, text };
        send(events, Event::Noted { note });
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

async fn run_some(
    context: &Arc<Context>,
    checks: &[Arc<PlannedCheck>],
    jobs: usize,
    zero: Instant,
    events: &UnboundedSender<Event>,
) {
    let mut waiting = checks.iter();
    let mut running: JoinSet<(usize, Outcomes)> = JoinSet::new();
    loop {
        while running.len() < jobs && !*context.cancelled.borrow() {
            let Some(planned) = waiting.next() else { break };
            send(
                events,
                Event::CheckStarted {
                    index: planned.index,
                    id: planned.id.clone(),
                },
            );
            let (context, planned) = (Arc::clone(context), Arc::clone(planned));
            running
                .spawn(async move { (planned.index, run_check(&context, &planned, zero).await) });
        }
        match running.join_next().await {
            None => break,
            Some(Ok((index, Outcomes { result, leftovers }))) => {
                for leftover in leftovers {
                    send(events, Event::LeftBehind { leftover });
                }
                send(
                    events,
                    Event::CheckFinished {
                        index,
                        result: Box::new(result),
                    },
                );
            }
            Some(Err(broken)) => {
                let text = format!(
                    "a check ended by a fault of scimitar itself: {broken}. Please report it"
                );
                send(
                    events,
                    Event::Noted {
                        note: Note {
                            kind: NoteKind::Warning,
                            text,
                        },
                    },
                );
            }
        }
    }
}

async fn sweep(context: &Context, events: &UnboundedSender<Event>) {
    if context.settings.cleanup == super::CleanupPolicy::Keep {
        return;
    }
    for dialect in [Dialect::V2, Dialect::V1] {
        let Some(wire) = context.wire(dialect) else {
            continue;
        };
        let budget = if *context.cancelled.borrow() {
            INTERRUPTED_BUDGET
        } else {
            SWEEP_BUDGET
        };
        let swept = timeout(budget, cleanup::sweep(context, wire, dialect)).await;
        let Ok((count, leftovers)) = swept else {
            let text =
                "the target did not answer in time when it was asked for what this run left behind";
            let kind = NoteKind::Warning;
            let text = text.to_owned();
            let note = Note { kind, text };
            send(events, Event::Noted { note });
            continue;
        };
        if count > 0 {
            let text = format!(
                "{count} resources were there under this run's tag without the target having said that it made them, \
                 or after it had said that they are deleted; they were removed"
            );
            send(
                events,
                Event::Noted {
                    note: Note {
                        kind: NoteKind::Warning,
                        text,
                    },
                },
            );
        }
        for leftover in leftovers {
            send(
                events,
                Event::LeftBehind {
                    leftover: Leftover {
                        check: "(sweep)".to_owned(),
                        ..cleanup::shown(leftover, wire)
                    },
                },
            );
        }
    }
}

fn send(events: &UnboundedSender<Event>, event: Event) {
    // A subscriber that went away must not stop the clean-up.
    let _ = events.send(event);
}
