//! Create, read, replace, delete (RFC 7644 §3.3 to §3.6), and what a resource looks like.

use serde_json::{Value, json};

use crate::client::{ENTERPRISE, GROUP, Scim, USER, encode, id, user};

#[tokio::test]
async fn created_user_is_read_back_as_sent() {
    let scim = Scim::clean().await;
    let mut body = user("Ada \"the\" O'Brien+tag@exämple.com");
    body["schemas"] = json!([USER, ENTERPRISE]);
    body["externalId"] = "Ext-ÄÖ-1".into();
    body["password"] = "correct horse".into();
    body["id"] = "mine".into();
    body["meta"] = json!({ "location": "http://example.com/" });
    body[ENTERPRISE] = json!({ "department": "Engines", "manager": { "value": "26118915-6090-4610-87e4-49d8ca9f808d" } });
    let got = scim.post("/Users", &body).await;
    let created = got.is(201);
    assert_eq!(got.header("location"), created["meta"]["location"]);
    assert_eq!(got.header("etag"), created["meta"]["version"]);
    assert_ne!(created["id"], "mine");
    assert!(created.get("password").is_none());
    let read = scim.get(&format!("/Users/{}", id(&created))).await;
    assert_eq!(read.header("content-location"), created["meta"]["location"]);
    assert_eq!(read.is(200), created);
    for name in [
        "userName",
        "name",
        "emails",
        "displayName",
        "active",
        "externalId",
        ENTERPRISE,
    ] {
        assert_eq!(created[name], body[name], "{name}");
    }
    assert_eq!(created["meta"]["created"], created["meta"]["lastModified"]);
    let filter = format!("userName eq {}", body["userName"])
        .to_uppercase()
        .replace("USERNAME EQ", "userName eq");
    let found = scim.find("/Users", &filter).await.is(200);
    assert_eq!(found["Resources"], json!([created]), "{filter}");
}

#[tokio::test]
async fn taken_user_name_is_refused_whatever_its_case() {
    let scim = Scim::clean().await;
    scim.user("Ada@example.com").await;
    for name in ["Ada@example.com", "ADA@EXAMPLE.COM"] {
        scim.post("/Users", &user(name))
            .await
            .is_error(409, Some("uniqueness"));
    }
    let other = scim.user("other@example.com").await;
    scim.put(&format!("/Users/{other}"), &user("ada@example.com"))
        .await
        .is_error(409, Some("uniqueness"));
    let rename = json!([{ "op": "replace", "path": "userName", "value": "ada@EXAMPLE.com" }]);
    scim.patch(&format!("/Users/{other}"), rename)
        .await
        .is_error(409, Some("uniqueness"));
    scim.put(&format!("/Users/{other}"), &user("OTHER@example.com"))
        .await
        .is(200);
}

#[tokio::test]
async fn unknown_ids_of_every_shape_are_404() {
    let scim = Scim::clean().await;
    let group = id(&scim.get("/Groups?count=1").await.is(200)["Resources"][0]);
    for id in [
        "010101001010101011001010101011",
        "00919288221112222",
        "26118915-6090-4610-87e4-49d8ca9f808d",
        "%25%00%FF",
        "%F0%9F%A6%80",
        "a%2Fb",
        "-1",
        &group,
        &"x".repeat(3000),
    ] {
        let place = format!("/Users/{id}");
        scim.get(&place).await.is_error(404, None);
        scim.put(&place, &user("x@example.com"))
            .await
            .is_error(404, None);
        scim.patch(
            &place,
            json!([{ "op": "replace", "path": "active", "value": false }]),
        )
        .await
        .is_error(404, None);
        scim.delete(&place).await.is_error(404, None);
    }
}

#[tokio::test]
async fn wrong_bodies_are_refused_and_change_nothing() {
    let scim = Scim::clean().await;
    let count = async || scim.get("/Users?count=0").await.is(200)["totalResults"].clone();
    let before = count().await;
    for (text, status, scim_type) in [
        ("", 400, Some("invalidSyntax")),
        ("{", 400, Some("invalidSyntax")),
        ("[]", 400, Some("invalidSyntax")),
        ("{\"userName\":\"a@b.c\"}", 400, Some("invalidSyntax")),
        (
            &json!({ "schemas": [USER] }).to_string(),
            400,
            Some("invalidValue"),
        ),
        (
            &json!({ "schemas": [USER], "userName": "" }).to_string(),
            400,
            Some("invalidValue"),
        ),
        (
            &json!({ "schemas": [USER], "userName": 7 }).to_string(),
            400,
            Some("invalidValue"),
        ),
        (
            &json!({ "schemas": [USER], "userName": "a@b.c", "emails": "x" }).to_string(),
            400,
            Some("invalidValue"),
        ),
        (
            &format!("{}1{}", "[".repeat(5000), "]".repeat(5000)),
            400,
            Some("invalidSyntax"),
        ),
        (&format!("\"{}\"", "a".repeat(1_100_000)), 413, None),
    ] {
        let got = scim.ask("POST", "/Users", &[], Some(text.to_owned())).await;
        let start: String = text.chars().take(60).collect();
        assert_eq!(got.status, status, "{start} {}", got.text);
        got.is_error(status, scim_type);
    }
    for kind in [
        "text/plain",
        "application/xml",
        "application/json; charset=latin1",
    ] {
        let body = user("x@example.com").to_string();
        scim.ask("POST", "/Users", &[("content-type", kind)], Some(body))
            .await
            .is_error(415, None);
    }
    assert_eq!(count().await, before);
}

#[tokio::test]
async fn replace_replaces_and_leaves_what_is_read_only() {
    let scim = Scim::clean().await;
    let place = format!("/Users/{}", scim.user("ada@example.com").await);
    scim.patch(
        &place,
        json!([{ "op": "add", "value": { "title": "Countess", "active": false } }]),
    )
    .await
    .is(200);
    let before = scim.get(&place).await.is(200);
    let mut body = before.clone();
    body["name"] = json!({ "familyName": "King" });
    body["meta"] = json!({ "created": "1999-01-01T00:00:00Z" });
    body["groups"] = json!([{ "value": "x" }]);
    body.as_object_mut().unwrap().remove("title");
    body.as_object_mut().unwrap().remove("active");
    let got = scim.put(&place, &body).await;
    let after = got.is(200);
    assert_eq!(after["name"], json!({ "familyName": "King" }));
    assert_eq!(after["id"], before["id"]);
    assert_eq!(after["meta"]["created"], before["meta"]["created"]);
    assert_ne!(after["meta"]["version"], before["meta"]["version"]);
    assert_eq!(
        after["active"], false,
        "nobody is reactivated by leaving active out"
    );
    assert!(after.get("title").is_none() && after.get("groups").is_none());
    assert_eq!(scim.get(&place).await.is(200), after);
    let same = scim.put(&place, &after).await.is(200);
    assert_eq!(same, after, "a PUT that changes nothing leaves the version");
}

#[tokio::test]
async fn deactivated_user_stays_readable_and_deleted_one_is_gone() {
    let scim = Scim::clean().await;
    let ident = scim.user("ada@example.com").await;
    let (place, team) = (
        format!("/Users/{ident}"),
        scim.group("Team", &[&ident]).await,
    );
    for body in [
        json!([{ "op": "replace", "value": { "active": false } }]),
        json!([{ "op": "Replace", "path": "active", "value": false }]),
    ] {
        scim.patch(&place, body).await.is(200);
        assert_eq!(scim.get(&place).await.is(200)["active"], false);
    }
    assert_eq!(
        scim.find("/Users", "userName eq \"ada@example.com\"")
            .await
            .is(200)["totalResults"],
        1
    );
    assert_eq!(
        scim.get(&place).await.is(200)["groups"][0]["display"],
        "Team"
    );
    let gone = scim.delete(&place).await;
    gone.is(204);
    assert!(gone.text.is_empty());
    scim.get(&place).await.is_error(404, None);
    scim.delete(&place).await.is_error(404, None);
    assert!(
        scim.get(&format!("/Groups/{team}"))
            .await
            .is(200)
            .get("members")
            .is_none()
    );
    assert_eq!(
        scim.find("/Users", "userName eq \"ada@example.com\"")
            .await
            .is(200)["totalResults"],
        0
    );
    scim.user("ada@example.com").await;
}

#[tokio::test]
async fn versions_guard_reads_and_writes() {
    let scim = Scim::clean().await;
    let place = format!("/Users/{}", scim.user("ada@example.com").await);
    let first = scim.get(&place).await.header("etag").to_owned();
    let unchanged = scim
        .ask(
            "GET",
            &place,
            &[("if-none-match", &format!("\"x\", {first}"))],
            None,
        )
        .await;
    assert_eq!((unchanged.status, unchanged.text.as_str()), (304, ""));
    let body = user("ada@example.org").to_string();
    scim.ask("PUT", &place, &[("if-match", &first)], Some(body.clone()))
        .await
        .is(200);
    scim.ask("PUT", &place, &[("if-match", &first)], Some(body.clone()))
        .await
        .is_error(412, None);
    scim.ask("DELETE", &place, &[("if-match", &first)], None)
        .await
        .is_error(412, None);
    scim.ask("GET", &place, &[("if-none-match", &first)], None)
        .await
        .is(200);
    scim.ask("PUT", &place, &[("if-match", "*")], Some(body))
        .await
        .is(200);
}

#[tokio::test]
async fn memberships_show_on_both_sides_and_through_nested_groups() {
    let scim = Scim::clean().await;
    let ident = scim.user("ada@example.com").await;
    let inner = scim.group("Inner", &[&ident]).await;
    let outer = scim.group("Outer", &[&inner]).await;
    let groups = scim.get(&format!("/Users/{ident}")).await.is(200)["groups"].clone();
    let seen: Vec<(&Value, &Value)> = groups
        .as_array()
        .unwrap()
        .iter()
        .map(|group| (&group["value"], &group["type"]))
        .collect();
    assert_eq!(
        seen,
        [
            (&json!(inner), &json!("direct")),
            (&json!(outer), &json!("indirect"))
        ]
    );
    let members = scim.get(&format!("/Groups/{outer}")).await.is(200)["members"].clone();
    assert_eq!(members[0]["type"], "Group");
    assert!(
        members[0]["$ref"]
            .as_str()
            .unwrap()
            .ends_with(&format!("/Groups/{inner}"))
    );
    let body =
        json!({ "schemas": [GROUP], "displayName": "Wrong", "members": [{ "value": "nobody" }] });
    scim.post("/Groups", &body)
        .await
        .is_error(400, Some("invalidValue"));
}

#[tokio::test]
async fn me_stands_for_a_user() {
    let scim = Scim::clean().await;
    let got = scim.get("/Me").await;
    let me = got.is(200);
    assert_eq!(got.header("location"), me["meta"]["location"]);
    scim.patch(
        "/Me",
        json!([{ "op": "replace", "path": "title", "value": "Me" }]),
    )
    .await
    .is(200);
    assert_eq!(
        scim.get(&format!("/Users/{}", id(&me))).await.is(200)["title"],
        "Me"
    );
    assert_eq!(scim.post("/Me", &user("x@example.com")).await.status, 405);
}

#[tokio::test]
async fn seeded_resources_are_what_okta_wants_and_the_same_for_a_seed() {
    let (one, other) = (Scim::clean().await, Scim::clean().await);
    let list = |scim: &Scim| {
        let (get, host) = (
            scim.client
                .get(format!("{}/Users", scim.server.base_url_v2())),
            scim.server.address().to_string(),
        );
        let token = scim.server.token().to_owned();
        async move {
            let text = get
                .bearer_auth(token)
                .send()
                .await
                .unwrap()
                .text()
                .await
                .unwrap();
            let mut list: Value = serde_json::from_str(&text.replace(&host, "HOST")).unwrap();
            for user in list["Resources"].as_array_mut().unwrap() {
                user.as_object_mut().unwrap().remove("meta");
            }
            list
        }
    };
    assert_eq!(list(&one).await, list(&other).await);
    let users = one.get("/Users").await.is(200);
    assert!(users["totalResults"].as_u64().unwrap() >= 3);
    for user in users["Resources"].as_array().unwrap() {
        for path in [
            "/name/givenName",
            "/name/familyName",
            "/emails/0/value",
            "/active",
            "/userName",
        ] {
            assert!(user.pointer(path).is_some(), "{path} {user}");
        }
        assert!(encode(user["userName"].as_str().unwrap()).len() > 5);
    }
    assert!(
        one.get("/Groups").await.is(200)["Resources"][0]["members"]
            .as_array()
            .unwrap()
            .len()
            >= 3
    );
}

#[tokio::test]
async fn reset_brings_the_start_back() {
    let scim = Scim::clean().await;
    let start = scim.get("/Users").await.text;
    scim.user("ada@example.com").await;
    assert_ne!(scim.get("/Users").await.text, start);
    scim.server.reset();
    assert_eq!(
        scim.get("/Users").await.is(200)["totalResults"],
        serde_json::from_str::<Value>(&start).unwrap()["totalResults"]
    );
}
