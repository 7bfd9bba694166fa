//! Resources that look wrong, or other ones than were asked for.

use serde_json::{Map, Value, json};

use crate::scim::datetime;
use crate::scim::error::ScimError;
use crate::scim::urn;
use crate::server::fault::{Defect, Switches};
use crate::server::kind::{ENTITLEMENT, GROUP, USER};
use crate::server::store::{Store, Stored};
use crate::server::write::not_found;

impl Switches {
    /// Changes a representation.
    pub(in crate::server) fn dress(&self, stored: &Stored, all: &mut Map<String, Value>) {
        let has = |defect| self.has(defect);
        if let (USER, true, Some(password)) =
            (stored.kind, has(Defect::PasswordReturned), &stored.password)
        {
            all.insert("password".to_owned(), password.as_str().into());
        }
        self.dress_password(stored, all);
        self.dress_profile(all);
        self.dress_references(stored, all);
        if stored.kind == USER && has(Defect::FilterDefaultUnknown) {
            all.entry("active").or_insert(Value::Bool(true));
        }
        if stored.kind == ENTITLEMENT && has(Defect::EntitlementsWithLongDescriptions) {
            all.insert("description".to_owned(), "x".repeat(1001).into());
        }
        if stored.kind == USER && has(Defect::SchemasOfOtherType) {
            all.insert("schemas".to_owned(), json!([urn::GROUP]));
        }
        if stored.kind == USER
            && has(Defect::ResourcesOfUnpublishedSchema)
            && let Some(schemas) = all.get_mut("schemas").and_then(Value::as_array_mut)
        {
            schemas.push("urn:example:scimitar:schemas:unpublished:1.0:User".into());
        }
        if has(Defect::ExtensionNotInSchemas)
            && let Some(schemas) = all.get_mut("schemas").and_then(Value::as_array_mut)
        {
            schemas.truncate(1);
        }
        if let Some(members) = all.get_mut("members").and_then(Value::as_array_mut) {
            if has(Defect::GroupMemberRefsMissing) {
                members
                    .iter_mut()
                    .filter_map(Value::as_object_mut)
                    .for_each(|member| {
                        member.shift_remove("value");
                    });
            }
            if has(Defect::GroupMembersAsStrings) {
                for member in members {
                    *member = member.get("value").cloned().unwrap_or_default();
                }
            }
        }
    }

    /// The id of the resource that is read.
    pub(in crate::server) fn read_instead(&self, store: &Store, kind: usize, id: &str) -> String {
        let other = self
            .has(Defect::ReadOtherResource)
            .then(|| store.of(kind).rev().find(|other| other.id != id))
            .flatten();
        let known = store.get(id).is_some_and(|stored| stored.kind == kind);
        other
            .filter(|_| known)
            .map_or_else(|| id.to_owned(), |other| other.id.clone())
    }

    /// Whether a resource can be read.
    ///
    /// # Errors
    /// 404 for inactive users, 410 for deleted resources.
    pub(in crate::server) fn can_be_read(&self, store: &Store, id: &str) -> Result<(), ScimError> {
        let inactive =
            |stored: &Stored| stored.attributes.get("active") == Some(&Value::Bool(false));
        if self.has(Defect::InactiveAnswers404)
            && store.get(id).is_some_and(|stored| inactive(stored))
        {
            return Err(not_found(id));
        }
        if self.has(Defect::DeletedAnswers410) && store.gone().iter().any(|stored| stored.id == id)
        {
            return Err(ScimError::status(410, "The resource is gone."));
        }
        Ok(())
    }

    /// The id that a replaced resource has now.
    pub(in crate::server) fn id_after_replace(store: &Store, id: &str) -> String {
        if store.get(id).is_some() {
            id.to_owned()
        } else {
            other_id(id)
        }
    }

    /// Whether a PUT with another id is taken.
    ///
    /// # Errors
    /// 500 for another id.
    pub(in crate::server) fn replaces_id(&self, id: &str, body: &Value) -> Result<(), ScimError> {
        let other = body
            .get("id")
            .and_then(Value::as_str)
            .is_some_and(|given| given != id);
        if other && self.has(Defect::ReplaceIdCrashes) {
            return Err(ScimError::status(500, "This went wrong."));
        }
        Ok(())
    }

    /// Takes the time of creation over from a PUT.
    pub(in crate::server) fn takes_meta(
        &self,
        body: &Value,
        stored: &Stored,
        write: impl FnOnce(&dyn Fn(&mut Store)),
    ) {
        let given = body
            .get("meta")
            .and_then(|meta| meta.get("created")?.as_str());
        let created = given.and_then(datetime::parse);
        if let (true, Some(created)) = (self.has(Defect::ReplaceTakesMeta), created) {
            write(&|store: &mut Store| {
                if let Some(found) = store.get(&stored.id) {
                    let changed = Stored {
                        created: created.and_utc(),
                        ..Stored::clone(found)
                    };
                    store.put(changed);
                }
            });
        }
    }

    /// Gives a replaced resource another id.
    pub(in crate::server) fn after_replace(
        &self,
        id: &str,
        write: impl FnOnce(&dyn Fn(&mut Store)),
    ) {
        if self.has(Defect::ReplaceChangesId) {
            write(&|store: &mut Store| {
                if let Some(stored) = store.remove(id) {
                    store.put(Stored {
                        id: other_id(id),
                        ..Stored::clone(&stored)
                    });
                }
            });
        }
    }

    /// Cuts what a group may hold, when something of it changed.
    pub(in crate::server) fn on_change(&self, stored: &mut Stored) {
        if stored.kind == GROUP
            && self.has(Defect::GroupKeepsTenMembers)
            && let Some(members) = stored
                .attributes
                .get_mut("members")
                .and_then(Value::as_array_mut)
        {
            members.truncate(10);
        }
    }
}

fn other_id(id: &str) -> String {
    format!("{id}-2")
}
