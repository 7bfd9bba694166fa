//! The part of the conversation that is about values of all types, and what every resource has.

use serde_json::{Value, json};

use crate::client::{ENTERPRISE, GROUP, USER, encode, id};
use crate::probe::Conversation;

const ASSET: &str = "urn:example:params:scim:schemas:asset:1.0:Asset";

/// Users, groups and assets with values of all types, written and read.
pub(crate) async fn values(talk: &mut Conversation) {
    for path in ["/Schemas", "/ResourceTypes", "/ServiceProviderConfig"] {
        talk.get(path).await;
    }
    let user = users(talk).await;
    unassigned(talk, &user).await;
    groups(talk, &user).await;
    assets(talk).await;
}

async fn users(talk: &mut Conversation) -> Value {
    let body = json!({
        "schemas": [USER, ENTERPRISE, USER],
        "userName": "values@example.com",
        "name": { "givenName": "Ann", "middleName": "Bo", "familyName": "Lee" },
        "displayName": "Ann \u{1f408} Lee",
        "nickName": "0042",
        "title": "Head",
        "userType": "Visitor",
        "active": false,
        "employeeNumber": "7",
        "profileUrl": "https://example.com/Ann",
        "emails": [
            { "type": "billing", "value": "ann+tag@example.com", "primary": true },
            { "value": "ann@example.com", "type": "work" },
            { "value": "ann@example.com", "type": "home" },
            { "value": "ann@example.com", "type": "home" },
        ],
        "ims": [{ "value": "ann", "type": "aim" }],
        ENTERPRISE: { "department": "Kites" },
    });
    let user = talk.send("POST", "/Users", &body).await;
    for (name, members) in [
        (
            "last",
            json!({ "schemas": [USER], "userName": "b", "nickName": "0042" }),
        ),
        ("bare", json!({ "userName": "c" })),
        (
            "empty",
            json!({ "schemas": [USER], "userName": "d", "title": "" }),
        ),
        (
            "null",
            json!({ "schemas": [USER], "userName": "e", "title": null }),
        ),
        (
            "late",
            json!({ "userName": "f", "schemas": [USER], "emails": [{ "value": "f" }] }),
        ),
        (
            "two",
            json!({ "schemas": [USER], "userName": "g", "emails": [
            { "value": "g", "primary": true }, { "value": "h", "primary": true },
        ] }),
        ),
    ] {
        talk.send("POST", &format!("/Users?{name}"), &members).await;
    }
    let place = format!("/Users/{}", id(&user));
    talk.get(&place).await;
    for filter in [
        format!("id eq \"{}\"", id(&user).to_uppercase()),
        "emails.value eq \"ann@example.com\"".to_owned(),
        "nickName sw \"00\"".to_owned(),
        "title eq \"HEAD\"".to_owned(),
    ] {
        talk.find(&filter).await;
    }
    let version = user["meta"]["version"].as_str().unwrap_or_default();
    let other_case = version.to_uppercase();
    let body = json!({ "schemas": [USER], "userName": "values@example.com", "nickName": "Annie" });
    let headers = [("if-match", other_case.as_str())];
    talk.ask("PUT", &place, &headers, Some(body.to_string()))
        .await;
    user
}

async fn unassigned(talk: &mut Conversation, user: &Value) {
    let place = format!("/Users/{}", id(user));
    let operation =
        |path: &str, value: Value| json!([{ "op": "replace", "path": path, "value": value }]);
    talk.patch(&place, operation("DISPLAYNAME", json!("Ann")))
        .await;
    talk.patch(&place, operation("nickName", json!("Annie")))
        .await;
    talk.patch(&place, operation("nickName", Value::Null)).await;
    talk.patch(&place, operation("nickName", json!("Annie")))
        .await;
    let emails = json!([{ "value": "a" }]);
    let before = json!({
        "schemas": [USER], "userName": "v", "nickName": "A", "emails": emails, "password": "t1meMa$heen",
    });
    talk.send("PUT", &place, &before).await;
    let after = json!({ "schemas": [USER], "userName": "v", "nickName": null, "emails": [] });
    talk.send("PUT", &place, &after).await;
    talk.get(&place).await;
}

async fn groups(talk: &mut Conversation, user: &Value) {
    let member =
        |id: &str| json!({ "schemas": [GROUP], "displayName": "G", "members": [{ "value": id }] });
    talk.send(
        "POST",
        "/Groups",
        &member("00000000-0000-4000-8000-000000000000"),
    )
    .await;
    talk.send("POST", "/Groups", &member(&id(user))).await;
    talk.get(&format!("/Users/{}", id(user))).await;
}

async fn assets(talk: &mut Conversation) {
    let body = json!({
        "schemas": [ASSET],
        "externalId": "a-1",
        "displayName": "Drill",
        "inventoryNumber": "inv-1",
        "serialNumber": "s-1",
        "condition": "new",
        "leased": false,
        "units": 0,
        "weight": 1.5,
        "purchased": "2024-06-01T00:30:00+02:00",
        "picture": "c2NpbWl0YXI",
        "manual": "https://example.com/Drill",
        "unlockCode": "1234",
        "notes": "Heavy",
        "labels": ["one", "two"],
        "inspections": ["2024-06-01T00:30:00Z"],
        "dimensions": { "width": 1.5, "height": 2.5 },
        "contacts": [{ "value": "ann", "display": "Ann", "type": "keeper" }],
    });
    let asset = talk.send("POST", "/Assets", &body).await;
    talk.send("POST", "/Assets", &body).await;
    let place = format!("/Assets/{}", id(&asset));
    for query in [
        "",
        "?attributes=notes",
        "?attributes=unlockCode",
        "?attributes=labels",
    ] {
        talk.get(&format!("{place}{query}")).await;
    }
    let mut other = body.clone();
    other["serialNumber"] = json!("s-2");
    talk.send("PUT", &place, &other).await;
    let mut same = body;
    same["unlockCode"] = json!("5678");
    same["units"] = json!(10);
    talk.send("PUT", &place, &same).await;
    for filter in [
        "units gt 9",
        "weight lt 10",
        "purchased lt \"2024-05-31T23:00:00Z\"",
        "inventoryNumber eq \"INV-1\"",
    ] {
        talk.get(&format!("/Assets?filter={}", encode(filter)))
            .await;
    }
}
