//! Runs whose target stops answering in earnest: that is no failure of any check.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::binary::{Outcome, Scimitar};
use crate::served::{Served, answering, before, status};

/// The verdicts of the checks, with their reasons, by the record.
fn verdicts(scimitar: &Scimitar) -> Vec<(String, String)> {
    let record = scimitar::record::Run::from_json(&scimitar.read("out/run.json")).unwrap();
    let verdict = |check: &scimitar::record::CheckResult| {
        let reason = check.reason.clone().unwrap_or_default();
        (check.verdict.word().to_owned(), reason)
    };
    record.checks.iter().map(verdict).collect()
}

fn run(scimitar: &Scimitar, url: &str) -> Outcome {
    scimitar.run(&["run", url, "--suite", "good", "--out", "out", "--jobs", "1"])
}

#[test]
fn credentials_that_are_lost_in_mid_run_fail_no_check() {
    let served = Served::start(&[]);
    // Four requests of discovery; the user is made; from then on the token is dead.
    let url = before(&served, |number, _| {
        (number > 4).then(|| status("401 Unauthorized", ""))
    });
    let scimitar = Scimitar::new()
        .suites()
        .env("SCIMITAR_BEARER", &served.token);
    let outcome = run(&scimitar, &url);
    for (verdict, reason) in verdicts(&scimitar) {
        assert_eq!(verdict, "inconclusive", "{}", outcome.shown());
        assert!(
            reason.contains("no longer takes the credentials"),
            "{reason}"
        );
    }
    // What was made could not be removed, which says more than that nothing could be judged.
    outcome.expect(8);
}

#[test]
fn a_401_beside_good_credentials_is_judged() {
    let served = Served::start(&[]);
    let url = before(&served, |_, request| {
        let read = request.starts_with("GET ") && request.contains("/Users/");
        read.then(|| status("401 Unauthorized", ""))
    });
    let scimitar = Scimitar::new()
        .suites()
        .env("SCIMITAR_BEARER", &served.token);
    let outcome = run(&scimitar, &url).expect(1);
    let verdicts = verdicts(&scimitar);
    assert_eq!(verdicts[0].0, "fail", "{}", outcome.shown());
    assert_eq!(verdicts[1].0, "pass", "{}", outcome.shown());
}

#[test]
fn a_rate_limit_fails_no_check() {
    let served = Served::start(&[]);
    for headers in ["", "Retry-After: 3600\r\n"] {
        let url = before(&served, move |number, _| {
            (number > 4).then(|| status("429 Too Many Requests", headers))
        });
        let scimitar = Scimitar::new()
            .suites()
            .env("SCIMITAR_BEARER", &served.token);
        let outcome = run(&scimitar, &url);
        for (verdict, reason) in verdicts(&scimitar) {
            assert_eq!(verdict, "inconclusive", "{}", outcome.shown());
            assert!(reason.contains("429"), "{reason}");
        }
    }
}

#[test]
fn a_target_that_only_limits_is_not_tested() {
    let url = answering(
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3600\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    );
    let outcome = Scimitar::new().suites().run(&["run", &url]).expect(3);
    insta::assert_snapshot!(outcome.shown());
}

#[test]
fn a_delete_that_fails_is_not_hammered() {
    let served = Served::start(&[]);
    let seen = Arc::new(Mutex::new(BTreeMap::<String, u32>::new()));
    let counts = Arc::clone(&seen);
    let url = before(&served, move |_, request| {
        let place = request.split(' ').nth(1)?.to_owned();
        request.starts_with("DELETE ").then(|| {
            *counts.lock().unwrap().entry(place).or_default() += 1;
            status("500 Internal Server Error", "")
        })
    });
    let scimitar = Scimitar::new()
        .suites()
        .env("SCIMITAR_BEARER", &served.token);
    run(&scimitar, &url).expect(8);
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert!(seen.values().all(|count| *count <= 3), "{seen:?}");
}

#[test]
fn what_is_left_is_removed_several_at_a_time_and_no_more_than_jobs() {
    let served = Served::start(&[]);
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&most);
    let url = before(&served, move |_, request| {
        request.starts_with("DELETE ").then(|| {
            let count = now.fetch_add(1, Ordering::SeqCst) + 1;
            counted.fetch_max(count, Ordering::SeqCst);
            std::thread::sleep(std::time::Duration::from_millis(100));
            now.fetch_sub(1, Ordering::SeqCst);
            status("204 No Content", "")
        })
    });
    let mut ledger = format!(
        "{{\"entry\":\"run\",\"run\":\"r\",\"tag\":\"zzzzzzzz\",\"targets\":[\"{url}\"]}}\n"
    );
    for number in 1..=12 {
        let _ = writeln!(
            ledger,
            "{{\"entry\":\"intent\",\"number\":{number},\"check\":\"a/b\",\"collection\":\"{url}/Users\",\"name\":null}}"
        );
        let _ = writeln!(
            ledger,
            "{{\"entry\":\"made\",\"number\":{number},\"url\":\"{url}/Users/{number}\"}}"
        );
    }
    let scimitar = Scimitar::new()
        .env("SCIMITAR_BEARER", &served.token)
        .env("SCIMITAR_JOBS", "3")
        .file("out/ledger.jsonl", &ledger);
    let outcome = scimitar.run(&["cleanup", "out", &url]).expect(0);
    assert!(
        outcome.stdout.contains("12 resources gone"),
        "{}",
        outcome.shown()
    );
    assert_eq!(most.load(Ordering::SeqCst), 3);
}

/// A list whose ids differ from one request to the next.
fn list(number: usize, total: usize) -> String {
    let body = format!(
        "{{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"totalResults\":{total},\
         \"Resources\":[{{\"id\":\"{number}\"}}]}}"
    );
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

#[test]
fn what_is_broken_while_others_write_is_not_judged() {
    let served = Served::start(&[]);
    for (others_write, verdict) in [(true, "inconclusive"), (false, "fail")] {
        let url = before(&served, move |number, request| {
            let total = if others_write { number } else { 1 };
            (request.starts_with("GET ") && request.contains("/Users HTTP"))
                .then(|| list(number, total))
        });
        let scimitar = Scimitar::new()
            .suites()
            .env("SCIMITAR_BEARER", &served.token);
        let outcome = scimitar.run(&["run", &url, "--suite", "disturbed", "--out", "out"]);
        let verdicts = verdicts(&scimitar);
        assert_eq!(verdicts[0].0, verdict, "{}", outcome.shown());
        if others_write {
            assert!(
                verdicts[0].1.contains("others changed the target"),
                "{}",
                verdicts[0].1
            );
        }
    }
}
