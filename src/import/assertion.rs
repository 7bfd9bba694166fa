//! Assertions to entries of `expect`.

use super::comparison::{Comparison, is_number};
use super::property::json_path;
use super::suite::Problems;
use super::variables::{Place, Variables};
use crate::suite::build::{key, map, null, number, text};
use crate::suite::source::{Kind, Mark, Node};
use crate::suite::template::{number_of, text_of};
use crate::suite::xpath::XPath;

/// What assertions and extractions look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Status,
    Headers,
    Json,
    Xml,
    Text,
    Time,
    Size,
}

impl Source {
    /// All of them, with their words; older documents write one differently.
    pub(super) const WORDS: [(&'static str, Self); 8] = [
        ("response_status", Self::Status),
        ("response_headers", Self::Headers),
        ("response_json", Self::Json),
        ("response_xml", Self::Xml),
        ("response_text", Self::Text),
        ("response_time", Self::Time),
        ("response_size", Self::Size),
        ("response_header", Self::Headers),
    ];

    /// The word of a row.
    pub(super) fn of(row: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        word(row, "source", &Self::WORDS, problems)
    }
}

/// One of some words at a key.
fn word<T: Copy>(
    row: &Node,
    name: &str,
    words: &[(&'static str, T)],
    problems: &mut Problems<'_>,
) -> Option<T> {
    let Some(node) = row.get(name) else {
        problems.push(problems.error(row.mark, format!("this has no `{name}`")));
        return None;
    };
    let given = node.text().unwrap_or_default();
    let found = words.iter().find(|(word, _)| *word == given);
    if found.is_none() {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let problem = problems.error(node.mark, format!("`{given}` is no `{name}` that is known"));
        let near = crate::suite::nearest::nearest(given, known.iter().copied());
        problems.push(problem.help(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("they are {}", known.join(", ")),
        }));
    }
    found.map(|(_, value)| *value)
}

/// The text at a key, empty if there is none or `null`.
pub(super) fn text_at<'n>(row: &'n Node, name: &str) -> &'n str {
    row.get(name).and_then(Node::text).unwrap_or_default()
}

/// Adds what an assertion demands to some entries.
///
/// # Errors
/// Why it can't be judged, in words.
pub(super) fn add(
    row: &Node,
    entries: &mut Vec<Node>,
    variables: &mut Variables,
    problems: &mut Problems<'_>,
) -> Result<(), String> {
    let mark = row.mark;
    let source = Source::of(row, problems);
    let comparison = word(row, "comparison", &Comparison::WORDS, problems);
    let (Some(source), Some(comparison)) = (source, comparison) else {
        return Ok(());
    };
    let Some(value) = value(row, comparison, variables, problems)? else {
        return Ok(());
    };
    let textual = matches!(source, Source::Headers | Source::Text | Source::Xml);
    let schema = || comparison.schema(mark, value.clone(), textual);
    let property = text_at(row, "property");
    let at = row.get("property").map_or(mark, |node| node.mark);
    let (name, inner, matcher) = match source {
        Source::Status => (
            "status".to_owned(),
            None,
            status(comparison, &value, schema),
        ),
        Source::Size => ("size".to_owned(), None, schema()),
        Source::Text => ("text".to_owned(), None, schema()),
        Source::Time => ("time".to_owned(), None, time(comparison, &value, schema)),
        Source::Json => match json_path(property) {
            Ok(path) => (path, None, schema()),
            Err(problem) => {
                problems.push(problems.error(at, problem).help(
                    "a property is a path such as `Resources[0].name.givenName`; a name with dots stands in brackets and quotes",
                ));
                return Ok(());
            }
        },
        Source::Headers => {
            if property.is_empty() {
                problems.push(
                    problems
                        .error(mark, "this assertion on headers names none")
                        .help("put the header's name at `property`"),
                );
                return Ok(());
            }
            ("headers".to_owned(), Some(property.to_owned()), schema())
        }
        Source::Xml => match XPath::parse(property) {
            Ok(_) => ("xml".to_owned(), Some(property.to_owned()), schema()),
            Err(problem) => return Err(format!("`{property}`: {problem}")),
        },
    };
    place(entries, mark, &name, inner, matcher);
    Ok(())
}

/// What is compared with; `None` if that has been told to be wrong.
fn value(
    row: &Node,
    comparison: Comparison,
    variables: &mut Variables,
    problems: &mut Problems<'_>,
) -> Result<Option<Node>, String> {
    if !comparison.takes_value() {
        return Ok(Some(null(row.mark)));
    }
    let place = if comparison.is_numeric() {
        Place::Number
    } else {
        Place::Text
    };
    let mark = row.get("value").map_or(row.mark, |node| node.mark);
    let value = match row.get("value").map(|node| (&node.kind, node)) {
        Some((Kind::Text(given), _)) => text(mark, variables.text(given, place)?),
        // `null` is the empty text.
        Some((Kind::Null, _)) | None => text(mark, ""),
        Some((Kind::Number(_) | Kind::Bool(_), node)) => text(mark, text_of(&node.to_json())),
        Some((Kind::List(_) | Kind::Map(_), node)) => {
            let what = node.describe();
            problems
                .push(problems.error(mark, format!("`value` is a text or a number, not {what}")));
            return Ok(None);
        }
    };
    if comparison.is_numeric() && !is_number(&value) {
        let shown = value.text().unwrap_or_default();
        let problem = problems.error(mark, format!("`{shown}` is no number to compare with"));
        problems.push(problem.help("put a number or a `{{variable}}` at `value`"));
        return Ok(None);
    }
    Ok(Some(value))
}

/// `status: 200` where that says it all.
fn status(comparison: Comparison, value: &Node, schema: impl Fn() -> Node) -> Node {
    let code = value.text().and_then(number_of).and_then(|n| n.as_u64());
    match (comparison, code) {
        (Comparison::Equal | Comparison::EqualNumber, Some(code @ 100..=599)) => {
            number(value.mark, code)
        }
        _ => schema(),
    }
}

/// `time: 600ms` where that says it all.
fn time(comparison: Comparison, value: &Node, schema: impl Fn() -> Node) -> Node {
    let limit = value.text().and_then(number_of).and_then(|n| n.as_u64());
    match (comparison, limit) {
        (Comparison::IsLessThan, Some(limit @ 0..=99_999_999)) => {
            text(value.mark, format!("{limit}ms"))
        }
        _ => schema(),
    }
}

/// What one entry demands at most: a longer one is hard to read, and slow to put together.
const LONGEST: usize = 64;

/// Puts a demand into the last entry, or into a new one where it is taken.
fn place(entries: &mut Vec<Node>, mark: Mark, name: &str, inner: Option<String>, matcher: Node) {
    let last = entries.last_mut().map(|entry| &mut entry.kind);
    if let Some(Kind::Map(members)) = last {
        let plain =
            members.len() < LONGEST && members.iter().all(|(known, _)| known.name != "when");
        match (
            members.iter_mut().find(|(known, _)| known.name == name),
            &inner,
        ) {
            (None, _) if plain => {
                let value = match inner {
                    Some(inner) => map(mark, [(inner, matcher)]),
                    None => matcher,
                };
                members.push((key(mark, name), value));
                return;
            }
            (
                Some((
                    _,
                    Node {
                        kind: Kind::Map(of),
                        ..
                    },
                )),
                Some(inner),
            ) if plain && of.iter().all(|(known, _)| known.name != *inner) => {
                of.push((key(mark, inner.as_str()), matcher));
                return;
            }
            _ => {}
        }
    }
    let value = match inner {
        Some(inner) => map(mark, [(inner, matcher)]),
        None => matcher,
    };
    entries.push(map(mark, [(name, value)]));
}
