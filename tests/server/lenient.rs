//! What clients send that is not SCIM to the letter, as the endpoints take it.

use serde_json::{Value, json};

use crate::client::{ENTERPRISE, GROUP, Scim, USER, id};

#[tokio::test]
async fn texts_stand_for_booleans() {
    let scim = Scim::clean().await;
    let body = json!({
        "schemas": [USER],
        "userName": "ada@example.com",
        "active": "False",
        "roles": [{ "value": "r", "primary": "True" }],
    });
    let user = scim.post("/Users", &body).await.is(201);
    assert_eq!(
        (&user["active"], &user["roles"][0]["primary"]),
        (&json!(false), &json!(true))
    );
    let place = format!("/Users/{}", id(&user));
    let after = scim
        .patch(
            &place,
            json!([
                { "op": "Replace", "path": "active", "value": "TRUE" },
                { "op": "Replace", "path": "roles[primary eq \"True\"].value", "value": "s" },
            ]),
        )
        .await
        .is(200);
    assert_eq!(
        (&after["active"], &after["roles"][0]["value"]),
        (&json!(true), &json!("s"))
    );
    let after = scim
        .patch(
            &place,
            json!([{ "op": "replace", "value": { "active": "false" } }]),
        )
        .await
        .is(200);
    assert_eq!(after["active"], false);
    for wrong in [json!("maybe"), json!(""), json!(0)] {
        let operations = json!([{ "op": "replace", "path": "active", "value": wrong }]);
        scim.patch(&place, operations).await.is(400);
    }
}

#[tokio::test]
async fn a_manager_comes_in_each_shape_and_goes_by_an_empty_text() {
    let scim = Scim::clean().await;
    let boss = scim.user("boss@example.com").await;
    let place = format!("/Users/{}", scim.user("ada@example.com").await);
    let path = format!("{ENTERPRISE}:manager");
    for (value, left) in [
        (json!(boss), Some(&boss)),
        (json!(""), None),
        (json!([{ "value": boss }]), Some(&boss)),
        (json!({ "value": "" }), None),
        (json!({ "value": boss }), Some(&boss)),
    ] {
        let operations = json!([{ "op": "replace", "path": path, "value": value }]);
        let after = scim.patch(&place, operations).await.is(200);
        let manager = after
            .get(ENTERPRISE)
            .and_then(|extension| extension.get("manager"));
        assert_eq!(
            manager.and_then(|manager| manager["value"].as_str()),
            left.map(String::as_str),
            "{value}"
        );
    }
    let operations = json!([{ "op": "replace", "path": "name", "value": "Ada" }]);
    scim.patch(&place, operations).await.is(400);
}

#[tokio::test]
async fn names_with_dots_and_urns_in_a_value_are_paths() {
    let scim = Scim::clean().await;
    let place = format!("/Users/{}", scim.user("ada@example.com").await);
    let value =
        json!({ "name.givenName": "Augusta", format!("{ENTERPRISE}:department"): "Engines" });
    let after = scim
        .patch(&place, json!([{ "op": "replace", "value": value }]))
        .await
        .is(200);
    assert_eq!(
        (
            &after["name"]["givenName"],
            &after[ENTERPRISE]["department"]
        ),
        (&json!("Augusta"), &json!("Engines"))
    );
    assert!(after.get("name.givenName").is_none());
}

#[tokio::test]
async fn remove_with_values_removes_these() {
    let scim = Scim::clean().await;
    let mut ids = Vec::new();
    for name in ["a@example.com", "b@example.com", "c@example.com"] {
        ids.push(scim.user(name).await);
    }
    let members: Vec<Value> = ids.iter().map(|id| json!({ "value": id })).collect();
    let body = json!({
        "schemas": [GROUP, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
        "displayName": "G",
        "members": members,
    });
    let group = scim.post("/Groups", &body).await.is(201);
    let place = format!("/Groups/{}", id(&group));
    let operation =
        json!({ "op": "Remove", "path": "members", "value": [{ "$ref": null, "value": ids[0] }] });
    let after = scim
        .patch(&place, json!([operation, operation]))
        .await
        .is(200);
    let left: Vec<&Value> = after["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|member| &member["value"])
        .collect();
    assert_eq!(left, [&json!(ids[1]), &json!(ids[2])]);
}
