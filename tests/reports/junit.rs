//! JUnit XML: by a strict reader, by the schema, and by the rules of its other readers.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::Event;
use scimitar::record::{Run, Status, Steps, Verdict};
use scimitar::report::junit;

use crate::{python, sample};

const VALIDATE: &str = r"
import sys
from lxml import etree
schema = etree.XMLSchema(etree.parse(sys.argv[1]))
document = etree.fromstring(sys.stdin.buffer.read(), etree.XMLParser(huge_tree=True, resolve_entities=False))
schema.assertValid(document)
";

const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/schemas/junit-10.xsd");

/// What a reader sees of a case.
#[derive(Debug, Default, Clone)]
pub(crate) struct Case {
    pub(crate) classname: String,
    pub(crate) name: String,
    results: Vec<String>,
    message: String,
    text: String,
    output: String,
}

/// Reads as strict XML parsers do: legal characters only, well-formed, attributes once.
pub(crate) fn read(xml: &str) -> (BTreeMap<String, String>, Vec<Case>) {
    let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(xml.chars().all(legal));
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut root = BTreeMap::new();
    let mut cases: Vec<Case> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
                let attributes: BTreeMap<String, String> = tag
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.unwrap();
                        let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                        let value = String::from_utf8(attribute.value.to_vec()).unwrap();
                        (
                            key,
                            quick_xml::escape::unescape(&value).unwrap().into_owned(),
                        )
                    })
                    .collect();
                match name.as_str() {
                    "testsuites" => root.clone_from(&attributes),
                    "testcase" => cases.push(Case {
                        classname: attributes["classname"].clone(),
                        name: attributes["name"].clone(),
                        ..Case::default()
                    }),
                    "failure" | "error" | "skipped" => {
                        let case = cases.last_mut().unwrap();
                        case.results.push(name.clone());
                        case.message.clone_from(&attributes["message"]);
                    }
                    _ => {}
                }
                let depth = match name.as_str() {
                    "testsuites" => 0,
                    "testsuite" => 1,
                    "testcase" | "properties" => 2,
                    _ => 3,
                };
                assert_eq!(path.len(), depth, "{name} at {path:?}");
                if matches!(event, Event::Start(_)) {
                    path.push(name);
                }
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Text(text) => push_text(&path, &mut cases, &String::from_utf8_lossy(text)),
            Event::GeneralRef(entity) => {
                let entity = String::from_utf8_lossy(entity);
                let text = quick_xml::escape::unescape(&format!("&{entity};"))
                    .unwrap()
                    .into_owned();
                push_text(&path, &mut cases, &text);
            }
            Event::Eof => break,
            Event::Decl(_) => {}
            other => panic!("unexpected: {other:?}"),
        }
    }
    assert!(path.is_empty());
    (root, cases)
}

fn push_text(path: &[String], cases: &mut [Case], text: &str) {
    let Some(case) = cases.last_mut() else { return };
    match path.last().map(String::as_str) {
        Some("failure" | "error" | "skipped") => case.text.push_str(text),
        Some("system-out") => case.output.push_str(text),
        _ => {}
    }
}

fn validate(xml: &str) {
    if let Some(result) = python::run(VALIDATE, &[SCHEMA], xml) {
        assert_eq!(result, Ok(()));
    }
}

fn agree(run: &Run) -> Vec<Case> {
    let xml = junit::render(run).unwrap();
    validate(&xml);
    let (root, cases) = read(&xml);
    assert_eq!(cases.len(), run.checks.len());
    let expected = |verdict: Verdict| {
        run.gating()
            .filter(|check| check.verdict == verdict)
            .count()
    };
    let with = |result: &str| cases.iter().filter(|case| case.results == [result]).count();
    assert_eq!(with("failure"), expected(Verdict::Fail));
    assert_eq!(with("error"), expected(Verdict::Inconclusive));
    let passed = run
        .checks
        .iter()
        .filter(|check| matches!(check.verdict, Verdict::Pass | Verdict::Warn))
        .count();
    assert_eq!(
        cases.iter().filter(|case| case.results.is_empty()).count(),
        passed
    );
    assert_eq!(root["tests"], run.checks.len().to_string());
    assert_eq!(root["failures"], expected(Verdict::Fail).to_string());
    assert_eq!(root["errors"], expected(Verdict::Inconclusive).to_string());
    assert!(
        !root.contains_key("skipped"),
        "the Jenkins xUnit schema refuses it"
    );
    let names: BTreeSet<(&str, &str)> = cases
        .iter()
        .map(|case| (case.classname.as_str(), case.name.as_str()))
        .collect();
    assert_eq!(
        names.len(),
        cases.len(),
        "GitLab keeps the first of two cases with one name"
    );
    for case in &cases {
        assert!(
            case.text.starts_with(&case.message),
            "GitLab and others read the text only"
        );
        assert!(case.message.chars().count() <= 512 && !case.message.contains('\n'));
        assert!(case.output.len() <= 64 * 1024 + 100);
    }
    cases
}

#[test]
fn every_verdict() {
    let run = sample::eventful();
    agree(&run);
    insta::assert_snapshot!(junit::render(&run).unwrap());
}

#[test]
fn small_runs_are_valid() {
    for run in [
        sample::good(),
        sample::nothing_tested(),
        sample::interrupted(),
    ] {
        agree(&run);
    }
}

#[test]
fn what_preview_checks_find_is_never_a_failure() {
    let run = sample::every_verdict();
    let cases = agree(&run);
    for (check, case) in run
        .checks
        .iter()
        .filter(|check| check.status != Status::Stable)
        .flat_map(|check| {
            let own = check.id.rsplit('/').next().unwrap();
            cases
                .iter()
                .filter(move |case| case.name.starts_with(own))
                .map(move |case| (check, case))
        })
    {
        assert_eq!(case.results, ["skipped"]);
        assert_eq!(
            case.message,
            format!("preview: would fail: {}", check.reason.as_deref().unwrap())
        );
    }
    assert!(
        run.checks
            .iter()
            .any(|check| check.status != Status::Stable)
    );
}

#[test]
fn a_warning_passes_and_says_so() {
    let cases = agree(&sample::every_verdict());
    let case = cases
        .iter()
        .find(|case| case.name.starts_with("get-is-quick"))
        .unwrap();
    assert!(case.results.is_empty());
    assert!(
        case.output.starts_with("warning: took 1.24 s"),
        "{}",
        case.output
    );
}

#[test]
fn a_hostile_server_gets_nothing_into_names_and_nothing_raw_into_text() {
    let run = sample::hostile();
    let xml = junit::render(&run).unwrap();
    assert!(xml.len() < 22_000_000, "{}", xml.len());
    for forbidden in [
        "]]>",
        "<script",
        "\u{1b}",
        "::error::",
        "##[",
        "##vso",
        "##teamcity",
        "section_start:",
        "\u{202e}",
        "\u{200b}",
    ] {
        assert!(!xml.contains(forbidden), "{forbidden:?}");
    }
    validate(&xml);
    let (_, cases) = read(&xml);
    for case in &cases {
        assert!(case.classname.starts_with("scim.") && case.classname.is_ascii());
        assert!(case.output.len() <= 64 * 1024 + 100);
        assert!(case.message.chars().count() <= 512 && !case.message.contains('\n'));
    }
    assert!(
        cases
            .iter()
            .any(|case| case.text.contains("canary<script>alert(1)</script>")),
        "evidence is readable"
    );
}

#[test]
fn names_are_the_same_whatever_the_server_says() {
    let names = |run: &Run| -> Vec<(String, String)> {
        read(&junit::render(run).unwrap())
            .1
            .into_iter()
            .map(|case| (case.classname, case.name))
            .collect()
    };
    let one = sample::every_verdict();
    let mut other = one.clone();
    for check in &mut other.checks {
        check.reason = check.reason.as_ref().map(|_| "something else".to_owned());
        check.duration_us += 1;
        check.steps = Steps::default();
    }
    assert_eq!(names(&one), names(&other));
}

#[test]
fn a_file_stays_below_what_gitlab_takes() {
    let mut run = sample::every_verdict();
    let mut failed = run
        .checks
        .iter()
        .find(|check| check.verdict == Verdict::Fail)
        .unwrap()
        .clone();
    let body = failed.steps.to_mut()[1].exchanges[0]
        .response
        .as_mut()
        .unwrap()
        .body
        .as_mut()
        .unwrap();
    body.text = "\"<&".repeat(3_000);
    failed.status = Status::Preview;
    run.checks = (0..400)
        .map(|number| {
            let mut one = failed.clone();
            one.id = format!("{}/{number}", failed.suite);
            for step in one.steps.to_mut() {
                let first = step.exchanges[0].clone();
                step.exchanges = vec![first; 8];
            }
            one
        })
        .collect();
    let xml = junit::render(&run).unwrap();
    assert!(xml.len() < 22_000_000, "{}", xml.len());
    let (_, cases) = read(&xml);
    assert_eq!(cases.len(), 400);
    assert!(cases[0].output.ends_with("… cut; run.json has the rest"));
    assert!(
        cases[399].output.starts_with("left out"),
        "{}",
        cases[399].output
    );
}
