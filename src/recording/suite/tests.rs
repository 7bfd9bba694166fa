use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{Recording, suite};
use crate::record::Header;
use crate::recording::{Answer, Content, Exchange, Message};
use crate::suite::{Library, Loader};

const BASE: &str = "https://app.example/scim/v2";
const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/// A recording as it grows: one exchange a second.
#[derive(Default)]
struct Recorded(Vec<Arc<Exchange>>);

fn message(body: &Value, headers: &[(&str, &str)]) -> Message {
    let text = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let mut all = vec![
        ("accept", "application/scim+json"),
        ("user-agent", "Okta SCIM Client 1.0.0"),
    ];
    all.extend_from_slice(headers);
    if !text.is_empty() {
        all.push(("content-type", "application/scim+json; charset=utf-8"));
    }
    let headers = all.into_iter().map(|(name, value)| Header {
        name: name.to_owned(),
        value: value.to_owned(),
    });
    Message {
        version: "HTTP/1.1".to_owned(),
        headers: headers.collect(),
        content: Content {
            size: text.len() as u64,
            text,
            incomplete: None,
        },
    }
}

impl Recorded {
    fn add(&mut self, request: &str, sent: &Value, status: u16, got: &Value) -> &mut Exchange {
        let (method, target) = request.split_once(' ').unwrap();
        let number = self.0.len() as u64 + 1;
        let zero: DateTime<Utc> = "2026-11-24T19:22:33Z".parse().unwrap();
        let location = if status == 201 {
            &[("location", "https://app.example/scim/v2/Users/x")][..]
        } else {
            &[]
        };
        self.0.push(Arc::new(Exchange {
            number,
            started: zero + TimeDelta::seconds(i64::try_from(number).unwrap()),
            duration: Duration::from_millis(12),
            wait: Some(Duration::from_millis(10)),
            method: method.to_owned(),
            target: format!("/scim/v2{target}"),
            request: message(sent, &[]),
            credentials: Some(1),
            answer: Answer {
                status,
                message: message(got, location),
                made_up: None,
            },
        }));
        Arc::get_mut(self.0.last_mut().unwrap()).unwrap()
    }

    fn yaml(&self) -> String {
        let recording = Recording {
            base_url: BASE,
            exchanges: &self.0,
            started: "2026-11-24T19:22:33Z",
        };
        let written = suite(&recording).unwrap();
        let loaded = Loader::new()
            .layer([("recorded.yaml", written.yaml.as_str())])
            .layer(Library::embedded_files().iter().copied())
            .load();
        assert!(loaded.is_ok(), "{loaded:?}\n{}", written.yaml);
        written.yaml
    }
}

fn user(id: &str, name: &str, active: bool) -> Value {
    json!({
        "schemas": [USER], "id": id, "userName": name, "externalId": "00uext1", "active": active,
        "name": { "givenName": "Ann", "familyName": "Lee", "formatted": "Ann Lee" },
        "displayName": "Ann Lee",
        "emails": [{ "value": name, "type": "work", "primary": true }],
        "profileUrl": format!("https://app.example/people/{id}"),
        "lastLogin": "2026-11-24T10:00:00Z",
        "groups": [{ "value": "g-77777777", "display": "Everyone" }],
        "meta": { "resourceType": "User", "location": format!("{BASE}/Users/{id}"), "version": "W/\"1\"" },
    })
}

fn list(resources: &[Value]) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": resources.len(), "startIndex": 1, "itemsPerPage": resources.len(), "Resources": resources,
    })
}

#[test]
fn a_client_that_assigns_updates_and_deactivates() {
    let mut recorded = Recorded::default();
    let (id, name) = ("2819c223-7f76", "ann@example.com");
    let lookup = "GET /Users?filter=userName%20eq%20%22ann%40example.com%22&startIndex=1&count=100";
    recorded.add(
        "GET /Users?startIndex=1&count=100",
        &Value::Null,
        200,
        &list(&[user("elsewhere-1", "bob@example.com", true)]),
    );
    recorded.add(lookup, &Value::Null, 200, &list(&[]));
    let create = json!({
        "schemas": [USER], "userName": name, "externalId": "00uext1", "password": "[redacted]", "active": true,
        "name": { "givenName": "Ann", "familyName": "Lee" }, "displayName": "Ann Lee",
        "emails": [{ "value": name, "type": "work", "primary": true }],
    });
    recorded
        .add("POST /Users", &create, 201, &user(id, name, true))
        .answer
        .message
        .headers
        .push(Header {
            name: "etag".into(),
            value: "W/\"1\"".into(),
        });
    recorded.add(
        "POST /Users",
        &create,
        409,
        &json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "409", "scimType": "uniqueness", "detail": "taken" }),
    );
    recorded.add(
        "GET /Users?filter=userName+eq+%22ANN@EXAMPLE.COM%22",
        &Value::Null,
        200,
        &list(&[user(id, name, true)]),
    );
    let put = recorded.add(
        &format!("PUT /Users/{id}"),
        &create,
        200,
        &user(id, name, true),
    );
    put.request.headers.push(Header {
        name: "if-match".into(),
        value: "W/\"1\"".into(),
    });
    let deactivate = json!({ "schemas": [PATCH], "Operations": [{ "op": "replace", "value": { "active": false } }] });
    recorded.add(
        &format!("PATCH /Users/{id}"),
        &deactivate,
        200,
        &user(id, name, false),
    );
    recorded.add(
        "GET /Users/no-such-user",
        &Value::Null,
        404,
        &json!({ "status": "404", "detail": "no" }),
    );
    recorded.add(
        &format!("DELETE /Users/{id}"),
        &Value::Null,
        204,
        &Value::Null,
    );
    insta::assert_snapshot!(recorded.yaml());
}

#[test]
fn what_was_there_before_is_made_again_and_not_touched() {
    let mut recorded = Recorded::default();
    let (ann, bob) = ("2819c223-7f76", "bob-77665544");
    let lookup = "GET /Users?filter=userName%20eq%20%22ann%40example.com%22";
    recorded.add(
        lookup,
        &Value::Null,
        200,
        &list(&[user(ann, "ann@example.com", true)]),
    );
    let rename = json!({ "schemas": [PATCH], "Operations": [{ "op": "replace", "path": "emails[type eq \"work\"].value", "value": "ann.lee@example.com" }] });
    recorded.add(&format!("PATCH /Users/{ann}"), &rename, 204, &Value::Null);
    let group = |members: Value| json!({ "schemas": [GROUP], "id": "staff-group-1", "displayName": "Staff", "members": members });
    recorded.add(
        "POST /Groups",
        &json!({ "schemas": [GROUP], "displayName": "Staff", "members": [{ "value": ann, "$ref": format!("{BASE}/Users/{ann}") }] }),
        201,
        &group(json!([{ "value": ann, "display": "Ann Lee", "$ref": format!("{BASE}/Users/{ann}") }])),
    );
    let remove = json!({ "schemas": [PATCH], "Operations": [{ "op": "remove", "path": format!("members[value eq \"{ann}\"]") }] });
    recorded.add(
        "PATCH /Groups/staff-group-1",
        &remove,
        200,
        &group(json!([])),
    );
    // What it looked like, nobody saw.
    recorded.add(
        &format!("DELETE /Users/{bob}"),
        &Value::Null,
        204,
        &Value::Null,
    );
    insta::assert_snapshot!(recorded.yaml());
}

#[test]
fn odd_exchanges_are_told_and_odd_bodies_sent_as_text() {
    let mut recorded = Recorded::default();
    recorded.add("GET /Users", &Value::Null, 429, &Value::Null);
    recorded
        .add("GET /Users", &Value::Null, 502, &json!({}))
        .answer
        .made_up = Some("no answer within 1 s".into());
    recorded.add("REPORT /Users", &Value::Null, 405, &Value::Null);
    let binary = recorded.add("POST /Users", &json!({}), 400, &Value::Null);
    binary.request.content.incomplete = Some("it is no text in UTF-8".into());
    recorded.add(
        "POST /Users",
        &json!({ "from": "${x}", "fixture": "user", "note": "${y}" }),
        400,
        &Value::Null,
    );
    let page = recorded.add(
        "GET /Users?token=[redacted]&x=${z}",
        &Value::Null,
        500,
        &Value::Null,
    );
    page.answer.message.content = Content {
        text: "<html>\u{1b}[2J".into(),
        size: 10,
        incomplete: None,
    };
    recorded
        .add("GET /Users", &Value::Null, 401, &Value::Null)
        .credentials = Some(2);
    recorded
        .add("GET /Groups", &Value::Null, 200, &list(&[]))
        .credentials = Some(3);
    recorded
        .add("GET /Groups", &Value::Null, 401, &Value::Null)
        .credentials = None;
    recorded.add("GET ", &Value::Null, 200, &Value::Null);
    recorded.add("GET /Groups", &Value::Null, 200, &list(&[]));
    recorded.add("GET /Groups", &Value::Null, 200, &list(&[]));
    let client = &mut Arc::get_mut(&mut recorded.0[4]).unwrap().request;
    client.headers.retain(|header| header.name != "accept");
    insta::assert_snapshot!(recorded.yaml());
}

#[test]
fn nothing_below_the_base_url_is_no_suite() {
    let mut recorded = Recorded::default();
    recorded
        .add("GET /x", &Value::Null, 404, &Value::Null)
        .target = "/scim/v22/Users".into();
    let recording = Recording {
        base_url: BASE,
        exchanges: &recorded.0,
        started: "",
    };
    assert_eq!(suite(&recording), None);
}

/// With each exchange compared with all others, this took many minutes.
#[test]
fn a_long_recording_takes_no_longer_than_its_length_says() {
    let mut recorded = Recorded::default();
    let made = json!({ "schemas": [USER], "userName": "people@example.com" });
    for number in 0..3000 {
        let id = format!("00000000-0000-0000-0000-{number:012}");
        let name = format!("person-{number}@example.com");
        let mut sent = made.clone();
        sent["userName"] = name.clone().into();
        sent["password"] = "[redacted]".into();
        sent["apiKey"] = "[redacted]".into();
        recorded.add("POST /Users", &sent, 201, &user(&id, &name, true));
        let filter = format!("GET /Users?filter=userName%20eq%20%22{name}%22");
        recorded.add(&filter, &Value::Null, 200, &list(&[user(&id, &name, true)]));
        let patch = json!({ "schemas": [PATCH], "Operations": [{ "op": "replace", "path": "active", "value": false }] });
        let request = format!("PATCH /Users/{id}");
        let message = &mut recorded
            .add(&request, &patch, 200, &user(&id, &name, false))
            .request;
        message.headers.push(Header {
            name: "if-match".into(),
            value: "W/\"1\"".into(),
        });
    }
    let recording = Recording {
        base_url: BASE,
        exchanges: &recorded.0,
        started: "2026-11-24T19:22:33Z",
    };
    let started = Instant::now();
    let written = suite(&recording).unwrap();
    assert_eq!(written.replayed, 9000);
    assert_eq!(written.parameters.len(), 3000);
    assert!(written.yaml.contains("${unique.email.a}"));
    let took = started.elapsed();
    assert!(took < Duration::from_mins(1), "{took:?}");
}
