//! Runs: their verdicts as exit codes, and what they leave on disk.

use std::fs;

use crate::binary::Scimitar;
use crate::served::Served;

const REPORTS: [&str; 4] = ["run.json", "junit.xml", "report.html", "summary.md"];

fn record(scimitar: &Scimitar, path: &str) -> serde_json::Value {
    serde_json::from_str(&scimitar.read(path)).unwrap()
}

#[test]
fn what_passes_ends_with_0_and_all_reports() {
    let scimitar = Scimitar::new().suites();
    let outcome = scimitar.run(&["run", "--suite", "good"]).expect(0);
    insta::assert_snapshot!(outcome.shown());
    for report in REPORTS {
        assert!(
            scimitar.path("reports/latest").join(report).is_file(),
            "{report}"
        );
    }
    let record = record(&scimitar, "reports/latest/run.json");
    assert_eq!(record["status"], "complete");
    assert_eq!(record["target"]["embedded"], true);
    assert_eq!(record["checks"].as_array().unwrap().len(), 2);
    let leftover = scimitar.files().into_iter().find(|path| {
        path.file_name()
            .unwrap()
            .to_string_lossy()
            .ends_with(".tmp")
    });
    assert_eq!(leftover, None);
}

#[test]
fn a_fault_ends_with_1() {
    let scimitar = Scimitar::new().suites();
    let args = ["run", "--suite", "good", "--fault", "read-answers-500"];
    let outcome = scimitar.run(&args).expect(1);
    assert!(
        outcome.stdout.contains("good/user-is-read"),
        "{}",
        outcome.stdout
    );
    let never: Vec<&str> = args.iter().copied().chain(["--fail-on", "never"]).collect();
    scimitar.run(&never).expect(0);
}

#[test]
fn what_can_not_be_judged_ends_with_5() {
    let scimitar = Scimitar::new().suites();
    scimitar.run(&["run", "--suite", "unjudged"]).expect(5);
    scimitar
        .run(&["run", "--suite", "unjudged", "--fail-on", "never"])
        .expect(0);
}

#[test]
fn checks_that_are_all_skipped_are_no_success() {
    let outcome = Scimitar::new()
        .suites()
        .run(&["run", "--suite", "good", "--read-only"]);
    assert!(outcome.expect(5).stdout.contains("skipped"));
}

#[test]
fn a_server_elsewhere_is_left_as_it_was() {
    let served = Served::start(&[]);
    let before = served.counts();
    let scimitar = Scimitar::new()
        .suites()
        .env("SCIMITAR_BEARER", &served.token);
    let outcome = scimitar
        .run(&[
            "run",
            &served.url,
            "--suite",
            "good",
            "--out",
            "out",
            "--seed",
            "7",
        ])
        .expect(0);
    assert!(
        outcome.stdout.contains("bearer token"),
        "{}",
        outcome.stdout
    );
    assert_eq!(served.counts(), before);
    assert_eq!(record(&scimitar, "out/run.json")["seed"], 7);
    let ledger = scimitar.read("out/ledger.jsonl");
    assert_eq!(
        ledger.matches("\"intent\"").count(),
        ledger.matches("\"gone\"").count()
    );
    // Another run into the same folder replaces the reports.
    scimitar
        .run(&["run", &served.url, "--suite", "good", "--out", "out"])
        .expect(0);
    assert!(!scimitar.path("reports").exists());
}

#[test]
fn settings_of_a_profile_hold_for_a_run() {
    let scimitar = Scimitar::new().suites().file(
        "scimitar.toml",
        "[profiles.ci]\ninherits = \"quick\"\nreport.junit = \"ci/junit.xml\"\nreport.out = \"ci/out\"\n",
    );
    scimitar.run(&["run", "--profile", "ci"]).expect(0);
    let record = record(&scimitar, "ci/out/run.json");
    assert_eq!(record["selection"]["profile"], "ci");
    assert_eq!(record["checks"].as_array().unwrap().len(), 2);
    assert!(scimitar.read("ci/junit.xml").contains("<testsuites"));
}

#[test]
fn a_report_on_standard_output_has_it_for_itself() {
    let scimitar = Scimitar::new().suites();
    let outcome = scimitar
        .run(&["run", "--suite", "good", "--json", "-"])
        .expect(0);
    let record: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(record["status"], "complete");
    assert!(outcome.stderr.contains("2 checks"), "{}", outcome.stderr);
}

#[test]
fn events_build_the_record() {
    let scimitar = Scimitar::new().suites();
    let outcome = scimitar
        .run(&["run", "--suite", "good", "--events"])
        .expect(0);
    let events: Vec<scimitar::record::Event> = outcome
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (first, rest) = events.split_first().unwrap();
    let scimitar::record::Event::RunStarted { run } = first else {
        panic!("{first:?}")
    };
    let mut run = (**run).clone();
    for event in rest {
        run.apply(event.clone());
    }
    let written = scimitar.read("reports/latest/run.json");
    assert_eq!(run, scimitar::record::Run::from_json(&written).unwrap());
    scimitar
        .run(&["run", "--suite", "good", "--events=events.jsonl"])
        .expect(0);
    assert!(scimitar.read("events.jsonl").lines().count() >= 6);
    scimitar.run(&["run", "--events", "--json", "-"]).expect(2);
}

#[test]
fn a_report_that_can_not_be_written_keeps_no_other_from_being_written() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let scimitar = Scimitar::new().suites();
    let args = [
        "run",
        "--suite",
        "good",
        "--html",
        "/dev/full",
        "--markdown",
        "summary.md",
    ];
    let outcome = scimitar.run(&args).expect(7);
    assert!(
        outcome.stderr.contains("/dev/full can't be written"),
        "{}",
        outcome.stderr
    );
    assert!(scimitar.path("summary.md").is_file());
    assert!(scimitar.path("reports/latest/report.html").is_file());
}

#[test]
fn standard_output_that_can_not_be_written_is_a_failure_too() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    let scimitar = Scimitar::new().suites();
    for args in [
        &["run", "--suite", "good", "--out", "out", "--json", "-"][..],
        &["report", "out", "--junit", "-"],
    ] {
        let output = scimitar
            .command(args)
            .stdout(full.try_clone().unwrap())
            .output()
            .unwrap();
        let outcome = scimitar.outcome(output).expect(7);
        assert!(
            outcome.stderr.contains("standard output can't be written"),
            "{}",
            outcome.stderr
        );
    }
    assert!(scimitar.path("out/run.json").is_file());
}

#[test]
fn two_reports_can_not_share_standard_output() {
    let scimitar = Scimitar::new().suites();
    scimitar
        .run(&["run", "--suite", "good", "--out", "out"])
        .expect(0);
    for command in [&["run", "--suite", "good"][..], &["report", "out"]] {
        let args: Vec<&str> = [command, &["--json", "-", "--junit", "-"]].concat();
        let outcome = scimitar.run(&args).expect(2);
        assert_eq!(
            outcome.stderr,
            "error: the JUnit and the record can't both go to standard output\n"
        );
    }
}

/// A file that waives one check of the suite `good` until a day.
fn waiver(check: &str, expires: &str) -> String {
    format!(
        "[[waive]]\ncheck = \"good/{check}\"\nreason = \"mended in 4.2\"\nexpires = {expires}\n"
    )
}

#[test]
fn what_is_waived_does_not_fail_until_the_day_is_over_or_it_passes() {
    let run = |waivers: &str, more: &[&str]| {
        let scimitar = Scimitar::new().suites().file("waivers.toml", waivers);
        let args = [
            "run",
            "--suite",
            "good",
            "--waivers",
            "waivers.toml",
            "--out",
            "out",
        ];
        let args: Vec<&str> = args.iter().chain(more).copied().collect();
        let outcome = scimitar.run(&args);
        (outcome, scimitar)
    };
    let fault = ["--fault", "read-answers-500"];
    let (outcome, scimitar) = run(&waiver("user-is-read", "2999-01-31"), &fault);
    let outcome = outcome.expect(0);
    assert!(outcome.stdout.contains("1 waived"), "{}", outcome.shown());
    assert!(
        scimitar
            .read("out/junit.xml")
            .contains("waived until 2999-01-31: mended in 4.2"),
        "{}",
        scimitar.read("out/junit.xml")
    );
    assert_eq!(
        record(&scimitar, "out/run.json")["checks"][0]["verdict"],
        "waived"
    );

    let (outcome, scimitar) = run(&waiver("user-is-read", "2020-01-31"), &fault);
    outcome.expect(1);
    let reason = record(&scimitar, "out/run.json")["checks"][0]["reason"].to_string();
    assert!(
        reason.contains("its waiver expired on 2020-01-31"),
        "{reason}"
    );

    let (outcome, _) = run(&waiver("user-is-read", "2999-01-31"), &[]);
    let outcome = outcome.expect(1);
    assert!(
        outcome
            .stdout
            .contains("waivers.toml:1:1: the waiver of good/user-is-read is stale"),
        "{}",
        outcome.shown()
    );
    run(
        &waiver("user-is-read", "2999-01-31"),
        &["--fail-on", "never"],
    )
    .0
    .expect(0);
    // One that nothing was found of says nothing.
    run(
        &waiver("user-is-read", "2999-01-31"),
        &["--check", "good/duplicate-refused"],
    )
    .0
    .expect(0);

    let (outcome, _) = run(&waiver("user-is-raed", "soon"), &[]);
    insta::assert_snapshot!("waivers_with_slips", outcome.expect(2).shown());
}

#[test]
fn quiet_says_the_outcome_and_verbose_each_check() {
    let quiet = Scimitar::new()
        .suites()
        .run(&["run", "--suite", "good", "-q"])
        .expect(0);
    let verbose = Scimitar::new()
        .suites()
        .run(&["run", "--suite", "good", "-v"])
        .expect(0);
    assert!(
        !quiet.stdout.contains("good/user-is-read"),
        "{}",
        quiet.stdout
    );
    assert!(
        verbose.stdout.contains("good/user-is-read"),
        "{}",
        verbose.stdout
    );
    assert!(quiet.stdout.lines().count() < verbose.stdout.lines().count());
}

#[test]
fn colour_is_only_where_it_is_asked_for() {
    let args = ["run", "--suite", "good", "--color", "always"];
    let coloured = Scimitar::new().suites().run(&args).expect(0);
    assert!(coloured.stdout.contains('\u{1b}'));
    let plain = Scimitar::new()
        .suites()
        .run(&["run", "--suite", "good"])
        .expect(0);
    assert!(!plain.stdout.contains('\u{1b}') && !plain.stderr.contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_what_is_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let scimitar = Scimitar::new().suites();
    scimitar.run(&["run", "--suite", "good"]).expect(0);
    for report in REPORTS {
        let path = scimitar.path("reports/latest").join(report);
        let mode = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{report}");
    }
}

#[test]
fn the_built_in_suites_pass_against_the_embedded_server() {
    let scimitar = Scimitar::new();
    let outcome = scimitar
        .run(&["run", "--profile", "okta", "--level", "must"])
        .expect(0);
    assert!(outcome.stdout.contains("CONFORMS"), "{}", outcome.stdout);
}

#[test]
fn what_is_kept_is_told() {
    let scimitar = Scimitar::new().suites();
    let args = ["run", "--suite", "good", "--cleanup", "keep"];
    let outcome = scimitar.run(&args).expect(0);
    let told = "! 2 resources were kept on the target";
    assert!(outcome.stdout.contains(told), "{}", outcome.stdout);
    let outcome = scimitar.run(&args[..3]).expect(0);
    assert!(!outcome.stdout.contains("kept"), "{}", outcome.stdout);
}
