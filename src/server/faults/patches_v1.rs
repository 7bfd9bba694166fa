//! PATCH requests of SCIM 1.1 that are taken in another way, or not at all.

use serde_json::{Map, Value, json};

use crate::scim::error::{ScimError, ScimType};
use crate::server::fault::{Defect, Switches};
use crate::server::store::Stored;

fn refused(kind: ScimType) -> ScimError {
    ScimError::new(kind, "The change is not taken.")
}

fn members(of: &Value) -> impl Iterator<Item = &Value> {
    of.get("members")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn is_deletion(member: &Value) -> bool {
    member
        .get("operation")
        .and_then(Value::as_str)
        .is_some_and(|word| word.eq_ignore_ascii_case("delete"))
}

fn has_value<'a>(all: impl IntoIterator<Item = &'a Value>, member: &Value) -> bool {
    all.into_iter()
        .any(|one| one.get("value") == member.get("value"))
}

impl Switches {
    /// A PATCH of 1.1 as a faulty server takes it.
    ///
    /// # Errors
    /// What it does not take.
    pub(in crate::server) fn v1_patch(
        &self,
        whole: &Value,
        body: &Value,
    ) -> Result<Value, ScimError> {
        let has = |defect| self.has(defect);
        if has(Defect::V1PatchNeedsOperations) && body.get("Operations").is_none() {
            return Err(refused(ScimType::InvalidSyntax));
        }
        if has(Defect::V1PatchIdRefused) && body.get("id").is_some() {
            return Err(refused(ScimType::Mutability));
        }
        if has(Defect::V1MemberDeleteOfNoneRefused)
            && members(body)
                .filter(|member| is_deletion(member))
                .any(|member| !has_value(members(whole), member))
        {
            return Err(refused(ScimType::NoTarget));
        }
        self.takes_v1_patch(body)?;
        if has(Defect::V1PatchIgnored) {
            return Ok(json!({ "schemas": body.get("schemas") }));
        }
        let replaces = has(Defect::V1MembersReplaced)
            && members(body).any(|member| !is_deletion(member))
            || has(Defect::V1MemberDeleteClears) && members(body).any(is_deletion);
        let mut body = body.clone();
        let Some(given) = body.as_object_mut() else {
            return Ok(body);
        };
        if has(Defect::V1MetaAttributesIgnored) {
            given.shift_remove("meta");
        }
        if replaces {
            given.insert("meta".to_owned(), json!({ "attributes": ["members"] }));
        }
        if (replaces || has(Defect::V1MemberDeleteIgnored))
            && let Some(members) = given.get_mut("members").and_then(Value::as_array_mut)
        {
            members.retain(|member| !is_deletion(member));
        }
        self.v1_patch_as_taken(whole, given);
        Ok(body)
    }

    /// What is stored of a resource that was modified in the form of 1.1.
    pub(super) fn on_v1_modify(
        &self,
        body: &Value,
        current: &Stored,
        attributes: &mut Map<String, Value>,
    ) {
        if self.has(Defect::V1PatchValuesDoubled) {
            let given = body.get("emails").and_then(Value::as_array);
            let again: Vec<Value> = given
                .into_iter()
                .flatten()
                .filter(|email| !is_deletion(email))
                .cloned()
                .collect();
            if let Some(list) = attributes.get_mut("emails").and_then(Value::as_array_mut) {
                for email in again {
                    if has_value(list.iter(), &email) {
                        list.push(email);
                    }
                }
            }
        }
        if !self.has(Defect::V1MembersDuplicated) {
            return;
        }
        let old = current.attributes.get("members").and_then(Value::as_array);
        let again = members(body)
            .filter(|member| !is_deletion(member) && has_value(old.into_iter().flatten(), member));
        if let Some(list) = attributes.get_mut("members").and_then(Value::as_array_mut) {
            list.extend(again.cloned());
        }
    }

    /// Whether a faulty server takes the body of a create or replace in the form of 1.1.
    ///
    /// # Errors
    /// What it does not take.
    pub(in crate::server) fn takes_v1_body(
        &self,
        knows: impl Fn(&str) -> bool,
        body: &Value,
    ) -> Result<(), ScimError> {
        let mut urns = body
            .get("schemas")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        if self.has(Defect::V1UnknownSchemaRefused) && !urns.all(knows) {
            return Err(refused(ScimType::InvalidValue));
        }
        let locale = body.get("locale").and_then(Value::as_str);
        if self.has(Defect::V1LocaleWithUnderscoreRefused)
            && locale.is_some_and(|locale| locale.contains('_'))
        {
            return Err(refused(ScimType::InvalidValue));
        }
        Ok(())
    }
}
