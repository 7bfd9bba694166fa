//! The suites that are part of the program.

use std::collections::BTreeSet;

use scimitar::suite::Library;

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
