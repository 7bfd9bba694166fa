//! SCIM 1.1 beside 2.0, on the same resources.

use serde_json::json;

use crate::client::{ENTERPRISE, Scim, USER, V1, id, user};

const V1_ENTERPRISE: &str = "urn:scim:schemas:extension:enterprise:1.0";

#[tokio::test]
async fn resource_has_the_form_of_each_version() {
    let scim = Scim::clean().await;
    let manager = scim.user("boss@example.com").await;
    let body = json!({
        "schemas": [V1, V1_ENTERPRISE],
        "userName": "grace@example.com",
        "name": { "givenName": "Grace", "familyName": "Hopper" },
        V1_ENTERPRISE: { "department": "Compilers", "manager": { "managerId": manager } },
    });
    let got = scim.post("v1:/Users", &body).await;
    let created = got.is(201);
    assert!(got.header("content-type").starts_with("application/json"));
    assert!(got.header("location").contains("/scim/v1/Users/"));
    assert_eq!(created["schemas"], json!([V1, V1_ENTERPRISE]));
    assert_eq!(
        created[V1_ENTERPRISE]["manager"]["managerId"],
        manager.as_str()
    );
    assert!(created["meta"].get("resourceType").is_none());
    assert!(!created.to_string().contains("$ref"));
    let in_v2 = scim.get(&format!("/Users/{}", id(&created))).await.is(200);
    assert_eq!(in_v2["schemas"], json!([USER, ENTERPRISE]));
    assert_eq!(in_v2[ENTERPRISE]["manager"]["value"], manager.as_str());
    assert_eq!(in_v2[ENTERPRISE]["manager"]["displayName"], "Ada Lovelace");
}

#[tokio::test]
async fn errors_are_those_of_1_1_with_a_detail() {
    let scim = Scim::clean().await;
    let unknown = scim.get("v1:/Users/00919288221112222").await.is(404);
    assert_eq!(unknown["Errors"][0]["code"], "404");
    assert_eq!(unknown["Errors"][0]["description"], unknown["detail"]);
    for filter in [
        "SOMEBODY@EXAMPLE.COM",
        "userName%20ne%20%22x%22",
        "not%20(userName%20pr)",
        "emails[type%20pr]",
    ] {
        scim.get(&format!("v1:/Users?filter={filter}"))
            .await
            .is(400);
    }
    let refused = scim
        .ask("GET", "v1:/Users", &[("authorization", "non-token")], None)
        .await
        .is(401);
    assert_eq!(refused["Errors"][0]["code"], "401");
    scim.get("v1:/Me").await.is(404);
}

#[tokio::test]
async fn partial_resource_is_merged_and_members_are_deleted() {
    let scim = Scim::clean().await;
    let (one, two) = (
        scim.user("one@example.com").await,
        scim.user("two@example.com").await,
    );
    let place = format!("v1:/Users/{one}");
    let change = json!({ "schemas": [V1], "title": "Admiral", "active": false, "meta": { "attributes": ["displayName"] } });
    let after = scim
        .ask("PATCH", &place, &[], Some(change.to_string()))
        .await
        .is(200);
    assert_eq!(
        (&after["title"], &after["active"]),
        (&json!("Admiral"), &json!(false))
    );
    assert!(after.get("displayName").is_none());
    let group = json!({ "schemas": [V1], "displayName": "Navy", "members": [{ "value": one }, { "value": two }] });
    let team = format!(
        "v1:/Groups/{}",
        id(&scim.post("v1:/Groups", &group).await.is(201))
    );
    let removal = json!({ "schemas": [V1], "members": [{ "value": one, "operation": "delete" }] });
    scim.ask(
        "POST",
        &team,
        &[("x-http-method-override", "PATCH")],
        Some(removal.to_string()),
    )
    .await
    .is(200);
    let members = scim.get(&team).await.is(200)["members"].clone();
    assert_eq!(members.as_array().unwrap().len(), 1);
    assert_eq!(members[0]["value"], two.as_str());
}

#[tokio::test]
async fn replaced_and_deleted() {
    let scim = Scim::clean().await;
    let place = format!("v1:/Users/{}", scim.user("one@example.com").await);
    let mut body = user("one@example.com");
    body["schemas"] = json!([V1]);
    body["displayName"] = "Other".into();
    assert_eq!(
        scim.put(&place, &body).await.is(200)["displayName"],
        "Other"
    );
    scim.delete(&place).await.is(200);
    scim.get(&place).await.is(404);
}
