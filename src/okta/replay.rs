//! Which requests of a check are one operation of Okta.

use super::part::{Part, id};
use crate::record::{Exchange, Operation, Role, StepResult};

/// One operation as it was replayed.
#[derive(Debug)]
pub(super) struct Replay<'a> {
    pub(super) operation: Operation,
    /// Its requests, in order: at least one.
    pub(super) requests: Vec<Request<'a>>,
}

/// One request of an operation.
#[derive(Debug)]
pub(super) struct Request<'a> {
    pub(super) part: Part,
    first: &'a Exchange,
    /// The tries after the first one.
    again: Vec<&'a Exchange>,
}

impl<'a> Request<'a> {
    fn new(exchange: &'a Exchange) -> Self {
        Self {
            part: Part::of(&exchange.request),
            first: exchange,
            again: Vec::new(),
        }
    }

    /// All tries, in order.
    pub(super) fn tries(&self) -> impl Iterator<Item = &'a Exchange> + '_ {
        std::iter::once(self.first).chain(self.again.iter().copied())
    }

    /// The last try, which counts.
    pub(super) fn last(&self) -> &'a Exchange {
        self.again.last().copied().unwrap_or(self.first)
    }

    /// When it was over, in microseconds after the start of the run.
    pub(super) fn ended_us(&self) -> u64 {
        let last = self.last();
        last.started_us.saturating_add(last.duration_us)
    }

    /// Whether an exchange is another try of this request.
    fn is_tried_again_by(&self, exchange: &Exchange) -> bool {
        exchange.attempt > 1
            && exchange.request.method == self.first.request.method
            && exchange.request.url == self.first.request.url
    }
}

impl<'a> Replay<'a> {
    /// Whether the request that the operation is for was sent.
    pub(super) fn is_complete(&self) -> bool {
        let has = |wanted: fn(Part) -> bool| self.requests.iter().any(|one| wanted(one.part));
        match self.operation {
            Operation::ConnectionTest
            | Operation::UserExists
            | Operation::UserImport
            | Operation::GroupImport
            | Operation::EntitlementImport
            | Operation::SchemaImport => true,
            Operation::UserCreate
            | Operation::UserUpdate
            | Operation::UserDeactivate
            | Operation::UserReactivate
            | Operation::UserPassword
            | Operation::GroupPush
            | Operation::GroupRename
            | Operation::GroupMembers
            | Operation::GroupDelete => has(Part::writes),
        }
    }

    /// Whether an exchange belongs to another operation, although it is of the same kind.
    fn is_over_before(&self, next: &Exchange) -> bool {
        let Some(before) = self.requests.last() else {
            return false;
        };
        if before.ended_us() > next.started_us {
            return true;
        }
        match self.operation {
            Operation::UserExists
            | Operation::UserCreate
            | Operation::UserUpdate
            | Operation::UserDeactivate
            | Operation::UserReactivate
            | Operation::UserPassword => {
                before.part.writes() || self.operation == Operation::UserExists
            }
            Operation::GroupPush
            | Operation::GroupRename
            | Operation::GroupMembers
            | Operation::GroupDelete => {
                let makes = |one: &Request<'_>| one.part == Part::Create;
                let other = |one: &Request<'_>| match (id(&one.first.request), id(&next.request)) {
                    (Some(one), Some(next)) => one != next,
                    _ => false,
                };
                let made = Part::of(&next.request) == Part::Create;
                self.requests
                    .iter()
                    .any(|one| other(one) || (made && makes(one)))
            }
            Operation::ConnectionTest
            | Operation::UserImport
            | Operation::GroupImport
            | Operation::EntitlementImport
            | Operation::SchemaImport => false,
        }
    }

    fn new(operation: Operation, exchange: &'a Exchange) -> Self {
        Self {
            operation,
            requests: vec![Request::new(exchange)],
        }
    }
}

/// The operations that steps replayed.
pub(super) fn replays(steps: &[StepResult]) -> Vec<Replay<'_>> {
    let mut all = Vec::new();
    let mut open: Option<Replay<'_>> = None;
    for step in steps.iter().filter(|step| !step.exchanges.is_empty()) {
        let Some(operation) = step.operation else {
            all.extend(open.take());
            continue;
        };
        let mine = step.exchanges.iter();
        for exchange in mine.filter(|exchange| exchange.role == Role::Step) {
            let mut replay = match open.take() {
                Some(replay) if replay.operation == operation => replay,
                other => {
                    all.extend(other);
                    open = Some(Replay::new(operation, exchange));
                    continue;
                }
            };
            if let Some(last) = replay.requests.last_mut()
                && last.is_tried_again_by(exchange)
            {
                last.again.push(exchange);
            } else if replay.is_over_before(exchange) {
                all.push(replay);
                replay = Replay::new(operation, exchange);
            } else {
                replay.requests.push(Request::new(exchange));
            }
            open = Some(replay);
        }
    }
    all.extend(open);
    all
}
