//! The part of the conversation that is about the protocol's own rules: methods, addresses, versions, media types,
//! preconditions, and what a PUT or DELETE leaves.

use serde_json::{Value, json};

use crate::client::{BULK, ENTERPRISE, PATCH_OP, SEARCH, USER, encode, id};
use crate::probe::Conversation;

const BADGE: &str = "urn:example:params:scim:schemas:extension:identification:1.0:User";

fn person(name: &str) -> Value {
    json!({
        "schemas": [USER],
        "userName": name,
        "name": { "givenName": "Ann", "familyName": "Lee" },
        "displayName": "Ann Lee",
        "emails": [{ "value": "ann@example.com", "type": "work", "primary": true }],
        "active": true,
    })
}

fn with(mut body: Value, name: &str, value: impl Into<Value>) -> Value {
    body[name] = value.into();
    body
}

pub(crate) async fn protocol(talk: &mut Conversation) {
    addresses(talk).await;
    media_types(talk).await;
    creates(talk).await;
    puts(talk).await;
    odd(talk).await;
    deletes(talk).await;
}

async fn addresses(talk: &mut Conversation) {
    for path in [
        "/Me",
        "/ServiceProviderConfig",
        "/ResourceTypes",
        "/ResourceTypes/User",
        "/Schemas",
        "/Schemas/urn%3Aietf%3Aparams%3Ascim%3Aschemas%3Acore%3A2.0%3AUser",
        "/Schemas/urn:ietf:params:scim:api:messages:2.0:ListResponse",
        "/Users?count=1000",
        "/Users?count=1&attributes=userName",
        "/Users?filter=emails.value%20pr&count=1",
        "/Entitlements?count=1",
    ] {
        talk.get(path).await;
    }
    for method in ["POST", "PUT"] {
        for path in ["/Me", "/Users"] {
            if method == "POST" || path == "/Users" {
                talk.send(method, path, &person("me@example.com")).await;
            }
        }
    }
    let search = json!({ "schemas": [SEARCH], "filter": "emails.value pr", "count": 1 });
    talk.send("POST", "/Users/.search", &search).await;
    let nobody: &[(&str, &str)] = &[("authorization", "")];
    let body = person("nobody@example.com");
    for (method, path) in [
        ("POST", "/Users/.search"),
        ("PUT", "/Users/x"),
        ("PATCH", "/Users/x"),
        ("DELETE", "/Users/x"),
    ] {
        talk.ask(method, path, nobody, Some(body.to_string())).await;
    }
    talk.ask("POST", "/Users", nobody, Some(body.to_string()))
        .await;
    talk.find("userName eq \"nobody@example.com\"").await;
    for path in ["/scim/v9/Users", "/scim/Users", "/scim/v1/Users"] {
        talk.get(&format!("origin:{path}")).await;
    }
    let bulk = json!({ "schemas": [BULK], "Operations": [
        { "method": "POST", "path": "/Users", "bulkId": "a", "data": person("me@example.com") },
        { "method": "POST", "path": "/Users", "bulkId": "b", "data": person("ME@example.com") },
    ] });
    talk.send("POST", "/Bulk", &bulk).await;
}

async fn media_types(talk: &mut Conversation) {
    let made = talk
        .send("POST", "/Users", &person("media@example.com"))
        .await;
    let place = format!("/Users/{}", id(&made));
    for accept in ["application/json", "text/csv"] {
        talk.ask("GET", &place, &[("accept", accept)], None).await;
    }
    talk.get(&format!("{place}.scim")).await;
    for (at, kind) in ["application/json", "text/plain", "application/scim+json"]
        .into_iter()
        .enumerate()
    {
        let name = format!("media{at}@example.com");
        let body = with(person(&name), "displayName", "Zo\u{eb}");
        talk.ask(
            "POST",
            "/Users",
            &[("content-type", kind)],
            Some(body.to_string()),
        )
        .await;
        talk.find(&format!("userName eq \"{name}\"")).await;
    }
}

async fn creates(talk: &mut Conversation) {
    let bodies = [
        with(
            person("a@example.com"),
            "meta",
            json!({ "resourceType": "Bogus" }),
        ),
        with(person("b@example.com"), "nickName", Value::Null),
        with(person("c@example.com"), "active", "notabool"),
        json!({ "schemas": [USER], "userName": "d@example.com" }),
        json!({ "schemas": [USER], "displayName": "nobody" }),
        with(person("e@example.com"), "emails", json!([null])),
        json!([]),
        with(person("f@example.com"), "displayName", "100%25"),
        person("Zo\u{eb}@example.com"),
        person("Zoe\u{308}@example.com"),
    ];
    for body in bodies {
        let made = talk.send("POST", "/Users", &body).await;
        if made["id"].is_string() {
            talk.get(&format!("/Users/{}", id(&made))).await;
        }
    }
    talk.find("userName eq \"Zoe\u{308}@example.com\"").await;
    talk.find("displayName eq \"100%25\"").await;
    let deep = format!("{{\"nickName\": {}{}}}", "[".repeat(70), "]".repeat(70));
    talk.ask("POST", "/Users", &[], Some(deep)).await;
}

async fn puts(talk: &mut Conversation) {
    let start = with(
        with(person("put@example.com"), "nickName", "Ann"),
        ENTERPRISE,
        json!({ "department": "Engines" }),
    );
    let start = with(start, "schemas", json!([USER, ENTERPRISE]));
    let made = talk.send("POST", "/Users", &start).await;
    let user = id(&made);
    let place = format!("/Users/{user}");
    let tag = made["meta"]["version"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    talk.get(&place).await;
    talk.get(&place).await;
    let list = format!("\"none\", {tag}");
    for tags in [tag.as_str(), list.as_str(), "\"none\""] {
        talk.ask("GET", &place, &[("if-none-match", tags)], None)
            .await;
    }
    let number = |number: &str| json!({ "badgeNumber": number });
    let badged = |value: &str| {
        let body = with(person("put@example.com"), "schemas", json!([USER, BADGE]));
        with(body, BADGE, number(value))
    };
    for body in [
        with(start.clone(), "groups", json!([{ "value": "written" }])),
        with(start.clone(), "nickName", "Annie"),
        with(start.clone(), "nickName", "Annie"),
        with(start.clone(), "nickName", Value::Null),
        with(start.clone(), "active", "x"),
        person("put@example.com"),
        with(person("put@example.com"), "userName", "a@example.com"),
        json!({ "schemas": [USER], "displayName": "nobody" }),
        badged("1"),
        badged("1"),
        badged("2"),
        with(person("put@example.com"), "id", "other-id"),
    ] {
        talk.send("PUT", &place, &body).await;
        talk.get(&place).await;
    }
    talk.ask("PUT", &place, &[], Some("{".to_owned())).await;
    talk.get(&place).await;
    for (tags, method) in [(tag.as_str(), "PUT"), ("*", "PUT"), (tag.as_str(), "PATCH")] {
        let body = if method == "PUT" {
            with(person("put@example.com"), "displayName", "By tag")
        } else {
            json!({ "schemas": [PATCH_OP], "Operations": [{ "op": "replace", "path": "title", "value": "T" }] })
        };
        talk.ask(
            method,
            &place,
            &[("if-match", tags)],
            Some(body.to_string()),
        )
        .await;
        talk.get(&place).await;
    }
    for (at, tags) in [None, Some("*")].into_iter().enumerate() {
        let name = format!("unknown{at}@example.com");
        let headers: Vec<(&str, &str)> = tags.map(|tags| ("if-match", tags)).into_iter().collect();
        talk.ask(
            "PUT",
            "/Users/unknown",
            &headers,
            Some(person(&name).to_string()),
        )
        .await;
        talk.find(&format!("userName eq \"{name}\"")).await;
    }
    for path in ["emails[type eq].value", "name..givenName", "nickName"] {
        let operations = json!([{ "op": "replace", "path": path, "value": "x" }]);
        talk.patch(&place, operations).await;
    }
    let made = talk.get(&place).await;
    let tag = made["meta"]["version"].as_str().unwrap_or_default();
    let write = |name: &str| {
        let body = with(person("put@example.com"), "displayName", name);
        let (scim, place) = (&talk.scim, &place);
        async move {
            let headers = [("if-match", tag)];
            let got = scim
                .ask("PUT", place, &headers, Some(body.to_string()))
                .await;
            got.status
        }
    };
    let (one, two) = tokio::join!(write("Left"), write("Right"));
    let mut statuses = [one, two];
    statuses.sort_unstable();
    talk.seen
        .push(("race of puts".to_owned(), format!("{statuses:?}")));
}

async fn odd(talk: &mut Conversation) {
    for query in [
        "count=many".to_owned(),
        "sortBy=%5B%5D".to_owned(),
        format!("filter={}", encode("userName eq \"a\0b\"")),
    ] {
        talk.get(&format!("/Users?{query}")).await;
    }
}

async fn deletes(talk: &mut Conversation) {
    let made = talk
        .send("POST", "/Users", &person("del@example.com"))
        .await;
    let user = id(&made);
    let group = json!({
        "schemas": [crate::client::GROUP],
        "displayName": "Deletes",
        "members": [{ "value": user }],
    });
    let group_made = talk.send("POST", "/Groups", &group).await;
    let group_id = id(&group_made);
    talk.send(
        "PUT",
        &format!("/Groups/{group_id}"),
        &with(group, "displayName", "Renamed"),
    )
    .await;
    talk.get(&format!("/Users/{group_id}")).await;
    talk.ask(
        "DELETE",
        &format!("/Users/{user}"),
        &[("if-match", "W/\"0\"")],
        None,
    )
    .await;
    talk.ask("DELETE", &format!("/Users/{user}"), &[], None)
        .await;
    talk.ask("DELETE", &format!("/Users/{user}"), &[], None)
        .await;
    talk.get(&format!("/Groups/{group_id}")).await;
    talk.send("PUT", &format!("/Users/{user}"), &person("del@example.com"))
        .await;
    talk.ask("DELETE", &format!("/Users/{group_id}"), &[], None)
        .await;
}
