use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::prelude::*;

use super::*;

fn knowing(secrets: &[&str]) -> Redactor {
    let redactor = Redactor::default();
    for secret in secrets {
        redactor.register(secret);
    }
    redactor
}

fn hex(text: &str) -> String {
    let digits: Vec<String> = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

#[test]
fn structure_says_what_is_a_secret() {
    let table = [
        (
            r#"{"userName":"a","password":"t1"}"#,
            r#"{"userName":"a","password":"[redacted]"}"#,
        ),
        (
            r#"{"Password" : "a\"b" , "x":1}"#,
            r#"{"Password" : "[redacted]" , "x":1}"#,
        ),
        (
            r#"{"pass\u0077ord":"t1"}"#,
            r#"{"pass\u0077ord":"[redacted]"}"#,
        ),
        (
            r#"{"password":12345,"a":[1]}"#,
            r#"{"password":"[redacted]","a":[1]}"#,
        ),
        (
            r#"{"password":{"value":["x"]},"a":1}"#,
            r#"{"password":"[redacted]","a":1}"#,
        ),
        (r#"{"password":null,"a":""}"#, r#"{"password":null,"a":""}"#),
        (r#"{"password":"cut of"#, r#"{"password":"[redacted]"#),
        (
            r#"{"access_token":"x","token_type":"Bearer"}"#,
            r#"{"access_token":"[redacted]","token_type":"Bearer"}"#,
        ),
        (
            r#"{"Operations":[{"op":"replace","path":"password","value":"t1"},{"op":"add","path":"title","value":"t2"}]}"#,
            r#"{"Operations":[{"op":"replace","path":"password","value":"[redacted]"},{"op":"add","path":"title","value":"t2"}]}"#,
        ),
        (
            r#"{"value":"t1","path":"urn:ietf:params:scim:schemas:core:2.0:User:password","op":"add"}"#,
            r#"{"value":"[redacted]","path":"urn:ietf:params:scim:schemas:core:2.0:User:password","op":"add"}"#,
        ),
        (
            r#"[{"path":"password","value":{"a":[{"value":"t1"}]}},{"path":"x","value":{"b":1}}]"#,
            r#"[{"path":"password","value":"[redacted]"},{"path":"x","value":{"b":1}}]"#,
        ),
        (
            r#"{"path":"password","value":["t1","t2"#,
            r#"{"path":"password","value":"[redacted]""#,
        ),
        (
            r#"{"detail":"got {\"password\":\"t1\"}"}"#,
            r#"{"detail":"got {\"password\":\"[redacted]\"}"}"#,
        ),
        (
            r#"{"headers":{"Authorization":"Bearer abc"}}"#,
            r#"{"headers":{"Authorization":"Bearer [redacted]"}}"#,
        ),
        (
            r#"{"name":"password","type":"string"}"#,
            r#"{"name":"password","type":"string"}"#,
        ),
        (
            r#"{"changePassword":{"supported":true}}"#,
            r#"{"changePassword":{"supported":true}}"#,
        ),
        (
            "grant_type=x&client_secret=abc&b=2",
            "grant_type=x&client_secret=[redacted]&b=2",
        ),
        (
            "https://a.example/?access_token=abc#f",
            "https://a.example/?access_token=[redacted]#f",
        ),
        (
            "/login?to=%2Fx%3Faccess_token%3Dabc%26b%3D1",
            "/login?to=%2Fx%3Faccess_token%3D[redacted]%26b%3D1",
        ),
        (
            "https://u:p@a.example/x@y",
            "https://[redacted]@a.example/x@y",
        ),
        (
            "GET / HTTP/1.1\r\nAuthorization: Bearer abc\r\nHost: x",
            "GET / HTTP/1.1\r\nAuthorization: Bearer [redacted]\r\nHost: x",
        ),
        (
            "token eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.sig!",
            "token [redacted]!",
        ),
        (
            r#"{"value":{"urn:ietf:params:scim:schemas:core:2.0:User:password":"t1","id":"2"}}"#,
            r#"{"value":{"urn:ietf:params:scim:schemas:core:2.0:User:password":"[redacted]","id":"2"}}"#,
        ),
        (
            r#"{"token":"t1","secret":"t2","api_key":"t3","apiKey":"t4","clientSecret":"t5"}"#,
            r#"{"token":"[redacted]","secret":"[redacted]","api_key":"[redacted]","apiKey":"[redacted]","clientSecret":"[redacted]"}"#,
        ),
        (
            r#"{"path":"p\u0061ssword","value":"t1"}"#,
            r#"{"path":"p\u0061ssword","value":"[redacted]"}"#,
        ),
        (
            r#"{"op":"add","path":"urn:example:2.0:App:client_secret","value":"t1"}"#,
            r#"{"op":"add","path":"urn:example:2.0:App:client_secret","value":"[redacted]"}"#,
        ),
        (
            r#"{"x509Certificates":[{"value":"MII"}],"tokenLifetime":5,"tokenType":"a","secretary":"b","path":"/token","value":"c"}"#,
            r#"{"x509Certificates":[{"value":"MII"}],"tokenLifetime":5,"tokenType":"a","secretary":"b","path":"/token","value":"c"}"#,
        ),
        (
            "<User><password>t1 t2</password><id>1</id></User>",
            "<User><password>[redacted]</password><id>1</id></User>",
        ),
        (
            "<s:Password Type=\"x\">\n t1&lt; \n</s:Password><token/><id>1</id><passwordPolicy>a</passwordPolicy>",
            "<s:Password Type=\"x\">\n [redacted] \n</s:Password><token/><id>1</id><passwordPolicy>a</passwordPolicy>",
        ),
        (
            r#"{"detail":"<secret>t1<\/secret>","a":1}"#,
            r#"{"detail":"<secret>[redacted]<\/secret>","a":1}"#,
        ),
        ("<a><password>cut of", "<a><password>[redacted]"),
        (
            "<password <password> of </a>",
            "<password <password> [redacted] </a>",
        ),
        (
            "?apiKey=t1&clientSecret=t2&x=1",
            "?apiKey=[redacted]&clientSecret=[redacted]&x=1",
        ),
        (
            "filter=userName eq \"x\"&count=1",
            "filter=userName eq \"x\"&count=1",
        ),
        (
            "eyJ is no token, nor is eyJhbGciOiJub25lIn0.",
            "eyJ is no token, nor is eyJhbGciOiJub25lIn0.",
        ),
    ];
    for (text, redacted) in table {
        assert_eq!(Redactor::default().redact(text), redacted);
    }
}

#[test]
fn headers_are_redacted_by_their_name() {
    let table = [
        ("Authorization", "Bearer abc", "Bearer [redacted]"),
        ("authorization", "Basic dTpw", "Basic [redacted]"),
        ("Authorization", "non-token", "[redacted]"),
        ("Authorization", "two words", "[redacted]"),
        ("Proxy-Authorization", "Basic dTpw", "Basic [redacted]"),
        ("Set-Cookie", "sid=1; Path=/", "[redacted]"),
        ("Cookie", "sid=1", "[redacted]"),
        ("X-Api-Key", "k", "[redacted]"),
        (
            "Location",
            "https://a.example/?access_token=abc",
            "https://a.example/?access_token=[redacted]",
        ),
        ("ETag", "W/\"1\"", "W/\"1\""),
        (
            "WWW-Authenticate",
            "Bearer realm=\"scim\"",
            "Bearer realm=\"scim\"",
        ),
    ];
    for (name, value, redacted) in table {
        assert_eq!(
            Redactor::default().redact_header(name, value),
            redacted,
            "{name}"
        );
    }
}

#[test]
fn a_registered_secret_is_found_in_any_encoding() {
    let secret = "p@ss w\"ord/+é";
    let redactor = knowing(&[secret]);
    let texts = [
        secret.to_owned(),
        crate::http::encode(secret),
        crate::http::encode(&crate::http::encode(secret)),
        crate::http::encode(secret).to_lowercase(),
        "p%40ss+w%22ord%2F%2b%C3%A9".to_owned(),
        serde_json::Value::from(secret).to_string(),
        r#""p\u0040ss w\"ord\/+\u00e9""#.to_owned(),
        "p@ss w&quot;ord/+&#xE9;".to_owned(),
        STANDARD.encode(secret),
        STANDARD.encode(format!("user:{secret}")),
        URL_SAFE_NO_PAD.encode(format!("xx{secret}yy")),
        crate::http::encode(&STANDARD.encode(secret)),
        hex(secret),
        hex(secret).to_uppercase(),
    ];
    for text in texts {
        let redacted = redactor.redact(&format!("<{text}>"));
        assert!(redacted.contains(REDACTED), "{text} became {redacted}");
        assert!(!redacted.contains("ord"), "{text} became {redacted}");
    }
    assert_eq!(redactor.redact("nothing to hide"), "nothing to hide");
}

#[test]
fn authorization_registers_what_it_is_made_of() {
    let redactor = Redactor::default();
    redactor.register_authorization("Basic dXNlcjpodW50ZXIyMg==");
    for text in [
        "hunter22",
        "user:hunter22",
        "dXNlcjpodW50ZXIyMg==",
        "aHVudGVyMjI=",
    ] {
        assert!(redactor.redact(text).contains(REDACTED), "{text}");
    }
    assert_eq!(redactor.redact("the user"), "the user");
}

#[test]
fn secrets_of_one_request_are_not_kept() {
    let redactor = knowing(&["always-secret"]);
    let once = redactor.with_authorization("Bearer once-secret");
    assert_eq!(
        once.redact("always-secret once-secret"),
        "[redacted] [redacted]"
    );
    assert_eq!(
        redactor.redact("always-secret once-secret"),
        "[redacted] once-secret"
    );
}

/// Each of these would take minutes if it took the square of its length.
#[test]
fn a_hostile_text_takes_no_longer_than_its_length_says() {
    let redactor = knowing(&["canary-value"]);
    let parts = [
        r#"{"value":"#,
        r#"{"path":"password","value":"#,
        r#"{"a":["#,
        r#""password":{"#,
        "password=",
        "authorization:",
        "eyJhbGciOiJub25lIn0.",
        "<password>",
        "<password ",
        "</password><token>x",
        "://a@",
        "%25",
        "\\u00",
        "&amp;",
        "\"",
        "\\\"",
    ];
    for part in parts {
        let text = format!("{}canary-value", part.repeat(300_000 / part.len()));
        assert!(!redactor.redact(&text).contains("canary"), "{part}");
    }
}

#[test]
fn debug_shows_no_secret() {
    let redactor = knowing(&["canary-value"]);
    assert_eq!(format!("{redactor:?}"), "Redactor { secrets: 1 }");
}

proptest! {
    #[test]
    fn no_text_breaks_it_and_twice_is_once(text in "\\PC{0,80}|[\"\\\\{}:,=&%eyJ.a-zA-Z0-9]{0,80}", secret in "\\PC{0,12}") {
        let redactor = knowing(&[&secret]);
        let once = redactor.redact(&text);
        prop_assert_eq!(redactor.redact(&once), once);
    }

    #[test]
    fn a_secret_never_survives(
        secret in "[ -~é]{6,24}",
        before in "[ -~]{0,12}",
        after in "[ -~]{0,12}",
        how in 0_usize..6,
    ) {
        prop_assume!(!REDACTED.contains(secret.as_str()));
        let redactor = knowing(&[&secret]);
        let encoded = match how {
            0 => secret.clone(),
            1 => crate::http::encode(&secret),
            2 => serde_json::Value::from(secret.as_str()).to_string(),
            3 => URL_SAFE_NO_PAD.encode(format!("{before}{secret}{after}")),
            4 => hex(&secret),
            _ => STANDARD.encode(format!("{before}{secret}{after}")),
        };
        let redacted = redactor.redact(&format!("{before}{encoded}{after}"));
        prop_assert!(redacted.contains(REDACTED), "{}", redacted);
        prop_assert!(!redacted.contains(&secret), "{}", redacted);
    }

    #[test]
    fn json_stays_json(password in "\\PC{1,12}", other in "\\PC{0,12}") {
        let body = serde_json::json!({"password": password, "other": other, "list": [{"password": 1}]}).to_string();
        let redacted: serde_json::Value = serde_json::from_str(&Redactor::default().redact(&body)).unwrap();
        prop_assert_eq!(&redacted["password"], REDACTED);
        prop_assert_eq!(&redacted["list"][0]["password"], REDACTED);
    }
}
