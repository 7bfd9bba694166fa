//! Okta's published tests, request for request, as far as they speak SCIM: SPEC 2.0, SPEC 1.1 and Entitlements.
//! Each assertion has the number that it has there.

use scimitar::server::{Config, Modes};
use serde_json::{Value, json};

use crate::client::{ERROR, Got, LIST, Scim, USER, V1, encode};

const UNKNOWN: &str = "010101001010101011001010101011";

/// What was not as Okta wants it.
type Broken = Vec<String>;

struct Suite<'a> {
    scim: &'a Scim,
    prefix: &'a str,
    media_type: &'a str,
    broken: Broken,
}

fn not_empty(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

impl Suite<'_> {
    fn check(&mut self, id: &str, holds: bool) {
        if !holds {
            self.broken.push(id.to_owned());
        }
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        body: Option<String>,
        authorization: Option<&str>,
    ) -> (Got, Value) {
        let accept = self.media_type;
        let content_type = format!("{accept}; charset=utf-8");
        let mut headers = vec![
            ("accept", accept),
            ("accept-charset", "utf-8"),
            ("content-type", content_type.as_str()),
            ("user-agent", "OKTA SCIM Integration"),
        ];
        headers.extend(authorization.map(|value| ("authorization", value)));
        let got = self
            .scim
            .ask(method, &format!("{}{path}", self.prefix), &headers, body)
            .await;
        let json = serde_json::from_str(&got.text).unwrap_or_default();
        (got, json)
    }

    async fn get(&self, path: &str) -> (Got, Value) {
        self.send("GET", path, None, None).await
    }

    /// As the two creates are sent: another media type, and a charset in `Accept`.
    async fn create(&self, body: &Value) -> (Got, Value) {
        let accept = format!("{}; charset=utf-8", self.media_type);
        let headers = [
            ("accept", accept.as_str()),
            ("content-type", "application/json"),
        ];
        let got = self
            .scim
            .ask(
                "POST",
                &format!("{}/Users", self.prefix),
                &headers,
                Some(body.to_string()),
            )
            .await;
        let json = serde_json::from_str(&got.text).unwrap_or_default();
        (got, json)
    }

    /// The members of a user that both suites look at.
    fn user(&mut self, id: &str, user: &Value) {
        for (at, value) in [
            &user["id"],
            &user["name"]["familyName"],
            &user["name"]["givenName"],
            &user["userName"],
            &user["active"],
            &user["emails"][0]["value"],
        ]
        .into_iter()
        .enumerate()
        {
            self.check(&format!("{id}.{at}"), not_empty(value));
        }
    }

    fn list(&mut self, id: &str, got: &Got, list: &Value, schema: &str) {
        self.check(&format!("{id}.status"), got.status == 200);
        let schemas = list["schemas"].as_array().cloned().unwrap_or_default();
        self.check(&format!("{id}.schemas"), schemas.contains(&schema.into()));
    }
}

fn find(name: &str) -> String {
    format!(
        "/Users?filter={}",
        encode(&format!("userName eq \"{name}\""))
    )
}

fn new_user(schema: &str, name: &str) -> Value {
    json!({
        "schemas": [schema],
        "userName": name,
        "name": { "givenName": "RandomGiven", "familyName": "RandomFamily" },
        "emails": [{ "primary": true, "value": "random@example.com", "type": "work" }],
        "displayName": "RandomGiven RandomFamily",
        "active": true,
    })
}

/// SPEC 2.0: 12 requests.
async fn spec_20(scim: &Scim) -> Broken {
    let mut suite = Suite {
        scim,
        prefix: "",
        media_type: "application/scim+json",
        broken: Vec::new(),
    };
    let (got, list) = suite.get("/Users?count=1&startIndex=1").await;
    suite.list("R1", &got, &list, LIST);
    for name in ["itemsPerPage", "startIndex", "totalResults"] {
        suite.check(&format!("R1.{name}"), list[name].is_number());
    }
    suite.user("R1", &list["Resources"][0].clone());
    let id = text(&list["Resources"][0]["id"]);
    let (got, user) = suite.get(&format!("/Users/{id}")).await;
    suite.check("R2.status", got.status == 200);
    suite.user("R2", &user);
    suite.check("R2.8", text(&user["id"]) == id);
    let (got, list) = suite.get(&find("abcdefgh@atko.com")).await;
    suite.list("R3", &got, &list, LIST);
    suite.check("R3.3", text(&list["totalResults"]) == "0");
    let (got, error) = suite.get(&format!("/Users/{UNKNOWN}")).await;
    suite.check("R4.1", got.status == 404);
    suite.check("R4.2", not_empty(&error["detail"]));
    suite.check("R4.3", error["schemas"] == json!([ERROR]));
    let (got, list) = suite.get(&find("random@example.com")).await;
    suite.list("R5", &got, &list, LIST);
    suite.check("R5.2", text(&list["totalResults"]) == "0");
    let name = "Random.User@example.com";
    let (got, user) = suite.create(&new_user(USER, name)).await;
    suite.check("R6.1", got.status == 201);
    suite.check("R6.2", text(&user["active"]) == "true");
    suite.check("R6.3", not_empty(&user["id"]));
    suite.check("R6.4", user["name"]["familyName"] == "RandomFamily");
    suite.check("R6.5", user["name"]["givenName"] == "RandomGiven");
    suite.check("R6.6", user["schemas"].to_string().contains(USER));
    suite.check("R6.7", user["userName"] == name);
    let (got, user) = suite.get(&format!("/Users/{}", text(&user["id"]))).await;
    suite.check("R7.1", got.status == 200);
    suite.check("R7.2", user["userName"] == name);
    suite.check("R7.3", user["name"]["familyName"] == "RandomFamily");
    suite.check("R7.4", user["name"]["givenName"] == "RandomGiven");
    let (got, _) = suite.create(&new_user(USER, name)).await;
    suite.check("R8.1", got.status == 409);
    let (got, _) = suite.get(&find(&name.to_uppercase())).await;
    suite.check("R9.1", got.status == 200);
    let (got, _) = suite.get("/Groups").await;
    suite.check("R10.1", got.status == 200);
    suite.check("R10.2", got.took.as_millis() < 600);
    let (got, error) = suite
        .send("GET", &find(&name.to_uppercase()), None, Some("non-token"))
        .await;
    suite.check("R11.1", got.status == 401);
    suite.check("R11.2", not_empty(&error["detail"]));
    suite.check("R11.3", text(&error["status"]) == "401");
    suite.check("R11.4", error["schemas"] == json!([ERROR]));
    let (got, error) = suite.get("/Users/00919288221112222").await;
    suite.check("R12.1", got.status == 404);
    suite.check("R12.2", not_empty(&error["detail"]));
    suite.check("R12.3", text(&error["status"]) == "404");
    suite.check("R12.4", error["schemas"] == json!([ERROR]));
    suite.broken
}

/// SPEC 1.1: 16 requests.
async fn spec_11(scim: &Scim) -> Broken {
    let mut suite = Suite {
        scim,
        prefix: "v1:",
        media_type: "application/json",
        broken: Vec::new(),
    };
    let (got, config) = suite.get("/ServiceProviderConfigs").await;
    suite.list("R1", &got, &config, V1);
    suite.check("R1.4", got.took.as_millis() < 400);
    for path in [
        "/patch/supported",
        "/bulk/supported",
        "/bulk/maxOperations",
        "/bulk/maxPayloadSize",
        "/filter/supported",
        "/filter/maxResults",
        "/changePassword/supported",
        "/sort/supported",
        "/etag/supported",
        "/authenticationSchemes/0/type",
        "/authenticationSchemes/0/description",
    ] {
        suite.check(
            &format!("R1{path}"),
            config.pointer(path).is_some_and(not_empty),
        );
    }
    for (id, path, body) in [
        ("R2", "/ServiceProviderConfigs", "test"),
        ("R4", "/ResourceTypes", "test"),
        ("R6", "/Schemas", ""),
    ] {
        let (got, _) = suite.send("POST", path, Some(body.to_owned()), None).await;
        suite.check(id, got.status == 405);
    }
    let (got, types) = suite.get("/ResourceTypes").await;
    suite.list("R3", &got, &types, V1);
    for name in ["name", "endpoint", "schema"] {
        suite.check(
            &format!("R3.{name}"),
            not_empty(&types["Resources"][0][name]),
        );
    }
    let (got, schemas) = suite.get("/Schemas").await;
    suite.list(
        "R5",
        &got,
        &schemas,
        "urn:scim:schemas:core:1.0:ListResponse",
    );
    for name in ["id", "attributes"] {
        suite.check(
            &format!("R5.{name}"),
            not_empty(&schemas["Resources"][0][name]),
        );
    }
    let (got, list) = suite.get("/Users?count=1&startIndex=1").await;
    suite.list("R7", &got, &list, V1);
    for name in ["itemsPerPage", "startIndex", "totalResults"] {
        suite.check(&format!("R7.{name}"), list[name].is_number());
    }
    suite.user("R7", &list["Resources"][0].clone());
    let id = text(&list["Resources"][0]["id"]);
    let (got, user) = suite.get(&format!("/Users/{id}")).await;
    suite.check("R8.1", got.status == 200);
    suite.check("R8.2", got.took.as_millis() < 600);
    suite.user("R8", &user);
    suite.check("R8.9", text(&user["id"]) == id);
    for (id, name) in [("R9", "abcdefgh@atko.com"), ("R11", "random@example.com")] {
        let (got, list) = suite.get(&find(name)).await;
        suite.list(id, &got, &list, V1);
        suite.check(&format!("{id}.3"), text(&list["totalResults"]) == "0");
    }
    let (got, error) = suite.get(&format!("/Users/{UNKNOWN}")).await;
    suite.check("R10.1", got.status == 404);
    suite.check("R10.2", not_empty(&error["detail"]));
    let name = "Random.User@example.com";
    let (got, user) = suite.create(&new_user(V1, name)).await;
    suite.check("R12.1", got.status == 201);
    suite.check("R12.3", text(&user["active"]) == "true");
    suite.check("R12.4", not_empty(&user["id"]));
    suite.check("R12.5", user["name"]["familyName"] == "RandomFamily");
    suite.check("R12.6", user["name"]["givenName"] == "RandomGiven");
    suite.check("R12.7", user["schemas"] == json!([V1]));
    suite.check("R12.8", user["userName"] == name);
    let (got, user) = suite.get(&format!("/Users/{}", text(&user["id"]))).await;
    suite.check("R13.1", got.status == 200);
    suite.check("R13.2", user["userName"] == name);
    suite.check("R13.3", user["name"]["familyName"] == "RandomFamily");
    let (got, _) = suite.create(&new_user(V1, name)).await;
    suite.check("R14.1", got.status == 409);
    let (got, _) = suite
        .get(&format!("/Users?filter={}", name.to_uppercase()))
        .await;
    suite.check("R15.1", got.status == 400);
    let (got, groups) = suite.get("/Groups").await;
    suite.check("R16.1", got.status == 200);
    suite.check("R16.2", got.took.as_millis() < 600);
    suite.check(
        "R16.script",
        groups["totalResults"].as_u64() > Some(0) && groups["Resources"].is_array(),
    );
    suite.broken
}

/// Entitlements: one request for each endpoint.
async fn entitlements(scim: &Scim) -> Broken {
    let mut suite = Suite {
        scim,
        prefix: "",
        media_type: "application/scim+json",
        broken: Vec::new(),
    };
    for endpoint in ["/Roles", "/Entitlements"] {
        let (got, list) = suite.get(&format!("{endpoint}?count=1&startIndex=1")).await;
        suite.list(endpoint, &got, &list, LIST);
        suite.check("Resources", not_empty(&list["Resources"]));
        suite.check("startIndex", list["startIndex"].is_number());
        suite.check("itemsPerPage", list["itemsPerPage"] == 1);
        suite.check("totalResults", list["totalResults"].is_number());
    }
    suite.broken
}

#[tokio::test]
async fn clean_server_passes_all_of_okta() {
    let scim = Scim::clean().await;
    assert_eq!(spec_20(&scim).await, Broken::new());
    assert_eq!(spec_11(&Scim::clean().await).await, Broken::new());
    assert_eq!(entitlements(&scim).await, Broken::new());
}

#[tokio::test]
async fn every_variation_passes_what_it_offers_of_okta() {
    for variation in scimitar::server::VARIATIONS {
        let config = Config {
            variations: vec![variation.id.to_owned()],
            ..Config::default()
        };
        // What asks for patience, or for more than Okta's test sends, is nothing for this plain client.
        if config.habits() != Modes::default() {
            continue;
        }
        let scim = Scim::varied(variation.id).await;
        let broken = spec_20(&scim).await;
        // Okta's lookup needs filters, and a server may have none.
        if variation.id != "no-filter" {
            assert_eq!(broken, Broken::new(), "{}", variation.id);
        }
        if variation.id != "no-entitlements" {
            assert_eq!(entitlements(&scim).await, Broken::new(), "{}", variation.id);
        }
    }
}

/// The faults that cite a request of Okta's SPEC break what the request looks at.
#[tokio::test]
async fn faults_that_cite_okta_break_okta() {
    let mut missed = Vec::new();
    for fault in scimitar::server::FAULTS {
        let scim = Scim::faulty(fault.id).await;
        let broken = match fault.requirement.rsplit_once('-') {
            Some(("OKTA-SPEC20", _)) => spec_20(&scim).await,
            Some(("OKTA-SPEC11", _)) => spec_11(&scim).await,
            Some(("OKTA-ENT20", "01")) => entitlements(&scim).await,
            _ => continue,
        };
        if broken.is_empty() {
            missed.push(fault.id);
        }
    }

    assert_eq!(missed, Vec::<&str>::new());
}
