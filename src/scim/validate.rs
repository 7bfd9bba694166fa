//! What a client sends to create or replace a resource, held against the schema (RFC 7644 §3.3, §3.5.1).
//!
//! Where the RFCs leave a choice, this is the one made here:
//! - attributes that the schemas lack are ignored, and so are URNs in `schemas` that the resource type lacks;
//! - values of an extension that `schemas` does not name are refused as `invalidSyntax`;
//! - a required text must not be blank.

use serde_json::{Map, Value};

use super::compare;
use super::conform::{assigned, invalid, is_blank};
use super::error::{ScimError, ScimType};
use super::json::{get, member};
use super::resource::ResourceSchema;
use super::schema::{Attribute, Mutability, Schema, core, is_unassigned};

/// The resource that a create asks for: names as the schema spells them, without unassigned, unknown and read-only
/// attributes. The server adds `id` and `meta`.
///
/// # Errors
/// `invalidSyntax` for the wrong structure, `invalidValue` for a value that is wrong or missing.
pub fn for_create(schema: &ResourceSchema, body: &Value) -> Result<Value, ScimError> {
    let members = body
        .as_object()
        .ok_or_else(|| syntax("the body is no JSON object"))?;
    let urns = urns(schema, members)?;
    let mut resource = Map::new();
    for attribute in schema.top() {
        if let Some(value) = given(attribute, &attribute.name, members)? {
            resource.insert(attribute.name.clone(), value);
        }
    }
    let mut used = vec![schema.base.id.clone()];
    for (extension, required) in &schema.extensions {
        let kept = of_extension(extension, get(members, &extension.id))?;
        let named = urns
            .iter()
            .any(|urn| urn.eq_ignore_ascii_case(&extension.id));
        match kept {
            Some(_) if !named => {
                let detail = format!(
                    "`schemas` does not name the extension {} that has values",
                    extension.id
                );
                return Err(syntax(&detail));
            }
            None if *required => {
                return Err(invalid(format!(
                    "the extension {} is required",
                    extension.id
                )));
            }
            None => {}
            Some(kept) => {
                used.push(extension.id.clone());
                resource.insert(extension.id.clone(), Value::Object(kept));
            }
        }
    }
    let mut whole = Map::new();
    whole.insert("schemas".to_owned(), used.into());
    whole.extend(resource);
    missing(schema, &whole)?;
    Ok(Value::Object(whole))
}

/// The resource that a replace asks for: as for a create, with the read-only attributes of `current`. Its immutable and
/// its write-only attributes stay if the body leaves them out.
///
/// # Errors
/// As for a create, and `mutability` for another value of an immutable attribute.
pub fn for_replace(
    schema: &ResourceSchema,
    current: &Value,
    body: &Value,
) -> Result<Value, ScimError> {
    let mut resource = for_create(schema, body)?;
    let Some(members) = resource.as_object_mut() else {
        return Ok(resource);
    };
    for attribute in schema.top() {
        keep(attribute, &attribute.name, current, members)?;
    }
    for (extension, _) in &schema.extensions {
        let Some(there) = member(current, &extension.id) else {
            continue;
        };
        let mut kept = match members.remove(&extension.id) {
            Some(Value::Object(kept)) => kept,
            _ => Map::new(),
        };
        for attribute in &extension.attributes {
            keep(
                attribute,
                &format!("{}:{}", extension.id, attribute.name),
                there,
                &mut kept,
            )?;
        }
        if !kept.is_empty() {
            members.insert(extension.id.clone(), Value::Object(kept));
            name_schema(members, &extension.id);
        }
    }
    Ok(resource)
}

/// Takes over from the current resource what a replace can't change.
fn keep(
    attribute: &Attribute,
    path: &str,
    current: &Value,
    members: &mut Map<String, Value>,
) -> Result<(), ScimError> {
    let Some(there) = member(current, &attribute.name).filter(|there| !is_unassigned(there)) else {
        return Ok(());
    };
    let new = members.get(&attribute.name);
    match attribute.mutability {
        Mutability::ReadWrite => {
            if let (Some(Value::Object(new)), false) = (new, attribute.multi_valued) {
                let mut changed = new.clone();
                for sub in attribute
                    .sub_attributes
                    .iter()
                    .filter(|sub| sub.mutability == Mutability::Immutable)
                {
                    keep(sub, &format!("{path}.{}", sub.name), there, &mut changed)?;
                }
                members.insert(attribute.name.clone(), Value::Object(changed));
            }
            return Ok(());
        }
        Mutability::Immutable => {
            if new.is_some_and(|new| !compare::equal(attribute, new, there)) {
                return Err(ScimError::new(
                    ScimType::Mutability,
                    format!("`{path}` is immutable and has a value"),
                ));
            }
        }
        Mutability::WriteOnly if new.is_some() => return Ok(()),
        Mutability::WriteOnly | Mutability::ReadOnly => {}
    }
    members.insert(attribute.name.clone(), there.clone());
    Ok(())
}

/// Makes `schemas` name a schema.
pub(super) fn name_schema(members: &mut Map<String, Value>, urn: &str) {
    let urns = members
        .entry("schemas")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(urns) = urns
        && !urns.iter().any(|known| {
            known
                .as_str()
                .is_some_and(|known| known.eq_ignore_ascii_case(urn))
        })
    {
        urns.push(urn.into());
    }
}

/// Refuses a resource without its required attributes.
fn missing(schema: &ResourceSchema, members: &Map<String, Value>) -> Result<(), ScimError> {
    match first_missing(schema, members) {
        Some(path) => Err(invalid(format!("`{path}` is required"))),
        None => Ok(()),
    }
}

/// The first attribute that a client must give and that isn't there.
pub(super) fn first_missing(
    schema: &ResourceSchema,
    members: &Map<String, Value>,
) -> Option<String> {
    let lacks = |attribute: &Attribute, members: &Map<String, Value>| {
        attribute.required
            && attribute.mutability != Mutability::ReadOnly
            && get(members, &attribute.name).is_none_or(is_blank)
    };
    if let Some(attribute) = schema.top().find(|attribute| lacks(attribute, members)) {
        return Some(attribute.name.clone());
    }
    schema.extensions.iter().find_map(|(extension, _)| {
        let inner = get(members, &extension.id)?.as_object()?;
        let attribute = extension
            .attributes
            .iter()
            .find(|attribute| lacks(attribute, inner))?;
        Some(format!("{}:{}", extension.id, attribute.name))
    })
}

fn syntax(detail: &str) -> ScimError {
    ScimError::new(ScimType::InvalidSyntax, detail)
}

/// The URNs of `schemas`, the base's among them.
fn urns<'a>(
    schema: &ResourceSchema,
    members: &'a Map<String, Value>,
) -> Result<Vec<&'a str>, ScimError> {
    let name = &core::schemas_attribute().name;
    let Some(Value::Array(items)) = get(members, name) else {
        return Err(syntax("`schemas` is missing, or no array"));
    };
    let urns: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
    let urns = urns.ok_or_else(|| syntax("`schemas` holds something else than URNs"))?;
    if urns.iter().any(|urn| schema.is_base(urn)) {
        Ok(urns)
    } else {
        Err(syntax(&format!(
            "`schemas` does not name {}",
            schema.base.id
        )))
    }
}

fn given(
    attribute: &Attribute,
    path: &str,
    members: &Map<String, Value>,
) -> Result<Option<Value>, ScimError> {
    if attribute.mutability == Mutability::ReadOnly {
        return Ok(None);
    }
    let mut values = members
        .iter()
        .filter(|(name, _)| attribute.is_named(name))
        .map(|(_, value)| value);
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(syntax(&format!("`{path}` is there twice")));
    }
    assigned(attribute, path, value)
}

fn of_extension(
    extension: &Schema,
    value: Option<&Value>,
) -> Result<Option<Map<String, Value>>, ScimError> {
    let members = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Object(members)) => members,
        Some(_) => return Err(invalid(format!("`{}` takes an object", extension.id))),
    };
    let mut kept = Map::new();
    for attribute in &extension.attributes {
        let path = format!("{}:{}", extension.id, attribute.name);
        if let Some(value) = given(attribute, &path, members)? {
            kept.insert(attribute.name.clone(), value);
        }
    }
    Ok((!kept.is_empty()).then_some(kept))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::scim::{examples, urn};

    fn create(body: &Value) -> Result<Value, ScimError> {
        for_create(&ResourceSchema::user(), body)
    }

    #[test]
    fn what_is_read_only_unknown_or_unassigned_is_left_out() {
        let body = json!({
            "SCHEMAS": [urn::USER, "urn:unknown"], "id": "mine", "meta": { "created": "x" }, "USERNAME": "u",
            "groups": [{ "value": "1" }], "nickName": null, "emails": [], "unknown": { "a": 1 }, "urn:unknown": { "b": 2 },
            "name": { "GivenName": "g", "unknown": 1, "familyName": null },
        });
        let expected =
            json!({ "schemas": [urn::USER], "userName": "u", "name": { "givenName": "g" } });
        assert_eq!(create(&body).unwrap(), expected);
    }

    #[test]
    fn the_examples_can_be_created() {
        let user = create(&examples::enterprise_user()).unwrap();
        assert_eq!(user["schemas"], json!([urn::USER, urn::ENTERPRISE_USER]));
        assert_eq!(user["emails"], examples::full_user()["emails"]);
        assert_eq!(user["password"], "t1meMa$heen");
        assert!(
            user[urn::ENTERPRISE_USER]["manager"]
                .get("displayName")
                .is_none(),
            "it is read-only"
        );
        let group = for_create(&ResourceSchema::group(), &examples::group()).unwrap();
        assert_eq!(
            group["members"][0]["value"],
            examples::group()["members"][0]["value"]
        );
    }

    #[test]
    fn what_is_wrong_is_refused_by_its_kind() {
        let with = |members: Value| {
            let mut body = json!({ "schemas": [urn::USER], "userName": "u" });
            body.as_object_mut()
                .unwrap()
                .extend(members.as_object().unwrap().clone());
            body
        };
        for (body, kind) in [
            (json!([]), "invalidSyntax"),
            (json!({ "userName": "u" }), "invalidSyntax"),
            (with(json!({ "schemas": urn::USER })), "invalidSyntax"),
            (with(json!({ "schemas": [urn::GROUP] })), "invalidSyntax"),
            (with(json!({ "USERNAME": "v" })), "invalidSyntax"),
            (
                with(json!({ urn::ENTERPRISE_USER: { "department": "d" } })),
                "invalidSyntax",
            ),
            (json!({ "schemas": [urn::USER] }), "invalidValue"),
            (with(json!({ "userName": null })), "invalidValue"),
            (with(json!({ "userName": " " })), "invalidValue"),
            (with(json!({ "userName": 7 })), "invalidValue"),
            (with(json!({ "active": "true" })), "invalidValue"),
            (with(json!({ "emails": { "value": "x" } })), "invalidValue"),
            (with(json!({ "emails": ["x"] })), "invalidValue"),
            (with(json!({ "name": "x" })), "invalidValue"),
            (
                with(json!({ "x509Certificates": [{ "value": "?" }] })),
                "invalidValue",
            ),
            (
                with(
                    json!({ "emails": [{ "value": "a", "primary": true }, { "value": "b", "primary": true }] }),
                ),
                "invalidValue",
            ),
        ] {
            let error = create(&body).expect_err(&body.to_string());
            assert_eq!(error.scim_type.unwrap().word(), kind, "{body}: {error}");
        }
    }

    #[test]
    fn a_replace_keeps_what_the_client_cannot_write() {
        let current = examples::enterprise_user();
        let body = json!({ "schemas": [urn::USER], "userName": "new", "id": "other" });
        let replaced = for_replace(&ResourceSchema::user(), &current, &body).unwrap();
        assert_eq!(
            (&replaced["id"], &replaced["userName"]),
            (&current["id"], &json!("new"))
        );
        assert_eq!(
            (&replaced["meta"], &replaced["groups"]),
            (&current["meta"], &current["groups"])
        );
        assert_eq!(
            replaced["password"], current["password"],
            "nobody can read it and send it back"
        );
        assert_eq!(
            (replaced.get("emails"), replaced.get(urn::ENTERPRISE_USER)),
            (None, None)
        );
    }

    #[test]
    fn an_immutable_value_stays() {
        let schema =
            examples::with_nick_name(|attribute| attribute.mutability = Mutability::Immutable);
        let current =
            json!({ "schemas": [urn::USER], "id": "1", "userName": "u", "nickName": "n" });
        let replace = |nick: Value| {
            for_replace(
                &schema,
                &current,
                &json!({ "schemas": [urn::USER], "userName": "u", "nickName": nick }),
            )
        };
        assert_eq!(replace(json!("N")).unwrap()["nickName"], "n");
        assert_eq!(replace(Value::Null).unwrap()["nickName"], "n");
        assert_eq!(
            replace(json!("m")).unwrap_err().scim_type,
            Some(ScimType::Mutability)
        );
    }
}
