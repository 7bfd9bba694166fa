//! Answers that lack a member: a table of what is missing where.

use serde_json::Value;

use crate::scim::urn;
use crate::server::answer::Answer;
use crate::server::dialect::Dialect::{self, V1, V2};
use crate::server::fault::{Defect, Switches};
use crate::server::kind::{ENTITLEMENT, USER};
use crate::server::route::{Asked, Operation, Place};

/// Where a member is missing.
#[derive(Debug, Clone, Copy)]
enum In {
    /// Lists of a version.
    List(Dialect),
    /// Lists of users.
    UserList,
    /// Lists of entitlements.
    Entitlements,
    /// Lists that are empty.
    EmptyList,
    /// The answer to a GET of a resource of a version.
    Read(Dialect),
    /// The answer to a successful create.
    Create,
    /// The answer to a successful PATCH.
    Modify,
    /// Every representation of a resource.
    Any,
    /// The body of a 401.
    Unauthorized,
    /// The 404 of an unknown id, in a version.
    UnknownId(Dialect),
    /// Every error in 2.0.
    Error,
    /// The answer to a discovery request of a version.
    Discovery(Dialect, Operation),
    /// The answer to a bulk job.
    Bulk,
}

const TABLE: &[(Defect, In, &[&str])] = &[
    (
        Defect::AuthErrorWithoutDetail,
        In::Unauthorized,
        &["detail"],
    ),
    (
        Defect::AuthErrorWithoutStatus,
        In::Unauthorized,
        &["status"],
    ),
    (
        Defect::AuthErrorWithoutSchemas,
        In::Unauthorized,
        &["schemas"],
    ),
    (Defect::ListWithoutSchemas, In::List(V2), &["schemas"]),
    (
        Defect::ListWithoutTotalResults,
        In::List(V2),
        &["totalResults"],
    ),
    (Defect::ListWithoutStartIndex, In::List(V2), &["startIndex"]),
    (
        Defect::ListWithoutItemsPerPage,
        In::List(V2),
        &["itemsPerPage"],
    ),
    (Defect::ListWithoutResources, In::List(V2), &["Resources"]),
    (
        Defect::ListEmptyWithoutTotalResults,
        In::EmptyList,
        &["totalResults"],
    ),
    (
        Defect::ListEntriesWithoutId,
        In::List(V2),
        &["Resources", "*", "id"],
    ),
    (
        Defect::AttributeDepartmentNotListed,
        In::UserList,
        &["Resources", "*", urn::ENTERPRISE_USER, "department"],
    ),
    (
        Defect::ListEntriesWithoutUserName,
        In::UserList,
        &["Resources", "*", "userName"],
    ),
    (
        Defect::ListEntriesWithoutFamilyName,
        In::UserList,
        &["Resources", "*", "name", "familyName"],
    ),
    (
        Defect::ListEntriesWithoutGivenName,
        In::UserList,
        &["Resources", "*", "name", "givenName"],
    ),
    (
        Defect::ListEntriesWithoutActive,
        In::UserList,
        &["Resources", "*", "active"],
    ),
    (
        Defect::ListEntriesWithoutEmails,
        In::UserList,
        &["Resources", "*", "emails"],
    ),
    (
        Defect::ListEntriesWithoutSchemas,
        In::List(V2),
        &["Resources", "*", "schemas"],
    ),
    (
        Defect::ListEntriesWithoutMeta,
        In::List(V2),
        &["Resources", "*", "meta"],
    ),
    (
        Defect::EntitlementsWithoutDisplayName,
        In::Entitlements,
        &["Resources", "*", "displayName"],
    ),
    (
        Defect::EntitlementsWithoutType,
        In::Entitlements,
        &["Resources", "*", "type"],
    ),
    (
        Defect::EntitlementsWithoutStartIndex,
        In::Entitlements,
        &["startIndex"],
    ),
    (
        Defect::EntitlementsWithoutTotalResults,
        In::Entitlements,
        &["totalResults"],
    ),
    (Defect::CreateAnswerWithoutId, In::Create, &["id"]),
    (Defect::CreateAnswerWithoutSchemas, In::Create, &["schemas"]),
    (
        Defect::CreateAnswerWithoutUserName,
        In::Create,
        &["userName"],
    ),
    (Defect::CreateAnswerWithoutName, In::Create, &["name"]),
    (Defect::CreateAnswerWithoutActive, In::Create, &["active"]),
    (Defect::CreateAnswerWithoutMeta, In::Create, &["meta"]),
    (Defect::PatchDropsSchemas, In::Modify, &["schemas"]),
    (Defect::ReadWithoutId, In::Read(V2), &["id"]),
    (Defect::ReadWithoutUserName, In::Read(V2), &["userName"]),
    (
        Defect::ReadWithoutGivenName,
        In::Read(V2),
        &["name", "givenName"],
    ),
    (
        Defect::ReadWithoutFamilyName,
        In::Read(V2),
        &["name", "familyName"],
    ),
    (Defect::ReadWithoutActive, In::Read(V2), &["active"]),
    (Defect::ReadWithoutEmails, In::Read(V2), &["emails"]),
    (Defect::ReadWithoutSchemas, In::Read(V2), &["schemas"]),
    (Defect::MetaWithoutLocation, In::Any, &["meta", "location"]),
    (
        Defect::UnknownIdWithoutDetail,
        In::UnknownId(V2),
        &["detail"],
    ),
    (
        Defect::UnknownIdWithoutStatus,
        In::UnknownId(V2),
        &["status"],
    ),
    (
        Defect::UnknownIdWithoutSchemas,
        In::UnknownId(V2),
        &["schemas"],
    ),
    (Defect::ErrorWithoutStatus, In::Error, &["status"]),
    (Defect::ErrorWithoutSchemas, In::Error, &["schemas"]),
    (Defect::ErrorWithoutScimType, In::Error, &["scimType"]),
    (
        Defect::ConfigWithoutPatch,
        In::Discovery(V2, Operation::Config),
        &["patch"],
    ),
    (
        Defect::ConfigWithoutFilter,
        In::Discovery(V2, Operation::Config),
        &["filter"],
    ),
    (
        Defect::ConfigWithoutAuthenticationSchemes,
        In::Discovery(V2, Operation::Config),
        &["authenticationSchemes"],
    ),
    (
        Defect::ResourceTypesWithoutEndpoint,
        In::Discovery(V2, Operation::ResourceTypes),
        &["Resources", "*", "endpoint"],
    ),
    (
        Defect::ResourceTypesWithoutSchema,
        In::Discovery(V2, Operation::ResourceTypes),
        &["Resources", "*", "schema"],
    ),
    (
        Defect::SchemasWithoutAttributes,
        In::Discovery(V2, Operation::Schemas),
        &["Resources", "*", "attributes"],
    ),
    (
        Defect::BulkWithoutStatus,
        In::Bulk,
        &["Operations", "*", "status"],
    ),
    (
        Defect::BulkWithoutLocation,
        In::Bulk,
        &["Operations", "*", "location"],
    ),
    (
        Defect::BulkWithoutBulkId,
        In::Bulk,
        &["Operations", "*", "bulkId"],
    ),
    (
        Defect::BulkErrorsWithoutResponse,
        In::Bulk,
        &["Operations", "*", "response"],
    ),
    (
        Defect::V1ConfigWithoutSchemas,
        In::Discovery(V1, Operation::Config),
        &["schemas"],
    ),
    (
        Defect::V1ConfigWithoutPatch,
        In::Discovery(V1, Operation::Config),
        &["patch"],
    ),
    (
        Defect::V1ConfigWithoutBulk,
        In::Discovery(V1, Operation::Config),
        &["bulk"],
    ),
    (
        Defect::V1ConfigWithoutBulkLimits,
        In::Discovery(V1, Operation::Config),
        &["bulk", "maxOperations"],
    ),
    (
        Defect::V1ConfigWithoutFilter,
        In::Discovery(V1, Operation::Config),
        &["filter"],
    ),
    (
        Defect::V1ConfigWithoutMaxResults,
        In::Discovery(V1, Operation::Config),
        &["filter", "maxResults"],
    ),
    (
        Defect::V1ConfigWithoutChangePassword,
        In::Discovery(V1, Operation::Config),
        &["changePassword"],
    ),
    (
        Defect::V1ConfigWithoutSort,
        In::Discovery(V1, Operation::Config),
        &["sort"],
    ),
    (
        Defect::V1ConfigWithoutEtag,
        In::Discovery(V1, Operation::Config),
        &["etag"],
    ),
    (
        Defect::V1ConfigWithoutAuthenticationSchemes,
        In::Discovery(V1, Operation::Config),
        &["authenticationSchemes"],
    ),
    (
        Defect::V1ConfigAuthenticationWithoutType,
        In::Discovery(V1, Operation::Config),
        &["authenticationSchemes", "*", "type"],
    ),
    (
        Defect::V1ConfigAuthenticationWithoutDescription,
        In::Discovery(V1, Operation::Config),
        &["authenticationSchemes", "*", "description"],
    ),
    (
        Defect::V1ResourceTypesWithoutName,
        In::Discovery(V1, Operation::ResourceTypes),
        &["Resources", "*", "name"],
    ),
    (
        Defect::V1ResourceTypesWithoutEndpoint,
        In::Discovery(V1, Operation::ResourceTypes),
        &["Resources", "*", "endpoint"],
    ),
    (
        Defect::V1ResourceTypesWithoutSchema,
        In::Discovery(V1, Operation::ResourceTypes),
        &["Resources", "*", "schema"],
    ),
    (
        Defect::V1SchemasWithoutId,
        In::Discovery(V1, Operation::Schemas),
        &["Resources", "*", "id"],
    ),
    (
        Defect::V1SchemasWithoutAttributes,
        In::Discovery(V1, Operation::Schemas),
        &["Resources", "*", "attributes"],
    ),
    (
        Defect::V1ListWithoutStartIndex,
        In::List(V1),
        &["startIndex"],
    ),
    (
        Defect::V1ListWithoutItemsPerPage,
        In::List(V1),
        &["itemsPerPage"],
    ),
    (
        Defect::V1ListWithoutTotalResults,
        In::List(V1),
        &["totalResults"],
    ),
    (
        Defect::V1ListEntriesWithoutName,
        In::List(V1),
        &["Resources", "*", "name"],
    ),
    (
        Defect::V1ListEntriesWithoutEmails,
        In::List(V1),
        &["Resources", "*", "emails"],
    ),
    (
        Defect::V1ListEntriesWithoutActive,
        In::List(V1),
        &["Resources", "*", "active"],
    ),
    (Defect::V1ReadWithoutName, In::Read(V1), &["name"]),
    (Defect::V1ReadWithoutEmails, In::Read(V1), &["emails"]),
    (
        Defect::V1UnknownIdWithoutDetail,
        In::UnknownId(V1),
        &["detail"],
    ),
];

/// Takes out what is missing.
pub(super) fn alter(switches: &Switches, asked: &Asked, answer: &mut Answer) {
    for (defect, place, path) in TABLE {
        if switches.has(*defect)
            && holds(*place, asked, answer)
            && let Some(body) = answer.json_mut()
        {
            remove(body, path);
            if matches!(place, In::Any) {
                let resources = body.get_mut("Resources").and_then(Value::as_array_mut);
                resources
                    .into_iter()
                    .flatten()
                    .for_each(|resource| remove(resource, path));
            }
        }
    }
}

fn holds(place: In, asked: &Asked, answer: &mut Answer) -> bool {
    let fine = answer.is_success();
    let lists = matches!(asked.operation, Operation::List | Operation::Search) && fine;
    match place {
        In::List(dialect) => lists && asked.dialect == dialect,
        In::UserList => lists && asked.kind() == Some(USER) && !asked.is_v1(),
        In::Entitlements => lists && asked.kind() == Some(ENTITLEMENT),
        In::EmptyList => {
            let total = answer
                .json_mut()
                .and_then(|body| body.get("totalResults").cloned());
            lists && total == Some(Value::from(0))
        }
        In::Read(dialect) => fine && asked.operation == Operation::Read && asked.dialect == dialect,
        In::Create => fine && asked.operation == Operation::Create && !asked.is_v1(),
        In::Modify => fine && asked.operation == Operation::Modify && !asked.is_v1(),
        In::Any => fine && !asked.is_discovery() && asked.operation != Operation::Bulk,
        In::Unauthorized => answer.status == 401,
        In::UnknownId(dialect) => {
            answer.status == 404
                && matches!(asked.place, Place::Resource(..))
                && asked.dialect == dialect
        }
        In::Error => answer.status >= 400 && !asked.is_v1(),
        In::Discovery(dialect, operation) => {
            fine && asked.dialect == dialect && asked.operation == operation
        }
        In::Bulk => fine && asked.operation == Operation::Bulk,
    }
}

/// Removes a member; `*` stands for each element of an array.
fn remove(value: &mut Value, path: &[&str]) {
    match path {
        [] => {}
        ["*", rest @ ..] => value
            .as_array_mut()
            .into_iter()
            .flatten()
            .for_each(|item| remove(item, rest)),
        [last] => {
            if let Some(members) = value.as_object_mut() {
                members.shift_remove(*last);
            }
        }
        [first, rest @ ..] => {
            if let Some(next) = value.get_mut(*first) {
                remove(next, rest);
            }
        }
    }
}
