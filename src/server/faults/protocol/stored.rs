//! What a faulty server stores or brings back, whatever it answers.

use serde_json::{Map, Value, json};

use super::schemas::{NUMBER, URN};
use super::{body_of, edit};
use crate::scim::error::{ScimError, ScimType};
use crate::scim::projection::Projection;
use crate::scim::urn;
use crate::server::answer::Answer;
use crate::server::call::Call;
use crate::server::fault::Defect;
use crate::server::kind::{GROUP, USER};
use crate::server::route::{Asked, Operation, Place};
use crate::server::service::Service;
use crate::server::state::State;
use crate::server::store::{Store, Stored};
use crate::server::write::Terms;

type Outcome = Result<Answer, ScimError>;

fn badge(value: &Value) -> Option<&Value> {
    value.get(URN)?.get(NUMBER)
}

impl Service {
    fn has(&self, defect: Defect) -> bool {
        self.switches.has(defect)
    }

    fn change(&self, state: &mut State, id: &str, change: impl FnOnce(&mut Map<String, Value>)) {
        if let Some(found) = state.store.get(id) {
            let mut changed = Stored::clone(found);
            change(&mut changed.attributes);
            state.write(self, |store| store.put(changed));
        }
    }

    fn as_it_is(&self, state: &State, asked: &Asked, id: &str, status: u16) -> Outcome {
        let kind = state.store.get(id).map_or(USER, |stored| stored.kind);
        let whole = Projection::default();
        self.shown(&state.store, asked.dialect, kind, id, &whole, status)
    }

    /// What a faulty server does before it looks at a write of a resource that is there.
    ///
    /// # Errors
    /// What it does not take.
    pub(in crate::server) fn before_write(
        &self,
        call: &mut Call,
        asked: &Asked,
        state: &mut State,
    ) -> Result<(), ScimError> {
        let (Place::Resource(_, id), Operation::Replace, false) =
            (&asked.place, asked.operation, asked.is_v1())
        else {
            return Ok(());
        };
        let Some(there) = state.store.get(id).map(|stored| stored.attributes.clone()) else {
            return Ok(());
        };
        let body = body_of(call);
        let omits = |name: &str| body.get(name).is_none();
        if self.has(Defect::ReplaceOmittedRefused)
            && there.contains_key("nickName")
            && omits("nickName")
        {
            let error = ScimError::new(ScimType::InvalidValue, "nickName is missing.");
            return Err(error);
        }
        if self.has(Defect::ReplaceWithoutRequiredAccepted) && omits("userName") {
            let name = there.get("userName").cloned().unwrap_or_default();
            edit(call, |body| {
                if let Some(members) = body.as_object_mut() {
                    members.insert("userName".to_owned(), name);
                }
            });
        }
        let there = Value::Object(there);
        let (old, new) = (badge(&there).cloned(), badge(&body).cloned());
        if old.is_some() && new.is_some() && self.has(Defect::ImmutableSameRefused) {
            let error = ScimError::new(ScimType::Mutability, "badgeNumber is immutable.");
            return Err(error);
        }
        if self.has(Defect::ImmutableReplaced) && new.is_some() {
            self.change(state, id, |attributes| {
                attributes.shift_remove(URN);
            });
        }
        let kept = old.filter(|_| self.has(Defect::ImmutableSilentlyKept));
        let dropped = self.has(Defect::ImmutableFirstDropped) && kept.is_none();
        if kept.is_some() || dropped {
            edit(call, |body| {
                if let Some(members) = body.get_mut(URN).and_then(Value::as_object_mut) {
                    members.shift_remove(NUMBER);
                    members.extend(kept.map(|number| (NUMBER.to_owned(), number)));
                }
            });
        }
        Ok(())
    }

    /// What a faulty server makes of a request that was done or refused.
    pub(in crate::server) fn after_all(
        &self,
        call: &Call,
        asked: &Asked,
        state: &mut State,
        before: &Store,
        outcome: &mut Outcome,
    ) {
        if asked.is_v1() {
            return;
        }
        match (&asked.place, asked.operation) {
            (Place::Collection(kind), Operation::Create) => {
                self.after_post(call, asked, state, *kind, outcome);
            }
            (Place::Resource(_, id), Operation::Replace) => match outcome {
                Ok(_) => self.after_put(call, asked, state, before, (id, outcome)),
                Err(_) => self.after_refused_put(call, asked, state, (id, outcome)),
            },
            (Place::Resource(_, id), Operation::Read) => {
                self.after_read(asked, state, id, outcome);
            }
            (Place::Resource(kind, id), Operation::Delete) => {
                self.after_delete(state, before, (*kind, id), outcome);
            }
            (Place::Resource(_, id), Operation::Modify) => {
                let path = |wanted: &str| {
                    body_of(call)
                        .pointer("/Operations/0/path")
                        .and_then(Value::as_str)
                        .is_some_and(|path| path.contains(wanted))
                };
                let accepts = self.has(Defect::PathFilterInvalidAccepted) && path("[type eq]")
                    || self.has(Defect::PatchInvalidPathAccepted) && path("..");
                if accepts {
                    *outcome = self.as_it_is(state, asked, id, 200);
                }
            }
            _ => {}
        }
    }

    /// Stores a create although it was refused.
    pub(in crate::server) fn store_refused(&self, call: &Call, asked: &Asked, state: &mut State) {
        if let (Place::Collection(kind), Operation::Create) = (&asked.place, asked.operation) {
            let nothing = std::collections::HashSet::new();
            let terms = self.terms(asked, &nothing);
            // The answer has been given.
            let _ = self.create(state, terms, *kind, &body_of(call), None);
        }
    }

    fn terms<'a>(&self, asked: &Asked, promised: &'a std::collections::HashSet<String>) -> Terms<'a> {
        Terms {
            dialect: asked.dialect,
            if_match: None,
            promised,
            seen: None,
        }
    }

    fn after_post(
        &self,
        call: &Call,
        asked: &Asked,
        state: &mut State,
        kind: usize,
        outcome: &Outcome,
    ) {
        let refused_type = matches!(outcome, Err(error) if error.status == 415);
        if refused_type && self.has(Defect::BodyOtherMediaTypeHalfStored) {
            self.store_refused(call, asked, state);
        }
        let silent = kind == USER && body_of(call).get("active").is_none();
        if outcome.is_ok() && silent && self.has(Defect::CreateDefaultDiffers) {
            let newest = state.store.newest().map(|stored| stored.id.clone());
            self.change(state, &newest.unwrap_or_default(), |attributes| {
                attributes.insert("active".to_owned(), false.into());
            });
        }
    }

    fn after_put(
        &self,
        call: &Call,
        asked: &Asked,
        state: &mut State,
        before: &Store,
        (id, outcome): (&str, &mut Outcome),
    ) {
        let Some(old) = before.get(id).cloned() else {
            return;
        };
        let body = body_of(call);
        let unchanged = state
            .store
            .get(id)
            .is_some_and(|new| new.attributes == old.attributes);
        if unchanged && self.has(Defect::ReplaceUnchangedRefused) {
            *outcome = Err(ScimError::status(409, "Nothing has changed."));
            return;
        }
        let mut changes = false;
        self.change(state, id, |attributes| {
            let untouched = attributes.clone();
            self.spoil(&body, &old, unchanged, attributes);
            changes = untouched != *attributes;
        });
        if changes {
            *outcome = self.as_it_is(state, asked, id, 200);
        }
        let wanted = body.get("id").and_then(Value::as_str).map(str::to_owned);
        if let Some(wanted) = wanted.filter(|wanted| self.has(Defect::ReplaceIdFromBody) && wanted != id)
        {
            state.write(self, |store| {
                if let Some(stored) = store.remove(id) {
                    store.put(Stored {
                        id: wanted.clone(),
                        ..Stored::clone(&stored)
                    });
                }
            });
            *outcome = self.as_it_is(state, asked, &wanted, 200);
        }
    }

    fn spoil(
        &self,
        body: &Value,
        old: &Stored,
        unchanged: bool,
        attributes: &mut Map<String, Value>,
    ) {
        let keep = |attributes: &mut Map<String, Value>, name: &str| {
            match old.attributes.get(name) {
                Some(value) => attributes.insert(name.to_owned(), value.clone()),
                None => attributes.shift_remove(name),
            };
        };
        if self.has(Defect::ReplaceDropsNickName) {
            keep(attributes, "nickName");
        }
        if self.has(Defect::ReplaceGroupLosesMembers) && old.kind == GROUP {
            attributes.shift_remove("members");
        }
        if self.has(Defect::ReplaceKeepsNulled) {
            for (name, value) in body.as_object().into_iter().flatten() {
                if crate::scim::schema::is_unassigned(value) {
                    keep(attributes, name);
                }
            }
        }
        if let (true, Some(groups)) = (
            self.has(Defect::ReplaceReadOnlyStored),
            body.get("groups").filter(|groups| groups.is_array()),
        ) {
            attributes.insert("groups".to_owned(), groups.clone());
        }
        let had_extension = old.attributes.contains_key(urn::ENTERPRISE_USER);
        if self.has(Defect::ReplaceExtensionHalfRemoved)
            && had_extension
            && body.get(urn::ENTERPRISE_USER).is_none()
        {
            attributes.insert(urn::ENTERPRISE_USER.to_owned(), json!({}));
        }
        if self.has(Defect::ReplaceAppendsTwice)
            && unchanged
            && let Some(emails) = attributes.get_mut("emails").and_then(Value::as_array_mut)
        {
            let again = emails.clone();
            emails.extend(again);
        }
    }

    fn after_refused_put(
        &self,
        call: &Call,
        asked: &Asked,
        state: &mut State,
        (id, outcome): (&str, &mut Outcome),
    ) {
        let Err(error) = &*outcome else {
            return;
        };
        let (status, body) = (error.status, body_of(call));
        let any_tag = call.header("if-match") == Some("*");
        let known = state.store.get(id).is_some();
        let nothing = std::collections::HashSet::new();
        let terms = self.terms(asked, &nothing);
        if let (404, false, Place::Resource(kind, _)) = (status, known, &asked.place) {
            let gone = state.store.gone.iter().find(|stored| stored.id == id).cloned();
            if let Some(gone) = gone.filter(|_| self.has(Defect::DeletedCanBeReplaced)) {
                state.write(self, |store| store.put(Stored::clone(&gone)));
                *outcome = self.as_it_is(state, asked, id, 200);
                return;
            }
            if self.has(Defect::ReplaceUnknownCreatesSilently) {
                // It is answered as if nothing had happened.
                let _ = self.create(state, terms, *kind, &body, None);
            }
            if self.has(Defect::IfMatchAnyCreates)
                && any_tag
                && self.create(state, terms, *kind, &body, Some(id.to_owned())).is_ok()
            {
                *outcome = self.as_it_is(state, asked, id, 201);
            }
            return;
        }
        let name = body.get("displayName").cloned();
        if let (412, true, Some(name)) = (status, self.has(Defect::IfMatchCheckedAfter), name) {
            self.change(state, id, |attributes| {
                attributes.insert("displayName".to_owned(), name);
            });
        }
        if status == 400 && body.is_null() && self.has(Defect::ReplaceMalformedClears) {
            self.change(state, id, |attributes| {
                attributes.shift_remove("displayName");
            });
        }
        if status == 400 && self.has(Defect::ReplaceWrongTypeStored) {
            let wrong = ["active", "name", "emails"]
                .into_iter()
                .filter_map(|name| Some((name.to_owned(), body.get(name)?.clone())))
                .filter(|(_, value)| value.is_string());
            let wrong: Vec<(String, Value)> = wrong.collect();
            if !wrong.is_empty() {
                self.change(state, id, |attributes| attributes.extend(wrong));
                *outcome = self.as_it_is(state, asked, id, 200);
            }
        }
    }

    fn after_read(&self, asked: &Asked, state: &State, id: &str, outcome: &mut Outcome) {
        if outcome.is_err() && self.has(Defect::ReadAnyType) && state.store.get(id).is_some() {
            *outcome = self.as_it_is(state, asked, id, 200);
        }
        let first = state.store.of(USER).next().map(|user| user.id.clone());
        if let (true, Some(first)) = (
            self.has(Defect::SuffixAnswersOther) && id.ends_with(".scim"),
            first,
        ) {
            *outcome = self.as_it_is(state, asked, &first, 200);
        }
        if self.has(Defect::GroupOfDeletedMemberAnswers500)
            && let Some(group) = state.store.get(id).filter(|found| found.kind == GROUP)
            && group.member_ids().any(|member| state.store.get(member).is_none())
        {
            *outcome = Err(ScimError::status(500, "A member is missing."));
        }
        if let (true, Ok(answer)) = (self.has(Defect::EtagChangesByItself), outcome) {
            answer.set("etag", format!("W/\"{}\"", state.requests));
        }
    }

    fn after_delete(
        &self,
        state: &mut State,
        before: &Store,
        (kind, id): (usize, &str),
        outcome: &mut Outcome,
    ) {
        let gone = before.gone.iter().any(|stored| stored.id == id);
        let other = before.get(id).is_some_and(|found| found.kind != kind);
        if outcome.is_err() && gone && self.has(Defect::DeletedDeletesAgain) {
            *outcome = Ok(Answer::empty(204));
        }
        if outcome.is_err() && other && self.has(Defect::DeleteOfGroupAsUser) {
            state.write(self, |store| {
                store.remove(id);
            });
            *outcome = Ok(Answer::empty(204));
        }
    }
}
