//! A resource type as JSON Schema (2020-12), for representations in responses.
//!
//! It demands what every response owes and no more: `schemas` with the base URN, an `id`, and right types of what is
//! there. A request may have left attributes out, so none but these two is required; a server may know more values
//! than the canonical ones, and more attributes than its schema; `null` is an unassigned value (RFC 7643 §2.5).

use serde_json::{Map, Value, json};

use super::resource::ResourceSchema;
use super::schema::{Attribute, Kind, Returned, Schema};

/// `xsd:dateTime`, with or without an offset.
const DATE_TIME: &str =
    r"^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$";
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
    properties.insert("id".to_owned(), json!({ "type": "string", "minLength": 1, "not": { "const": "bulkId" } }));
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
    attributes.iter().map(|attribute| (attribute.name.clone(), of_attribute(attribute))).collect()
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
    let types = if or_null { json!(["object", "null"]) } else { json!("object") };
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
    let types = if or_null { json!([word, "null"]) } else { json!(word) };
    match kind {
        Kind::DateTime => json!({ "type": types, "pattern": DATE_TIME }),
        Kind::Binary => json!({ "type": types, "pattern": BASE64 }),
        _ => json!({ "type": types }),
    }
}
