//! The JSON Schema for editors says the same of every sample, and of the built-in suites, as the loader.

use std::path::Path;

use scimitar::suite::{Library, json_schema, source};

#[test]
fn good_and_bad_samples_get_the_same_verdict_from_schema_and_loader() {
    let schema = jsonschema::validator_for(&json_schema::schema()).unwrap();
    let built_in = Library::embedded_files().iter();
    let built_in =
        built_in.filter(|(name, _)| Path::new(name).extension().is_some_and(|e| e == "yaml"));
    let built_in = built_in.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    for (name, text) in super::files("good").into_iter().chain(built_in) {
        let value = source::parse(&text).unwrap().to_json();
        let errors: Vec<String> = schema
            .iter_errors(&value)
            .map(|error| format!("{} {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
    let mut structural = 0;
    for (name, text) in super::files("bad") {
        // The order of keys is nothing that a schema could tell.
        let Some(tree) = source::parse(&text)
            .ok()
            .filter(|_| name != "kind-not-first.yaml")
        else {
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

#[test]
fn the_document_names_every_key() {
    let text = std::fs::read_to_string(super::root().join("docs/suite-language.md")).unwrap();
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .collect();
    let schema = json_schema::schema();
    for (construct, definition) in schema["$defs"].as_object().unwrap() {
        for key in definition["properties"].as_object().unwrap().keys() {
            // Of JSON Schema, the document tells what the language adds.
            let told = construct != "schema" || scimitar::suite::KEYWORDS.contains(&key.as_str());
            assert!(!told || words.contains(&key.as_str()), "{construct}.{key}");
        }
    }
}

#[test]
fn the_document_says_what_each_operation_is() {
    let text = std::fs::read_to_string(super::root().join("docs/suite-language.md")).unwrap();
    for (_, word, meaning) in scimitar::record::OPERATIONS {
        let row = format!("| `{word}` | {meaning} |");
        assert!(text.contains(&row), "docs/suite-language.md lacks: {row}");
    }
}

#[test]
fn the_document_names_every_format_and_every_value_of_a_characteristic() {
    let text = std::fs::read_to_string(super::root().join("docs/suite-language.md")).unwrap();
    let schema = json_schema::schema();
    let formats = &schema["$defs"]["schema"]["properties"]["format"];
    let formats = formats.to_string();
    let words = formats
        .split('"')
        .filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()) && !word.contains(' '));
    let structure = [
        "enum",
        "const",
        "oneOf",
        "anyOf",
        "description",
        "type",
        "string",
    ];
    let mut told = 0;
    for word in words.filter(|word| !structure.contains(word)) {
        assert!(text.contains(&format!("`{word}`")), "format {word}");
        told += 1;
    }
    assert!(told >= 13, "{formats}");
}
