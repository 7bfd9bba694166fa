//! `oin.html` and `oin.md`: each case once, and nothing of a server gets in as markup.

use std::sync::Arc;

use scimitar::record::{PlanCase, RequirementRef, Run, TestPlan};
use scimitar::report::oin::{self, Standing};
use scimitar::suite::Library;

use crate::markdown::outside_of_code;
use crate::sample;

/// Okta's plan, as runs of these suites have it.
fn plan(suites: &[&str]) -> TestPlan {
    let library = Library::embedded().expect("the suites load");
    let mut plan = library.plans.first().expect("there is a plan").plan.clone();
    plan.suites = suites.iter().map(|suite| (*suite).to_owned()).collect();
    plan
}

fn html(run: &Run) -> String {
    let mut page = Vec::new();
    oin::write_html(run, &mut page).expect("a vector takes all");
    String::from_utf8(page).expect("it is text")
}

#[test]
fn each_of_the_cases_stands_in_both_pages_once() {
    let mut run = sample::every_verdict();
    run.plans = vec![plan(&["okta-spec-2.0"])];
    let (page, markdown) = (html(&run), oin::render_markdown(&run));
    for case in &run.plans[0].cases {
        let short = case.id.trim_start_matches("OKTA-QA-");
        let article = format!("id=\"{short}\"");
        assert_eq!(page.matches(&article).count(), 1, "{short}");
        let row = format!("\n| {short} | ");
        assert_eq!(markdown.matches(&row).count(), 1, "{short}");
    }
    let counts = oin::assess(&run, |readiness| {
        Standing::ALL.map(|standing| readiness.count(standing))
    });
    // The sample cites none of them: what is not of Okta alone was not run.
    assert_eq!(counts, Some([0, 0, 0, 49, 20]));
}

#[test]
fn a_hostile_server_and_a_hostile_record_get_no_markup_in() {
    let mut run = sample::hostile();
    let mut plan = plan(&[]);
    plan.suites = run.suites.iter().map(|suite| suite.id.clone()).collect();
    let hostile = run.target.authentication.clone();
    plan.title.clone_from(&hostile);
    plan.cases.insert(
        0,
        PlanCase {
            id: hostile.clone(),
            area: hostile.clone(),
            statement: hostile.clone(),
            because: None,
            remains: Some(hostile.clone()),
        },
    );
    for check in &mut run.checks {
        check.requirements.push(Arc::new(RequirementRef {
            id: hostile.clone(),
            statement: hostile.clone(),
            clause: hostile.clone(),
            url: None,
        }));
    }
    run.plans = vec![plan];
    let page = html(&run);
    assert!(page.contains("canary"));
    for forbidden in [
        "<script",
        "<img",
        "onerror=\"",
        "javascript:\"",
        "\u{1b}",
        "\u{202e}",
    ] {
        assert!(!page.contains(forbidden), "{forbidden:?}");
    }
    let markdown = oin::render_markdown(&run);
    assert!(markdown.contains("canary") && markdown.len() < 65_536);
    for forbidden in [
        "<script", "<img", "[link](", "@octocat", "\u{1b}", "\u{202e}",
    ] {
        let outside = markdown
            .lines()
            .map(outside_of_code)
            .any(|line| line.contains(forbidden));
        assert!(!outside, "{forbidden:?}");
    }
}

#[test]
fn a_very_large_run_fits_into_a_comment() {
    let mut run = sample::large(4_000);
    let suites: Vec<String> = run.checks.iter().map(|check| check.suite.clone()).collect();
    let mut plan = plan(&[]);
    plan.suites = suites;
    for (place, check) in run.checks.iter_mut().enumerate() {
        let case = &plan.cases[place % plan.cases.len()];
        check.requirements.push(Arc::new(RequirementRef {
            id: case.id.clone(),
            statement: case.statement.clone(),
            clause: case.area.clone(),
            url: None,
        }));
        // Each failure a cause of its own.
        check.cause = None;
        check.reason = Some("x".repeat(3_000));
    }
    run.plans = vec![plan];
    let markdown = oin::render_markdown(&run);
    assert!(markdown.chars().count() < 65_536, "{}", markdown.len());
    assert!(html(&run).len() < 4_000_000);
}
