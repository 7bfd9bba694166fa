//! Requests that a faulty server does not get to.

use serde_json::json;

use super::{body_of, has_suffix};
use crate::scim::error::{ScimError, ScimType};
use crate::server::answer::Answer;
use crate::server::call::Call;
use crate::server::fault::{Defect, Switches};
use crate::server::kind::USER;
use crate::server::route::{Asked, Operation, Place};

/// What is answered in place of what was asked for.
pub(in crate::server::faults) fn instead(
    switches: &Switches,
    call: &Call,
    asked: &Asked,
) -> Option<Answer> {
    if asked.is_v1() {
        return None;
    }
    if let Some(status) = refused(switches, call, asked).or_else(|| crashed(switches, call, asked))
    {
        let error = ScimError::status(status, "This went wrong.");
        return Some(Answer::error(asked.dialect, &error));
    }
    let posts = call.method == axum::http::Method::POST;
    let typed = call.header("content-type").unwrap_or_default();
    let ignored = switches.has(Defect::BodyJsonIgnored)
        && asked.operation == Operation::Create
        && typed.starts_with("application/json")
        || switches.has(Defect::UndefinedMethodAccepted)
            && asked.operation == Operation::Other
            && matches!(asked.place, Place::Collection(_));
    if ignored {
        return Some(Answer::json(200, json!({})));
    }
    if switches.has(Defect::MeCreateWithoutLocation) && asked.place == Place::Me && posts {
        return Some(Answer::json(201, json!({ "id": "me" })));
    }
    if switches.has(Defect::LargeQueryRefusedWithoutWord) && call.parameter("count") == Some("1000")
    {
        let error = ScimError::new(ScimType::InvalidValue, "This is too much.");
        return Some(Answer::error(asked.dialect, &error));
    }
    sensitive(switches, call, asked)
}

fn refused(switches: &Switches, call: &Call, asked: &Asked) -> Option<u16> {
    let has = |defect| switches.has(defect);
    let accept = call.header("accept");
    let negotiates = !asked.is_discovery();
    let table = [
        (
            has(Defect::AcceptJsonRefused) && accept == Some("application/json") && negotiates,
            406,
        ),
        (
            has(Defect::IfMatchAnyRefused) && call.header("if-match") == Some("*"),
            412,
        ),
        (has(Defect::MeNotAllowed) && asked.place == Place::Me, 405),
        (
            has(Defect::BulkAdvertisedAndMissing) && asked.operation == Operation::Bulk,
            501,
        ),
        (
            has(Defect::PatchAdvertisedAndMissing) && asked.operation == Operation::Modify,
            501,
        ),
    ];
    table
        .into_iter()
        .find(|(here, _)| *here)
        .map(|(_, status)| status)
}

fn crashed(switches: &Switches, call: &Call, asked: &Asked) -> Option<u16> {
    let has = |defect| switches.has(defect);
    let posts = call.method == axum::http::Method::POST;
    let is_number = |name: &str| {
        call.parameter(name)
            .is_none_or(|text| text.parse::<i64>().is_ok())
    };
    let is_path = |name: &str| call.parameter(name).is_none_or(|text| !text.contains('['));
    let body = || body_of(call);
    let text = || String::from_utf8_lossy(call.body.as_deref().unwrap_or_default());
    let ends_in_suffix = matches!(&asked.place, Place::Resource(_, id) if has_suffix(id));
    let creates = asked.operation == Operation::Create;
    let crashes = has(Defect::SearchAnswers500) && asked.operation == Operation::Search
        || has(Defect::MeAnswers500)
            && asked.place == Place::Me
            && asked.operation == Operation::Read
        || has(Defect::MeCreateAnswers500) && asked.place == Place::Me && posts
        || has(Defect::UndefinedMethodAnswers500)
            && asked.operation == Operation::Other
            && asked.place != Place::Me
        || has(Defect::SuffixAnswers500) && ends_in_suffix
        || has(Defect::BulkUnsupportedAnswers500) && asked.operation == Operation::Bulk
        || has(Defect::PatchUnsupportedAnswers500) && asked.operation == Operation::Modify
        || has(Defect::OddParametersAnswer500) && !(is_number("count") && is_number("startIndex"))
        || has(Defect::OddAttributesAnswer500) && !(is_path("attributes") && is_path("sortBy"))
        || has(Defect::OddFilterAnswers500)
            && call
                .parameter("filter")
                .is_some_and(|text| text.contains('\0'))
        || has(Defect::DeepJsonAnswers500) && text().contains(&"[".repeat(60))
        || has(Defect::OddMembersAnswer500)
            && creates
            && body()
                .get("emails")
                .and_then(serde_json::Value::as_array)
                .is_some_and(|emails| emails.iter().any(|email| !email.is_object()))
        || has(Defect::BodyThatIsNoObjectAnswers500)
            && creates
            && !body().is_null()
            && !body().is_object()
        || has(Defect::CreateMinimalAnswers500)
            && creates
            && asked.kind() == Some(USER)
            && body().is_object()
            && body().get("name").is_none();
    crashes.then_some(500)
}

fn sensitive(switches: &Switches, call: &Call, asked: &Asked) -> Option<Answer> {
    let everywhere = switches.has(Defect::SensitiveFilterRefusedEverywhere);
    let asks_by_url = call
        .parameter("filter")
        .is_some_and(|filter| filter.contains("emails"));
    let asks_by_body = asked.operation == Operation::Search
        && body_of(call)
            .get("filter")
            .is_some_and(|filter| filter.to_string().contains("emails"));
    let other_status = switches.has(Defect::SensitiveFilterWithOtherStatus);
    if !(everywhere && (asks_by_url || asks_by_body) || other_status && asks_by_url) {
        return None;
    }
    let error = ScimError::new(ScimType::Sensitive, "This is not for a URL.");
    let mut answer = Answer::error(asked.dialect, &error);
    answer.status = 403;
    if let Some(status) = answer.json_mut().and_then(|body| body.get_mut("status")) {
        *status = if other_status { "400" } else { "403" }.into();
    }
    Some(answer)
}
