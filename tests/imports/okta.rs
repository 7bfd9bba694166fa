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
    results_with(library, &[]).await
}

async fn results_with(library: Library, faults: &[&str]) -> Vec<CheckResult> {
    let config = Config {
        faults: faults.iter().map(|fault| (*fault).to_owned()).collect(),
        ..Config::default()
    };
    let server = Server::start(config).await.unwrap();
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

/// What is predicted of broken servers: the export, the fault, and the checks that fail or warn for it. Where Okta's
/// tests only pretend to look, nobody does.
const PREDICTED: [(&str, &str, &[&str]); 18] = [
    // Any answer with 200 will do for the lookup in capitals, an empty list too.
    ("Okta-SCIM-20-SPEC-Test.json", "filter-case-sensitive", &[]),
    // Its script about groups holds whatever comes.
    ("Okta-SCIM-20-SPEC-Test.json", "groups-list-empty", &[]),
    (
        "Okta-SCIM-20-SPEC-Test.json",
        "list-numbers-as-strings",
        &["test-users-endpoint"],
    ),
    (
        "Okta-SCIM-20-SPEC-Test.json",
        "error-is-html",
        &["test-invalid-user-by-id", "check-status-404"],
    ),
    (
        "Okta-SCIM-20-SPEC-Test.json",
        "duplicate-accepted",
        &["expect-failure-when-recreating-user-with-same-values"],
    ),
    (
        "Okta-SCIM-20-SPEC-Test.json",
        "auth-not-required",
        &["check-status-401"],
    ),
    // Without users the first test fails, and what needs the first user is not sent.
    (
        "Okta-SCIM-20-SPEC-Test.json",
        "users-list-empty",
        &["test-users-endpoint", "get-users-id"],
    ),
    // The former one has neither of the two last tests.
    ("Okta-SCIM-20-SPEC-Test-old.json", "auth-not-required", &[]),
    (
        "Okta-SCIM-20-SPEC-Test-old.json",
        "filter-case-sensitive",
        &[],
    ),
    // Its script demands a group.
    (
        "Okta-SCIM-11-SPEC-Test.json",
        "v1-groups-empty",
        &["verify-groups-endpoint"],
    ),
    (
        "Okta-SCIM-11-SPEC-Test.json",
        "v1-unknown-id-without-detail",
        &["test-invalid-user-by-id"],
    ),
    // A page of one has to be one.
    (
        "Okta-SCIM-20-Entitlements-Test.json",
        "roles-empty",
        &["duplicate-the-request-for-multiple-entitlement-endpoints"],
    ),
    (
        "Okta-SCIM-20-Entitlements-Test.json",
        "count-ignored",
        &["duplicate-the-request-for-multiple-entitlement-endpoints"],
    ),
    // Who was deactivated stays readable.
    (
        "Okta-SCIM-20-CRUD-Test.json",
        "inactive-answers-404",
        &[
            "verify-if-user-is-deactivated-in-scim-app",
            "verify-if-user-is-deactivated-in-scim-app-2",
        ],
    ),
    (
        "Okta-SCIM-20-CRUD-Test.json",
        "replace-ignored",
        &["verify-firstname-update-in-scim-app"],
    ),
    (
        "Okta-SCIM-11-CRUD-Test.json",
        "v1-patch-ignored",
        &[
            "verify-if-user-is-deactivated-in-scim-app",
            "verify-if-user-is-deactivated-in-scim-app-2",
        ],
    ),
    (
        "Okta-SCIM-20-With-Entitlements-CRUD-Test.json",
        "inactive-answers-404",
        &[
            "verify-if-a-user-is-deactivated-in-a-scim-app",
            "verify-if-a-user-is-deactivated-in-a-scim-app-2",
        ],
    ),
    // No step of it looks at entitlements.
    (
        "Okta-SCIM-20-With-Entitlements-CRUD-Test.json",
        "create-drops-roles",
        &[],
    ),
];

#[tokio::test]
async fn broken_servers_come_to_what_is_predicted() {
    let Some(folder) = folder() else {
        eprintln!("left out: Okta's exports are not at hand (SCIMITAR_TEST_OKTA_EXPORTS)");
        return;
    };
    for (name, fault, predicted) in PREDICTED {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let checks = results_with(imported(name, &text), &[fault]).await;
        let broken: Vec<&str> = checks
            .iter()
            .filter(|check| check.verdict != Verdict::Pass)
            .filter_map(|check| Some(check.id.split_once('/')?.1))
            .collect();
        assert_eq!(broken, predicted, "{name} {fault}");
    }
}
