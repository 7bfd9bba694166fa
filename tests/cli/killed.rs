//! Runs that are interrupted or killed: what they leave behind, and what finishes their work.
#![cfg(unix)]

use std::process::{Child, Command};

use crate::binary::{Outcome, Scimitar};
use crate::served::Served;

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill")
        .args([name, &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
}

/// A run that has made its user and waits.
fn waiting(served: &Served, scimitar: &Scimitar, before: (u64, u64)) -> Child {
    let child = scimitar.start(&["run", &served.url, "--suite", "slow", "--out", "out"]);
    let record = scimitar.path("out/run.json");
    served.until(|served| served.counts().0 > before.0 && record.is_file());
    child
}

fn against(served: &Served) -> Scimitar {
    Scimitar::new()
        .suites()
        .env("SCIMITAR_BEARER", &served.token)
}

#[test]
fn an_interrupted_run_cleans_up_and_writes_what_it_has() {
    let served = Served::start(&[]);
    let before = served.counts();
    let scimitar = against(&served);
    let child = waiting(&served, &scimitar, before);
    signal(&child, "-INT");
    let outcome = scimitar
        .outcome(child.wait_with_output().unwrap())
        .expect(130);
    assert!(outcome.stderr.contains("Interrupted"), "{}", outcome.stderr);
    assert_eq!(served.counts(), before);
    let record = scimitar::record::Run::from_json(&scimitar.read("out/run.json")).unwrap();
    assert_eq!(record.status, scimitar::record::RunStatus::Interrupted);
    assert_eq!(record.checks.len(), 1);
    for report in ["junit.xml", "report.html", "summary.md"] {
        assert!(scimitar.path("out").join(report).is_file(), "{report}");
    }
}

#[test]
fn a_termination_is_an_interrupt_too() {
    let served = Served::start(&[]);
    let before = served.counts();
    let scimitar = against(&served);
    let child = waiting(&served, &scimitar, before);
    signal(&child, "-TERM");
    scimitar
        .outcome(child.wait_with_output().unwrap())
        .expect(130);
    assert_eq!(served.counts(), before);
}

#[test]
fn a_second_interrupt_says_how_to_clean_up_by_hand_and_the_run_still_does() {
    let served = Served::start(&["--latency", "500ms"]);
    let before = served.counts();
    let scimitar = against(&served);
    let child = waiting(&served, &scimitar, before);
    signal(&child, "-INT");
    std::thread::sleep(std::time::Duration::from_millis(150));
    signal(&child, "-INT");
    let outcome = scimitar
        .outcome(child.wait_with_output().unwrap())
        .expect(130);
    let by_hand = format!("scimitar cleanup out {}", served.url);
    assert!(outcome.stderr.contains(&by_hand), "{}", outcome.stderr);
    assert_eq!(served.counts(), before);
}

#[test]
fn a_killed_run_is_finished_by_cleanup() {
    let served = Served::start(&[]);
    let before = served.counts();
    let scimitar = against(&served);
    let child = waiting(&served, &scimitar, before);
    signal(&child, "-KILL");
    child.wait_with_output().unwrap();
    assert_eq!(served.counts().0, before.0 + 1, "the user is still there");
    let record = scimitar::record::Run::from_json(&scimitar.read("out/run.json")).unwrap();
    assert_eq!(record.status, scimitar::record::RunStatus::Running);

    let outcome = scimitar.run(&["cleanup", "out", &served.url]).expect(0);
    assert_eq!(served.counts(), before);
    insta::assert_snapshot!(masked(&outcome, &record));
    let again = scimitar.run(&["cleanup", "out", &served.url]).expect(0);
    assert!(
        again.stdout.contains("0 resources gone, 0 left"),
        "{}",
        again.stdout
    );
}

#[test]
fn cleanup_sends_nothing_to_another_target() {
    let (served, other) = (Served::start(&[]), Served::start(&[]));
    let before = served.counts();
    let scimitar = against(&served);
    let child = waiting(&served, &scimitar, before);
    signal(&child, "-KILL");
    child.wait_with_output().unwrap();
    let outcome = scimitar.run(&["cleanup", "out", &other.url]).expect(2);
    insta::assert_snapshot!("cleanup_of_another_target", outcome.shown());
    let outcome = scimitar.run(&["cleanup", "out"]).expect(2);
    insta::assert_snapshot!("cleanup_without_a_target", outcome.shown());
    scimitar
        .run(&["cleanup", "out/ledger.jsonl", &served.url])
        .expect(0);
    assert_eq!(served.counts(), before);
}

#[test]
fn cleanup_of_an_unknown_run() {
    let outcome = Scimitar::new()
        .run(&["cleanup", "nothing", "http://127.0.0.1:9"])
        .expect(2);
    insta::assert_snapshot!(outcome.shown());
}

#[test]
fn a_run_into_the_folder_of_a_killed_one_keeps_its_ledger() {
    let served = Served::start(&[]);
    let before = served.counts();
    let scimitar = against(&served);
    let child = waiting(&served, &scimitar, before);
    signal(&child, "-KILL");
    child.wait_with_output().unwrap();
    let outcome = scimitar
        .run(&["run", &served.url, "--suite", "good", "--out", "out"])
        .expect(0);
    assert!(
        outcome.stderr.contains("scimitar cleanup out/ledger-"),
        "{}",
        outcome.stderr
    );
    let kept = scimitar
        .files()
        .into_iter()
        .find(|path| {
            path.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with("ledger-")
        })
        .unwrap();
    scimitar
        .run(&["cleanup", kept.to_str().unwrap(), &served.url])
        .expect(0);
    assert_eq!(served.counts(), before);
}

#[test]
fn a_folder_is_cleaned_with_what_earlier_runs_into_it_left() {
    let served = Served::start(&[]);
    let before = served.counts();
    let scimitar = against(&served);
    for _ in 0..2 {
        let child = waiting(&served, &scimitar, served.counts());
        signal(&child, "-KILL");
        child.wait_with_output().unwrap();
    }
    assert_eq!(served.counts().0, before.0 + 2);
    let outcome = scimitar.run(&["cleanup", "out", &served.url]).expect(0);
    assert_eq!(served.counts(), before, "{}", outcome.shown());
    assert_eq!(outcome.stdout.matches("1 resource gone").count(), 2);
}

#[test]
fn a_folder_is_one_runs_at_a_time() {
    let served = Served::start(&[]);
    let before = served.counts();
    let scimitar = against(&served);
    let child = waiting(&served, &scimitar, before);
    let ledger = scimitar.read("out/ledger.jsonl");
    let outcome = scimitar
        .run(&["run", &served.url, "--suite", "good", "--out", "out"])
        .expect(2);
    insta::assert_snapshot!("a_second_run_into_a_folder", outcome.shown());
    scimitar
        .run(&["run", "--suite", "good", "--out", "out"])
        .expect(2);
    let outcome = scimitar.run(&["cleanup", "out", &served.url]).expect(2);
    insta::assert_snapshot!("cleanup_of_a_run_that_goes_on", outcome.shown());
    assert_eq!(scimitar.read("out/ledger.jsonl"), ledger);
    signal(&child, "-INT");
    child.wait_with_output().unwrap();
    assert_eq!(served.counts(), before);
    scimitar
        .run(&["run", &served.url, "--suite", "good", "--out", "out"])
        .expect(0);
}

/// The outcome without the run's tag and the ids of the server.
fn masked(outcome: &Outcome, run: &scimitar::record::Run) -> String {
    let text = outcome.shown().replace(&run.tag, "[TAG]");
    text.split_inclusive('\n')
        .map(
            |line| match (line.find("/Users/"), line.find("[TAG]-"), line.find('@')) {
                (Some(id), Some(tag), Some(at)) => {
                    format!(
                        "{}[ID] (scimitar-[TAG]-[CODE]{}",
                        &line[..id + 7],
                        &line[at.max(tag)..]
                    )
                }
                _ => line.to_owned(),
            },
        )
        .collect()
}
