//! `scimitar coverage`: what is covered, and what a run says of it.

use std::fmt::Write as _;

use serde_json::Value;

use crate::binary::Scimitar;

const TABLE: &str = "\
id\tsection\tlevel\tsubject\ttestable\tcondition\trequirement\thow\treason
MINE-3.9-01\t3.9\tMUST\tserver\tyes\t\tA user that was made can be read\tPOST, GET
MINE-3.9-02\t3.9\tSHOULD\tserver\tconditional\tcursor\tA page leads to the next\tGET with cursor
MINE-3.10-01\t3.10\tMUST\tserver\tyes\t\tNobody is there twice\tPOST twice
MINE-3.10-02\t3.10\tMUST\tserver\tyes\t\tPasswords are hashed\t\tNobody outside can see it.
MINE-3.10.1-01\t3.10.1\tMAY\tspec\tno\t\tWhat a word means\t
";

const WORDS: &str = "\
catalogue: HOUSE
title: Rules of the house
requirements:
  - { id: HOUSE-1, clause: manners, statement: A server says what is wrong. }
  - { id: HOUSE-2, clause: manners, statement: A server is quick., level: should }
";

const SUITE: &str = r#"suite: mine
title: What these tests look at
origin: these tests
checks:
  - id: user-is-read
    title: A user that was made can be read
    requirements: [MINE-3.9-01, HOUSE-2]
    why: Clients read what they write.
    fix: Store it.
    given: [user]
    steps:
      - get: "/Users/${user.id}"
        expect: { status: 200 }
  - id: duplicate-refused
    title: A userName that is taken is refused
    requirements: [MINE-3.10-01, HOUSE-1]
    why: Two accounts for one person follow.
    fix: Answer 409.
    given: [user]
    steps:
      - post: /Users
        body: { fixture: user, userName: "${user.userName}" }
        expect: { status: 409 }
  - id: duplicate-told
    title: The answer to a duplicate is an error
    requirements: [MINE-3.10-01]
    status: preview
    why: Tests want it.
    fix: There is nothing to mend.
    steps:
      - get: /Users
        expect: { status: 200 }
"#;

fn own() -> Scimitar {
    Scimitar::new()
        .file("suites/mine.tsv", TABLE)
        .file("suites/house.yaml", WORDS)
        .file("suites/mine.yaml", SUITE)
        .env("SCIMITAR_SUITES_DIR", "suites")
        .env("COLUMNS", "80")
}

const OWN: [&str; 5] = ["coverage", "--catalogue", "mine", "--catalogue", "HOUSE"];

fn with(args: &[&'static str]) -> Vec<&'static str> {
    OWN.iter().chain(args).copied().collect()
}

#[test]
fn catalogues_sections_and_what_is_uncovered_are_told() {
    let outcome = own().run(&OWN).expect(0);
    let mut lines = outcome.stdout.lines();
    assert!(
        lines.all(|line| line.chars().count() <= 80),
        "{}",
        outcome.stdout
    );
    insta::assert_snapshot!(outcome.shown());
    insta::assert_snapshot!(
        own()
            .run(&["coverage", "--requirement", "mine-3.9-02"])
            .expect(0)
            .shown()
    );
    // A section has those below it, and `3.1` is no part of `3.10`.
    let args = [
        "coverage",
        "--catalogue",
        "MINE",
        "--json",
        "-",
        "--section",
        "3.10",
    ];
    let data: Value = serde_json::from_str(&own().run(&args).expect(0).stdout).unwrap();
    let sections = data["catalogues"][0]["sections"].as_array().unwrap();
    let names: Vec<_> = sections.iter().map(|section| &section["name"]).collect();
    assert_eq!(names, ["3.10", "3.10.1"]);
    // What other suites cite does not count where one is named.
    let args = with(&["--cited-by", "okta-*", "--json", "-"]);
    let data: Value = serde_json::from_str(&own().run(&args).expect(0).stdout).unwrap();
    assert_eq!(data["catalogues"][1]["counts"]["uncovered"], 3);
}

#[test]
fn a_run_gives_each_requirement_the_worst_verdict_of_its_checks() {
    let scimitar = own();
    scimitar
        .run(&["run", "--fault", "duplicate-accepted"])
        .expect(1);
    let outcome = scimitar.run(&["coverage", "reports/latest"]).expect(0);
    insta::assert_snapshot!(outcome.shown());
    let one = ["coverage", "latest", "--requirement", "MINE-3.10-01"];
    insta::assert_snapshot!(scimitar.run(&one).expect(0).shown());
    let page = scimitar.read("reports/latest/report.html");
    let cell = "<a class=\"cell fail\" href=\"#mine/duplicate-refused\" \
                title=\"MINE-3.10-01, fail: Nobody is there twice\">";
    assert!(page.contains(cell));
    assert!(page.contains("Nobody outside can see it."));
    assert!(!page.contains("requirements-RFC7644"), "no check cites it");
    // A run of a part: the others are cited, and did not run.
    scimitar
        .run(&["run", "--check", "mine/user-is-read", "--out", "part"])
        .expect(0);
    let part = scimitar.run(&["coverage", "part", "--json", "-"]).expect(0);
    let data: Value = serde_json::from_str(&part.stdout).unwrap();
    let verdicts = &data["catalogues"][1]["counts"]["verdicts"];
    assert_eq!(
        (&verdicts["pass"], &verdicts["notRun"]),
        (&1.into(), &1.into()),
        "{data:#}"
    );
    // Without the suites, the record still has its catalogues.
    let bare = Scimitar::new().file("run.json", &scimitar.read("part/run.json"));
    let bare = bare.run(&["coverage", "run.json", "--json", "-"]).expect(0);
    let data: Value = serde_json::from_str(&bare.stdout).unwrap();
    let ids: Vec<_> = data["catalogues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["id"])
        .collect();
    assert_eq!(ids, ["HOUSE", "MINE"]);
}

#[test]
fn a_gate_is_exact_and_names_who_is_below() {
    let below = own().run(&with(&["--fail-under", "75.01", "-q"])).expect(1);
    assert_eq!(below.stdout, "Covered to less than 75.01 %: MINE (75 %)\n");
    let reached = own().run(&with(&["--fail-under", "75", "-q"])).expect(0);
    assert_eq!(
        reached.stdout,
        "Each catalogue is covered to at least 75 %.\n"
    );
}

#[test]
fn the_result_is_data_of_the_schema() {
    let scimitar = own();
    scimitar.run(&["run"]).expect(0);
    let outcome = scimitar
        .run(&["coverage", "latest", "--json", "-"])
        .expect(0);
    let data: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let schema = scimitar.run(&["schema", "coverage"]).expect(0).stdout;
    let schema = serde_json::from_str(&schema).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&data));
    assert!(
        outcome.stderr.contains("HOUSE"),
        "the text goes to standard error"
    );
}

#[test]
fn what_can_not_be_found_or_written_is_told_with_what_to_do() {
    let scimitar = own().file("run.json", "<html>").file("file", "");
    let mut told = String::new();
    for args in [
        &["coverage", "--catalogue", "HOSE"][..],
        &["coverage", "--catalogue", "[", "--limit", "1"],
        &["coverage", "--catalogue", "MINE", "--section", "3.11"],
        &["coverage", "--cited-by", "mein"],
        &["coverage", "--requirement", "MINE-3.9-03"],
        &["coverage", "--fail-under", "101"],
        &["coverage", "run.json"],
        &["coverage", "nothing"],
        &["coverage", "--json", "file/coverage.json"],
    ] {
        let shown = scimitar.run(args).shown();
        writeln!(told, "$ scimitar {}\n{shown}", args.join(" ")).unwrap();
    }
    // Which catalogues there are changes with each that is built in.
    let mut settings = insta::Settings::clone_current();
    settings.add_filter("there are AUTHENTIK.*", "there are AUTHENTIK, …");
    settings.bind(|| insta::assert_snapshot!(told));
}
