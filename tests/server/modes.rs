//! Awkward but lawful habits.

use std::time::Duration;

use scimitar::server::{Config, Demands, Modes};
use serde_json::json;

use crate::client::{ENTERPRISE, Scim, USER, id, user};

async fn with(modes: Modes) -> Scim {
    Scim::start(Config {
        modes,
        ..Config::default()
    })
    .await
}

#[tokio::test]
async fn each_tenth_request_is_told_to_wait() {
    let scim = with(Modes {
        rate_limited_every: Some(10),
        retry_after: 2,
        ..Modes::default()
    })
    .await;
    let mut limited = Vec::new();
    for at in 1..=20 {
        let got = scim.get("/Users?count=1").await;
        if got.status == 429 {
            got.is_error(429, None);
            assert_eq!(got.header("retry-after"), "2");
            limited.push(at);
        }
    }
    assert_eq!(limited, [10, 20]);
}

#[tokio::test]
async fn pages_are_capped_and_the_configuration_says_so() {
    let scim = with(Modes {
        page_cap: Some(4),
        ..Modes::default()
    })
    .await;
    let list = scim.get("/Users?count=100").await.is(200);
    assert_eq!(
        (&list["itemsPerPage"], &list["totalResults"]),
        (&4.into(), &6.into())
    );
    assert_eq!(
        scim.get("/ServiceProviderConfig").await.is(200)["filter"]["maxResults"],
        4
    );
    let first = scim.get("/Users?cursor").await.is(200);
    assert_eq!(first["itemsPerPage"], 4);
}

#[tokio::test]
async fn writes_are_seen_later() {
    let scim = with(Modes {
        visible_after: Duration::from_millis(300),
        ..Modes::default()
    })
    .await;
    let place = format!("/Users/{}", scim.user("late@example.com").await);
    scim.get(&place).await.is_error(404, None);
    scim.post("/Users", &user("late@example.com"))
        .await
        .is_error(409, Some("uniqueness"));
    tokio::time::sleep(Duration::from_millis(350)).await;
    scim.get(&place).await.is(200);
    scim.patch(
        &place,
        json!([{ "op": "replace", "path": "title", "value": "T" }]),
    )
    .await
    .is(200);
    assert!(scim.get(&place).await.is(200).get("title").is_none());
    tokio::time::sleep(Duration::from_millis(350)).await;
    assert_eq!(scim.get(&place).await.is(200)["title"], "T");
}

#[tokio::test]
async fn nothing_can_be_deleted() {
    let scim = with(Modes {
        without_delete: true,
        ..Modes::default()
    })
    .await;
    let place = format!("/Users/{}", scim.user("stays@example.com").await);
    scim.delete(&place).await.is_error(501, None);
    scim.get(&place).await.is(200);
}

#[tokio::test]
async fn answers_take_their_time() {
    let scim = with(Modes {
        latency: Duration::from_millis(120),
        ..Modes::default()
    })
    .await;
    assert!(scim.get("/Users").await.took >= Duration::from_millis(120));
}

#[tokio::test]
async fn demands_are_refused_and_published() {
    let demands = Demands {
        email_user_name: true,
        no_plus: true,
        name_and_email: true,
        employee_number: true,
    };
    let scim = with(Modes {
        demands,
        ..Modes::default()
    })
    .await;
    let mut body = user("ada@example.com");
    body["schemas"] = json!([USER, ENTERPRISE]);
    body[ENTERPRISE] = json!({ "employeeNumber": "7" });
    for (path, value) in [
        ("userName", json!("ada")),
        ("userName", json!("a+b@example.com")),
        ("name", json!(null)),
        ("emails", json!([])),
    ] {
        let mut wrong = body.clone();
        wrong[path] = value;
        scim.post("/Users", &wrong)
            .await
            .is_error(400, Some("invalidValue"));
    }
    let mut wrong = body.clone();
    wrong.as_object_mut().unwrap().remove(ENTERPRISE);
    scim.post("/Users", &wrong)
        .await
        .is_error(400, Some("invalidValue"));
    assert!(!id(&scim.post("/Users", &body).await.is(201)).is_empty());
    let schema = scim.get(&format!("/Schemas/{USER}")).await.is(200);
    let required: Vec<&str> = schema["attributes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|attribute| attribute["required"] == true)
        .map(|attribute| attribute["name"].as_str().unwrap())
        .collect();
    assert_eq!(required, ["userName", "name", "emails"]);
    let types = scim.get("/ResourceTypes/User").await.is(200);
    assert_eq!(types["schemaExtensions"][0]["required"], true);
}
