//! Suites that are made by scimitar and not written by people: trees of the suite language, each part with the place
//! that it was made from, and the frame of a sequence.

use serde_json::{Number, Value};

use super::ids::slug;
use super::source::{Key, Kind, Mark, Node};

/// A text.
pub fn text(mark: Mark, text: impl Into<String>) -> Node {
    Node {
        mark,
        kind: Kind::Text(text.into()),
    }
}

/// `true` or `false`.
pub const fn flag(mark: Mark, on: bool) -> Node {
    Node {
        mark,
        kind: Kind::Bool(on),
    }
}

/// A whole number.
pub fn number(mark: Mark, number: impl Into<Number>) -> Node {
    Node {
        mark,
        kind: Kind::Number(number.into()),
    }
}

/// `null`
pub const fn null(mark: Mark) -> Node {
    Node {
        mark,
        kind: Kind::Null,
    }
}

/// A list.
pub const fn list(mark: Mark, items: Vec<Node>) -> Node {
    Node {
        mark,
        kind: Kind::List(items),
    }
}

/// A mapping whose keys stand where the whole does.
pub fn map<N: Into<String>>(mark: Mark, members: impl IntoIterator<Item = (N, Node)>) -> Node {
    let members = members
        .into_iter()
        .map(|(name, value)| (key(mark, name), value));
    Node {
        mark,
        kind: Kind::Map(members.collect()),
    }
}

/// A key.
pub fn key(mark: Mark, name: impl Into<String>) -> Key {
    Key {
        name: name.into(),
        mark,
    }
}

/// Text of one line: what people wrote into several comes into one.
pub fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in which nothing is filled in.
pub fn literal(text: &str) -> String {
    text.replace("${", "$${")
}

/// The tree of a JSON value, all of it made from one place.
pub fn value(mark: Mark, json: &Value) -> Node {
    match json {
        Value::Null => null(mark),
        Value::Bool(on) => flag(mark, *on),
        Value::Number(value) => number(mark, value.clone()),
        Value::String(value) => text(mark, value.as_str()),
        Value::Array(items) => list(mark, items.iter().map(|item| value(mark, item)).collect()),
        Value::Object(members) => {
            let members = members.iter();
            map(
                mark,
                members.map(|(name, inner)| (name.as_str(), value(mark, inner))),
            )
        }
    }
}

/// A suite whose checks run one after another, made from what something else tells.
#[derive(Debug, Clone)]
pub struct Sequence {
    /// Its title, from which its id is made.
    pub title: String,
    /// What its id is if the title gives none.
    pub otherwise: &'static str,
    /// What it was made from, in a sentence.
    pub origin: String,
    /// The format that it was made from.
    pub imported: &'static str,
    /// The dialect: `2.0` or `1.1`.
    pub scim: &'static str,
    /// Services besides the target, with what each is.
    pub services: Vec<(String, String)>,
    /// Headers of every request; `null` leaves a default one out.
    pub headers: Vec<(String, Node)>,
    /// `Content-Type` of requests with a body, if it is not the dialect's media type.
    pub content_type: Option<String>,
    /// Values from outside, with their defaults.
    pub parameters: Vec<(String, Node)>,
    /// The checks, in order.
    pub checks: Vec<Node>,
}

impl Sequence {
    /// The tree of the suite file.
    pub fn into_node(self, mark: Mark) -> Node {
        let title = line(&self.title);
        let id = match slug(&title, &['.']) {
            slug if slug.is_empty() => self.otherwise.to_owned(),
            slug => slug,
        };
        let title = if title.is_empty() { id.clone() } else { title };
        let mut members = vec![
            ("suite", text(mark, id)),
            ("title", text(mark, title)),
            ("origin", text(mark, self.origin)),
            ("imported", text(mark, self.imported)),
            ("scim", text(mark, self.scim)),
            ("sequence", flag(mark, true)),
        ];
        if !self.services.is_empty() {
            let named = self.services.into_iter();
            members.push((
                "services",
                map(mark, named.map(|(name, what)| (name, text(mark, what)))),
            ));
        }
        if !self.headers.is_empty() {
            members.push(("headers", map(mark, self.headers)));
        }
        if let Some(content_type) = self.content_type {
            members.push(("contentType", text(mark, content_type)));
        }
        if !self.parameters.is_empty() {
            members.push(("parameters", map(mark, self.parameters)));
        }
        members.push(("checks", list(mark, self.checks)));
        map(mark, members)
    }
}
