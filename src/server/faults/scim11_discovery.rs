//! What a faulty server says of itself in 1.1.

use serde_json::{Map, Value, json};

use crate::scim::urn;
use crate::server::answer::Answer;
use crate::server::fault::{Defect, Switches};
use crate::server::route::{Asked, Operation};

/// Changes the configuration or the schemas.
pub(super) fn alter(switches: &Switches, asked: &Asked, answer: &mut Answer) {
    let Some(body) = answer.json_mut() else {
        return;
    };
    if asked.operation == Operation::Config {
        if let Some(members) = body.as_object_mut() {
            config(switches, members);
        }
        return;
    }
    match body.get_mut("Resources").and_then(Value::as_array_mut) {
        Some(all) => all
            .iter_mut()
            .filter_map(Value::as_object_mut)
            .for_each(|schema| of_schema(switches, schema)),
        None => {
            if let Some(members) = body.as_object_mut() {
                of_schema(switches, members);
            }
        }
    }
}

fn rename(members: &mut Map<String, Value>, from: &str, to: &str) {
    if let Some(value) = members.shift_remove(from) {
        members.insert(to.to_owned(), value);
    }
}

fn config(switches: &Switches, members: &mut Map<String, Value>) {
    let has = |defect| switches.has(defect);
    if has(Defect::V1ConfigFlagsAsStrings) {
        for flag in members
            .values_mut()
            .filter_map(|member| member.get_mut("supported"))
        {
            *flag = flag.to_string().into();
        }
    }
    if has(Defect::V1ConfigWithoutXml) {
        members.shift_remove("xmlDataFormat");
    }
    if has(Defect::V1XmlSaidAndRefused) {
        members.insert("xmlDataFormat".to_owned(), json!({ "supported": true }));
    }
    if has(Defect::V1ConfigDocumentationIsNoUrl) {
        let text = "Ask the administrator.";
        members.insert("documentationUrl".to_owned(), text.into());
    }
    if has(Defect::V1ConfigNamesOf2) {
        rename(members, "documentationUrl", "documentationUri");
        let schemes = members
            .get_mut("authenticationSchemes")
            .and_then(Value::as_array_mut);
        for scheme in schemes.into_iter().flatten() {
            if let Some(scheme) = scheme.as_object_mut() {
                rename(scheme, "specUrl", "specUri");
            }
        }
    }
}

fn of_schema(switches: &Switches, schema: &mut Map<String, Value>) {
    let has = |defect| switches.has(defect);
    if has(Defect::V1SchemasWithoutEndpoint) {
        schema.shift_remove("endpoint");
    }
    if has(Defect::V1SchemasWithoutDescription) {
        schema.shift_remove("description");
    }
    if has(Defect::V1SchemasEndpointSingular) && schema.get("name") == Some(&"User".into()) {
        schema.insert("endpoint".to_owned(), "/User".into());
    }
    let attributes = schema.get_mut("attributes").and_then(Value::as_array_mut);
    for attribute in attributes.into_iter().flatten() {
        if let Some(attribute) = attribute.as_object_mut() {
            definition(switches, attribute);
        }
    }
}

fn definition(switches: &Switches, attribute: &mut Map<String, Value>) {
    let has = |defect| switches.has(defect);
    let named = |name: &str| attribute.get("name") == Some(&name.into());
    let (groups, profile, department) = (named("groups"), named("profileUrl"), named("department"));
    if groups && has(Defect::V1SchemaGroupsWritable) {
        attribute.insert("readOnly".to_owned(), false.into());
    }
    if profile && has(Defect::V1SchemaTypesOf2) {
        attribute.insert("type".to_owned(), "reference".into());
    }
    let extends = attribute.get("schema") == Some(&urn::v1::ENTERPRISE.into());
    if department && extends && has(Defect::V1ExtensionRedefinesCore) {
        attribute.insert("name".to_owned(), "displayName".into());
    }
    if has(Defect::V1SchemaAttributesIncomplete) {
        attribute.shift_remove("caseExact");
    }
    if has(Defect::V1SchemaAttributesOf2) {
        let read_only = attribute.shift_remove("readOnly") == Some(Value::Bool(true));
        let mutability = if read_only { "readOnly" } else { "readWrite" };
        for (name, word) in [
            ("mutability", mutability),
            ("returned", "default"),
            ("uniqueness", "none"),
        ] {
            attribute.insert(name.to_owned(), word.into());
        }
    }
}
