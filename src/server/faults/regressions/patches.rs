//! Operations of a PATCH that faulty servers pass over with success, or take for others.

use serde_json::{Map, Value, json};

use super::{is_op, operations, text};
use crate::scim::urn;
use crate::server::fault::{Defect, Switches};
use crate::server::store::Stored;

/// Whether an operation takes the manager away: by `remove`, or by an empty text.
fn removes_manager(operation: &Value) -> bool {
    let value = operation.get("value");
    let empty = value.is_some_and(|value| value == "" || *value == json!({ "value": "" }));
    text(operation, "path").ends_with(":manager") && (is_op(operation, "remove") || empty)
}

/// The attribute and the sub-attribute of a path such as `emails[type eq "work"].value`.
fn of_value_path(path: &str) -> Option<(&str, &str)> {
    let (name, rest) = path.split_once('[')?;
    Some((name, rest.rsplit_once("].")?.1))
}

impl Switches {
    /// Whether a faulty server passes an operation over.
    pub(in crate::server) fn passes_over(&self, operation: &Value) -> bool {
        let has = |defect| self.has(defect);
        let path = text(operation, "path");
        let value = operation.get("value");
        let (removes, replaces) = (is_op(operation, "remove"), is_op(operation, "replace"));
        let named = value.and_then(|value| value.get("members"));
        let empties = path.is_empty() && named.and_then(Value::as_array).is_some_and(Vec::is_empty);
        let is_text =
            value.is_some_and(|value| value.as_str().is_some_and(|text| !text.is_empty()));
        has(Defect::PatchRemoveAtFilterIgnored) && removes && path.contains('[')
            || has(Defect::PatchRemoveAllMembersIgnored)
                && removes
                && path.eq_ignore_ascii_case("members")
                && value.is_none()
            || has(Defect::PatchEmptyMembersWithoutPathIgnored) && replaces && empties
            || has(Defect::PatchExtensionPathIgnored) && path.starts_with(urn::ENTERPRISE_USER)
            || has(Defect::PatchPrimaryTextIgnored) && path.contains("primary eq \"")
            || has(Defect::PatchManagerTextIgnored) && path.ends_with(":manager") && is_text
            || has(Defect::PatchManagerRemoveIgnored) && removes_manager(operation)
            || has(Defect::PatchNullPassedOver) && value.is_some_and(Value::is_null)
            || has(Defect::PatchValuePathStoredAsKey) && of_value_path(path).is_some()
    }

    /// Takes an operation for another.
    pub(in crate::server) fn mistakes(&self, operation: &mut Value) {
        let removes_part =
            is_op(operation, "remove") && of_value_path(text(operation, "path")).is_some();
        if removes_part
            && self.has(Defect::PatchRemoveAtSubAttributeWrites)
            && let Some(members) = operation.as_object_mut()
            && members.contains_key("value")
        {
            members.insert("op".to_owned(), "replace".into());
        }
    }

    /// Changes what a PATCH did not ask for.
    pub(in crate::server) fn misplaces(
        &self,
        body: &Value,
        current: &Stored,
        attributes: &mut Map<String, Value>,
    ) {
        let has = |defect| self.has(defect);
        for operation in operations(body) {
            let path = text(operation, "path");
            let value = operation.get("value").cloned().unwrap_or_default();
            if let (Some((name, sub)), false) = (of_value_path(path), is_op(operation, "remove")) {
                if has(Defect::PatchValuePathStoredAsKey) {
                    attributes.insert(path.to_owned(), value.clone());
                }
                if has(Defect::PatchValueFilterChangesAll) {
                    let all = attributes.get_mut(name).and_then(Value::as_array_mut);
                    let all = all.into_iter().flatten().filter_map(Value::as_object_mut);
                    all.for_each(|item| {
                        item.insert(sub.to_owned(), value.clone());
                    });
                }
            }
            if has(Defect::PatchComplexReplacesWhole) && is_op(operation, "replace") {
                let pair = [(path.to_owned(), value.clone())].into_iter().collect();
                let said = if path.is_empty() {
                    value.as_object().cloned().unwrap_or_default()
                } else {
                    pair
                };
                for (name, value) in said {
                    let complex = current.attributes.get(&name).is_some_and(Value::is_object);
                    if complex && value.is_object() && !name.contains(':') {
                        attributes.insert(name, value);
                    }
                }
            }
        }
    }
}
