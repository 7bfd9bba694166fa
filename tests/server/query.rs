//! Lists: pages, filters, order, projection, searches (RFC 7644 §3.4.2, §3.4.3).

use scimitar::server::Config;
use serde_json::{Value, json};

use crate::client::{ENTERPRISE, SEARCH, Scim, id, names, user};

#[tokio::test]
async fn pages_have_the_size_asked_for_and_neither_overlap_nor_skip() {
    let scim = Scim::start(Config {
        more_users: 14,
        ..Config::default()
    })
    .await;
    let all = names(&scim.get("/Users").await.is(200));
    assert_eq!(all.len(), 20);
    for size in [1, 3, 7, 20, 50] {
        let (mut seen, mut start) = (Vec::new(), 1);
        loop {
            let page = scim
                .get(&format!("/Users?count={size}&startIndex={start}"))
                .await
                .is(200);
            let shown = page["Resources"].as_array().unwrap().len();
            assert_eq!(page["itemsPerPage"], shown);
            assert_eq!(page["startIndex"], start);
            assert_eq!(page["totalResults"], 20);
            if shown == 0 {
                break;
            }
            assert!(shown == size || start + size > 20);
            seen.extend(names(&page));
            start += shown;
        }
        assert_eq!(seen, all);
    }
}

#[tokio::test]
async fn odd_page_parameters() {
    let scim = Scim::clean().await;
    let total = scim.get("/Users").await.is(200)["totalResults"].clone();
    for (query, start, shown) in [
        ("count=0", 1, 0),
        ("count=-5", 1, 0),
        ("startIndex=0&count=2", 1, 2),
        ("startIndex=-7&count=2", 1, 2),
        ("startIndex=1000&count=2", 1000, 0),
        ("count=100000", 1, 6),
        ("STARTINDEX=2&COUNT=1", 2, 1),
        ("unknown=1", 1, 6),
    ] {
        let list = scim.get(&format!("/Users?{query}")).await.is(200);
        assert_eq!(
            (&list["startIndex"], &list["itemsPerPage"]),
            (&json!(start), &json!(shown)),
            "{query}"
        );
        assert_eq!(list["totalResults"], total, "{query}");
        assert_eq!(
            list["Resources"].as_array().unwrap().len(),
            shown,
            "{query}"
        );
    }
    scim.get("/Users?count=many")
        .await
        .is_error(400, Some("invalidValue"));
}

#[tokio::test]
async fn filters_find_what_they_say() {
    let scim = Scim::clean().await;
    let mut ids = Vec::new();
    for (name, title) in [
        ("q1@example.com", "Älteste"),
        ("Q+2@example.com", "say \"hi\""),
        ("q3@example.net", "x"),
    ] {
        let mut body = user(name);
        body["title"] = title.into();
        body["externalId"] = name.into();
        ids.push(id(&scim.post("/Users", &body).await.is(201)));
    }
    for (filter, wanted) in [
        ("userName eq \"Q1@EXAMPLE.COM\"".to_owned(), vec![0]),
        ("userName eq \"q+2@example.com\"".to_owned(), vec![1]),
        (
            "USERNAME sw \"q\" AND userName EW \".net\"".to_owned(),
            vec![2],
        ),
        ("title eq \"älteste\"".to_owned(), vec![0]),
        ("title eq \"say \\\"hi\\\"\"".to_owned(), vec![1]),
        (
            "externalId eq \"q1@example.com\" or externalId eq \"Q3@example.net\"".to_owned(),
            vec![0],
        ),
        (format!("id eq \"{}\"", ids[2]), vec![2]),
        (
            "emails[type eq \"work\" and value co \"example.net\"] and title pr".to_owned(),
            vec![2],
        ),
        ("userName eq \"nobody\"".to_owned(), vec![]),
    ] {
        let list = scim.find("/Users", &filter).await.is(200);
        let found: Vec<String> = list["Resources"]
            .as_array()
            .unwrap()
            .iter()
            .map(id)
            .collect();
        let wanted: Vec<String> = wanted
            .into_iter()
            .map(|at: usize| ids[at].clone())
            .collect();
        assert_eq!(found, wanted, "{filter}");
        assert_eq!(list["totalResults"], wanted.len());
    }
    let department = scim
        .find("/Users", &format!("{ENTERPRISE}:department pr"))
        .await
        .is(200);
    assert_eq!(department["totalResults"], 6);
    for wrong in [
        "",
        "userName",
        "userName is \"x\"",
        "userName eq x",
        "(userName pr",
        "active gt true",
        "nothing pr",
    ] {
        scim.find("/Users", wrong)
            .await
            .is_error(400, Some("invalidFilter"));
    }
}

#[tokio::test]
async fn order_is_as_asked_for() {
    let scim = Scim::clean().await;
    let mut wanted = names(&scim.get("/Users").await.is(200));
    wanted.sort_by_key(|name| name.to_lowercase());
    assert_eq!(
        names(&scim.get("/Users?sortBy=userName").await.is(200)),
        wanted
    );
    wanted.reverse();
    let descending = scim
        .get("/Users?sortBy=userName&sortOrder=descending")
        .await
        .is(200);
    assert_eq!(names(&descending), wanted);
    let page = scim
        .get("/Users?sortBy=userName&sortOrder=descending&count=2&startIndex=3")
        .await
        .is(200);
    assert_eq!(names(&page), wanted[2..4]);
    scim.get("/Users?sortBy=userName&sortOrder=up")
        .await
        .is_error(400, Some("invalidValue"));
}

#[tokio::test]
async fn projection_gives_the_minimum_and_what_is_named() {
    let scim = Scim::clean().await;
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    let list = scim
        .get("/Users?attributes=userName,name.familyName")
        .await
        .is(200);
    let first = &list["Resources"][0];
    assert_eq!(keys(first), ["schemas", "id", "userName", "name"]);
    assert_eq!(keys(&first["name"]), ["familyName"]);
    let one = scim
        .get(&format!(
            "/Users/{}?excludedAttributes=emails,id,NAME",
            id(first)
        ))
        .await
        .is(200);
    assert!(one.get("emails").is_none() && one.get("name").is_none() && one.get("id").is_some());
    scim.get("/Users?attributes=userName&excludedAttributes=name")
        .await
        .is_error(400, Some("invalidValue"));
    let got = scim
        .ask(
            "POST",
            "/Users?attributes=userName",
            &[],
            Some(user("p@example.com").to_string()),
        )
        .await;
    assert_eq!(keys(&got.is(201)), ["schemas", "id", "userName"]);
}

#[tokio::test]
async fn searches_by_post_and_at_the_root() {
    let scim = Scim::clean().await;
    let body = json!({ "schemas": [SEARCH], "filter": "displayName sw \"l\"", "sortBy": "displayName", "count": 2 });
    let everywhere = scim.post("/.search", &body).await.is(200);
    let kinds: Vec<&Value> = everywhere["Resources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["meta"]["resourceType"])
        .collect();
    assert_eq!(everywhere["itemsPerPage"], 2);
    assert!(
        everywhere["totalResults"].as_u64().unwrap() > 2,
        "{everywhere}"
    );
    assert!(!kinds.is_empty());
    let of_groups = scim.post("/Groups/.search", &body).await.is(200);
    assert_eq!(of_groups["totalResults"], 1);
    let by_type = json!({ "schemas": [SEARCH], "filter": "meta.resourceType eq \"Role\"", "attributes": ["displayName"] });
    assert_eq!(
        scim.post("/.search", &by_type).await.is(200)["totalResults"],
        3
    );
    assert_eq!(
        scim.get("?filter=userName%20pr").await.is(200)["totalResults"],
        6
    );
    scim.post("/Users/.search", &json!({ "filter": "x" }))
        .await
        .is_error(400, Some("invalidSyntax"));
    assert_eq!(scim.get("/Users/.search").await.status, 405);
}
