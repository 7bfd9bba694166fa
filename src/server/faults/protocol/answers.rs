//! Answers that a faulty server gives.

use serde_json::{Value, json};

use super::published::{discovery, message_schema, wrap};
use crate::scim::error::ScimError;
use crate::scim::urn;
use crate::server::answer::{Answer, Body};
use crate::server::call::Call;
use crate::server::dialect::Dialect;
use crate::server::fault::{Defect, Switches};
use crate::server::kind::USER;
use crate::server::route::{Asked, Operation, Place};

/// Changes an answer from outside of all base URLs.
pub(in crate::server) fn alter_all(switches: &Switches, call: &Call, answer: &mut Answer) {
    let versioned = call.path.starts_with("/scim/v");
    if switches.has(Defect::OtherVersionAnswers500) && versioned && answer.status == 404 {
        let error = ScimError::status(500, "This went wrong.");
        *answer = Answer::error(Dialect::V2, &error);
    }
}

/// Changes an answer.
pub(in crate::server::faults) fn alter(
    switches: &Switches,
    call: &Call,
    asked: &Asked,
    answer: &mut Answer,
) {
    if asked.is_v1() {
        return;
    }
    if asked.place == Place::Me {
        me(switches, asked, answer);
    }
    headers(switches, call, asked, answer);
    statuses(switches, call, asked, answer);
    if answer.status >= 400 {
        errors(switches, asked, answer);
    } else if asked.is_discovery() {
        discovery(switches, asked, answer);
    } else {
        resources(switches, call, asked, answer);
    }
    if switches.has(Defect::MessageUrnsOfDraft) {
        let schemas = answer
            .json_mut()
            .and_then(|body| body.get_mut("schemas")?.as_array_mut());
        for urn in schemas.into_iter().flatten() {
            let draft = urn
                .as_str()
                .map(|urn| urn.replace("urn:ietf:params:scim:api:", "urn:scim:api:"));
            *urn = draft.into();
        }
    }
}

fn me(switches: &Switches, asked: &Asked, answer: &mut Answer) {
    let reads = asked.operation == Operation::Read && answer.status == 200;
    if reads && switches.has(Defect::MeLocationIsMe) {
        let me = answer.header("location").and_then(|place| {
            let at = place.find("/Users/")?;
            Some(format!("{}/Me", place.get(..at)?))
        });
        answer.set("location", me.unwrap_or_default());
    }
    if reads && switches.has(Defect::MeInList) {
        wrap(answer);
    }
    if reads && switches.has(Defect::MeRedirectsNowhere) {
        let place = answer.header("location").map(|place| format!("{place}-0"));
        *answer = Answer::empty(308).with("location", place.unwrap_or_default());
    }
}

fn headers(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    let creates = asked.operation == Operation::Create;
    if creates && has(Defect::EtagMissingOnCreate) {
        answer.unset("etag");
    }
    if let Some(tag) = answer.header("etag").filter(|_| has(Defect::EtagUnquoted)) {
        let bare = tag.trim_start_matches("W/").trim_matches('"').to_owned();
        answer.set("etag", bare);
    }
    if creates && has(Defect::CreateLocationRelative) {
        let path = answer
            .header("location")
            .and_then(|place| place.get(place.find(asked.dialect.base())?..))
            .map(str::to_owned);
        if let Some(path) = path {
            answer.set("location", path);
        }
    }
    if answer.status == 401 {
        if has(Defect::AuthChallengeWithoutScheme) {
            answer.set("www-authenticate", "realm=\"scim\"");
        }
        if has(Defect::AuthChallengeOfOtherScheme) {
            answer.set("www-authenticate", "Negotiate");
        }
        let anonymous = creates && call.header("authorization").is_none();
        if anonymous && has(Defect::AnonymousCreateAnswers500) {
            let error = ScimError::status(500, "There is nobody.");
            *answer = Answer::error(asked.dialect, &error);
        }
        if anonymous && has(Defect::AnonymousCreateNotStored) {
            *answer = Answer::json(201, super::body_of(call));
        }
    }
}

fn statuses(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    let reads = asked.operation == Operation::Read;
    let fits = reads
        && answer.status == 200
        && has(Defect::IfNoneMatchAlways304)
        && call.headers.contains_key("if-none-match");
    if fits {
        (answer.status, answer.body) = (304, Body::Empty);
    }
    let error = |status| {
        Answer::error(
            asked.dialect,
            &ScimError::status(status, "Something went wrong."),
        )
    };
    if has(Defect::NotModifiedWithError) && answer.status == 304 {
        *answer = error(412);
    }
    if answer.status == 413 && has(Defect::PayloadTooLargeAnswers500) {
        *answer = error(500);
    }
    if answer.status == 413 && has(Defect::PayloadTooLargeAccepted) {
        *answer = Answer::json(
            200,
            json!({ "schemas": [urn::BULK_RESPONSE], "Operations": [] }),
        );
    }
    if answer.status == 406 && has(Defect::AcceptOtherAnswers500) {
        *answer = error(500);
    }
    if answer.status == 406 && has(Defect::AcceptOtherAnswersHtml) {
        *answer = Answer::html(200, "<html><body>Users</body></html>");
    }
    let without_name = || {
        let body = super::body_of(call);
        asked.kind() == Some(USER) && body.is_object() && body.get("userName").is_none()
    };
    let creates = asked.operation == Operation::Create;
    if creates && answer.status == 400 && has(Defect::RequiredMissingAnswers500) && without_name() {
        *answer = error(500);
    }
    if creates
        && answer.status == 400
        && has(Defect::RequiredMissingWithoutScimType)
        && without_name()
    {
        without_word(answer);
    }
    let replaces = asked.operation == Operation::Replace && answer.status == 409;
    if replaces && has(Defect::ReplaceDuplicateAnswers500) {
        *answer = error(500);
    }
    if replaces && has(Defect::ReplaceDuplicateWithoutScimType)
        || asked.operation == Operation::Modify && has(Defect::PatchErrorsWithoutWord)
    {
        without_word(answer);
    }
}

fn without_word(answer: &mut Answer) {
    if let Some(members) = answer.json_mut().and_then(Value::as_object_mut) {
        members.shift_remove("scimType");
    }
}

fn errors(switches: &Switches, asked: &Asked, answer: &mut Answer) {
    let Some(members) = answer.json_mut().and_then(Value::as_object_mut) else {
        return;
    };
    if switches.has(Defect::ErrorSchemasWithMore)
        && let Some(schemas) = members.get_mut("schemas").and_then(Value::as_array_mut)
    {
        schemas.push("urn:example:params:scim:api:messages:2.0:Trace".into());
    }
    if switches.has(Defect::ErrorDetailAsObject)
        && let Some(detail) = members.get_mut("detail")
    {
        *detail = json!({ "text": detail.take() });
    }
    let unpublished = matches!(&asked.place, Place::Schemas(Some(id)) if id == urn::LIST_RESPONSE);
    if unpublished && switches.has(Defect::MessageSchemasPublished) {
        *answer = Answer::json(200, message_schema());
    }
}

fn resources(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    let operation = asked.operation;
    let projected = call.parameter("attributes").is_some();
    let Some(body) = answer.json_mut() else {
        return;
    };
    if operation == Operation::Bulk && has(Defect::BulkErrorsWithoutWord) {
        let operations = body.get_mut("Operations").and_then(Value::as_array_mut);
        for response in operations
            .into_iter()
            .flatten()
            .filter_map(|one| one.get_mut("response")?.as_object_mut())
        {
            response.shift_remove("scimType");
        }
    }
    if operation == Operation::List && has(Defect::PrecisFilterNotPrepared) {
        forget_other_forms(call, body);
    }
    if operation == Operation::Create && has(Defect::ResourceTypeFromClient) {
        let sent = super::body_of(call);
        if let (Some(wanted), Some(said)) = (
            sent.pointer("/meta/resourceType"),
            body.pointer_mut("/meta/resourceType"),
        ) {
            *said = wanted.clone();
        }
    }
    let lists = matches!(operation, Operation::List | Operation::Search);
    let change = |resource: &mut Value| {
        if has(Defect::ResourceTypeUserEverywhere)
            && let Some(said) = resource.pointer_mut("/meta/resourceType")
        {
            *said = "User".into();
        }
        if lists
            && has(Defect::IdsInListsDiffer)
            && let Some(id) = resource.get_mut("id")
        {
            *id = id.as_str().map(|id| format!("{id}-0")).into();
        }
        let Some(members) = resource.as_object_mut() else {
            return;
        };
        if projected && has(Defect::ProjectionWithoutSchemas) {
            members.shift_remove("schemas");
        }
        if operation == Operation::Read && has(Defect::ReadWithoutDisplayName) {
            members.shift_remove("displayName");
        }
        if operation == Operation::Replace && has(Defect::ReplaceAnswerWithoutName) {
            members.shift_remove("name");
        }
        if has(Defect::NameAsString)
            && let Some(name) = members.get_mut("name")
        {
            let given = name.get("givenName").and_then(Value::as_str);
            *name = given.unwrap_or_default().into();
        }
    };
    match body.get_mut("Resources").and_then(Value::as_array_mut) {
        Some(all) => all.iter_mut().for_each(change),
        None => change(body),
    }
}

/// Leaves out of a list what has the text of the filter in another form only.
fn forget_other_forms(call: &Call, list: &mut Value) {
    let text = call.parameter("filter").unwrap_or_default();
    let wanted: Option<String> = text
        .find('"')
        .and_then(|at| {
            serde_json::Deserializer::from_str(text.get(at..)?)
                .into_iter()
                .next()
        })
        .and_then(Result::ok);
    let Some(wanted) = wanted.filter(|wanted| !wanted.is_ascii()) else {
        return;
    };
    let holds = |resource: &Value| {
        resource
            .to_string()
            .to_lowercase()
            .contains(&wanted.to_lowercase())
    };
    if let Some(all) = list.get_mut("Resources").and_then(Value::as_array_mut) {
        all.retain(holds);
        let left = all.len();
        if let Some(total) = list.get_mut("totalResults") {
            *total = left.into();
        }
    }
}
