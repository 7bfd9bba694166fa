//! Operations of a PATCH that a faulty server takes for others.

use serde_json::{Map, Value, json};

use super::patch_refusals::indexed;
use super::patch_target::{Target, text};
use crate::scim::error::ScimType;
use crate::scim::path::PatchPath;
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::Kind;
use crate::scim::urn;
use crate::server::fault::{Defect, Switches};

/// Operations with these members in place of their own.
fn with(operation: &Value, members: Value) -> Option<Value> {
    let mut made = operation.as_object()?.clone();
    if let Value::Object(members) = members {
        made.extend(members);
    }
    Some(Value::Object(made))
}

impl Switches {
    /// A message as a faulty server reads it.
    pub(super) fn misread_message(&self, body: &mut Value) {
        let Some(members) = body.as_object_mut() else {
            return;
        };
        if self.has(Defect::PatchSchemasNotChecked) {
            members.insert("schemas".to_owned(), json!([urn::PATCH_OP]));
        }
        let operations = members.get_mut("Operations").and_then(Value::as_array_mut);
        for operation in operations.into_iter().flatten() {
            let missing = text(operation, "op").is_empty();
            if let (true, true, Some(members)) = (
                missing,
                self.has(Defect::PatchMissingOpReplaces),
                operation.as_object_mut(),
            ) {
                members.insert("op".to_owned(), "replace".into());
            }
        }
    }

    /// An operation as a faulty server reads it, if it reads another.
    pub(super) fn misapplied(
        &self,
        schema: &ResourceSchema,
        whole: &Value,
        operation: &Value,
    ) -> Option<Value> {
        let target = Target::of(schema, whole, operation);
        self.misread_path(&target).or_else(|| {
            match text(operation, "op").to_ascii_lowercase().as_str() {
                "add" => self.misread_add(&target),
                "replace" => self.misread_replace(&target),
                "remove" => self.misread_remove(&target),
                _ => None,
            }
        })
    }

    fn misread_path(&self, target: &Target<'_>) -> Option<Value> {
        let (operation, path) = (target.operation, target.text());
        if self.has(Defect::PatchFilterAndAsOr) && path.contains(" and ") {
            return with(operation, json!({ "path": path.replace(" and ", " or ") }));
        }
        if let (true, Some(pointer)) = (
            self.has(Defect::PatchJsonPointerAccepted),
            path.strip_prefix('/'),
        ) {
            return with(operation, json!({ "path": pointer.replace('/', ".") }));
        }
        let (name, place, after) =
            indexed(path).filter(|_| self.has(Defect::PatchArrayIndexAccepted))?;
        let value = target.whole.get(name)?.get(place)?.get("value")?;
        with(
            operation,
            json!({ "path": format!("{name}[value eq {value}]{after}") }),
        )
    }

    fn misread_add(&self, target: &Target<'_>) -> Option<Value> {
        let has = |defect| self.has(defect);
        let operation = target.operation;
        if has(Defect::PatchAddFirstValueOnly) {
            let mut value = target.value()?.clone();
            first_only(&mut value);
            return with(operation, json!({ "value": value }));
        }
        if let (true, None, Some(Value::Object(members))) = (
            has(Defect::PatchNamesCaseSensitive),
            operation.get("path"),
            target.value(),
        ) {
            let spelled = |name: &String| {
                let attribute = target.schema.top_attribute(name);
                attribute.is_none_or(|attribute| attribute.name == *name)
            };
            let kept = members.iter().filter(|(name, _)| spelled(name));
            let kept: Map<String, Value> = kept.map(|(a, b)| (a.clone(), b.clone())).collect();
            return with(operation, json!({ "value": kept }));
        }
        let path = target.path.as_ref().filter(|path| path.filter.is_some())?;
        let (selected, all) = target.selected();
        if has(Defect::PatchAddAtNoMatchChangesFirst) && selected.is_empty() && all > 0 {
            let first = target.current()?.get(0)?;
            return with(operation, json!({ "path": target.path_to(first)? }));
        }
        let (true, false, Some(sub)) = (
            has(Defect::PatchAddAtMatchAppends),
            selected.is_empty(),
            &path.sub,
        ) else {
            return None;
        };
        let mut value = Map::new();
        value.insert(sub.clone(), target.value()?.clone());
        with(
            operation,
            json!({ "path": path.attribute.to_string(), "value": [value] }),
        )
    }

    fn misread_replace(&self, target: &Target<'_>) -> Option<Value> {
        let has = |defect| self.has(defect);
        let operation = target.operation;
        if has(Defect::PatchNullStoredAsText) && target.value() == Some(&Value::Null) {
            return with(operation, json!({ "value": "null" }));
        }
        let lists = |value: &Value| {
            let members = value.as_object();
            members.is_some_and(|members| members.values().any(Value::is_array))
        };
        if has(Defect::PatchReplaceWithoutPathAdds)
            && operation.get("path").is_none()
            && target.value().is_some_and(lists)
        {
            return with(operation, json!({ "op": "add" }));
        }
        let path = target.path.as_ref().filter(|path| path.filter.is_some())?;
        if has(Defect::PatchNoTargetCreates) && target.error() == Some(ScimType::NoTarget) {
            return with(operation, json!({ "op": "add" }));
        }
        if has(Defect::PatchReplaceIgnoresFilter) {
            let all = PatchPath {
                filter: None,
                ..path.clone()
            };
            return with(operation, json!({ "path": all.to_string() }));
        }
        if has(Defect::PatchReplaceFirstMatchOnly) {
            let (selected, _) = target.selected();
            return with(
                operation,
                json!({ "path": target.path_to(selected.first()?)? }),
            );
        }
        let sub = path
            .sub
            .as_ref()
            .filter(|_| has(Defect::PatchValuePathDropsSiblings))?;
        let whole = PatchPath {
            sub: None,
            ..path.clone()
        };
        let mut value = Map::new();
        value.insert(sub.clone(), target.value()?.clone());
        with(
            operation,
            json!({ "path": whole.to_string(), "value": value }),
        )
    }

    fn misread_remove(&self, target: &Target<'_>) -> Option<Value> {
        let has = |defect| self.has(defect);
        let operation = target.operation;
        let path = target.path.as_ref()?;
        let first = || target.current()?.get(0);
        if has(Defect::PatchMemberFilterTakesFirst) && target.text().starts_with("members[") {
            return with(operation, json!({ "path": target.path_to(first()?)? }));
        }
        if has(Defect::PatchRemoveFirstMatchOnly) && path.filter.is_some() {
            let (selected, _) = target.selected();
            return with(
                operation,
                json!({ "path": target.path_to(selected.first()?)? }),
            );
        }
        let plain = path.filter.is_none() && path.sub.is_none();
        if has(Defect::PatchRemoveFirstValueOnly) && plain {
            return with(operation, json!({ "path": target.path_to(first()?)? }));
        }
        if has(Defect::PatchRemovePartRemovesWhole) && path.sub.is_some() {
            let whole = PatchPath {
                sub: None,
                ..path.clone()
            };
            return with(operation, json!({ "path": whole.to_string() }));
        }
        let extension = path.attribute.schema.as_ref();
        if let (true, Some(extension)) = (
            has(Defect::PatchExtensionRemoveRemovesAll),
            extension.and_then(|urn| target.schema.extension(urn)),
        ) {
            return with(operation, json!({ "path": extension.id }));
        }
        let text = target
            .attribute()
            .is_some_and(|attribute| attribute.kind == Kind::String && !attribute.multi_valued);
        if has(Defect::PatchRemoveStoresEmptyText) && text && target.current().is_some() {
            return with(operation, json!({ "op": "replace", "value": "" }));
        }
        None
    }
}

/// Cuts lists to their first value.
fn first_only(value: &mut Value) {
    match value {
        Value::Array(items) => items.truncate(1),
        Value::Object(members) => members.values_mut().for_each(first_only),
        _ => {}
    }
}
