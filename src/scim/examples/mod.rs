//! The representations of RFC 7643 §8, for tests.

use serde_json::{Value, json};

use super::resource::ResourceSchema;
use super::schema::Attribute;

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// §8.1.
pub(super) fn minimal_user() -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "id": "2819c223-7f76-453a-919d-413861904646",
        "userName": "bjensen@example.com",
        "meta": {
            "resourceType": "User",
            "created": "2010-01-23T04:56:22Z",
            "lastModified": "2011-05-13T04:42:34Z",
            "version": "W/\"3694e05e9dff590\"",
            "location": "https://example.com/v2/Users/2819c223-7f76-453a-919d-413861904646",
        },
    })
}

/// §8.2.
pub(super) fn full_user() -> Value {
    read(include_str!("full_user.json"))
}

/// §8.3, in short: the full user with the extension.
pub(super) fn enterprise_user() -> Value {
    let mut user = full_user();
    user["schemas"] = json!([super::urn::USER, super::urn::ENTERPRISE_USER]);
    user[super::urn::ENTERPRISE_USER] = json!({
        "employeeNumber": "701984",
        "costCenter": "4130",
        "organization": "Universal Studios",
        "division": "Theme Park",
        "department": "Tour Operations",
        "manager": {
            "value": "26118915-6090-4610-87e4-49d8ca9f808d",
            "$ref": "../Users/26118915-6090-4610-87e4-49d8ca9f808d",
            "displayName": "John Smith",
        },
    });
    user
}

/// §8.4.
pub(super) fn group() -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
        "id": "e9e30dba-f08f-4109-8486-d5c6a331660a",
        "displayName": "Tour Guides",
        "members": [
            {
                "value": "2819c223-7f76-453a-919d-413861904646",
                "$ref": "https://example.com/v2/Users/2819c223-7f76-453a-919d-413861904646",
                "display": "Babs Jensen",
            },
            {
                "value": "902c246b-6245-4190-8e05-00816be7344a",
                "$ref": "https://example.com/v2/Users/902c246b-6245-4190-8e05-00816be7344a",
                "display": "Mandy Pepperidge",
            },
        ],
        "meta": {
            "resourceType": "Group",
            "created": "2010-01-23T04:56:22Z",
            "lastModified": "2011-05-13T04:42:34Z",
            "version": "W/\"3694e05e9dff592\"",
            "location": "https://example.com/v2/Groups/e9e30dba-f08f-4109-8486-d5c6a331660a",
        },
    })
}

/// The user's schema with a `nickName` of other characteristics.
pub(super) fn with_nick_name(change: impl Fn(&mut Attribute)) -> ResourceSchema {
    let mut schema = ResourceSchema::user();
    let attributes = schema.base.attributes.iter_mut();
    attributes
        .filter(|attribute| attribute.is_named("nickName"))
        .for_each(change);
    schema
}
