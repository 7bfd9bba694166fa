//! A target that echoes secrets wherever it can: none of it reaches the record or a `Debug`.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use scimitar::http::{Auth, Client, ClientConfig, Credentials, RequestSpec, encode};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::raw::Raw;
use crate::{config, get};

const CANARY: &str = "canary+/tok\"en=7f3a";

/// Forms of the canary that no output may hold.
fn forms() -> Vec<String> {
    let json = serde_json::Value::from(CANARY).to_string();
    let mut forms = vec![
        CANARY.to_owned(),
        "canary".to_owned(),
        "7f3a".to_owned(),
        encode(CANARY),
        json.trim_matches('"').to_owned(),
        STANDARD.encode(CANARY).trim_end_matches('=').to_owned(),
        URL_SAFE_NO_PAD.encode(CANARY),
        hex(),
    ];
    for before in ["x", "xy"] {
        let encoded = STANDARD.encode(format!("{before}{CANARY}"));
        forms.push(encoded[4..encoded.len() - 4].to_owned());
    }
    forms
}

fn hex() -> String {
    let digits: Vec<String> = CANARY.bytes().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

fn assert_clean(what: &str, text: &str) {
    for form in forms() {
        assert!(!text.contains(&form), "{what} holds {form}:\n{text}");
    }
}

fn echo() -> ResponseTemplate {
    let body = serde_json::json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
        "detail": format!("token {CANARY} is wrong"),
        "echo": {"Authorization": format!("Bearer {CANARY}")},
        "hex": hex(),
        "base64": [STANDARD.encode(CANARY), STANDARD.encode(format!("x{CANARY}y")), STANDARD.encode(format!("xy{CANARY}"))],
        "url": format!("https://a.example/?t={}", encode(CANARY)),
        "nested": serde_json::json!({"inner": CANARY}).to_string(),
        "password": "short",
    });
    ResponseTemplate::new(302)
        .insert_header(
            "Location",
            format!("https://a.example/login?token={}", encode(CANARY)),
        )
        .insert_header("X-Echo", CANARY)
        .insert_header(
            "WWW-Authenticate",
            format!("Bearer error_description=\"{CANARY}\""),
        )
        .insert_header(
            "Content-Disposition",
            format!("attachment; filename={}", STANDARD.encode(CANARY)),
        )
        .insert_header("Set-Cookie", "session=abc")
        .set_body_json(body)
}

#[tokio::test]
async fn no_form_of_a_secret_reaches_the_record() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(echo()).mount(&server).await;
    let configs = [
        ClientConfig {
            auth: Auth::Bearer(CANARY.into()),
            ..config(&server.uri())
        },
        ClientConfig {
            auth: Auth::Basic {
                user: "ann".into(),
                password: CANARY.into(),
            },
            ..config(&server.uri())
        },
        ClientConfig {
            auth: Auth::Header(CANARY.into()),
            ..config(&server.uri())
        },
        ClientConfig {
            auth: Auth::Header(format!("SSWS {CANARY}").into()),
            ..config(&server.uri())
        },
        ClientConfig {
            headers: vec![("X-Api-Key".into(), CANARY.into())],
            ..config(&server.uri())
        },
        ClientConfig {
            secrets: vec![CANARY.into()],
            ..config(&server.uri())
        },
    ];
    for config in configs {
        assert_clean("the configuration", &format!("{config:?}"));
        let client = Client::new(&config).unwrap();
        let spec = RequestSpec {
            method: "POST".into(),
            url: format!("/Users?t={}", encode(CANARY)),
            headers: vec![
                ("X-Own".into(), CANARY.into()),
                ("Cookie".into(), "abc".into()),
            ],
            body: Some(
                serde_json::json!({"note": CANARY, "password": "short"})
                    .to_string()
                    .into_bytes(),
            ),
            ..get("")
        };
        assert_clean(
            "the request's Debug",
            &format!(
                "{:?}",
                RequestSpec {
                    body: None,
                    ..spec.clone()
                }
            ),
        );
        let sent = client.send(spec).await;
        assert!(
            String::from_utf8_lossy(&sent.body).contains("canary"),
            "judging sees what came"
        );
        assert!(sent.headers.iter().any(|header| header.value == CANARY));
        assert_clean(
            "the Debug",
            &format!("{sent:?} {client:?} {:?}", client.redactor()),
        );
        let record = serde_json::to_string_pretty(&sent.exchange).unwrap();
        assert_clean("the record", &record);
        for other in ["short", "session", "abc"] {
            assert!(!record.contains(other), "{other}: {record}");
        }
        assert!(record.contains("urn:ietf:params:scim:api:messages:2.0:Error"));
    }
}

#[tokio::test]
async fn nor_do_credentials_of_a_single_request() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(echo()).mount(&server).await;
    let client = crate::client(&server.uri());
    let value = format!("Bearer {CANARY}");
    let specs = [
        RequestSpec {
            auth: Credentials::Raw(value.clone().into()),
            ..get("/Users")
        },
        RequestSpec {
            headers: vec![("authorization".into(), value)],
            ..get("/Users")
        },
    ];
    for spec in specs {
        let sent = client.send(spec).await;
        assert_clean(
            "the record",
            &serde_json::to_string(&sent.exchange).unwrap(),
        );
    }
    assert_eq!(client.redact(CANARY), CANARY, "it is not kept for ever");
}

#[tokio::test]
async fn nor_do_errors_tell() {
    let client = |base_url: &str| {
        Client::new(&ClientConfig {
            auth: Auth::Bearer(CANARY.into()),
            ..config(base_url)
        })
        .unwrap()
    };
    let path = format!("/Users?t={}", encode(CANARY));
    let status = Raw::saying(format!("HTTP/1.1 {CANARY}\r\n\r\n")).await;
    let coding = Raw::saying(format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: {CANARY}\r\n\r\n"
    ))
    .await;
    for base_url in [
        status.base_url.as_str(),
        &coding.base_url,
        "http://no-such-host.invalid",
        "http://127.0.0.1:9",
    ] {
        let sent = client(base_url).send(get(&path)).await;
        assert!(sent.exchange.error.is_some());
        assert_clean(
            "the record",
            &serde_json::to_string(&sent.exchange).unwrap(),
        );
    }
    let sent = client("http://127.0.0.1:9")
        .send(get(&format!("http://other.example{path}")))
        .await;
    assert_clean(
        "the refusal",
        &serde_json::to_string(&sent.exchange).unwrap(),
    );
}

#[test]
fn nor_do_errors_of_the_configuration() {
    let url = |text: String| config(&text);
    let configs = [
        url(format!("https://user:{}@a.example/scim", encode(CANARY))),
        url(format!("ftp://a.example/?access_token={}", encode(CANARY))),
        ClientConfig {
            proxy: Some(format!("ftp://user:{}@proxy.example", encode(CANARY)).into()),
            ..config("https://a.example")
        },
        ClientConfig {
            client_certificate: Some(CANARY.into()),
            ..config("https://a.example")
        },
        ClientConfig {
            headers: vec![
                ("X-Api-Key".into(), format!("{CANARY}\n").into()),
                ("A".into(), "a\u{0}".into()),
            ],
            ..config("https://a.example")
        },
    ];
    for config in configs {
        let error = Client::new(&config).unwrap_err();
        assert_clean("the error", &format!("{error} {error:?} {config:?}"));
    }
}

#[tokio::test]
async fn credentials_of_a_proxy_go_to_the_proxy_and_nowhere_else() {
    let proxy = Raw::saying(format!(
        "HTTP/1.1 200 OK\r\nX-Echo: {CANARY}\r\nContent-Length: 0\r\n\r\n"
    ))
    .await;
    let address = proxy.base_url.strip_prefix("http://").unwrap();
    let client = Client::new(&ClientConfig {
        proxy: Some(format!("http://ann:{}@{address}", encode(CANARY)).into()),
        ..config("http://target.invalid/scim")
    })
    .unwrap();
    let sent = client.send(get("/Users")).await;
    assert_eq!(
        sent.exchange.status(),
        Some(200),
        "{:?}",
        sent.exchange.error
    );
    let request = proxy.requests.lock().unwrap().pop().unwrap();
    assert!(
        request.starts_with("GET http://target.invalid/scim/Users HTTP/1.1\r\n"),
        "{request}"
    );
    let pair = STANDARD.encode(format!("ann:{CANARY}"));
    assert!(
        request.contains(&format!("Proxy-Authorization: Basic {pair}\r\n")),
        "{request}"
    );
    assert_clean(
        "the record",
        &serde_json::to_string(&sent.exchange).unwrap(),
    );
}
