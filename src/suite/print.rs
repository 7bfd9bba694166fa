//! A tree of values to the YAML of suites: one form for the same value, which reads back as the same value.
//!
//! Small things stand in one line, as people write them: `{ id: $.id }`, `[TEST-01]`.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// What fits into one line of a file.
const WIDTH: usize = 100;

/// What some reader of YAML takes for something else than a text.
const WORDS: [&str; 12] = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity",
];

/// Writes a value, a suite file for instance, as YAML. Members keep their order.
pub fn to_yaml(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Object(members) if !members.is_empty() => mapping(members, 0, &mut out),
        Value::Array(items) if !items.is_empty() => list(items, 0, &mut out),
        _ => {
            out.push_str(&flow(value, Place::Block));
            out.push('\n');
        }
    }
    out
}

/// Where a text stands: within brackets more characters have a meaning.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Block,
    Flow,
}

fn mapping(members: &Map<String, Value>, indent: usize, out: &mut String) {
    for (number, (name, value)) in members.iter().enumerate() {
        if number > 0 {
            out.push_str(&" ".repeat(indent));
        }
        let name = text(name, Place::Block);
        out.push_str(&name);
        out.push(':');
        member(value, indent, name.chars().count() + 1, out);
    }
}

fn list(items: &[Value], indent: usize, out: &mut String) {
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            out.push_str(&" ".repeat(indent));
        }
        out.push('-');
        let line = flow(item, Place::Block);
        // Steps and checks read better line by line; rows and other small mappings in one.
        let small = !holds_nested(item) && indent + 2 + line.chars().count() <= WIDTH;
        match item {
            Value::Object(members) if !members.is_empty() && !small => {
                out.push(' ');
                mapping(members, indent + 2, out);
            }
            Value::Array(items) if !items.is_empty() && !small => {
                out.push(' ');
                list(items, indent + 2, out);
            }
            _ => {
                out.push(' ');
                out.push_str(&line);
                out.push('\n');
            }
        }
    }
}

fn member(value: &Value, indent: usize, used: usize, out: &mut String) {
    let line = flow(value, Place::Block);
    let fits = indent + used + 1 + line.chars().count() <= WIDTH && !holds_nested(value);
    match value {
        Value::Object(members) if !members.is_empty() && !fits => {
            out.push('\n');
            out.push_str(&" ".repeat(indent + 2));
            mapping(members, indent + 2, out);
        }
        Value::Array(items) if !items.is_empty() && !fits => {
            out.push('\n');
            out.push_str(&" ".repeat(indent + 2));
            list(items, indent + 2, out);
        }
        _ => {
            out.push(' ');
            out.push_str(&line);
            out.push('\n');
        }
    }
}

/// Whether it is nested too deeply to be read in one line.
fn holds_nested(value: &Value) -> bool {
    fn depth(value: &Value) -> usize {
        match value {
            Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
            Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
            _ => 0,
        }
    }
    depth(value) > 2
}

fn flow(value: &Value, place: Place) -> String {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(plain) => text(plain, place),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| flow(item, Place::Flow)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(name, value)| {
                    format!("{}: {}", text(name, Place::Flow), flow(value, Place::Flow))
                })
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}

/// A text, in quotes only if it would be something else without them.
fn text(plain: &str, place: Place) -> String {
    if is_plain(plain, place) {
        plain.to_owned()
    } else {
        quoted(plain)
    }
}

fn is_plain(plain: &str, place: Place) -> bool {
    let starts_well =
        plain.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '$' | '_'));
    let unsafe_in_flow = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}');
    let ends_well = !plain.ends_with([' ', ':']);
    let holds_mark = plain.contains(": ") || plain.contains(" #");
    let cut_in_flow = place == Place::Flow && plain.contains(unsafe_in_flow);
    let harmless = |c: char| !c.is_control() && (c.is_ascii() || c.is_alphanumeric());
    let is_other = WORDS.contains(&plain.to_ascii_lowercase().as_str());
    starts_well
        && ends_well
        && !holds_mark
        && !cut_in_flow
        && !is_other
        && plain.chars().all(harmless)
}

fn quoted(plain: &str) -> String {
    let mut out = String::from("\"");
    for c in plain.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // What a reader of YAML may take for a line break, or refuse.
            c if c.is_control()
                || matches!(u32::from(c), 0x2028 | 0x2029 | 0xfeff | 0xfffe..=0xffff) =>
            {
                // A `String` takes any write: the result can't be an error.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::super::source::parse;
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_suite_is_written_as_people_write_it() {
        let suite = json!({
            "suite": "sample",
            "title": "A sample: of two",
            "checks": [{
                "id": "user-is-created",
                "requirements": ["TEST-01"],
                "steps": [{
                    "post": "/Users",
                    "body": { "fixture": "user", "userName": "${unique.email}" },
                    "expect": { "status": 201, "$.emails[0].value": "a", "$.active": { "const": true } },
                    "capture": { "id": "$.id" },
                }],
            }],
        });
        insta::assert_snapshot!(to_yaml(&suite), @r#"
        suite: sample
        title: "A sample: of two"
        checks:
          - id: user-is-created
            requirements: [TEST-01]
            steps:
              - post: /Users
                body: { fixture: user, userName: "${unique.email}" }
                expect: { status: 201, "$.emails[0].value": a, $.active: { const: true } }
                capture: { id: $.id }
        "#);
    }

    fn values() -> impl Strategy<Value = Value> {
        let texts = prop_oneof![
            ".{0,12}",
            "[-a-z0-9:#,{}\\[\\]$&*!|>'\"%@` .~?=<]{0,8}",
            prop::sample::select(vec![
                "null",
                "Yes",
                "~",
                "1e3",
                "0x1F",
                ".inf",
                "2011-05-13",
                "- a",
                "? b",
                "<<",
                "=",
                "\u{85}"
            ])
            .prop_map(str::to_owned),
        ];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            texts.clone().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 30, 5, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(texts.clone(), inner, 0..5)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_reads_back_as_the_same(value in values()) {
            let yaml = to_yaml(&value);
            let read = parse(&yaml).map(|tree| tree.to_json());
            prop_assert_eq!(read, Ok(value), "{}", yaml);
        }
    }
}
