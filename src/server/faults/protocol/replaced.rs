//! What a faulty server makes of a PUT, whether it was done or refused.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::body_of;
use super::stored::{Outcome, terms};
use crate::scim::error::ScimError;
use crate::scim::urn;
use crate::server::call::Call;
use crate::server::fault::Defect;
use crate::server::kind::GROUP;
use crate::server::route::{Asked, Place};
use crate::server::service::Service;
use crate::server::state::State;
use crate::server::store::{Store, Stored};

impl Service {
    /// After a PUT that was done.
    pub(super) fn after_put(
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
        if let Some(wanted) =
            wanted.filter(|wanted| self.has(Defect::ReplaceIdFromBody) && wanted != id)
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

    /// After a PUT that was refused.
    pub(super) fn after_refused_put(
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
        let nothing = HashSet::new();
        let terms = terms(asked, &nothing);
        if let (404, false, Place::Resource(kind, _)) = (status, known, &asked.place) {
            let gone = state
                .store
                .gone()
                .iter()
                .find(|stored| stored.id == id)
                .cloned();
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
                && self
                    .create(state, terms, *kind, &body, Some(id.to_owned()))
                    .is_ok()
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
}
