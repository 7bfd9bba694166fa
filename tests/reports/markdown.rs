//! `summary.md`.

use scimitar::report::markdown;

use crate::sample;

#[test]
fn every_verdict() {
    insta::assert_snapshot!(markdown::render(&sample::eventful()));
}

#[test]
fn a_failure_says_what_the_system_log_would() {
    let page = markdown::render(&sample::logged_at_okta());
    let told = page.lines().filter(|line| line.contains("System Log"));
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_good_run() {
    insta::assert_snapshot!(markdown::render(&sample::good()));
}

#[test]
fn a_hostile_server_gets_no_markup_in() {
    let page = markdown::render(&sample::hostile());
    assert!(page.contains("canary"));
    let mut fenced = false;
    for (number, line) in page.lines().enumerate() {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        let bare = if fenced {
            String::new()
        } else {
            outside_of_code(line)
        };
        for forbidden in [
            "<script",
            "<img",
            "<svg",
            "[link](",
            "@octocat",
            "#1",
            "!2",
            "https://evil",
            "\u{1b}",
            "\u{202e}",
        ] {
            assert!(
                !bare.contains(forbidden),
                "line {number}: {forbidden:?} in {bare}"
            );
        }
        for forbidden in [
            "::error::",
            "##[",
            "##vso",
            "\u{1b}",
            "\u{202e}",
            "\u{fffe}",
            "\0",
        ] {
            assert!(
                !line.contains(forbidden),
                "line {number}: {forbidden:?} in {line}"
            );
        }
        assert!(
            !line.starts_with("section_start:")
                && (!fenced || line.starts_with("```") || !line.contains("```")),
            "line {number}"
        );
        let cells = line.replace("\\|", "").matches('|').count();
        assert!(
            !line.starts_with("| ") || cells == 4 || cells == 10,
            "line {number} has {cells} pipes: {line}"
        );
    }
}

/// A line without its code spans, and nothing of a fenced one: a backtick run closes at the next run of its length.
pub(crate) fn outside_of_code(line: &str) -> String {
    let mut bare = String::new();
    let mut rest = line;
    while let Some(begin) = rest.find('`') {
        if begin > 0 && rest.as_bytes()[begin - 1] == b'\\' {
            bare.push_str(&rest[..=begin]);
            rest = &rest[begin + 1..];
            continue;
        }
        bare.push_str(&rest[..begin]);
        let run = rest[begin..]
            .bytes()
            .take_while(|byte| *byte == b'`')
            .count();
        let fence = "`".repeat(run);
        let mut after = &rest[begin + run..];
        loop {
            let Some(close) = after.find(&fence) else {
                return bare;
            };
            let length = after[close..]
                .bytes()
                .take_while(|byte| *byte == b'`')
                .count();
            after = &after[close + length..];
            if length == run {
                break;
            }
        }
        rest = after;
    }
    bare.push_str(rest);
    bare
}

#[test]
fn a_huge_run_is_truncated_and_says_so() {
    let mut run = sample::large(10_000);
    for (number, check) in run.checks.iter_mut().enumerate() {
        if let Some(cause) = &mut check.cause {
            cause.id = number.to_string();
        }
    }
    let page = markdown::render(&run);
    assert!(page.len() < 1024 * 1024, "{}", page.len());
    assert!(page.contains("**Truncated**"));
    assert!(page.contains("| **all** |"));
}
