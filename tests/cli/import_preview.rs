//! `scimitar import-preview`: what people see of good targets, bad ones, and none.

use std::io::Read as _;
use std::net::TcpListener;

use crate::binary::{Outcome, Scimitar};
use crate::served::{Served, answering, before, nobody};

const OKTA_USERS: &str = "\
First name,Last name,login,email,status
Lukas,Müller,Lukas.Muller@example.com,lm@example.com,ACTIVE
Sofía,Navarro,sofia.n@example.com,sn@example.com,ACTIVE
Tomasz,Wójcik,tw1@example.com,tw1@example.com,ACTIVE
Tomasz,Wójcik,tw2@example.com,tw2@example.com,SUSPENDED
Ingrid,Haugen,ingrid.haugen@example.com,ih@example.com,ACTIVE
";

fn preview(scimitar: &Scimitar, args: &[&str]) -> Outcome {
    let args: Vec<&str> = ["import-preview"].iter().chain(args).copied().collect();
    scimitar.run(&args)
}

fn with_okta_users() -> Scimitar {
    Scimitar::new().file("okta.csv", OKTA_USERS)
}

#[test]
fn users_are_matched_and_decided() {
    let scimitar = with_okta_users();
    let args = ["--okta-users", "okta.csv", "--csv", "users.csv"];
    let outcome = preview(&scimitar, &args).expect(0);
    let mut lines = outcome.stdout.lines();
    assert!(
        lines.all(|line| line.chars().count() <= 80),
        "{}",
        outcome.stdout
    );
    insta::assert_snapshot!(outcome.shown());
    insta::assert_snapshot!(scimitar.read("users.csv"));
    let automatic = "[okta.to_okta]\nexact_match = [\"name\"]\nauto_confirm = [\"exact\", \"new\"]\n\
                     activate_new = true\nprofile_source = true\nwhen_deactivated = \"suspend\"\nschedule = \"hourly\"\n";
    let scimitar = with_okta_users().file("scimitar.toml", automatic);
    let outcome = preview(&scimitar, &["--okta-users", "okta.csv", "--scim", "1.1"]).expect(0);
    insta::assert_snapshot!(outcome.shown());
}

#[test]
fn a_snapshot_shows_who_would_go_and_the_safeguard_trips() {
    let served = Served::start(&[]);
    let scimitar = with_okta_users().env("SCIMITAR_BEARER", &served.token);
    let url = served.url.as_str();
    preview(&scimitar, &[url, "--save-snapshot", "out/a.snapshot"]).expect(0);
    let same = preview(
        &scimitar,
        &[url, "--against", "out/a.snapshot", "--json", "-", "-q"],
    )
    .expect(0);
    let data: serde_json::Value = serde_json::from_str(&same.stdout).unwrap();
    assert_eq!(data["changes"]["unchanged"], 5, "{}", same.stdout);
    assert_eq!(data["safeguard"]["unassigned"], 0);

    // Two of the five that were active are gone, and one is inactive.
    let id = |line: usize| {
        let text = scimitar.read("out/a.snapshot");
        let line: serde_json::Value =
            serde_json::from_str(text.lines().nth(line).unwrap()).unwrap();
        line["id"].as_str().unwrap().to_owned()
    };
    let (first, second) = (id(1), id(2));
    let other = before(&served, move |_, request| {
        if !request.starts_with("GET /scim/v2/Users?") {
            return None;
        }
        let users = [(&first, "false"), (&second, "true")].map(|(id, active)| {
            format!("{{\"id\":\"{id}\",\"userName\":\"{id}\",\"active\":{active}}}")
        });
        let body = format!("{{\"totalResults\":2,\"Resources\":[{}]}}", users.join(","));
        Some(format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        ))
    });
    let args = [
        &other,
        "--against",
        "out/a.snapshot",
        "--okta-users",
        "okta.csv",
        "--limit",
        "2",
    ];
    let outcome = preview(&scimitar, &args).expect(1);
    let text = replaced_ids(&outcome.shown());
    insta::assert_snapshot!(text);
    let lenient = [&args[..3], &["--safeguard-app", "80"]].concat();
    preview(&scimitar, &lenient).expect(0);
}

/// Ids of the embedded server are drawn from a seed of its process.
fn replaced_ids(text: &str) -> String {
    let is_id = |word: &str| word.len() == 36 && word.matches('-').count() == 4;
    let words = text.split_inclusive([' ', '\n']).map(|word| {
        let bare = word.trim_end_matches([' ', '\n', ':']);
        if is_id(bare) {
            word.replace(bare, "[ID]")
        } else {
            word.to_owned()
        }
    });
    let text: String = words.collect();
    let is_time = |line: &&str| line.starts_with("Since ");
    text.lines()
        .map(|line| if is_time(&line) { "Since [TIME]" } else { line })
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn what_can_not_be_used_is_told_with_what_to_do() {
    let scimitar = with_okta_users()
        .file(
            "half.snapshot",
            "{\"snapshot\":{\"major\":1,\"minor\":0},\"target\":\"x\",\"taken\":\"x\"}\n",
        )
        .file("page.html", "<!DOCTYPE html><title>Sign in</title>")
        .file(
            "off.toml",
            "[okta.to_okta]\nimport_users = false\nimport_groups = false\n",
        );
    let said = |args: &[&str]| preview(&scimitar, args).expect(2).stderr;
    insta::assert_snapshot!(
        [
            said(&["--okta-users", "nobody.csv"]),
            said(&["--okta-users", "page.html"]),
            said(&[
                "--okta-users",
                "okta.csv",
                "--exact-match",
                "employeeNumber"
            ]),
            said(&["--exact-match", "email,name"]),
            said(&["--exact-match", "emial"]),
            said(&["--username-format", "mail"]),
            said(&["--safeguard-app", "120"]),
            said(&["--against", "half.snapshot"]),
            said(&["--against", "okta.csv"]),
            said(&["--csv", "a", "--save-snapshot", "a"]),
            said(&["--config", "off.toml"]),
            said(&["example.com/scim"]),
        ]
        .join("---\n")
    );
    preview(&scimitar, &["--csv", "okta.csv/below"]).expect(7);
}

#[test]
fn a_target_that_can_not_be_read_ends_with_3() {
    let served = Served::start(&[]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let hanging = format!("http://{}/scim/v2", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for mut stream in listener.incoming().map_while(Result::ok) {
            let _ = stream.read(&mut [0; 16]);
            open.push(stream);
        }
    });
    let html = answering(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 31\r\nConnection: close\r\n\r\n\
         <!DOCTYPE html><html>::x</html>",
    );
    let scimitar = Scimitar::new()
        .env("SCIMITAR_BEARER", "canary/Zx9-8yK+q-canary")
        .file("old.csv", "kept");
    let said = |url: &str| {
        let args = [url, "--timeout", "500ms", "--csv", "old.csv"];
        let outcome = preview(&scimitar, &args).expect(3);
        assert!(!outcome.stderr.contains("canary"));
        outcome.shown()
    };
    insta::assert_snapshot!(
        [
            said(&served.url),
            said(&nobody()),
            said(&hanging),
            said(&html)
        ]
        .join("---\n")
    );
    assert_eq!(scimitar.read("old.csv"), "kept");
    assert_eq!(scimitar.files().len(), 1, "nothing half written is left");
}

#[test]
fn no_secret_and_no_raw_sequence_is_written() {
    const CANARY: &str = "canary/Zx9-8yK+q-canary";
    let url = answering(
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\
         {\"totalResults\":1,\"Resources\":[{\"id\":\"canary/Zx9-8yK+q-canary\",\
         \"userName\":\"=cmd()\\u001b[31m::error::canary/Zx9-8yK+q-canary\",\
         \"displayName\":\"canary/Zx9-8yK+q-canary\",\"name\":{\"givenName\":\"\\u009b\"}}]}",
    );
    let scimitar = Scimitar::new().env("SCIMITAR_BEARER", CANARY);
    let args = [
        &url,
        "--csv",
        "u.csv",
        "--json",
        "u.json",
        "--save-snapshot",
        "u.snapshot",
    ];
    let outcome = preview(&scimitar, &args).expect(0);
    for text in [
        &outcome.stdout,
        &outcome.stderr,
        &scimitar.read("u.csv"),
        &scimitar.read("u.json"),
        &scimitar.read("u.snapshot"),
    ] {
        for form in [CANARY, "Zx9-8yK", "\u{1b}", "\u{9b}"] {
            assert!(!text.contains(form), "{form} in {text}");
        }
    }
    assert!(
        scimitar.read("u.csv").contains("'=cmd()"),
        "{}",
        scimitar.read("u.csv")
    );
}

#[test]
fn the_result_is_data_of_the_schema() {
    let scimitar = with_okta_users();
    let outcome = preview(&scimitar, &["--okta-users", "okta.csv", "--json", "-"]).expect(0);
    let data: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    let schema = scimitar.run(&["schema", "import-preview"]).expect(0).stdout;
    let schema = serde_json::from_str(&schema).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&data));
    assert_eq!(data["format"]["major"], 1);
    assert!(outcome.stderr.contains("The import reads everybody"));
}
