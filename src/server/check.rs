//! What is stored of a resource, and what is checked before: uniqueness, references, and what this server demands.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::fault::{Choice, Defect};
use super::kind::{ASSET, ENTITLEMENT, GROUP, ROLE, USER};
use super::service::Service;
use super::store::Store;
use super::write::Terms;
use crate::scim::compare;
use crate::scim::error::{ScimError, ScimType};
use crate::scim::schema::{Uniqueness, is_unassigned};
use crate::scim::urn;

impl Service {
    /// What is stored of a resource in 2.0 form, and its password. References are brought to one form.
    pub(super) fn settled(
        &self,
        store: &Store,
        kind: usize,
        resource: Value,
    ) -> (Map<String, Value>, Option<String>) {
        let Value::Object(mut attributes) = resource else {
            return (Map::new(), None);
        };
        for computed in ["schemas", "id", "meta"] {
            attributes.shift_remove(computed);
        }
        let password = attributes
            .shift_remove("password")
            .and_then(|value| value.as_str().map(str::to_owned));
        if kind == USER && !self.switches.has(Defect::UserGroupsWritable) {
            attributes.shift_remove("groups");
        }
        if let Some(members) = attributes.get_mut("members").and_then(Value::as_array_mut) {
            for member in members.iter_mut().filter_map(Value::as_object_mut) {
                member.shift_remove("$ref");
                member.shift_remove("display");
                let id = member.get("value").and_then(Value::as_str);
                if let Some(found) = id.and_then(|id| store.get(id)) {
                    let kind = &self.kind(found.kind).resource_type.name;
                    member.insert("type".to_owned(), kind.as_str().into());
                }
            }
            let mut known = HashSet::new();
            let doubles = self.switches.has(Defect::PatchAddDuplicates);
            members.retain(|member| {
                known.insert(member.get("value").map(Value::to_string)) || doubles
            });
        }
        let manager = attributes
            .get_mut(urn::ENTERPRISE_USER)
            .and_then(|extension| extension.get_mut("manager"));
        if let Some(manager) = manager.and_then(Value::as_object_mut) {
            manager.shift_remove("$ref");
            manager.shift_remove("displayName");
        }
        attributes.values_mut().for_each(drop_unassigned);
        if !self.switches.has(Defect::ValueTwiceKept) {
            attributes.values_mut().for_each(drop_doubles);
        }
        attributes.retain(|_, value| !is_nothing(value));
        (attributes, password)
    }

    /// What can't be said by a schema: uniqueness, references, and what this server demands.
    ///
    /// # Errors
    /// `uniqueness` or `invalidValue`.
    pub(super) fn check(
        &self,
        store: &Store,
        terms: Terms<'_>,
        kind: usize,
        id: Option<&str>,
        attributes: &Map<String, Value>,
        password: Option<&str>,
    ) -> Result<(), ScimError> {
        match kind {
            USER => self.check_user(terms.seen.unwrap_or(store), id, attributes, password),
            GROUP => self.check_members(store, terms, attributes),
            ROLE | ENTITLEMENT => check_description(attributes),
            ASSET => self.check_unique_values(store, kind, id, attributes),
            _ => Ok(()),
        }
    }

    fn check_user(
        &self,
        store: &Store,
        id: Option<&str>,
        attributes: &Map<String, Value>,
        password: Option<&str>,
    ) -> Result<(), ScimError> {
        let refuse = |detail: &str| Err(ScimError::new(ScimType::InvalidValue, detail));
        let name = attributes
            .get("userName")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if name.trim().is_empty() && !self.switches.has(Defect::CreateWithoutUserNameAccepted) {
            return refuse("userName is required and not empty.");
        }
        let demands = self.config.modes.demands;
        if demands.email_user_name && !is_email(name) {
            return refuse("userName must be an e-mail address.");
        }
        if demands.no_plus && name.contains('+') {
            return refuse("userName must not have a plus sign.");
        }
        let addresses = attributes.get("addresses").and_then(Value::as_array);
        let mut countries = addresses
            .into_iter()
            .flatten()
            .filter_map(|address| address.get("country")?.as_str());
        if !countries.all(is_country) && !self.switches.has(Defect::CountryNotChecked) {
            return refuse("addresses.country is an ISO 3166-1 code of two letters.");
        }
        if self.switches.chooses(Choice::PasswordRequiredStrong)
            && password.is_some_and(|word| word.chars().count() < 8)
        {
            return refuse("A password has at least eight characters.");
        }
        self.switches.check_unique(store, id, attributes)
    }

    /// No two resources of a type share a value of an attribute whose uniqueness is the server's (RFC 7643 §7).
    fn check_unique_values(
        &self,
        store: &Store,
        kind: usize,
        id: Option<&str>,
        attributes: &Map<String, Value>,
    ) -> Result<(), ScimError> {
        if self.switches.has(Defect::UniqueValueAccepted) {
            return Ok(());
        }
        for attribute in &self.kind(kind).schema.base.attributes {
            let Some(value) = attributes.get(&attribute.name) else {
                continue;
            };
            let taken = attribute.uniqueness != Uniqueness::None
                && store.of(kind).any(|other| {
                    let theirs = other.attributes.get(&attribute.name);
                    Some(other.id.as_str()) != id
                        && theirs.is_some_and(|theirs| compare::equal(attribute, theirs, value))
                });
            if taken {
                let detail = format!("The {} is taken.", attribute.name);
                return Err(ScimError::new(ScimType::Uniqueness, detail));
            }
        }
        Ok(())
    }

    fn check_members(
        &self,
        store: &Store,
        terms: Terms<'_>,
        attributes: &Map<String, Value>,
    ) -> Result<(), ScimError> {
        let members = attributes.get("members").and_then(Value::as_array);
        for member in members.into_iter().flatten() {
            let Some(id) = member.get("value").and_then(Value::as_str) else {
                if self.switches.has(Defect::RequiredMemberValueNotDemanded) {
                    continue;
                }
                return Err(ScimError::new(
                    ScimType::InvalidValue,
                    "A member needs a value: the id of a user or group.",
                ));
            };
            let known = store.get(id).is_some_and(|found| found.kind <= GROUP);
            let raw = self.switches.stores_bulk_references() && id.starts_with("bulkId:");
            if !known && !raw && !terms.promised.contains(id) {
                return Err(ScimError::new(
                    ScimType::InvalidValue,
                    format!("There is no user or group {id}."),
                ));
            }
        }
        Ok(())
    }
}

/// Whether a text has the form of an ISO 3166-1 alpha-2 code (RFC 7643 §4.1.2).
fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        let split = domain.split_once('.');
        !local.is_empty()
            && !domain.contains('@')
            && split.is_some_and(|(a, b)| !a.is_empty() && !b.is_empty())
    })
}

/// Okta's entitlements and roles have descriptions of at most 1000 characters.
fn check_description(attributes: &Map<String, Value>) -> Result<(), ScimError> {
    let length = attributes
        .get("description")
        .and_then(Value::as_str)
        .map_or(0, |text| text.chars().count());
    if length <= 1000 {
        return Ok(());
    }
    Err(ScimError::new(
        ScimType::InvalidValue,
        "description has at most 1000 characters.",
    ))
}

fn drop_unassigned(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(drop_unassigned);
            members.retain(|_, value| !is_nothing(value));
        }
        Value::Array(items) => {
            items.iter_mut().for_each(drop_unassigned);
            items.retain(|value| !is_nothing(value));
        }
        _ => {}
    }
}

/// RFC 7643 §2.4: the same type and value should not be returned twice. The first one stays.
fn drop_doubles(value: &mut Value) {
    let Value::Array(items) = value else {
        return;
    };
    let mut known: Vec<(Option<Value>, Value)> = Vec::new();
    items.retain(|item| {
        let Some(value) = item.get("value") else {
            return true;
        };
        let one = (item.get("type").cloned(), value.clone());
        let is_new = !known.contains(&one);
        known.push(one);
        is_new
    });
}

fn is_nothing(value: &Value) -> bool {
    is_unassigned(value) || value.as_object().is_some_and(Map::is_empty)
}
