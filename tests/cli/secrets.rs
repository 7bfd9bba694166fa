//! Secrets: however they are given, no stream and no file shows them.

use base64::Engine as _;

use crate::binary::{Outcome, Scimitar};
use crate::served::{SECRET_SEGMENT, Served, before};

const CANARY: &str = "canary/Zx9-8yK+q";

/// No stream and no file holds the secret, as it is or in the forms that it is sent in.
fn hidden(scimitar: &Scimitar, outcome: &Outcome, but: &[&str]) {
    let base64 = base64::engine::general_purpose::STANDARD.encode(format!("ada:{CANARY}"));
    let forms = [
        CANARY.to_owned(),
        CANARY.replace('/', "%2F").replace('+', "%2B"),
        base64,
    ];
    let mut texts = vec![
        ("standard output".to_owned(), outcome.stdout.clone()),
        ("standard error".to_owned(), outcome.stderr.clone()),
    ];
    for path in scimitar.files() {
        let name = path.display().to_string();
        if !but.iter().any(|but| name.ends_with(but)) {
            let bytes = std::fs::read(&path).unwrap();
            texts.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    assert!(texts.len() >= 7, "too few files were looked at");
    for (name, text) in texts {
        for form in &forms {
            assert!(!text.contains(form), "{name} holds {form}");
        }
    }
}

fn served() -> Served {
    let scimitar = Scimitar::new().file("token", CANARY);
    let path = format!("@{}", scimitar.path("token").display());
    Served::start(&["--token", &path])
}

#[test]
fn of_the_environment() {
    let served = served();
    assert_eq!(served.token, CANARY);
    let scimitar = Scimitar::new().suites().env("SCIMITAR_BEARER", CANARY);
    let args = [
        "run",
        &served.url,
        "--suite",
        "good",
        "-v",
        "--events=events.jsonl",
    ];
    let outcome = scimitar.run(&args).expect(0);
    assert_eq!(outcome.stderr, "");
    hidden(&scimitar, &outcome, &[]);
}

#[test]
fn of_a_file_and_of_standard_input() {
    let served = served();
    let scimitar = Scimitar::new()
        .suites()
        .file("token", &format!("{CANARY}\n"));
    let outcome = scimitar.run(&["run", &served.url, "--suite", "good", "--bearer", "@token"]);
    hidden(&scimitar, &outcome.expect(0), &["/token"]);
    let scimitar = Scimitar::new().suites().input(&format!("{CANARY}\n"));
    let outcome = scimitar.run(&["run", &served.url, "--suite", "good", "--bearer", "-"]);
    hidden(&scimitar, &outcome.expect(0), &[]);
}

#[test]
fn as_an_argument_it_works_with_a_warning() {
    let served = served();
    let scimitar = Scimitar::new().suites();
    let outcome = scimitar
        .run(&["run", &served.url, "--suite", "good", "--bearer", CANARY])
        .expect(0);
    insta::assert_snapshot!(outcome.stderr);
    hidden(&scimitar, &outcome, &[]);
}

#[test]
fn when_it_is_refused() {
    let served = Served::start(&[]);
    for (name, value) in [
        ("SCIMITAR_BEARER", CANARY.to_owned()),
        ("SCIMITAR_AUTH_HEADER", CANARY.to_owned()),
        ("SCIMITAR_BASIC", format!("ada:{CANARY}")),
    ] {
        let scimitar = Scimitar::new().suites().env(name, &value);
        let outcome = scimitar
            .run(&["run", &served.url, "--suite", "good"])
            .expect(3);
        hidden(&scimitar, &outcome, &[]);
    }
}

#[test]
fn a_file_that_is_missing_or_empty_is_named() {
    let said = |scimitar: Scimitar, secret: &str| {
        scimitar
            .suites()
            .run(&["run", "http://127.0.0.1:9", "--bearer", secret])
            .expect(2)
            .stderr
    };
    let missing = said(Scimitar::new(), "@nowhere");
    assert!(
        missing.starts_with("error: --bearer: nowhere can't be read"),
        "{missing}"
    );
    let empty = said(Scimitar::new().file("empty", "\n"), "@empty");
    assert_eq!(empty, "error: --bearer: empty is empty\n");
    let input = said(Scimitar::new().input(""), "-");
    assert_eq!(input, "error: --bearer: standard input is empty\n");
}

#[test]
fn within_the_url() {
    let served = Served::start(&[]);
    let url = before(&served, |_, _| None).replace("/v2", &format!("{SECRET_SEGMENT}/v2"));
    let secret = SECRET_SEGMENT.trim_start_matches('/');
    let scimitar = Scimitar::new()
        .suites()
        .env("SCIMITAR_BEARER", &served.token)
        .env("TENANT", secret)
        .env("SCIMITAR_SECRET_ENV", "TENANT");
    let counts = served.counts();
    let outcome = scimitar
        .run(&[
            "run",
            &url,
            "--suite",
            "good",
            "--out",
            "out",
            "-v",
            "--events=events.jsonl",
        ])
        .expect(0);
    let config = scimitar.run(&["config", &url]).expect(0);
    let cleanup = scimitar.run(&["cleanup", "out", &url]).expect(0);
    assert!(cleanup.stdout.contains("0 left"), "{}", cleanup.shown());
    assert_eq!(served.counts(), counts);
    let unreachable = scimitar
        .run(&[
            "run",
            &url.replace("127.0.0.1", "scim.invalid"),
            "--suite",
            "good",
        ])
        .expect(3);
    let mut texts: Vec<String> = [outcome, config, cleanup, unreachable]
        .map(|outcome| outcome.shown())
        .into();
    texts.extend(
        scimitar
            .files()
            .iter()
            .map(|path| std::fs::read_to_string(path).unwrap()),
    );
    assert!(texts.len() > 10);
    for text in texts {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn a_variable_that_can_not_be_hidden_is_named() {
    let said = |scimitar: Scimitar| {
        let args = ["run", "http://127.0.0.1:9", "--secret-env", "TENANT"];
        scimitar.suites().run(&args).expect(2).stderr
    };
    insta::assert_snapshot!(
        [
            said(Scimitar::new()),
            said(Scimitar::new().env("TENANT", "abc"))
        ]
        .concat()
    );
}
