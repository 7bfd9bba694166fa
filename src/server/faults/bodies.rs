//! Answers whose body or headers are not what they should be.

use serde_json::{Value, json};

use crate::scim::error::ScimError;
use crate::scim::urn;
use crate::server::answer::{Answer, Body};
use crate::server::call::Call;
use crate::server::fault::{Defect, Switches};
use crate::server::kind::{ENTITLEMENT, USER};
use crate::server::route::{Asked, Operation, Place};

/// Changes bodies and headers.
pub(super) fn alter(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    if answer.is_success() {
        match asked.operation {
            Operation::List | Operation::Search => lists(switches, call, asked, answer),
            Operation::Bulk => bulk(switches, answer),
            Operation::Config | Operation::ResourceTypes | Operation::Schemas => {
                discovery(switches, asked, answer);
            }
            _ => singles(switches, asked, answer),
        }
        if !asked.is_discovery() {
            each(answer, |resource| {
                resource_members(switches, asked, resource);
            });
        }
    }
    headers(switches, asked, answer);
}

/// Does something to each resource of an answer.
pub(super) fn each(answer: &mut Answer, change: impl Fn(&mut Value)) {
    if let Some(body) = answer.json_mut() {
        match body.get_mut("Resources").and_then(Value::as_array_mut) {
            Some(resources) => resources.iter_mut().for_each(change),
            None => change(body),
        }
    }
}

fn set(value: &mut Value, name: &str, to: impl Into<Value>) {
    if let Some(members) = value.as_object_mut() {
        members.insert(name.to_owned(), to.into());
    }
}

fn as_text(value: &mut Value, name: &str) {
    if let Some(member) = value.get_mut(name).filter(|member| !member.is_string()) {
        *member = member.to_string().into();
    }
}

fn counts_as_text(list: &mut Value) {
    for name in ["totalResults", "startIndex", "itemsPerPage"] {
        as_text(list, name);
    }
}

fn rename(value: &mut Value, from: &str, to: &str) {
    if let Some(members) = value.as_object_mut()
        && let Some(member) = members.shift_remove(from)
    {
        members.insert(to.to_owned(), member);
    }
}

fn lists(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    let Some(list) = answer.json_mut() else {
        return;
    };
    let empty = list
        .get("Resources")
        .and_then(Value::as_array)
        .is_none_or(Vec::is_empty);
    let total = list
        .get("totalResults")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    let filtered = call.parameter("filter").is_some();
    let unknown_user = filtered && total == 0 && asked.kind() == Some(USER);
    if asked.is_v1() {
        if has(Defect::V1ListSchemasOf2) {
            set(list, "schemas", json!([urn::LIST_RESPONSE]));
        }
        if has(Defect::V1ListNumbersAsStrings) {
            counts_as_text(list);
        }
        if unknown_user && has(Defect::V1UnknownUserAnswers404) {
            *answer = Answer::error(
                asked.dialect,
                &ScimError::status(404, "There is no such user."),
            );
        }
        return;
    }
    if has(Defect::ListSchemasOfUser) {
        set(list, "schemas", json!([urn::USER]));
    }
    if has(Defect::EntitlementsSchemasWrong) && asked.kind() == Some(ENTITLEMENT) {
        set(
            list,
            "schemas",
            json!(["urn:okta:scim:schemas:core:1.0:Entitlement"]),
        );
    }
    if has(Defect::ListNumbersAsStrings) {
        counts_as_text(list);
    }
    if has(Defect::ListStartIndexIsAlwaysOne) && list.get("startIndex").is_some() {
        set(list, "startIndex", 1);
    }
    if has(Defect::ListResourcesAsObject) {
        let one = list
            .get("Resources")
            .and_then(Value::as_array)
            .filter(|all| all.len() == 1)
            .and_then(|all| all.first());
        if let Some(one) = one.cloned() {
            set(list, "Resources", one);
        }
    }
    if has(Defect::ListResourcesInLowerCase) {
        rename(list, "Resources", "resources");
    }
    if has(Defect::ListAsBareArray) {
        *list = list
            .get_mut("Resources")
            .map_or_else(|| json!([]), Value::take);
    }
    let past_end = empty
        && total > 0
        && call.parameter("startIndex").is_some()
        && call.parameter("count") != Some("0");
    let not_found = empty && total == 0 && has(Defect::ListEmptyAnswers404)
        || unknown_user && has(Defect::FilterUnknownUserAnswers404)
        || past_end && has(Defect::StartIndexPastEndAnswers404);
    if not_found {
        *answer = Answer::error(asked.dialect, &ScimError::status(404, "Nothing was found."));
    } else if empty && total == 0 && has(Defect::ListEmptyAnswers204) {
        *answer = Answer::empty(204);
    }
}

fn bulk(switches: &Switches, answer: &mut Answer) {
    let operations = answer
        .json_mut()
        .and_then(|body| body.get_mut("Operations")?.as_array_mut());
    for operation in operations
        .into_iter()
        .flatten()
        .filter(|_| switches.has(Defect::BulkStatusAsNumber))
    {
        let number = operation
            .get("status")
            .and_then(Value::as_str)
            .and_then(|text| text.parse::<u16>().ok());
        set(operation, "status", number);
    }
}

fn discovery(switches: &Switches, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    let Some(body) = answer.json_mut() else {
        return;
    };
    let bare = |body: &mut Value| {
        *body = body
            .get_mut("Resources")
            .map(Value::take)
            .unwrap_or_default();
    };
    if asked.is_v1() {
        match asked.operation {
            Operation::ResourceTypes if has(Defect::V1ResourceTypesSchemasWrong) => {
                set(body, "schemas", json!([urn::LIST_RESPONSE]));
            }
            Operation::Schemas if has(Defect::V1SchemasSchemasWrong) => {
                set(body, "schemas", json!([urn::v1::CORE]));
            }
            _ => {}
        }
        return;
    }
    match asked.operation {
        Operation::Config => {
            if has(Defect::ConfigFlagsAsStrings) {
                body.as_object_mut()
                    .into_iter()
                    .flatten()
                    .for_each(|(_, member)| as_text(member, "supported"));
            }
            if has(Defect::ConfigInList) {
                *body = json!({
                    "schemas": [urn::LIST_RESPONSE],
                    "totalResults": 1,
                    "startIndex": 1,
                    "itemsPerPage": 1,
                    "Resources": [body.take()],
                });
            }
        }
        Operation::ResourceTypes => {
            let types = body.get_mut("Resources").and_then(Value::as_array_mut);
            for of_type in types.into_iter().flatten() {
                let is_user = of_type.get("name").is_some_and(|name| name == "User");
                if is_user && has(Defect::ResourceTypesEndpointWrong) {
                    set(of_type, "endpoint", "/People");
                }
            }
            if has(Defect::ResourceTypesAsArray) {
                bare(body);
            }
        }
        _ => {
            if let Some(schemas) = body.get_mut("Resources").and_then(Value::as_array_mut) {
                if has(Defect::SchemasWithoutExtension) {
                    schemas.retain(|schema| {
                        schema.get("id").is_none_or(|id| id != urn::ENTERPRISE_USER)
                    });
                }
                if has(Defect::SchemasWithoutCharacteristics) {
                    schemas.iter_mut().for_each(without_mutability);
                }
            }
            if has(Defect::SchemasAsArray) {
                bare(body);
            }
        }
    }
}

fn without_mutability(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.shift_remove("mutability");
            members.values_mut().for_each(without_mutability);
        }
        Value::Array(items) => items.iter_mut().for_each(without_mutability),
        _ => {}
    }
}

fn singles(switches: &Switches, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    let (creates, reads) = (
        asked.operation == Operation::Create,
        asked.operation == Operation::Read,
    );
    if asked.is_v1() {
        if let Some(body) = answer.json_mut() {
            if creates && has(Defect::V1CreateSchemasOf2) {
                set(body, "schemas", json!([urn::USER]));
            }
            if creates && has(Defect::V1CreateInactive) {
                set(body, "active", false);
            }
            if creates && has(Defect::V1CreateSwapsNames) {
                swap_names(body);
            }
            if reads && has(Defect::V1CreateStoresOtherName) {
                let name = body
                    .get("userName")
                    .and_then(Value::as_str)
                    .map(|name| format!("{name}.1"));
                set(body, "userName", name);
            }
        }
        let empty = creates && has(Defect::V1CreateEmptyBody)
            || asked.operation == Operation::Modify && has(Defect::V1PatchEmptyAnswerWith200);
        if empty {
            answer.body = Body::Empty;
        }
        return;
    }
    if reads
        && has(Defect::ReadWrappedInList)
        && let Some(body) = answer.json_mut()
    {
        *body = json!({
            "schemas": [urn::LIST_RESPONSE],
            "totalResults": 1,
            "startIndex": 1,
            "itemsPerPage": 1,
            "Resources": [body.take()],
        });
    }
    let empty = creates && has(Defect::CreateEmptyBody)
        || asked.operation == Operation::Modify && has(Defect::PatchEmptyAnswerWith200);
    if empty {
        answer.body = Body::Empty;
    }
    if creates && has(Defect::CreateWithoutLocation)
        || asked.place == Place::Me && has(Defect::MeWithoutLocation)
    {
        answer.unset("location");
    }
}

/// Exchanges the two names of a user.
pub(super) fn swap_names(user: &mut Value) {
    if let Some(name) = user.get_mut("name") {
        rename(name, "givenName", "\u{0}");
        rename(name, "familyName", "givenName");
        rename(name, "\u{0}", "familyName");
    }
}

fn resource_members(switches: &Switches, asked: &Asked, resource: &mut Value) {
    let has = |defect| switches.has(defect);
    if asked.is_v1() {
        if has(Defect::V1EnterpriseUrnOf2) {
            rename(resource, urn::v1::ENTERPRISE, urn::ENTERPRISE_USER);
        }
        return;
    }
    if has(Defect::IdsNumeric) {
        let number = resource
            .get("id")
            .and_then(Value::as_str)
            .and_then(|id| id.parse::<u64>().ok());
        if let Some(number) = number {
            set(resource, "id", number);
        }
    }
    if has(Defect::SchemasAsString) {
        let first = resource
            .get("schemas")
            .and_then(|schemas| schemas.get(0))
            .cloned();
        if let Some(first) = first.filter(|_| resource.get("id").is_some()) {
            set(resource, "schemas", first);
        }
    }
    if has(Defect::EmailsAsObject) {
        let first = resource
            .get("emails")
            .and_then(|emails| emails.get(0))
            .cloned();
        if let Some(first) = first {
            set(resource, "emails", first);
        }
    }
    if let Some(meta) = resource.get_mut("meta") {
        if has(Defect::MetaLocationOfEndpoint) {
            let endpoint = meta
                .get("location")
                .and_then(Value::as_str)
                .and_then(|uri| uri.rsplit_once('/'));
            let endpoint = endpoint.map(|(endpoint, _)| endpoint.to_owned());
            set(meta, "location", endpoint);
        }
        if has(Defect::MetaResourceTypeWrong) {
            set(meta, "resourceType", urn::USER);
        }
    }
}

fn headers(switches: &Switches, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    if has(Defect::EtagDiffersFromVersion) && answer.header("etag").is_some() {
        answer.set("etag", "W/\"0\"");
    }
    if answer.body == Body::Empty || asked.is_v1() {
        return;
    }
    if has(Defect::ContentTypeTextPlain) {
        answer.set("content-type", "text/plain");
    }
    if has(Defect::ContentTypeTextHtml) {
        answer.set("content-type", "text/html");
    }
}
