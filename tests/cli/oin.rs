//! `oin.html` and `oin.md`: the readiness for the Okta Integration Network, from runs of Okta's suites.

use scimitar::record::{AuthenticationMode, BaseUrlFinding, Run, RunStatus, Status, Verdict};
use scimitar::report::oin::{self, Standing};

use crate::binary::Scimitar;

/// A check of Okta's SPEC test.
const SPEC: &str = "okta-spec-2.0/create-user";

/// A change of a record, and what it is.
type Change = (&'static str, fn(&mut Run));

fn okta(more: &[&str]) -> (Scimitar, i32) {
    let scimitar = Scimitar::new();
    let args = ["run", "--profile", "okta", "--seed", "7", "--out", "out"];
    let args: Vec<&str> = args.iter().chain(more).copied().collect();
    let code = scimitar.run(&args).code;
    (scimitar, code)
}

fn record(scimitar: &Scimitar) -> Run {
    Run::from_json(&scimitar.read("out/run.json")).unwrap()
}

/// The page without what differs from run to run.
fn stable(page: &str) -> String {
    let lines = page.lines().filter(|line| !line.starts_with("<sub>"));
    // How many of Okta's recommended limits of time are kept is a matter of the machine.
    let lines = lines.map(|line| match line.split_once(" tests passed") {
        Some((before, _)) => before.rsplit_once('|').map_or(before, |(cells, _)| cells),
        None => line,
    });
    let lines: Vec<&str> = lines.collect();
    lines.join("\n")
}

#[test]
fn two_faults() {
    let faults = [
        "--fault",
        "patch-deactivation-ignored",
        "--fault",
        "auth-any-value-accepted",
    ];
    let (scimitar, code) = okta(&faults);
    assert_eq!(code, 1);
    let page = scimitar.read("out/oin.md");
    assert!(
        page.len() < 65_536,
        "{} bytes do not fit into a comment",
        page.len()
    );
    insta::assert_snapshot!(stable(&page));

    let html = scimitar.read("out/oin.html");
    assert!(html.contains("href=\"report.html#okta-client-2.0/deactivate-catalogue\""));
    let report = scimitar.read("out/report.html");
    assert!(report.contains("id=\"okta-client-2.0/deactivate-catalogue\""));
    assert!(!html.contains("<script"), "it is readable without scripts");

    // As every report, they are made from nothing but the record.
    let args = ["report", "out", "--oin-md", "-", "--oin-html", "again.html"];
    assert_eq!(scimitar.run(&args).expect(0).stdout, page);
    assert_eq!(scimitar.read("again.html"), html);
}

#[test]
fn without_faults_and_every_way_to_be_not_ready() {
    let (scimitar, code) = okta(&[]);
    assert_eq!(code, 0);
    let run = record(&scimitar);
    let told = missing(&run);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("embedded server"), "{told:?}");
    assert!(told[1].contains("okta.api_integration.revoked"), "{told:?}");

    // The same of a server on the web whose old token is refused.
    let mut ready = run;
    ready.target.embedded = false;
    ready.target.url = "https://example.com/scim/v2".into();
    let connection = ready.connection.as_mut().unwrap();
    assert_eq!(connection.authentication, AuthenticationMode::Bearer);
    connection.base_url.clear();
    check(
        &mut ready,
        "okta-client-2.0/connection-test-with-revoked-credentials",
    )
    .verdict = Verdict::Pass;
    assert_eq!(missing(&ready), Vec::<String>::new());
    assert!(oin::render_markdown(&ready).starts_with("# ✓ OIN readiness: ready\n"));

    let ways: [Change; 16] = [
        ("SPEC fails", |run| check(run, SPEC).verdict = Verdict::Fail),
        ("SPEC is waived", |run| {
            check(run, SPEC).verdict = Verdict::Waived;
        }),
        ("SPEC is not judged", |run| {
            check(run, SPEC).verdict = Verdict::Inconclusive;
        }),
        ("SPEC is skipped", |run| {
            check(run, SPEC).verdict = Verdict::Skip;
        }),
        ("SPEC is not whole", |run| {
            run.checks.retain(|check| check.id != SPEC);
        }),
        ("SPEC is not run", |run| {
            run.checks.retain(|check| check.suite != "okta-spec-2.0");
            run.suites.retain(|suite| suite.id != "okta-spec-2.0");
        }),
        ("a former version of SPEC is run", |run| {
            let mut left = 11;
            run.checks.retain(|check| {
                left -= u8::from(check.suite == "okta-spec-2.0" && left > 0);
                check.suite != "okta-spec-2.0" || left > 0
            });
            let mut suites = run.suites.iter_mut();
            let suite = suites.find(|suite| suite.id == "okta-spec-2.0").unwrap();
            suite.imported = Some("runscope".into());
            suite.size = Some(10);
        }),
        ("what gates is not judged", |run| {
            check(run, "okta-spec-hardened/create-read-back-same").verdict = Verdict::Inconclusive;
        }),
        ("a case is not chosen", |run| {
            run.checks
                .retain(|check| !check.id.starts_with("okta-client-2.0/update-empties"));
        }),
        ("only the wizard's requests were sent", |run| {
            check(run, "okta-client-2.0/deactivate-catalogue").verdict = Verdict::Skip;
        }),
        ("a feature is shown in part", |run| {
            check(run, "okta-client-2.0/push-empty-group").verdict = Verdict::Skip;
        }),
        ("the run was interrupted", |run| {
            run.status = RunStatus::Interrupted;
        }),
        ("it was read-only", |run| run.selection.read_only = true),
        ("certificates were not verified", |run| {
            run.target.insecure = true;
        }),
        ("Basic", |run| {
            run.connection.as_mut().unwrap().authentication = AuthenticationMode::Basic;
        }),
        ("the base URL", |run| {
            run.connection
                .as_mut()
                .unwrap()
                .base_url
                .push(BaseUrlFinding {
                    id: "base-url.slash".into(),
                    text: "it ends with a slash".into(),
                    remedy: "take it away".into(),
                });
        }),
    ];
    for (what, change) in ways {
        let mut run = ready.clone();
        change(&mut run);
        assert_eq!(missing(&run).len(), 1, "{what}: {:?}", missing(&run));
        assert!(oin::render_markdown(&run).contains("not ready"), "{what}");
    }

    // What never gates keeps nobody from submitting, and neither does a feature that is not offered.
    let unharmed: [Change; 3] = [
        ("a recommendation", |run| {
            check(run, "okta-spec-2.0/list-groups-answered").verdict = Verdict::Warn;
        }),
        ("a check in preview", |run| {
            let check = check(run, "okta-spec-hardened/create-read-back-same");
            (check.verdict, check.status) = (Verdict::Fail, Status::Preview);
        }),
        ("no passwords", |run| {
            check(run, "okta-client-2.0/password-catalogue").verdict = Verdict::Skip;
            check(run, "okta-client-2.0/password-wizard").verdict = Verdict::Skip;
        }),
    ];
    for (what, change) in unharmed {
        let mut run = ready.clone();
        change(&mut run);
        assert_eq!(missing(&run), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn a_run_of_nothing_of_oktas_has_none() {
    let scimitar = Scimitar::new()
        .suites()
        .file("out/oin.md", "of an earlier run");
    scimitar
        .run(&["run", "--suite", "good", "--out", "out"])
        .expect(0);
    assert!(!scimitar.path("out/oin.html").exists());
    assert!(!scimitar.path("out/oin.md").exists());
    let said = scimitar
        .run(&["report", "out", "--oin-md", "-"])
        .expect(0)
        .stdout;
    assert!(
        said.starts_with("# – OIN readiness: not assessed\n"),
        "{said}"
    );
    scimitar
        .run(&["report", "out", "--oin-html", "one.html"])
        .expect(0);
    assert!(scimitar.read("one.html").contains("not assessed"));
    assert!(oin::assess(&record(&scimitar), |_| ()).is_none());
}

#[test]
fn a_case_is_explained_by_the_number_that_okta_has_for_it() {
    let scimitar = Scimitar::new();
    let said = |id: &str| scimitar.run(&["explain", id]).expect(0).stdout;
    assert_eq!(said("C9301"), said("OKTA-QA-C9301"));
    assert!(said("C9301").contains("Sign in to the application with the password."));
    assert!(said("C9339").contains("Okta sends nothing."));
    assert!(said("okta-client-2.0/password-catalogue").contains("remains: Sign in"));
    assert!(said("OKTA-QA").contains("69 cases"));
}

fn check<'a>(run: &'a mut Run, id: &str) -> &'a mut scimitar::record::CheckResult {
    run.checks.iter_mut().find(|check| check.id == id).unwrap()
}

fn missing(run: &Run) -> Vec<String> {
    let told = oin::assess(run, |readiness| {
        assert_eq!(readiness.accounts().len(), 69);
        let all = Standing::ALL
            .iter()
            .map(|standing| readiness.count(*standing));
        assert_eq!(all.sum::<usize>(), 69);
        readiness.missing().map(str::to_owned).collect()
    });
    told.unwrap()
}
