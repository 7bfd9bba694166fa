//! Suites and fixtures of the user's own, over what is built in.

use std::fmt::Write as _;

use crate::binary::Scimitar;

const MINE: &str = "suite: mine
title: Mine
checks:
  - id: user-has-title
    title: A user that is made has a title
    tags: [slow-tag]
    requirements: [RFC7644-3.3-11]
    why: These tests want it.
    fix: Keep it.
    given: [user-okta]
    steps:
      - get: /Users/${user-okta.id}
        expect: { status: 200, $.title: Engineer }
";

fn mine() -> Scimitar {
    Scimitar::new()
        .file("mine/mine.yaml", MINE)
        .file("scimitar.toml", "[fixtures.user]\ntitle = \"Engineer\"\n")
}

#[test]
fn a_suite_of_ones_own_uses_what_is_built_in_and_an_override_reaches_what_extends() {
    let scimitar = mine();
    for options in [["--suites", "mine"], ["--suite-file", "mine/mine.yaml"]] {
        let args: Vec<&str> = ["run", "--out", "out"].into_iter().chain(options).collect();
        scimitar.run(&args).expect(0);
        let record: serde_json::Value =
            serde_json::from_str(&scimitar.read("out/run.json")).unwrap();
        assert_eq!(record["checks"].as_array().unwrap().len(), 1, "{options:?}");
    }
}

#[test]
fn built_in_suites_run_where_they_are_named() {
    let scimitar = mine().env("SCIMITAR_SUITES_DIR", "mine");
    let listed = |args: &[&str]| {
        let args: Vec<&str> = ["list", "--json"].iter().chain(args).copied().collect();
        let outcome = scimitar.run(&args).expect(0);
        let list: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
        let checks = list["checks"].as_array().unwrap().clone();
        let mut suites: Vec<String> = checks
            .iter()
            .map(|check| check["suite"].as_str().unwrap().to_owned())
            .collect();
        suites.dedup();
        (suites.join(" "), outcome.stderr)
    };
    assert_eq!(listed(&[]).0, "mine");
    assert_eq!(listed(&["--suite", "*"]).0, "mine");
    assert_eq!(listed(&["--suite", "okta-spec-2.0"]).0, "okta-spec-2.0");
    assert_eq!(listed(&["--check", "okta-spec-2.0/*"]).0, "okta-spec-2.0");
    assert_eq!(
        listed(&["--suite", "mi*", "--suite", "language"]).0,
        "mine language"
    );
    assert_eq!(listed(&["--tag", "slow-tag"]).0, "mine");
    let (suites, warning) = listed(&["--profile", "okta-spec"]);
    assert!(suites.starts_with("okta-"), "{suites}");
    assert!(
        warning.contains("chooses built-in suites only"),
        "{warning}"
    );
    let unknown = scimitar.run(&["list", "--tag", "slowtag"]).expect(4);
    assert!(
        unknown
            .stderr
            .contains("no tag matches `slowtag`; did you mean `slow-tag`?"),
        "{}",
        unknown.stderr
    );
    let explained = scimitar.run(&["explain", "user-has-title"]).expect(0);
    assert!(explained.stdout.contains("mine/mine.yaml:4:5"));
}

#[test]
fn a_file_lies_over_the_folder() {
    let scimitar = mine()
        .file(
            "shared/user.yaml",
            "fixture: user-okta\ntitle: U\nextends: user\nresourceType: User\nendpoint: /Users\n\
             body: { userName: \"${unique.userName}\", title: Engineer }\n",
        )
        .file(
            "shared/other.yaml",
            &MINE.replace("suite: mine", "suite: other"),
        );
    let args = [
        "run",
        "--no-default-config",
        "--suites",
        "shared",
        "--suite-file",
        "mine/mine.yaml",
    ];
    scimitar.run(&args).expect(0);
    let listed = scimitar.run(&[&["list"], &args[2..]].concat()).expect(0);
    assert!(
        listed.stdout.contains("1 check in 1 suite"),
        "{}",
        listed.stdout
    );
    let named = [&["list", "--suite", "other"], &args[2..]].concat();
    assert!(
        scimitar
            .run(&named)
            .expect(0)
            .stdout
            .contains("other/user-has-title")
    );
}

#[test]
fn what_is_no_suite_is_told_with_what_to_do() {
    let scimitar = mine()
        .file("empty/README.md", "nothing")
        .file(
            "fixtures/a.yaml",
            "catalogue: A\ntitle: A\nrequirements: [{ id: A-1, statement: a. }]\n",
        )
        .file("export.json", "{}")
        .file("latin.yaml", "suite: x");
    std::fs::write(scimitar.path("latin.yaml"), [0xff, 0xfe]).unwrap();
    let mut shown = String::new();
    for args in [
        &["list", "--suites", "empty"][..],
        &["list", "--suites", "nowhere"],
        &["list", "--suites", "mine/mine.yaml"],
        &["list", "--suite-file", "mine"],
        &["list", "--suite-file", "export.json"],
        &["list", "--suite-file", "latin.yaml"],
        &["lint", "nowhere"],
        &["list", "--suites", "fixtures"],
    ] {
        let outcome = scimitar.run(args);
        let _ = writeln!(
            shown,
            "{}: {}\n{}",
            args.join(" "),
            outcome.code,
            outcome.stderr
        );
    }
    insta::assert_snapshot!(shown);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_not_read() {
    let scimitar = mine();
    let pipe = scimitar.path("mine/pipe.yaml");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    for path in ["mine", "mine/pipe.yaml", "/dev/zero"] {
        let outcome = scimitar.run(&["lint", path]).expect(2);
        assert!(
            outcome.stderr.contains("is neither a file nor a folder"),
            "{}",
            outcome.stderr
        );
    }
}

#[test]
fn a_fixture_that_there_is_not_is_told_with_its_place() {
    let scimitar = Scimitar::new().file(
        "scimitar.toml",
        "[fixtures.usr]\ntitle = \"x\"\n[fixtures.user-1.1]\ntitle = \"x\"\n[fixtures.\"user-1.1\"]\ntitle = \"x\"\n\
         [fixtures.banana]\ntitle = \"x\"\n",
    );
    insta::assert_snapshot!(scimitar.run(&["run"]).expect(2).shown());
}

#[test]
fn lint_knows_the_faults() {
    let scimitar = Scimitar::new().file(
        "mine.yaml",
        &MINE.replace("    given:", "    faults: [read-answers-50]\n    given:"),
    );
    insta::assert_snapshot!(scimitar.run(&["lint", "mine.yaml"]).expect(2).shown());
    // A run does not need them.
    scimitar
        .run(&["list", "--suite-file", "mine.yaml"])
        .expect(0);
}

#[test]
fn a_check_of_the_targets_own_schema_is_listed_with_what_its_rows_are() {
    let listed = |args: &[&str]| {
        let args: Vec<&str> = ["list"].iter().chain(args).copied().collect();
        Scimitar::new().run(&args).expect(0).stdout
    };
    let checks = listed(&["--suite", "language", "--suite", "okta-entitlements"]);
    for title in [
        "Each attribute of User is kept from a create and from a PUT",
        "Each resource type lists one entitlement per page when count is 1",
    ] {
        assert!(checks.contains(title), "{checks}");
    }
    let rows = listed(&[
        "--check",
        "language/attribute-created-and-replaced",
        "--rows",
    ]);
    assert!(
        rows.contains("  nickName is kept from a create and from a PUT"),
        "{rows}"
    );
}
