//! Servers besides the target that steps may ask (`services` of a suite), and what those send to the target in turn.
//!
//! An identity provider that is told to assign a person sends requests to the target itself. Where scimitar plays such a
//! provider, these go out by [`Errands`]: they are tracked by the clean-up ledger like the requests of a check, and they
//! stand in the record under the step that caused them. What a real provider sends is not seen.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::time::timeout;

use super::generate::carries;
use super::judge::Answer;
use super::ledger::Ledger;
use super::request::{Prepared, SendAs};
use super::step::Running;
use super::wire::{Outgoing, Reply, Wire, encode};
use super::{cause, tracked};
use crate::record::{Caused, ExpectationResult, Level, Outcome, Role, TransportErrorKind};
use crate::suite::Dialect;

/// The header by which a service that sends errands is told which check asks.
pub const CHECK_HEADER: &str = "X-Scimitar-Check";

/// How long an errand may take: less than the check whose step waits for it.
const LONGEST: Duration = Duration::from_secs(20);
/// How many errands of one step are kept for the record: the rest is sent and tracked all the same.
const MOST_KEPT: usize = 100;

/// A server besides the target.
#[derive(Debug, Clone)]
pub struct Service {
    wires: BTreeMap<&'static str, Wire>,
    errands: Option<Errands>,
}

impl Service {
    /// A server that somebody else runs, the same for each dialect.
    pub fn remote(wire: &Wire) -> Self {
        let both = [Dialect::V2, Dialect::V1].map(|dialect| (dialect.word(), wire.clone()));
        Self {
            wires: BTreeMap::from(both),
            errands: None,
        }
    }

    /// A server of this process that sends errands; one base URL for each dialect that it speaks to the target.
    pub fn simulated(wires: impl IntoIterator<Item = (Dialect, Wire)>, errands: Errands) -> Self {
        Self {
            wires: wires
                .into_iter()
                .map(|(dialect, wire)| (dialect.word(), wire))
                .collect(),
            errands: Some(errands),
        }
    }

    /// The wire to it, for suites of a dialect.
    pub(super) fn wire(&self, dialect: Dialect) -> Option<&Wire> {
        self.wires.get(dialect.word())
    }

    /// Whether what it makes on the target is written down before.
    pub(super) const fn is_tracked(&self) -> bool {
        self.errands.is_some()
    }

    /// What it sent to the target for a check since the last time.
    pub(super) fn take(&self, check: &str) -> Vec<Caused> {
        self.errands
            .as_ref()
            .map(|errands| errands.take(check))
            .unwrap_or_default()
    }
}

/// How a service sends to the target. Clones share everything.
#[derive(Debug, Clone)]
pub struct Errands {
    service: String,
    ledger: Ledger,
    tag: String,
    sent: Arc<Mutex<BTreeMap<String, Vec<Caused>>>>,
}

/// A request that a service sends to the target.
#[derive(Debug, Clone)]
pub struct Errand {
    /// The method, in capitals.
    pub method: &'static str,
    /// Path and query below the base URL, percent-encoded.
    pub path: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Value>,
}

/// What came of an errand.
#[derive(Debug, Clone)]
pub struct Returned {
    /// The status and the body as JSON, or why it is none; absent if no whole answer came.
    pub answer: Option<(u16, Result<Value, String>)>,
    /// Why no answer came, in one line.
    pub error: Option<String>,
}

impl Errands {
    /// For the service of a name, with the run's ledger and tag.
    pub fn new(service: &str, ledger: &Ledger, tag: &str) -> Self {
        Self {
            service: service.to_owned(),
            ledger: ledger.clone(),
            tag: tag.to_owned(),
            sent: Arc::default(),
        }
    }

    /// Sends a request to the target on behalf of a check. Within the budget, it waits when the target asks for that.
    pub async fn send(
        &self,
        wire: &Wire,
        check: &str,
        errand: Errand,
        budget: Duration,
    ) -> Returned {
        let prepared = Prepared {
            reads: errand.method == "GET",
            outgoing: Outgoing {
                method: errand.method.to_owned(),
                path: errand.path,
                headers: errand.headers,
                body: errand
                    .body
                    .as_ref()
                    .map(|body| body.to_string().into_bytes()),
                send_as: SendAs::Configured,
                role: Role::Step,
            },
            json: errand.body,
            service: None,
        };
        let sending = tracked::send(&self.ledger, wire, check, &prepared, budget);
        let reply = timeout(LONGEST, sending).await.unwrap_or_else(|_| {
            let message = format!("no answer within {LONGEST:?}");
            let kind = TransportErrorKind::Timeout;
            tracked::unanswered(&prepared.outgoing, wire, kind, message)
        });
        let error = reply
            .exchanges
            .last()
            .and_then(|exchange| exchange.error.as_ref())
            .map(|error| error.message.clone());
        let mut sent = self.lock();
        let kept = sent.entry(check.to_owned()).or_default();
        for exchange in reply.exchanges {
            if kept.len() < MOST_KEPT {
                kept.push(Caused {
                    by: self.service.clone(),
                    exchange,
                    problem: None,
                });
            }
        }
        Returned {
            answer: reply
                .answer
                .map(|Answer { status, json, .. }| (status, json)),
            error,
        }
    }

    /// Whether a resource of the target is the run's: its name carries the run's tag, or the ledger says that a check or
    /// an errand made it. `collection` is the path below the base URL, such as `/Users`. What is not the run's may not be
    /// changed.
    pub fn is_ours(&self, wire: &Wire, collection: &str, id: &str, name: &str) -> bool {
        let url = format!("{}{collection}/{}", wire.base_url(), encode(id));
        carries(name, &self.tag) || self.ledger.has_made(&url)
    }

    /// Says why the service did not go on after the last errand for a check.
    pub fn give_up(&self, wire: &Wire, check: &str, problem: &str) {
        if let Some(last) = self.lock().get_mut(check).and_then(|sent| sent.last_mut()) {
            last.problem = Some(wire.redact(problem));
        }
    }

    fn take(&self, check: &str) -> Vec<Caused> {
        self.lock().remove(check).unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Vec<Caused>>> {
        // A panic while the lock was held leaves whole entries behind.
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Running<'_> {
    /// Sends a request to where it goes.
    pub(super) async fn deliver(&self, prepared: &Prepared) -> Reply {
        let (context, check, left) = (self.context, &self.planned.id, self.left());
        // Checks that need a service which there isn't are not run.
        let service = prepared.service.as_ref();
        let service = service.and_then(|name| context.services.get(name));
        let to =
            service.and_then(|service| Some((service, service.wire(self.planned.suite.scim)?)));
        let Some((service, wire)) = to else {
            let reply = tracked::send(&context.ledger, self.wire, check, prepared, left).await;
            self.watches.see(context, self.planned, &reply);
            return reply;
        };
        // What another server makes is none of the target's resources; but the target may be told of it.
        let mut outgoing = prepared.outgoing.clone();
        if service.is_tracked() {
            outgoing
                .headers
                .push((CHECK_HEADER.to_owned(), check.clone()));
        } else if !prepared.reads {
            context.ledger.expect_others();
        }
        wire.send(&outgoing, left).await
    }

    /// Puts what services sent to the target since the last time to the last step.
    pub(super) fn collect_caused(&mut self) {
        let services = self.context.services.values();
        let check = &self.planned.id;
        let caused = services.flat_map(|service| service.take(check));
        let caused: Vec<_> = caused.collect();
        if let Some(step) = self.steps.last_mut() {
            step.caused.extend(caused);
        }
    }

    /// Where a service did not go on because of what the target answered: a warning, since the service itself says
    /// nothing of it, and a later step looks at what came of it.
    pub(super) fn refusals(&self, place: usize) -> Vec<ExpectationResult> {
        let base_urls = self.context.base_urls();
        let caused = self.steps.get(place).map(|step| step.caused.as_slice());
        let broken = caused.unwrap_or_default().iter().filter_map(|caused| {
            let problem = caused.problem.as_ref()?;
            let route = cause::route(&caused.exchange, &base_urls);
            Some(ExpectationResult {
                at: caused.by.clone(),
                expected: format!("the target does what {} asks of it", caused.by),
                received: problem.clone(),
                outcome: Outcome::Warn,
                level: Level::Should,
                message: Some(format!(
                    "{} got no further than {route}: {problem}",
                    caused.by
                )),
                diff: Vec::new(),
                exchange: None,
                location: None,
            })
        });
        broken.collect()
    }
}
