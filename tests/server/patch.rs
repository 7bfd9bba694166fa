//! PATCH as the endpoints apply it: whole, or not at all (RFC 7644 §3.5.2). The rules themselves are tested beside them.

use serde_json::json;

use crate::client::{ENTERPRISE, PATCH_OP, Scim};

#[tokio::test]
async fn operations_apply_in_order_and_the_answer_is_the_resource() {
    let scim = Scim::clean().await;
    let place = format!("/Users/{}", scim.user("ada@example.com").await);
    let got = scim
        .patch(&place, json!([
            { "op": "add", "path": "nickName", "value": "one" },
            { "op": "Replace", "path": "nickName", "value": "two" },
            { "op": "replace", "value": { "title": "Countess", "name": { "givenName": "Augusta" } } },
            { "op": "add", "path": "emails", "value": [{ "value": "b@example.com", "type": "home", "primary": true }] },
            { "op": "replace", "path": "emails[type eq \"work\"].value", "value": "w@example.com" },
            { "op": "add", "path": format!("{ENTERPRISE}:department"), "value": "Engines" },
            { "op": "remove", "path": "displayName" },
        ]))
        .await;
    let after = got.is(200);
    assert_eq!(after, scim.get(&place).await.is(200));
    assert_eq!(
        (&after["nickName"], &after["title"]),
        (&json!("two"), &json!("Countess"))
    );
    assert_eq!(
        after["name"],
        json!({ "givenName": "Augusta", "familyName": "Lovelace" })
    );
    assert_eq!(after["emails"][0]["value"], "w@example.com");
    assert_ne!(after["emails"][0]["primary"], true);
    assert!(
        after["schemas"]
            .as_array()
            .unwrap()
            .contains(&json!(ENTERPRISE))
    );
    assert!(after.get("displayName").is_none());
}

#[tokio::test]
async fn wrong_operation_undoes_the_others() {
    let scim = Scim::clean().await;
    let place = format!("/Users/{}", scim.user("ada@example.com").await);
    let before = scim.get(&place).await;
    let good = json!({ "op": "replace", "path": "nickName", "value": "x" });
    for (wrong, scim_type) in [
        (
            json!({ "op": "replace", "path": "active", "value": "maybe" }),
            "invalidValue",
        ),
        (
            json!({ "op": "replace", "path": "id", "value": "x" }),
            "mutability",
        ),
        (json!({ "op": "remove", "path": "userName" }), "mutability"),
        (json!({ "op": "remove" }), "noTarget"),
        (
            json!({ "op": "replace", "path": "emails[type eq \"none\"].value", "value": "x" }),
            "noTarget",
        ),
        (
            json!({ "op": "replace", "path": "emails[", "value": "x" }),
            "invalidPath",
        ),
        (
            json!({ "op": "upsert", "path": "nickName", "value": "x" }),
            "invalidSyntax",
        ),
    ] {
        scim.patch(&place, json!([good, wrong, good]))
            .await
            .is_error(400, Some(scim_type));
        let after = scim.get(&place).await;
        assert_eq!(
            (after.text, after.headers["etag"].clone()),
            (before.text.clone(), before.headers["etag"].clone())
        );
    }
    let body = json!({ "Operations": [good] }).to_string();
    scim.ask("PATCH", &place, &[], Some(body))
        .await
        .is_error(400, Some("invalidSyntax"));
}

#[tokio::test]
async fn nothing_changed_leaves_version_and_time() {
    let scim = Scim::clean().await;
    let ident = scim.user("ada@example.com").await;
    let place = format!("/Groups/{}", scim.group("Team", &[&ident]).await);
    let before = scim.get(&place).await.text;
    let add = json!([{ "op": "add", "path": "members", "value": [{ "value": ident }] }]);
    scim.patch(&place, add).await.is(200);
    scim.patch(
        &place,
        json!([{ "op": "remove", "path": "members[value eq \"nobody\"]" }]),
    )
    .await;
    assert_eq!(scim.get(&place).await.text, before);
}

#[tokio::test]
async fn okta_pushes_groups() {
    let scim = Scim::clean().await;
    let (one, two) = (
        scim.user("one@example.com").await,
        scim.user("two@example.com").await,
    );
    let team = scim.group("Team", &[]).await;
    let place = format!("/Groups/{team}");
    let members = async || {
        let group = scim.get(&place).await.is(200);
        group["members"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| one["value"].clone())
            .collect::<Vec<_>>()
    };
    let rename =
        json!([{ "op": "replace", "value": { "id": team, "displayName": "Team of two" } }]);
    scim.patch(&place, rename).await.is(200);
    let value = json!([{ "value": one, "display": "one@example.com" }, { "value": two, "display": "two@example.com" }]);
    scim.patch(
        &place,
        json!([{ "op": "add", "path": "members", "value": value }]),
    )
    .await
    .is(200);
    assert_eq!(members().await, [json!(one), json!(two)]);
    scim.patch(
        &place,
        json!([{ "op": "remove", "path": format!("members[value eq \"{one}\"]") }]),
    )
    .await
    .is(200);
    assert_eq!(members().await, [json!(two)]);
    scim.patch(
        &place,
        json!([{ "op": "replace", "path": "members", "value": [] }]),
    )
    .await
    .is(200);
    assert!(members().await.is_empty());
    let body = json!({ "schemas": [PATCH_OP], "Operations": [] }).to_string();
    scim.ask("PATCH", &place, &[], Some(body))
        .await
        .is_error(400, Some("invalidSyntax"));
}
