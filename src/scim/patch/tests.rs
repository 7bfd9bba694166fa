use proptest::prelude::*;
use serde_json::{Value, json};

use super::{apply, v1};
use crate::scim::error::ScimError;
use crate::scim::examples;
use crate::scim::resource::ResourceSchema;
use crate::scim::urn;

fn body(operations: &Value) -> Value {
    json!({ "schemas": [urn::PATCH_OP], "Operations": operations })
}

fn user(operations: &Value) -> Result<Value, ScimError> {
    apply(
        &ResourceSchema::user(),
        &examples::enterprise_user(),
        &body(operations),
    )
}

fn group(operations: &Value) -> Result<Value, ScimError> {
    apply(
        &ResourceSchema::group(),
        &examples::group(),
        &body(operations),
    )
}

/// An operation on the user of RFC 7643 §8.3, a place in the result, and what is there.
#[test]
fn operations_on_a_user() {
    let enterprise = |name: &str| format!("/{}/{name}", urn::ENTERPRISE_USER);
    let department = format!("{}:department", urn::ENTERPRISE_USER);
    for (operation, place, expected) in [
        // RFC 7644 §3.5.2.1, without path.
        (
            json!({ "op": "add", "value": { "emails": [{ "value": "babs@x.org", "type": "other" }], "nickname": "Bee" } }),
            "/emails/2/value".to_owned(),
            json!("babs@x.org"),
        ),
        (
            json!({ "op": "Add", "value": { "nickname": "Bee" } }),
            "/nickName".to_owned(),
            json!("Bee"),
        ),
        // §3.5.2.3: the work address as a whole, one sub-attribute of it, several attributes.
        (
            json!({
                "op": "replace",
                "path": "addresses[type eq \"work\"]",
                "value": { "type": "work", "streetAddress": "911 Universal City Plaza", "locality": "Hollywood" },
            }),
            "/addresses/0".to_owned(),
            json!({ "type": "work", "streetAddress": "911 Universal City Plaza", "locality": "Hollywood" }),
        ),
        (
            json!({ "op": "replace", "path": "addresses[type eq \"work\"].streetAddress", "value": "1010 Broadway Ave" }),
            "/addresses/0/streetAddress".to_owned(),
            json!("1010 Broadway Ave"),
        ),
        (
            json!({
                "op": "replace",
                "value": { "emails": [{ "value": "bjensen@example.com", "type": "work", "primary": true }], "nickname": "B" },
            }),
            "/emails".to_owned(),
            json!([{ "value": "bjensen@example.com", "type": "work", "primary": true }]),
        ),
        // §3.5.2.2: values by a filter.
        (
            json!({ "op": "remove", "path": "emails[type eq \"work\" and value ew \"example.com\"]" }),
            "/emails".to_owned(),
            json!([{ "value": "babs@jensen.org", "type": "home" }]),
        ),
        (
            json!({ "op": "remove", "path": "emails[type eq \"home\"].type" }),
            "/emails/1".to_owned(),
            json!({ "value": "babs@jensen.org" }),
        ),
        (
            json!({ "op": "add", "path": "emails[type eq \"other\"].value", "value": "new@x.org" }),
            "/emails/2".to_owned(),
            json!({ "type": "other", "value": "new@x.org" }),
        ),
        (
            json!({ "op": "add", "path": "roles[primary eq true].value", "value": "r" }),
            "/roles/0".to_owned(),
            json!({ "primary": true, "value": "r" }),
        ),
        (
            json!({ "op": "remove", "path": "nickName" }),
            "/nickName".to_owned(),
            Value::Null,
        ),
        (
            json!({ "op": "remove", "path": "emails" }),
            "/emails".to_owned(),
            Value::Null,
        ),
        (
            json!({ "op": "remove", "path": "name.middleName" }),
            "/name/middleName".to_owned(),
            Value::Null,
        ),
        (
            json!({ "op": "replace", "path": "name.familyName", "value": "J" }),
            "/name/familyName".to_owned(),
            json!("J"),
        ),
        // A complex attribute is merged.
        (
            json!({ "op": "replace", "path": "name", "value": { "familyName": "J" } }),
            "/name/givenName".to_owned(),
            json!("Barbara"),
        ),
        (
            json!({ "op": "replace", "path": "active", "value": false }),
            "/active".to_owned(),
            json!(false),
        ),
        (
            json!({ "op": "replace", "path": "nickName", "value": null }),
            "/nickName".to_owned(),
            Value::Null,
        ),
        // A new primary value takes it from the old one.
        (
            json!({ "op": "add", "path": "emails", "value": [{ "value": "n@x.org", "primary": true }] }),
            "/emails/0/primary".to_owned(),
            json!(false),
        ),
        (
            json!({ "op": "replace", "path": "emails[type eq \"home\"].primary", "value": true }),
            "/emails/0/primary".to_owned(),
            json!(false),
        ),
        // One value without an array.
        (
            json!({ "op": "add", "path": "roles", "value": { "value": "r" } }),
            "/roles".to_owned(),
            json!([{ "value": "r" }]),
        ),
        // Extensions: by path, by key, as a whole.
        (
            json!({ "op": "replace", "path": department, "value": "D" }),
            enterprise("department"),
            json!("D"),
        ),
        (
            json!({ "op": "replace", "value": { urn::ENTERPRISE_USER: { "department": "D" } } }),
            enterprise("department"),
            json!("D"),
        ),
        (
            json!({ "op": "add", "path": urn::ENTERPRISE_USER, "value": { "division": "D" } }),
            enterprise("costCenter"),
            json!("4130"),
        ),
        (
            json!({ "op": "remove", "path": urn::ENTERPRISE_USER }),
            "/schemas".to_owned(),
            json!([urn::USER]),
        ),
        // What the server writes may come along unchanged.
        (
            json!({ "op": "replace", "value": { "id": "2819c223-7f76-453a-919d-413861904646", "title": "T" } }),
            "/title".to_owned(),
            json!("T"),
        ),
    ] {
        let result =
            user(&json!([operation])).unwrap_or_else(|error| panic!("{operation}: {error}"));
        let place = result.pointer(&place).or_else(|| {
            // A URN has no slash, but its pointer is one segment.
            place
                .rsplit_once('/')
                .and_then(|(urn, name)| result.get(urn.trim_start_matches('/'))?.get(name))
        });
        assert_eq!(place.unwrap_or(&Value::Null), &expected, "{operation}");
    }
}

#[test]
fn operations_on_the_members_of_a_group() {
    let members = |operations: Value| {
        let changed = group(&operations).unwrap();
        let ids = changed["members"].as_array().cloned().unwrap_or_default();
        ids.iter()
            .map(|member| member["value"].as_str().unwrap()[..4].to_owned())
            .collect::<Vec<_>>()
    };
    let babs = "2819c223-7f76-453a-919d-413861904646";
    assert_eq!(
        members(json!([{ "op": "add", "path": "members", "value": [{ "value": "abcd" }] }])),
        ["2819", "902c", "abcd"]
    );
    assert_eq!(
        members(json!([{ "op": "add", "path": "members", "value": [{ "value": babs }] }])),
        ["2819", "902c"]
    );
    assert_eq!(
        members(json!([{ "op": "remove", "path": format!("members[value eq \"{babs}\"]") }])),
        ["902c"]
    );
    assert_eq!(
        members(
            json!([{ "op": "Remove", "path": "members", "value": [{ "value": babs, "$ref": null }, { "value": "x" }] }])
        ),
        ["902c"],
        "those that `value` names, where RFC 7644 has no `value`"
    );
    assert!(members(json!([{ "op": "remove", "path": "members" }])).is_empty());
    assert_eq!(
        members(json!([
            { "op": "remove", "path": format!("members[value eq \"{babs}\"]") },
            { "op": "add", "path": "members", "value": [{ "value": "08e1d05d" }] },
        ])),
        ["902c", "08e1"]
    );
    assert_eq!(
        members(json!([{ "op": "replace", "path": "members", "value": [{ "value": "wxyz" }] }])),
        ["wxyz"]
    );
}

#[test]
fn to_add_what_is_there_changes_nothing() {
    let before = examples::enterprise_user();
    for operation in [
        json!({ "op": "add", "path": "emails", "value": [{ "value": "bjensen@example.com", "type": "work", "primary": true }] }),
        json!({ "op": "add", "path": "userName", "value": "bjensen@example.com" }),
        json!({ "op": "add", "value": { "name": { "givenName": "Barbara" } } }),
        json!({ "op": "remove", "path": "entitlements" }),
    ] {
        assert_eq!(user(&json!([operation])).unwrap(), before, "{operation}");
    }
}

#[test]
fn to_remove_what_is_not_there_changes_nothing() {
    for path in [
        "emails[type eq \"none\"]",
        "emails[type eq \"none\"].value",
        "ims[value eq \"none\"]",
    ] {
        let removed = user(&json!([{ "op": "remove", "path": path }])).unwrap();
        assert_eq!(
            removed,
            user(&json!([{ "op": "add", "path": "displayName", "value": "Babs Jensen" }])).unwrap(),
            "{path}"
        );
    }
}

#[test]
fn what_cannot_be_done_is_refused_by_its_kind() {
    for (operation, kind) in [
        (json!({ "op": "remove" }), "noTarget"),
        (json!({ "op": "move", "path": "nickName" }), "invalidSyntax"),
        (json!({ "path": "nickName", "value": "x" }), "invalidSyntax"),
        (json!("remove"), "invalidSyntax"),
        (
            json!({ "op": "replace", "path": "nickName" }),
            "invalidValue",
        ),
        (
            json!({ "op": "replace", "path": "unknown", "value": "x" }),
            "invalidPath",
        ),
        (
            json!({ "op": "replace", "path": "name.unknown", "value": "x" }),
            "invalidPath",
        ),
        (
            json!({ "op": "replace", "path": "emails[type eq", "value": "x" }),
            "invalidPath",
        ),
        (
            json!({ "op": "replace", "path": 3, "value": "x" }),
            "invalidPath",
        ),
        (
            json!({ "op": "replace", "path": "emails[unknown eq \"x\"].value", "value": "x" }),
            "invalidFilter",
        ),
        (
            json!({ "op": "replace", "path": "emails[type eq \"none\"].value", "value": "x" }),
            "noTarget",
        ),
        (
            json!({ "op": "replace", "path": "active", "value": "False" }),
            "invalidValue",
        ),
        (
            json!({ "op": "remove", "path": "emails", "value": [{ "type": "work" }] }),
            "invalidValue",
        ),
        (
            json!({ "op": "add", "path": "emails[type sw \"n\"].value", "value": "x" }),
            "noTarget",
        ),
        (json!({ "op": "replace", "value": "x" }), "invalidValue"),
        (
            json!({ "op": "add", "path": "emails", "value": "x@y.z" }),
            "invalidValue",
        ),
        (
            json!({ "op": "replace", "path": "id", "value": "x" }),
            "mutability",
        ),
        (
            json!({ "op": "replace", "path": "groups", "value": [] }),
            "mutability",
        ),
        (
            json!({ "op": "add", "path": "meta.created", "value": "2020-01-01T00:00:00Z" }),
            "mutability",
        ),
        (json!({ "op": "remove", "path": "id" }), "mutability"),
        (json!({ "op": "remove", "path": "userName" }), "mutability"),
        (
            json!({ "op": "replace", "path": "userName", "value": null }),
            "mutability",
        ),
        (
            json!({ "op": "add", "path": "emails", "value": [{ "value": "a", "primary": true }, { "value": "b", "primary": true }] }),
            "invalidValue",
        ),
    ] {
        let error = user(&json!([operation])).expect_err(&operation.to_string());
        assert_eq!(
            error.scim_type.unwrap().word(),
            kind,
            "{operation}: {error}"
        );
    }
    let immutable =
        json!([{ "op": "replace", "path": "members[value sw \"2819\"].value", "value": "x" }]);
    assert_eq!(
        group(&immutable).unwrap_err().scim_type.unwrap().word(),
        "mutability"
    );
}

#[test]
fn a_large_group_takes_many_members_at_once() {
    let ids = |from: usize| {
        (from..from + 5000)
            .map(|n| json!({ "value": format!("id-{n}") }))
            .collect::<Value>()
    };
    let mut before = examples::group();
    before["members"] = ids(0);
    let operations = json!([{ "op": "add", "path": "members", "value": ids(4900) }]);
    let after = apply(&ResourceSchema::group(), &before, &body(&operations)).unwrap();
    assert_eq!(after["members"].as_array().unwrap().len(), 9900);
}

#[test]
fn schemas_follow_what_the_resource_has() {
    let add = |urn: &str| user(&json!([{ "op": "add", "path": "schemas", "value": [urn] }]));
    assert_eq!(
        add(urn::ENTERPRISE_USER).unwrap(),
        examples::enterprise_user()
    );
    assert_eq!(
        add("urn:unknown").unwrap_err().scim_type.unwrap().word(),
        "invalidValue"
    );
    let remove = user(&json!([{ "op": "remove", "path": "schemas" }]));
    assert_eq!(remove.unwrap_err().scim_type.unwrap().word(), "mutability");
}

#[test]
fn the_message_must_be_a_patch() {
    let schema = ResourceSchema::user();
    let operations = json!([{ "op": "remove", "path": "nickName" }]);
    for body in [
        json!(null),
        json!({ "Operations": operations }),
        json!({ "schemas": [urn::USER], "Operations": operations }),
        json!({ "schemas": [urn::PATCH_OP] }),
        json!({ "schemas": [urn::PATCH_OP], "Operations": [] }),
    ] {
        let error = apply(&schema, &examples::full_user(), &body).unwrap_err();
        assert_eq!(error.scim_type.unwrap().word(), "invalidSyntax", "{body}");
    }
}

#[test]
fn a_1_1_patch_merges_and_deletes() {
    let group = json!({
        "schemas": [urn::v1::CORE], "id": "1", "displayName": "G",
        "members": [{ "value": "a", "display": "A" }, { "value": "b" }],
    });
    let patch = |body: Value| v1::apply(&ResourceSchema::v1_group(), &group, &body).unwrap();
    let changed = patch(
        json!({ "schemas": [urn::v1::CORE], "members": [{ "value": "a", "operation": "delete" }, { "value": "c" }] }),
    );
    assert_eq!(
        changed["members"],
        json!([{ "value": "b" }, { "value": "c" }])
    );
    let emptied = patch(json!({ "meta": { "attributes": ["members"] }, "displayName": "H" }));
    assert_eq!(
        (emptied.get("members"), &emptied["displayName"]),
        (None, &json!("H"))
    );
    let replaced =
        patch(json!({ "meta": { "attributes": ["members"] }, "members": [{ "value": "z" }] }));
    assert_eq!(replaced["members"], json!([{ "value": "z" }]));
    let user = json!({ "schemas": [urn::v1::CORE], "userName": "u", "name": { "givenName": "A", "familyName": "B" } });
    let body = json!({ "meta": { "attributes": ["name.familyName"] }, "name": { "givenName": "C" }, "active": false });
    let changed = v1::apply(&ResourceSchema::v1_user(), &user, &body).unwrap();
    assert_eq!(
        (&changed["name"], &changed["active"]),
        (&json!({ "givenName": "C" }), &json!(false))
    );
}

fn operation() -> impl Strategy<Value = Value> {
    let op = prop::sample::select(vec!["add", "replace", "remove", "Replace", "x"]);
    let path = prop::sample::select(vec![
        "userName",
        "name",
        "name.givenName",
        "emails",
        "emails[type eq \"work\"]",
        "emails[primary eq true].value",
        "emails.type",
        "id",
        "active",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
        "x[",
        "schemas",
        "meta.created",
        "",
    ]);
    let value = prop::sample::select(vec![
        json!(null),
        json!("x"),
        json!(true),
        json!([]),
        json!({}),
        json!([{ "value": "x", "primary": true }]),
        json!({ "givenName": "x" }),
        json!({ "value": "y", "type": 3 }),
        json!([[[]]]),
        json!({ "emails": { "primary": true } }),
    ]);
    (op, prop::option::of(path), prop::option::of(value)).prop_map(|(op, path, value)| {
        let mut operation = json!({ "op": op });
        if let Some(path) = path {
            operation["path"] = path.into();
        }
        if let Some(value) = value {
            operation["value"] = value;
        }
        operation
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn a_patch_is_done_as_a_whole_and_leaves_a_resource(operations in prop::collection::vec(operation(), 1..5)) {
        let before = examples::enterprise_user();
        let schema = ResourceSchema::user();
        if let Ok(after) = apply(&schema, &before, &body(&Value::Array(operations.clone()))) {
            prop_assert!(after["userName"].is_string());
            prop_assert_eq!(&after["id"], &before["id"]);
            let primaries = after["emails"].as_array().into_iter().flatten().filter(|e| e["primary"] == true).count();
            prop_assert!(primaries <= 1, "{}", after);
            // One bad operation at the end, and nothing is done.
            let mut spoiled = operations;
            spoiled.push(json!({ "op": "remove", "path": "id" }));
            prop_assert!(apply(&schema, &before, &body(&Value::Array(spoiled))).is_err());
        }
    }
}
