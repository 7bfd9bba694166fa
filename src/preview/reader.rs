//! Takes the records of a walk: each to its match, its decision and its row.

use std::io;

use serde_json::Value;

use super::decide::{Case, Decision, decide};
use super::import::{Against, Row, Sink, Stop, count};
use super::matching::{Class, Directory, differences, lacks};
use super::notable::{Kind, Notables};
use super::person::{Person, fingerprint, member};
use super::rules::Rules;
use super::safeguard::{Safeguard, is_more_than};
use super::snapshot::{LONGEST_ID, Now};
use super::tally::Tally;
use super::walk::{End, Seat, Walked};
use crate::http::Client;

/// Takes the records of a walk.
pub(super) struct Reader<'a> {
    pub(super) client: Client,
    pub(super) rules: Rules,
    pub(super) fingerprints: bool,
    pub(super) directory: Option<Directory>,
    pub(super) against: Option<Against>,
    pub(super) tally: Tally,
    pub(super) notables: Notables,
    pub(super) sink: &'a mut dyn Sink,
}

impl Reader<'_> {
    /// Takes a user of a walk.
    ///
    /// # Errors
    /// Why its row can't be taken.
    pub(super) fn user(&mut self, item: &Value, seat: Seat, position: u64) -> io::Result<()> {
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
        if person.id.as_ref().is_some_and(|id| id.len() > LONGEST_ID) {
            self.tally.long_id(position);
        }
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

    /// Takes a group of a walk.
    pub(super) fn group(&mut self, item: &Value, seat: Seat, position: u64, unnamed: &mut u64) {
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
    pub(super) fn removed(&mut self, users: Option<&Walked>) -> Result<Option<Safeguard>, Stop> {
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
