//! `scimitar doctor`: what it says of good targets, bad ones, and none.

use std::io::Read as _;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use base64::Engine as _;

use crate::binary::{Outcome, Scimitar};
use crate::served::{Served, answering, nobody};
use crate::tls_server::{authority, params, server};

fn doctor(scimitar: &Scimitar, args: &[&str]) -> Outcome {
    let args: Vec<&str> = ["doctor"].iter().chain(args).copied().collect();
    scimitar.run(&args)
}

fn plain() -> Scimitar {
    Scimitar::new().suites()
}

fn shown(outcome: &Outcome) -> String {
    outcome.shown()
}

/// What stands between two headings.
fn part<'a>(text: &'a str, heading: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("\n{heading}\n")).unwrap();
    rest.split_once("\n\n").map_or(rest, |(part, _)| part)
}

#[test]
fn the_embedded_server_is_well() {
    let outcome = doctor(&plain(), &[]).expect(0);
    assert!(
        outcome
            .stdout
            .lines()
            .all(|line| line.chars().count() <= 80)
    );
    insta::assert_snapshot!(shown(&outcome));
    let v1 = doctor(&plain(), &["--scim", "1.1"]).expect(0);
    let version = part(&v1.stdout, "SCIM version");
    assert!(version.contains("template “SCIM 1.1"), "{version}");
}

#[test]
fn as_many_checks_are_promised_as_run() {
    let choice = ["--check", "okta-spec-*/read-*"];
    let outcome = plain().run(&[&["doctor"], &choice[..]].concat()).expect(0);
    let scimitar = plain();
    scimitar
        .run(&[&["run", "--out", "out"], &choice[..]].concat())
        .expect(0);
    let run = scimitar::record::Run::from_json(&scimitar.read("out/run.json")).unwrap();
    let suites: std::collections::BTreeSet<&str> = run
        .checks
        .iter()
        .map(|check| check.suite.as_str())
        .collect();
    assert!(
        suites.contains("okta-spec-1.1") && suites.contains("okta-spec-2.0"),
        "{suites:?}"
    );
    let (_, said) = outcome.stdout.split_once("in all ").unwrap();
    let numbers = said
        .lines()
        .next()
        .unwrap()
        .split(|c: char| !c.is_ascii_digit());
    let promised: usize = numbers.filter_map(|text| text.parse::<usize>().ok()).sum();
    assert_eq!(promised, run.checks.len(), "{}", outcome.stdout);
}

#[test]
fn nobody_listens() {
    insta::assert_snapshot!(shown(&doctor(&plain(), &[&nobody()]).expect(3)));
}

#[test]
fn a_web_page() {
    let url = answering(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 30\r\nConnection: close\r\n\r\n\
         <!DOCTYPE html><html>::x</html>",
    );
    insta::assert_snapshot!(shown(&doctor(&plain(), &[&url]).expect(1)));
}

#[test]
fn a_target_that_hangs_costs_a_bounded_time() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/scim/v2", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for mut stream in listener.incoming().map_while(Result::ok) {
            let _ = stream.read(&mut [0; 16]);
            open.push(stream);
        }
    });
    let started = Instant::now();
    let outcome = doctor(&plain(), &[&url, "--timeout", "500ms"]).expect(3);
    assert!(started.elapsed() < Duration::from_secs(5));
    assert!(outcome.stdout.contains("no answer within 0.5 s"));
}

#[test]
fn defects_of_authentication_are_problems_with_remedies() {
    let shown = |faults: &[&str]| {
        let args: Vec<&str> = faults.iter().flat_map(|fault| ["--fault", fault]).collect();
        let served = Served::start(&args);
        let scimitar = plain().env("SCIMITAR_BEARER", &served.token);
        let outcome = doctor(&scimitar, &[&served.url]).expect(1);
        part(&outcome.stdout, "Authentication").to_owned() + "\n"
    };
    insta::assert_snapshot!(
        [
            shown(&["auth-not-required"]),
            shown(&["auth-answers-403", "auth-truncated-token-accepted"]),
            shown(&["auth-scheme-ignored"]),
            shown(&["auth-redirects-to-login"]),
            shown(&["auth-error-is-html"]),
            shown(&["auth-error-without-detail", "auth-without-challenge"]),
        ]
        .join("---\n")
    );
}

#[test]
fn refused_credentials_end_with_3() {
    let served = Served::start(&[]);
    let none = doctor(&plain(), &[&served.url]).expect(3);
    let wrong = doctor(
        &plain().env("SCIMITAR_BEARER", "wrong-token"),
        &[&served.url],
    )
    .expect(3);
    let raw = plain().env("SCIMITAR_AUTH_HEADER", &served.token);
    let raw = doctor(&raw, &[&served.url]).expect(3);
    let shown: Vec<&str> = [&none, &wrong, &raw]
        .map(|outcome| part(&outcome.stdout, "Authentication"))
        .to_vec();
    insta::assert_snapshot!(shown.join("\n---\n"));
}

#[test]
fn certificates_are_judged_whoever_vouches_for_them() {
    let authority = authority();
    let soon = |days: i64| {
        let mut params = params("localhost");
        params.not_after = rcgen::date_time_ymd(1970, 1, 1) + rcgen_days(days);
        params
    };
    let now = i64::try_from(
        std::time::SystemTime::UNIX_EPOCH
            .elapsed()
            .unwrap()
            .as_secs()
            / 86_400,
    )
    .unwrap();
    let scimitar = plain().file("ca.pem", &authority.pem());
    let connection = |scimitar: &Scimitar, url: &str, args: &[&str], code: i32| {
        let args: Vec<&str> = [url].iter().chain(args).copied().collect();
        let outcome = doctor(scimitar, &args).expect(code);
        part(&outcome.stdout, "Connection").to_owned()
    };
    let url = server(&authority, &soon(now + 10), None);
    let own = connection(&scimitar, &url, &["--ca", "ca.pem"], 1);
    assert!(
        own.contains("remark    the certificate expires on "),
        "{own}"
    );
    assert!(own.contains("good for --ca only"), "{own}");
    assert!(own.contains("ok        TLS 1.3"), "{own}");
    let stranger = connection(&scimitar, &url, &[], 3);
    assert!(
        stranger.contains("problem   the certificate of the target comes from"),
        "{stranger}"
    );
    let url = server(&authority, &soon(now - 10), None);
    let expired = connection(&scimitar, &url, &["--ca", "ca.pem"], 3);
    assert!(
        expired.contains("problem   the certificate expired on "),
        "{expired}"
    );
    let insecure = connection(&scimitar, &url, &["--insecure"], 1);
    assert!(insecure.contains("but Okta verifies it"), "{insecure}");
}

/// Days, as the crate for certificates counts time.
fn rcgen_days(days: i64) -> Duration {
    Duration::from_secs(u64::try_from(days).unwrap() * 86_400)
}

#[test]
fn the_result_is_data_of_the_committed_schema() {
    let scimitar = plain();
    let outcome = doctor(&scimitar, &["--json", "-"]).expect(0);
    assert!(
        outcome
            .stderr
            .contains("Would Okta accept the connection? not yet")
    );
    let data: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    let schema = scimitar.run(&["schema", "doctor"]).expect(0).stdout;
    let schema = serde_json::from_str(&schema).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&data));
    assert_eq!(data["format"]["major"], 1);
    assert_eq!(data["okta"]["accepts"], "notYet");
    doctor(&scimitar, &["--json", "out/doctor.json", "-q"]).expect(0);
    let file: serde_json::Value = serde_json::from_str(&scimitar.read("out/doctor.json")).unwrap();
    assert_eq!(file["reach"], "reached");
    let unwritable = plain().file("taken", "a file");
    doctor(&unwritable, &["--json", "taken/doctor.json"]).expect(7);
}

#[test]
fn what_a_killed_run_left_is_told_with_the_command() {
    let served = Served::start(&[]);
    let ledger = |url: &str| {
        format!(
            "{{\"entry\":\"run\",\"run\":\"r1\",\"tag\":\"abcdefgh\",\"targets\":[\"{url}\"]}}\n\
             {{\"entry\":\"intent\",\"number\":1,\"check\":\"s/a\",\"collection\":\"{url}/Users\",\"name\":null}}\n"
        )
    };
    let scimitar = plain()
        .env("SCIMITAR_BEARER", &served.token)
        .file("reports/r1/ledger.jsonl", &ledger(&served.url))
        .file(
            "reports/r2/ledger-r0.jsonl",
            &ledger("https://elsewhere.example"),
        )
        .file("reports/r3/ledger.jsonl", "no ledger");
    let outcome = doctor(&scimitar, &[&served.url]).expect(0);
    let part = part(&outcome.stdout, "Left-overs");
    let command = format!("scimitar cleanup reports/r1/ledger.jsonl {}", served.url);
    let flat = part.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(&command), "{flat}");
    assert!(
        flat.contains("run r1 may have left one resource there"),
        "{flat}"
    );
    assert!(!flat.contains("elsewhere"), "{flat}");
    assert_eq!(served.counts().0, 6, "it writes nothing");
}

#[test]
fn no_secret_and_no_raw_sequence_is_shown() {
    const CANARY: &str = "canary/Zx9-8yK+q-canary";
    // It echoes what a target that logs too much would: the token, half of it, and commands of a terminal and of CI.
    let url = answering(
        "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/x\u{9b}31m-canary/Zx9-8yK+q-canary\r\n\
         Location: https://a.example/?t=canary%2FZx9-8yK%2Bq-canary\r\nConnection: close\r\n\r\n\
         {\"detail\":\"\\u001b[31m::error::x token canary/Zx9-8yK+q-canary is wrong\"}",
    );
    let base64 = base64::engine::general_purpose::STANDARD.encode(format!("ada:{CANARY}"));
    for (name, value) in [
        ("SCIMITAR_BEARER", CANARY.to_owned()),
        ("SCIMITAR_AUTH_HEADER", CANARY.to_owned()),
        ("SCIMITAR_BASIC", format!("ada:{CANARY}")),
    ] {
        let scimitar = plain().env(name, &value);
        let with_query = format!("{url}?access_token={}", CANARY.replace('+', "%2B"));
        let outcome = doctor(&scimitar, &[&with_query, "--json", "doctor.json"]).expect(3);
        let file = scimitar.read("doctor.json");
        for text in [&outcome.stdout, &outcome.stderr, &file] {
            for form in [
                CANARY,
                &base64,
                "canary%2FZx9",
                "Zx9-8yK",
                "\u{1b}",
                "\u{9b}",
            ] {
                assert!(!text.contains(form), "{name}: {form} in {text}");
            }
        }
        assert!(!outcome.stdout.contains("::error::"), "{}", outcome.stdout);
        assert!(outcome.stdout.contains("is wrong"), "{}", outcome.stdout);
    }
}

#[test]
fn an_authorization_server_is_asked_which_redirects_it_takes() {
    let table = [
        (
            "HTTP/1.1 302 Found\r\nLocation: https://id.example/login\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            0,
            "takes Okta's five redirect URIs",
            "nothing shows that it is refused",
        ),
        (
            "HTTP/1.1 302 Found\r\nLocation: https://ct1-bootstrap.clouditude.com/admin?code=1\r\n\
             Content-Length: 0\r\nConnection: close\r\n\r\n",
            1,
            "takes Okta's five redirect URIs",
            "which is not registered",
        ),
        (
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            1,
            "refuses each of Okta's redirect URIs",
            "refuses a redirect URI that is not registered",
        ),
    ];
    for (answer, code, okta, foreign) in table {
        let url = answering(answer).replace("/scim/v2", "/authorize?scope=s3cr3t-of-the-query");
        let config = format!(
            "[okta.api_integration]\nauthorize_url = \"{url}\"\nclient_id = \"okta\"\napp_name = \"example_app\"\n"
        );
        let scimitar = plain()
            .file("scimitar.toml", &config)
            .env("SECRET", "s3cr3t-of-the-query");
        let args = ["--secret-env", "SECRET", "--json", "d.json"];
        let outcome = doctor(&scimitar, &args).expect(code);
        let text = part(&outcome.stdout, "Authentication").replace("\n            ", " ");
        assert!(text.contains(okta) && text.contains(foreign), "{text}");
        for shown in [&outcome.stdout, &scimitar.read("d.json")] {
            assert!(!shown.contains("s3cr3t"), "{shown}");
        }
    }
    let half = plain().file(
        "scimitar.toml",
        "[okta.api_integration]\nauthorize_url = \"https://id.example/authorize\"\n",
    );
    let outcome = doctor(&half, &[]).expect(0);
    let text = part(&outcome.stdout, "Authentication").replace("\n            ", " ");
    assert!(
        text.contains("set okta.api_integration.client_id"),
        "{text}"
    );
    let wrong = plain().file(
        "scimitar.toml",
        "[okta.api_integration]\nauthorize_url = \"id.example\"\n",
    );
    doctor(&wrong, &[]).expect(2);
}
