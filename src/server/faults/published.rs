//! What a server says of itself, and gets wrong: its configuration and its resource types.

use serde_json::{Value, json};

use super::bodies::each;
use crate::scim::urn;
use crate::server::answer::Answer;
use crate::server::call::Call;
use crate::server::fault::{Defect, Switches};
use crate::server::route::{Asked, Operation, Place};

/// Changes the configuration and the resource types of an answer.
pub(super) fn alter(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    if asked.is_v1() || !answer.is_success() {
        return;
    }
    match asked.operation {
        Operation::Config => {
            if let Some(config) = answer.json_mut() {
                configuration(switches, config);
                if switches.has(Defect::ConfigAnonymousWithoutSchemes)
                    && call.header("authorization").is_none()
                {
                    remove(config, "authenticationSchemes");
                }
            }
        }
        Operation::ResourceTypes | Operation::ResourceType => {
            each(answer, |of_type| resource_type(switches, of_type));
            if let Some(list) = answer.json_mut() {
                listed(switches, list);
            }
        }
        _ => {}
    }
    if let Some(body) = answer.json_mut() {
        let wrapped = asked.operation == Operation::Schema && switches.has(Defect::SchemaInList)
            || asked.operation == Operation::ResourceType
                && switches.has(Defect::ResourceTypeInList);
        if wrapped {
            *body = json!({ "schemas": [urn::LIST_RESPONSE], "totalResults": 1, "Resources": [body.take()] });
        }
        let lists = matches!(
            asked.place,
            Place::ResourceTypes(None) | Place::Schemas(None)
        );
        if lists && switches.has(Defect::DiscoveryPages) {
            page(call, body);
        }
    }
}

fn remove(value: &mut Value, name: &str) {
    if let Some(members) = value.as_object_mut() {
        members.shift_remove(name);
    }
}

fn set(value: &mut Value, name: &str, to: impl Into<Value>) {
    if let Some(members) = value.as_object_mut() {
        members.insert(name.to_owned(), to.into());
    }
}

fn configuration(switches: &Switches, config: &mut Value) {
    let has = |defect| switches.has(defect);
    for (defect, name) in [
        (Defect::ConfigWithoutSchemas, "schemas"),
        (Defect::ConfigWithoutBulk, "bulk"),
        (Defect::ConfigWithoutChangePassword, "changePassword"),
        (Defect::ConfigWithoutSort, "sort"),
        (Defect::ConfigWithoutEtag, "etag"),
    ] {
        if has(defect) {
            remove(config, name);
        }
    }
    for (defect, feature, member, value) in [
        (
            Defect::UnsupportedPatchCrashes,
            "patch",
            "supported",
            json!(false),
        ),
        (
            Defect::UnsupportedBulkCrashes,
            "bulk",
            "supported",
            json!(false),
        ),
        (
            Defect::UnsupportedSortCrashes,
            "sort",
            "supported",
            json!(false),
        ),
        (
            Defect::UnsupportedPasswordCrashes,
            "changePassword",
            "supported",
            json!(false),
        ),
        (
            Defect::ConfigBulkLimitsAsText,
            "bulk",
            "maxOperations",
            json!("1000"),
        ),
        (
            Defect::ConfigBulkLimitsZero,
            "bulk",
            "maxOperations",
            json!(0),
        ),
        (
            Defect::ConfigMaxResultsAsText,
            "filter",
            "maxResults",
            json!("200"),
        ),
        (
            Defect::ConfigMaxResultsZero,
            "filter",
            "maxResults",
            json!(0),
        ),
        (
            Defect::ConfigMaxResultsUnderstated,
            "filter",
            "maxResults",
            json!(2),
        ),
    ] {
        if has(defect)
            && let Some(feature) = config.get_mut(feature)
        {
            set(feature, member, value);
        }
    }
    if has(Defect::ConfigWithoutMaxResults)
        && let Some(filter) = config.get_mut("filter")
    {
        remove(filter, "maxResults");
    }
    if has(Defect::ConfigIdIsNumber) {
        set(config, "id", 1);
    }
    if has(Defect::ConfigDocumentationUriRelative) {
        set(config, "documentationUri", "/docs/scim");
    }
    let schemes = config
        .get_mut("authenticationSchemes")
        .and_then(Value::as_array_mut);
    for scheme in schemes.into_iter().flatten() {
        for (defect, name) in [
            (Defect::ConfigSchemeWithoutType, "type"),
            (Defect::ConfigSchemeWithoutName, "name"),
            (Defect::ConfigSchemeWithoutDescription, "description"),
        ] {
            if has(defect) {
                remove(scheme, name);
            }
        }
        if has(Defect::ConfigSchemeTypeUnknown) {
            set(scheme, "type", "bearer");
        }
        if has(Defect::ConfigSchemeUrisRelative) {
            set(scheme, "specUri", "rfc6750.html");
        }
    }
}

fn resource_type(switches: &Switches, of_type: &mut Value) {
    let has = |defect| switches.has(defect);
    let name = of_type
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    for (defect, member) in [
        (Defect::ResourceTypesWithoutSchemas, "schemas"),
        (Defect::ResourceTypesWithoutName, "name"),
        (Defect::ResourceTypesWithoutDescription, "description"),
    ] {
        if has(defect) {
            remove(of_type, member);
        }
    }
    for (defect, wanted, member, value) in [
        (
            Defect::ResourceTypesEndpointAbsolute,
            "Group",
            "endpoint",
            json!("https://scim.example.com/v2/Groups"),
        ),
        (
            Defect::ResourceTypesShareEndpoint,
            "Role",
            "endpoint",
            json!("/Entitlements"),
        ),
        (
            Defect::ResourceTypesShareName,
            "Role",
            "name",
            json!("Entitlement"),
        ),
        (
            Defect::ResourceTypeOfUsersNamedUsers,
            "User",
            "name",
            json!("Users"),
        ),
        (
            Defect::ResourceTypesEndpointsAsList,
            "User",
            "endpoint",
            json!(["/Users", "/People"]),
        ),
    ] {
        if has(defect) && name == wanted {
            set(of_type, member, value);
        }
    }
    if has(Defect::ResourceTypeIdIsNumber) {
        set(of_type, "id", 7);
    }
    let Some(extensions) = of_type.get_mut("schemaExtensions") else {
        return;
    };
    for extension in extensions.as_array_mut().into_iter().flatten() {
        if has(Defect::ExtensionsWithoutSchema) {
            remove(extension, "schema");
        }
        if has(Defect::ExtensionsWithoutRequired) {
            remove(extension, "required");
        }
        if has(Defect::ExtensionsRequiredAsText) {
            set(extension, "required", "false");
        }
        if has(Defect::RequiredExtensionNotDemanded) {
            set(extension, "required", true);
        }
    }
    if has(Defect::ExtensionsAsObject) {
        *extensions = extensions.get_mut(0).map(Value::take).unwrap_or_default();
    }
}

fn listed(switches: &Switches, list: &mut Value) {
    let count = list
        .get("Resources")
        .and_then(Value::as_array)
        .map(Vec::len);
    if let (true, Some(count)) = (switches.has(Defect::ResourceTypesTotalResultsWrong), count) {
        set(list, "totalResults", count + 10);
    }
}

/// Takes `startIndex` and `count` for what they are elsewhere.
fn page(call: &Call, list: &mut Value) {
    let number = |name: &str| {
        call.parameter(name)
            .and_then(|text| text.parse::<usize>().ok())
    };
    if let Some(resources) = list.get_mut("Resources").and_then(Value::as_array_mut) {
        let start = number("startIndex")
            .unwrap_or(1)
            .saturating_sub(1)
            .min(resources.len());
        resources.drain(..start);
        resources.truncate(number("count").unwrap_or(usize::MAX));
    }
}

/// What a discovery endpoint answers in place of what it should.
pub(super) fn instead(switches: &Switches, call: &Call, asked: &Asked) -> Option<Answer> {
    let has = |defect| switches.has(defect);
    if asked.is_v1() || !asked.is_discovery() {
        return None;
    }
    let method = call.method.as_str();
    let changes = matches!(method, "PUT" | "PATCH");
    let writes = match asked.place {
        Place::Config => has(Defect::ConfigWritable) && changes,
        Place::ResourceTypes(_) => {
            has(Defect::ResourceTypesWritable) && (changes || method == "DELETE")
        }
        _ => has(Defect::SchemasWritable) && (changes || method == "DELETE"),
    };
    if writes {
        return Some(Answer::json(200, call.json().unwrap_or_default()));
    }
    if method != "GET" {
        return None;
    }
    let lists = matches!(
        asked.place,
        Place::ResourceTypes(None) | Place::Schemas(None)
    );
    let paged = ["startIndex", "count", "sortBy"]
        .iter()
        .any(|name| call.parameter(name).is_some());
    let unknown = |id: &str| !id.starts_with("urn:ietf:") && !id.starts_with("urn:okta:");
    let (schema, of_type) = match &asked.place {
        Place::Schemas(Some(id)) => (Some(id.as_str()), None),
        Place::ResourceTypes(Some(id)) => (None, Some(id.as_str())),
        _ => (None, None),
    };
    let empty = || Answer::json(200, json!({}));
    let encoded = call.path.contains("%3A") || call.path.contains("%3a");
    let status = [
        (
            has(Defect::SchemasAnswer500) && asked.operation == Operation::Schemas,
            500,
        ),
        (
            has(Defect::ConfigAnonymousCrashes) && call.header("authorization").is_none(),
            500,
        ),
        (
            has(Defect::DiscoveryParametersRefused) && lists && paged,
            400,
        ),
        (
            has(Defect::DiscoveryFilterCrashes) && lists && call.parameter("filter").is_some(),
            500,
        ),
        (
            has(Defect::UnknownSchemaAnswers500) && schema.is_some_and(unknown),
            500,
        ),
        (
            has(Defect::SchemaByEncodedUrnNotFound) && schema.is_some() && encoded,
            404,
        ),
    ]
    .into_iter()
    .find(|(applies, _)| *applies);
    if let Some((_, status)) = status {
        return Some(super::instead::failed(asked, status));
    }
    let known_types = ["User", "Group", "Role", "Entitlement"];
    let nothing = has(Defect::UnknownSchemaAnswers200) && schema.is_some_and(unknown)
        || has(Defect::UnknownResourceTypeAnswers200)
            && of_type.is_some_and(|id| !known_types.contains(&id));
    nothing.then(empty)
}
