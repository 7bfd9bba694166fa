//! Requests outside of checks: what they make is in the clean-up ledger all the same, and they stop when the run does.

use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use serde_json::Value;
use thiserror::Error;
use tokio::time::Instant;

use super::cleanup;
use super::context::{CleanupPolicy, Context};
use super::request::{Prepared, SendAs};
use super::tracked;
use super::wire::{Outgoing, Wire};
use crate::record::{Leftover, Role};
use crate::suite::Dialect;

/// How long one request may be held up by a target that limits its rate.
const PATIENCE: Duration = Duration::from_secs(20);
/// After this many requests in a row without an answer no more are sent.
const SILENCE: usize = 2;

/// Why no more is sent.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Stopped {
    /// The run was interrupted.
    #[error("the run was interrupted")]
    Interrupted,
    /// The target gives no answers.
    #[error("the target gave no answer: {0}")]
    Silent(String),
    /// It has taken too long.
    #[error("it has taken too long, and was ended")]
    Late,
}

/// What a request led to.
#[derive(Debug, Clone)]
pub struct Heard {
    /// The status; `None` when no whole answer came.
    pub status: Option<u16>,
    /// The body, if it is JSON; or why there is none.
    pub body: Result<Value, String>,
    /// What happened when no whole answer came.
    pub error: Option<String>,
}

/// Requests to one base URL, one after the other, within a bounded time.
#[derive(Debug)]
pub struct Conversation<'a> {
    context: &'a Context,
    wire: &'a Wire,
    dialect: Dialect,
    /// What stands in the ledger where checks have their id.
    name: &'a str,
    deadline: Instant,
    silence: usize,
    requests: usize,
    stopped: Option<Stopped>,
}

impl<'a> Conversation<'a> {
    /// A conversation that ends after a time. `None` when there is no base URL of that dialect.
    pub fn new(
        context: &'a Context,
        dialect: Dialect,
        name: &'a str,
        whole: Duration,
    ) -> Option<Self> {
        Some(Self {
            context,
            wire: context.wire(dialect)?,
            dialect,
            name,
            deadline: Instant::now() + whole,
            silence: 0,
            requests: 0,
            stopped: None,
        })
    }

    /// How many requests were sent.
    pub const fn requests(&self) -> usize {
        self.requests
    }

    /// Text without secrets.
    pub fn redact(&self, text: &str) -> String {
        self.wire.redact(text)
    }

    /// Sends a request to a path below the base URL. What it makes is written down before, and removed by
    /// [`close`](Self::close).
    ///
    /// # Errors
    /// [`Stopped`] when nothing is sent any more; each later call gives the same.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: Option<&Value>,
    ) -> Result<Heard, Stopped> {
        if let Some(stopped) = &self.stopped {
            return Err(stopped.clone());
        }
        let prepared = Prepared {
            outgoing: Outgoing {
                method: method.to_owned(),
                path: path.to_owned(),
                headers: headers.to_vec(),
                body: body.map(|body| body.to_string().into_bytes()),
                send_as: SendAs::Configured,
                role: Role::Discovery,
            },
            json: body.cloned(),
            reads: false,
            service: None,
        };
        self.requests += 1;
        let mut cancelled = self.context.cancelled.clone();
        let sending = tracked::send(
            &self.context.ledger,
            self.wire,
            self.name,
            &prepared,
            PATIENCE,
        );
        let sent = tokio::select! {
            biased;
            _ = cancelled.wait_for(|cancelled| *cancelled) => Err(Stopped::Interrupted),
            sent = tokio::time::timeout_at(self.deadline, Box::pin(sending)) => sent.map_err(|_| Stopped::Late),
        };
        let reply = sent.inspect_err(|stopped| self.stopped = Some(stopped.clone()))?;
        if let Some(answer) = reply.answer {
            self.silence = 0;
            return Ok(Heard {
                status: Some(answer.status),
                body: answer.json,
                error: None,
            });
        }
        let last = reply.exchanges.last();
        let error = last.and_then(|exchange| exchange.error.as_ref());
        let error = error.map_or_else(|| "no answer".to_owned(), |error| error.message.clone());
        self.silence += 1;
        if self.silence >= SILENCE {
            self.stopped = Some(Stopped::Silent(error.clone()));
        }
        Ok(Heard {
            status: None,
            body: Err(error.clone()),
            error: Some(error),
        })
    }

    /// Gives the target the time that it may take until a write is seen everywhere.
    pub async fn settle(&self) {
        let settle = self.context.settings.settle;
        if !settle.is_zero() && !*self.context.cancelled.borrow() {
            tokio::time::sleep(settle).await;
        }
    }

    /// Removes what was made; gives what is left.
    pub async fn close(self) -> Vec<Leftover> {
        let Self {
            context,
            wire,
            dialect,
            name,
            ..
        } = self;
        let made = || context.ledger.of_check(name);
        let entries = made();
        if entries.is_empty() || context.settings.cleanup == CleanupPolicy::Keep {
            return Vec::new();
        }
        let answered = AtomicUsize::new(0);
        let removal = async {
            let mut left = cleanup::remove(context, wire, dialect, &entries, &answered)
                .await
                .leftovers;
            // What a faulty server made without saying so carries the tag.
            let (_, more) = cleanup::sweep(context, wire, dialect).await;
            for more in more {
                if left.iter().all(|known| known.url != more.url) {
                    left.push(Leftover {
                        check: name.to_owned(),
                        ..more
                    });
                }
            }
            left
        };
        let interrupted = || *context.cancelled.borrow();
        let left = context.patience.wait(removal, &answered, interrupted).await;
        let left = left.unwrap_or_else(|| cleanup::all_left(&made(), cleanup::NO_TIME));
        let shown = left.into_iter().map(|left| cleanup::shown(left, wire));
        shown.collect()
    }
}
