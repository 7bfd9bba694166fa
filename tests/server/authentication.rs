//! Who may ask, and how the others are told.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use scimitar::server::{Config, Credentials, OAuthClient};
use serde_json::Value;

use crate::client::Scim;

async fn with(credentials: Credentials) -> Scim {
    Scim::start(Config {
        credentials,
        ..Config::default()
    })
    .await
}

#[tokio::test]
async fn wrong_credentials_of_every_shape_are_refused() {
    let scim = Scim::clean().await;
    let token = scim.server.token().to_owned();
    let basic = format!("Basic {}", STANDARD.encode("a:b"));
    let cut = format!("Bearer {}", &token[1..]);
    for value in [
        "",
        "non-token",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        token.as_str(),
        basic.as_str(),
        cut.as_str(),
    ] {
        for path in ["/Users", "/Groups", "/Schemas", "/Users/1", "/Nothing"] {
            let got = scim
                .ask("GET", path, &[("authorization", value)], None)
                .await;
            got.is_error(401, None);
            assert!(
                got.header("www-authenticate").starts_with("Bearer realm="),
                "{value} {path}"
            );
        }
    }
    scim.ask(
        "GET",
        "/Users",
        &[("authorization", &format!("bearer {token}"))],
        None,
    )
    .await
    .is(200);
}

#[tokio::test]
async fn configuration_is_public_and_a_wrong_token_is_refused_there_too() {
    let scim = Scim::clean().await;
    scim.ask(
        "GET",
        "/ServiceProviderConfig",
        &[("authorization", "")],
        None,
    )
    .await
    .is(200);
    scim.ask(
        "GET",
        "/ServiceProviderConfig",
        &[("authorization", "Bearer x")],
        None,
    )
    .await
    .is_error(401, None);
}

#[tokio::test]
async fn basic_and_raw_values_are_accepted_where_configured() {
    let pair = ("okta".to_owned(), "s3:cret".to_owned());
    let scim = with(Credentials {
        basic: vec![pair],
        raw: vec!["raw-value".to_owned()],
        ..Credentials::default()
    })
    .await;
    let right = format!("Basic {}", STANDARD.encode("okta:s3:cret"));
    for (value, status) in [
        (right.as_str(), 200),
        ("raw-value", 200),
        ("Bearer raw-value", 401),
        ("Basic !!", 401),
    ] {
        assert_eq!(
            scim.ask("GET", "/Users", &[("authorization", value)], None)
                .await
                .status,
            status,
            "{value}"
        );
    }
    let config = scim
        .ask(
            "GET",
            "/ServiceProviderConfig",
            &[("authorization", "")],
            None,
        )
        .await
        .is(200);
    assert!(
        config["authenticationSchemes"]
            .to_string()
            .contains("httpbasic")
    );
}

#[tokio::test]
async fn token_endpoint_gives_refreshes_and_expires_tokens() {
    let client = OAuthClient {
        id: "me".to_owned(),
        secret: "s&cret".to_owned(),
        lifetime: Duration::from_secs(1),
    };
    let scim = with(Credentials {
        oauth: Some(client),
        ..Credentials::default()
    })
    .await;
    let ask = async |form: &str| {
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("authorization", ""),
        ];
        scim.ask(
            "POST",
            "origin:/oauth2/token",
            &headers,
            Some(form.to_owned()),
        )
        .await
    };
    let wrong = ask("grant_type=client_credentials&client_id=me&client_secret=no").await;
    assert_eq!(wrong.is(401)["error"], "invalid_client");
    let other = ask("grant_type=password&client_id=me&client_secret=s%26cret").await;
    assert_eq!(other.is(400)["error"], "unsupported_grant_type");
    let given = ask("grant_type=client_credentials&client_id=me&client_secret=s%26cret")
        .await
        .is(200);
    assert_eq!(given["token_type"], "Bearer");
    let use_it = async |given: &Value| {
        let value = format!("Bearer {}", given["access_token"].as_str().unwrap());
        scim.ask("GET", "/Users", &[("authorization", &value)], None)
            .await
            .status
    };
    assert_eq!(use_it(&given).await, 200);
    let refresh = given["refresh_token"].as_str().unwrap();
    let form = format!(
        "grant_type=refresh_token&refresh_token={refresh}&client_id=me&client_secret=s%26cret"
    );
    let again = ask(&form).await.is(200);
    assert_eq!(use_it(&again).await, 200);
    assert_eq!(ask(&form).await.is(400)["error"], "invalid_grant");
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(use_it(&again).await, 401);
}
