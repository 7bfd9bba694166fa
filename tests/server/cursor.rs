//! Pagination by cursor (RFC 9865).

use scimitar::server::Config;
use serde_json::Value;

use crate::client::{SEARCH, Scim, id, names};

async fn many() -> Scim {
    Scim::start(Config {
        more_users: 11,
        ..Config::default()
    })
    .await
}

#[tokio::test]
async fn pages_hold_still_while_others_write() {
    let scim = many().await;
    let all = names(&scim.get("/Users").await.is(200));
    let mut page = scim.get("/Users?cursor&count=5").await.is(200);
    assert!(page.get("previousCursor").is_none() && page.get("startIndex").is_none());
    let mut seen = names(&page);
    let mut number = 0;
    while let Some(cursor) = page
        .get("nextCursor")
        .and_then(Value::as_str)
        .map(str::to_owned)
    {
        assert!(
            cursor
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
        );
        number += 1;
        scim.user(&format!("new{number}@example.com")).await;
        page = scim
            .get(&format!("/Users?cursor={cursor}&count=5"))
            .await
            .is(200);
        assert_eq!(page["totalResults"], 17);
        seen.extend(names(&page));
        let back = page["previousCursor"].as_str().unwrap();
        let before = scim
            .get(&format!("/Users?cursor={back}&count=5"))
            .await
            .is(200);
        assert_eq!(
            names(&before)[..],
            seen[seen.len() - names(&page).len() - 5..seen.len() - names(&page).len()]
        );
    }
    assert_eq!(seen, all);
}

#[tokio::test]
async fn deleted_resources_are_passed_over() {
    let scim = many().await;
    let first = scim
        .get("/Users?cursor=&count=5&sortBy=userName")
        .await
        .is(200);
    let all = scim.get("/Users?sortBy=userName").await.is(200);
    scim.delete(&format!("/Users/{}", id(&all["Resources"][6])))
        .await
        .is(204);
    let cursor = first["nextCursor"].as_str().unwrap();
    let second = scim
        .get(&format!("/Users?cursor={cursor}&count=5&sortBy=userName"))
        .await
        .is(200);
    assert_eq!(second["itemsPerPage"], 4);
    assert!(second.get("nextCursor").is_some());
}

#[tokio::test]
async fn wrong_cursors_and_counts_are_refused() {
    let scim = many().await;
    let page = scim.get("/Users?cursor&count=5").await.is(200);
    let cursor = page["nextCursor"].as_str().unwrap();
    scim.get("/Users?cursor=wrong&count=5")
        .await
        .is_error(400, Some("invalidCursor"));
    scim.get(&format!("/Groups?cursor={cursor}&count=5"))
        .await
        .is_error(400, Some("invalidCursor"));
    scim.get(&format!("/Users?cursor={cursor}&count=5&filter=title%20pr"))
        .await
        .is_error(400, Some("invalidCursor"));
    scim.get(&format!("/Users?cursor={cursor}&count=4"))
        .await
        .is_error(400, Some("invalidCount"));
    scim.get("/Users?cursor&count=100000")
        .await
        .is_error(400, Some("invalidCount"));
    scim.get(&format!("/Users?cursor={cursor}&startIndex=1"))
        .await
        .is_error(400, Some("invalidCursor"));
    let none = scim.get("/Users?cursor&count=0").await.is(200);
    assert_eq!(
        (&none["totalResults"], &none["itemsPerPage"]),
        (&17.into(), &0.into())
    );
    let body = serde_json::json!({ "schemas": [SEARCH], "cursor": "", "count": 3 });
    let page = scim.post("/Users/.search", &body).await.is(200);
    assert!(page["nextCursor"].is_string());
}

#[tokio::test]
async fn pages_without_count_keep_to_the_largest_size() {
    let scim = Scim::start(Config {
        more_users: 11,
        variations: vec!["pages-of-five".to_owned()],
        ..Config::default()
    })
    .await;
    let page = scim.get("/Users?cursor").await.is(200);
    assert_eq!(names(&page).len(), 5);
    let config = scim.get("/ServiceProviderConfig").await.is(200);
    assert_eq!(config["pagination"]["maxPageSize"], 5);
}

#[tokio::test]
async fn cursors_live_as_long_as_the_configuration_says() {
    let scim = Scim::start(Config {
        more_users: 11,
        variations: vec!["cursors-short-lived".to_owned()],
        ..Config::default()
    })
    .await;
    let config = scim.get("/ServiceProviderConfig").await.is(200);
    assert_eq!(config["pagination"]["cursorTimeout"], 1);
    let page = scim.get("/Users?cursor&count=5").await.is(200);
    let next = page["nextCursor"].as_str().unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    scim.get(&format!("/Users?cursor={next}&count=5"))
        .await
        .is_error(400, Some("expiredCursor"));
}
