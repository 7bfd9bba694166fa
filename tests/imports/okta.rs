//! Okta's own exports, where they are at hand: they are Okta's, and not part of this project.
//!
//! `SCIMITAR_TEST_OKTA_EXPORTS` names their folder; otherwise it is looked for beside the project, as
//! `../shared/okta`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use scimitar::org::App;
use scimitar::record::{CheckResult, Verdict};
use scimitar::server::{Config, Server};
use scimitar::suite::{Dialect, Library};

use super::runs::{How, run};
use super::{imported, root, translated};

/// The exports, with how many requests they have: all of them pass against the embedded server.
const EXPORTS: [(&str, usize); 7] = [
    ("Okta-SCIM-20-SPEC-Test.json", 12),
    ("Okta-SCIM-20-SPEC-Test-old.json", 10),
    ("Okta-SCIM-11-SPEC-Test.json", 16),
    ("Okta-SCIM-20-Entitlements-Test.json", 1),
    // These ask an Okta org, which is a simulated one here.
    ("Okta-SCIM-20-CRUD-Test.json", 13),
    ("Okta-SCIM-20-With-Entitlements-CRUD-Test.json", 14),
    ("Okta-SCIM-11-CRUD-Test.json", 13),
];

fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("SCIMITAR_TEST_OKTA_EXPORTS").map(PathBuf::from);
    let beside = || root().ancestors().map(|folder| folder.join("shared/okta"));
    named.or_else(|| beside().find(|folder| folder.is_dir()))
}

async fn results(library: Library) -> Vec<CheckResult> {
    let server = Server::start(Config::default()).await.unwrap();
    run(How {
        library,
        wires: vec![
            (Dialect::V2, server.base_url_v2()),
            (Dialect::V1, server.base_url_v1()),
        ],
        token: server.token(),
        variables: &[("EntitlementEndpoint", "/Roles")],
        pause_scale: 0.0,
        checks: &[],
        okta: Some(App::default()),
    })
    .await
    .unwrap()
}

fn verdicts(checks: &[CheckResult]) -> BTreeMap<&str, Verdict> {
    let verdict = |check: &'_ CheckResult| check.verdict;
    checks
        .iter()
        .map(|check| (check.id.as_str(), verdict(check)))
        .collect()
}

#[tokio::test]
async fn oktas_exports_come_to_what_is_known_of_them() {
    let Some(folder) = folder() else {
        eprintln!("left out: Okta's exports are not at hand (SCIMITAR_TEST_OKTA_EXPORTS)");
        return;
    };
    for (name, requests) in EXPORTS {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let checks = results(imported(name, &text)).await;
        assert_eq!(checks.len(), requests, "{name}");
        let passed = checks.iter().filter(|check| check.verdict == Verdict::Pass);
        assert_eq!(passed.count(), requests, "{name}: {:#?}", verdicts(&checks));
        let again = results(translated(name, &text)).await;
        assert_eq!(verdicts(&checks), verdicts(&again), "{name}");
    }
}

#[tokio::test]
async fn a_broken_server_fails_in_the_steps_that_look_at_it() {
    let Some(folder) = folder() else {
        eprintln!("left out: Okta's exports are not at hand (SCIMITAR_TEST_OKTA_EXPORTS)");
        return;
    };
    let name = "Okta-SCIM-20-SPEC-Test.json";
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    let server = Server::start(Config {
        faults: vec!["duplicate-accepted".to_owned()],
        ..Config::default()
    })
    .await
    .unwrap();
    let checks = run(How {
        library: imported(name, &text),
        wires: vec![(Dialect::V2, server.base_url_v2())],
        token: server.token(),
        variables: &[],
        pause_scale: 0.0,
        checks: &[],
        okta: None,
    })
    .await
    .unwrap();
    let failed: Vec<&str> = checks
        .iter()
        .filter(|check| check.verdict == Verdict::Fail)
        .map(|check| check.id.as_str())
        .collect();
    assert_eq!(
        failed,
        ["okta-scim-2.0-spec-test/expect-failure-when-recreating-user-with-same-values"]
    );
}
