//! What is asked about single attributes, references between resources, and what the server says of itself.

use serde_json::json;

use super::Conversation;
use crate::client::{BULK, ENTERPRISE, GROUP, SEARCH, USER, encode, id};

/// The discovery endpoints, asked as nobody usually does.
pub(super) async fn published(talk: &mut Conversation) {
    for path in [
        "/ServiceProviderConfig",
        "/ResourceTypes",
        "/Schemas",
        "/ResourceTypes/User",
        "/ResourceTypes/None",
        "/Schemas?attributes=name",
        "/Schemas?startIndex=2&count=1",
        "/Schemas?filter=name%20pr",
        "/Schemas/urn:example:none",
        "/Schemas/urn%3Aietf%3Aparams%3Ascim%3Aschemas%3Acore%3A2.0%3AGroup",
    ] {
        talk.get(path).await;
    }
    talk.get(&format!("/Schemas/{GROUP}")).await;
    talk.ask(
        "GET",
        "/ServiceProviderConfig",
        &[("authorization", "")],
        None,
    )
    .await;
    for path in [
        "/ServiceProviderConfig",
        "/ResourceTypes/User",
        "/Schemas/urn:example:none",
    ] {
        talk.send(
            "PUT",
            path,
            &json!({ "documentationUri": "https://example.com/" }),
        )
        .await;
    }
    let job = json!({ "schemas": [BULK], "Operations": [] });
    talk.send("POST", "/Bulk", &job).await;
    talk.get("/Users?sortBy=userName&count=3").await;
    let first = talk.get("/Users?count=1").await["Resources"][0].clone();
    let place = format!("/Users/{}", id(&first));
    talk.patch(
        &place,
        json!([{ "op": "replace", "path": "title", "value": "Lead" }]),
    )
    .await;
    talk.patch(
        &place,
        json!([{ "op": "replace", "path": "password", "value": "another long one" }]),
    )
    .await;
}

/// Users with values that servers trip over.
pub(super) async fn profiles(talk: &mut Conversation) {
    let odd = [
        json!({ "displayName": "x' OR '1'='1" }),
        json!({ "displayName": "x'; DROP" }),
        json!({ "displayName": "before\u{0}after" }),
        json!({ "userType": "Zebra", "active": false }),
        json!({ "profileUrl": "https://example.com/a/long/path/to/somebody", "timezone": "Europe/Berlin" }),
        json!({ "profileUrl": "nowhere" }),
        json!({ "preferredLanguage": "da, en;q=0.7", "locale": "es-419" }),
        json!({ "locale": "de_CH" }),
        json!({ "password": "a" }),
        json!({ "emails": [{ "value": "a+b@example.com", "type": "alumni", "display": "A" }] }),
        json!({ "emails": [{ "value": "a@example.com", "type": "home" }] }),
        json!({ "phoneNumbers": [{ "value": "tel:+1-201-555-0100", "type": "satellite" }] }),
        json!({ "ims": [{ "value": "ann", "type": "qq" }] }),
        json!({ "photos": [{ "value": "https://photos.example.com/A.jpg", "type": "photo" }] }),
        json!({ "addresses": [{ "locality": "A", "country": "US", "formatted": "1\n2" }] }),
        json!({ "addresses": [{ "country": "USA", "streetAddress": "1" }] }),
        json!({ "x509Certificates": [{ "value": "QUJD".repeat(10) }] }),
        json!({ "x509Certificates": [{ "value": "QUJD".repeat(250) }] }),
        json!({ ENTERPRISE: { "employeeNumber": "00417" } }),
    ];
    for (at, mut body) in odd.into_iter().enumerate() {
        body["schemas"] = json!([USER, ENTERPRISE]);
        body["userName"] = format!("odd{at}@example.com").into();
        let created = talk.send("POST", "/Users", &body).await;
        let place = format!("/Users/{}", id(&created));
        talk.get(&place).await;
        talk.get(&format!("{place}?attributes=password")).await;
    }
    let named = json!({ "schemas": [USER], "userName": "again@example.com", "displayName": "x' OR '1'='1" });
    let again = talk.send("POST", "/Users", &named).await;
    talk.find("userName eq \"x' OR '1'='1\"").await;
    talk.find("password eq \"a\"").await;
    let search = json!({ "schemas": [SEARCH], "count": 1, "attributes": ["password"] });
    talk.send("POST", "/Users/.search", &search).await;
    let place = format!("/Users/{}", id(&again));
    let mut body = named.clone();
    body["meta"] = json!({ "created": "2001-02-03T04:05:06Z" });
    talk.send("PUT", &place, &body).await;
    talk.get(&place).await;
    body["id"] = "another".into();
    talk.send("PUT", &place, &body).await;
    talk.send(
        "PUT",
        &place,
        &json!({ "schemas": [USER], "displayName": "No name" }),
    )
    .await;
}

/// References between resources.
pub(super) async fn references(talk: &mut Conversation) {
    let boss = json!({ "schemas": [USER], "userName": "boss@example.com", "displayName": "Boss" });
    let boss = id(&talk.send("POST", "/Users", &boss).await);
    let group =
        json!({ "schemas": [GROUP], "displayName": "Inner", "members": [{ "value": boss }] });
    let inner = id(&talk.send("POST", "/Groups", &group).await);
    let outer = json!({
        "schemas": [GROUP], "displayName": "Outer", "members": [{ "value": inner, "type": "Group" }],
    });
    let outer = id(&talk.send("POST", "/Groups", &outer).await);
    let user = json!({
        "schemas": [USER, ENTERPRISE],
        "userName": "led@example.com",
        "groups": [{ "value": inner }],
        ENTERPRISE: { "manager": { "value": boss, "displayName": "Fake" } },
    });
    let user = id(&talk.send("POST", "/Users", &user).await);
    for path in [
        format!("/Users/{boss}"),
        format!("/Users/{user}"),
        format!("/Groups/{inner}"),
        format!("/Groups/{outer}"),
    ] {
        talk.get(&path).await;
    }
    let place = format!("/Groups/{inner}");
    let path = format!("members[value eq \"{boss}\"].value");
    talk.patch(
        &place,
        json!([{ "op": "replace", "path": path, "value": user }]),
    )
    .await;
    talk.get(&place).await;
    let place = format!("/Users/{user}");
    talk.patch(
        &place,
        json!([{ "op": "add", "path": "groups", "value": [{ "value": outer }] }]),
    )
    .await;
    let name = format!("{ENTERPRISE}:manager.displayName");
    talk.patch(
        &place,
        json!([{ "op": "replace", "path": name, "value": "Fake" }]),
    )
    .await;
    let nobody =
        json!({ "schemas": [GROUP], "displayName": "Nobody", "members": [{ "type": "User" }] });
    talk.send("POST", "/Groups", &nobody).await;
    talk.get(&format!(
        "/Users?filter={}",
        encode("userName eq \"led@example.com\"")
    ))
    .await;
}
