//! What a simulated Okta org leaves alone: accounts that the run did not make, and assignments that have ended.

use std::time::Duration;

use chrono::DateTime;
use scimitar::engine::{Errands, Ledger, Wire};
use scimitar::http::{Auth, Client, ClientConfig, Credentials, RequestSpec};
use scimitar::org::{App, Config, Integration, Org, SERVICE};
use scimitar::record::Role;
use scimitar::server::{self, Server};
use scimitar::suite::Dialect;
use serde_json::{Value, json};
use tokio::time::Instant;
use wiremock::matchers::{any, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

const APP_ID: &str = "0oa0ofthetests";
const TOKEN: &str = "00token-of-the-tests";

/// An org that provisions to a target.
struct Provider {
    ledger: Ledger,
    client: Client,
    target: Client,
    _org: Org,
}

impl Provider {
    async fn start(target: String, token: &str, integration: Integration) -> Self {
        let app = App {
            integration,
            ..App::default()
        };
        Self::with(target, token, app, Dialect::V2).await
    }

    async fn with(target: String, token: &str, app: App, dialect: Dialect) -> Self {
        let target = ClientConfig {
            auth: Auth::Bearer(token.to_owned().into()),
            ..ClientConfig::new(target, Instant::now())
        };
        let target = Client::new(&target).unwrap();
        let ledger = Ledger::in_memory();
        let org = Org::start(Config {
            app_id: APP_ID.to_owned(),
            app,
            token: TOKEN.to_owned(),
            seed: 7,
            started: DateTime::UNIX_EPOCH,
            dialect,
            target: Wire::new(target.clone()),
            errands: Errands::new(SERVICE, &ledger, "tagoftherun"),
        })
        .await
        .unwrap();
        let client = Client::new(&ClientConfig::new(org.url(), Instant::now())).unwrap();
        Self {
            ledger,
            client,
            target,
            _org: org,
        }
    }

    /// A call to the org: the status and the body.
    async fn call(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let auth = Credentials::Raw(format!("SSWS {TOKEN}").into());
        sent(&self.client, method, path, body, auth).await
    }

    /// A request to the target.
    async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        sent(&self.target, method, path, body, Credentials::Default).await
    }

    /// Makes a user of the org, and gives the id.
    async fn user(&self, login: &str) -> String {
        let profile =
            json!({ "login": login, "email": login, "firstName": "Ada", "lastName": "Tester" });
        let body = json!({ "profile": profile });
        let (status, user) = self.call("POST", "/api/v1/users", Some(body)).await;
        assert_eq!(status, 200, "{user}");
        user["id"].as_str().unwrap().to_owned()
    }

    async fn assign(&self, user: &str) -> Value {
        let path = format!("/api/v1/apps/{APP_ID}/users");
        let body = json!({ "id": user, "scope": "USER" });
        let (status, assignment) = self.call("POST", &path, Some(body)).await;
        assert_eq!(status, 200, "{assignment}");
        assignment
    }

    async fn unassign(&self, user: &str) {
        let path = format!("/api/v1/apps/{APP_ID}/users/{user}");
        assert_eq!(self.call("DELETE", &path, None).await.0, 204);
    }
}

async fn sent(
    client: &Client,
    method: &str,
    path: &str,
    body: Option<Value>,
    auth: Credentials,
) -> (u16, Value) {
    let mut headers = vec![("Accept".to_owned(), "application/json".to_owned())];
    if body.is_some() {
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
    }
    let sent = client
        .send(RequestSpec {
            method: method.to_owned(),
            url: path.to_owned(),
            headers,
            body: body.map(|body| body.to_string().into_bytes()),
            auth,
            role: Role::Step,
            attempt: 1,
        })
        .await;
    let body = serde_json::from_slice(&sent.body).unwrap_or_default();
    (sent.exchange.status().unwrap(), body)
}

/// An account of a target.
fn account(name: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": name,
        "name": { "givenName": "Given", "familyName": "Before" },
        "active": true,
    })
}

#[tokio::test]
async fn an_account_that_the_run_did_not_make_is_untouched() {
    for integration in [Integration::Catalogue, Integration::Wizard] {
        let server = Server::start(server::Config::default()).await.unwrap();
        let org = Provider::start(server.base_url_v2(), server.token(), integration).await;
        let name = "ceo@example.com";
        let (status, made) = org.ask("POST", "/Users", Some(account(name))).await;
        assert_eq!(status, 201, "{made}");
        let path = format!("/Users/{}", made["id"].as_str().unwrap());
        let before = org.ask("GET", &path, None).await;

        let user = org.user(name).await;
        let assignment = org.assign(&user).await;
        assert_eq!(assignment["externalId"], Value::Null);
        assert_eq!(assignment["syncState"], "ERROR");
        let profile = json!({ "profile": { "firstName": "Changed" } });
        org.call("POST", &format!("/api/v1/users/{user}"), Some(profile))
            .await;
        org.unassign(&user).await;
        assert_eq!(org.ask("GET", &path, None).await, before);
        assert_eq!(org.ledger.of_check(""), []);
    }
}

#[tokio::test]
async fn an_account_of_the_run_is_linked_to_whoever_made_it() {
    let server = Server::start(server::Config::default()).await.unwrap();
    let base = server.base_url_v2();
    let org = Provider::start(base.clone(), server.token(), Integration::Catalogue).await;
    // One carries the tag; of the other, the ledger says that a fixture made it.
    for (name, in_ledger) in [
        ("ada-TagOfTheRun@example.com", false),
        ("ada@example.com", true),
    ] {
        let (_, made) = org.ask("POST", "/Users", Some(account(name))).await;
        let id = made["id"].as_str().unwrap();
        if in_ledger {
            let collection = format!("{base}/Users");
            let number = org.ledger.intend("s/fixture", &collection, None).unwrap();
            let url = format!("{collection}/{id}");
            org.ledger.made(number, &url).unwrap();
        }
        let user = org.user(name).await;
        let assignment = org.assign(&user).await;
        assert_eq!(assignment["externalId"], id, "{name}");
        assert_eq!(assignment["syncState"], "SYNCHRONIZED", "{name}");
        org.unassign(&user).await;
        let (_, after) = org.ask("GET", &format!("/Users/{id}"), None).await;
        assert_eq!(after["active"], false, "{name}");
        assert_eq!(after["name"]["familyName"], "Tester", "{name}");
    }
}

/// A target with one account, which carries the run's tag.
async fn with_account(active: bool) -> MockServer {
    let target = MockServer::start().await;
    let account =
        json!({ "id": "17", "userName": "ada-tagoftherun@example.com", "active": active });
    let list = json!({ "totalResults": 1, "startIndex": 1, "itemsPerPage": 1, "Resources": [account.clone()] });
    for (of, place, answer) in [
        ("GET", "/Users", list),
        ("GET", "/Users/17", account.clone()),
        ("PUT", "/Users/17", account.clone()),
        ("PATCH", "/Users/17", account),
    ] {
        Mock::given(method(of))
            .and(wiremock::matchers::path(place))
            .respond_with(ResponseTemplate::new(200).set_body_json(answer))
            .mount(&target)
            .await;
    }
    target
}

#[tokio::test]
async fn in_scim_1_1_a_profile_follows_the_lookup_unless_the_account_is_inactive() {
    for (integration, active, expected) in [
        (Integration::Catalogue, true, &["GET", "PUT"][..]),
        (Integration::Wizard, true, &["GET", "PUT"]),
        (
            Integration::Catalogue,
            false,
            &["GET", "PATCH", "GET", "PUT"],
        ),
        (Integration::Wizard, false, &["GET", "GET", "PUT"]),
    ] {
        let target = with_account(active).await;
        let app = App {
            integration,
            ..App::default()
        };
        let org = Provider::with(target.uri(), "token", app, Dialect::V1).await;
        let user = org.user("ada-tagoftherun@example.com").await;
        let assignment = org.assign(&user).await;
        assert_eq!(assignment["syncState"], "SYNCHRONIZED");
        let requests = target.received_requests().await.unwrap();
        let methods: Vec<&str> = requests.iter().map(|one| one.method.as_str()).collect();
        assert_eq!(methods, expected, "{integration:?} {active}");
        let put: Value = requests.last().unwrap().body_json().unwrap();
        assert_eq!(put["id"], "17");
        // After a PATCH the profile goes with the status that the target shows; this one shows the old one.
        let by_patch = methods.contains(&"PATCH");
        assert_eq!(put["active"], !by_patch, "{integration:?} {active}");
        assert_eq!(put["name"]["familyName"], "Tester");
        assert_eq!(put["schemas"], json!(["urn:scim:schemas:core:1.0"]));
        assert_eq!(put["password"], Value::Null);
    }
}

#[tokio::test]
async fn exclude_username_updates_leaves_the_name_as_it_is() {
    let target = with_account(true).await;
    let app = App {
        exclude_username_updates: true,
        ..App::default()
    };
    let org = Provider::with(target.uri(), "token", app, Dialect::V2).await;
    let user = org.user("Ada-TagOfTheRun@example.com").await;
    org.assign(&user).await;
    let path = format!("/api/v1/apps/{APP_ID}/users/{user}");
    let names = |name: &str| json!({ "credentials": { "userName": name } });
    let before = target.received_requests().await.unwrap().len();
    // The name alone is nothing to send.
    let (status, _) = org
        .call("POST", &path, Some(names("other@example.com")))
        .await;
    assert_eq!(status, 200);
    assert_eq!(target.received_requests().await.unwrap().len(), before);
    let mut both = names("another@example.com");
    both["profile"] = json!({ "title": "Countess" });
    org.call("POST", &path, Some(both)).await;
    let requests = target.received_requests().await.unwrap();
    for request in requests.iter().filter(|one| one.method.as_str() == "PUT") {
        let put: Value = request.body_json().unwrap();
        assert_eq!(put["userName"], "ada-tagoftherun@example.com");
    }
    let last: Value = requests.last().unwrap().body_json().unwrap();
    assert_eq!(last["title"], "Countess");
}

#[tokio::test]
async fn who_is_unassigned_while_the_account_is_made_stays_unassigned_and_inactive() {
    let target = MockServer::start().await;
    let json = |status, body: Value| ResponseTemplate::new(status).set_body_json(body);
    let slow = json(201, json!({ "id": "17" })).set_delay(Duration::from_millis(600));
    for (of, answer) in [("POST", slow), ("PATCH", ResponseTemplate::new(204))] {
        Mock::given(method(of))
            .respond_with(answer)
            .mount(&target)
            .await;
    }
    Mock::given(any())
        .respond_with(json(200, json!({ "totalResults": 0, "id": "17" })))
        .mount(&target)
        .await;
    let org = Provider::start(target.uri(), "token", Integration::Catalogue).await;
    let user = org.user("ada-tagoftherun@example.com").await;
    let ended = async {
        loop {
            let requests = target.received_requests().await.unwrap();
            if requests
                .iter()
                .any(|request| request.method.as_str() == "POST")
            {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let path = format!("/api/v1/users/{user}/lifecycle/deactivate");
        assert_eq!(org.call("POST", &path, None).await.0, 200);
    };
    let (assignment, ()) = tokio::join!(org.assign(&user), ended);
    assert_eq!(assignment["externalId"], "17");
    let path = format!("/api/v1/apps/{APP_ID}/users/{user}");
    assert_eq!(org.call("GET", &path, None).await.0, 404);
    let requests = target.received_requests().await.unwrap();
    let last = requests.last().unwrap();
    assert_eq!(
        (last.method.as_str(), last.url.path()),
        ("PATCH", "/Users/17")
    );
    let body: Value = serde_json::from_slice(&last.body).unwrap();
    assert_eq!(body["Operations"][0]["value"], json!({ "active": false }));
}
