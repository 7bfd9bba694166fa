use proptest::prelude::*;
use serde_json::{Value, json};

use super::differences;
use crate::scim::examples;
use crate::scim::resource::ResourceSchema;
use crate::scim::urn;

fn paths(wanted: &Value, got: &Value) -> Vec<String> {
    differences(&ResourceSchema::user(), wanted, got)
        .into_iter()
        .map(|difference| difference.path)
        .collect()
}

#[test]
fn what_a_server_may_do_is_no_difference() {
    for (wanted, got) in [
        (
            json!({ "userName": "A@example.com" }),
            json!({ "username": "a@EXAMPLE.com", "id": "1", "meta": {} }),
        ),
        (json!({ "nickName": null, "emails": [] }), json!({})),
        (json!({ "nickName": null }), json!({ "nickName": "x" })),
        (json!({ "password": "x" }), json!({})),
        (
            json!({ "id": "client", "groups": [{ "value": "1" }], "meta": { "created": "x" } }),
            json!({ "id": "server" }),
        ),
        (
            json!({ "emails": [{ "value": "a", "primary": false }] }),
            json!({ "emails": [{ "value": "a" }] }),
        ),
        (
            json!({ "emails": [{ "value": "a" }] }),
            json!({ "emails": [{ "value": "a", "type": "work", "primary": true }] }),
        ),
        (
            json!({ "emails": [{ "value": "a" }, { "value": "b" }] }),
            json!({ "emails": [{ "value": "b" }, { "value": "a" }] }),
        ),
        // The first fits both, the second only one.
        (
            json!({ "emails": [{ "type": "work" }, { "value": "a", "type": "work" }] }),
            json!({ "emails": [{ "value": "a", "type": "work" }, { "value": "b", "type": "work" }] }),
        ),
        (
            json!({ "schemas": [urn::USER, urn::ENTERPRISE_USER] }),
            json!({ "schemas": [urn::USER.to_lowercase()] }),
        ),
        (json!({ "unknown": 1 }), json!({})),
        (
            json!({ "phoneNumbers": [{ "value": "+1-201-555-0123" }] }),
            json!({ "phoneNumbers": [{ "value": "tel:+12015550123" }] }),
        ),
        (
            json!({ "x509Certificates": [{ "value": "YW\nI=" }] }),
            json!({ "x509Certificates": [{ "value": "YWI" }] }),
        ),
        (
            json!({ urn::ENTERPRISE_USER: { "manager": { "value": "1", "$ref": "../Users/1", "displayName": "no" } } }),
            json!({ urn::ENTERPRISE_USER.to_uppercase(): { "manager": { "value": "1", "$ref": "https://x.org/v2/Users/1" } } }),
        ),
    ] {
        assert_eq!(
            differences(&ResourceSchema::user(), &wanted, &got),
            [],
            "{wanted} {got}"
        );
    }
}

#[test]
fn what_got_lost_or_altered_is_named() {
    for (wanted, got, expected) in [
        (
            json!({ "userName": "a" }),
            json!({ "userName": "b" }),
            vec!["userName"],
        ),
        (
            json!({ "externalId": "a" }),
            json!({ "externalId": "A" }),
            vec!["externalId"],
        ),
        (
            json!({ "userName": "a" }),
            json!({ "userName": null }),
            vec!["userName"],
        ),
        (json!({ "active": false }), json!({}), vec!["active"]),
        (
            json!({ "active": true }),
            json!({ "active": "true" }),
            vec!["active"],
        ),
        (
            json!({ "name": { "givenName": "a", "familyName": "b" } }),
            json!({ "name": { "givenName": "a" } }),
            vec!["name.familyName"],
        ),
        (
            json!({ "name": { "givenName": "a" } }),
            json!({ "name": "a" }),
            vec!["name"],
        ),
        (
            json!({ "name": { "givenName": "a" } }),
            json!({}),
            vec!["name.givenName"],
        ),
        (
            json!({ "emails": [{ "value": "a" }] }),
            json!({}),
            vec!["emails"],
        ),
        (
            json!({ "emails": [{ "value": "a" }] }),
            json!({ "emails": { "value": "a" } }),
            vec!["emails"],
        ),
        (
            json!({ "emails": [{ "value": "a", "type": "work" }] }),
            json!({ "emails": [{ "value": "a", "type": "home" }] }),
            vec!["emails[0].type"],
        ),
        (
            json!({ "emails": [{ "value": "a" }] }),
            json!({ "emails": [{ "value": "a" }, { "value": "old" }] }),
            vec!["emails[1]"],
        ),
        (
            json!({ "emails": [{ "value": "a" }, { "value": "a" }] }),
            json!({ "emails": [{ "value": "a" }] }),
            vec!["emails[1]"],
        ),
        (
            json!({ "schemas": [urn::USER] }),
            json!({ "schemas": [] }),
            vec!["schemas"],
        ),
        (
            json!({ "unknown": 1 }),
            json!({ "unknown": 2 }),
            vec!["unknown"],
        ),
        (
            json!({ "schemas": [urn::USER, urn::ENTERPRISE_USER], urn::ENTERPRISE_USER: { "department": "d" } }),
            json!({ "schemas": [urn::USER] }),
            vec![
                "schemas",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
            ],
        ),
        (json!({ "userName": "a" }), json!([]), vec![""]),
    ] {
        assert_eq!(paths(&wanted, &got), expected, "{wanted} {got}");
    }
}

fn user() -> impl Strategy<Value = Value> {
    let text = || prop::sample::select(vec!["a", "A", "b", "c"]);
    let email = (text(), prop::sample::select(vec!["work", "home"]));
    (text(), text(), any::<bool>(), prop::collection::vec(email, 1..4)).prop_map(|(user, given, active, emails)| {
        let emails: Vec<Value> = emails.iter().map(|(value, kind)| json!({ "value": value, "type": kind })).collect();
        json!({ "userName": user, "name": { "givenName": given }, "active": active, "emails": emails })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn of_full_representations_equality_goes_both_ways(a in user(), b in user()) {
        prop_assert_eq!(paths(&a, &b).is_empty(), paths(&b, &a).is_empty(), "{} {}", a, b);
        prop_assert!(paths(&a, &a).is_empty());
    }

    #[test]
    fn the_order_of_values_means_nothing(a in user(), swap in 0_usize..3) {
        let mut b = a.clone();
        let emails = b["emails"].as_array_mut().unwrap();
        let length = emails.len();
        emails.rotate_left(swap % length);
        prop_assert!(paths(&a, &b).is_empty());
    }
}

#[test]
fn each_example_is_equal_to_itself() {
    let user = examples::enterprise_user();
    assert!(paths(&user, &user).is_empty());
    let group = examples::group();
    assert_eq!(differences(&ResourceSchema::group(), &group, &group), []);
}
