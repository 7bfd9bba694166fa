//! What holds for all outputs: the same facts under the same ids, and the record read back.

use std::borrow::Cow;
use std::process::Command;

use scimitar::record::{Event, Run, Status, Verdict};
use scimitar::report::console::{Console, Options};
use scimitar::report::{Conclusion, FORMATS, curl, events, html, json, junit, latency, markdown};

use crate::sample;

fn page(run: &Run) -> String {
    let mut page = Vec::new();
    html::write(run, &mut page).unwrap();
    String::from_utf8(page).unwrap()
}

#[test]
fn the_record_is_read_back_as_it_was() {
    let run = sample::eventful();
    let (mut pretty, mut compact) = (Vec::new(), Vec::new());
    json::write_pretty(&run, &mut pretty).unwrap();
    json::write_compact(&run, &mut compact).unwrap();
    assert_eq!(compact.split(|byte| *byte == b'\n').count(), 2);
    for bytes in [pretty, compact] {
        assert_eq!(
            Run::from_json(std::str::from_utf8(&bytes).unwrap()).unwrap(),
            run
        );
    }
}

#[test]
fn events_are_lines_that_fold_to_the_record() {
    let run = sample::eventful();
    let mut again: Option<Run> = None;
    for event in sample::events(&run) {
        let line = events::line(&event).unwrap();
        assert!(line.ends_with('\n') && line.matches('\n').count() == 1);
        let event = serde_json::from_str(&line).unwrap();
        again.get_or_insert_with(sample::good).apply(event);
    }
    assert_eq!(again.unwrap(), run);
}

#[test]
fn events_are_safe_to_print() {
    for event in sample::events(&sample::hostile()) {
        let line = events::line(&event).unwrap();
        assert!(
            !line.contains("##")
                && !line
                    .trim_end()
                    .contains(|c: char| c.is_control() || c == '\u{202e}')
        );
        assert_eq!(serde_json::from_str::<Event>(&line).unwrap(), event);
    }
}

#[test]
fn a_failure_shows_the_same_facts_in_every_output() {
    let run = sample::every_verdict();
    let options = Options {
        verbose: true,
        ..Options::default()
    };
    let outputs = [
        ("junit", junit::render(&run).unwrap()),
        ("markdown", markdown::render(&run)),
        ("html", page(&run)),
        ("console", Console::new(options).summary(&run, &[])),
    ];
    for (name, output) in &outputs {
        // The formats escape differently; these facts have nothing to escape.
        for fact in [
            "create-duplicate-refused",
            "replace-keeps-the-rest",
            "409",
            "201",
            "RFC 7644 §3.3",
            "OKTA-SPEC20-08",
            "$TOKEN",
            "Enforce userName uniqueness, ignoring case, and answer 409 with scimType uniqueness.",
            "two accounts for one person follow",
        ] {
            assert!(output.contains(fact), "{name} lacks {fact}");
        }
        assert!(!output.contains("[redacted]") || *name != "console");
    }
}

#[test]
fn conclusions() {
    for (run, expected, sentence) in [
        (
            sample::every_verdict(),
            Conclusion::Nonconforming,
            "3 of 13 checks are broken, from 2 causes; 3 could not be judged.",
        ),
        (
            sample::good(),
            Conclusion::Conforms,
            "None of the 2 checks that could be tested is broken.",
        ),
        (
            sample::nothing_tested(),
            Conclusion::NothingTested,
            "Every check was skipped (2): each says why. Most often the target does not offer what they test.",
        ),
        (
            sample::interrupted(),
            Conclusion::Interrupted,
            "The run was cut short after 1 of 40 checks.",
        ),
    ] {
        assert_eq!(Conclusion::of(&run), expected);
        assert_eq!(expected.sentence(&run), sentence);
    }
}

#[test]
fn what_only_reports_is_no_success() {
    let mut run = sample::good();
    for check in &mut run.checks {
        check.status = Status::Preview;
    }
    let conclusion = Conclusion::of(&run);
    assert_eq!(conclusion, Conclusion::NothingTested);
    let sentence =
        "4 checks ran, and none of them gates: what is preview or deprecated only reports.";
    assert_eq!(conclusion.sentence(&run), sentence);
}

#[test]
fn a_gate_that_is_off_changes_no_conclusion() {
    let mut run = sample::every_verdict();
    run.selection.fail_on = "never".into();
    assert_eq!(Conclusion::of(&run), Conclusion::Nonconforming);
    run.checks
        .retain(|check| check.verdict != Verdict::Fail && check.verdict != Verdict::Inconclusive);
    assert_eq!(Conclusion::of(&run), Conclusion::Conforms);
    run.selection.fail_on = "should".into();
    assert_eq!(Conclusion::of(&run), Conclusion::Nonconforming);
}

#[test]
fn latencies_are_by_route() {
    let rows = latency::summary(&sample::every_verdict());
    let rows: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {} {} {}", row.method, row.route, row.count, row.max_us))
        .collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    POST /Groups 2 12437
    POST /Users 7 12437
    DELETE /Users/{id} 1 12437
    GET /Users/{id} 4 1240000
    PATCH /Users/{id} 2 12437
    PUT /Users/{id} 1 12437
    ");
}

/// A shell takes the `curl` line apart into what was sent, whatever it was.
#[test]
fn a_shell_reads_the_curl_line_as_it_was_meant() {
    let mut run = sample::every_verdict();
    let nasty = "O'Brien \"$HOME\" `id` $(id) \\ !! \n\t\u{1b}[31m ; rm -rf / # \u{9b} ä";
    let exchange = &mut run.checks[0].steps.to_mut()[0].exchanges[0];
    exchange.request.url.push_str("?filter=a'b\"$(id)`");
    let body = exchange.request.body.as_mut().unwrap();
    body.text = nasty.to_owned();
    let script = format!(
        "curl() {{ printf '%s\\0' \"$@\"; }}\n{}",
        curl::command(exchange)
    );
    let output = Command::new("bash")
        .arg("-c")
        .arg(script)
        .env("TOKEN", "t0k3n")
        .output()
        .unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    let text = String::from_utf8(output.stdout).unwrap();
    let words: Vec<&str> = text.trim_end_matches('\0').split('\0').collect();
    assert_eq!(
        words,
        [
            "-i",
            "-X",
            "POST",
            &exchange.request.url,
            "-H",
            "authorization: Bearer t0k3n",
            "-H",
            "accept: application/scim+json",
            "-H",
            "content-type: application/scim+json",
            "--data-raw",
            nasty,
        ]
    );
}

#[test]
fn steps_that_are_packed_are_the_same_steps() {
    let open = sample::every_verdict();
    let mut packed = open.clone();
    for check in &mut packed.checks {
        check.steps.pack();
        check.steps.pack();
    }
    assert_eq!(packed, open);
    for format in &FORMATS {
        let written = |run: &Run| {
            let mut out = Vec::new();
            (format.write)(run, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert!(written(&packed) == written(&open), "{}", format.name);
    }
    for (packed, open) in packed.checks.iter_mut().zip(&open.checks) {
        assert_eq!(packed.steps.exchange_count(), open.steps.exchange_count());
        assert_eq!(packed.steps.is_empty(), open.steps.is_empty());
        let each = packed.steps.each().map(Cow::into_owned);
        assert_eq!(each.collect::<Vec<_>>(), open.steps.read().as_ref());
        // Many steps are in several pieces, and a change opens them.
        let some = packed.steps.read().into_owned();
        let many = [&some[..]; 100].concat();
        packed.steps = many.clone().into();
        packed.steps.pack();
        packed.steps.to_mut().extend(some.clone());
        assert_eq!(packed.steps.read().as_ref(), [many, some].concat());
    }
}
