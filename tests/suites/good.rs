//! Samples of the language, decoded. The words that they lack are in the built-in suites, which load too.

use std::time::Duration;

use scimitar::record::Level;
use scimitar::suite::{Action, BodyTemplate, Capability, DemandKind, Library, Matrix, Test};

fn library() -> Library {
    Library::load(super::files("good")).unwrap_or_else(|problems| {
        panic!(
            "{}",
            problems
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("\n")
        )
    })
}

#[test]
fn every_word_is_understood() {
    let library = library();
    let suite = library
        .suites
        .iter()
        .find(|suite| suite.id == "every-word")
        .unwrap();
    let check = |id: &str| suite.checks.iter().find(|check| check.id == id).unwrap();

    let all = check("all-keys");
    assert_eq!(
        (all.level, all.budget, all.exclusive),
        (Level::Should, Duration::from_secs(45), true)
    );
    let [Test::Supports(capabilities), ..] = all.when.as_ref().unwrap().parts.as_slice() else {
        panic!()
    };
    assert_eq!(capabilities, &[Capability::Patch, Capability::Filter]);
    assert_eq!(
        all.given
            .iter()
            .map(|given| (given.name.as_str(), given.count))
            .collect::<Vec<_>>(),
        [("user", None), ("boss", None), ("people", Some(3)),]
    );
    let Action::Request(create) = &all.steps[0].action else {
        panic!()
    };
    let BodyTemplate::Fixture { fixture, .. } = &create.body else {
        panic!("{:?}", create.body)
    };
    assert_eq!(
        (create.method.as_str(), fixture.word().as_str()),
        ("POST", "user")
    );
    assert_eq!(all.steps[0].poll.unwrap().every, Duration::from_millis(200));

    assert!(matches!(check("rows").matrix, Some(Matrix::Rows(ref rows)) if rows.len() == 2));
    assert!(
        matches!(check("attributes").matrix, Some(Matrix::Attributes { ref skip, .. }) if skip.len() == 1)
    );
    assert!(matches!(
        check("types").matrix,
        Some(Matrix::ResourceTypes {
            endpoints: Some(_),
            ..
        })
    ));
    assert!(
        matches!(check("walk").steps[0].action, Action::Paginate(ref walk) if walk.during.len() == 1)
    );
    assert!(
        matches!(check("race").steps[0].action, Action::Parallel(ref members) if members[0].times == 2)
    );
    assert!(
        matches!(check("race").steps[2].action, Action::Parallel(ref members) if members[0].requests == 6)
    );
    assert!(check("read-only").is_read_only() && !all.is_read_only());
    let choices = &check("choices").steps[0].expect[0].demands;
    assert!(matches!(choices[0].kind, DemandKind::Any(ref choices) if choices.len() == 2));
}

#[test]
fn what_stands_beside_suites_is_loaded_too() {
    let library = library();
    assert_eq!(library.profiles["mine"].suites, ["every-*"]);
    assert_eq!(library.fixtures["user"].endpoint, "/Users");
    let requirement = &library.requirements["TEST-02"];
    assert_eq!(
        (requirement.level, requirement.testable),
        (Level::Should, false)
    );
    assert_eq!(requirement.clause, "Requirements of the tests, step 2");
}
