//! Errors in another shape than RFC 7644 §3.12 has it.

use serde_json::{Value, json};

use super::statuses::is_no_json;
use crate::scim::error::ScimError;
use crate::server::answer::{Answer, Body};
use crate::server::call::Call;
use crate::server::dialect::Dialect;
use crate::server::fault::{Defect, Switches};
use crate::server::route::{Asked, Operation, Place};

const PAGE: &str =
    "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Oops</h1></body></html>";

/// Brings errors into the wrong shape.
pub(super) fn alter(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    let v2 = !asked.is_v1();
    let unknown_id = answer.status == 404 && matches!(asked.place, Place::Resource(..)) && v2;
    let unknown_endpoint = answer.status == 404 && asked.place == Place::Unknown;
    let conflict = answer.status == 409 && asked.operation == Operation::Create;
    let malformed = answer.status == 400 && is_no_json(call);
    if answer.status == 401 {
        if has(Defect::AuthWithoutChallenge) {
            answer.unset("www-authenticate");
        }
        if has(Defect::AuthErrorIsHtml) {
            become_page(answer);
        }
        if has(Defect::AuthErrorIsEmpty) {
            answer.body = Body::Empty;
        }
        return;
    }
    if unknown_id && has(Defect::UnknownIdAnswers200) {
        let empty = json!({ "schemas": [Dialect::V2.list_urn()], "totalResults": 0, "startIndex": 1, "itemsPerPage": 0 });
        *answer = Answer::json(200, empty);
    }
    if unknown_endpoint && has(Defect::UnknownEndpointAnswers200) {
        *answer = Answer::json(200, json!({}));
    }
    let page = unknown_id && has(Defect::UnknownIdAnswersHtml)
        || unknown_endpoint && has(Defect::UnknownEndpointAnswersHtml)
        || malformed && has(Defect::CreateMalformedAnswersHtml);
    if page {
        become_page(answer);
    }
    if unknown_id && has(Defect::UnknownIdAnswersEmpty)
        || conflict && has(Defect::DuplicateWithoutBody)
    {
        answer.body = Body::Empty;
    }
    if answer.status >= 400 {
        if asked.is_v1() && has(Defect::V1ErrorOf2) {
            let detail = answer
                .json_mut()
                .and_then(|body| body.get("detail")?.as_str().map(str::to_owned));
            answer.body =
                Body::Json(ScimError::status(answer.status, detail.unwrap_or_default()).to_json());
        }
        if conflict {
            alter_conflict(switches, answer);
        }
        if v2 {
            alter_any(switches, answer);
        }
    }
}

fn become_page(answer: &mut Answer) {
    answer.body = Body::Text(PAGE.to_owned());
    answer.set("content-type", "text/html; charset=utf-8");
}

fn alter_conflict(switches: &Switches, answer: &mut Answer) {
    let Some(members) = answer.json_mut().and_then(Value::as_object_mut) else {
        return;
    };
    if switches.has(Defect::DuplicateWithoutScimType) {
        members.shift_remove("scimType");
    }
    if switches.has(Defect::DuplicateWithOtherScimType) {
        members.insert("scimType".to_owned(), "invalidValue".into());
    }
}

fn alter_any(switches: &Switches, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    let status = answer.status;
    if let Some(members) = answer.json_mut().and_then(Value::as_object_mut) {
        if has(Defect::ErrorStatusAsNumber) {
            members.insert("status".to_owned(), status.into());
        }
        if has(Defect::ErrorStatusDiffers) {
            members.insert(
                "status".to_owned(),
                if status == 400 { "500" } else { "400" }.into(),
            );
        }
        if has(Defect::ErrorScimTypeUnknown) {
            members.insert("scimType".to_owned(), "somethingElse".into());
        }
        if has(Defect::ErrorWithStackTrace) {
            let trace = "java.lang.NullPointerException\n\tat com.example.scim.UserService.find(UserService.java:42)";
            members.insert("detail".to_owned(), trace.into());
        }
    }
    if has(Defect::ErrorAsList) {
        if let Some(body) = answer.json_mut() {
            *body = json!([body.take()]);
        }
    }
    if has(Defect::ErrorIsHtml) {
        become_page(answer);
    }
    if has(Defect::ErrorIsPlainText) {
        answer.body = Body::Text("Something went wrong.".to_owned());
        answer.set("content-type", "text/plain");
    }
    if has(Defect::ErrorIsEmpty) {
        answer.body = Body::Empty;
    }
    if has(Defect::ErrorWith200) {
        answer.status = 200;
    }
}
