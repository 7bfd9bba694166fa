//! Removes what a run made, and nothing else.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use futures_util::stream::{self, StreamExt as _};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use super::context::{CleanupPolicy, Context};
use super::generate::carries;
use super::ledger::{Entry, LedgerFile};
use super::request::{SendAs, media_type};
use super::wire::{Outgoing, Reply, Wire, encode};
use crate::okta::client;
use crate::record::{Exchange, Leftover, Role, StepResult};
use crate::suite::Dialect;

/// How long one request of the clean-up may be held up by a target that limits its rate.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a server error is met with another try. The sweep at the end comes on top, with one.
const TRIES: usize = 2;
/// How long finishing a run's ledger may take in all.
const FINISH_BUDGET: Duration = Duration::from_mins(10);

/// What became of the resources.
#[derive(Debug, Default)]
pub(super) struct Removed {
    /// The exchanges, as a step of the check.
    pub(super) step: Option<StepResult>,
    /// What could not be removed.
    pub(super) leftovers: Vec<Leftover>,
}

/// Removes what a check made. Counts the removals that the target answered, whatever it said.
pub(super) async fn remove(
    context: &Context,
    wire: &Wire,
    dialect: Dialect,
    entries: &[Entry],
    answered: &AtomicUsize,
) -> Removed {
    let mut removed = Removed::default();
    if context.settings.cleanup == CleanupPolicy::Keep {
        return removed;
    }
    let remover = Remover {
        wire,
        dialect,
        tag: &context.settings.tag,
        settle: context.settings.settle,
        delete: context.settings.cleanup == CleanupPolicy::Delete,
        tries: TRIES,
        jobs: context.settings.jobs,
    };
    // No more at a time than there are jobs: other checks have their turn among those of one that made many.
    let mut removals = Vec::new();
    for entry in entries {
        removals.push(remove_entry(context, &remover, entry));
    }
    let mut removals = stream::iter(removals).buffered(context.settings.jobs.max(1));
    let mut exchanges = Vec::new();
    while let Some((left, more)) = removals.next().await {
        if more.iter().any(|exchange| exchange.response.is_some()) {
            answered.fetch_add(1, Ordering::Relaxed);
        }
        exchanges.extend(more);
        removed.leftovers.extend(left);
    }
    removed.step = Some(StepResult {
        title: "remove what the check made".to_owned(),
        exchanges,
        ..StepResult::default()
    });
    removed
}

/// Removes one thing, and writes down that it is gone.
async fn remove_entry(
    context: &Context,
    remover: &Remover<'_>,
    entry: &Entry,
) -> (Option<Leftover>, Vec<Exchange>) {
    // All checks together remove no more at the same time than there are jobs.
    let _place = context.removers.acquire().await;
    let mut exchanges = Vec::new();
    let left = match remover.remove(entry, &mut exchanges).await {
        Ok(()) => {
            // The resource is gone; a ledger that says otherwise only costs a request later.
            let _ = context.ledger.gone(entry.number);
            None
        }
        Err(reason) => Some(left(entry, &reason)),
    };
    (left, exchanges)
}

/// Finishes the cleaning of a run from its ledger: what is written there, then what the target finds by the run's tag.
/// Gives what was removed and what is left.
pub async fn finish(
    wire: &Wire,
    dialect: Dialect,
    file: &LedgerFile,
    jobs: usize,
) -> (usize, Vec<Leftover>) {
    let deadline = Instant::now() + FINISH_BUDGET;
    let remover = Remover {
        wire,
        dialect,
        tag: &file.tag,
        settle: Duration::ZERO,
        delete: true,
        tries: TRIES,
        jobs,
    };
    let (places, base) = (Semaphore::new(jobs.max(1)), wire.base_url());
    let mut removals = Vec::new();
    for entry in file.open.iter().filter(|e| e.collection.starts_with(&base)) {
        removals.push(async {
            let removal = async {
                let _place = places.acquire().await;
                remover.remove(entry, &mut Vec::new()).await
            };
            let done = timeout_at(deadline, removal).await;
            done.unwrap_or_else(|_| Err(NO_TIME.to_owned()))
                .map_err(|reason| left(entry, &reason))
        });
    }
    let (mut count, mut leftovers) = (0, Vec::new());
    for done in join_all(removals).await {
        match done {
            Ok(()) => count += 1,
            Err(left) => leftovers.push(left),
        }
    }
    let sweep = timeout_at(deadline, remover.again().sweep()).await;
    let (swept, more) = sweep.unwrap_or_else(|_| {
        let unseen = Leftover {
            check: String::new(),
            url: base,
            name: format!("what carries the tag {}", file.tag),
            reason: NO_TIME.to_owned(),
        };
        (0, vec![unseen])
    });
    leftovers.extend(
        more.into_iter()
            .filter(|more| leftovers.iter().all(|known| known.url != more.url))
            .collect::<Vec<_>>(),
    );
    (count + swept, leftovers)
}

/// Removes what carries the run's tag and no ledger entry knows: what a faulty server made without saying so.
/// Gives what was removed and what is left.
pub async fn sweep(context: &Context, wire: &Wire, dialect: Dialect) -> (usize, Vec<Leftover>) {
    let settings = &context.settings;
    Remover {
        wire,
        dialect,
        tag: &settings.tag,
        settle: settings.settle,
        delete: settings.cleanup == CleanupPolicy::Delete,
        tries: 1,
        jobs: settings.jobs,
    }
    .sweep()
    .await
}

/// Leftovers for entries that nothing could be done about.
pub(super) fn all_left(entries: &[Entry], reason: &str) -> Vec<Leftover> {
    entries.iter().map(|entry| left(entry, reason)).collect()
}

/// A leftover as outputs show it.
pub(super) fn shown(leftover: Leftover, wire: &Wire) -> Leftover {
    Leftover {
        url: wire.redact(&leftover.url),
        reason: wire.redact(&leftover.reason),
        ..leftover
    }
}

fn left(entry: &Entry, reason: &str) -> Leftover {
    Leftover {
        check: entry.check.clone(),
        url: entry
            .url
            .clone()
            .unwrap_or_else(|| entry.collection.clone()),
        name: entry
            .name
            .as_ref()
            .map_or_else(String::new, |(_, value)| value.clone()),
        reason: reason.to_owned(),
    }
}

struct Remover<'a> {
    wire: &'a Wire,
    dialect: Dialect,
    tag: &'a str,
    settle: Duration,
    delete: bool,
    /// How often DELETE is sent.
    tries: usize,
    /// How many resources are removed at the same time.
    jobs: usize,
}

/// Why something is left that nothing was tried on.
pub(super) const NO_TIME: &str = "the target did not answer in time";

impl Remover<'_> {
    /// The same for what was tried already.
    fn again(&self) -> Self {
        Self { tries: 1, ..*self }
    }

    async fn remove(&self, entry: &Entry, exchanges: &mut Vec<Exchange>) -> Result<(), String> {
        if let Some(url) = &entry.url {
            return self.remove_url(url, exchanges).await;
        }
        let Some((attribute, value)) = &entry.name else {
            return Err(
                "it is not known whether it was made, and it has no name to look for".to_owned(),
            );
        };
        if !self.settle.is_zero() {
            tokio::time::sleep(self.settle).await;
        }
        let found = self
            .find(
                &entry.collection,
                &format!("{attribute} eq {}", json!(value)),
                exchanges,
            )
            .await?;
        for (url, _) in found
            .into_iter()
            .filter(|(_, name)| name.eq_ignore_ascii_case(value))
        {
            self.remove_url(&url, exchanges).await?;
        }
        Ok(())
    }

    async fn remove_url(&self, url: &str, exchanges: &mut Vec<Exchange>) -> Result<(), String> {
        if !self.delete {
            self.deactivate(url, exchanges).await?;
            return Err("deactivated, as the configuration asks".to_owned());
        }
        let mut status = None;
        for round in 0..self.tries {
            let reply = self.send("DELETE", url, None, exchanges).await;
            status = reply.answer.as_ref().map(|answer| answer.status);
            match status {
                Some(200..=299 | 404 | 410) => return Ok(()),
                Some(500 | 502..=504) | None if round + 1 < self.tries => {
                    tokio::time::sleep(Duration::from_millis(200 << round)).await;
                }
                _ => break,
            }
        }
        let refused = match status {
            Some(status) => format!("DELETE is answered {status}"),
            None => "DELETE gets no answer".to_owned(),
        };
        match self.deactivate(url, exchanges).await {
            Ok(()) => Err(format!("{refused}; it was deactivated")),
            Err(_) => Err(refused),
        }
    }

    /// Turns a user off where nothing better can be done. A group has no such thing.
    async fn deactivate(&self, url: &str, exchanges: &mut Vec<Exchange>) -> Result<(), String> {
        let body = client::patch(self.dialect, None, client::status(false));
        let reply = self.send("PATCH", url, Some(&body), exchanges).await;
        match reply.answer.map(|answer| answer.status) {
            Some(200..=299) => Ok(()),
            _ => Err("it can't be deactivated".to_owned()),
        }
    }

    /// Looks for what carries the run's tag, in the collections that every SCIM server has.
    async fn sweep(&self) -> (usize, Vec<Leftover>) {
        let (mut count, mut leftovers) = (0_i64, Vec::<Leftover>::new());
        let mut exchanges = Vec::new();
        for (endpoint, attribute) in [("/Users", "userName"), ("/Groups", "displayName")] {
            let collection = format!("{}{endpoint}", self.wire.base_url());
            let filter = format!("{attribute} co {}", json!(self.tag));
            // A target that can't filter so has said so; what is in the ledger is removed in any case.
            let Ok(found) = self.find(&collection, &filter, &mut exchanges).await else {
                continue;
            };
            let places = Semaphore::new(self.jobs.max(1));
            let mut removals = Vec::new();
            for (url, name) in found.into_iter().filter(|(_, name)| self.is_ours(name)) {
                removals.push(async {
                    let _place = places.acquire().await;
                    let done = self.remove_url(&url, &mut Vec::new()).await;
                    done.map_err(|reason| Leftover {
                        check: String::new(),
                        url,
                        name,
                        reason,
                    })
                });
            }
            let mut removed = 0_i64;
            for done in join_all(removals).await {
                match done {
                    Ok(()) => removed += 1,
                    Err(left) => leftovers.push(left),
                }
            }
            if removed > 0 {
                // These had been deleted once already, as the target said: it is not believed twice.
                let again = self.find(&collection, &filter, &mut exchanges).await;
                let still = again.unwrap_or_default().into_iter();
                for (url, name) in still.filter(|(_, name)| self.is_ours(name)) {
                    if leftovers.iter().all(|known| known.url != url) {
                        removed -= 1;
                        let reason = "it is still there after DELETE was answered with success";
                        leftovers.push(Leftover {
                            check: String::new(),
                            url,
                            name,
                            reason: reason.to_owned(),
                        });
                    }
                }
            }
            count += removed.max(0);
        }
        (usize::try_from(count).unwrap_or(0), leftovers)
    }

    fn is_ours(&self, name: &str) -> bool {
        carries(name, self.tag)
    }

    /// The URLs and names of the resources that a filter finds.
    async fn find(
        &self,
        collection: &str,
        filter: &str,
        exchanges: &mut Vec<Exchange>,
    ) -> Result<Vec<(String, String)>, String> {
        let url = format!(
            "{collection}?filter={}&startIndex=1&count=200",
            encode(filter)
        );
        let reply = self.send("GET", &url, None, exchanges).await;
        let answer = reply.answer.ok_or("the target does not answer")?;
        if answer.status != 200 {
            return Err(format!("looking for it is answered {}", answer.status));
        }
        let body = answer
            .json
            .map_err(|problem| format!("looking for it: {problem}"))?;
        let items = body
            .get("Resources")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let named = |item: &Value| {
            let id = item.get("id").map(crate::suite::template::text_of)?;
            let name = ["userName", "displayName", "externalId"]
                .iter()
                .find_map(|n| item.get(*n)?.as_str());
            Some((format!("{collection}/{}", encode(&id)), name?.to_owned()))
        };
        Ok(items.iter().filter_map(named).collect())
    }

    async fn send(
        &self,
        method: &str,
        url: &str,
        body: Option<&Value>,
        exchanges: &mut Vec<Exchange>,
    ) -> Reply {
        let media_type = media_type(self.dialect);
        let mut headers = vec![("Accept".to_owned(), media_type.to_owned())];
        if body.is_some() {
            headers.push(("Content-Type".to_owned(), media_type.to_owned()));
        }
        let outgoing = Outgoing {
            method: method.to_owned(),
            path: url.to_owned(),
            headers,
            body: body.map(|body| body.to_string().into_bytes()),
            send_as: SendAs::Configured,
            role: Role::Cleanup,
        };
        let reply = self.wire.send(&outgoing, PATIENCE).await;
        exchanges.extend(reply.exchanges.iter().cloned());
        reply
    }
}
