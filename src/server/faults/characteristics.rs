//! Schemas that are published wrongly, or that leave out what then does not have its default.

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Attribute, Mutability, Returned};
use crate::server::fault::{Defect, Switches};

/// A defect, the attribute whose published definition has it, and what that says instead; `null` leaves a member out.
fn changes() -> Vec<(Defect, &'static [&'static str], Value)> {
    vec![
        (
            Defect::SchemasSimpleWithParts,
            &["userName"],
            json!({ "subAttributes": [{ "name": "local", "type": "string" }] }),
        ),
        (
            Defect::SchemasComplexInComplex,
            &["name", "givenName"],
            json!({ "type": "complex", "subAttributes": [{ "name": "first", "type": "string" }] }),
        ),
        (
            Defect::SchemasUnknownType,
            &["nickName"],
            json!({ "type": "text" }),
        ),
        (
            Defect::SchemasNameWithBlank,
            &["userType"],
            json!({ "name": "user type" }),
        ),
        (
            Defect::SchemasBooleanCaseExact,
            &["active"],
            json!({ "caseExact": true }),
        ),
        (
            Defect::SchemasDecimalCaseExact,
            &["weight"],
            json!({ "caseExact": true }),
        ),
        (
            Defect::SchemasIntegerCaseExact,
            &["units"],
            json!({ "caseExact": true }),
        ),
        (
            Defect::SchemasDateUnique,
            &["purchased"],
            json!({ "uniqueness": "server" }),
        ),
        (
            Defect::SchemasBinaryUnique,
            &["picture"],
            json!({ "uniqueness": "server" }),
        ),
        (
            Defect::SchemasComplexUnique,
            &["name"],
            json!({ "uniqueness": "server" }),
        ),
        (
            Defect::SchemasReferenceWithoutTypes,
            &["profileUrl"],
            json!({ "referenceTypes": null }),
        ),
        (
            Defect::SchemasObjectsNotComplex,
            &["photos"],
            json!({ "type": "string" }),
        ),
        (
            Defect::SchemasPrimaryAsText,
            &["ims", "primary"],
            json!({ "type": "string" }),
        ),
        (
            Defect::SchemasCanonicalValuesAsText,
            &["emails", "type"],
            json!({ "canonicalValues": "work, home, other" }),
        ),
        (
            Defect::ExtensionRedefines,
            &["contract"],
            json!({ "name": "weight" }),
        ),
        (
            Defect::RequiredLeftOut,
            &["manual"],
            json!({ "required": null }),
        ),
        (
            Defect::CaseExactLeftOut,
            &["nickName"],
            json!({ "caseExact": null }),
        ),
        (
            Defect::MutabilityLeftOut,
            &["nickName"],
            json!({ "mutability": null }),
        ),
        (
            Defect::ReturnedLeftOut,
            &["nickName"],
            json!({ "returned": null }),
        ),
        (
            Defect::UniquenessLeftOut,
            &["nickName"],
            json!({ "uniqueness": null }),
        ),
        (Defect::TypeLeftOut, &["nickName"], json!({ "type": null })),
        (
            Defect::PartsLeftOut,
            &["ims"],
            json!({ "subAttributes": null }),
        ),
    ]
}

impl Switches {
    /// Changes the schemas as they are published.
    pub(in crate::server) fn define(&self, schemas: &mut [Value]) {
        for (defect, path, change) in changes() {
            if self.has(defect) {
                for schema in schemas.iter_mut() {
                    if let Some(definition) = definition(schema, path) {
                        merge(definition, &change);
                    }
                }
            }
        }
        if self.has(Defect::KeywordsQuoted) {
            schemas.iter_mut().for_each(quote);
        }
        if self.has(Defect::IdListedWritable) {
            let id = json!({
                "name": "id", "type": "string", "multiValued": false, "description": "The id.", "required": true,
                "caseExact": false, "mutability": "readWrite", "returned": "default", "uniqueness": "server",
            });
            for schema in schemas {
                let of_users = schema.get("name").and_then(Value::as_str) == Some("User");
                let attributes = schema.get_mut("attributes").and_then(Value::as_array_mut);
                if let (true, Some(attributes)) = (of_users, attributes) {
                    attributes.push(id.clone());
                }
            }
        }
    }

    /// The schema as it decides what is returned.
    pub(in crate::server) fn returned_as<'a>(
        &self,
        schema: &'a ResourceSchema,
    ) -> Cow<'a, ResourceSchema> {
        let wrong: [(Defect, Returned, Returned); 4] = [
            (Defect::AlwaysLeftOut, Returned::Always, Returned::Default),
            (
                Defect::RequestAlwaysShown,
                Returned::Request,
                Returned::Default,
            ),
            (
                Defect::RequestNeverShown,
                Returned::Request,
                Returned::Never,
            ),
            (
                Defect::NeverShownWhenAsked,
                Returned::Never,
                Returned::Request,
            ),
        ];
        let mut changed = Cow::Borrowed(schema);
        for (defect, right, instead) in wrong {
            if self.has(defect) {
                let attributes = changed.to_mut().base.attributes.iter_mut();
                for attribute in attributes.filter(|a| a.returned == right) {
                    attribute.returned = instead;
                }
            }
        }
        if self.has(Defect::ReturnedLeftOut) {
            let attributes = changed.to_mut().base.attributes.iter_mut();
            for attribute in attributes.filter(|a| a.is_named("nickName")) {
                attribute.returned = Returned::Request;
            }
        }
        changed
    }

    /// The schema as it decides what may be changed.
    pub(in crate::server) fn changeable<'a>(
        &self,
        schema: &'a ResourceSchema,
    ) -> Cow<'a, ResourceSchema> {
        if !self.has(Defect::ImmutableValuesChanged) {
            return Cow::Borrowed(schema);
        }
        let mut changed = schema.clone();
        changed.base.attributes.iter_mut().for_each(free);
        Cow::Owned(changed)
    }
}

fn free(attribute: &mut Attribute) {
    if attribute.mutability == Mutability::Immutable {
        attribute.mutability = Mutability::ReadWrite;
    }
    attribute.sub_attributes.iter_mut().for_each(free);
}

/// The definition at a path of names.
fn definition<'a>(schema: &'a mut Value, path: &[&str]) -> Option<&'a mut Value> {
    let mut found = schema;
    for (depth, name) in path.iter().enumerate() {
        let list = if depth == 0 {
            "attributes"
        } else {
            "subAttributes"
        };
        found = found
            .get_mut(list)?
            .as_array_mut()?
            .iter_mut()
            .find(|item| item.get("name").and_then(Value::as_str) == Some(name))?;
    }
    Some(found)
}

fn merge(definition: &mut Value, change: &Value) {
    let (Some(members), Some(change)) = (definition.as_object_mut(), change.as_object()) else {
        return;
    };
    for (name, value) in change {
        if value.is_null() {
            members.shift_remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
}

/// The typographic quotes of the RFC's text are taken for a part of the keyword.
fn quote(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                match value {
                    Value::String(text) if name == "mutability" => *text = format!("\"{text}\""),
                    _ => quote(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(quote),
        _ => {}
    }
}
