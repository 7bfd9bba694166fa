//! The import: users and groups, page by page, each record to its match and decision.

use std::fmt;
use std::io;

use serde_json::Value;
use thiserror::Error;
use tokio::time::Instant;

use super::decide::{Case, Decision, decide};
use super::judge::{Facts, Groups, judge};
use super::matching::{Class, Directory, differences, lacks};
use super::notable::{Kind, Notables};
use super::outcome::{Changes, FORMAT, Listing, Preview};
use super::page::Pages;
use super::person::{Person, fingerprint, member};
use super::rules::Rules;
use super::safeguard::{Safeguard, is_more_than};
use super::schedule::estimate;
use super::snapshot::{Header, Known, Line, Now, SnapshotError};
use super::tally::Tally;
use super::walk::{Broken, End, Seat, Walked, walk};
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

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// Takes the records of a walk.
struct Reader<'a> {
    client: Client,
    rules: Rules,
    fingerprints: bool,
    directory: Option<Directory>,
    against: Option<Against>,
    tally: Tally,
    notables: Notables,
    sink: &'a mut dyn Sink,
}

impl Reader<'_> {
    fn user(&mut self, item: &Value, seat: Seat, position: u64) -> io::Result<()> {
        let client = &self.client;
        let person = Person::read(item, &self.rules, &|text| client.redact(text));
        let content = self.fingerprints.then(|| fingerprint(item));
        match seat {
            Seat::Again(before) => {
                let text = format!("it came at {before} too");
                self.notables
                    .person(Kind::RepeatedId, &person, position, &text);
                return Ok(());
            }
            Seat::Gap => {
                self.note(&person, Now::Missed);
                self.notables.person(
                    Kind::Missed,
                    &person,
                    position,
                    "no page of the import holds it",
                );
                return self.emit(&person, position, None, Decision::Missed, content);
            }
            Seat::Moved => {
                self.tally.withdraw(Decision::Missed);
                self.notables.withdraw(Kind::Missed, person.name());
            }
            Seat::Read | Seat::Nameless => {}
        }
        let now = if person.active {
            Now::Active
        } else {
            Now::Inactive
        };
        self.note(&person, now);
        self.tally.missing(&person.missing);
        if person.active {
            self.tally.active += 1;
        } else {
            self.tally.inactive += 1;
        }
        if let Some(name) = &person.user_name
            && let Some(before) = self.tally.user_name(name, position)
        {
            let text = format!("the user at {before} has it too");
            self.notables
                .person(Kind::RepeatedUserName, &person, position, &text);
        }
        self.lacking(&person, position);
        let known = self.against.as_ref().zip(person.id.as_ref().zip(content));
        let before = known.and_then(|(against, (id, content))| against.known.before(id, content));
        let found = self
            .directory
            .as_mut()
            .filter(|_| person.is_importable())
            .map(|directory| directory.find(&person));
        let okta = found.as_ref().and_then(|found| found.okta);
        let one = okta.filter(|_| found.as_ref().is_some_and(|found| found.candidates == 1));
        let user = one.and_then(|number| self.directory.as_ref()?.user(number));
        let case = Case {
            importable: person.is_importable(),
            active: person.active,
            class: found.as_ref().map(|found| found.class),
            okta_status: user
                .map(|user| user.status.as_str())
                .filter(|status| !status.is_empty()),
            before,
            compared: self.against.is_some(),
        };
        let decision = decide(case, &self.rules);
        let class = case.class.filter(|_| person.active);
        if let Some(class) = class {
            self.tally.class(class);
        }
        if person.active {
            for criterion in lacks(&person, &self.rules.exact) {
                self.tally.lacks(criterion);
            }
        }
        let differs = user
            .map(|user| differences(&person, user, &self.rules.exact).join(", "))
            .filter(|differs| !differs.is_empty());
        let login =
            okta.and_then(|number| Some(self.directory.as_ref()?.user(number)?.login.clone()));
        let shown = login
            .as_deref()
            .map_or_else(String::new, |login| self.client.redact(login));
        match (class, decision, &found) {
            (_, Decision::ReactivatePending, _) => {
                let text = match (&case.class, differs) {
                    (_, Some(differs)) => format!("{shown} differs in {differs}"),
                    (Some(Class::Exact), None) => {
                        "the page doesn't reactivate such users".to_owned()
                    }
                    (Some(_), None) => "no Okta user matches exactly".to_owned(),
                    (None, None) => "whether it matches exactly needs --okta-users".to_owned(),
                };
                self.notables
                    .person(Kind::NotReactivated, &person, position, &text);
            }
            (Some(Class::Partial), _, _) => {
                let differs = differs.unwrap_or_else(|| self.rules.exact.words());
                let text = format!("{shown}: {differs} differs");
                self.notables
                    .person(Kind::Partial, &person, position, &text);
            }
            (Some(Class::Ambiguous), _, Some(found)) => {
                let text = if found.taken {
                    format!("{shown} is the match of another user already")
                } else {
                    format!("{} Okta users, such as {shown}", found.candidates)
                };
                self.notables
                    .person(Kind::Ambiguous, &person, position, &text);
            }
            _ => {}
        }
        let found = class.map(|class| (class, shown.as_str()));
        self.emit(&person, position, found, decision, content)
    }

    fn lacking(&mut self, person: &Person, position: u64) {
        let missing: Vec<&str> = person.missing.iter().map(|field| field.words()).collect();
        if !person.is_importable() {
            let text = if person.id.is_none() {
                "it has no id"
            } else {
                "nothing to make an Okta username of"
            };
            self.notables
                .person(Kind::Incomplete, person, position, text);
        } else if !missing.is_empty() {
            let text = format!("without {}", missing.join(", "));
            self.notables.person(Kind::Lacking, person, position, &text);
        }
    }

    fn note(&mut self, person: &Person, now: Now) {
        if let (Some(against), Some(id)) = (&mut self.against, &person.id) {
            against.known.note(id, now);
        }
    }

    fn emit(
        &mut self,
        person: &Person,
        position: u64,
        found: Option<(Class, &str)>,
        decision: Decision,
        fingerprint: Option<u64>,
    ) -> io::Result<()> {
        self.tally.decision(decision);
        self.sink.user(&Row {
            position,
            person,
            class: found.map(|(class, _)| class),
            okta_login: found
                .map(|(_, login)| login)
                .filter(|login| !login.is_empty()),
            decision,
            fingerprint,
        })
    }

    fn group(&mut self, item: &Value, seat: Seat, position: u64, unnamed: &mut u64) {
        let text = |name: &str| {
            let text = member(item, name).and_then(Value::as_str);
            text.filter(|text| !text.trim().is_empty())
                .map(|text| self.client.redact(text))
        };
        let (id, display_name) = (text("id"), text("displayName"));
        *unnamed += u64::from(id.is_none() || display_name.is_none());
        let name = display_name
            .or(id)
            .unwrap_or_else(|| "(no name)".to_owned());
        let name = format!("group {name}");
        match seat {
            Seat::Again(before) => {
                let text = format!("it came at {before} too");
                self.notables
                    .add(Kind::RepeatedId, &name, Some(position), &text);
            }
            Seat::Gap => {
                self.notables.add(
                    Kind::Missed,
                    &name,
                    Some(position),
                    "no page of the import holds it",
                );
            }
            Seat::Moved => self.notables.withdraw(Kind::Missed, &name),
            Seat::Read | Seat::Nameless => {}
        }
    }

    /// Who was there at the import before and would be unassigned. An import that breaks off unassigns nobody.
    fn removed(&mut self, users: Option<&Walked>) -> Result<Option<Safeguard>, Stop> {
        let Some(Walked {
            end: End::Whole | End::Repeats { .. } | End::Empty { .. },
            ..
        }) = users
        else {
            return Ok(None);
        };
        let Some(against) = &self.against else {
            return Ok(None);
        };
        let (mut before, mut gone, mut inactive, mut missed) = (0, 0, 0, 0);
        let notables = &mut self.notables;
        (against.reread)(&mut |line| {
            let Some(now) = against.known.now(&line.id) else {
                return;
            };
            before += 1;
            let (count, text) = match now {
                Now::Active => return,
                Now::Gone => (&mut gone, "it is no longer there"),
                Now::Inactive => (&mut inactive, "it is inactive now"),
                Now::Missed => (&mut missed, "it is there, and the paging loses it"),
            };
            *count += 1;
            let name = if line.user_name.is_empty() {
                &line.id
            } else {
                &line.user_name
            };
            notables.add(Kind::Unassigned, name, None, text);
        })?;
        let unassigned = gone + inactive + missed;
        let org_users = self
            .directory
            .as_ref()
            .map(|directory| count(directory.len()));
        let (app, org) = (self.rules.safeguard_app, self.rules.safeguard_org);
        Ok(Some(Safeguard {
            before,
            unassigned,
            gone,
            inactive,
            missed,
            app_percent: app,
            trips_app: is_more_than(unassigned, before, app),
            org_percent: org,
            org_users,
            trips_org: org_users.is_some_and(|users| is_more_than(unassigned, users, org)),
        }))
    }
}
