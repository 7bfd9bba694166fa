//! Tables of requirements beside YAML.

use scimitar::suite::Library;

#[test]
fn a_table_and_a_catalogue_share_one_namespace() {
    let table = "id\tsection\tlevel\tsubject\ttestable\tcondition\trequirement\thow\nTEST-01\t1\tMUST\tserver\tyes\t\tIt works\tlook\n";
    let mut files = super::ground();
    files.push(("requirements/rfc7644.tsv".to_owned(), table.to_owned()));
    let problems = Library::load(files).unwrap_err();
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "catalogue.yaml:5:11: error: there is a requirement `TEST-01` already; the first one is at requirements/rfc7644.tsv:2:1"
        ]
    );
}
