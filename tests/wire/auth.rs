//! As whom requests are sent.

use std::time::Duration;

use scimitar::http::{
    Auth, Client, ClientAuthentication, ClientConfig, ClientError, Credentials, Grant, OAuth2,
    RequestSpec,
};
use scimitar::record::TransportErrorKind;
use serde_json::json;
use wiremock::matchers::{body_string, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{config, get};

async fn server() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(200))
        .mount(&server)
        .await;
    server
}

/// The values of a header over all GETs.
async fn seen(server: &MockServer, name: &str) -> Vec<Option<String>> {
    let requests = server.received_requests().await.unwrap();
    requests
        .iter()
        .filter(|request| request.method.as_str() == "GET")
        .map(|request| {
            request
                .headers
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
        })
        .collect()
}

fn with(base_url: &str, auth: Auth) -> Client {
    Client::new(&ClientConfig {
        auth,
        ..config(base_url)
    })
    .unwrap()
}

#[tokio::test]
async fn each_form_is_sent_as_its_standard_says() {
    let table = [
        (Auth::None, None),
        (Auth::Bearer("abc.def".into()), Some("Bearer abc.def")),
        (
            Auth::Basic {
                user: "ann".into(),
                password: "p:ä".into(),
            },
            Some("Basic YW5uOnA6w6Q="),
        ),
        (Auth::Header("raw-token".into()), Some("raw-token")),
        (Auth::Header("SSWS x y".into()), Some("SSWS x y")),
    ];
    for (auth, expected) in table {
        let server = server().await;
        with(&server.uri(), auth).send(get("/Users")).await;
        assert_eq!(
            seen(&server, "authorization").await,
            [expected.map(str::to_owned)]
        );
    }
}

#[tokio::test]
async fn a_request_can_be_sent_as_nobody_or_as_another() {
    let server = server().await;
    let client = Client::new(&ClientConfig {
        auth: Auth::Bearer("good-token".into()),
        headers: vec![
            ("X-Api-Key".into(), "key-of-ours".into()),
            ("X-Tenant".into(), "one".into()),
        ],
        ..config(&server.uri())
    })
    .unwrap();
    client.send(get("/")).await;
    client
        .send(RequestSpec {
            auth: Credentials::None,
            ..get("/")
        })
        .await;
    client
        .send(RequestSpec {
            auth: Credentials::Raw("non-token".into()),
            ..get("/")
        })
        .await;
    client
        .send(RequestSpec {
            headers: vec![("authorization".into(), "own".into())],
            ..get("/")
        })
        .await;
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        seen(&server, "authorization").await,
        [
            some("Bearer good-token"),
            None,
            some("non-token"),
            some("own")
        ]
    );
    assert_eq!(
        seen(&server, "x-api-key").await,
        [some("key-of-ours"), None, None, some("key-of-ours")]
    );
    assert_eq!(
        seen(&server, "x-tenant").await,
        [some("one"), some("one"), some("one"), some("one")]
    );
}

#[test]
fn credentials_that_can_not_be_sent_are_refused_at_once() {
    let table = [
        Auth::Bearer("a\nb".into()),
        Auth::Header(String::new().into()),
        Auth::Basic {
            user: "a:b".into(),
            password: "secret-word".into(),
        },
    ];
    for auth in table {
        let error = Client::new(&ClientConfig {
            auth,
            ..config("http://a.example")
        })
        .unwrap_err();
        assert!(matches!(error, ClientError::Credentials { .. }), "{error}");
        assert!(!error.to_string().contains("secret-word"));
    }
}

fn oauth2(server: &MockServer) -> OAuth2 {
    OAuth2 {
        token_url: format!("{}/token", server.uri()),
        client_id: "client one".into(),
        client_secret: Some("s3cret/word".into()),
        authentication: ClientAuthentication::Basic,
        grant: Grant::ClientCredentials,
        scope: None,
    }
}

fn token(value: &str, more: &serde_json::Value) -> ResponseTemplate {
    let mut body = json!({"access_token": value, "token_type": "Bearer"});
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    ResponseTemplate::new(200).set_body_json(body)
}

#[tokio::test]
async fn a_token_is_fetched_once_for_all_who_wait() {
    let server = server().await;
    let answer =
        token("token-number-1", &json!({"expires_in": 3600})).set_delay(Duration::from_millis(100));
    Mock::given(method("POST"))
        .and(path("/token"))
        // `client%20one:s3cret%2Fword`
        .and(header(
            "authorization",
            "Basic Y2xpZW50JTIwb25lOnMzY3JldCUyRndvcmQ=",
        ))
        .and(header("content-type", "application/x-www-form-urlencoded"))
        .and(body_string(
            "grant_type=client_credentials&scope=scim%20read",
        ))
        .respond_with(answer)
        .expect(1)
        .mount(&server)
        .await;
    let auth = OAuth2 {
        scope: Some("scim read".into()),
        ..oauth2(&server)
    };
    let client = Client::new(&ClientConfig {
        auth: Auth::OAuth2(auth),
        headers: vec![("X-Api-Key".into(), "for-the-target".into())],
        ..config(&server.uri())
    })
    .unwrap();
    let sent = futures_util::future::join_all((0..5).map(|_| client.send(get("/Users")))).await;
    assert!(sent.iter().all(|sent| sent.exchange.status() == Some(200)));
    assert!(
        sent.iter().all(|sent| sent.exchange.duration_us < 100_000),
        "the wait for the token is not the target's"
    );
    assert_eq!(
        seen(&server, "authorization").await,
        vec![Some("Bearer token-number-1".to_owned()); 5]
    );
    let requests = server.received_requests().await.unwrap();
    let fetch = requests
        .iter()
        .find(|request| request.method.as_str() == "POST")
        .unwrap();
    assert!(
        !fetch.headers.contains_key("x-api-key"),
        "what is for the target is not for the token endpoint"
    );
    assert_eq!(client.redact("token-number-1"), "[redacted]");
}

#[tokio::test]
async fn the_secret_can_go_into_the_body_and_a_public_client_has_none() {
    let table = [
        (
            Some("s3cret/word"),
            "grant_type=client_credentials&client_id=client%20one&client_secret=s3cret%2Fword",
        ),
        (None, "grant_type=client_credentials&client_id=client%20one"),
    ];
    for (secret, body) in table {
        let server = server().await;
        Mock::given(method("POST"))
            .and(body_string(body))
            .respond_with(token("token-number-1", &json!({})))
            .expect(1)
            .mount(&server)
            .await;
        let auth = OAuth2 {
            authentication: ClientAuthentication::Body,
            client_secret: secret.map(Into::into),
            ..oauth2(&server)
        };
        let sent = with(&server.uri(), Auth::OAuth2(auth))
            .send(get("/Users"))
            .await;
        assert_eq!(sent.exchange.status(), Some(200));
    }
}

#[tokio::test]
async fn a_newer_refresh_token_replaces_the_older_and_an_expired_token_is_renewed() {
    let server = server().await;
    for (old, new, access) in [
        ("first", "second-refresh", "access-1"),
        ("second-refresh", "third-refresh", "access-2"),
    ] {
        Mock::given(method("POST"))
            .and(body_string(format!(
                "grant_type=refresh_token&refresh_token={old}"
            )))
            .respond_with(token(
                access,
                &json!({"expires_in": "1", "refresh_token": new}),
            ))
            .expect(1)
            .mount(&server)
            .await;
    }
    let auth = OAuth2 {
        grant: Grant::RefreshToken("first".into()),
        ..oauth2(&server)
    };
    let client = with(&server.uri(), Auth::OAuth2(auth));
    client.send(get("/Users")).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    client.send(get("/Users")).await;
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        seen(&server, "authorization").await,
        [some("Bearer access-1"), some("Bearer access-2")]
    );
    assert_eq!(
        client.redact("second-refresh third-refresh"),
        "[redacted] [redacted]"
    );
}

#[tokio::test]
async fn a_token_that_was_good_and_is_refused_is_renewed_once() {
    let server = MockServer::start().await;
    let mocks = [
        Mock::given(header("authorization", "Bearer token-1"))
            .respond_with(ResponseTemplate::new(200))
            .up_to_n_times(1),
        Mock::given(header("authorization", "Bearer token-1"))
            .respond_with(ResponseTemplate::new(401)),
        Mock::given(header("authorization", "Bearer token-2"))
            .respond_with(ResponseTemplate::new(401)),
        Mock::given(path("/token"))
            .respond_with(token("token-1", &json!({})))
            .up_to_n_times(1),
        Mock::given(path("/token")).respond_with(token("token-2", &json!({}))),
    ];
    for mock in mocks {
        mock.mount(&server).await;
    }
    let client = with(&server.uri(), Auth::OAuth2(oauth2(&server)));
    let statuses = async || {
        let sent = client
            .send_with_retry(get("/Users"), Duration::from_secs(5))
            .await;
        sent.iter()
            .map(|sent| sent.exchange.status().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(statuses().await, [200]);
    assert_eq!(statuses().await, [401, 401]);
    // The second token was never good: asking for a third would not help.
    assert_eq!(statuses().await, [401]);
}

#[tokio::test]
async fn what_the_token_endpoint_refuses_is_an_error_of_the_request() {
    let table = [
        (
            ResponseTemplate::new(401).set_body_json(
                json!({"error": "invalid_client", "error_description": "no\nsuch s3cret/word"}),
            ),
            "the token endpoint answered 401: invalid_client (no such [redacted])",
        ),
        (
            ResponseTemplate::new(500).set_body_string("<html>"),
            "the token endpoint answered 500",
        ),
        (
            ResponseTemplate::new(302).insert_header("Location", "/login"),
            "the token endpoint answered 302",
        ),
        (
            ResponseTemplate::new(200).set_body_json(json!({"token_type": "Bearer"})),
            "the token endpoint answered 200 without an access_token (RFC 6749 §5.1)",
        ),
        (
            ResponseTemplate::new(200)
                .set_body_json(json!({"access_token": "abcdefgh", "token_type": "mac"})),
            "the token endpoint gave a token that is no bearer token",
        ),
        (
            ResponseTemplate::new(200).set_delay(Duration::from_secs(9)),
            "the token endpoint gave no answer: no answer within 2 s",
        ),
    ];
    for (answer, message) in table {
        let server = server().await;
        Mock::given(method("POST"))
            .respond_with(answer)
            .expect(1)
            .mount(&server)
            .await;
        let client = with(&server.uri(), Auth::OAuth2(oauth2(&server)));
        // Who waits for a token shares the failure.
        let sent = futures_util::future::join_all((0..3).map(|_| client.send(get("/Users")))).await;
        for sent in sent {
            let error = sent.exchange.error.unwrap();
            assert_eq!(
                (error.kind, error.message.as_str()),
                (TransportErrorKind::Request, message)
            );
        }
        assert_eq!(
            seen(&server, "authorization").await,
            [],
            "nothing went to the target"
        );
    }
}

#[tokio::test]
async fn the_url_of_the_instance_is_no_secret() {
    let server = server().await;
    let more = json!({"instance_url": server.uri(), "id_token": "some-identity", "nested": {"key": "nested-secret"}});
    Mock::given(method("POST"))
        .respond_with(token("token-number-1", &more))
        .mount(&server)
        .await;
    let client = with(
        &format!("{}/scim", server.uri()),
        Auth::OAuth2(oauth2(&server)),
    );
    let sent = client.send(get("/Users")).await;
    assert_eq!(
        sent.exchange.request.url,
        format!("{}/scim/Users", server.uri())
    );
    assert_eq!(
        client.redact("some-identity nested-secret Bearer"),
        "[redacted] [redacted] Bearer"
    );
}
