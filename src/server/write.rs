//! Creating, replacing, modifying and deleting (RFC 7644 §3.3, §3.5, §3.6): what a write makes of the store.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::call::Call;
use super::dialect::{Dialect, from_v1};
use super::fault::{Choice, Defect};
use super::kind::{GROUP, USER};
use super::present::View;
use super::service::Service;
use super::state::State;
use super::store::{Store, Stored};
use crate::scim::error::{ScimError, ScimType};
use crate::scim::{patch, validate};

/// What a write depends on beside its body.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms<'a> {
    /// The version of SCIM.
    pub(super) dialect: Dialect,
    /// `If-Match`, or `version` of a bulk operation.
    pub(super) if_match: Option<&'a str>,
    /// Ids that a bulk job is about to create.
    pub(super) promised: &'a HashSet<String>,
    /// The store as it was when a server that does not lock looked at it: a fault's.
    pub(super) seen: Option<&'a Store>,
}

/// Whether a list of entity tags has this one, compared weakly (RFC 7232 §2.3.2).
pub(super) fn has_tag(list: &str, version: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    list.trim() == "*" || list.split(',').any(|tag| opaque(tag) == opaque(version))
}

/// The same as a server does it that ignores case.
fn has_tag_in_any_case(list: &str, version: &str) -> bool {
    has_tag(&list.to_uppercase(), &version.to_uppercase())
}

impl Service {
    /// Creates a resource, and says its id.
    ///
    /// # Errors
    /// What the server answers.
    pub(super) fn create(
        &self,
        state: &mut State,
        terms: Terms<'_>,
        kind: usize,
        body: &Value,
        id: Option<String>,
    ) -> Result<String, ScimError> {
        let mut body = body.clone();
        self.switches
            .before_create(self.kind(kind).schema(terms.dialect), &mut body)?;
        let body = self.as_meant(terms.dialect, kind, &body)?;
        let checked = if self.switches.has(Defect::CreateWrongTypeAccepted) {
            validate::for_create(self.kind(kind).schema(terms.dialect), &body)
                .unwrap_or_else(|_| body.clone())
        } else {
            match self.validated(kind, terms.dialect, &body) {
                Err(error)
                    if self.switches.has(Defect::TwoPrimariesKept)
                        && error.detail.contains("primary") =>
                {
                    body.clone()
                }
                checked => checked?,
            }
        };
        let id = id
            .or_else(|| self.switches.id_of_client(&body))
            .or_else(|| {
                self.switches
                    .has(Defect::IdsReused)
                    .then(|| state.store.pop_gone().map(|gone| gone.id.clone()))?
            })
            .or_else(|| {
                let takes = kind == GROUP && self.switches.has(Defect::IdOfUserForGroup);
                let newest = state.store.of(USER).last().filter(|_| takes)?;
                Some(newest.id.clone())
            })
            .unwrap_or_else(|| state.fresh_id(&self.switches));
        let (mut attributes, password) =
            self.settled(&state.store, kind, stored_form(terms.dialect, checked));
        if kind == USER && !self.switches.has(Defect::FilterDefaultUnknown) {
            attributes.entry("active").or_insert(Value::Bool(true));
        }
        self.check(
            terms.seen.unwrap_or(&state.store),
            terms,
            kind,
            Some(&id),
            &attributes,
            password.as_deref(),
        )?;
        let now = self.switches.clock_of_create((self.config.clock)());
        let mut stored = Stored {
            id: id.clone(),
            kind,
            attributes,
            password,
            created: now,
            modified: now,
            version: 1,
        };
        self.switches.on_create(&mut stored);
        self.switches
            .mangle(&self.kind(kind).schema, &mut stored.attributes);
        state.write(self, |store| store.put(stored));
        Ok(id)
    }

    /// The body of a create or replace as its client means it.
    fn as_meant(&self, dialect: Dialect, kind: usize, body: &Value) -> Result<Value, ScimError> {
        let schema = self.kind(kind).schema(dialect);
        if dialect == Dialect::V1 {
            let knows = |urn: &str| schema.is_base(urn) || schema.extension(urn).is_some();
            self.switches.takes_v1_body(knows, body)?;
            return Ok(body.clone());
        }
        self.switches.takes_body(schema, body)?;
        self.switches.takes_values(schema, body)?;
        let body = self.switches.values_as_meant(schema, body);
        Ok(self.switches.body_as_meant(schema, &body))
    }

    fn validated(&self, kind: usize, dialect: Dialect, body: &Value) -> Result<Value, ScimError> {
        let schema = self.kind(kind).schema(dialect);
        if self.switches.chooses(Choice::UnknownAttributesRefused) {
            let known = |name: &&String| {
                schema.top_attribute(name).is_none()
                    && schema.extension(name).is_none()
                    && !schema.is_base(name)
            };
            if let Some(name) = body
                .as_object()
                .and_then(|members| members.keys().find(known))
            {
                return Err(ScimError::new(
                    ScimType::InvalidSyntax,
                    format!("There is no attribute {name}."),
                ));
            }
        }
        let missing_is_fine = match kind {
            USER if self.switches.has(Defect::CreateWithoutUserNameAccepted) => Some("userName"),
            GROUP if self.switches.has(Defect::GroupWithoutDisplayNameAccepted) => {
                Some("displayName")
            }
            _ => None,
        };
        if let Some(name) = missing_is_fine.filter(|name| body.get(name).is_none()) {
            let mut filled = body.clone();
            if let Some(members) = filled.as_object_mut() {
                members.insert(name.to_owned(), "?".into());
            }
            let mut checked = validate::for_create(schema, &filled)?;
            if let Some(members) = checked.as_object_mut() {
                members.shift_remove(name);
            }
            return Ok(checked);
        }
        validate::for_create(schema, body)
    }

    /// Replaces a resource (RFC 7644 §3.5.1).
    ///
    /// # Errors
    /// What the server answers.
    pub(super) fn replace(
        &self,
        state: &mut State,
        terms: Terms<'_>,
        kind: usize,
        id: &str,
        body: &Value,
    ) -> Result<(), ScimError> {
        let current = self.current(state, terms, kind, id)?;
        let whole = View::new(self, &state.store, terms.dialect).representation(&current);
        self.switches.before_replace(body)?;
        self.switches.replaces_id(id, body)?;
        self.switches.takes_secrets(body)?;
        let body = &self.as_meant(terms.dialect, kind, body)?;
        let body = &self.switches.replaced_as_meant(body.clone());
        let body = &self.switches.keeps_old(&whole, body);
        let schema = self
            .switches
            .changeable(self.kind(kind).schema(terms.dialect));
        let checked = validate::for_replace(&schema, &whole, body);
        if let (Err(_), true) = (&checked, self.switches.has(Defect::ReplaceHalfApplied)) {
            let name = body.get("displayName").filter(|name| name.is_string());
            let mut half = Stored::clone(&current);
            half.attributes
                .extend(name.map(|name| ("displayName".to_owned(), name.clone())));
            state.write(self, |store| store.put(half));
        }
        let (mut attributes, password) =
            self.settled(&state.store, kind, stored_form(terms.dialect, checked?));
        if let (USER, Some(active)) = (kind, current.attributes.get("active")) {
            // RFC 7644 §3.5.1 leaves what is omitted to the server: nobody is reactivated by accident.
            attributes.entry("active").or_insert_with(|| active.clone());
        }
        let careless = Defect::UniquenessNotCheckedOnReplace;
        let made = (&attributes, password.as_deref());
        self.check_change(&state.store, terms, careless, (kind, id), made)?;
        self.switches.on_replace(&current, &mut attributes);
        if terms.dialect == Dialect::V1 {
            self.switches.on_v1_replace(&current, &mut attributes);
        }
        self.store_changed(state, &current, attributes, password);
        self.switches
            .takes_meta(body, &current, |change| state.write(self, change));
        self.switches
            .after_replace(id, |change| state.write(self, change));
        Ok(())
    }

    /// Checks what is to stand in place of a resource. With this defect, what others have is not looked at.
    fn check_change(
        &self,
        store: &Store,
        terms: Terms<'_>,
        careless: Defect,
        (kind, id): (usize, &str),
        (attributes, password): (&Map<String, Value>, Option<&str>),
    ) -> Result<(), ScimError> {
        let seen = self.switches.has(careless).then(|| &*EMPTY);
        let terms = Terms { seen, ..terms };
        self.check(store, terms, kind, Some(id), attributes, password)
    }

    /// Modifies a resource (RFC 7644 §3.5.2; SCIM 1.1 API §3.3.2).
    ///
    /// # Errors
    /// What the server answers.
    pub(super) fn modify(
        &self,
        state: &mut State,
        terms: Terms<'_>,
        kind: usize,
        id: &str,
        body: &Value,
    ) -> Result<(), ScimError> {
        let mut current = self.current(state, terms, kind, id)?;
        if let Some(seen) = terms.seen.and_then(|seen| seen.get(id)) {
            current = Stored::clone(seen);
        }
        let whole = View::new(self, &state.store, terms.dialect).representation(&current);
        let schema = self.kind(kind).schema(terms.dialect);
        let made = match terms.dialect {
            Dialect::V1 => {
                patch::v1::apply(schema, &whole, &self.switches.v1_patch(&whole, body)?)?
            }
            Dialect::V2 => {
                self.switches.takes_secrets(body)?;
                let body = self.switches.values_of_patch(schema, &whole, body)?;
                let schema = self.switches.changeable(schema);
                match self.switches.patched(&schema, &whole, &body) {
                    Ok(made) => made,
                    Err(error) => {
                        self.keep_of_refused(state, &current, &whole, &body);
                        return Err(error);
                    }
                }
            }
        };
        if self.switches.has(Defect::PatchDeactivationDeletes)
            && made.get("active") == Some(&Value::Bool(false))
        {
            self.remove(state, id);
            return Ok(());
        }
        let (mut attributes, password) =
            self.settled(&state.store, kind, stored_form(terms.dialect, made));
        let careless = Defect::UniquenessNotCheckedOnPatch;
        let made = (&attributes, password.as_deref());
        self.check_change(&state.store, terms, careless, (kind, id), made)?;
        self.switches.on_modify(body, &current, &mut attributes);
        if terms.dialect == Dialect::V2 {
            self.switches.after_patch(body, &current, &mut attributes);
        }
        if terms.dialect == Dialect::V2 && same(&attributes, &current.attributes) {
            let idle = Defect::PatchWithoutChangeMovesLastModified;
            if self.switches.moves_last_modified(idle, &mut current) {
                state.write(self, |store| store.put(current));
                return Ok(());
            }
        }
        self.store_changed(state, &current, attributes, password);
        Ok(())
    }

    /// What is stored of a PATCH that is refused: nothing, but for faults.
    fn keep_of_refused(&self, state: &mut State, current: &Stored, whole: &Value, body: &Value) {
        let schema = self.kind(current.kind).schema(Dialect::V2);
        let mut stored = current.clone();
        let part = self.switches.kept_of_refused(schema, whole, body);
        let kept = part.is_some();
        if let Some(part) = part {
            (stored.attributes, _) = self.settled(&state.store, current.kind, part);
        }
        let idle = Defect::PatchRefusedMovesLastModified;
        if self.switches.moves_last_modified(idle, &mut stored) || kept {
            state.write(self, |store| store.put(stored));
        }
    }

    /// Deletes a resource (RFC 7644 §3.6).
    ///
    /// # Errors
    /// What the server answers.
    pub(super) fn delete(
        &self,
        state: &mut State,
        terms: Terms<'_>,
        kind: usize,
        id: &str,
    ) -> Result<(), ScimError> {
        if self.config.modes.without_delete {
            return Err(ScimError::status(501, "Nothing can be deleted."));
        }
        let current = self.current(state, terms, kind, id)?;
        if self.switches.has(Defect::DeleteIgnored) {
            return Ok(());
        }
        if self.switches.has(Defect::DeleteDeactivates) && kind == USER {
            let mut attributes = current.attributes.clone();
            attributes.insert("active".to_owned(), Value::Bool(false));
            self.store_changed(state, &current, attributes, None);
            return Ok(());
        }
        self.remove(state, id);
        Ok(())
    }

    fn remove(&self, state: &mut State, id: &str) {
        let now = (self.config.clock)();
        let leaves_members = self.switches.has(Defect::DeleteLeavesMembers)
            || self.switches.has(Defect::GroupOfDeletedMemberAnswers500);
        state.write(self, |store| {
            store.remove(id);
            if !leaves_members {
                store.forget_member(id, now);
            }
        });
    }

    /// The resource that a write is about, if it is there and has the wanted version.
    fn current(
        &self,
        state: &State,
        terms: Terms<'_>,
        kind: usize,
        id: &str,
    ) -> Result<Stored, ScimError> {
        let found = state
            .store
            .get(id)
            .filter(|stored| stored.kind == kind)
            .ok_or_else(|| not_found(id))?;
        let tag = terms
            .if_match
            .filter(|_| !self.switches.has(Defect::IfMatchIgnored));
        if let Some(list) = tag {
            let seen = terms
                .seen
                .filter(|_| self.switches.has(Defect::IfMatchNotAtomic));
            let store = seen.unwrap_or(&state.store);
            let version =
                View::new(self, store, terms.dialect).version(store.get(id).unwrap_or(found));
            let loose = self.switches.has(Defect::IfMatchIgnoresCase);
            let fits = version.is_none_or(|version| {
                has_tag(list, &version) || loose && has_tag_in_any_case(list, &version)
            });
            if !fits || self.switches.has(Defect::IfMatchAlwaysFails) {
                return Err(ScimError::status(
                    412,
                    "The resource has changed: its version is another.",
                ));
            }
        }
        Ok(Stored::clone(found))
    }

    fn store_changed(
        &self,
        state: &mut State,
        old: &Stored,
        attributes: Map<String, Value>,
        password: Option<String>,
    ) {
        let password_changes = password.is_some() && password != old.password;
        if same(&attributes, &old.attributes) && !password_changes {
            return;
        }
        let modified = if self.switches.has(Defect::MetaLastModifiedStays) {
            old.modified
        } else {
            (self.config.clock)()
        };
        let password = password.or_else(|| old.password.clone());
        let mut stored = Stored {
            attributes,
            password,
            modified,
            version: old.version + 1,
            ..old.clone()
        };
        self.switches.on_change(&mut stored);
        self.switches
            .mangle(&self.kind(stored.kind).schema, &mut stored.attributes);
        state.write(self, |store| store.put(stored));
    }
}

static EMPTY: std::sync::LazyLock<Store> = std::sync::LazyLock::new(Store::default);

/// 404 for an id.
pub(super) fn not_found(id: &str) -> ScimError {
    ScimError::status(404, format!("There is no resource {id}."))
}

/// `If-Match` of a request.
pub(super) fn if_match(call: &Call) -> Option<&str> {
    call.header("if-match")
}

fn stored_form(dialect: Dialect, resource: Value) -> Value {
    match dialect {
        Dialect::V2 => resource,
        Dialect::V1 => from_v1(resource),
    }
}

/// Equal whatever the order of members in objects.
fn same(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    one == other
}
