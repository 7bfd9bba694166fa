//! Our own exports: every comparison, every source, every kind of step.

use scimitar::engine::ChoiceError;
use scimitar::record::{CheckResult, Verdict};
use scimitar::suite::{Dialect, Library};

use super::runs::{How, run};
use super::{fixture, imported, server, translated};

/// The library of an export as it is, and of its translation.
fn both(name: &str) -> [Library; 2] {
    let text = fixture(name);
    [imported(name, &text), translated(name, &text)]
}

/// A check with what its title promises: `Holds: …`.
fn promised(check: &CheckResult) -> Verdict {
    match check.title.split(':').next().unwrap_or_default() {
        "Holds" => Verdict::Pass,
        "Broken" => Verdict::Fail,
        "Warns" => Verdict::Warn,
        "Not run" => Verdict::Skip,
        other => panic!("{other} promises nothing"),
    }
}

#[tokio::test]
async fn every_comparison_and_source_holds_and_is_broken_as_its_title_says() {
    let server = server::start().await;
    for name in ["comparisons.json", "sources.json"] {
        for library in both(name) {
            let checks = run(How {
                library,
                wires: vec![(Dialect::V2, format!("{}/scim", server.uri()))],
                token: "token-of-the-run",
                variables: &[],
                pause_scale: 0.0,
                checks: &[],
                okta: None,
            })
            .await
            .unwrap();
            let wrong: Vec<String> = checks
                .iter()
                .filter(|check| check.verdict != promised(check))
                .map(|check| {
                    let reason = check.reason.clone().unwrap_or_default();
                    format!("{}: {:?} {reason}", check.title, check.verdict)
                })
                .collect();
            assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
        }
    }
}

#[test]
fn the_fixtures_have_every_word() {
    let texts = fixture("comparisons.json") + &fixture("sources.json");
    for word in [
        "empty",
        "not_empty",
        "equal",
        "not_equal",
        "contains",
        "does_not_contain",
        "is_a_number",
        "equal_number",
        "is_less_than",
        "is_less_than_or_equal",
        "is_greater_than",
        "is_greater_than_or_equal",
        "has_key",
        "has_value",
        "is_null",
        "response_status",
        "response_headers",
        "response_json",
        "response_xml",
        "response_text",
        "response_time",
        "response_size",
    ] {
        assert!(texts.contains(&format!("\"{word}\"")), "{word}");
    }
}

/// One line a check: verdict, id, reason.
fn lines(checks: &[CheckResult], base: &str) -> String {
    let line = |check: &CheckResult| {
        let (id, reason) = (&check.id, check.reason.clone().unwrap_or_default());
        let id = id.split_once('/').map_or(id.as_str(), |(_, id)| id);
        let words = format!("{:<12} {id:<48} {reason}", check.verdict.word());
        words.trim_end().replace(base, "http://target")
    };
    checks.iter().map(line).collect::<Vec<_>>().join("\n")
}

async fn steps(
    library: Library,
    base: &str,
    checks: &[&str],
) -> Result<Vec<CheckResult>, ChoiceError> {
    let elsewhere = format!("{base}/scim");
    run(How {
        library,
        wires: vec![(Dialect::V2, format!("{base}/scim"))],
        token: "token-of-the-run",
        variables: &[
            ("given", "Ada"),
            ("elsewhere", &elsewhere),
            ("password", "hunter22"),
        ],
        pause_scale: 0.0,
        checks,
        okta: None,
    })
    .await
}

#[tokio::test]
async fn each_kind_of_step_is_run_or_says_why_not() {
    let server = server::start().await;
    let base = server.uri();
    let [as_it_is, as_suite] = both("steps.json");
    let checks = steps(as_it_is, &base, &[]).await.unwrap();
    insta::assert_snapshot!("steps", lines(&checks, &base));
    let again = steps(as_suite, &base, &[]).await.unwrap();
    assert_eq!(lines(&checks, &base), lines(&again, &base));

    let requests = server.received_requests().await.unwrap();
    let sent = |part: &str| {
        let mut found = requests
            .iter()
            .filter(|request| request.url.as_str().contains(part));
        found.next().expect(part)
    };
    // What an answer gave is encoded; blanks and quotes are too, and what was encoded already is not again.
    assert_eq!(
        sent("/Echo/").url.as_str(),
        "http://localhost/scim/Echo/a%20b%2Fc?filter=userName%20eq%20%22a%20b%2Fc%22&count=7&done=a%20b"
    );
    let header = |part: &str, name: &str| {
        let value = sent(part).headers.get(name);
        value.map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(
        header("/Echo/", "authorization").unwrap(),
        "Bearer token-of-the-run"
    );
    let posted = requests
        .iter()
        .find(|request| request.method.as_str() == "POST")
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&posted.body),
        "{\"name\": \"Ada\", \"n\": 7, \"literal\": \"${x} {{\"}"
    );
    assert_eq!(posted.headers.get("content-type").unwrap(), "text/x-odd");
    let authorizations: Vec<Option<&str>> = requests
        .iter()
        .filter(|request| request.url.path() == "/scim/Values")
        .map(|request| {
            request
                .headers
                .get("authorization")
                .map(|v| v.to_str().unwrap())
        })
        .collect();
    assert!(authorizations.contains(&None));
    assert!(authorizations.contains(&Some("non-token")));
    // ada:hunter22
    assert!(authorizations.contains(&Some("Basic YWRhOmh1bnRlcjIy")));
}

#[tokio::test]
async fn a_chosen_check_takes_those_before_it_along() {
    let server = server::start().await;
    let [library, _] = both("steps.json");
    let chosen = ["*/knows-what-failed-before-it-kept"];
    let checks = steps(library, &server.uri(), &chosen).await.unwrap();
    let ids: Vec<&str> = checks.iter().map(|check| check.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "every-kind-of-step/keeps-values-unknown-in-a-note",
            "every-kind-of-step/knows-what-failed-before-it-kept"
        ]
    );
}

#[tokio::test]
async fn a_parameter_without_a_value_is_told_with_its_place_before_anything_is_sent() {
    let server = server::start().await;
    let [library, _] = both("steps.json");
    let wires = vec![(Dialect::V2, format!("{}/scim", server.uri()))];
    let error = run(How {
        library,
        wires,
        token: "token-of-the-run",
        variables: &[],
        pause_scale: 0.0,
        checks: &[],
        okta: None,
    })
    .await
    .unwrap_err();
    let ChoiceError::Unset(unset) = &error else {
        panic!("{error}")
    };
    let told: Vec<String> = unset
        .iter()
        .map(|unset| format!("{} {}", unset.location, unset.name))
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        told.iter().all(|told| told.starts_with("steps.json:")),
        "{told:?}"
    );
    let requests = server.received_requests().await.unwrap();
    assert!(
        requests
            .iter()
            .all(|request| request.url.path() != "/scim/Values")
    );
}

#[tokio::test]
async fn pauses_take_their_time_times_the_scale() {
    let server = server::start().await;
    let [library, _] = both("steps.json");
    let checks = run(How {
        library,
        wires: vec![(Dialect::V2, format!("{}/scim", server.uri()))],
        token: "token-of-the-run",
        variables: &[("given", "a"), ("elsewhere", "http://x"), ("password", "b")],
        pause_scale: 0.05,
        checks: &["*/knows-what-failed-before-it-kept"],
        okta: None,
    })
    .await
    .unwrap();
    let last = checks.last().unwrap();
    // Two seconds as they are written.
    assert!(
        (100_000..1_900_000).contains(&last.duration_us),
        "{}",
        last.duration_us
    );
    assert_eq!(last.steps.read()[0].title, "pause of 2s");
    assert_eq!(last.steps.read()[0].skipped, None);
}
