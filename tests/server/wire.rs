//! Servers that break HTTP.

use std::time::Duration;

use crate::client::{Scim, plain_client};

#[tokio::test]
async fn what_a_client_sees_of_broken_answers() {
    for (fault, seen) in [
        ("wire-reset", "error"),
        ("wire-status-line-garbage", "error"),
        ("wire-truncated-body", "error"),
        ("wire-hangs", "timeout"),
        ("wire-slow-body", "timeout"),
        ("wire-endless-body", "timeout"),
        ("wire-html-page", "no JSON"),
        ("wire-json-cut-off", "no JSON"),
        ("wire-deep-json", "no JSON"),
        ("wire-wrong-content-length", "no JSON"),
        ("wire-redirect-elsewhere", "307"),
        ("wire-control-characters", "JSON"),
    ] {
        let mut scim = Scim::faulty(fault).await;
        scim.client = plain_client(Duration::from_millis(800));
        assert_eq!(
            scim.get("/ServiceProviderConfig").await.status,
            200,
            "{fault}"
        );
        let got = match scim.try_ask("GET", "/Users", &[], None).await {
            Err(error) if error.is_timeout() => "timeout".to_owned(),
            Err(_) => "error".to_owned(),
            Ok(got) if got.status != 200 => got.status.to_string(),
            Ok(got) if serde_json::from_str::<serde_json::Value>(&got.text).is_ok() => {
                "JSON".to_owned()
            }
            Ok(_) => "no JSON".to_owned(),
        };
        assert_eq!(got, seen, "{fault}");
    }
}

#[tokio::test]
async fn small_body_unpacks_to_a_huge_one() {
    let scim = Scim::faulty("wire-gzip-bomb").await;
    let got = scim.get("/Users").await;
    assert_eq!(got.text.len() / (1024 * 1024), 63);
    assert!(got.text.bytes().all(|byte| byte == b' '));
}

#[tokio::test]
async fn without_a_fault_of_the_wire_the_raw_server_answers_like_the_other() {
    let (raw, other) = (
        Scim::varied("header-names-in-capitals").await,
        Scim::clean().await,
    );
    for path in ["/Users/1", "/Roles?attributes=displayName", "/Nothing"] {
        let (one, two) = (raw.get(path).await, other.get(path).await);
        assert_eq!((one.status, one.text), (two.status, two.text));
    }
    let id = raw.user("raw@example.com").await;
    raw.delete(&format!("/Users/{id}")).await.is(204);
}
