//! Creates and replaces that keep something else than what was sent.

use serde_json::{Map, Value};

use super::bodies::swap_names;
use crate::scim::error::{ScimError, ScimType};
use crate::scim::resource::ResourceSchema;
use crate::scim::text::prepared;
use crate::scim::urn;
use crate::server::answer::Answer;
use crate::server::fault::{Defect, Switches};
use crate::server::kind::{GROUP, USER};
use crate::server::route::{Asked, Operation};
use crate::server::service::Service;
use crate::server::state::State;
use crate::server::store::{Store, Stored};

fn refused(detail: &str) -> ScimError {
    ScimError::new(ScimType::InvalidValue, detail)
}

impl Switches {
    /// Whether the server reads before it locks, so that two writes at the same moment don't see each other.
    pub(in crate::server) fn looks_before_it_locks(&self, asked: &Asked) -> bool {
        match asked.operation {
            Operation::Create => self.has(Defect::UniquenessNotAtomic),
            Operation::Modify => self.has(Defect::PatchLosesUpdates),
            Operation::Replace => self.has(Defect::IfMatchNotAtomic),
            _ => false,
        }
    }

    /// What a create takes.
    ///
    /// # Errors
    /// What it does not take.
    pub(in crate::server) fn before_create(
        &self,
        schema: &ResourceSchema,
        body: &mut Value,
    ) -> Result<(), ScimError> {
        let has = |defect| self.has(defect);
        self.takes_attributes(body)?;
        self.demands(schema, body)?;
        let gives = |name: &str| body.get(name).is_some();
        if has(Defect::CreateReadOnlyRefused) && (gives("id") || gives("meta")) {
            return Err(refused("id and meta are read-only."));
        }
        if has(Defect::CreatePasswordRefused) && gives("password") {
            return Err(refused("A password is not taken."));
        }
        let Some(members) = body.as_object_mut() else {
            return Ok(());
        };
        let knows = |name: &str| {
            schema.top_attribute(name).is_some()
                || schema.extension(name).is_some()
                || name.starts_with("urn:")
        };
        if has(Defect::CreateUnknownAttributeAnswers500) && members.keys().any(|name| !knows(name))
        {
            return Err(ScimError::status(500, "This went wrong."));
        }
        if has(Defect::CreateNamesCaseSensitive) {
            members.retain(|name, _| {
                schema
                    .top_attribute(name)
                    .is_none_or(|attribute| attribute.name == *name)
            });
        }
        Ok(())
    }

    /// The id that the client wants.
    pub(in crate::server) fn id_of_client(&self, body: &Value) -> Option<String> {
        let wanted = body
            .get("id")
            .and_then(Value::as_str)
            .filter(|id| !id.is_empty());
        wanted
            .filter(|_| self.has(Defect::CreateIdFromClient))
            .map(str::to_owned)
    }

    /// What is stored of a new resource.
    pub(in crate::server) fn on_create(&self, stored: &mut Stored) {
        let has = |defect| self.has(defect);
        let kind = stored.kind;
        let attributes = &mut stored.attributes;
        for (defect, name) in [
            (Defect::CreateDropsEmails, "emails"),
            (Defect::CreateDropsExternalId, "externalId"),
            (Defect::CreateDropsNickName, "nickName"),
            (Defect::CreateDropsTitle, "title"),
            (Defect::CreateDropsPhoneNumbers, "phoneNumbers"),
            (Defect::CreateDropsAddresses, "addresses"),
            (Defect::CreateDropsRoles, "roles"),
            (Defect::CreateDropsEntitlements, "entitlements"),
            (Defect::CreateDropsEnterprise, urn::ENTERPRISE_USER),
        ] {
            if has(defect) {
                attributes.shift_remove(name);
            }
        }
        if has(Defect::CreateUserNameFromEmail) && kind == USER {
            let email = attributes
                .get("emails")
                .and_then(|emails| emails.pointer("/0/value"))
                .cloned();
            if let Some(email) = email {
                attributes.insert("userName".to_owned(), email);
            }
        }
        if has(Defect::CreateKeepsFirstEmail)
            && let Some(emails) = attributes.get_mut("emails").and_then(Value::as_array_mut)
        {
            emails.truncate(1);
        }
        if has(Defect::CreateExternalIdInLowerCase) {
            change_text(attributes, "externalId", str::to_lowercase);
        }
        if has(Defect::CreateDropsNonAscii) {
            attributes.values_mut().for_each(without_non_ascii);
        }
        match kind {
            USER => {
                self.on_create_user(attributes);
                self.stores_attributes(attributes);
                self.stores_profile(attributes);
            }
            GROUP => {
                self.stores_members(attributes);
                if has(Defect::GroupMembersDropped) {
                    attributes.shift_remove("members");
                }
                if has(Defect::GroupDisplayNameDropped) {
                    attributes.shift_remove("displayName");
                }
                if has(Defect::GroupDisplayNameInCapitals) {
                    change_text(attributes, "displayName", str::to_uppercase);
                }
            }
            _ => {}
        }
        self.on_change(stored);
    }

    fn on_create_user(&self, attributes: &mut Map<String, Value>) {
        let has = |defect| self.has(defect);
        if has(Defect::CreateDropsDisplayName) {
            attributes.shift_remove("displayName");
        }
        if has(Defect::CreateInactive) {
            attributes.insert("active".to_owned(), false.into());
        }
        if has(Defect::CreateActiveAsString) {
            let text = attributes.get("active").map(Value::to_string);
            attributes.insert("active".to_owned(), text.unwrap_or_default().into());
        }
        if has(Defect::CreateSwapsNames) {
            let mut user = Value::Object(std::mem::take(attributes));
            swap_names(&mut user);
            if let Value::Object(swapped) = user {
                *attributes = swapped;
            }
        }
        if has(Defect::CreateUserNameInLowerCase) {
            change_text(attributes, "userName", str::to_lowercase);
        }
        if has(Defect::CreateUserNameTruncated) {
            change_text(attributes, "userName", |name| {
                name.chars().take(16).collect()
            });
        }
    }

    /// What becomes of a resource and of the answer once it is created.
    pub(in crate::server) fn after_create(
        &self,
        state: &mut State,
        service: &Service,
        kind: usize,
        id: &str,
        body: &Value,
        answer: &mut Answer,
    ) {
        let has = |defect| self.has(defect);
        if let Some(members) = answer.json_mut().and_then(Value::as_object_mut) {
            for (defect, name) in [
                (Defect::CreateMetaFromClient, "meta"),
                (Defect::CreatePasswordReturned, "password"),
            ] {
                if let (true, Some(value)) = (has(defect), body.get(name)) {
                    members.insert(name.to_owned(), value.clone());
                }
            }
        }
        if let (true, Some(urns), Some(members)) = (
            has(Defect::SchemasEchoed),
            body.get("schemas"),
            answer.json_mut().and_then(Value::as_object_mut),
        ) {
            members.insert("schemas".to_owned(), urns.clone());
        }
        if has(Defect::CreateLocationOfOther) {
            let first = state.store.of(kind).next().map(|stored| stored.id.clone());
            let location = answer
                .header("location")
                .and_then(|uri| uri.rsplit_once('/'))
                .map(|(endpoint, _)| endpoint);
            let other = location
                .zip(first)
                .map(|(endpoint, id)| format!("{endpoint}/{id}"));
            if let Some(other) = other {
                answer.set("location", other);
            }
        }
        if has(Defect::CreateNotStored) {
            state.write(service, |store| {
                store.remove(id);
            });
        }
        if has(Defect::ManagerNameFromClient) || has(Defect::UserGroupsWriteJoins) {
            state.write(service, |store| self.joins(store, id, body));
        }
        let changes = [
            Defect::CreateStoresNoName,
            Defect::CreateStoresOtherName,
            Defect::UserGroupsWritable,
        ];
        if let (USER, true, Some(stored)) =
            (kind, changes.into_iter().any(has), state.store.get(id))
        {
            let mut changed = Stored::clone(stored);
            if has(Defect::CreateStoresNoName) {
                changed.attributes.shift_remove("name");
            }
            if has(Defect::CreateStoresOtherName) {
                change_text(&mut changed.attributes, "userName", |name| {
                    format!("{name}.1")
                });
            }
            if let (true, Some(groups)) = (has(Defect::UserGroupsWritable), body.get("groups")) {
                changed
                    .attributes
                    .insert("groups".to_owned(), groups.clone());
            }
            state.write(service, |store| store.put(changed));
        }
    }

    /// What a replace takes.
    ///
    /// # Errors
    /// What it does not take.
    pub(in crate::server) fn before_replace(&self, body: &Value) -> Result<(), ScimError> {
        self.takes_attributes(body)?;
        self.takes_new_password(body.get("password").is_some())?;
        let read_only = ["id", "meta", "groups"]
            .iter()
            .any(|name| body.get(name).is_some());
        if read_only && self.has(Defect::ReplaceReadOnlyRefused) {
            return Err(refused("id, meta and groups are read-only."));
        }
        Ok(())
    }

    /// What is stored of a replaced resource.
    pub(in crate::server) fn on_replace(
        &self,
        current: &Stored,
        attributes: &mut Map<String, Value>,
    ) {
        let has = |defect| self.has(defect);
        if current.kind == USER {
            self.replaces_attributes(&current.attributes, attributes);
        }
        if let (true, Some(old)) = (
            has(Defect::MutabilityLeftOut),
            current.attributes.get("nickName"),
        ) {
            attributes.insert("nickName".to_owned(), old.clone());
        }
        if has(Defect::ReplaceKeepsMembers) && current.kind == GROUP {
            let members = current.attributes.get("members").cloned();
            attributes.shift_remove("members");
            attributes.extend(members.map(|members| ("members".to_owned(), members)));
        }
        if has(Defect::ReplaceIgnored) {
            attributes.clone_from(&current.attributes);
        }
        if has(Defect::ReplaceAppends) {
            for (name, value) in attributes.iter_mut() {
                let old = current.attributes.get(name).and_then(Value::as_array);
                if let (Some(new), Some(old)) = (value.as_array_mut(), old) {
                    let lost: Vec<Value> = old
                        .iter()
                        .filter(|value| !new.contains(value))
                        .cloned()
                        .collect();
                    new.extend(lost);
                }
            }
        }
        if let (true, Some(name)) = (
            has(Defect::ReplaceMergesName),
            current.attributes.get("name"),
        ) {
            attributes.insert("name".to_owned(), name.clone());
        }
        if has(Defect::ReplaceDeactivates) && current.kind == USER {
            attributes.insert("active".to_owned(), false.into());
        }
    }

    /// Whether the unique attributes of a user are free.
    ///
    /// # Errors
    /// `uniqueness`.
    pub(in crate::server) fn check_unique(
        &self,
        store: &Store,
        id: Option<&str>,
        attributes: &Map<String, Value>,
    ) -> Result<(), ScimError> {
        let taken = |detail: String| Err(ScimError::new(ScimType::Uniqueness, detail));
        let name = attributes
            .get("userName")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let external = attributes.get("externalId");
        let same_external = |user: &&std::sync::Arc<Stored>| {
            Some(user.id.as_str()) != id
                && external.is_some()
                && user.attributes.get("externalId") == external
        };
        let nick = attributes.get("nickName").filter(|nick| !nick.is_null());
        let same_nick = |user: &&std::sync::Arc<Stored>| {
            Some(user.id.as_str()) != id
                && nick.is_some()
                && user.attributes.get("nickName") == nick
        };
        let wants_unique = self.has(Defect::UniquenessLeftOut) || self.has(Defect::NickNameUnique);
        if wants_unique && store.of(USER).any(|user| same_nick(&user)) {
            return taken("The nickName is taken.".to_owned());
        }
        if self.has(Defect::CreateExternalIdUnique)
            && store.of(USER).any(|user| same_external(&user))
        {
            return taken("The externalId is taken.".to_owned());
        }
        if self.has(Defect::DeletedUserNameStaysTaken) && store.was_taken(&name.to_lowercase()) {
            return taken(format!("The userName {name} is taken."));
        }
        let form: fn(&str) -> String = if self.has(Defect::UniquenessCaseSensitive) {
            str::to_owned
        } else if self.has(Defect::PrecisFormsNotCompared) {
            str::to_lowercase
        } else {
            prepared
        };
        let shown = attributes.get("displayName");
        let same_name = |user: &std::sync::Arc<Stored>| {
            Some(user.id.as_str()) != id
                && shown.is_some()
                && user.attributes.get("displayName") == shown
        };
        if self.has(Defect::DisplayNameUnique) && store.of(USER).any(same_name) {
            return taken("The displayName is taken.".to_owned());
        }
        let found = store
            .user_named(name, id, form)
            .filter(|_| !self.has(Defect::DuplicateAccepted));
        if found.is_some() {
            taken(format!("The userName {name} is taken."))
        } else {
            Ok(())
        }
    }
}

fn change_text(attributes: &mut Map<String, Value>, name: &str, change: impl Fn(&str) -> String) {
    if let Some(value) = attributes.get_mut(name)
        && let Some(text) = value.as_str().map(change)
    {
        *value = text.into();
    }
}

fn without_non_ascii(value: &mut Value) {
    match value {
        Value::String(text) => {
            *text = text
                .chars()
                .map(|c| if c.is_ascii() { c } else { '?' })
                .collect();
        }
        Value::Array(items) => items.iter_mut().for_each(without_non_ascii),
        Value::Object(members) => members.values_mut().for_each(without_non_ascii),
        _ => {}
    }
}
