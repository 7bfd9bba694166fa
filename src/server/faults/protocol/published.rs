//! What a faulty server publishes of itself.

use serde_json::{Value, json};

use crate::scim::urn;
use crate::server::answer::Answer;
use crate::server::fault::{Defect, Switches};
use crate::server::route::{Asked, Operation};

/// Puts a resource into a list.
pub(super) fn wrap(answer: &mut Answer) {
    if let Some(body) = answer.json_mut() {
        *body = json!({
            "schemas": [urn::LIST_RESPONSE],
            "totalResults": 1,
            "startIndex": 1,
            "itemsPerPage": 1,
            "Resources": [body.take()],
        });
    }
}

/// The schema of a message, which no server publishes.
pub(super) fn message_schema() -> Value {
    json!({
        "schemas": [urn::SCHEMA],
        "id": urn::LIST_RESPONSE,
        "name": "ListResponse",
        "attributes": [{ "name": "totalResults", "type": "integer", "multiValued": false }],
    })
}

/// Changes what discovery answers.
pub(super) fn discovery(switches: &Switches, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    let Some(body) = answer.json_mut() else {
        return;
    };
    match asked.operation {
        Operation::Config => {
            for (defect, name) in [
                (Defect::BulkUnsupportedAnswers500, "bulk"),
                (Defect::PatchUnsupportedAnswers500, "patch"),
            ] {
                let flag = body
                    .get_mut(name)
                    .and_then(|part| part.get_mut("supported"));
                if let Some(flag) = flag.filter(|_| has(defect)) {
                    *flag = false.into();
                }
            }
        }
        Operation::ResourceTypes => {
            if has(Defect::ResourceTypesWithoutSchemasUrn)
                && let Some(members) = body.as_object_mut()
            {
                members.shift_remove("schemas");
            }
            let types = body.get_mut("Resources").and_then(Value::as_array_mut);
            for kind in types.into_iter().flatten() {
                let is_group = kind.get("name").is_some_and(|name| name == "Group");
                if let (true, Some(endpoint)) = (
                    is_group && has(Defect::GroupsEndpointWrong),
                    kind.get_mut("endpoint"),
                ) {
                    *endpoint = "/Teams".into();
                }
            }
        }
        _ => {
            let listed = body.get_mut("Resources").and_then(Value::as_array_mut);
            if let Some(list) = listed.filter(|_| has(Defect::MessageSchemasPublished)) {
                list.push(message_schema());
            }
            if has(Defect::SchemasWithoutCardinality) || has(Defect::SchemasMutabilityOtherWord) {
                odd_attributes(switches, body);
            }
        }
    }
}

fn odd_attributes(switches: &Switches, value: &mut Value) {
    match value {
        Value::Object(members) => {
            if switches.has(Defect::SchemasWithoutCardinality) {
                members.shift_remove("multiValued");
            }
            let word = members.get_mut("mutability");
            if let Some(word) = word.filter(|word| **word == "readWrite")
                && switches.has(Defect::SchemasMutabilityOtherWord)
            {
                *word = "read-write".into();
            }
            members
                .values_mut()
                .for_each(|member| odd_attributes(switches, member));
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| odd_attributes(switches, item)),
        _ => {}
    }
}
