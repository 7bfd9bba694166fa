//! The commands beside `run`.

use crate::binary::Scimitar;

#[test]
fn list_shows_checks_with_their_counts() {
    let scimitar = Scimitar::new().suites();
    insta::assert_snapshot!("list", scimitar.run(&["list"]).expect(0).shown());
    insta::assert_snapshot!(
        "list_json",
        scimitar
            .run(&["list", "--suite", "unjudged", "--json"])
            .expect(0)
            .shown()
    );
    insta::assert_snapshot!(
        "list_suites",
        scimitar.run(&["list", "--suites-only"]).expect(0).shown()
    );
    scimitar
        .run(&["list", "--suite", "good", "--read-only"])
        .expect(4);
    scimitar.run(&["list", "--check", "nothing"]).expect(4);
}

#[test]
fn explain_says_what_a_check_wants() {
    let scimitar = Scimitar::new().suites();
    let said = |id: &str| scimitar.run(&["explain", id]).expect(0).stdout;
    insta::assert_snapshot!("explain_check", said("good/user-is-read"));
    assert_eq!(said("good/user-is-read"), said("user-is-read"));
    insta::assert_snapshot!("explain_requirement", said("TEST-1"));
    insta::assert_snapshot!("explain_fault", said("read-answers-500"));
    let unknown = scimitar.run(&["explain", "user-is-raed"]).expect(2);
    insta::assert_snapshot!("explain_unknown", unknown.shown());
}

#[test]
fn report_writes_again_what_a_run_wrote() {
    let scimitar = Scimitar::new().suites();
    scimitar
        .run(&["run", "--suite", "good", "--out", "out"])
        .expect(0);
    let args = ["report", "out", "--out", "again", "--html", "one.html"];
    scimitar.run(&args).expect(0);
    for report in ["junit.xml", "report.html", "summary.md", "run.json"] {
        let (first, second) = (format!("out/{report}"), format!("again/{report}"));
        assert_eq!(scimitar.read(&first), scimitar.read(&second), "{report}");
    }
    assert_eq!(scimitar.read("one.html"), scimitar.read("out/report.html"));
    let said = scimitar.run(&["report", "out/run.json"]).expect(0).stdout;
    assert!(said.contains("CONFORMS"), "{said}");
    scimitar.run(&["report", "out/junit.xml"]).expect(2);
    scimitar.run(&["report", "nowhere"]).expect(2);
}

#[test]
fn lint_names_all_problems_at_once() {
    let scimitar = Scimitar::new()
        .suites()
        .file(
            "bad/one.yaml",
            "suite: one\ntitel: One\norigin: x\nchecks: []\n",
        )
        .file("bad/two.yaml", "fixture: two\n  title: x\n");
    insta::assert_snapshot!("lint", scimitar.run(&["lint", "bad"]).expect(2).shown());
    let good = scimitar.run(&["lint", "suites"]).expect(0);
    assert_eq!(good.stdout, "7 files: no problem\n");
    let configured = scimitar.run(&["lint"]).expect(0);
    assert_eq!(configured.stdout, "7 files: no problem\n");
    let built_in = Scimitar::new().run(&["lint"]).expect(0);
    assert_eq!(built_in.stdout, "the built-in suites: no problem\n");
}

#[test]
fn serve_lists_what_it_can_do_wrong_and_otherwise() {
    let said = |option: &str| Scimitar::new().run(&["serve", option]).expect(0).stdout;
    let faults = said("--list-faults");
    for fault in scimitar::server::FAULTS {
        assert!(
            faults.contains(fault.id) && faults.contains(fault.title),
            "{}",
            fault.id
        );
    }
    let variations = said("--list-variations");
    for variation in scimitar::server::VARIATIONS {
        assert!(variations.contains(variation.id), "{}", variation.id);
    }
}

#[test]
fn serve_answers_as_it_says() {
    let served = crate::served::Served::start(&["--seed", "3", "--latency", "1ms"]);
    assert!(served.counts().0 > 0);
    let wrong = Scimitar::new().run(&["serve", "--latency", "1"]).expect(2);
    assert_eq!(
        wrong.stderr,
        "error: --latency: `1` is no time, such as 10s, 200ms or 2m\n"
    );
    Scimitar::new()
        .run(&["serve", "--fault", "nothing-such"])
        .expect(2);
}
