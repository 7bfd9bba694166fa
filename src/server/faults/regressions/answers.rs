//! Bodies that faulty servers read in part, and answers in another shape.

use serde_json::{Value, json};

use crate::scim::urn;
use crate::server::answer::Answer;
use crate::server::call::Call;
use crate::server::dialect::Dialect;
use crate::server::fault::{Defect, Switches};
use crate::server::kind::USER;
use crate::server::route::{Asked, Operation};

/// Reads a body in part.
pub(in crate::server::faults) fn before(switches: &Switches, call: &mut Call) {
    let plain = call
        .header("content-type")
        .is_some_and(|given| given.starts_with("application/json"));
    if !(plain && switches.has(Defect::JsonBodyLosesExtension)) {
        return;
    }
    let parsed = call.body.as_ref().map(|body| serde_json::from_slice(body));
    if let Some(Ok(Value::Object(mut members))) = parsed {
        members.retain(|name, _| !name.starts_with("urn:"));
        call.body = Some(Value::Object(members).to_string().into());
    }
}

/// Changes answers.
pub(in crate::server::faults) fn alter(
    switches: &Switches,
    call: &Call,
    asked: &Asked,
    answer: &mut Answer,
) {
    if asked.is_v1() {
        return;
    }
    if !answer.is_success() {
        errors(switches, answer);
        return;
    }
    let has = |defect| switches.has(defect);
    let partial = call.parameter("attributes").is_some();
    if has(Defect::PatchWithAttributesAnswers204) && partial && asked.operation == Operation::Modify
    {
        *answer = Answer::empty(204);
    }
    match asked.operation {
        Operation::ResourceTypes | Operation::Schemas => discovery(switches, asked, answer),
        Operation::Config | Operation::Schema | Operation::ResourceType | Operation::Bulk => {}
        _ => resources(switches, asked, answer),
    }
}

fn errors(switches: &Switches, answer: &mut Answer) {
    let Some(body) = answer.json_mut().filter(|body| body.is_object()) else {
        return;
    };
    if switches.has(Defect::ErrorSchemasAsString) {
        let first = body.get("schemas").and_then(|all| all.get(0)).cloned();
        if let (Some(members), Some(first)) = (body.as_object_mut(), first) {
            members.insert("schemas".to_owned(), first);
        }
    }
    if switches.has(Defect::ErrorNested) {
        *body = json!({ "error": body.take() });
    }
}

fn discovery(switches: &Switches, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    let Some(list) = answer.json_mut().and_then(Value::as_object_mut) else {
        return;
    };
    if has(Defect::DiscoveryListsEmpty) {
        list.insert("totalResults".to_owned(), 0.into());
        list.insert("itemsPerPage".to_owned(), 0.into());
        list.insert("Resources".to_owned(), json!([]));
    }
    let entries = list.get_mut("Resources").and_then(Value::as_array_mut);
    for entry in entries
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
    {
        if has(Defect::DiscoveryEntriesWithoutSchemas) {
            entry.shift_remove("schemas");
        }
        if has(Defect::SchemasSayGroupsWritable) {
            let attributes = entry.get_mut("attributes").and_then(Value::as_array_mut);
            for attribute in attributes.into_iter().flatten() {
                if attribute["name"] == "groups" {
                    attribute["mutability"] = "readWrite".into();
                }
            }
        }
    }
    if has(Defect::ResourceTypesUnderOtherName)
        && asked.operation == Operation::ResourceTypes
        && let Some(entries) = list.shift_remove("Resources")
    {
        list.insert("resource_types".to_owned(), entries);
    }
}

fn resources(switches: &Switches, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    let without_base = |text: &str| text.replacen(Dialect::V2.base(), "", 1);
    if has(Defect::LocationWithoutBasePath) {
        for name in ["location", "content-location"] {
            if let Some(wrong) = answer.header(name).map(without_base) {
                answer.set(name, wrong);
            }
        }
    }
    let Some(body) = answer.json_mut() else {
        return;
    };
    let change = |resource: &mut Value| {
        let location = resource.pointer_mut("/meta/location");
        if let (true, Some(location)) = (has(Defect::LocationWithoutBasePath), location) {
            let wrong = location.as_str().map(without_base);
            *location = wrong.into();
        }
        let active = resource.get_mut("active");
        if let (true, Some(active)) = (
            has(Defect::ActiveAlwaysTrue) && asked.kind() == Some(USER),
            active,
        ) {
            *active = true.into();
        }
    };
    let change = |resource: &mut Value| {
        change(resource);
        let extension = resource.get_mut(urn::ENTERPRISE_USER);
        if let (true, Some(extension)) = (
            has(Defect::ManagerShownEmpty),
            extension.and_then(Value::as_object_mut),
        ) {
            extension.entry("manager").or_insert_with(|| json!({}));
        }
    };
    match body.get_mut("Resources").and_then(Value::as_array_mut) {
        Some(all) => all.iter_mut().for_each(change),
        None => change(body),
    }
}
