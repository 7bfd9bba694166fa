//! The terminal and the log of a CI job.

use scimitar::record::Run;
use scimitar::report::console::{Console, Options, Written};

use crate::sample;

fn printed(run: &Run, options: Options) -> String {
    let mut console = Console::new(options);
    let mut text: String = sample::events(run)
        .iter()
        .map(|event| console.event(event))
        .collect();
    text.push_str("=== summary ===\n");
    text.push_str(&console.summary(run, &written()));
    text
}

fn written() -> Vec<Written> {
    [
        ("report", "reports/latest/report.html"),
        ("JUnit", "reports/latest/junit.xml"),
    ]
    .map(|(what, path)| Written {
        what: what.into(),
        path: path.into(),
        folder: Some("reports/latest".into()),
    })
    .to_vec()
}

#[test]
fn every_verdict() {
    insta::assert_snapshot!(printed(&sample::eventful(), Options::default()));
}

#[test]
fn every_verdict_in_colour() {
    let text = printed(
        &sample::every_verdict(),
        Options {
            color: true,
            ..Options::default()
        },
    );
    insta::assert_snapshot!(text.replace('\u{1b}', "␛"));
}

#[test]
fn verbose() {
    insta::assert_snapshot!(printed(
        &sample::every_verdict(),
        Options {
            verbose: true,
            width: 120,
            ..Options::default()
        }
    ));
}

#[test]
fn each_event_of_the_system_log_is_one_line_below_its_check() {
    let options = Options {
        verbose: true,
        ..Options::default()
    };
    let text = printed(&sample::logged_at_okta(), options);
    let shown: Vec<&str> = text
        .lines()
        .filter(|line| {
            ["  log ", "`log` is", "✗ fail", "✓ pass"]
                .iter()
                .any(|start| line.starts_with(start))
        })
        .collect();
    for line in &shown {
        assert!(line.chars().count() <= 80, "{line}");
    }
    insta::assert_snapshot!(shown.join("\n"));
    let quiet = printed(&sample::logged_at_okta(), Options::default());
    assert!(!quiet.contains("  log "), "{quiet}");
}

#[test]
fn quiet() {
    insta::assert_snapshot!(printed(
        &sample::every_verdict(),
        Options {
            quiet: true,
            ..Options::default()
        }
    ));
}

#[test]
fn a_good_run_is_one_screen() {
    let text = printed(&sample::good(), Options::default());
    assert!(text.lines().count() <= 24, "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    insta::assert_snapshot!(text);
}

#[test]
fn runs_that_are_no_success_do_not_look_like_one() {
    for (run, words) in [
        (sample::nothing_tested(), "NOTHING TESTED"),
        (sample::interrupted(), "INTERRUPTED"),
    ] {
        let text = printed(&run, Options::default());
        assert!(text.contains(words), "{text}");
        assert!(!text.contains("CONFORMS"), "{text}");
    }
}

#[test]
fn ci_logs_say_how_far_the_run_is() {
    let text = printed(
        &sample::large(300),
        Options {
            ci: true,
            ..Options::default()
        },
    );
    assert!(
        text.contains("\n  120 of 300 checks, 24 failed\n"),
        "{text}"
    );
}

#[test]
fn many_causes_end_in_a_pointer_to_the_report() {
    let run = sample::large(600);
    let text = Console::new(Options::default()).summary(&run, &written());
    assert!(text.contains("more, of "), "{text}");
    assert!(text.lines().count() < 160, "{} lines", text.lines().count());
}

#[test]
fn what_is_left_is_removed_by_the_folder_of_the_run_unless_the_embedded_server_had_it() {
    let mut run = sample::eventful();
    assert!(!run.leftovers.is_empty());
    let said =
        |run: &Run, written: &[Written]| Console::new(Options::default()).summary(run, written);
    run.target.embedded = false;
    let command = format!(
        "scimitar cleanup reports/latest {} tries again",
        run.target.url
    );
    assert!(said(&run, &written()).contains(&command));
    let command = format!("scimitar cleanup {} {} tries again", run.id, run.target.url);
    assert!(said(&run, &[]).contains(&command));
    run.target.embedded = true;
    assert!(!said(&run, &written()).contains("scimitar cleanup"));
}

#[test]
fn lines_fit_whatever_the_letters() {
    let mut run = sample::every_verdict();
    for check in &mut run.checks {
        check.title = "使用者的電子郵件地址必須是唯一的".repeat(6);
        check.reason = check.reason.take().map(|_| check.title.clone());
        for result in check
            .steps
            .to_mut()
            .iter_mut()
            .flat_map(|step| &mut step.expectations)
        {
            result.message = result.message.take().map(|_| check.title.clone());
        }
        if let Some(cause) = &mut check.cause {
            cause.title.clone_from(&check.title);
        }
    }
    let text = printed(&run, Options::default());
    let cut = text.lines().filter(|line| line.ends_with('…'));
    let widths: Vec<usize> = cut.map(scimitar::report::columns::columns).collect();
    assert!(widths.len() > 3, "{text}");
    assert!(
        widths.iter().all(|width| (79..=80).contains(width)),
        "{text}"
    );
}

#[test]
fn without_colour_there_is_not_one_control_character() {
    for run in [sample::eventful(), sample::hostile()] {
        for options in [
            Options::default(),
            Options {
                verbose: true,
                ci: true,
                ..Options::default()
            },
        ] {
            let text = printed(&run, options);
            let hidden = text.chars().find(|c| c.is_control() && *c != '\n');
            assert_eq!(hidden, None);
        }
    }
}

#[test]
fn a_hostile_server_commands_neither_terminal_nor_ci() {
    let options = Options {
        verbose: true,
        ci: true,
        ..Options::default()
    };
    let text = printed(&sample::hostile(), options);
    for forbidden in [
        "\u{1b}",
        "::error::",
        "##[",
        "##vso",
        "##teamcity",
        "section_start:",
        "\u{202e}",
        "\u{200b}",
        "\u{9b}",
        "\u{e0041}",
    ] {
        assert!(!text.contains(forbidden), "{forbidden:?}");
    }
    assert!(text.contains("canary"));
    assert!(text.len() < 2_000_000, "{}", text.len());
}
