//! Okta's System Log, simulated, against the embedded server with faults and against servers that are none.

use scimitar::record::{LogEvent, LogOutcome, Run};

use crate::binary::{Outcome, Scimitar};
use crate::served::{Served, before};

/// Runs checks of Okta's client against a URL; `--fail-on never`, since what they say is not the point here.
fn run(url: &str, token: &str, checks: &[&str]) -> (Outcome, Run) {
    let scimitar = Scimitar::new().env("SCIMITAR_BEARER", token);
    let mut args = vec![
        "run",
        url,
        "--out",
        "out",
        "--fail-on",
        "never",
        "--jobs",
        "1",
        "--verbose",
    ];
    for check in checks {
        args.extend(["--check", check]);
    }
    let outcome = scimitar.run(&args);
    let record = Run::from_json(&scimitar.read("out/run.json")).unwrap();
    (outcome, record)
}

fn events(run: &Run) -> impl Iterator<Item = &LogEvent> {
    run.checks.iter().flat_map(|check| &check.system_log)
}

fn failures(run: &Run) -> Vec<&LogEvent> {
    let failed = |event: &&LogEvent| event.outcome == LogOutcome::Failure;
    events(run).filter(failed).collect()
}

const CREATE: &str = "okta-client-2.0/assign-user-with-all-attributes";
const DEACTIVATE: &str = "okta-client-2.0/deactivate-catalogue";

#[test]
fn faults_of_the_server_are_what_the_administrator_reads() {
    for (faults, check, reason, hidden) in [
        (
            &["create-empty-body"][..],
            CREATE,
            Some("Create new user returned empty user"),
            None,
        ),
        (
            &["patch-without-path-refused", "error-is-html"],
            DEACTIVATE,
            Some(
                "Bad Request. Errors reported by remote server: Invalid JSON: Unexpected character ('<' (code 60))",
            ),
            None,
        ),
        (
            &["patch-without-path-refused", "error-is-plain-text"],
            DEACTIVATE,
            Some(
                "Bad Request. Errors reported by remote server: Invalid JSON: Unrecognized token '",
            ),
            None,
        ),
        (
            &["patch-without-path-refused", "error-is-empty"],
            DEACTIVATE,
            Some("Bad Request"),
            None,
        ),
        (
            &["list-numbers-as-strings"],
            "okta-client-2.0/assign-new-user",
            None,
            Some("totalResults is \"0\""),
        ),
    ] {
        let args: Vec<&str> = faults.iter().flat_map(|fault| ["--fault", fault]).collect();
        let served = Served::start(&args);
        let (outcome, record) = run(&served.url, &served.token, &[check]);
        let failed = failures(&record);
        let [event] = failed.as_slice() else {
            panic!("{faults:?}: {failed:#?}\n{}", outcome.shown());
        };
        let begins = |text: &Option<String>, with: Option<&str>| match (text, with) {
            (Some(text), Some(with)) => text.starts_with(with),
            (None, None) => true,
            _ => false,
        };
        assert!(begins(&event.reason, reason), "{faults:?}: {event:#?}");
        assert!(begins(&event.hidden, hidden), "{faults:?}: {event:#?}");
        assert!(
            outcome.stdout.contains("  log    FAILURE  user."),
            "{}",
            outcome.shown()
        );
    }
}

#[test]
fn a_conformant_server_leaves_successes_only() {
    let served = Served::start(&[]);
    let (_, record) = run(
        &served.url,
        &served.token,
        &[
            "okta-client-2.0/assign-*",
            "okta-client-2.0/push-group-*",
            "okta-client-2.0/re*-catalogue",
        ],
    );
    assert!(events(&record).count() > 15, "{record:#?}");
    assert!(failures(&record).is_empty(), "{:#?}", failures(&record));
    let (_, record) = run(&served.url, &served.token, &["okta-spec-2.0/*"]);
    assert_eq!(
        events(&record).count(),
        0,
        "the test collection replays no operation"
    );
}

#[test]
fn a_change_that_is_not_made_goes_unnoticed_at_okta() {
    let served = Served::start(&["--fault", "replace-ignored"]);
    let (outcome, record) = run(
        &served.url,
        &served.token,
        &["okta-client-2.0/update-profile"],
    );
    assert!(failures(&record).is_empty());
    assert!(
        outcome.stdout.contains("Nobody at Okta would notice"),
        "{}",
        outcome.shown()
    );
}

#[test]
fn secrets_and_escapes_that_a_server_repeats_stay_out() {
    let served = Served::start(&[]);
    let token = served.token.clone();
    let body = format!("{{\"detail\":\"bad token {token} \\u001b[31m<b>x</b>\"}}");
    let answer = format!(
        "HTTP/1.1 400 Bad Request\r\nContent-Type: application/scim+json\r\nContent-Length: {}\r\nConnection: \
         close\r\n\r\n{body}",
        body.len()
    );
    let url = before(&served, move |_, request| {
        let refused = request.starts_with("POST ") && request.contains("/Users");
        refused.then(|| answer.clone())
    });
    let (outcome, record) = run(&url, &served.token, &[CREATE]);
    let failed = failures(&record);
    let reason = failed[0].reason.as_deref().unwrap();
    assert!(
        reason.starts_with("Bad Request. Errors reported by remote server: bad token"),
        "{reason}"
    );
    let all = format!(
        "{}{}",
        outcome.shown(),
        serde_json::to_string(&record).unwrap()
    );
    assert!(!all.contains(&served.token), "{all}");
    assert!(!outcome.stdout.contains('\u{1b}'), "{}", outcome.stdout);
}
