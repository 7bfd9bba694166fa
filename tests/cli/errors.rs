//! What goes wrong before a check runs: each with its code, what happened, and what to do.

use crate::binary::Scimitar;
use crate::served::{Served, answering, nobody};

fn run(args: &[&str]) -> crate::binary::Outcome {
    let args: Vec<&str> = ["run"].iter().chain(args).copied().collect();
    Scimitar::new().suites().run(&args)
}

#[test]
fn a_url_without_a_scheme() {
    insta::assert_snapshot!(run(&["localhost:8080/scim/v2"]).expect(2).shown());
}

#[test]
fn a_url_with_credentials() {
    let outcome = run(&["https://ada:hunter2@example.com/scim/v2"]).expect(2);
    assert!(!outcome.stderr.contains("hunter2"));
    insta::assert_snapshot!(outcome.shown());
}

#[test]
fn a_url_with_a_fragment() {
    insta::assert_snapshot!(run(&["https://example.com/scim#/v2"]).expect(2).shown());
}

#[test]
fn a_header_of_two_lines() {
    let outcome = run(&["http://127.0.0.1:9", "--header", "X-A: a\r\nX-B: b"]).expect(2);
    insta::assert_snapshot!(outcome.shown());
}

#[test]
fn values_out_of_range() {
    let said = |args: &[&str]| run(args).expect(2).stderr;
    insta::assert_snapshot!(
        [
            said(&["--jobs", "0"]),
            said(&["--jobs", "5000"]),
            said(&["--jobs", "18446744073709551616"]),
            said(&["--timeout", "0s"]),
            said(&["--settle", "9999m"]),
            said(&["--proxy", "nonsense"]),
            said(&["http://127.0.0.1:9", "--proxy", "socks5://127.0.0.1:1080"]),
        ]
        .concat()
    );
    let file = "[run]\njobs = 0\n[target]\ntimeout = \"0s\"\nsettle = \"1000m\"\nproxy = \"nonsense\"\n\
                [target.headers]\nX-A = \"a\\r\\nX-B: b\"\n";
    let outcome = Scimitar::new()
        .suites()
        .file("scimitar.toml", file)
        .run(&["run"])
        .expect(2);
    insta::assert_snapshot!("values_out_of_range_in_a_file", outcome.shown());
    let file = file.split("[target.headers]").next().unwrap();
    let outcome = Scimitar::new()
        .suites()
        .file("scimitar.toml", file)
        .run(&["run"])
        .expect(2);
    insta::assert_snapshot!("numbers_out_of_range_in_a_file", outcome.shown());
}

#[test]
fn nobody_listens() {
    let outcome = run(&[&nobody(), "--suite", "good"]).expect(3);
    insta::assert_snapshot!(outcome.shown());
}

#[test]
fn a_host_that_does_not_exist() {
    let outcome = run(&["https://scim.invalid/v2", "--suite", "good"]).expect(3);
    assert!(
        outcome.stderr.contains("is the host's name right?"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn plain_http_where_tls_is_spoken_to() {
    let url = answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    let url = url.replace("http://", "https://");
    insta::assert_snapshot!(run(&[&url, "--suite", "good"]).expect(3).shown());
    let closing = answering("").replace("http://", "https://");
    let outcome = run(&[&closing, "--suite", "good"]).expect(3);
    assert!(outcome.stderr.contains("plain HTTP?"), "{}", outcome.stderr);
}

#[test]
fn an_answer_that_breaks_off() {
    let url = answering(
        "HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\nContent-Length: 500\r\n\r\n{\"schemas\":",
    );
    insta::assert_snapshot!(run(&[&url, "--suite", "good"]).expect(3).shown());
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere() {
    let scimitar = Scimitar::new().suites();
    std::os::unix::fs::symlink("nowhere", scimitar.path("link")).unwrap();
    let outcome = scimitar.run(&["run", &nobody(), "--out", "link"]).expect(7);
    insta::assert_snapshot!(outcome.shown());
    // A file is made where the link leads to, and the link stays.
    scimitar
        .run(&["run", "--suite", "good", "--junit", "link"])
        .expect(0);
    assert!(scimitar.path("link").is_symlink());
    assert!(scimitar.read("nowhere").contains("<testsuites"));
}

#[test]
fn no_credentials() {
    let served = Served::start(&[]);
    insta::assert_snapshot!(run(&[&served.url, "--suite", "good"]).expect(3).shown());
}

#[test]
fn the_wrong_token() {
    let served = Served::start(&[]);
    let scimitar = Scimitar::new().suites().env("SCIMITAR_BEARER", "wrong");
    let outcome = scimitar
        .run(&["run", &served.url, "--suite", "good"])
        .expect(3);
    insta::assert_snapshot!(outcome.shown());
    assert!(!scimitar.path("reports").join("latest").exists());
    assert_eq!(
        std::fs::read_dir(scimitar.path("reports")).unwrap().count(),
        0
    );
}

#[test]
fn a_web_page() {
    let url = answering(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 30\r\nConnection: close\r\n\r\n\
         <!DOCTYPE html><html>::x</html>",
    );
    insta::assert_snapshot!(run(&[&url, "--suite", "good"]).expect(3).shown());
}

#[test]
fn a_base_url_that_is_not_quite_it() {
    let served = Served::start(&[]);
    let said = |url: &str| {
        let scimitar = Scimitar::new()
            .suites()
            .env("SCIMITAR_BEARER", &served.token);
        let outcome = scimitar.run(&["run", url, "--suite", "good"]);
        outcome.expect(3).shown()
    };
    let above = served.url.strip_suffix("/v2").unwrap();
    insta::assert_snapshot!("above_the_base", said(above));
    let users = format!("{}/Users", served.url);
    insta::assert_snapshot!("below_the_base", said(&users));
    let other_api = "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 28\r\n\
                     Connection: close\r\n\r\n{\"error\":\"no such\\u001bway\"}";
    insta::assert_snapshot!("another_api", said(&answering(other_api)));
}

#[test]
fn a_target_of_another_version_is_told_before_its_failures() {
    let served = Served::start(&[]);
    let scimitar = Scimitar::new()
        .suites()
        .env("SCIMITAR_BEARER", &served.token);
    let told = |url: &str| {
        let outcome = scimitar.run(&["run", url, "--suite", "good"]);
        let words: Vec<&str> = outcome.stdout.split_whitespace().collect();
        let said = words.join(" ");
        (said.find("add --scim 1.1"), said.find("inconclusive"))
    };
    let (warning, verdict) = told(&served.url.replace("/v2", "/v1"));
    assert!(
        warning.is_some() && warning < verdict,
        "{warning:?} {verdict:?}"
    );
    assert_eq!(told(&served.url), (None, None));
}

#[test]
fn a_redirect_to_a_login_page_with_an_escape_sequence() {
    let url = answering(
        "HTTP/1.1 302 Found\r\nLocation: https://login.example.com/::error::x\r\n\
         Content-Length: 0\r\nConnection: close\r\n\r\n",
    );
    let outcome = run(&[&url, "--suite", "good"]).expect(3);
    assert!(!outcome.stderr.contains("::error::"));
    insta::assert_snapshot!(outcome.shown());
}

#[test]
fn a_glob_that_matches_nothing() {
    insta::assert_snapshot!(
        "glob_of_suites",
        run(&["--suite", "godo"]).expect(4).shown()
    );
    let outcome = run(&["--check", "good/user-is-raed"]).expect(4);
    insta::assert_snapshot!("glob_of_checks", outcome.shown());
}

#[test]
fn parts_that_together_choose_nothing() {
    let outcome = run(&["--suite", "good", "--level", "may"]).expect(4);
    insta::assert_snapshot!("nothing_together", outcome.shown());
    let outcome = run(&["--suite", "good", "--scim", "1.1"]).expect(4);
    insta::assert_snapshot!("nothing_of_that_version", outcome.shown());
}

#[test]
fn a_folder_that_can_not_be_written_is_found_before_the_first_request() {
    let scimitar = Scimitar::new().suites().file("taken", "a file");
    let outcome = scimitar
        .run(&["run", &nobody(), "--out", "taken/reports"])
        .expect(7);
    insta::assert_snapshot!("unwritable_out", outcome.shown());
    let outcome = scimitar
        .run(&["run", &nobody(), "--junit", "taken/junit.xml"])
        .expect(7);
    insta::assert_snapshot!("unwritable_junit", outcome.shown());
}

#[test]
fn a_suite_with_a_slip() {
    let outcome = Scimitar::new()
        .suites()
        .file(
            "suites/slip.yaml",
            "suite: slip\ntitle: A slip\norigin: these tests\nchekcs: []\n",
        )
        .run(&["run"])
        .expect(2);
    insta::assert_snapshot!(outcome.shown());
}

#[test]
fn faults_are_the_embedded_servers() {
    insta::assert_snapshot!(
        "fault_and_target",
        run(&["http://127.0.0.1:9", "--fault", "read-answers-500"])
            .expect(2)
            .shown()
    );
    insta::assert_snapshot!(
        "fault_unknown",
        run(&["--fault", "read-answers-50"]).expect(2).shown()
    );
    let outcome = Scimitar::new()
        .suites()
        .env("SCIMITAR_TARGET", "http://127.0.0.1:9")
        .run(&["run", "--fault", "read-answers-500"])
        .expect(2);
    insta::assert_snapshot!("fault_and_target_of_the_environment", outcome.shown());
}
