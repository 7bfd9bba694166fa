//! What other clients than the standard's own examples send, and what faulty servers make of it.

use axum::http::Method;
use serde_json::{Map, Value};

use crate::scim::error::{ScimError, ScimType};
use crate::scim::patch;
use crate::scim::resource::ResourceSchema;
use crate::server::answer::Answer;
use crate::server::call::Call;
use crate::server::fault::{Defect, Switches};
use crate::server::kind::GROUP;
use crate::server::lenient::boolean;
use crate::server::route::{Asked, Operation};
use crate::server::store::Stored;

fn refused() -> ScimError {
    ScimError::new(ScimType::InvalidValue, "This is not taken.")
}

pub(super) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn items<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    let list = value.get(name).and_then(Value::as_array);
    list.into_iter().flatten()
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(members) => members.values().any(has_null),
        _ => false,
    }
}

/// A name in a value without path that says more than one attribute's: `name.givenName`, `urn:…:User:department`.
fn is_dotted(schema: &ResourceSchema, name: &str) -> bool {
    (name.contains('.') || name.contains(':'))
        && !schema.is_base(name)
        && schema.extension(name).is_none()
}

/// The status of a request that a faulty server does not take for its headers or parameters.
pub(super) fn unusable(switches: &Switches, call: &Call, asked: &Asked) -> Option<u16> {
    let typed = call.header("content-type").is_some();
    if call.method == Method::GET
        && (switches.has(Defect::ContentTypeOnGetRefused) && typed
            || switches.has(Defect::GetWithoutContentTypeRefused)
                && asked.operation == Operation::Read
                && !typed)
    {
        return Some(415);
    }
    let known = [
        "filter",
        "sortby",
        "sortorder",
        "startindex",
        "count",
        "cursor",
        "attributes",
        "excludedattributes",
    ];
    let knows = |(name, _): &(String, String)| known.contains(&name.to_ascii_lowercase().as_str());
    (switches.has(Defect::UnknownParameterRefused) && !call.query.iter().all(knows)).then_some(400)
}

/// Changes answers.
pub(super) fn alter(switches: &Switches, asked: &Asked, answer: &mut Answer) {
    if !answer.is_success() || asked.is_v1() {
        return;
    }
    let Some(body) = answer.json_mut() else {
        return;
    };
    match asked.operation {
        Operation::List
            if asked.kind() == Some(GROUP) && switches.has(Defect::ListGroupsWithoutMembers) =>
        {
            let groups = body.get_mut("Resources").and_then(Value::as_array_mut);
            for group in groups
                .into_iter()
                .flatten()
                .filter_map(Value::as_object_mut)
            {
                group.shift_remove("members");
            }
        }
        Operation::Schemas if switches.has(Defect::SchemasWithoutCanonicalValues) => {
            forget(body, "canonicalValues");
        }
        Operation::Config if switches.has(Defect::ConfigWithoutBulkLimits) => {
            if let Some(bulk) = body.get_mut("bulk").and_then(Value::as_object_mut) {
                bulk.shift_remove("maxOperations");
                bulk.shift_remove("maxPayloadSize");
            }
        }
        _ => {}
    }
}

fn forget(value: &mut Value, name: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| forget(item, name)),
        Value::Object(members) => {
            members.shift_remove(name);
            members.values_mut().for_each(|item| forget(item, name));
        }
        _ => {}
    }
}

impl Switches {
    /// Whether a faulty server takes the body of a create or replace.
    ///
    /// # Errors
    /// What it does not take.
    pub(in crate::server) fn takes_body(
        &self,
        schema: &ResourceSchema,
        body: &Value,
    ) -> Result<(), ScimError> {
        let has = |defect| self.has(defect);
        let urns: Vec<&str> = items(body, "schemas").filter_map(Value::as_str).collect();
        let typed = ["emails", "phoneNumbers", "addresses", "photos", "roles"];
        let mut values = typed.iter().flat_map(|name| items(body, name));
        let foreign = |urn: &&str| !schema.is_base(urn) && schema.extension(urn).is_none();
        let bare = |urn: &&str| schema.extension(urn).is_some() && body.get(*urn).is_none();
        let only_typed = |address: &Value| {
            address
                .as_object()
                .is_some_and(|members| members.keys().all(|name| name == "type"))
        };
        let url = text(body, "profileUrl");
        let relative = |member: &Value| {
            let reference = text(member, "$ref");
            !reference.is_empty() && !reference.contains("://")
        };
        let empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
        let wrong = has(Defect::UnknownSchemaRefused) && urns.iter().any(foreign)
            || has(Defect::NullsRefused) && has_null(body)
            || has(Defect::EmptyArraysRefused)
                && body
                    .as_object()
                    .is_some_and(|members| members.values().any(empty))
            || has(Defect::ValueWithoutTypeRefused)
                && values.any(|value| value.get("type").is_none())
            || has(Defect::AddressOfTypeOnlyRefused) && items(body, "addresses").any(only_typed)
            || has(Defect::ProfileUrlChecked) && !url.is_empty() && !url.contains("://")
            || has(Defect::RelativeReferenceRefused) && items(body, "members").any(relative)
            || has(Defect::ExtensionWithoutValuesRefused) && urns.iter().any(bare)
            || has(Defect::SchemasOrderHeeded)
                && urns.first().is_some_and(|urn| !schema.is_base(urn));
        if wrong { Err(refused()) } else { Ok(()) }
    }

    /// A PATCH request as far as a faulty server heeds it.
    ///
    /// # Errors
    /// What it does not take.
    pub(in crate::server) fn heeded(
        &self,
        schema: &ResourceSchema,
        whole: &Value,
        body: &mut Value,
    ) -> Result<(), ScimError> {
        let has = |defect| self.has(defect);
        let Some(operations) = body.get_mut("Operations").and_then(Value::as_array_mut) else {
            return Ok(());
        };
        for operation in operations.iter() {
            self.takes_value(schema, whole, operation)?;
        }
        let removes = |operation: &Value| {
            text(operation, "op").eq_ignore_ascii_case("remove") && operation.get("value").is_some()
        };
        operations.retain(|operation| {
            let capital = text(operation, "op").chars().any(char::is_uppercase);
            let of_text = boolean(text(operation, "value")).is_some();
            !(has(Defect::PatchCapitalsIgnored) && capital
                || has(Defect::BooleanTextIgnored) && of_text
                || has(Defect::PatchRemoveWithValueIgnored) && removes(operation)
                || self.passes_over(operation))
        });
        for operation in operations.iter_mut() {
            self.mistakes(operation);
            if has(Defect::PatchRemoveWithValueEmpties) && removes(operation) {
                operation.as_object_mut().map(|it| it.shift_remove("value"));
            }
            if operation.get("path").is_some() {
                continue;
            }
            if let Some(Value::Object(members)) = operation.get_mut("value") {
                members.retain(|name, _| {
                    let dotted = is_dotted(schema, name);
                    let of_urn = dotted && name.contains(':');
                    !(dotted && !of_urn && has(Defect::PatchDottedKeysIgnored)
                        || dotted && has(Defect::PatchDottedKeysStored)
                        || of_urn && has(Defect::PatchUrnKeysIgnored))
                });
            }
        }
        Ok(())
    }

    fn takes_value(
        &self,
        schema: &ResourceSchema,
        whole: &Value,
        operation: &Value,
    ) -> Result<(), ScimError> {
        let has = |defect| self.has(defect);
        let (op, path) = (text(operation, "op"), text(operation, "path"));
        let is = |word: &str| op.eq_ignore_ascii_case(word);
        let value = operation.get("value");
        let null_reference = |item: &Value| item.get("$ref").is_some_and(Value::is_null);
        let wrong = has(Defect::PatchNullReferenceRefused)
            && items(operation, "value").any(null_reference)
            || has(Defect::PatchEmptyTextRefused) && value.is_some_and(|value| value == "")
            || has(Defect::PatchNullRefused) && value.is_some_and(Value::is_null)
            || has(Defect::PatchRemoveWithValueRefused) && is("remove") && value.is_some()
            || has(Defect::PatchIdInValueRefused)
                && path.is_empty()
                && value.is_some_and(|value| value.get("id").is_some());
        if wrong {
            return Err(refused());
        }
        if has(Defect::PatchAddAtFilterRefused) && is("add") && path.contains('[') {
            let mut asked = operation.clone();
            if let Some(members) = asked.as_object_mut() {
                members.insert("op".to_owned(), "replace".into());
            }
            let one = serde_json::json!({
                "schemas": [crate::scim::urn::PATCH_OP], "Operations": [asked],
            });
            patch::apply(schema, whole, &self.patch_as_meant(schema, &one))?;
        }
        Ok(())
    }

    /// What a faulty server stores of a PATCH request beside or in place of what was asked for.
    pub(in crate::server) fn after_patch(
        &self,
        body: &Value,
        current: &Stored,
        attributes: &mut Map<String, Value>,
    ) {
        let has = |defect| self.has(defect);
        for operation in items(body, "Operations") {
            let path = text(operation, "path");
            if has(Defect::PatchDottedKeysStored) && path.is_empty() {
                let members = operation.get("value").and_then(Value::as_object);
                for (name, value) in members.into_iter().flatten() {
                    if name.contains('.') && !value.is_object() {
                        attributes.insert(name.clone(), value.clone());
                    }
                }
            }
            if has(Defect::BooleanTextStored)
                && boolean(text(operation, "value")).is_some()
                && let Some(value) = operation.get("value").filter(|_| !path.contains('['))
            {
                attributes.insert(path.to_owned(), value.clone());
            }
            if let (true, true, Some((name, _))) = (
                has(Defect::PatchAddAtFilterWithoutType),
                text(operation, "op").eq_ignore_ascii_case("add"),
                path.split_once('['),
            ) {
                let old = current.attributes.get(name).and_then(Value::as_array);
                let was = old.map_or(0, Vec::len);
                let made = attributes.get_mut(name).and_then(Value::as_array_mut);
                for item in made
                    .into_iter()
                    .flatten()
                    .skip(was)
                    .filter_map(Value::as_object_mut)
                {
                    item.shift_remove("type");
                }
            }
        }
        self.stores_besides(body, current, attributes);
        self.misplaces(body, current, attributes);
        if has(Defect::PatchGroupLosesMembers)
            && current.kind == GROUP
            && !body.to_string().contains("members")
        {
            attributes.shift_remove("members");
        }
    }
}
