//! Answers of 1.1 that are not what SCIM 1.1 has.

use serde_json::{Map, Value, json};

use super::scim11_discovery;
use super::statuses::is_no_json;
use crate::scim::urn;
use crate::server::answer::{Answer, Body};
use crate::server::call::Call;
use crate::server::fault::{Defect, Switches};
use crate::server::route::{Asked, Operation};

/// Changes an answer of 1.1.
pub(super) fn alter(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    let fine = answer.is_success();
    match asked.operation {
        Operation::Config | Operation::Schemas | Operation::Schema if fine => {
            scim11_discovery::alter(switches, asked, answer);
        }
        Operation::Bulk => bulk(switches, answer),
        _ if fine && !asked.is_discovery() => {
            if let Some(body) = answer.json_mut() {
                match body.get_mut("Resources").and_then(Value::as_array_mut) {
                    Some(all) => all.iter_mut().for_each(|one| resource(switches, one)),
                    None => resource(switches, body),
                }
                members(switches, call, asked, body);
            }
        }
        _ => {}
    }
    if fine {
        statuses(switches, call, asked, answer);
    }
    if answer.status >= 400 {
        errors(switches, call, answer);
    }
    if answer.body != Body::Empty {
        if has(Defect::V1JsonAsHtml) {
            answer.set("content-type", "text/html");
        }
        if has(Defect::V1MediaTypeOf2) && answer.header("content-type").is_none() {
            answer.set("content-type", "application/scim+json");
        }
    }
}

fn statuses(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    match asked.operation {
        Operation::Create if has(Defect::V1CreateWithoutLocation) => answer.unset("location"),
        Operation::Replace if has(Defect::V1ReplaceAnswers201) => answer.status = 201,
        Operation::Modify if has(Defect::V1PatchAnswers201) => answer.status = 201,
        Operation::Modify
            if has(Defect::V1PatchWithAttributesAnswers204)
                && call.parameter("attributes").is_some() =>
        {
            (answer.status, answer.body) = (204, Body::Empty);
        }
        _ => {}
    }
}

/// Takes members away, or puts wrong ones in, according to what was asked for.
fn members(switches: &Switches, call: &Call, asked: &Asked, body: &mut Value) {
    let has = |defect| switches.has(defect);
    let Some(members) = body.as_object_mut() else {
        return;
    };
    let reads = asked.operation == Operation::Read;
    let lists = asked.operation == Operation::List;
    for (defect, here, name) in [
        (Defect::V1ReadWithoutId, reads, "id"),
        (Defect::V1ReadWithoutMeta, reads, "meta"),
        (Defect::V1ReadWithoutSchemas, reads, "schemas"),
        (Defect::V1ListWithoutResources, lists, "Resources"),
        (
            Defect::V1AttributesWithoutMeta,
            reads && call.parameter("attributes").is_some(),
            "meta",
        ),
    ] {
        if here && has(defect) {
            members.shift_remove(name);
        }
    }
    if has(Defect::V1ListStartIndexIsAlwaysOne) && members.contains_key("startIndex") {
        members.insert("startIndex".to_owned(), 1.into());
    }
}

fn objects<'a>(
    resource: &'a mut Value,
    name: &str,
) -> impl Iterator<Item = &'a mut Map<String, Value>> {
    let list = resource.get_mut(name).and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}

fn resource(switches: &Switches, resource: &mut Value) {
    let has = |defect| switches.has(defect);
    if let Some(location) = resource
        .pointer_mut("/meta/location")
        .filter(|location| location.is_string())
    {
        let text = location.as_str().unwrap_or_default().to_owned();
        if has(Defect::V1LocationWithQuery) {
            *location = format!("{text}?version=1").into();
        }
        if has(Defect::V1MetaLocationOfEndpoint) {
            *location = text.rsplit_once('/').map(|(endpoint, _)| endpoint).into();
        }
    }
    if has(Defect::V1ManagerIdOf2)
        && let Some(manager) = resource
            .get_mut(urn::v1::ENTERPRISE)
            .and_then(|extension| extension.get_mut("manager")?.as_object_mut())
        && let Some(id) = manager.shift_remove("managerId")
    {
        manager.insert("value".to_owned(), id);
    }
    for member in objects(resource, "members") {
        if has(Defect::V1ReferencesReturned) {
            member.insert("$ref".to_owned(), "../Users".into());
        }
        if has(Defect::V1MemberTypeWrong) {
            member.insert("type".to_owned(), "Group".into());
        }
    }
    for email in objects(resource, "emails") {
        if has(Defect::V1EmailsAllPrimary) {
            email.insert("primary".to_owned(), true.into());
        }
        if has(Defect::V1EmailsWithoutType) {
            email.shift_remove("type");
        }
    }
    if has(Defect::V1EmailsTwice)
        && let Some(emails) = resource.get_mut("emails").and_then(Value::as_array_mut)
    {
        emails.extend(emails.clone());
    }
    if has(Defect::V1LocaleWithHyphen)
        && let Some(locale) = resource.get_mut("locale")
    {
        *locale = locale.as_str().map(|text| text.replace('_', "-")).into();
    }
}

fn errors(switches: &Switches, call: &Call, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    if has(Defect::V1StaleAnswers409) && answer.status == 412 {
        turn(answer, 409);
    }
    if has(Defect::V1MalformedAnswers422) && answer.status == 400 && is_no_json(call) {
        turn(answer, 422);
    }
    let conflict = answer.status == 409;
    if let Some(body) = answer.json_mut() {
        for error in objects(body, "Errors") {
            if has(Defect::V1ErrorCodeAsNumber) {
                let number = error
                    .get("code")
                    .and_then(|code| code.as_str()?.parse::<u16>().ok());
                error.insert("code".to_owned(), number.into());
            }
            if has(Defect::V1ErrorCodeDiffers) {
                error.insert("code".to_owned(), "500".into());
            }
            if has(Defect::V1ErrorWithoutCode) {
                error.shift_remove("code");
            }
            if has(Defect::V1ErrorWithoutDescription) {
                error.shift_remove("description");
            }
            if has(Defect::V1ErrorWithStackTrace) {
                let trace = "java.lang.NullPointerException\n\tat com.example.scim.Users.find(Users.java:42)";
                error.insert("description".to_owned(), trace.into());
            }
            if has(Defect::V1ConflictWithoutName) && conflict {
                error.insert("description".to_owned(), "There is a conflict.".into());
            }
        }
    }
    if has(Defect::V1ErrorIsHtml) {
        let page = "<!DOCTYPE html><html><body><h1>Oops</h1></body></html>";
        *answer = Answer::html(answer.status, page);
    }
}

fn turn(answer: &mut Answer, status: u16) {
    answer.status = status;
    if let Some(body) = answer.json_mut() {
        for error in objects(body, "Errors") {
            error.insert("code".to_owned(), status.to_string().into());
        }
    }
}

fn bulk(switches: &Switches, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    if answer.status == 413 && has(Defect::V1BulkLimitUnnamed) {
        if let Some(body) = answer.json_mut() {
            for error in objects(body, "Errors") {
                error.insert("description".to_owned(), "The job is too large.".into());
            }
        }
        return;
    }
    if !answer.is_success() {
        return;
    }
    if has(Defect::V1BulkAnswers207) {
        answer.status = 207;
    }
    if has(Defect::V1BulkAnswers500) {
        answer.status = 500;
    }
    let Some(body) = answer.json_mut() else {
        return;
    };
    for operation in objects(body, "Operations") {
        let status = operation.get("status").cloned().unwrap_or_default();
        if has(Defect::V1BulkStatusOf2) {
            operation.insert("status".to_owned(), status.get("code").cloned().into());
        }
        if has(Defect::V1BulkWithoutDescription) {
            operation.insert("status".to_owned(), json!({ "code": status.get("code") }));
        }
    }
    if let Some(members) = body.as_object_mut()
        && has(Defect::V1BulkSchemasOf2)
    {
        members.insert("schemas".to_owned(), json!([urn::BULK_RESPONSE]));
    }
    if let Some(operations) = body.get_mut("Operations").and_then(Value::as_array_mut)
        && has(Defect::V1BulkLastUnsaid)
    {
        operations.pop();
    }
}
