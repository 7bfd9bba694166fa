//! What a faulty server makes of a PATCH as a whole: what it stores, what it keeps of a refused one, what it answers.

use chrono::TimeDelta;
use serde_json::{Map, Value, json};

use super::patch_target::{Target, is_op, spelled, text};
use crate::scim::error::ScimError;
use crate::scim::patch;
use crate::scim::resource::ResourceSchema;
use crate::server::answer::Answer;
use crate::server::call::Call;
use crate::server::fault::{Defect, Switches};
use crate::server::route::{Asked, Operation};
use crate::server::store::Stored;

fn operations(body: &Value) -> impl Iterator<Item = &Value> {
    let list = body.get("Operations").and_then(Value::as_array);
    list.into_iter().flatten()
}

fn one(body: &Value, operation: &Value) -> Value {
    json!({ "schemas": body.get("schemas"), "Operations": [operation] })
}

impl Switches {
    /// What a PATCH request makes of a resource.
    ///
    /// # Errors
    /// What the server answers.
    pub(in crate::server) fn patched(
        &self,
        schema: &ResourceSchema,
        whole: &Value,
        body: &Value,
    ) -> Result<Value, ScimError> {
        let mut read = body.clone();
        self.misread_message(&mut read);
        if self.takes_no_operations(&read) {
            return Ok(whole.clone());
        }
        if let Some(list) = read.get_mut("Operations").and_then(Value::as_array_mut) {
            let asked = list.len();
            for operation in list.iter() {
                if let Some(error) = self.refuses(&Target::of(schema, whole, operation)) {
                    return Err(error);
                }
            }
            list.retain(|operation| {
                !self.passes_over_target(&Target::of(schema, whole, operation))
            });
            for operation in list.iter_mut() {
                if let Some(other) = self.misapplied(schema, whole, operation) {
                    *operation = other;
                }
            }
            if list.is_empty() && asked > 0 {
                let mut made = whole.clone();
                self.misapply(schema, whole, body, &mut made);
                return Ok(made);
            }
        }
        let outcome = if self.has(Defect::PatchOperationsSeeOriginal) {
            side_by_side(schema, whole, &read)
        } else {
            self.applied(schema, whole, &read)
        };
        let mut made = match outcome {
            Err(_) if self.has(Defect::PatchContinuesAfterError) => {
                in_part(schema, whole, &read, false)
            }
            Err(error) => return Err(self.told(error)),
            Ok(made) => made,
        };
        self.misapply(schema, whole, body, &mut made);
        Ok(made)
    }

    /// Changes what a PATCH made.
    fn misapply(&self, schema: &ResourceSchema, whole: &Value, body: &Value, made: &mut Value) {
        let has = |defect| self.has(defect);
        let Some(members) = made.as_object_mut() else {
            return;
        };
        for operation in operations(body) {
            let (value, pathless) = (operation.get("value"), text(operation, "path").is_empty());
            let drops = has(Defect::PatchAddDropsSiblings) && is_op(operation, "add")
                || has(Defect::PatchReplaceDropsSiblings) && is_op(operation, "replace");
            let given: Vec<(&str, &Value)> = match (pathless, value) {
                (true, Some(Value::Object(given))) => given
                    .iter()
                    .map(|(name, value)| (name.as_str(), value))
                    .collect(),
                (false, Some(value)) => vec![(text(operation, "path"), value)],
                _ => Vec::new(),
            };
            for (name, value) in given {
                let attribute = schema.top_attribute(name);
                let complex = attribute
                    .is_some_and(|attribute| attribute.is_complex() && !attribute.multi_valued);
                let stored = has(Defect::PatchWrongTypeStored)
                    && attribute.is_some()
                    && patch::apply(schema, whole, &one(body, operation)).is_err();
                if drops && complex && value.is_object() || stored {
                    let name = spelled(members, name).to_owned();
                    members.insert(name, value.clone());
                }
            }
            if has(Defect::PatchReplaceWithoutPathIsPut) && is_op(operation, "replace") && pathless
            {
                let said = value.map(Value::to_string).unwrap_or_default();
                let kept = ["schemas", "id", "meta", "userName", "groups"];
                members.retain(|name, _| kept.contains(&name.as_str()) || said.contains(name));
            }
            if has(Defect::PatchImmutableChanged) {
                change_member(members, operation);
            }
        }
        if has(Defect::PatchAddsAttributes) {
            members.entry("userType").or_insert("Employee".into());
        }
        if has(Defect::PatchPrimaryClearedEverywhere) {
            clear_new_primaries(members, whole);
        }
    }

    /// What a faulty server stores although it is not the client's to write, or nothing any more.
    pub(super) fn stores_besides(
        &self,
        body: &Value,
        current: &Stored,
        attributes: &mut Map<String, Value>,
    ) {
        for operation in operations(body) {
            let (path, value) = (text(operation, "path"), operation.get("value"));
            for (defect, name) in [
                (Defect::PatchChangesId, "id"),
                (Defect::PatchGroupsWritable, "groups"),
            ] {
                if let (true, true, Some(value)) = (self.has(defect), path == name, value) {
                    attributes.insert(name.to_owned(), value.clone());
                }
            }
            let emptied = path
                .split_once('[')
                .map(|(name, _)| name)
                .filter(|name| current.attributes.contains_key(*name))
                .filter(|name| is_op(operation, "remove") && !attributes.contains_key(*name));
            if let (true, Some(name)) = (self.has(Defect::PatchLastValueLeavesItsType), emptied) {
                attributes.insert(name.to_owned(), json!([{ "type": "other" }]));
            }
        }
    }

    /// What a faulty server keeps of a PATCH that it refuses: the resource that it stores, if it stores one.
    pub(in crate::server) fn kept_of_refused(
        &self,
        schema: &ResourceSchema,
        whole: &Value,
        body: &Value,
    ) -> Option<Value> {
        self.has(Defect::PatchRefusedHalfApplied)
            .then(|| in_part(schema, whole, body, true))
    }

    /// Moves the time of the last change, as a server does that saves whatever it has read.
    pub(in crate::server) fn moves_last_modified(
        &self,
        defect: Defect,
        stored: &mut Stored,
    ) -> bool {
        if self.has(defect) {
            // A second, so that it shows at any resolution.
            stored.modified += TimeDelta::seconds(1);
            stored.version += 1;
        }
        self.has(defect)
    }
}

/// Applies operations until one fails, or all that don't.
fn in_part(schema: &ResourceSchema, whole: &Value, body: &Value, stops: bool) -> Value {
    let mut made = whole.clone();
    for operation in operations(body) {
        match patch::apply(schema, &made, &one(body, operation)) {
            Ok(next) => made = next,
            Err(_) if stops => break,
            Err(_) => {}
        }
    }
    made
}

/// Applies each operation to the resource as it was, and puts together what each changed.
fn side_by_side(schema: &ResourceSchema, whole: &Value, body: &Value) -> Result<Value, ScimError> {
    let mut made = whole.clone();
    for operation in operations(body) {
        let alone = patch::apply(schema, whole, &one(body, operation))?;
        let (Some(members), Some(old)) = (alone.as_object(), whole.as_object()) else {
            continue;
        };
        let Some(all) = made.as_object_mut() else {
            continue;
        };
        for name in old.keys().filter(|name| !members.contains_key(*name)) {
            all.shift_remove(name);
        }
        for (name, value) in members
            .iter()
            .filter(|(name, value)| old.get(*name) != Some(*value))
        {
            all.insert(name.clone(), value.clone());
        }
    }
    Ok(made)
}

/// Gives the member that a filter selects another value.
fn change_member(members: &mut Map<String, Value>, operation: &Value) {
    let path = text(operation, "path");
    let selected = path
        .strip_prefix("members[value eq \"")
        .and_then(|rest| rest.strip_suffix("\"].value"));
    let list = members.get_mut("members").and_then(Value::as_array_mut);
    let (Some(old), Some(list), Some(new)) = (selected, list, operation.get("value")) else {
        return;
    };
    for member in list.iter_mut().filter_map(Value::as_object_mut) {
        if member.get("value").and_then(Value::as_str) == Some(old) {
            member.insert("value".to_owned(), new.clone());
        }
    }
}

/// Takes primary from all values where it has moved to another.
fn clear_new_primaries(members: &mut Map<String, Value>, whole: &Value) {
    let primary = |list: Option<&Value>| {
        let items = list.and_then(Value::as_array);
        let found = items
            .into_iter()
            .flatten()
            .find(|item| item.get("primary") == Some(&Value::Bool(true)));
        found.and_then(|item| item.get("value").cloned())
    };
    for (name, list) in members.iter_mut() {
        if primary(Some(list)).is_none_or(|new| Some(new) == primary(whole.get(name))) {
            continue;
        }
        let items = list.as_array_mut().into_iter().flatten();
        for item in items.filter_map(Value::as_object_mut) {
            item.insert("primary".to_owned(), false.into());
        }
    }
}

/// Changes the answer to a PATCH.
pub(super) fn alter(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    if asked.operation != Operation::Modify || asked.is_v1() {
        return;
    }
    let has = |defect| switches.has(defect);
    let malformed = answer.status == 400 && call.json().is_err();
    if has(Defect::PatchMalformedAnswers500) && malformed
        || has(Defect::PatchTakenNameAnswers500) && answer.status == 409
    {
        let error = ScimError::status(500, "This went wrong.");
        *answer = Answer::error(asked.dialect, &error);
    }
    if !answer.is_success() {
        return;
    }
    if has(Defect::PatchAnswers204WithoutEtag)
        || has(Defect::PatchAttributesAnswers204) && call.parameter("attributes").is_some()
    {
        *answer = Answer::empty(204);
        return;
    }
    if has(Defect::PatchAnswersWithChangesOnly)
        && let Some(members) = answer.json_mut().and_then(Value::as_object_mut)
    {
        let said = call.json().unwrap_or_default().to_string();
        let kept = ["schemas", "id", "meta"];
        members.retain(|name, _| kept.contains(&name.as_str()) || said.contains(name.as_str()));
    }
}
