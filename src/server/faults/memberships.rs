//! Members, groups of users and managers that lead to the wrong place, or are changed where they must not be.

use serde_json::{Map, Value, json};

use crate::scim::error::ScimError;
use crate::scim::urn;
use crate::server::fault::{Defect, Switches};
use crate::server::kind::{GROUP, USER};
use crate::server::store::{Store, Stored};

fn objects<'a>(
    all: &'a mut Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = &'a mut Map<String, Value>> {
    let list = all.get_mut(name).and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}

fn put(members: &mut Map<String, Value>, name: &str, value: impl Into<Value>) {
    if members.contains_key(name) {
        members.insert(name.to_owned(), value.into());
    }
}

impl Switches {
    /// Whether a group with these members is taken.
    ///
    /// # Errors
    /// 500 for a group in it.
    pub(super) fn takes_members(&self, body: &Value) -> Result<(), ScimError> {
        let members = body.get("members").and_then(Value::as_array);
        let nested = |member: &Value| member.get("type").is_some_and(|kind| kind == "Group");
        if self.has(Defect::NestedGroupsCrash) && members.into_iter().flatten().any(nested) {
            return Err(ScimError::status(500, "This went wrong."));
        }
        Ok(())
    }

    /// What is stored of the members of a new group.
    pub(super) fn stores_members(&self, group: &mut Map<String, Value>) {
        if self.has(Defect::NestedGroupsDropped)
            && let Some(members) = group.get_mut("members").and_then(Value::as_array_mut)
        {
            members.retain(|member| member.get("type").is_none_or(|kind| kind != "Group"));
        }
    }

    /// How references between resources look.
    pub(super) fn dress_references(&self, stored: &Stored, all: &mut Map<String, Value>) {
        let has = |defect| self.has(defect);
        let own = all
            .get("meta")
            .and_then(|meta| meta.get("location"))
            .cloned()
            .unwrap_or_default();
        if stored.kind == GROUP && has(Defect::GroupSchemasOfUser) {
            all.insert("schemas".to_owned(), json!([urn::USER]));
        }
        for member in objects(all, "members") {
            if has(Defect::MemberRefOfOther) {
                put(member, "$ref", own.clone());
            }
            if has(Defect::MemberRefDangles) {
                let id = member
                    .get("value")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                let dangling = format!("Members/{id}");
                put(member, "$ref", dangling);
            }
            if has(Defect::MemberTypeWrong) {
                put(member, "type", "user");
            }
        }
        for group in objects(all, "groups") {
            if has(Defect::UserGroupsValueIsName) {
                let name = group.get("display").cloned().unwrap_or_default();
                put(group, "value", name);
            }
            if has(Defect::UserGroupsRefDangles) {
                put(group, "$ref", "Groups/none");
            }
            if has(Defect::UserGroupsTypeUnknown) {
                put(group, "type", "member");
            }
            if has(Defect::UserGroupsIndirectAsDirect) {
                put(group, "type", "direct");
            }
        }
        if let Some(extension) = all
            .get_mut(urn::ENTERPRISE_USER)
            .and_then(Value::as_object_mut)
        {
            self.dress_extension(stored, extension);
        }
    }

    fn dress_extension(&self, stored: &Stored, extension: &mut Map<String, Value>) {
        let has = |defect| self.has(defect);
        let number = extension
            .get("employeeNumber")
            .and_then(Value::as_str)
            .and_then(|text| text.parse::<u64>().ok());
        if let (true, Some(number)) = (has(Defect::EmployeeNumberAsNumber), number) {
            extension.insert("employeeNumber".to_owned(), number.into());
        }
        let Some(manager) = extension.get_mut("manager") else {
            return;
        };
        if let Some(members) = manager.as_object_mut() {
            if has(Defect::ManagerValueIsName) {
                let name = members.get("displayName").cloned().unwrap_or_default();
                put(members, "value", name);
            }
            if has(Defect::ManagerRefDangles) {
                put(members, "$ref", "../Managers/1");
            }
            let kept = stored
                .attributes
                .get(urn::ENTERPRISE_USER)
                .and_then(|extension| extension.get("manager")?.get("displayName"));
            if let (true, Some(name)) = (has(Defect::ManagerNameFromClient), kept) {
                members.insert("displayName".to_owned(), name.clone());
            }
        }
        if has(Defect::ManagerAsArray) {
            *manager = json!([manager.take()]);
        } else if has(Defect::ManagerAsText) {
            *manager = manager.get("value").cloned().unwrap_or_default();
        }
    }

    /// What else a create changes, that it must not.
    pub(super) fn joins(&self, store: &mut Store, id: &str, body: &Value) {
        let Some(user) = store.get(id).filter(|stored| stored.kind == USER) else {
            return;
        };
        let name = body
            .get(urn::ENTERPRISE_USER)
            .and_then(|extension| extension.get("manager")?.get("displayName"));
        if let (true, Some(name)) = (self.has(Defect::ManagerNameFromClient), name) {
            let mut changed = Stored::clone(user);
            let manager = changed
                .attributes
                .get_mut(urn::ENTERPRISE_USER)
                .and_then(|extension| extension.get_mut("manager")?.as_object_mut());
            if let Some(manager) = manager {
                manager.insert("displayName".to_owned(), name.clone());
            }
            store.put(changed);
        }
        if !self.has(Defect::UserGroupsWriteJoins) {
            return;
        }
        let groups = body
            .get("groups")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        for group in groups
            .iter()
            .filter_map(|group| group.get("value")?.as_str())
        {
            let Some(found) = store.get(group).filter(|stored| stored.kind == GROUP) else {
                continue;
            };
            let mut joined = Stored::clone(found);
            let members = joined
                .attributes
                .entry("members")
                .or_insert_with(|| json!([]));
            if let Some(members) = members.as_array_mut() {
                members.push(json!({ "value": id, "type": "User" }));
            }
            store.put(joined);
        }
    }

    /// Whether a faulty server passes over a PATCH operation at this path.
    pub(super) fn passes_over_reference(&self, path: &str) -> bool {
        self.has(Defect::PatchGroupsIgnored) && path.eq_ignore_ascii_case("groups")
            || self.has(Defect::PatchManagerNameIgnored) && path.ends_with("manager.displayName")
            || self.has(Defect::MemberValueChangeIgnored) && replaced_member(path).is_some()
    }

    /// Turns a change of a member's value into another list of members.
    pub(super) fn changes_member(&self, whole: &Value, operation: &mut Map<String, Value>) {
        let path = operation
            .get("path")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let Some(id) = replaced_member(path).filter(|_| self.has(Defect::MemberValueChanged))
        else {
            return;
        };
        let old = whole
            .get("members")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let ids = old.filter_map(|member| member.get("value")).cloned();
        let new = operation.get("value").cloned().unwrap_or_default();
        let members: Vec<Value> = ids
            .map(|known| if known == id { new.clone() } else { known })
            .map(|id| json!({ "value": id }))
            .collect();
        operation.insert("path".to_owned(), "members".into());
        operation.insert("value".to_owned(), members.into());
    }
}

/// The id in `members[value eq "…"].value`.
fn replaced_member(path: &str) -> Option<&str> {
    path.strip_prefix("members[value eq \"")?
        .strip_suffix("\"].value")
}
