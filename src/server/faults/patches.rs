//! PATCH requests that are applied in part, twice, or in another way.

use serde_json::{Map, Value, json};

use crate::scim::error::{ScimError, ScimType};
use crate::scim::patch;
use crate::scim::resource::ResourceSchema;
use crate::scim::urn;
use crate::server::fault::{Defect, Switches};
use crate::server::store::Stored;

fn refused(kind: ScimType) -> ScimError {
    ScimError::new(kind, "The operation is not taken.")
}

fn text<'a>(operation: &'a Value, name: &str) -> &'a str {
    operation
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn operations_of(body: &Value) -> usize {
    let operations = body.get("Operations").and_then(Value::as_array);
    operations.map_or(0, Vec::len)
}

fn is_op(operation: &Value, op: &str) -> bool {
    text(operation, "op").eq_ignore_ascii_case(op)
}

impl Switches {
    /// What the operations that are left make of a resource.
    ///
    /// # Errors
    /// What the server answers.
    pub(super) fn applied(
        &self,
        schema: &ResourceSchema,
        whole: &Value,
        body: &Value,
    ) -> Result<Value, ScimError> {
        let mut body = body.clone();
        let given = operations_of(&body);
        self.heeded(schema, whole, &mut body)?;
        if given > 0 && operations_of(&body) == 0 {
            return Ok(whole.clone());
        }
        let mut body = self.patch_as_meant(schema, &body);
        let Some(operations) = body.get_mut("Operations").and_then(Value::as_array_mut) else {
            return patch::apply(schema, whole, &body);
        };
        for operation in operations.iter() {
            self.takes(operation)?;
        }
        let asked = operations.len();
        self.leave_out(operations);
        for operation in operations.iter_mut() {
            self.twist(whole, operation);
        }
        if operations.is_empty() && asked > 0 {
            return Ok(whole.clone());
        }
        if self.has(Defect::PatchRemoveOfNothingRefused) {
            for operation in operations.iter().filter(|op| text(op, "op") == "remove") {
                let alone = json!({ "schemas": [urn::PATCH_OP], "Operations": [operation] });
                if patch::apply(schema, whole, &alone)? == *whole {
                    return Err(refused(ScimType::NoTarget));
                }
            }
        }
        if self.has(Defect::PatchNotAtomic) {
            let each = operations.clone();
            return Ok(one_by_one(schema, whole, &body, &each));
        }
        match patch::apply(schema, whole, &body) {
            Err(error)
                if error.scim_type == Some(ScimType::NoTarget)
                    && self.has(Defect::PatchNoTargetAccepted) =>
            {
                Ok(whole.clone())
            }
            outcome => outcome,
        }
    }

    /// Whether a faulty server takes an operation.
    fn takes(&self, operation: &Value) -> Result<(), ScimError> {
        let has = |defect| self.has(defect);
        let (path, op) = (text(operation, "path"), text(operation, "op"));
        if has(Defect::PatchWithoutPathRefused) && path.is_empty() {
            return Err(refused(ScimType::NoTarget));
        }
        self.takes_new_password(path.eq_ignore_ascii_case("password"))?;
        if has(Defect::PatchValueFilterRefused) && path.contains('[') {
            return Err(refused(ScimType::InvalidPath));
        }
        if has(Defect::PatchExtensionPathRefused) && path.contains(":extension:") {
            return Err(refused(ScimType::InvalidPath));
        }
        if has(Defect::PatchOperatorsCaseSensitive) && op.chars().any(char::is_uppercase) {
            return Err(refused(ScimType::InvalidSyntax));
        }
        let sets_members = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
        let empties = path.eq_ignore_ascii_case("members")
            && operation.get("value").is_some_and(sets_members)
            || operation
                .get("value")
                .and_then(|value| value.get("members"))
                .is_some_and(sets_members);
        if has(Defect::PatchEmptyMembersRefused) && is_op(operation, "replace") && empties {
            return Err(refused(ScimType::InvalidValue));
        }
        Ok(())
    }

    /// Takes away the operations that a faulty server passes over.
    fn leave_out(&self, operations: &mut Vec<Value>) {
        let has = |defect| self.has(defect);
        if has(Defect::PatchFirstOperationOnly) {
            operations.truncate(1);
        }
        if has(Defect::PatchOperationsInReverse) {
            operations.reverse();
        }
        let known = |operation: &Value| {
            ["add", "remove", "replace"]
                .iter()
                .any(|op| is_op(operation, op))
        };
        operations.retain(|operation| {
            let path = text(operation, "path");
            let passed_over = has(Defect::PatchWithoutPathIgnored) && path.is_empty()
                || has(Defect::PatchWithPathIgnored) && !path.is_empty()
                || has(Defect::PatchWrongOperationAccepted) && !known(operation)
                || has(Defect::PatchRemoveIgnored) && is_op(operation, "remove")
                || has(Defect::PatchRemoveWithoutPathAccepted)
                    && is_op(operation, "remove")
                    && path.is_empty()
                || has(Defect::PatchReadOnlyAccepted) && path.eq_ignore_ascii_case("id")
                || self.passes_over_reference(path);
            !passed_over
        });
    }

    /// Changes an operation into what a faulty server takes it for.
    fn twist(&self, whole: &Value, operation: &mut Value) {
        let has = |defect| self.has(defect);
        let path = text(operation, "path").to_owned();
        let (adds, replaces, removes) = (
            is_op(operation, "add"),
            is_op(operation, "replace"),
            is_op(operation, "remove"),
        );
        let list = |name: &str| whole.get(name).and_then(Value::as_array).cloned();
        let Some(members) = operation.as_object_mut() else {
            return;
        };
        self.changes_member(whole, members);
        let mut set = |name: &str, value: Value| members.insert(name.to_owned(), value);
        if adds && has(Defect::PatchAddReplaces) {
            set("op", "replace".into());
        }
        if let (true, true, Some(old)) = (replaces, has(Defect::PatchReplaceAdds), list(&path))
            && !old.is_empty()
        {
            set("op", "add".into());
        }
        if removes
            && has(Defect::PatchRemoveIgnoresFilter)
            && let Some((before, _)) = path.split_once('[')
        {
            set("path", before.into());
        }
        if adds && has(Defect::PatchMemberTypeRequired) && path.eq_ignore_ascii_case("members") {
            if let Some(values) = members.get_mut("value").and_then(Value::as_array_mut) {
                values.retain(|member| member.get("type").is_some());
            }
            return;
        }
        let sub = path
            .split_once('.')
            .filter(|_| !path.contains('[') && !path.contains(':'));
        if let (true, Some((top, sub))) =
            (replaces && has(Defect::PatchSubAttributeReplacesWhole), sub)
        {
            let value = members.get("value").cloned().unwrap_or_default();
            members.insert("path".to_owned(), top.into());
            // Complex attributes are merged, so the others are unassigned one by one.
            let mut only = Map::new();
            let others = whole
                .get(top)
                .and_then(Value::as_object)
                .into_iter()
                .flat_map(Map::keys);
            only.extend(others.map(|name| (name.clone(), Value::Null)));
            only.insert(sub.to_owned(), value);
            members.insert("value".to_owned(), Value::Object(only));
        }
    }

    /// What is stored of a modified resource.
    pub(in crate::server) fn on_modify(
        &self,
        body: &Value,
        current: &Stored,
        attributes: &mut Map<String, Value>,
    ) {
        let has = |defect| self.has(defect);
        if has(Defect::PatchIgnored) {
            attributes.clone_from(&current.attributes);
        }
        if has(Defect::PatchClearsOthers) {
            let said = body
                .get("Operations")
                .map(Value::to_string)
                .unwrap_or_default();
            let stays = |name: &str| {
                ["userName", "displayName", "active", "name"].contains(&name) || said.contains(name)
            };
            attributes.retain(|name, _| stays(name));
        }
        if has(Defect::PatchDeactivationIgnored)
            && attributes.get("active") == Some(&Value::Bool(false))
        {
            attributes.insert("active".to_owned(), true.into());
        }
        if let (true, Some(active)) = (has(Defect::PatchActiveAsString), attributes.get("active")) {
            let text = active
                .as_str()
                .map_or_else(|| active.to_string(), str::to_owned);
            attributes.insert("active".to_owned(), text.into());
        }
        if has(Defect::PatchPrimaryStays) {
            for (name, value) in attributes.iter_mut() {
                let old = current
                    .attributes
                    .get(name)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten();
                let primaries: Vec<&Value> = old
                    .filter(|item| item.get("primary") == Some(&Value::Bool(true)))
                    .filter_map(|item| item.get("value"))
                    .collect();
                for item in value
                    .as_array_mut()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_object_mut)
                {
                    if item
                        .get("value")
                        .is_some_and(|value| primaries.contains(&value))
                    {
                        item.insert("primary".to_owned(), true.into());
                    }
                }
            }
        }
        self.on_v1_modify(body, current, attributes);
        if has(Defect::PatchAddDuplicates) {
            let operations = body.get("Operations").and_then(Value::as_array);
            for operation in operations
                .into_iter()
                .flatten()
                .filter(|operation| is_op(operation, "add"))
            {
                let list = attributes
                    .get_mut(text(operation, "path"))
                    .and_then(Value::as_array_mut);
                let added = operation
                    .get("value")
                    .and_then(Value::as_array)
                    .cloned()
                    .unwrap_or_default();
                let was = |value: &Value| {
                    let old = current
                        .attributes
                        .get(text(operation, "path"))
                        .and_then(Value::as_array);
                    old.into_iter()
                        .flatten()
                        .any(|item| item.get("value") == value.get("value"))
                };
                if let Some(list) = list {
                    list.extend(added.iter().filter(|value| was(value)).cloned());
                }
            }
        }
    }
}

/// Applies operations until one fails, and keeps what was done before.
fn one_by_one(schema: &ResourceSchema, whole: &Value, body: &Value, operations: &[Value]) -> Value {
    let mut made = whole.clone();
    for operation in operations {
        let request = json!({ "schemas": body.get("schemas"), "Operations": [operation] });
        match patch::apply(schema, &made, &request) {
            Ok(next) => made = next,
            Err(_) => break,
        }
    }
    made
}
