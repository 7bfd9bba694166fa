//! A simulated Okta org: what it sends to a target, and where a broken target fails.

use std::fmt::Write as _;

use scimitar::okta::profile::PROFILE;
use scimitar::org::{App, Integration};
use scimitar::record::{CheckResult, Exchange, Verdict};
use scimitar::scim::part;
use scimitar::scim::path::PatchPath;
use scimitar::scim::resource::ResourceSchema;
use scimitar::server::{Config, Server};
use scimitar::suite::{Dialect, Library};

use super::runs::{How, run};
use super::{fixture, imported};

const EXPORT: &str = "okta-org.json";

async fn results(dialect: Dialect, app: App, fault: Option<&str>) -> Vec<CheckResult> {
    let text = fixture(EXPORT);
    // The version of SCIM that an export speaks is in its name where no schema tells.
    let text = match dialect {
        Dialect::V2 => text,
        Dialect::V1 => text.replace("An Okta org", "An Okta org 1.1"),
    };
    let server = Server::start(Config {
        faults: fault.into_iter().map(str::to_owned).collect(),
        ..Config::default()
    })
    .await
    .unwrap();
    let url = match dialect {
        Dialect::V2 => server.base_url_v2(),
        Dialect::V1 => server.base_url_v1(),
    };
    run(How {
        library: imported(EXPORT, &text),
        wires: vec![(dialect, url)],
        token: server.token(),
        variables: &[],
        pause_scale: 0.0,
        checks: &[],
        okta: Some(app),
    })
    .await
    .unwrap()
}

/// A request without what differs from run to run.
fn sent(exchange: &Exchange) -> String {
    let request = &exchange.request;
    let (_, path) = request.url.split_once("/scim/").unwrap();
    let headers: Vec<String> = request
        .headers
        .iter()
        .filter(|header| ["Accept", "Content-Type", "User-Agent"].contains(&header.name.as_str()))
        .map(|header| format!("{}: {}", header.name, header.value))
        .collect();
    let body = request.body.as_ref().map_or("", |body| body.text.as_str());
    format!(
        "{} {path} ({})\n    {body}",
        request.method,
        headers.join(", ")
    )
}

fn all_sent(checks: &[CheckResult]) -> String {
    let mut text = String::new();
    for check in checks {
        let steps = check.steps.read();
        let caused = steps.iter().flat_map(|step| &step.caused);
        for (number, caused) in caused.enumerate() {
            if number == 0 {
                let (_, id) = check.id.split_once('/').unwrap();
                let _ = writeln!(text, "{id}");
            }
            assert_eq!(caused.by, "okta-org");
            assert_eq!(caused.problem, None);
            let _ = writeln!(text, "  {}", sent(&caused.exchange).trim_end());
        }
    }
    text
}

fn assert_snapshot(name: &str, text: &str) {
    insta::with_settings!({filters => vec![
        (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "[ID]"),
        (r"127\.0\.0\.1:\d+", "[HOST]"),
        (r"\d{4}-\d\d-\d\dT[0-9:.]+Z", "[TIME]"),
        (r#"W/\\"[0-9a-f]+\\""#, "[VERSION]"),
    ]}, { insta::assert_snapshot!(name, text) });
}

#[tokio::test]
async fn each_kind_of_integration_is_sent_what_oktas_client_sends() {
    let app = |integration| App {
        integration,
        ..App::default()
    };
    for (name, dialect, integration) in [
        ("catalogue", Dialect::V2, Integration::Catalogue),
        ("wizard", Dialect::V2, Integration::Wizard),
        ("scim-1.1", Dialect::V1, Integration::Catalogue),
        ("scim-1.1-wizard", Dialect::V1, Integration::Wizard),
    ] {
        let checks = results(dialect, app(integration), None).await;
        for check in &checks {
            assert_eq!(
                check.verdict,
                Verdict::Pass,
                "{name}: {}: {:?}",
                check.id,
                check.reason
            );
        }
        assert_snapshot(&format!("okta_org_{name}"), &all_sent(&checks));
    }
}

#[tokio::test]
async fn what_is_switched_off_in_the_provisioning_tab_is_not_sent() {
    let off = App {
        create_users: false,
        ..App::default()
    };
    let checks = results(Dialect::V2, off, None).await;
    assert_eq!(all_sent(&checks), "");
    let off = App {
        update_attributes: false,
        deactivate_users: false,
        sync_password: false,
        ..App::default()
    };
    let checks = results(Dialect::V2, off, None).await;
    let sent = all_sent(&checks);
    let requests: Vec<&str> = sent
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .map(|line| line.trim().split(' ').next().unwrap())
        .collect();
    // Create; and the second assignment links, and activates what was never deactivated.
    assert_eq!(requests, ["GET", "POST", "GET", "PATCH", "GET", "PUT"]);
}

#[tokio::test]
async fn a_broken_target_fails_where_the_effect_is_looked_for() {
    let mut told = String::new();
    for (fault, dialect) in [
        ("list-numbers-as-strings", Dialect::V2),
        ("filter-unknown-user-finds-first", Dialect::V2),
        ("create-answers-500", Dialect::V2),
        ("create-empty-body", Dialect::V2),
        ("create-password-refused", Dialect::V2),
        ("replace-ignored", Dialect::V2),
        ("replace-read-only-refused", Dialect::V2),
        ("patch-without-path-refused", Dialect::V2),
        ("patch-deactivation-ignored", Dialect::V2),
        ("patch-deactivation-deletes", Dialect::V2),
        ("inactive-answers-404", Dialect::V2),
        ("list-hides-inactive", Dialect::V2),
        ("v1-patch-ignored", Dialect::V1),
    ] {
        let checks = results(dialect, App::default(), Some(fault)).await;
        let _ = writeln!(told, "{fault}");
        let broken = checks
            .iter()
            .filter(|check| matches!(check.verdict, Verdict::Fail | Verdict::Warn));
        for check in broken {
            let (_, id) = check.id.split_once('/').unwrap();
            let cause = check
                .cause
                .as_ref()
                .map_or("", |cause| cause.title.as_str());
            let _ = writeln!(told, "  {} {id}: {cause}", check.verdict);
        }
        let failed = checks.iter().any(|check| check.verdict == Verdict::Fail);
        assert!(failed, "{fault} fails nothing");
    }
    assert_snapshot("okta_org_faults", &told);
}

/// The suites send the attributes that Okta's mapping has. A manager is left out, since it has to be somebody.
#[tokio::test]
async fn the_suites_send_what_oktas_mapping_has() {
    for (dialect, suite) in [
        (Dialect::V2, "okta-client-2.0"),
        (Dialect::V1, "okta-client-1.1"),
    ] {
        let server = Server::start(Config::default()).await.unwrap();
        let check = format!("{suite}/assign-user-with-all-attributes");
        let checks = run(How {
            library: Library::embedded().unwrap(),
            wires: vec![
                (Dialect::V2, server.base_url_v2()),
                (Dialect::V1, server.base_url_v1()),
            ],
            token: server.token(),
            variables: &[],
            pause_scale: 0.0,
            checks: &[&check],
            okta: None,
        })
        .await
        .unwrap();
        let steps = checks[0].steps.read();
        let mut exchanges = steps.iter().flat_map(|step| &step.exchanges);
        let post = exchanges.find(|one| one.request.method == "POST").unwrap();
        let sent = &post.request.body.as_ref().unwrap().text;
        let sent = serde_json::from_str(sent).unwrap();
        let schema = match dialect {
            Dialect::V2 => ResourceSchema::user(),
            Dialect::V1 => ResourceSchema::v1_user(),
        };
        for mapped in PROFILE {
            let path = PatchPath::parse(&mapped.path(dialect)).unwrap();
            let is_sent = part::find(&schema, &sent, &path).is_some();
            let is_manager = mapped.variable.starts_with("manager");
            assert_eq!(is_sent, !is_manager, "{suite}: {}", mapped.variable);
        }
    }
}
