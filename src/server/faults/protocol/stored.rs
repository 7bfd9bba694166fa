//! What a faulty server stores or brings back, whatever it answers.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::schemas::{NUMBER, URN};
use super::{body_of, edit, has_suffix};
use crate::scim::error::{ScimError, ScimType};
use crate::scim::projection::Projection;
use crate::server::answer::Answer;
use crate::server::call::Call;
use crate::server::fault::Defect;
use crate::server::kind::{GROUP, USER};
use crate::server::route::{Asked, Operation, Place};
use crate::server::service::Service;
use crate::server::state::State;
use crate::server::store::{Store, Stored};
use crate::server::write::Terms;

pub(super) type Outcome = Result<Answer, ScimError>;

fn badge(value: &Value) -> Option<&Value> {
    value.get(URN)?.get(NUMBER)
}

pub(super) fn terms<'a>(asked: &Asked, promised: &'a HashSet<String>) -> Terms<'a> {
    Terms {
        dialect: asked.dialect,
        if_match: None,
        promised,
        seen: None,
    }
}

impl Service {
    pub(super) fn has(&self, defect: Defect) -> bool {
        self.switches.has(defect)
    }

    pub(super) fn change(
        &self,
        state: &mut State,
        id: &str,
        change: impl FnOnce(&mut Map<String, Value>),
    ) {
        if let Some(found) = state.store.get(id) {
            let mut changed = Stored::clone(found);
            change(&mut changed.attributes);
            state.write(self, |store| store.put(changed));
        }
    }

    pub(super) fn as_it_is(&self, state: &State, asked: &Asked, id: &str, status: u16) -> Outcome {
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
            (_, Operation::List)
                if self.has(Defect::BusyAnswers500) && state.requests.is_multiple_of(5) =>
            {
                *outcome = Err(ScimError::status(500, "This is too much."));
            }
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
            let nothing = HashSet::new();
            let terms = terms(asked, &nothing);
            // The answer has been given.
            let _ = self.create(state, terms, *kind, &body_of(call), None);
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

    fn after_read(&self, asked: &Asked, state: &State, id: &str, outcome: &mut Outcome) {
        if outcome.is_err() && self.has(Defect::ReadAnyType) && state.store.get(id).is_some() {
            *outcome = self.as_it_is(state, asked, id, 200);
        }
        let first = state.store.of(USER).next().map(|user| user.id.clone());
        if let (true, Some(first)) = (
            self.has(Defect::SuffixAnswersOther) && has_suffix(id),
            first,
        ) {
            *outcome = self.as_it_is(state, asked, &first, 200);
        }
        if self.has(Defect::GroupOfDeletedMemberAnswers500)
            && let Some(group) = state.store.get(id).filter(|found| found.kind == GROUP)
            && group
                .member_ids()
                .any(|member| state.store.get(member).is_none())
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
        let gone = before.gone().iter().any(|stored| stored.id == id);
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
