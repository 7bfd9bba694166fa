//! A resource type as JSON Schema (2020-12), for representations in responses.
//!
//! It demands what every response owes and no more: `schemas` with the base URN, an `id`, and right types of what is
//! there. A request may have left attributes out, so none but these two is required; a server may know more values
//! than the canonical ones, and more attributes than its schema; `null` is an unassigned value (RFC 7643 §2.5).

use serde_json::{Map, Value, json};

use super::resource::ResourceSchema;
use super::schema::{Attribute, Kind, Returned, Schema};

/// `xsd:dateTime`, with or without an offset.
const DATE_TIME: &str = r"^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$";
/// Base64 in either alphabet, with line breaks.
const BASE64: &str = r"^[A-Za-z0-9+/_=\s-]*$";

/// The JSON Schema of a resource type's representations.
pub fn for_resource(schema: &ResourceSchema) -> Value {
    let mut properties = Map::new();
    for attribute in schema.top() {
        properties.insert(attribute.name.clone(), of_attribute(attribute));
    }
    for (extension, _) in &schema.extensions {
        properties.insert(extension.id.clone(), of_extension(extension));
    }
    // Last, so that no schema that lists them itself can weaken or break them.
    properties.insert(
        "schemas".to_owned(),
        json!({
            "type": "array",
            "items": { "type": "string" },
            "contains": { "const": schema.base.id },
            "uniqueItems": true,
        }),
    );
    properties.insert(
        "id".to_owned(),
        json!({ "type": "string", "minLength": 1, "not": { "const": "bulkId" } }),
    );
    properties.insert("meta".to_owned(), meta());
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": schema.base.name,
        "type": "object",
        "required": ["schemas", "id"],
        "properties": properties,
    })
}

fn meta() -> Value {
    let text = json!({ "type": ["string", "null"] });
    let time = of_kind(Kind::DateTime, true);
    json!({
        "type": ["object", "null"],
        "properties": {
            "resourceType": text,
            "created": time,
            "lastModified": time,
            "location": text,
            "version": text,
        },
    })
}

fn of_extension(extension: &Schema) -> Value {
    json!({ "type": ["object", "null"], "properties": properties(&extension.attributes) })
}

fn properties(attributes: &[Attribute]) -> Map<String, Value> {
    attributes
        .iter()
        .map(|attribute| (attribute.name.clone(), of_attribute(attribute)))
        .collect()
}

fn of_attribute(attribute: &Attribute) -> Value {
    if attribute.returned == Returned::Never {
        // Unassigned is all that may be said of it.
        return json!({ "type": "null" });
    }
    if attribute.multi_valued {
        return json!({ "type": ["array", "null"], "items": of_value(attribute, false) });
    }
    of_value(attribute, true)
}

fn of_value(attribute: &Attribute, or_null: bool) -> Value {
    if !attribute.is_complex() {
        return of_kind(attribute.kind, or_null);
    }
    let types = if or_null {
        json!(["object", "null"])
    } else {
        json!("object")
    };
    json!({ "type": types, "properties": properties(&attribute.sub_attributes) })
}

fn of_kind(kind: Kind, or_null: bool) -> Value {
    let word = match kind {
        Kind::String | Kind::DateTime | Kind::Binary | Kind::Reference => "string",
        Kind::Boolean => "boolean",
        Kind::Decimal => "number",
        Kind::Integer => "integer",
        Kind::Complex => "object",
    };
    let types = if or_null {
        json!([word, "null"])
    } else {
        json!(word)
    };
    match kind {
        Kind::DateTime => json!({ "type": types, "pattern": DATE_TIME }),
        Kind::Binary => json!({ "type": types, "pattern": BASE64 }),
        _ => json!({ "type": types }),
    }
}

#[cfg(test)]
mod tests {
    use jsonschema::{Draft, Validator};

    use super::*;
    use crate::scim::{examples, urn};

    fn validator(schema: &ResourceSchema) -> Validator {
        jsonschema::options()
            .with_draft(Draft::Draft202012)
            .build(&for_resource(schema))
            .unwrap()
    }

    fn problems(schema: &ResourceSchema, body: &Value) -> Vec<String> {
        validator(schema)
            .iter_errors(body)
            .map(|error| error.instance_path().to_string())
            .collect()
    }

    /// A representation as a response has it.
    fn shown(mut user: Value) -> Value {
        user.as_object_mut().unwrap().remove("password");
        user
    }

    #[test]
    fn the_examples_of_rfc_7643_are_valid() {
        let user = ResourceSchema::user();
        for body in [
            examples::minimal_user(),
            shown(examples::full_user()),
            shown(examples::enterprise_user()),
            json!({ "schemas": [urn::USER], "id": "1", "emails": null, "name": null, "nickName": null, "extra": [1] }),
            json!({ "schemas": [urn::USER, "urn:other"], "id": "1", "emails": [{ "type": "odd", "new": {} }], "meta": null }),
        ] {
            assert_eq!(problems(&user, &body), [""; 0], "{body}");
        }
        assert_eq!(
            problems(&ResourceSchema::group(), &examples::group()),
            [""; 0]
        );
        let old = json!({ "schemas": [urn::v1::CORE], "id": "1", "userName": "x" });
        assert_eq!(problems(&ResourceSchema::v1_user(), &old), [""; 0]);
    }

    #[test]
    fn what_breaks_the_types_is_found_where_it_is() {
        for (body, place) in [
            (json!({ "id": "1" }), ""),
            (json!({ "schemas": [urn::USER] }), ""),
            (json!({ "schemas": [urn::GROUP], "id": "1" }), "/schemas"),
            (json!({ "schemas": urn::USER, "id": "1" }), "/schemas"),
            (json!({ "schemas": [urn::USER], "id": 1 }), "/id"),
            (json!({ "schemas": [urn::USER], "id": "" }), "/id"),
            (
                json!({ "schemas": [urn::USER], "id": "1", "active": "true" }),
                "/active",
            ),
            (
                json!({ "schemas": [urn::USER], "id": "1", "emails": { "value": "x" } }),
                "/emails",
            ),
            (
                json!({ "schemas": [urn::USER], "id": "1", "emails": ["x"] }),
                "/emails/0",
            ),
            (
                json!({ "schemas": [urn::USER], "id": "1", "password": "x" }),
                "/password",
            ),
            (
                json!({ "schemas": [urn::USER], "id": "1", "meta": { "created": 1_290_000_000 } }),
                "/meta/created",
            ),
            (
                json!({ "schemas": [urn::USER], "id": "1", "meta": { "created": "2010-01-23" } }),
                "/meta/created",
            ),
            (
                json!({ "schemas": [urn::USER], "id": "1", urn::ENTERPRISE_USER: { "manager": "x" } }),
                "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager",
            ),
        ] {
            assert_eq!(problems(&ResourceSchema::user(), &body), [place], "{body}");
        }
    }
}
