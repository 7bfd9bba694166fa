//! Trees of the suite language, made from places of an export.

use serde_json::Number;

use crate::suite::source::{Key, Kind, Mark, Node};

/// A text.
pub(super) fn text(mark: Mark, text: impl Into<String>) -> Node {
    Node {
        mark,
        kind: Kind::Text(text.into()),
    }
}

/// `true` or `false`.
pub(super) const fn flag(mark: Mark, on: bool) -> Node {
    Node {
        mark,
        kind: Kind::Bool(on),
    }
}

/// A whole number.
pub(super) fn number(mark: Mark, number: impl Into<Number>) -> Node {
    Node {
        mark,
        kind: Kind::Number(number.into()),
    }
}

/// `null`
pub(super) const fn null(mark: Mark) -> Node {
    Node {
        mark,
        kind: Kind::Null,
    }
}

/// A list.
pub(super) const fn list(mark: Mark, items: Vec<Node>) -> Node {
    Node {
        mark,
        kind: Kind::List(items),
    }
}

/// A mapping whose keys stand where the whole does.
pub(super) fn map<N: Into<String>>(
    mark: Mark,
    members: impl IntoIterator<Item = (N, Node)>,
) -> Node {
    let members = members
        .into_iter()
        .map(|(name, value)| (key(mark, name), value));
    Node {
        mark,
        kind: Kind::Map(members.collect()),
    }
}

/// A key.
pub(super) fn key(mark: Mark, name: impl Into<String>) -> Key {
    Key {
        name: name.into(),
        mark,
    }
}

/// Text of one line: what people wrote into several comes into one.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in which nothing is filled in.
pub(super) fn literal(text: &str) -> String {
    text.replace("${", "$${")
}
