//! What goes out, and that the record says so.

use std::num::NonZeroU32;
use std::time::Duration;

use scimitar::http::{Client, ClientConfig, RequestSpec};
use scimitar::record::TransportErrorKind;
use tokio::time::Instant;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::raw::Raw;
use crate::{client, config, get};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\nContent-Length: 2\r\nX-Two: a\r\nX-Two: b\r\n\r\n{}";

#[tokio::test]
async fn the_record_shows_exactly_what_was_sent() {
    let server = Raw::saying(OK).await;
    let client = client(&format!("{}/scim/v2/", server.base_url));
    let specs = [
        get("/Users?filter=userName%20eq%20%22a%40b.c%22"),
        RequestSpec {
            headers: vec![
                ("Accept".into(), "application/scim+json".into()),
                ("accept-charset".into(), "utf-8".into()),
                ("User-Agent".into(), "Okta SCIM Client 1.0.0".into()),
                ("Accept-Encoding".into(), "gzip".into()),
            ],
            ..get("/Users")
        },
        RequestSpec {
            method: "POST".into(),
            headers: vec![("Content-Type".into(), "application/scim+json".into())],
            body: Some(br#"{"userName":"a"}"#.to_vec()),
            ..get("Users")
        },
        RequestSpec {
            method: "POST".into(),
            body: Some(Vec::new()),
            ..get("Users")
        },
        RequestSpec {
            method: "PATCH".into(),
            ..get("Users")
        },
        RequestSpec {
            method: "DELETE".into(),
            ..get("/Users/1")
        },
        RequestSpec {
            method: "PURGE".into(),
            ..get("/Users/1")
        },
    ];
    for spec in specs {
        let sent = client.send(spec).await;
        let request = sent.exchange.request;
        let path = request.url.strip_prefix(&server.base_url).unwrap();
        let mut expected = format!("{} {path} HTTP/1.1\r\n", request.method);
        for header in &request.headers {
            expected.push_str(&[&header.name, ": ", &header.value, "\r\n"].concat());
        }
        expected.push_str("\r\n");
        expected.push_str(&request.body.map(|body| body.text).unwrap_or_default());
        let seen = server.requests.lock().unwrap().pop().unwrap();
        assert_eq!(seen, expected);
    }
}

#[tokio::test]
async fn the_answer_is_kept_raw_for_judging_and_as_text_for_the_record() {
    let server = Raw::saying(OK).await;
    let zero = Instant::now();
    let client = Client::new(&ClientConfig {
        zero,
        ..config(&server.base_url)
    })
    .unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    let sent = client.send(get("/Users")).await;
    assert_eq!(sent.body, b"{}");
    let two: Vec<&str> = sent
        .headers
        .iter()
        .filter(|header| header.name == "x-two")
        .map(|header| header.value.as_str())
        .collect();
    assert_eq!(two, ["a", "b"]);
    let exchange = sent.exchange;
    assert!(exchange.started_us >= 20_000);
    assert!(exchange.first_byte_us.unwrap() <= exchange.duration_us);
    assert!(u128::from(exchange.started_us + exchange.duration_us) <= zero.elapsed().as_micros());
    let response = exchange.response.unwrap();
    assert_eq!(
        (response.status, response.version.as_str()),
        (200, "HTTP/1.1")
    );
    assert_eq!(
        response.header_values("X-Two").collect::<Vec<_>>(),
        ["a", "b"]
    );
    assert_eq!(response.body.unwrap().text, "{}");
}

#[tokio::test]
async fn what_can_not_be_sent_is_an_error_of_the_request_and_nothing_goes_out() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200))
        .expect(0)
        .mount(&server)
        .await;
    let client = client(&format!("{}/scim", server.uri()));
    let with = |name: &str, value: &str| RequestSpec {
        headers: vec![(name.into(), value.into())],
        ..get("/Users")
    };
    let table = [
        (
            RequestSpec {
                method: "GET IT".into(),
                ..get("/Users")
            },
            "`GET IT` is no method",
        ),
        (with("a b", "c"), "`a b` is no name of a header"),
        (with("A", "b\r\nC: d"), "control character"),
        (with("Content-Length", "7"), "follows from the body"),
        (get("http://other.example/Users"), "is not the target"),
        (get("/Users/../../admin"), "a segment of the path is"),
        (get("/Users/%2E%2e"), "a segment of the path is"),
    ];
    for (spec, message) in table {
        let sent = client.send(spec).await;
        let error = sent.exchange.error.unwrap();
        assert_eq!(error.kind, TransportErrorKind::Request);
        assert!(error.message.contains(message), "{}", error.message);
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let elsewhere = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200))
        .expect(0)
        .mount(&elsewhere)
        .await;
    let server = MockServer::start().await;
    for status in [301, 302, 303, 307, 308] {
        server.reset().await;
        let location = format!("{}/Users", elsewhere.uri());
        let answer = ResponseTemplate::new(status).insert_header("Location", location.as_str());
        Mock::given(any())
            .respond_with(answer)
            .expect(1)
            .mount(&server)
            .await;
        let sent = client(&server.uri()).send(get("/Users")).await;
        let response = sent.exchange.response.unwrap();
        assert_eq!(response.status, status);
        assert_eq!(response.header("location"), Some(location.as_str()));
    }
}

#[tokio::test]
async fn configured_headers_go_out_unless_a_request_has_its_own() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200))
        .mount(&server)
        .await;
    let client = Client::new(&ClientConfig {
        headers: vec![
            ("X-Tenant".into(), "one".into()),
            ("Accept".into(), "text/plain".into()),
        ],
        user_agent: "tester/1".into(),
        ..config(&server.uri())
    })
    .unwrap();
    client.send(get("/a")).await;
    client
        .send(RequestSpec {
            headers: vec![("x-tenant".into(), "two".into())],
            ..get("/b")
        })
        .await;
    let requests = server.received_requests().await.unwrap();
    let value = |n: usize, name: &str| {
        requests[n]
            .headers
            .get_all(name)
            .iter()
            .map(|v| v.to_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(value(0, "x-tenant"), ["one"]);
    assert_eq!(value(0, "accept"), ["text/plain"]);
    assert_eq!(value(0, "user-agent"), ["tester/1"]);
    assert_eq!(value(1, "x-tenant"), ["two"]);
}

#[tokio::test]
async fn the_rate_bounds_all_clones_together() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200))
        .mount(&server)
        .await;
    let client = Client::new(&ClientConfig {
        rate: NonZeroU32::new(20),
        ..config(&server.uri())
    })
    .unwrap();
    let started = Instant::now();
    let all = (0..6).map(|_| {
        let client = client.clone();
        async move { client.send(get("/Users")).await }
    });
    let sent = futures_util::future::join_all(all).await;
    assert!(sent.iter().all(|sent| sent.exchange.status() == Some(200)));
    // Six requests are five intervals of 50 ms apart.
    assert!(
        started.elapsed() >= Duration::from_millis(250),
        "{:?}",
        started.elapsed()
    );
}
