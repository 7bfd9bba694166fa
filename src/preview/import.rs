//! The import: users and groups, page by page, each record to its match and decision.

use std::fmt;
use std::io;

use serde_json::Value;
use thiserror::Error;
use tokio::time::Instant;

use super::decide::Decision;
use super::judge::{Facts, Groups, judge};
use super::matching::{Class, Directory};
use super::notable::Notables;
use super::outcome::{Changes, FORMAT, Listing, Preview};
use super::page::Pages;
use super::person::Person;
use super::reader::Reader;
use super::rules::Rules;
use super::safeguard::Safeguard;
use super::schedule::estimate;
use super::snapshot::{Header, Known, Line, SnapshotError};
use super::tally::Tally;
use super::walk::{Broken, Walked, walk};
use crate::engine::Preflight;
use crate::http::Client;
use crate::record::Target;
use crate::suite::Dialect;

/// What is imported, and by which rules.
#[derive(Debug)]
pub struct Import {
    /// The client.
    pub client: Client,
    /// The SCIM version to ask in.
    pub dialect: Dialect,
    /// The target, for the outcome.
    pub target: Target,
    /// Now, as the outcome says it (RFC 3339, UTC).
    pub started: String,
    /// What the administrator chose.
    pub rules: Rules,
    /// The users of Okta, if they are known.
    pub directory: Option<Directory>,
    /// The import before, if it is known.
    pub against: Option<Against>,
    /// The most users, and the most groups, that are read.
    pub most: u64,
    /// The most records of each kind that the outcome shows.
    pub limit: usize,
    /// Whether rows need a fingerprint, for a snapshot.
    pub fingerprints: bool,
}

/// Reads the snapshot of the import before once more.
pub type Reread = Box<dyn Fn(&mut dyn FnMut(Line)) -> Result<(), SnapshotError>>;

/// The import before.
pub struct Against {
    /// The first line of its snapshot.
    pub header: Header,
    /// Its users.
    pub known: Known,
    /// Reads it again, for the names of those who are gone.
    pub reread: Reread,
}

impl fmt::Debug for Against {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Against")
            .field("header", &self.header)
            .field("known", &self.known.len())
            .finish_non_exhaustive()
    }
}

/// A user with what becomes of it.
#[derive(Debug)]
pub struct Row<'a> {
    /// Its position in the list, from 1.
    pub position: u64,
    /// The user.
    pub person: &'a Person,
    /// Its class, if there is a list of Okta's users.
    pub class: Option<Class>,
    /// The name of the Okta user that it is, or may be.
    pub okta_login: Option<&'a str>,
    /// What Okta would do.
    pub decision: Decision,
    /// Its fingerprint, where it was asked for.
    pub fingerprint: Option<u64>,
}

/// Takes each user as it is read.
pub trait Sink {
    /// Takes a user.
    ///
    /// # Errors
    /// Why it can't be taken; then the import ends.
    fn user(&mut self, row: &Row<'_>) -> io::Result<()>;
}

/// Why there is no outcome.
#[derive(Debug, Error)]
pub enum Stop {
    /// The target can't be read at all.
    #[error("{0}")]
    Preflight(#[from] Preflight),
    /// A row can't be taken.
    #[error("{0}")]
    Output(io::Error),
    /// The snapshot of the import before can't be read any more.
    #[error("{0}")]
    Snapshot(#[from] SnapshotError),
}

/// Imports as Okta does, and says what Okta would make of it. Nothing is written to the target.
///
/// # Errors
/// [`Stop`].
pub async fn preview(mut import: Import, sink: &mut dyn Sink) -> Result<Preview, Stop> {
    let begun = Instant::now();
    let mut reader = Reader {
        client: import.client.clone(),
        rules: import.rules.clone(),
        fingerprints: import.fingerprints || import.against.is_some(),
        directory: import.directory.take(),
        against: import.against.take(),
        tally: Tally::default(),
        notables: Notables::new(import.limit),
        sink,
    };
    let pages = |endpoint| Pages {
        client: import.client.clone(),
        dialect: import.dialect,
        endpoint,
    };
    let mut users = None;
    if import.rules.import_users {
        let pages = pages("/Users");
        let visit = |item: &Value, seat, position| reader.user(item, seat, position);
        let walked = Box::pin(walk(&pages, import.most, visit)).await;
        users = Some(walked.map_err(stop)?);
    }
    let safeguard = reader.removed(users.as_ref())?;
    let groups = if import.rules.import_groups {
        let pages = pages("/Groups");
        let mut unnamed = 0;
        let visit = |item: &Value, seat, position| {
            reader.group(item, seat, position, &mut unnamed);
            Ok(())
        };
        match Box::pin(walk(&pages, import.most, visit)).await {
            Ok(walked) => Groups::Read { walked, unnamed },
            // Without users this is the first answer of the target at all.
            Err(broken) if users.is_none() => return Err(stop(broken)),
            Err(Broken::First(none)) => Groups::None {
                status: none.status,
                why: none.why,
            },
            Err(Broken::Output(error)) => return Err(Stop::Output(error)),
        }
    } else {
        Groups::NotAsked
    };
    Ok(outcome(&import, reader, users, groups, safeguard, begun))
}

fn stop(broken: Broken) -> Stop {
    match broken {
        Broken::First(none) => Stop::Preflight(none.preflight),
        Broken::Output(error) => Stop::Output(error),
    }
}

fn outcome(
    import: &Import,
    reader: Reader<'_>,
    mut users: Option<Walked>,
    mut groups: Groups,
    safeguard: Option<Safeguard>,
    begun: Instant,
) -> Preview {
    let Reader {
        tally,
        notables,
        directory,
        against,
        rules,
        ..
    } = reader;
    let mut took = Vec::new();
    let mut requests = 0;
    for walked in users.iter_mut().chain(groups.walked_mut()) {
        took.append(&mut walked.took_us);
        requests += walked.requests;
    }
    let estimate = estimate(took, requests);
    let changes = against.as_ref().map(|against| {
        let unchanged = tally.decided(Decision::Keep);
        let updated = tally.decided(Decision::Update);
        Changes {
            since: against.header.taken.clone(),
            scanned: tally.active,
            new: tally.active.saturating_sub(unchanged + updated),
            updated,
            unchanged,
            removed: safeguard
                .as_ref()
                .map_or(0, |safeguard| safeguard.unassigned),
        }
    });
    let mut preview = Preview {
        format: FORMAT,
        scimitar: env!("CARGO_PKG_VERSION").to_owned(),
        started: import.started.clone(),
        duration_us: u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX),
        target: import.target.clone(),
        scim: import.dialect.word(),
        exact_match: rules.exact.words(),
        partial_match: rules.partial,
        users: users.as_ref().map(listing),
        groups: groups.walked().map(listing),
        active: tally.active,
        missing: tally.fields(),
        okta_users: directory.as_ref().map(|directory| count(directory.len())),
        classes: if directory.is_some() {
            tally.classes()
        } else {
            Vec::new()
        },
        unmatchable: tally.criteria(),
        decisions: tally.decisions(),
        changes,
        safeguard,
        estimate,
        findings: Vec::new(),
        notable: Vec::new(),
    };
    let facts = Facts {
        users: users.as_ref(),
        groups: &groups,
        tally: &tally,
        notables: &notables,
        rules: &rules,
        other_target: against
            .as_ref()
            .map(|against| against.header.target.as_str())
            .filter(|before| !import.target.embedded && *before != import.target.url),
        most: import.most,
    };
    preview.findings = judge(&facts, &preview);
    preview.notable = notables.all();
    preview.target.url = import.client.redact(&preview.target.url);
    preview
}

fn listing(walked: &Walked) -> Listing {
    Listing {
        requests: walked.requests,
        looks: walked.looks,
        total_results: walked.total.map(|(_, greatest)| greatest),
        read: walked.read,
        distinct: walked.distinct,
        lost: walked.lost(),
        short_pages: walked.short,
    }
}

pub(super) fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
