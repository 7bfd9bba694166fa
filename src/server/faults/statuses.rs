//! Answers with another status than the right one: a table.

use crate::scim::error::ScimError;
use crate::server::answer::{Answer, Body};
use crate::server::call::Call;
use crate::server::fault::{Defect, Switches};
use crate::server::route::{Asked, Operation, Place};

/// The defect, the operation (`None`: any), the right status, the wrong one.
const TABLE: &[(Defect, Option<Operation>, u16, u16)] = &[
    (Defect::AuthAnswers400, None, 401, 400),
    (Defect::AuthAnswers403, None, 401, 403),
    (Defect::AuthAnswers404, None, 401, 404),
    (Defect::AuthAnswers500, None, 401, 500),
    (Defect::CreateAnswers200, Some(Operation::Create), 201, 200),
    (Defect::CreateAnswers202, Some(Operation::Create), 201, 202),
    (
        Defect::DuplicateAnswers400,
        Some(Operation::Create),
        409,
        400,
    ),
    (
        Defect::DuplicateAnswers500,
        Some(Operation::Create),
        409,
        500,
    ),
    (Defect::UnknownIdAnswers400, Some(Operation::Read), 404, 400),
    (Defect::UnknownIdAnswers500, Some(Operation::Read), 404, 500),
    (
        Defect::ReplaceAnswers201,
        Some(Operation::Replace),
        200,
        201,
    ),
    (
        Defect::ReplaceUnknownIdAnswers400,
        Some(Operation::Replace),
        404,
        400,
    ),
    (Defect::PatchAnswers201, Some(Operation::Modify), 200, 201),
    (
        Defect::PatchUnknownIdAnswers500,
        Some(Operation::Modify),
        404,
        500,
    ),
    (Defect::DeleteAnswers200, Some(Operation::Delete), 204, 200),
    (
        Defect::DeleteUnknownAnswers500,
        Some(Operation::Delete),
        404,
        500,
    ),
    (Defect::BodyOtherMediaTypeAnswers500, None, 415, 500),
    (Defect::BulkAnswers207, Some(Operation::Bulk), 200, 207),
    (Defect::SearchAnswers201, Some(Operation::Search), 200, 201),
];

const TABLE_V1: &[(Defect, Operation, u16, u16)] = &[
    (Defect::V1UnknownIdAnswers405, Operation::Read, 404, 405),
    (Defect::V1CreateAnswers200, Operation::Create, 201, 200),
    (Defect::V1DuplicateAnswers400, Operation::Create, 409, 400),
    (Defect::V1DeleteAnswers500, Operation::Delete, 200, 500),
];

/// Puts the wrong status in.
pub(super) fn alter(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    for (defect, operation, right, wrong) in TABLE {
        let here = operation.is_none_or(|operation| operation == asked.operation);
        if switches.has(*defect) && here && answer.status == *right && !asked.is_v1() {
            set(asked, answer, *wrong);
        }
    }
    for (defect, operation, right, wrong) in TABLE_V1 {
        if switches.has(*defect)
            && *operation == asked.operation
            && answer.status == *right
            && asked.is_v1()
        {
            set(asked, answer, *wrong);
        }
    }
    let unknown = answer.status == 404 && matches!(asked.place, Place::Resource(..));
    for (defect, operation) in [
        (Defect::UnknownIdAnswers204, Operation::Read),
        (Defect::PatchUnknownIdAnswers204, Operation::Modify),
        (Defect::DeleteUnknownAnswers204, Operation::Delete),
    ] {
        if switches.has(defect) && unknown && asked.operation == operation {
            *answer = Answer::empty(204);
        }
    }
    if switches.has(Defect::AuthRedirectsToLogin) && answer.status == 401 {
        *answer = Answer::html(302, "<html><body>Please log in.</body></html>")
            .with("location", "/login");
    }
    let no_scheme = call
        .header("authorization")
        .is_some_and(|value| !value.contains(' '));
    if switches.has(Defect::AuthWithoutSchemeCrashes) && answer.status == 401 && no_scheme {
        set(asked, answer, 500);
    }
    let writes = matches!(
        asked.operation,
        Operation::Create | Operation::Replace | Operation::Modify
    );
    let malformed = writes && answer.status == 400 && is_no_json(call);
    if switches.has(Defect::CreateMalformedAnswers500) && malformed {
        set(asked, answer, 500);
    }
    let wrong_value = answer.json_mut().is_some_and(|body| {
        body.get("scimType")
            .is_some_and(|word| word == "invalidValue")
    });
    if switches.has(Defect::CreateWrongTypeAnswers500)
        && writes
        && answer.status == 400
        && wrong_value
    {
        set(asked, answer, 500);
    }
    if switches.has(Defect::ReplaceEmptyAnswer)
        && asked.operation == Operation::Replace
        && answer.status == 200
    {
        (answer.status, answer.body) = (204, Body::Empty);
    }
}

/// Whether a body can't be read as JSON.
pub(super) fn is_no_json(call: &Call) -> bool {
    call.body
        .as_ref()
        .is_some_and(|body| serde_json::from_slice::<serde_json::Value>(body).is_err())
}

fn set(asked: &Asked, answer: &mut Answer, status: u16) {
    if status >= 400 && answer.status < 400 {
        *answer = Answer::error(
            asked.dialect,
            &ScimError::status(status, "Something went wrong."),
        );
    }
    answer.status = status;
    if let Some(said) = answer
        .json_mut()
        .filter(|_| status >= 400)
        .and_then(|body| body.get_mut("status"))
    {
        *said = status.to_string().into();
    }
}
