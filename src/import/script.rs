//! Scripts after a request. No JavaScript is run: the few that Okta's tests hold are known by their text and said in
//! the suite language; any other is told to have not been run.

use std::fmt::Write as _;

use ring::digest::{SHA256, digest};

use super::variables::{Place, Variables};
use crate::suite::build::{flag, list, map, number, text};
use crate::suite::source::{Mark, Node};

/// What a script is.
pub(super) enum Script {
    /// Nothing.
    Blank,
    /// One that is known: what it demands, as entries of `expect`.
    Known(Vec<Node>),
    /// Another one.
    Unknown,
}

/// A script that is known.
#[derive(Debug, Clone, Copy)]
enum Known {
    /// Parses the answer to a list of groups; all its assertions hold whatever is in it.
    GroupsAnswered,
    /// Asserts that `userName` in small letters is not the name that was drawn.
    NameHasCapitals,
    /// Asserts that there is at least one group.
    GroupsThere,
}

/// SHA-256 of the scripts without their white space.
const KNOWN: [(&str, Known); 3] = [
    (
        "b0328eec45aaa310cc0792ad4a80d5d7152f766f6231080c85c273151d7c4522",
        Known::GroupsAnswered,
    ),
    (
        "63cbb76bc71114ab47441cbe23ee02b29a47bb9b049c3e89d17e3ac3c268b840",
        Known::NameHasCapitals,
    ),
    (
        "e176f1b4ad4d11d1ff62bc2e5c6152c6ae7b1a0a600bc2064dd91a9a3e0a361a",
        Known::GroupsThere,
    ),
];

/// Recognises a script.
pub(super) fn read(mark: Mark, source: &str, variables: &mut Variables) -> Script {
    let bare: String = source.split_whitespace().collect();
    if bare.is_empty() {
        return Script::Blank;
    }
    let hash = digest(&SHA256, bare.as_bytes());
    let hash = hash.as_ref().iter().fold(String::new(), |mut hex, byte| {
        // A `String` takes any write: the result can't be an error.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    match KNOWN.iter().find(|(known, _)| *known == hash) {
        Some((_, known)) => known
            .entries(mark, variables)
            .map_or(Script::Unknown, Script::Known),
        None => Script::Unknown,
    }
}

impl Known {
    fn entries(self, mark: Mark, variables: &mut Variables) -> Result<Vec<Node>, String> {
        Ok(match self {
            Self::GroupsAnswered => vec![map(mark, [("body", text(mark, "json"))])],
            Self::GroupsThere => {
                let some = map(mark, [("minimum", number(mark, 1))]);
                vec![map(
                    mark,
                    [
                        ("$.totalResults", map(mark, [("asNumber", some)])),
                        ("$.Resources", map(mark, [("type", text(mark, "array"))])),
                    ],
                )]
            }
            Self::NameHasCapitals => {
                let drawn = variables.text("{{randomUsername}}", Place::Text)?;
                let lowered = drawn.replace('}', "|lower}");
                let other = map(mark, [("ignoringCase", text(mark, drawn.as_str()))]);
                let same = list(mark, vec![text(mark, drawn), text(mark, lowered)]);
                vec![
                    map(
                        mark,
                        [("$.userName", map(mark, [("type", text(mark, "string"))]))],
                    ),
                    // Only a name without capitals can be its own small letters.
                    map(
                        mark,
                        [
                            ("when", map(mark, [("equal", same)])),
                            (
                                "$.userName",
                                map(mark, [("not", other), ("optional", flag(mark, true))]),
                            ),
                        ],
                    ),
                ]
            }
        })
    }
}
