//! The JSON Schema for editors says the same of every sample as the loader.

use scimitar::suite::{Library, json_schema, source};

#[test]
fn good_and_bad_samples_get_the_same_verdict_from_schema_and_loader() {
    let schema = jsonschema::validator_for(&json_schema::schema()).unwrap();
    for (name, text) in super::files("good") {
        let value = source::parse(&text).unwrap().to_json();
        let errors: Vec<String> = schema
            .iter_errors(&value)
            .map(|error| format!("{} {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
    let mut structural = 0;
    for (name, text) in super::files("bad") {
        let Ok(tree) = source::parse(&text) else {
            continue;
        };
        let by_loader = Library::structure(&name, &text).is_empty();
        assert_eq!(schema.is_valid(&tree.to_json()), by_loader, "{name}");
        structural += usize::from(!by_loader);
    }
    assert!(
        structural > 20,
        "{structural} samples are bad by their structure"
    );
}

#[test]
fn the_committed_copy_is_current() {
    let path = super::root().join("fixtures/schemas/suite.json");
    let current = serde_json::to_string_pretty(&json_schema::schema()).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &current).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == current,
        "{} is not current: run the tests with UPDATE=1",
        path.display()
    );
}
