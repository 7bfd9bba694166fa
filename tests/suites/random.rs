//! The loader takes any text without a panic, and every place that it names is in the text.

use proptest::prelude::*;
use scimitar::suite::{Library, source};

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "suite",
        "checks",
        "steps",
        "get",
        "post",
        "expect",
        "status",
        "given",
        "matrix",
        "when",
        "${",
        "}",
        "${row.x}",
        "${unique.email|upper}",
        "$.a[",
        "'",
        "\"",
        "[",
        "]",
        "{",
        "}",
        ": ",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        "|",
        ">",
        "&a",
        "*a",
        "!!str",
        "#",
        "é",
        "\u{1f600}",
        "\t",
        "null",
        "true",
        "4xx",
        "12",
        "---",
        ",",
        "fixture",
        "profile",
        "catalogue",
        "requirements",
        "body",
        "$ref",
        "pattern",
        "(",
        "\r\n",
        "\u{feff}",
    ]);
    prop::collection::vec(word, 0..60).prop_map(|words| words.concat())
}

/// A good suite with one piece cut out or doubled.
fn mutilated() -> impl Strategy<Value = String> {
    let text = std::fs::read_to_string(super::root().join("tests/suites/good/suite.yaml")).unwrap();
    (0..text.len(), 0..40usize, any::<bool>()).prop_map(move |(at, len, double)| {
        let floor = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (from, to) = (floor(at), floor(at + len));
        if double {
            format!("{}{}{}", &text[..to], &text[from..to], &text[to..])
        } else {
            format!("{}{}", &text[..from], &text[to..])
        }
    })
}

fn holds(text: &str) {
    let _ = source::parse(text);
    let (_, problems) = Library::check([("a.yaml", text), ("b.tsv", text)]);
    for problem in problems {
        for width in [20, 100] {
            assert!(!problem.render(Some(text), width, false).is_empty());
        }
        assert!(!problem.to_string().contains('\n'), "{problem:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_words_are_read_without_a_panic(text in words()) {
        holds(&text);
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in ".{0,200}") {
        holds(&text);
    }

    #[test]
    fn a_damaged_suite_is_read_without_a_panic(text in mutilated()) {
        holds(&text);
    }
}
