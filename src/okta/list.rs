//! Lists as Okta's client reads them: those of a lookup, and the pages of an import.

use serde_json::{Map, Value};

use super::cut;
use super::identifier::id_of;

/// The longest part of a count that is shown, in characters.
const LONGEST: usize = 60;

/// What keeps Okta from reading a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListProblem {
    /// A sentence without its full stop.
    pub text: String,
    /// Whether it is a count that is no whole number: then Okta stops, and says no reason.
    pub is_count: bool,
}

/// The resource that a lookup found: the first of those listed. `None`: there is none.
///
/// # Errors
/// What keeps Okta from reading the list.
pub fn found(list: &Value) -> Result<Option<&Value>, ListProblem> {
    let listed = listed(list)?;
    if let Some(problem) = listed.resources.iter().find_map(|one| id_of(one).err()) {
        return Err(other(&format!("a resource that was found {problem}")));
    }
    match (listed.resources.first(), listed.total) {
        (None, Some(total @ 1..)) => Err(other(&format!(
            "totalResults is {total}, but nothing is listed"
        ))),
        (first, _) => Ok(first),
    }
}

/// A list whose form Okta takes.
pub(super) struct Listed<'a> {
    /// `totalResults`; `None` if it is below zero.
    pub(super) total: Option<u64>,
    pub(super) resources: &'a [Value],
}

/// Reads a list.
pub(super) fn listed(list: &Value) -> Result<Listed<'_>, ListProblem> {
    let Some(members) = list.as_object() else {
        return Err(other("the answer is no object"));
    };
    for name in ["totalResults", "startIndex", "itemsPerPage"] {
        match member(members, name) {
            Some(count) if !count.is_u64() && !count.is_i64() => {
                return Err(ListProblem {
                    text: format!(
                        "{name} is {}, and Okta takes JSON whole numbers only",
                        cut(&count.to_string(), LONGEST)
                    ),
                    is_count: true,
                });
            }
            None if name == "totalResults" => return Err(other("the answer has no totalResults")),
            _ => {}
        }
    }
    let total = member(members, "totalResults").and_then(Value::as_u64);
    match member(members, "Resources") {
        Some(Value::Array(resources)) => Ok(Listed { total, resources }),
        None if total == Some(0) => Ok(Listed {
            total,
            resources: &[],
        }),
        _ => Err(other("the answer has no array `Resources`")),
    }
}

fn other(text: &str) -> ListProblem {
    ListProblem {
        text: text.to_owned(),
        is_count: false,
    }
}

/// A member of a list, whose name Okta takes in small letters too.
fn member<'a>(list: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let small = || list.get(&name.to_ascii_lowercase());
    list.get(name).or_else(small)
}
