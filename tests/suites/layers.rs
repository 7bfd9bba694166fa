//! Files in layers: of two things with one name the upper one counts.

use scimitar::engine::Choice;
use scimitar::engine::selection::Selector;
use scimitar::suite::{Library, Loader};

const OWN: &str = "suite: own\ntitle: Own\nchecks:\n  - id: a\n    title: A\n    requirements: [BELOW-1]\n    why: w\n    \
                   fix: f\n    faults: [no-such]\n    given: [user]\n    steps: [{ get: /Users, expect: { status: 200 } }]\n";

fn suite(id: &str) -> String {
    OWN.replace("suite: own", &format!("suite: {id}"))
}

fn fixture(title: &str) -> String {
    format!(
        "fixture: user\ntitle: {title}\nresourceType: User\nendpoint: /Users\nbody: {{ userName: a }}\n"
    )
}

fn catalogue(statement: &str) -> String {
    format!(
        "catalogue: BELOW\ntitle: Below\nrequirements:\n  - {{ id: BELOW-1, statement: {statement} }}\n"
    )
}

fn below() -> [(&'static str, String); 4] {
    [
        ("a.yaml", suite("below")),
        ("b.yaml", fixture("Below")),
        ("c.yaml", catalogue("Below.")),
        ("d.yaml", suite("hidden")),
    ]
}

#[test]
fn the_upper_one_of_two_names_counts_and_the_rest_is_there_too() {
    let above = [
        ("a.yaml", OWN.to_owned()),
        (
            "b.yaml",
            suite("hidden").replace("title: Own", "title: Mine"),
        ),
        ("c.yaml", fixture("Mine")),
        (
            "d.yaml",
            "catalogue: BELOW\ntitle: Mine\nrequirements:\n  - { id: BELOW-2, statement: Mine. }\n"
                .to_owned(),
        ),
    ];
    let library = Loader::new().layer(above).layer(below()).load().unwrap();
    let suites: Vec<(&str, &str, bool)> = library
        .suites
        .iter()
        .map(|suite| (suite.id.as_str(), suite.title.as_str(), suite.only_named))
        .collect();
    assert_eq!(
        suites,
        [
            ("own", "Own", false),
            ("hidden", "Mine", false),
            ("below", "Own", true)
        ]
    );
    assert_eq!(library.fixtures["user"].title, "Mine");
    assert_eq!(library.requirements["BELOW-1"].statement, "Below.");
    assert_eq!(library.requirements["BELOW-2"].statement, "Mine.");
}

#[test]
fn a_requirement_of_a_table_below_is_hidden_by_one_of_a_catalogue_above() {
    let table = "id\tsection\tlevel\tsubject\ttestable\tcondition\trequirement\thow\n\
                 BELOW-1\t1\tMUST\tserver\tyes\t\tBelow.\tGET\n";
    let library = Loader::new()
        .layer([("a.yaml", catalogue("Mine."))])
        .layer([("rfc7644.tsv", table)])
        .load()
        .unwrap();
    assert_eq!(library.requirements["BELOW-1"].statement, "Mine.");
}

#[test]
fn two_of_one_name_in_one_layer_are_still_an_error() {
    let twice = [("a.yaml", fixture("One")), ("b.yaml", fixture("Two"))];
    let problems = Loader::new()
        .layer(twice)
        .layer(below())
        .load()
        .unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].message.contains("is there already"));
}

#[test]
fn a_fault_that_there_is_not_is_told_if_the_faults_are_known() {
    let said = |known: &[&str]| {
        let loader = Loader::new().layer([("x.yaml", OWN.to_owned())]);
        let loader = loader.layer(below()).faults(known.iter().copied());
        let problems = loader.check().1;
        problems
            .iter()
            .find(|problem| problem.file == "x.yaml")
            .map(ToString::to_string)
    };
    assert_eq!(said(&["no-such"]), None);
    assert_eq!(
        said(&["no-suhc"]).unwrap(),
        "x.yaml:9:14: error: the embedded server has no fault `no-such`; did you mean `no-suhc`?"
    );
    assert!(Library::load([("x.yaml", OWN.to_owned())].into_iter().chain(below())).is_ok());
}

#[test]
fn a_glob_chooses_below_only_if_it_matches_nothing_above() {
    let library = Loader::new()
        .layer([("x.yaml", OWN.to_owned())])
        .layer(below())
        .load()
        .unwrap();
    let chosen = |suites: &[&str], checks: &[&str]| {
        let owned = |globs: &[&str]| globs.iter().map(|glob| (*glob).to_owned()).collect();
        let choice = Choice {
            suites: owned(suites),
            checks: owned(checks),
            ..Choice::default()
        };
        let selector = Selector::new(&choice, &library).unwrap();
        let suites = library.suites.iter();
        suites
            .filter(|suite| selector.takes_suite(suite))
            .map(|suite| suite.id.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(chosen(&[], &[]), "own");
    assert_eq!(chosen(&["*"], &[]), "own");
    assert_eq!(chosen(&["below"], &[]), "below");
    assert_eq!(chosen(&["own", "hid*"], &[]), "own hidden");
    assert_eq!(chosen(&[], &["*/a"]), "own");
    assert_eq!(chosen(&[], &["below/*"]), "own below");
    assert_eq!(chosen(&["own"], &["below/*"]), "own");
}
