//! The embedded suites are loaded at each start: that must not be felt.

use std::time::{Duration, Instant};

use scimitar::suite::Library;

#[test]
fn a_thousand_checks_are_loaded_at_once() {
    let mut files = super::ground();
    let suite =
        std::fs::read_to_string(super::root().join("tests/suites/good/suite.yaml")).unwrap();
    let per_file = suite.matches("\n  - id: ").count();
    for number in 0..1000_usize.div_ceil(per_file) {
        files.push((
            format!("{number}.yaml"),
            suite.replacen("every-word", &format!("every-word-{number}"), 1),
        ));
    }
    let started = Instant::now();
    let library = Library::load(files).unwrap();
    let took = started.elapsed();
    assert!(
        library
            .suites
            .iter()
            .map(|suite| suite.checks.len())
            .sum::<usize>()
            >= 1000
    );
    // An unoptimised build on a busy machine is far slower than what users have.
    let bound = if cfg!(debug_assertions) {
        Duration::from_secs(20)
    } else {
        Duration::from_millis(400)
    };
    assert!(took < bound, "{took:?}");
}
