//! The Okta org of a run, as people meet it: a simulated one without a word, a real one by its URL.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use scimitar::record::{Run, Verdict};

use crate::binary::Scimitar;
use crate::served::Served;

const EXPORT: &str = include_str!("../../fixtures/imports/okta-org.json");

fn scimitar() -> Scimitar {
    Scimitar::new().file("org.json", EXPORT)
}

fn record(scimitar: &Scimitar) -> Run {
    Run::from_json(&scimitar.read("out/run.json")).unwrap()
}

#[test]
fn a_simulated_org_needs_nothing_and_shows_what_it_sent() {
    let scimitar = scimitar();
    let args = [
        "run",
        "--suite-file",
        "org.json",
        "--out",
        "out",
        "--seed",
        "1",
    ];
    let ran = scimitar
        .run(&[&args[..], &["--verbose"]].concat())
        .expect(0);
    assert!(
        ran.stdout
            .contains("    okta-org: 201 POST /scim/v2/Users\n"),
        "{}",
        ran.shown()
    );
    let html = scimitar.read("out/report.html");
    assert!(html.contains("sent by okta-org"));
    for file in ["run.json", "report.html", "junit.xml", "summary.md"] {
        let text = scimitar.read(&format!("out/{file}"));
        for secret in ["00simulated", "Xk3-Blue-Tree", "Yk4-Green-Tree"] {
            assert!(!text.contains(secret), "{file}: {secret}");
        }
    }
}

#[test]
fn what_the_target_refuses_is_the_cause_of_what_fails_later() {
    let scimitar = scimitar();
    let ran = scimitar.run(&[
        "run",
        "--suite-file",
        "org.json",
        "--out",
        "out",
        "--seed",
        "1",
        "--fault",
        "create-password-refused",
    ]);
    insta::assert_snapshot!("okta_org_refused", ran.shown());
    let record = record(&scimitar);
    let failed = record
        .checks
        .iter()
        .find(|check| check.verdict == Verdict::Fail);
    let failed = failed.unwrap();
    assert!(failed.id.ends_with("/find-the-account"), "{}", failed.id);
    assert_eq!(
        failed.cause.as_ref().unwrap().id,
        "okta-org POST /Users 400"
    );
}

#[test]
fn what_the_org_makes_is_removed_though_the_run_is_killed() {
    let served = Served::start(&["--latency", "150ms"]);
    let before = served.counts();
    let scimitar = scimitar().env("SCIMITAR_BEARER", &served.token);
    let args = [
        "run",
        &served.url,
        "--suite-file",
        "org.json",
        "--out",
        "out",
    ];
    let mut child = scimitar.start(&args);
    served.until(|served| served.counts().0 > before.0);
    child.kill().unwrap();
    child.wait().unwrap();
    let gone = scimitar.run(&["cleanup", "out", &served.url]).expect(0);
    assert!(
        gone.stdout.contains("1 resource gone, 0 left"),
        "{}",
        gone.shown()
    );
    assert_eq!(served.counts(), before);
}

/// A server that answers each request with this, until the test ends; with the heads of the requests.
fn org(status: &'static str, body: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let heads = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&heads);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut piece = [0; 16 * 1024];
            let length = stream.read(&mut piece).unwrap_or(0);
            let head = String::from_utf8_lossy(&piece[..length]).into_owned();
            seen.lock().unwrap().push(head);
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (url, heads)
}

const TOKEN: &str = "00canary-of-the-token-0123";

#[test]
fn a_real_org_that_cant_be_asked_ends_the_run_before_it_starts() {
    let mut told = String::new();
    for (status, body) in [
        (
            "401 Unauthorized",
            r#"{"errorCode":"E0000011","errorSummary":"Invalid token provided"}"#,
        ),
        (
            "404 Not Found",
            r#"{"errorCode":"E0000007","errorSummary":"Not found"}"#,
        ),
        (
            "500 Internal Server Error",
            r#"{"errorCode":"E0000009","errorSummary":"Internal Server Error"}"#,
        ),
        ("200 OK", "<!DOCTYPE html><html>Sign in</html>"),
    ] {
        let (url, heads) = org(status, body);
        let ran = scimitar().env("SCIMITAR_OKTA_TOKEN", TOKEN).run(&[
            "run",
            "--suite-file",
            "org.json",
            "--okta-org",
            &url,
            "--okta-app-id",
            "0oa1",
        ]);
        let shown = ran.shown();
        ran.expect(3);
        let heads = heads.lock().unwrap();
        assert!(
            heads[0].starts_with("GET /api/v1/apps/0oa1 "),
            "{}",
            heads[0]
        );
        assert!(heads[0].contains(TOKEN), "{}", heads[0]);
        told.push_str(&shown);
    }
    for args in [
        &["--okta-org", "http://127.0.0.1:1"][..],
        &["--okta-org", "http://127.0.0.1:1", "--okta-token", "@token"],
        &["--okta-org", "dev-1.okta.com", "--okta-token", "@token"],
        &["--okta-token", TOKEN],
    ] {
        let scimitar = scimitar().file("token", TOKEN);
        let ran = scimitar.run(&[&["run", "--suite-file", "org.json"], args].concat());
        told.push_str(&ran.shown());
        ran.expect(2);
    }
    insta::assert_snapshot!("okta_org_unusable", told);
}

#[test]
fn a_real_org_is_asked_with_its_token_which_no_output_has() {
    let body = r#"{"id":"0oa1","status":"ACTIVE","token":"00canary-of-the-token-0123"}"#;
    let (url, heads) = org("200 OK", body);
    let scimitar = scimitar().env("SCIMITAR_OKTA_TOKEN", TOKEN);
    let ran = scimitar.run(&[
        "run",
        "--suite-file",
        "org.json",
        "--out",
        "out",
        "--pause-scale",
        "0",
        "--okta-org",
        &url,
        "--var",
        "oktaAppId=0oa1",
        "--verbose",
    ]);
    let heads = heads.lock().unwrap();
    let asked = heads
        .iter()
        .find(|head| head.starts_with("POST /api/v1/users?activate=true "));
    let asked = asked.unwrap();
    assert!(asked.contains(&format!("SSWS {TOKEN}")), "{asked}");
    // What is scimitar's own stays with the simulated org.
    assert!(
        !asked.to_lowercase().contains("x-scimitar-check"),
        "{asked}"
    );
    let mut texts = vec![ran.stdout, ran.stderr];
    for file in ["run.json", "report.html", "junit.xml", "summary.md"] {
        texts.push(scimitar.read(&format!("out/{file}")));
    }
    assert!(texts.iter().all(|text| !text.contains(TOKEN)));
}

/// A suite that assigns a login which is nobody's of the run.
const CEO: &str = "ceo@example.com";

#[test]
fn a_person_who_was_there_before_is_neither_changed_nor_removed() {
    let served = Served::start(&[]);
    let made = served.create(CEO);
    let path = format!("/Users/{}", made["id"].as_str().unwrap());
    let (before, counts) = (served.get(&path), served.counts());
    let export = EXPORT.replace("{{okta_user_email}}", CEO);
    let scimitar = Scimitar::new()
        .file("org.json", &export)
        .env("SCIMITAR_BEARER", &served.token);
    let ran = scimitar.run(&[
        "run",
        &served.url,
        "--suite-file",
        "org.json",
        "--out",
        "out",
    ]);
    assert!(
        ran.stdout
            .contains("ceo@example.com was not made by this run"),
        "{}",
        ran.shown()
    );
    let shown = scimitar.read("out/report.html");
    assert!(
        shown.contains("Use a name that carries the run&#39;s tag")
            || shown.contains("Use a name that carries the run's tag")
    );
    assert_eq!(served.get(&path), before);
    assert_eq!(served.counts(), counts);
}

/// A server that takes connections and never answers, and says when somebody came.
fn hanging() -> (String, std::sync::mpsc::Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (came, comes) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for stream in listener.incoming() {
            open.push(stream);
            let _ = came.send(());
        }
    });
    (url, comes)
}

#[cfg(unix)]
#[test]
fn an_interrupt_is_heard_while_a_real_org_is_asked() {
    let (url, comes) = hanging();
    let scimitar = scimitar().env("SCIMITAR_OKTA_TOKEN", TOKEN);
    let child = scimitar.start(&[
        "run",
        "--suite-file",
        "org.json",
        "--out",
        "out",
        "--timeout",
        "60s",
        "--okta-org",
        &url,
        "--okta-app-id",
        "0oa1",
    ]);
    comes
        .recv_timeout(std::time::Duration::from_secs(20))
        .unwrap();
    let asked = std::time::Instant::now();
    let sent = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
    let ran = scimitar
        .outcome(child.wait_with_output().unwrap())
        .expect(130);
    assert!(asked.elapsed().as_secs() < 20);
    assert!(
        ran.stderr.contains("Nothing was made on the target"),
        "{}",
        ran.shown()
    );
    assert!(!scimitar.path("out").exists());
}

#[test]
fn a_failure_of_the_org_itself_is_no_verdict_on_the_target() {
    let scimitar = scimitar();
    let ran = scimitar.run(&[
        "run",
        "--suite-file",
        "org.json",
        "--out",
        "out",
        "--check",
        "*/read-the-app",
        "--var",
        "oktaToken=another-token",
    ]);
    // The simulated org takes the token that is named.
    ran.expect(0);
    let refused = EXPORT.replace("SSWS {{oktaToken}}", "SSWS other");
    let scimitar = scimitar.file("org.json", &refused);
    let ran = scimitar.run(&["run", "--suite-file", "org.json", "--out", "out"]);
    ran.expect(5);
    let record = record(&scimitar);
    let first = &record.checks[0];
    assert_eq!(first.verdict, Verdict::Inconclusive);
    insta::assert_snapshot!(first.reason.as_ref().unwrap(), @"okta-org answers 401: it does not take the credentials, which is no verdict on the target");
}

#[test]
fn people_are_looked_up_by_the_unique_identifier_that_is_set() {
    let with = |identifier: &str| scimitar().env("SCIMITAR_OKTA_UNIQUE_IDENTIFIER", identifier);
    let checks = [
        "--check",
        "okta-client-2.0/assign-new-user",
        "--check",
        "okta-client-2.0/assign-existing-user-*",
    ];
    let (emails, nick_name) = (with("emails.value"), with("nickName"));
    for (chosen, lookup) in [
        (&checks[..], "/Users?filter=emails.value%20eq%20%22"),
        (
            &["--suite-file", "org.json"],
            "/Users?filter=emails.value%20eq%20%22",
        ),
    ] {
        let args = [&["run", "--out", "out"], chosen].concat();
        emails.run(&args).expect(0);
        assert!(emails.read("out/run.json").contains(lookup), "{chosen:?}");
    }
    // An attribute that does not hold the name finds nobody.
    let args = [&["run", "--out", "out"], &checks[..]].concat();
    nick_name.run(&args).expect(1);
    let run = record(&nick_name);
    let failed = run
        .checks
        .iter()
        .all(|check| check.verdict == Verdict::Fail);
    assert!(failed, "{:?}", run.counts());
}
