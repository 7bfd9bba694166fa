//! Bulk (RFC 7644 §3.7).

use serde_json::{Value, json};

use crate::client::{BULK, GROUP, PATCH_OP, Scim, USER};

fn job(operations: &Value) -> Value {
    json!({ "schemas": [BULK], "Operations": operations })
}

fn group(name: &str, members: &[&str]) -> Value {
    let members: Vec<Value> = members.iter().map(|id| json!({ "value": id })).collect();
    json!({ "schemas": [GROUP], "displayName": name, "members": members })
}

fn statuses(answer: &Value) -> Vec<&str> {
    answer["Operations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["status"].as_str().unwrap())
        .collect()
}

fn id_of(operation: &Value) -> String {
    operation["location"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn references_forward_backward_and_in_circles_are_resolved() {
    let scim = Scim::clean().await;
    let answer = scim
        .post("/Bulk", &job(&json!([
            { "method": "POST", "path": "/Groups", "bulkId": "g", "data": group("G", &["bulkId:u"]) },
            { "method": "POST", "path": "/Users", "bulkId": "u", "data": { "schemas": [USER], "userName": "u@example.com" } },
            { "method": "POST", "path": "/Groups", "bulkId": "a", "data": group("A", &["bulkId:b", "bulkId:u"]) },
            { "method": "POST", "path": "/Groups", "bulkId": "b", "data": group("B", &["bulkId:a"]) },
            { "method": "PATCH", "path": "/Users/bulkId:u", "data": {
                "schemas": [PATCH_OP], "Operations": [{ "op": "replace", "path": "title", "value": "Bulky" }] } },
        ])))
        .await
        .is(200);
    assert_eq!(
        statuses(&answer),
        ["201", "201", "201", "201", "200"],
        "{answer}"
    );
    let operations = answer["Operations"].as_array().unwrap();
    let user = id_of(&operations[1]);
    let (a, b) = (id_of(&operations[2]), id_of(&operations[3]));
    let members =
        async |id: &str| scim.get(&format!("/Groups/{id}")).await.is(200)["members"].clone();
    assert_eq!(
        members(&id_of(&operations[0])).await[0]["value"],
        user.as_str()
    );
    assert_eq!(members(&a).await[0]["value"], b.as_str());
    assert_eq!(members(&b).await[0]["value"], a.as_str());
    let read = scim.get(&format!("/Users/{user}")).await.is(200);
    assert_eq!(read["title"], "Bulky");
    assert_eq!(operations[0]["bulkId"], "g");
    assert!(operations[0]["version"].is_string());
}

#[tokio::test]
async fn failures_are_told_one_by_one() {
    let scim = Scim::clean().await;
    let taken = scim.get("/Users?count=1").await.is(200)["Resources"][0]["userName"].clone();
    let answer = scim
        .post("/Bulk", &job(&json!([
            { "method": "POST", "path": "/Users", "bulkId": "u", "data": { "schemas": [USER], "userName": taken } },
            { "method": "POST", "path": "/Groups", "bulkId": "g", "data": group("G", &["bulkId:u"]) },
            { "method": "POST", "path": "/Groups", "bulkId": "h", "data": group("H", &["bulkId:nothing"]) },
            { "method": "DELETE", "path": "/Users/nobody" },
            { "method": "GET", "path": "/Users/nobody" },
            { "method": "POST", "path": "/Groups", "bulkId": "ok", "data": group("Fine", &[]) },
        ])))
        .await
        .is(200);
    assert_eq!(
        statuses(&answer),
        ["409", "409", "409", "404", "400", "201"],
        "{answer}"
    );
    let operations = answer["Operations"].as_array().unwrap();
    assert_eq!(operations[0]["response"]["scimType"], "uniqueness");
    assert!(operations[0].get("location").is_none());
    assert!(
        operations[3]["location"]
            .as_str()
            .unwrap()
            .ends_with("/scim/v2/Users/nobody")
    );
}

#[tokio::test]
async fn circle_with_a_failure_leaves_nothing_behind() {
    let scim = Scim::clean().await;
    let before = scim.get("/Groups").await.text;
    let broken =
        json!({ "schemas": [GROUP], "displayName": 7, "members": [{ "value": "bulkId:a" }] });
    let answer = scim
        .post("/Bulk", &job(&json!([
            { "method": "POST", "path": "/Groups", "bulkId": "a", "data": group("A", &["bulkId:b"]) },
            { "method": "POST", "path": "/Groups", "bulkId": "b", "data": broken },
        ])))
        .await
        .is(200);
    assert_eq!(statuses(&answer), ["409", "400"]);
    assert_eq!(scim.get("/Groups").await.text, before);
}

#[tokio::test]
async fn fail_on_errors_stops() {
    let scim = Scim::clean().await;
    let wrong = json!({ "method": "DELETE", "path": "/Users/nobody" });
    let mut body = job(&json!([wrong, wrong, wrong]));
    body["failOnErrors"] = 2.into();
    assert_eq!(
        statuses(&scim.post("/Bulk", &body).await.is(200)),
        ["404", "404"]
    );
}

#[tokio::test]
async fn limits_are_kept_and_nothing_is_done_beyond_them() {
    let scim = Scim::clean().await;
    let one =
        json!({ "method": "POST", "path": "/Groups", "bulkId": "g", "data": group("G", &[]) });
    let before = scim.get("/Groups?count=0").await.text;
    let got = scim.post("/Bulk", &job(&vec![one; 1001].into())).await;
    got.is_error(413, None);
    assert!(got.text.contains("maxOperations"));
    let long =
        job(&json!([{ "method": "DELETE", "path": format!("/Users/{}", "x".repeat(1_100_000)) }]));
    scim.post("/Bulk", &long).await.is_error(413, None);
    scim.post("/Bulk", &json!({ "schemas": [USER] }))
        .await
        .is_error(400, Some("invalidSyntax"));
    assert_eq!(scim.get("/Groups?count=0").await.text, before);
}

#[tokio::test]
async fn versions_guard_operations() {
    let scim = Scim::clean().await;
    let user = scim.get("/Users?count=1").await.is(200)["Resources"][0].clone();
    let path = format!("/Users/{}", user["id"].as_str().unwrap());
    let delete = |version: &str| json!({ "method": "DELETE", "path": path, "version": version });
    let right = user["meta"]["version"].as_str().unwrap();
    let answer = scim
        .post(
            "/Bulk",
            &job(&json!([delete("W/\"stale\""), delete(right)])),
        )
        .await
        .is(200);
    assert_eq!(statuses(&answer), ["412", "204"]);
}

#[tokio::test]
async fn one_bulk_id_for_two_operations_is_a_mistake_of_the_job() {
    let scim = Scim::clean().await;
    let before = scim.get("/Groups").await.text;
    let twice = |name: &str| json!({ "method": "POST", "path": "/Groups", "bulkId": "g", "data": group(name, &[]) });
    scim.post("/Bulk", &job(&json!([twice("A"), twice("B")])))
        .await
        .is_error(400, Some("invalidSyntax"));
    assert_eq!(scim.get("/Groups").await.text, before);
    let pathless = json!([{ "method": "DELETE" }]);
    let answer = scim.post("/Bulk", &job(&pathless)).await.is(200);
    assert_eq!(statuses(&answer), ["400"]);
    assert!(answer["Operations"][0].get("location").is_none());
}

#[tokio::test]
async fn a_patch_in_a_job_is_refused_where_there_is_no_patch() {
    let scim = Scim::start(scimitar::server::Config {
        variations: vec![
            "no-patch".to_owned(),
            "bulk-results-with-resources".to_owned(),
        ],
        ..Default::default()
    })
    .await;
    let user = scim.get("/Users?count=1").await.is(200)["Resources"][0].clone();
    let path = format!("/Users/{}", user["id"].as_str().unwrap());
    let titled = json!({ "schemas": [USER], "userName": user["userName"], "title": "Bulky" });
    let operations = json!([
        { "method": "PATCH", "path": path, "data": { "schemas": [PATCH_OP], "Operations": [] } },
        { "method": "PUT", "path": path, "data": titled },
    ]);
    let answer = scim.post("/Bulk", &job(&operations)).await.is(200);
    assert_eq!(statuses(&answer), ["501", "200"]);
    assert_eq!(answer["Operations"][1]["response"]["title"], "Bulky");
}
