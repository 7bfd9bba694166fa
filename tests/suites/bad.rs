//! One file a mistake: what the user reads of it.

use scimitar::suite::Library;

#[test]
fn every_mistake_is_told_with_its_place_and_what_to_do() {
    let ground = super::ground();
    for (name, text) in super::files("bad") {
        let path = format!("bad/{name}");
        let problems = Library::load(ground.iter().cloned().chain([(path.clone(), text.clone())]))
            .expect_err(&format!("{name} is loaded without complaint"));
        let mut shown = String::new();
        for problem in &problems {
            assert_eq!(problem.file, path, "{problem}");
            assert!(
                problem.mark.line > 0 && problem.mark.column > 0,
                "{problem}"
            );
            shown.push_str(&problem.to_string());
            shown.push('\n');
        }
        for problem in &problems {
            shown.push('\n');
            shown.push_str(&problem.render(Some(&text), 100, false));
            shown.push('\n');
        }
        let stem = name.trim_end_matches(".yaml");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(stem, shown);
        });
    }
}

#[test]
fn files_of_several_are_told_in_one_go_in_the_order_of_their_names() {
    let bad = [
        ("b.yaml", "suite: b\n"),
        ("a.yaml", "profile: p\ntitle: P\nsuites: [none]\nmore: 1\n"),
    ];
    let problems = Library::load(bad).unwrap_err();
    let places: Vec<String> = problems
        .iter()
        .map(|problem| problem.location().to_string())
        .collect();
    assert_eq!(
        places,
        ["a.yaml:3:10", "a.yaml:4:1", "b.yaml:1:1", "b.yaml:1:1"]
    );
}

#[test]
fn one_id_in_two_files_is_told_with_the_first_place() {
    let fixture = "fixture: user\ntitle: A user\nresourceType: User\nendpoint: /Users\nbody: { userName: a }\n";
    let problems = Library::load([("a.yaml", fixture), ("b.yaml", fixture)]).unwrap_err();
    assert_eq!(
        problems[0].to_string(),
        "b.yaml:1:10: error: there is a fixture `user` already; the first one is at a.yaml:1:10"
    );
}

#[test]
fn colours_are_only_there_when_asked_for() {
    let text = "suite: b\nchekcs: []\n";
    let problem = Library::load([("a.yaml", text)]).unwrap_err().remove(0);
    assert!(!problem.render(Some(text), 80, false).contains('\u{1b}'));
    assert!(problem.render(Some(text), 80, true).contains('\u{1b}'));
}
