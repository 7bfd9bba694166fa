//! Exports of Runscope's on the command line.

use crate::binary::Scimitar;

const EXPORT: &str = r#"{
  "version": "1.0",
  "name": "Two steps",
  "steps": [
    { "step_type": "request", "note": "Required Test: Make a user", "method": "POST",
      "url": "{{SCIMBaseURL}}/Users", "body": "{\"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:User\"], \"userName\": \"{{randomEmail}}\", \"title\": \"{{title}}\"}",
      "headers": { "Authorization": ["{{auth}}"], "Content-Type": "application/json" },
      "assertions": [{ "source": "response_status", "comparison": "equal_number", "value": "201" }],
      "variables": [{ "source": "response_json", "name": "made", "property": "id" }] },
    { "step_type": "pause", "duration": 5 },
    { "step_type": "request", "note": "Optional Test: Read it", "method": "GET",
      "url": "{{SCIMBaseURL}}/Users/{{made}}", "headers": { "Authorization": "{{auth}}" },
      "assertions": [
        { "source": "response_json", "comparison": "equal", "property": "userName", "value": "{{randomEmail}}" },
        { "source": "response_json", "comparison": "equal", "property": "title", "value": "{{title}}" }
      ] }
  ]
}
"#;

#[test]
fn an_export_is_run_as_it_is_and_as_what_it_is_translated_to() {
    let scimitar = Scimitar::new().file("two.json", EXPORT);
    let ran = scimitar.run(&[
        "run",
        "--suite-file",
        "two.json",
        "--var",
        "title=Engineer",
        "-v",
    ]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(
        ran.stdout.contains("two-steps/make-a-user"),
        "{}",
        ran.stdout
    );

    let printed = scimitar.run(&["import", "two.json"]);
    insta::assert_snapshot!("import", printed.stdout);
    let written = scimitar.run(&["import", "two.json", "-o", "two.yaml"]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    assert_eq!(scimitar.run(&["lint", "two.yaml"]).code, 0);
    let again = scimitar.run(&["run", "--suite-file", "two.yaml", "--var", "title=Engineer"]);
    assert_eq!(again.code, 0, "{}{}", again.stdout, again.stderr);
}

#[test]
fn a_parameter_that_nobody_gave_ends_the_run_before_it_starts() {
    let ran = Scimitar::new()
        .file("two.json", EXPORT)
        .run(&["run", "--suite-file", "two.json"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!("import_unset", ran.stderr);
}

#[test]
fn a_broken_export_is_shown_where_it_is_broken() {
    let ran = Scimitar::new()
        .file("two.json", &EXPORT.replace("equal_number", "equalnumber"))
        .file("cut.json", EXPORT.split_at(300).0)
        .run(&["lint", "two.json", "cut.json"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!("import_broken", ran.stderr);
}

#[test]
fn secrets_of_variables_are_in_no_output() {
    let export = EXPORT.replace("{{title}}", "{{apiToken}}");
    let scimitar = Scimitar::new().file("two.json", &export);
    let given = "apiToken=s3cr3t-of-nobody";
    let ran = scimitar.run(&[
        "run",
        "--suite-file",
        "two.json",
        "--var",
        given,
        "--out",
        "out",
    ]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let shown = scimitar.run(&["config", "--suite-file", "two.json", "--var", given]);
    let mut texts = vec![ran.stdout, ran.stderr, shown.stdout];
    for file in ["run.json", "report.html", "junit.xml", "summary.md"] {
        texts.push(scimitar.read(&format!("out/{file}")));
    }
    assert!(texts.iter().all(|text| !text.contains("s3cr3t-of-nobody")));
}
