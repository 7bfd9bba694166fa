//! Every text of a record replaced by any text at all: no output may break, and nothing may get out of its place.
//!
//! It works on the record's JSON, so that a text which the record gains is tested too.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::test_runner::Config;
use scimitar::record::Run;
use scimitar::report::console::{Console, Options};
use scimitar::report::{FORMATS, html, junit};
use serde_json::{Map, Value};

use crate::{junit::read, sample, tags};

/// Members whose texts are words of the format.
const WORDS: [&str; 8] = [
    "verdict", "level", "status", "role", "outcome", "kind", "schema", "demanded",
];

fn replaced(value: Value, text: &str) -> Value {
    match value {
        Value::String(_) => Value::String(text.to_owned()),
        Value::Array(values) => values
            .into_iter()
            .map(|value| replaced(value, text))
            .collect(),
        Value::Object(members) => {
            // The keys of captures and traits are texts too.
            let names_are_texts = members
                .keys()
                .any(|name| name.contains('-') || name == "id" && members.len() == 1);
            let members = members
                .into_iter()
                .enumerate()
                .map(|(place, (name, value))| {
                    if WORDS.contains(&name.as_str()) && value.is_string() {
                        return (name, value);
                    }
                    let name = if names_are_texts {
                        format!("{text}{place}")
                    } else {
                        name
                    };
                    (name, replaced(value, text))
                });
            Value::Object(members.collect::<Map<_, _>>())
        }
        other @ (Value::Null | Value::Bool(_) | Value::Number(_)) => other,
    }
}

fn run_of(text: &str) -> Run {
    let record = serde_json::to_value(sample::eventful()).unwrap();
    let mut run: Run = serde_json::from_value(replaced(record, text)).unwrap();
    // The suite of a check is what groups it.
    for check in &mut run.checks {
        check.suite.clone_from(&run.suites[0].id);
    }
    run
}

fn page(run: &Run) -> String {
    html::render(run).unwrap()
}

/// The elements of a page with their attributes, without values.
fn shape(page: &str) -> BTreeSet<String> {
    let (tags, _) = tags::read(page);
    tags.into_iter()
        .map(|tag| {
            format!(
                "{} {:?}",
                tag.name,
                tag.attributes.into_keys().collect::<Vec<_>>()
            )
        })
        .collect()
}

fn holds(text: &str) {
    let run = run_of(text);
    let page = page(&run);
    let strange: Vec<_> = shape(&page).difference(&KNOWN).cloned().collect();
    assert!(strange.is_empty(), "{text:?} brings in {strange:?}");
    let hidden = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    assert!(!page.contains(hidden));
    let xml = junit::render(&run).unwrap();
    let (_, cases) = read(&xml);
    assert_eq!(cases.len(), run.checks.len());
    let names: BTreeSet<_> = cases
        .iter()
        .map(|case| (&case.classname, &case.name))
        .collect();
    assert_eq!(names.len(), cases.len());
    for format in &FORMATS {
        let mut out = Vec::new();
        (format.write)(&run, &mut out).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert!(!written.contains(hidden), "{} of {text:?}", format.name);
    }
    let mut console = Console::new(Options {
        verbose: true,
        ..Options::default()
    });
    let mut printed: String = sample::events(&run)
        .iter()
        .map(|event| console.event(event))
        .collect();
    printed.push_str(&console.summary(&run, &[]));
    assert!(!printed.contains(|c: char| c.is_control() && c != '\n'));
    for command in ["##[", "##vso", "##teamcity"] {
        assert!(!printed.contains(command), "{text:?}");
    }
    assert!(
        printed
            .lines()
            .all(|line| !line.trim_start().starts_with("::error")),
        "{text:?}"
    );
}

/// What a page of this run may consist of, with and without what texts decide (a link for a web address).
static KNOWN: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut known = shape(&page(&sample::eventful()));
    known.extend(shape(&page(&run_of("plain"))));
    known
});

#[test]
fn what_breaks_pages() {
    for text in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</pre></details></main><script>",
        "<!--",
        "-->",
        "]]>",
        "<![CDATA[",
        "<?xml version=\"1.0\"?>",
        "&lt;script&gt;",
        "&#60;script&#62;",
        "javascript:alert(1)",
        "https://evil.example/\"><script>",
        "data:text/html,<script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "{{ 7*7 }}{% raw %}",
        "\u{0}\u{8}\u{b}\u{c}\u{e}\u{1f}\u{7f}\u{85}\u{9b}31m",
        "\u{1b}]8;;https://evil.example\u{7}click\u{1b}]8;;\u{7}",
        "\u{fffe}\u{ffff}\u{10ffff}",
        "\u{202e}\u{2066}\u{200d}\u{e0001}",
        "::error file=a::b\r\n::error::c",
        "##[group]x\n##vso[task.complete]\n##teamcity[x]",
        "",
        " ",
        "\n\n\n",
        "`````",
        "|||",
        "\\",
        "🙂",
    ] {
        holds(text);
    }
}

proptest! {
    #![proptest_config(Config { cases: 48, failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_text_stays_text(text in any::<String>()) {
        holds(&text);
    }
}
