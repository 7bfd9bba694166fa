//! Requests that a faulty server does not get to: endpoints that are missing, values that it can't take.

use serde_json::json;

use super::{
    clients, orders, projections, protocol, published, scim11_requests, searches, secrets,
};
use crate::scim::error::ScimError;
use crate::scim::urn;
use crate::server::answer::Answer;
use crate::server::call::Call;
use crate::server::fault::{Defect, Switches};
use crate::server::kind::{ENTITLEMENT, GROUP, ROLE, USER};
use crate::server::route::{Asked, Operation, Place};

/// What is answered in place of what was asked for.
pub(in crate::server) fn instead(
    switches: &Switches,
    call: &Call,
    asked: &Asked,
) -> Option<Answer> {
    if let Some(answer) = scim11_requests::instead(switches, call, asked) {
        return Some(answer);
    }
    let status = missing(switches, asked)
        .or_else(|| untrue(switches, call, asked))
        .or_else(|| unusable(switches, call, asked));
    if let Some(status) = status {
        return Some(failed(asked, status));
    }
    if let Some(answer) = published::instead(switches, call, asked) {
        return Some(answer);
    }
    if let Some(answer) = protocol::instead(switches, call, asked) {
        return Some(answer);
    }
    let posts = call.method == axum::http::Method::POST && asked.is_discovery();
    let written = if asked.is_v1() {
        switches.has(Defect::V1ConfigWritable) && asked.place == Place::Config
            || switches.has(Defect::V1SchemasWritable) && matches!(asked.place, Place::Schemas(_))
    } else {
        switches.has(Defect::DiscoveryWritable)
    };
    if posts && written {
        return Some(Answer::json(200, json!({})));
    }
    let types_or_schemas = matches!(
        asked.operation,
        Operation::ResourceTypes | Operation::Schemas
    );
    if switches.has(Defect::DiscoveryFilterHeeded)
        && types_or_schemas
        && call.parameter("filter").is_some()
    {
        let empty = json!({ "schemas": [urn::LIST_RESPONSE], "totalResults": 0, "startIndex": 1, "itemsPerPage": 0 });
        return Some(Answer::json(200, empty));
    }
    None
}

/// An error of this status.
pub(super) fn failed(asked: &Asked, status: u16) -> Answer {
    Answer::error(
        asked.dialect,
        &ScimError::status(status, "This went wrong."),
    )
}

fn missing(switches: &Switches, asked: &Asked) -> Option<u16> {
    let (place, v1, kind) = (&asked.place, asked.is_v1(), asked.kind());
    let of_users = |operation| asked.operation == operation && kind == Some(USER) && !v1;
    let table = [
        (Defect::ConfigMissing, !v1 && *place == Place::Config, 404),
        (
            Defect::ResourceTypesMissing,
            !v1 && matches!(place, Place::ResourceTypes(_)),
            404,
        ),
        (
            Defect::SchemasMissing,
            !v1 && matches!(place, Place::Schemas(_)),
            404,
        ),
        (Defect::V1ConfigMissing, v1 && *place == Place::Config, 404),
        (
            Defect::V1ResourceTypesMissing,
            v1 && matches!(place, Place::ResourceTypes(_)),
            404,
        ),
        (
            Defect::V1SchemasMissing,
            v1 && matches!(place, Place::Schemas(_)),
            404,
        ),
        (
            Defect::V1ResourceTypesWritable,
            v1 && matches!(place, Place::ResourceTypes(_)) && asked.operation == Operation::Other,
            400,
        ),
        (Defect::GroupsNotFound, kind == Some(GROUP) && !v1, 404),
        (Defect::RolesNotFound, kind == Some(ROLE), 404),
        (Defect::EntitlementsNotFound, kind == Some(ENTITLEMENT), 404),
        (
            Defect::SearchNotFound,
            matches!(place, Place::Search(Some(_))),
            404,
        ),
        (
            Defect::SearchRootNotFound,
            matches!(place, Place::Search(None)),
            404,
        ),
        (Defect::BulkMissing, *place == Place::Bulk && !v1, 501),
        (Defect::UsersListAnswers500, of_users(Operation::List), 500),
        (Defect::CreateAnswers500, of_users(Operation::Create), 500),
        (Defect::ReadAnswers500, of_users(Operation::Read), 500),
        (
            Defect::PatchAnnouncedAnswers501,
            asked.operation == Operation::Modify && !v1,
            501,
        ),
        (
            Defect::PatchNotAnnouncedAnswers500,
            asked.operation == Operation::Modify && !v1,
            500,
        ),
        (
            Defect::ReplaceNotSupported,
            asked.operation == Operation::Replace,
            501,
        ),
    ];
    table
        .into_iter()
        .find(|(defect, here, _)| *here && switches.has(*defect))
        .map(|(_, _, status)| status)
}

/// What the configuration says wrongly, or rightly and in vain.
fn untrue(switches: &Switches, call: &Call, asked: &Asked) -> Option<u16> {
    if asked.is_v1() {
        return None;
    }
    let sorts = asked.operation == Operation::List && call.parameter("sortBy").is_some();
    let table = [
        (
            Defect::ConfigUntruePatch,
            asked.operation == Operation::Modify,
            501,
        ),
        (
            Defect::UnsupportedPatchCrashes,
            asked.operation == Operation::Modify,
            500,
        ),
        (
            Defect::ConfigUntrueBulk,
            asked.operation == Operation::Bulk,
            501,
        ),
        (
            Defect::UnsupportedBulkCrashes,
            asked.operation == Operation::Bulk,
            500,
        ),
        (Defect::UnsupportedSortCrashes, sorts, 500),
    ];
    let found = table
        .into_iter()
        .find(|(defect, applies, _)| *applies && switches.has(*defect));
    found
        .map(|(_, _, status)| status)
        .or_else(|| secrets::crashes(switches, call, asked).then_some(500))
}

fn unusable(switches: &Switches, call: &Call, asked: &Asked) -> Option<u16> {
    if let Place::Resource(_, id) = &asked.place {
        let digits = id.len() > 10 && id.bytes().all(|byte| byte.is_ascii_digit());
        if switches.has(Defect::LongNumberIdAnswers500) && digits {
            return Some(500);
        }
        if switches.has(Defect::OtherShapeIdAnswers400) && uuid::Uuid::parse_str(id).is_err() {
            return Some(400);
        }
        if switches.has(Defect::EncodedIdAnswers500) && call.path.contains('%') {
            return Some(500);
        }
    }
    if let Some(status) = clients::unusable(switches, call, asked).filter(|_| !asked.is_v1()) {
        return Some(status);
    }
    if asked.is_discovery() {
        return None;
    }
    if projections::crashes(switches, call, asked) {
        return Some(500);
    }
    let query =
        orders::refuses(switches, call, asked).or_else(|| searches::refuses(switches, call, asked));
    if query.is_some() {
        return query;
    }
    let accept = call.header("accept").unwrap_or_default();
    if switches.has(Defect::AcceptScimJsonRefused) && accept.contains("application/scim+json") {
        return Some(406);
    }
    if switches.has(Defect::AcceptParameterRefused) && accept.contains(';') {
        return Some(406);
    }
    let content_type = call.header("content-type").unwrap_or_default();
    let has_body = call.body.as_ref().is_none_or(|body| !body.is_empty());
    let refused = switches.has(Defect::BodyJsonRefused)
        && content_type.starts_with("application/json")
        || switches.has(Defect::BodyScimJsonRefused)
            && content_type.starts_with("application/scim+json")
        || switches.has(Defect::BodyCharsetRefused) && content_type.contains("charset");
    (refused && has_body).then_some(415)
}
