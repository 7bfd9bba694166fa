//! YAML text to a tree in which every key and value knows where it stands. The only place that knows the YAML reader.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_saphyr::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy, Options, Spanned};

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Mark {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

/// A value with its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands.
    pub mark: Mark,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `null`, or nothing.
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file.
    Map(Vec<(Key, Node)>),
}

/// A key of a mapping.
#[derive(Debug, Clone)]
pub struct Key {
    /// The text.
    pub name: String,
    /// Where it stands.
    pub mark: Mark,
}

/// Why a text is no YAML that we take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, in lower case.
    pub message: String,
    /// Where.
    pub mark: Mark,
}

impl Node {
    /// The members of a mapping; none for anything else.
    pub fn members(&self) -> &[(Key, Self)] {
        if let Kind::Map(members) = &self.kind {
            members
        } else {
            &[]
        }
    }

    /// The elements of a list; none for anything else.
    pub fn items(&self) -> &[Self] {
        if let Kind::List(items) = &self.kind {
            items
        } else {
            &[]
        }
    }

    /// A list's elements, or the one value as a list of one.
    pub fn one_or_many(&self) -> &[Self] {
        if let Kind::List(items) = &self.kind {
            items
        } else {
            std::slice::from_ref(self)
        }
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members()
            .iter()
            .find(|(key, _)| key.name == name)
            .map(|(_, value)| value)
    }

    /// The text.
    pub fn text(&self) -> Option<&str> {
        if let Kind::Text(text) = &self.kind {
            Some(text)
        } else {
            None
        }
    }

    /// What it is, in words: `a text`.
    pub fn describe(&self) -> String {
        match &self.kind {
            Kind::Null => "nothing".to_owned(),
            Kind::Bool(value) => format!("`{value}`"),
            Kind::Number(value) => format!("the number `{value}`"),
            Kind::Text(_) => "a text".to_owned(),
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) => "a mapping".to_owned(),
        }
    }

    /// As JSON.
    pub fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(value) => Value::Number(value.clone()),
            Kind::Text(text) => Value::String(text.clone()),
            Kind::List(items) => Value::Array(items.iter().map(Self::to_json).collect()),
            Kind::Map(members) => Value::Object(
                members
                    .iter()
                    .map(|(key, value)| (key.name.clone(), value.to_json()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }

    /// Calls `each` with every text in it, keys of mappings too.
    pub fn each_text<'a>(&'a self, each: &mut dyn FnMut(Mark, &'a str)) {
        match &self.kind {
            Kind::Text(text) => each(self.mark, text),
            Kind::List(items) => items.iter().for_each(|item| item.each_text(each)),
            Kind::Map(members) => {
                for (key, value) in members {
                    each(key.mark, &key.name);
                    value.each_text(each);
                }
            }
            Kind::Null | Kind::Bool(_) | Kind::Number(_) => {}
        }
    }
}

/// Reads a text that holds one YAML document.
///
/// Read strictly: no duplicate keys, no anchors that multiply, no merge keys, no tags, `yes` is a text; and within
/// bounds that no suite needs to exceed.
///
/// # Errors
/// The first place where it is no such document.
pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    // The reader streams: a wrong indentation can surface as something else. What it says of the syntax alone is clearer.
    serde_saphyr::from_str_with_options::<Positioned>(text, options())
        .map(|positioned| positioned.0)
        .map_err(|error| {
            let error = serde_saphyr::from_str_with_options::<IgnoredAny>(text, options())
                .err()
                .unwrap_or(error);
            SyntaxError {
                message: message_of(&error),
                mark: error.location().map_or_else(Mark::default, |l| mark(&l)),
            }
        })
}

fn options() -> Options {
    serde_saphyr::options! {
        strict_booleans: true,
        no_schema: true,
        merge_keys: MergeKeyPolicy::Error,
        duplicate_keys: DuplicateKeyPolicy::Error,
        reject_unsupported_tags: true,
        non_finite_float_policy: NonFiniteFloatPolicy::Reject,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
        budget: serde_saphyr::budget! {
            max_depth: 64,
            max_aliases: 0,
            max_anchors: 0,
            max_documents: 1,
            max_nodes: 400_000,
            max_events: 1_000_000,
            max_total_scalar_bytes: 8 << 20,
        },
    }
}

fn message_of(error: &serde_saphyr::Error) -> String {
    if let serde_saphyr::Error::DuplicateMappingKey { key, .. } = error.without_snippet() {
        return key.as_ref().map_or_else(
            || "this key is there twice".to_owned(),
            |key| format!("the key `{key}` is there twice"),
        );
    }
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default();
    // The place is said beside the message.
    let first = first.split(" at line ").next().unwrap_or(first);
    let first = first
        .rsplit_once("column ")
        .filter(|_| first.starts_with("line "))
        .map_or(first, |(_, rest)| {
            rest.split_once(':')
                .map_or(rest, |(_, message)| message.trim_start())
        });
    first.trim_start_matches("error: ").to_owned()
}

fn mark(location: &serde_saphyr::Location) -> Mark {
    let span = location.span();
    let number = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    let byte = |value: Option<u64>| {
        value
            .and_then(|value| usize::try_from(value).ok())
            .unwrap_or(0)
    };
    let start = byte(span.byte_offset());
    Mark {
        line: number(location.line()),
        column: number(location.column()),
        start,
        end: start + byte(span.byte_len()),
    }
}

struct Positioned(Node);

impl<'de> Deserialize<'de> for Positioned {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Plain>::deserialize(deserializer)?;
        Ok(Self(Node {
            mark: mark(&spanned.referenced),
            kind: spanned.value.0,
        }))
    }
}

struct Plain(Kind);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PlainVisitor)
    }
}

struct PlainVisitor;

impl<'de> Visitor<'de> for PlainVisitor {
    type Value = Plain;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Plain, E> {
        Ok(Plain(Kind::Null))
    }

    fn visit_none<E>(self) -> Result<Plain, E> {
        Ok(Plain(Kind::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Plain, E> {
        Ok(Plain(Kind::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Plain, E> {
        Ok(Plain(Kind::Number(value.into())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Plain, E> {
        Ok(Plain(Kind::Number(value.into())))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Plain, E> {
        Number::from_f64(value)
            .map(|number| Plain(Kind::Number(number)))
            .ok_or_else(|| E::custom("no JSON number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Plain, E> {
        Ok(Plain(Kind::Text(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Plain, E> {
        Ok(Plain(Kind::Text(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Plain, A::Error> {
        let mut items = Vec::new();
        while let Some(Positioned(item)) = access.next_element()? {
            items.push(item);
        }
        Ok(Plain(Kind::List(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Plain, A::Error> {
        let mut members = Vec::new();
        while let Some(KeyText(key)) = access.next_key()? {
            let Positioned(value) = access.next_value()?;
            members.push((key, value));
        }
        Ok(Plain(Kind::Map(members)))
    }
}

struct KeyText(Key);

impl<'de> Deserialize<'de> for KeyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Positioned(node) = Positioned::deserialize(deserializer)?;
        match node.kind {
            Kind::Text(name) => Ok(Self(Key {
                name,
                mark: node.mark,
            })),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Map(_) => {
                Err(de::Error::custom(format!(
                    "a key is a text, not {}: put it in quotes",
                    node.describe()
                )))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn at(text: &str, mark: Mark) -> &str {
        &text[mark.start..mark.end]
    }

    #[test]
    fn every_key_and_value_knows_its_place_whatever_the_style() {
        let text = "é: { b: \"x y\", 'c': [1, two] }\nlong: |\n  a\n  b\nlist:\n  - { d: null }\n";
        let tree = parse(text).unwrap();
        assert_eq!(
            tree.to_json(),
            json!({ "é": { "b": "x y", "c": [1, "two"] }, "long": "a\nb\n", "list": [{ "d": null }] })
        );
        let (key, value) = &tree.members()[0];
        assert_eq!(
            (at(text, key.mark), key.mark.line, key.mark.column),
            ("é", 1, 1)
        );
        let (key, inner) = &value.members()[1];
        assert_eq!((at(text, key.mark), key.mark.column), ("'c'", 16));
        assert_eq!(at(text, inner.items()[1].mark), "two");
        let b = value.get("b").unwrap();
        assert_eq!((at(text, b.mark), b.mark.column), ("\"x y\"", 9));
        let d = &tree.get("list").unwrap().items()[0].members()[0].0;
        assert_eq!((d.mark.line, d.mark.column), (6, 7));
    }

    #[test]
    fn plain_scalars_are_what_json_would_make_of_them() {
        let tree =
            parse("[yes, no, on, 007, 1_000, 2011-05-13, 0x1F, 1e3, 4xx, 1.0, ~, '1', true]")
                .unwrap();
        assert_eq!(
            tree.to_json(),
            json!([
                "yes",
                "no",
                "on",
                "007",
                "1_000",
                "2011-05-13",
                31,
                1000.0,
                "4xx",
                1.0,
                null,
                "1",
                true
            ])
        );
    }

    #[test]
    fn what_is_no_strict_yaml_is_refused_with_its_place() {
        for (text, line, part) in [
            ("a: 1\na: 2\n", 2, "twice"),
            ("a: &x 1\nb: *x\n", 1, ""),
            ("a: 1\n<<: { b: 1 }\n", 2, ""),
            ("a: !!binary aGk=\n", 1, ""),
            ("a:\n  - b\n c: 1\n", 3, ""),
            ("a: [1, 2\nb: 1\n", 2, ""),
            ("1: a\n", 1, "quotes"),
            ("a: .nan\n", 1, ""),
            ("a: 1\n---\nb: 2\n", 2, ""),
        ] {
            let error = parse(text).map(|tree| tree.to_json()).expect_err(text);
            assert!(error.message.contains(part), "{text:?}: {error:?}");
            assert_eq!(error.mark.line, line, "{text:?}: {error:?}");
            assert!(
                !error.message.is_empty() && !error.message.contains('\n'),
                "{error:?}"
            );
        }
    }
}
