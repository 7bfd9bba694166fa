//! A server that gives what the fixtures look at, and nothing besides.

use serde_json::{Value, json};
use wiremock::matchers::{any, method, path, path_regex};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// What the assertions look into.
fn values() -> Value {
    json!({
        "text": "Ada", "true": true, "false": false, "zero": 0, "one": 1.0, "digits": "401", "nothing": null,
        "blank": "", "none": [], "hollow": {}, "words": ["urn:x", "b"], "object": { "a": "b" }, "numbers": [7],
        "list": [{ "value": "a b/c" }, { "value": "b@example.com" }],
    })
}

const XML: &str = "<Users total=\"2\"><User id=\"1\"><userName>ada</userName></User>\
                   <User id=\"2\"><userName>bob</userName></User></Users>";

/// Starts it.
pub(crate) async fn start() -> MockServer {
    let server = MockServer::start().await;
    let json = |body: Value| {
        ResponseTemplate::new(200)
            .insert_header("X-Count", "7")
            .set_body_json(body)
    };
    for (place, answer) in [
        ("/scim/Values", json(values())),
        (
            "/scim/Users",
            json(json!({ "totalResults": 0, "Resources": [] })),
        ),
        (
            "/scim/Xml",
            ResponseTemplate::new(200).set_body_raw(XML, "application/xml"),
        ),
    ] {
        let mock = Mock::given(path(place)).respond_with(answer);
        mock.mount(&server).await;
    }
    Mock::given(method("DELETE"))
        .and(path("/scim/Echo/9"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    // It gives back the body, with an id as if it had been kept, or what it knows.
    Mock::given(path_regex("^/scim/Echo"))
        .respond_with(|request: &Request| {
            let known = json!({ "list": [{ "value": "a b/c" }], "numbers": [7], "joined": "7200" });
            let mut body: Value = serde_json::from_slice(&request.body).unwrap_or(known);
            body["id"] = "9".into();
            ResponseTemplate::new(200).set_body_json(body)
        })
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(404))
        .mount(&server)
        .await;
    server
}
