//! The suites that are part of the program.

use std::collections::BTreeSet;

use scimitar::suite::{Library, Loader};

#[test]
fn the_embedded_suites_load() {
    if let Err(problems) = Library::embedded() {
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{} problems:\n{}", told.len(), told.join("\n"));
    }
}

#[test]
fn titles_are_unique_and_short_enough_for_a_line() {
    let library = Library::check(Library::embedded_files().iter().copied()).0;
    for suite in &library.suites {
        let mut titles = BTreeSet::new();
        for check in &suite.checks {
            let title = format!("{:?}", check.title);
            assert!(
                titles.insert(title.clone()),
                "{}/{}: {title} is there twice",
                suite.id,
                check.id
            );
        }
        assert!(suite.title.chars().count() <= 80, "{}", suite.title);
    }
}

#[test]
fn what_nobody_chose_is_left_out_and_the_rest_is_the_same() {
    let whole = Library::embedded().unwrap();
    let loader = Loader::new().layer(Library::embedded_files().iter().copied());
    let heads = loader.heads();
    let ids = |library: &Library| -> Vec<String> {
        library
            .suites
            .iter()
            .map(|suite| suite.id.clone())
            .collect()
    };
    assert_eq!(ids(&heads), ids(&whole));
    assert!(heads.profiles.keys().eq(whole.profiles.keys()));
    for (head, suite) in heads.suites.iter().zip(&whole.suites) {
        assert!(
            head.checks.is_empty(),
            "{}: checks come last in its file",
            head.id
        );
        assert_eq!(
            (head.scim, head.on_demand, head.only_named),
            (suite.scim, suite.on_demand, suite.only_named)
        );
    }
    let all_but_one = ids(&whole).into_iter().filter(|id| id != "okta-spec-2.0");
    let one = loader.without_checks_of(all_but_one).load().unwrap();
    for (left, suite) in one.suites.iter().zip(&whole.suites) {
        let expected = if suite.id == "okta-spec-2.0" {
            suite.checks.len()
        } else {
            0
        };
        assert_eq!(left.checks.len(), expected, "{}", suite.id);
    }
}

#[test]
fn every_case_of_oktas_test_plan_is_shown_by_a_check_or_says_why_not() {
    let library = Library::embedded().unwrap();
    let [plan] = library.plans.as_slice() else {
        panic!("there is one plan, not {}", library.plans.len());
    };
    let ids: BTreeSet<&str> = plan
        .plan
        .cases
        .iter()
        .map(|case| case.id.as_str())
        .collect();
    assert_eq!((ids.len(), plan.plan.cases.len()), (69, 69));
    let cited: BTreeSet<&str> = library
        .suites
        .iter()
        .flat_map(|suite| &suite.checks)
        .flat_map(|check| check.requirements.iter().map(String::as_str))
        .collect();
    for case in &plan.plan.cases {
        let shown = cited.contains(case.id.as_str());
        assert!(shown != case.because.is_some(), "{}", case.id);
    }
}
