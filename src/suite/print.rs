//! A tree of values to the YAML of suites: one form for the same value, which reads back as the same value.
//!
//! Small things stand in one line, as people write them: `{ id: $.id }`, `[TEST-01]`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value};

/// What fits into one line of a file.
const WIDTH: usize = 100;

/// What some reader of YAML takes for something else than a text.
const WORDS: [&str; 12] = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity",
];

/// Comments by the place before which they stand, a JSON pointer (RFC 6901): `/checks/3`. The empty one is the start of
/// the file. What stands within a line that holds more than one value has none.
pub type Comments = BTreeMap<String, String>;

/// Writes a value, a suite file for instance, as YAML. Members keep their order.
pub fn to_yaml(value: &Value) -> String {
    to_commented_yaml(value, &Comments::new())
}

/// Writes a value as YAML, with comments. Each line of a comment becomes one of the file.
pub fn to_commented_yaml(value: &Value, comments: &Comments) -> String {
    let mut writer = Writer {
        out: String::new(),
        comments,
        pointer: String::new(),
    };
    writer.comment(0);
    match value {
        Value::Object(members) if !members.is_empty() => writer.mapping(members, 0),
        Value::Array(items) if !items.is_empty() => writer.list(items, 0),
        _ => {
            writer.out.push_str(&flow(value, Place::Block));
            writer.out.push('\n');
        }
    }
    writer.out
}

/// Where a text stands: within brackets more characters have a meaning.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Block,
    Flow,
}

struct Writer<'a> {
    out: String,
    comments: &'a Comments,
    /// Where it is; kept only where there are comments.
    pointer: String,
}

impl Writer<'_> {
    fn mapping(&mut self, members: &Map<String, Value>, indent: usize) {
        for (number, (name, value)) in members.iter().enumerate() {
            let outer = self.enter(name);
            // The first one stands behind the dash of a list, which a comment would tear apart.
            if number > 0 {
                self.comment(indent);
                self.out.push_str(&" ".repeat(indent));
            }
            let name = text(name, Place::Block);
            self.out.push_str(&name);
            self.out.push(':');
            self.member(value, indent, name.chars().count() + 1);
            self.pointer.truncate(outer);
        }
    }

    fn list(&mut self, items: &[Value], indent: usize) {
        for (number, item) in items.iter().enumerate() {
            let outer = self.enter(&number.to_string());
            if number > 0 {
                self.comment(indent);
                self.out.push_str(&" ".repeat(indent));
            } else if self.comments.contains_key(&self.pointer) {
                // The blanks before the first one are written already.
                let start = self.out.rfind('\n').map_or(0, |at| at + 1);
                let blank = self
                    .out
                    .get(start..)
                    .is_some_and(|line| line.trim().is_empty());
                if blank {
                    self.out.truncate(start);
                    self.comment(indent);
                    self.out.push_str(&" ".repeat(indent));
                }
            }
            self.item(item, indent);
            self.pointer.truncate(outer);
        }
    }

    fn item(&mut self, item: &Value, indent: usize) {
        self.out.push('-');
        let line = flow(item, Place::Block);
        // Steps and checks read better line by line; rows and other small mappings in one.
        let small = !holds_nested(item) && indent + 2 + line.chars().count() <= WIDTH;
        self.out.push(' ');
        match item {
            Value::Object(members) if !members.is_empty() && !small => {
                self.mapping(members, indent + 2);
            }
            Value::Array(items) if !items.is_empty() && !small => self.list(items, indent + 2),
            _ => {
                self.out.push_str(&line);
                self.out.push('\n');
            }
        }
    }

    fn member(&mut self, value: &Value, indent: usize, used: usize) {
        let line = flow(value, Place::Block);
        let fits = indent + used + 1 + line.chars().count() <= WIDTH && !holds_nested(value);
        match value {
            Value::Object(members) if !members.is_empty() && !fits => {
                self.out.push('\n');
                let indent = indent + 2;
                let first = members.keys().next().cloned().unwrap_or_default();
                let outer = self.enter(&first);
                self.comment(indent);
                self.pointer.truncate(outer);
                self.out.push_str(&" ".repeat(indent));
                self.mapping(members, indent);
            }
            Value::Array(items) if !items.is_empty() && !fits => {
                self.out.push('\n');
                self.out.push_str(&" ".repeat(indent + 2));
                self.list(items, indent + 2);
            }
            _ => {
                self.out.push(' ');
                self.out.push_str(&line);
                self.out.push('\n');
            }
        }
    }

    /// Goes to a member; gives the length that the pointer had.
    fn enter(&mut self, name: &str) -> usize {
        let outer = self.pointer.len();
        if !self.comments.is_empty() {
            self.pointer.push('/');
            self.pointer
                .push_str(&name.replace('~', "~0").replace('/', "~1"));
        }
        outer
    }

    /// Writes the comment of this place, if it has one.
    fn comment(&mut self, indent: usize) {
        for line in self
            .comments
            .get(&self.pointer)
            .map_or("", String::as_str)
            .lines()
        {
            // What a reader of YAML may take for a line break, or refuse.
            let line: String = line
                .chars()
                .map(|c| if is_unsafe(c) { ' ' } else { c })
                .collect();
            let written = format!("{}# {line}", " ".repeat(indent));
            self.out.push_str(written.trim_end());
            self.out.push('\n');
        }
    }
}

/// What some reader of YAML takes for a line break, or refuses; and what people can't see, or what changes how they read
/// its neighbours.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(u32::from(c), 0x2028 | 0x2029 | 0xfffe..=0xffff) || is_format(c)
}

/// Whether a character is one for formatting: category Cf of Unicode 16, and the characters that belong to tags.
fn is_format(c: char) -> bool {
    matches!(
        u32::from(c),
        0xad | 0x600..=0x605
            | 0x61c
            | 0x6dd
            | 0x70f
            | 0x890..=0x891
            | 0x8e2
            | 0x180e
            | 0x200b..=0x200f
            | 0x202a..=0x202e
            | 0x2060..=0x206f
            | 0xfeff
            | 0xfff9..=0xfffb
            | 0x110bd
            | 0x110cd
            | 0x13430..=0x1343f
            | 0x1bca0..=0x1bca3
            | 0x1d173..=0x1d17a
            | 0xe0000..=0xe007f
    )
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
            c if is_unsafe(c) => {
                // A `String` takes any write: the result can't be an error.
                let _ = match u32::from(c) {
                    code @ ..=0xffff => write!(out, "\\u{code:04x}"),
                    code => write!(out, "\\U{code:08x}"),
                };
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

    #[test]
    fn comments_stand_before_what_they_are_about() {
        let suite = json!({
            "suite": "sample",
            "checks": [
                { "id": "a", "steps": [{ "get": "/Users", "expect": { "status": [200, { "enum": [201] }] } }] },
                { "id": "b" },
            ],
        });
        let comments = [
            ("", "The file\n\nand more"),
            ("/checks/0", "GET\u{85}/Users"),
            ("/checks/1", "second"),
        ];
        let comments = comments.map(|(at, text)| (at.to_owned(), text.to_owned()));
        let yaml = to_commented_yaml(&suite, &comments.into());
        insta::assert_snapshot!(yaml, @r"
        # The file
        #
        # and more
        suite: sample
        checks:
          # GET /Users
          - id: a
            steps:
              - get: /Users
                expect:
                  status:
                    - 200
                    - { enum: [201] }
          # second
          - { id: b }
        ");
        assert_eq!(parse(&yaml).map(|tree| tree.to_json()), Ok(suite));
    }

    #[test]
    fn no_invisible_character_stands_as_it_is() {
        let hidden = "a\u{202e}b\u{2066}c\u{200b}d\u{ad}e\u{e0041}f\u{1d173}g";
        let suite = json!({ hidden: hidden, "rows": [{ hidden: [hidden] }] });
        let comments = [(String::new(), hidden.to_owned())];
        let yaml = to_commented_yaml(&suite, &comments.into());
        assert!(yaml.is_ascii(), "{yaml}");
        assert!(yaml.contains(r"a\u202eb\u2066c"), "{yaml}");
        assert!(yaml.contains(r"\U000e0041"), "{yaml}");
        assert_eq!(parse(&yaml).map(|tree| tree.to_json()), Ok(suite));
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
