//! What is wrong with an export is told with its place and what to do.

fn problems(text: &str) -> String {
    match scimitar::import::suite("x.json", text) {
        Ok(tree) => panic!("{}", tree.to_json()),
        Err(problems) => {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            lines.join("\n")
        }
    }
}

fn of_step(step: &str) -> String {
    problems(&format!("{{\"name\": \"x\", \"steps\": [\n{step}\n]}}"))
}

#[test]
fn mistakes_are_told_with_their_places() {
    let request =
        "\"step_type\": \"request\", \"method\": \"GET\", \"url\": \"{{SCIMBaseURL}}/Users\"";
    let with = |row: &str| of_step(&format!("{{{request}, \"assertions\": [\n{row}\n]}}"));
    let all = [
        problems("{\"steps\": ["),
        problems("[]"),
        problems("{\"steps\": []}"),
        problems("{\"steps\": [{\"step_type\": \"pause\", \"duration\": 5}]}"),
        of_step("{\"step_type\": \"request\", \"url\": \"{{SCIMBaseURL}}/Users\"}"),
        of_step("{\"step_type\": \"request\", \"method\": \"GET\"}"),
        of_step("{\"step_type\": \"request\", \"method\": \"GET\", \"url\": \"/Users\"}"),
        of_step("{\"step_type\": \"pause\", \"duration\": \"long\"}"),
        of_step(&format!(
            "{{{request},\n\"assertions\": {{\"a\": 1}}, \"variables\": \"x\", \"scripts\": [1], \"headers\": [1]}}"
        )),
        of_step("{\"note\": \"x\"}"),
        of_step("5"),
        with("{\"source\": \"response_jsn\", \"comparison\": \"equals\", \"value\": \"1\"}"),
        with("{\"comparison\": \"equal\", \"value\": \"1\"}"),
        with(
            "{\"source\": \"response_status\", \"comparison\": \"equal_number\", \"value\": \"ok\"}",
        ),
        with(
            "{\"source\": \"response_json\", \"comparison\": \"equal\", \"property\": \"a..b\", \"value\": \"1\"}",
        ),
        with(
            "{\"source\": \"response_json\", \"comparison\": \"equal\", \"property\": \"a\", \"value\": [1]}",
        ),
        with("{\"source\": \"response_headers\", \"comparison\": \"not_empty\"}"),
    ];
    insta::assert_snapshot!("mistakes", all.join("\n"));
}

#[test]
fn a_step_that_never_can_be_one_does_not_hide_the_others() {
    let text = "{\"steps\": [\n5,\n{\"step_type\": \"request\", \"method\": \"GET\"},\n7\n]}";
    assert_eq!(problems(text).lines().count(), 3);
}
