//! From what a request asks for to the code that does it, and back to an answer.

use std::collections::HashSet;

use serde_json::Value;

use super::answer::Answer;
use super::call::Call;
use super::dialect::Dialect;
use super::fault::{Choice, Defect, Switches};
use super::kind::USER;
use super::present::View;
use super::query::{Query, projection};
use super::route::{self, Asked, Operation, Place};
use super::service::Service;
use super::state::State;
use super::store::{Store, Stored};
use super::write::{Terms, has_tag, if_match, not_found};
use super::xml;
use crate::scim::error::ScimError;
use crate::scim::projection::Projection;
use crate::scim::text::prepared;

impl Service {
    /// Does what a request asks for.
    ///
    /// # Errors
    /// What the server answers.
    pub(super) fn dispatch(
        &self,
        call: &Call,
        asked: &Asked,
        state: &mut State,
        seen: Option<&Store>,
    ) -> Result<Answer, ScimError> {
        let dialect = asked.dialect;
        if asked.place == Place::Unknown {
            return Err(ScimError::status(404, "There is no such endpoint."));
        }
        if let Some(error) = self.unsupported(asked) {
            return Err(error);
        }
        if asked.operation == Operation::Other {
            let error = ScimError::status(405, format!("{} is not allowed here.", call.method));
            return Ok(Answer::error(dialect, &error).with("allow", route::allowed(&asked.place)));
        }
        if !call.accepts_json() && !xml::is_wanted(&self.switches, dialect, call) {
            return Err(ScimError::status(
                406,
                "The answer is application/scim+json or application/json.",
            ));
        }
        let nothing = HashSet::new();
        let terms = Terms {
            dialect,
            if_match: if_match(call),
            promised: &nothing,
            seen,
        };
        match (&asked.place, asked.operation) {
            (Place::Config | Place::ResourceTypes(_) | Place::Schemas(_), _) => {
                self.discover(call, asked)
            }
            (Place::Root, _) => {
                let all: Vec<usize> = (0..self.kinds.len())
                    .filter(|kind| self.kind(*kind).is_in(dialect))
                    .collect();
                self.list(state, dialect, &all, Query::from_call(call)?)
            }
            (Place::Collection(kind), Operation::List) => {
                self.list(state, dialect, &[*kind], Query::from_call(call)?)
            }
            (Place::Search(kind), _) => {
                let kinds = kind.map_or_else(|| (0..self.kinds.len()).collect(), |kind| vec![kind]);
                let query = Query::from_search(&call.json()?)?;
                self.list(state, dialect, &kinds, self.switches.searched(query))
            }
            (Place::Collection(kind), _) => {
                let (body, projection) = (call.json()?, projection(call)?);
                let id = match self.create(state, terms, *kind, &body, None) {
                    Err(error) if error.status == 409 => {
                        return self.refused(state, dialect, *kind, &body, error);
                    }
                    outcome => outcome?,
                };
                let projection = projection.after(&body);
                let mut answer = self.shown(&state.store, dialect, *kind, &id, &projection, 201)?;
                let location = self.location(dialect, *kind, &id);
                answer.set("location", location);
                self.switches
                    .after_create(state, self, *kind, &id, &body, &mut answer);
                Ok(answer)
            }
            (Place::Bulk, _) => Ok(Answer::json(200, self.bulk(state, dialect, &call.json()?)?)),
            (Place::Resource(kind, id), operation) => {
                self.single(call, state, terms, operation, *kind, id)
            }
            (Place::Me, operation) => {
                // The credentials of the demo stand for the first user.
                let me = state.store.of(USER).next().map(|user| user.id.clone());
                let me = me.ok_or_else(|| {
                    ScimError::status(404, "There is no user for these credentials.")
                })?;
                if self.switches.chooses(Choice::MeRedirects) && operation == Operation::Read {
                    return Ok(
                        Answer::empty(308).with("location", self.location(dialect, USER, &me))
                    );
                }
                let mut answer = self.single(call, state, terms, operation, USER, &me)?;
                if operation != Operation::Delete {
                    answer.set("location", self.location(dialect, USER, &me));
                }
                Ok(answer)
            }
            _ => Err(ScimError::status(404, "There is no such endpoint.")),
        }
    }

    /// What becomes of a create that conflicts: the error, but for two faults.
    fn refused(
        &self,
        state: &mut State,
        dialect: Dialect,
        kind: usize,
        body: &Value,
        error: ScimError,
    ) -> Result<Answer, ScimError> {
        let name = body
            .get("userName")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let Some(taken) = state.store.user_named(name, None, prepared).cloned() else {
            return Err(error);
        };
        if self.switches.has(Defect::DuplicateAnswers200) {
            return self.shown(
                &state.store,
                dialect,
                kind,
                &taken.id,
                &Projection::default(),
                200,
            );
        }
        if let (true, Some(display_name)) = (
            self.switches.has(Defect::DuplicateOverwrites),
            body.get("displayName"),
        ) {
            let mut overwritten = Stored::clone(&taken);
            overwritten
                .attributes
                .insert("displayName".to_owned(), display_name.clone());
            overwritten.version += 1;
            state.write(self, |store| store.put(overwritten));
        }
        Err(error)
    }

    fn unsupported(&self, asked: &Asked) -> Option<ScimError> {
        let chooses = |choice| self.switches.chooses(choice);
        if asked.place == Place::Me && chooses(Choice::MeNotFound) {
            return Some(ScimError::status(404, "There is no such resource."));
        }
        let lacks = match (&asked.place, asked.operation) {
            (_, Operation::Delete) => self.config.modes.without_delete,
            (Place::Bulk, _) => chooses(Choice::NoBulk),
            (Place::Me, _) => chooses(Choice::NoMe),
            (Place::Search(_), _) => chooses(Choice::NoSearch),
            (_, Operation::Modify) => chooses(Choice::NoPatch),
            _ => false,
        };
        lacks.then(|| ScimError::status(501, "This is not supported."))
    }

    fn single(
        &self,
        call: &Call,
        state: &mut State,
        terms: Terms<'_>,
        operation: Operation,
        kind: usize,
        id: &str,
    ) -> Result<Answer, ScimError> {
        let (dialect, projection) = (terms.dialect, projection(call)?);
        let old = |state: &State| self.shown(&state.store, dialect, kind, id, &projection, 200);
        match operation {
            Operation::Read => self.read(call, state, dialect, kind, id, &projection),
            Operation::Replace => {
                let body = call.json()?;
                let before = self
                    .switches
                    .has(Defect::ReplaceAnswersWithOld)
                    .then(|| old(state));
                let creates =
                    self.switches.has(Defect::ReplaceCreates) && state.store.get(id).is_none();
                if creates {
                    self.create(state, terms, kind, &body, Some(id.to_owned()))?;
                    return self.shown(&state.store, dialect, kind, id, &projection, 201);
                }
                self.replace(state, terms, kind, id, &body)?;
                let projection = projection.after(&body);
                let id = Switches::id_after_replace(&state.store, id);
                before.unwrap_or_else(|| {
                    self.shown(&state.store, dialect, kind, &id, &projection, 200)
                })
            }
            Operation::Modify => {
                let body = call.json()?;
                let before = old(state);
                self.modify(state, terms, kind, id, &body)?;
                let projection = projection.clone().after(&body);
                let after = self.shown(&state.store, dialect, kind, id, &projection, 200);
                let stale = self.switches.has(Defect::PatchAnswersWithOld) || after.is_err();
                let answer = if stale { before? } else { after? };
                let plain = projection.is_default();
                if self.switches.chooses(Choice::PatchAnswers204) && plain {
                    return Ok(Answer {
                        headers: answer.headers,
                        ..Answer::empty(204)
                    });
                }
                Ok(answer)
            }
            _ => {
                self.delete(state, terms, kind, id)?;
                // SCIM 1.1 shows 200 without a body (API §3.4).
                Ok(Answer::empty(if dialect == Dialect::V1 {
                    200
                } else {
                    204
                }))
            }
        }
    }

    fn read(
        &self,
        call: &Call,
        state: &State,
        dialect: Dialect,
        kind: usize,
        id: &str,
        projection: &Projection,
    ) -> Result<Answer, ScimError> {
        self.switches.can_be_read(state.readable(), id)?;
        let id = self.switches.read_instead(state.readable(), kind, id);
        let answer = self.shown(state.readable(), dialect, kind, &id, projection, 200)?;
        let tag = call
            .header("if-none-match")
            .filter(|_| !self.switches.has(Defect::IfNoneMatchIgnored));
        let fits = tag
            .zip(answer.header("etag"))
            .is_some_and(|(list, version)| has_tag(list, version));
        if fits {
            return Ok(Answer {
                headers: answer.headers,
                ..Answer::empty(304)
            });
        }
        Ok(answer)
    }

    /// A resource as the body of an answer.
    pub(super) fn shown(
        &self,
        store: &Store,
        dialect: Dialect,
        kind: usize,
        id: &str,
        projection: &Projection,
        status: u16,
    ) -> Result<Answer, ScimError> {
        let stored: &Stored = store
            .get(id)
            .filter(|stored| stored.kind == kind)
            .ok_or_else(|| not_found(id))?;
        let view = View::new(self, store, dialect);
        let whole = view.representation(stored);
        let mut answer = Answer::json(status, self.project(dialect, kind, &whole, projection));
        if let Some(version) = view
            .version(stored)
            .filter(|_| !self.switches.has(Defect::EtagMissing))
        {
            answer.set("etag", version);
        }
        if !self.switches.chooses(Choice::NoContentLocation) {
            let endpoint = self.switches.has(Defect::ContentLocationOfEndpoint);
            let mut location = view.location(stored);
            if endpoint && let Some(end) = location.rfind('/') {
                location.truncate(end);
            }
            answer.set("content-location", location);
        }
        Ok(answer)
    }
}
