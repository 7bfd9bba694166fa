//! Expectations.

use std::collections::{BTreeMap, BTreeSet};

use serde_json_path::JsonPath;

use super::condition::{self, Moment};
use super::matcher;
use super::names::Names;
use super::reader::{Reader, head};
use crate::scim::error::ScimType;
use crate::scim::filter::Filter;
use crate::suite::expect::{
    BodyShape, Demand, DemandKind, Entry, ErrorMatcher, Matcher, Represented, SameAs,
    StatusMatcher, StatusRange, TimeMatcher,
};
use crate::suite::source::{Key, Kind, Mark, Node};
use crate::suite::template::Template;
use crate::suite::xpath::XPath;

/// What is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// One response.
    Response {
        /// Whether its request had a JSON body.
        sends_json: bool,
    },
    /// The responses of requests that were sent at the same moment.
    Answers,
    /// The resources of a walk.
    Resources,
}

impl Subject {
    /// What is judged instead of one response.
    pub(super) const fn hint(self) -> &'static str {
        match self {
            Self::Response { .. } => "",
            Self::Answers => {
                "what is judged here is the list of all responses: `$[*].status`, `$[0].body.id`"
            }
            Self::Resources => "what is judged here is the list of all resources: `$[*].id`",
        }
    }
}

pub(super) fn read(
    reader: &mut Reader<'_>,
    node: &Node,
    names: &Names,
    subject: Subject,
) -> Vec<Entry> {
    node.one_or_many()
        .iter()
        .filter(|entry| matches!(entry.kind, Kind::Map(_)))
        .map(|node| entry(reader, node, names, subject))
        .collect()
}

/// The traits that entries may see.
pub(super) fn traits(entries: &[Entry], into: &mut BTreeMap<String, BTreeSet<Option<String>>>) {
    for entry in entries {
        for (name, value) in &entry.traits {
            let value = match value {
                Template::Literal(value) => value.as_str().map(str::to_owned),
                Template::Whole(_)
                | Template::Text(_)
                | Template::List(_)
                | Template::Map(_)
                | Template::Each { .. }
                | Template::Merge(_) => None,
            };
            into.entry(name.clone()).or_default().insert(value);
        }
        for demand in &entry.demands {
            if let DemandKind::Any(choices) = &demand.kind {
                traits(choices, into);
            }
        }
    }
}

fn entry(reader: &mut Reader<'_>, node: &Node, names: &Names, subject: Subject) -> Entry {
    let when = node
        .get("when")
        .map(|when| condition::read(reader, when, names, Moment::Response));
    let because = node.get("because").and_then(|because| {
        reader.plain(because, "`because` is shown as it stands");
        because.text().map(str::to_owned)
    });
    let traits = reader.templates(node.get("trait"), names);
    let demands: Vec<Demand> = node
        .members()
        .iter()
        .flat_map(|(key, value)| demands(reader, key, value, names, subject))
        .collect();
    // An unknown key has been told already, and is what should have been demanded.
    let beside = ["level", "when", "because", "trait"];
    if demands.is_empty()
        && node
            .members()
            .iter()
            .all(|(key, _)| beside.contains(&key.name.as_str()))
        && !node.members().is_empty()
    {
        let problem = reader.error(head(node), "this demands nothing");
        reader.push(
            problem.help("name a location, such as `status: 200` or `$.id: { type: string }`"),
        );
    }
    Entry {
        level: Reader::level(node),
        when,
        because,
        traits,
        demands,
        location: reader.location_of(node),
    }
}

fn demands(
    reader: &mut Reader<'_>,
    key: &Key,
    value: &Node,
    names: &Names,
    subject: Subject,
) -> Vec<Demand> {
    let location = reader.location(key.mark);
    let needs_response = matches!(
        key.name.as_str(),
        "status"
            | "headers"
            | "body"
            | "text"
            | "size"
            | "xml"
            | "time"
            | "resource"
            | "list"
            | "error"
    );
    if needs_response && !matches!(subject, Subject::Response { .. }) {
        let problem = reader.error(
            key.mark,
            format!("there is no one response that `{}` could look at", key.name),
        );
        reader.push(problem.help(subject.hint()));
    }
    if key.name == "xml" {
        return value
            .members()
            .iter()
            .map(|(path, value)| Demand {
                kind: xml(reader, path, value, names),
                location: reader.location(path.mark),
            })
            .collect();
    }
    if key.name == "headers" {
        return value
            .members()
            .iter()
            .map(|(name, value)| {
                let matcher = header(reader, name, value, names);
                let location = reader.location(name.mark);
                Demand {
                    kind: DemandKind::Header {
                        name: name.name.clone(),
                        matcher,
                    },
                    location,
                }
            })
            .collect();
    }
    kind(reader, key, value, names, subject)
        .map(|kind| Demand { kind, location })
        .into_iter()
        .collect()
}

fn kind(
    reader: &mut Reader<'_>,
    key: &Key,
    value: &Node,
    names: &Names,
    subject: Subject,
) -> Option<DemandKind> {
    Some(match key.name.as_str() {
        "status" => DemandKind::Status(status(reader, value, names)),
        "body" => DemandKind::Body(match value.text()? {
            "none" => BodyShape::None,
            _ => BodyShape::Json,
        }),
        "time" => DemandKind::Time(match value.text() {
            Some(text) => TimeMatcher::Under(crate::suite::grammar::duration(text)?),
            None => TimeMatcher::Schema(matcher::read(reader, value, names)),
        }),
        "text" => DemandKind::Text(matcher::read(reader, value, names)),
        "size" => DemandKind::Size(matcher::read(reader, value, names)),
        "resource" => DemandKind::Resource(represented(reader, value)),
        "list" => DemandKind::List(represented(reader, value)),
        "error" => DemandKind::Error(error(reader, value)),
        "sameAs" => DemandKind::SameAs(same_as(reader, value, names, subject)),
        "selects" => selects(reader, value, names),
        "any" => DemandKind::Any(
            value
                .items()
                .iter()
                .filter(|choice| matches!(choice.kind, Kind::Map(_)))
                .map(|choice| entry(reader, choice, names, subject))
                .collect(),
        ),
        path if path.starts_with('$') => {
            let path = json_path(reader, key.mark, path, names);
            DemandKind::Path {
                path,
                matcher: matcher::read(reader, value, names),
            }
        }
        _ => return None,
    })
}

/// `xml: { PATH: … }`
fn xml(reader: &mut Reader<'_>, path: &Key, value: &Node, names: &Names) -> DemandKind {
    if let Err(problem) = XPath::parse(&path.name) {
        let problem = reader.error(path.mark, format!("`{}`: {problem}", path.name));
        reader.push(problem.help(
            "names, `*`, `@name`, `text()`, `//`, `[2]` and `[@name='value']` are known: `/Users/User[1]/userName`",
        ));
    }
    DemandKind::Xml {
        path: path.name.clone(),
        matcher: matcher::read(reader, value, names),
    }
}

/// The name of a resource type, as it stands.
fn represented(reader: &mut Reader<'_>, node: &Node) -> Represented {
    match node.text() {
        Some("any") => Represented::Any,
        _ => Represented::Named(resource_type(reader, node)),
    }
}

pub(super) fn resource_type(reader: &mut Reader<'_>, node: &Node) -> String {
    let text = node.text().unwrap_or_default();
    let known = &reader.world.resource_types;
    if text.contains("${") {
        reader.plain(node, "a resource type is named");
    } else if !text.is_empty() && !known.contains(text) && !text.starts_with("urn:") {
        let problem = reader.error(node.mark, format!("no resource type is known as `{text}`"));
        let near = crate::suite::nearest::nearest(text, known.iter().map(String::as_str));
        let help = near.map_or_else(
            || "a type of its own needs a fixture that names it as its `resourceType`, or is named by its schema's URN".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        reader.push(problem.help(help));
    }
    text.to_owned()
}

/// A JSONPath; if nothing has to be filled in, it is one.
pub(super) fn json_path(
    reader: &mut Reader<'_>,
    mark: Mark,
    text: &str,
    names: &Names,
) -> Template {
    let template = reader.template_of(mark, text, names);
    if let Template::Literal(literal) = &template
        && let Some(path) = literal.as_str()
        && path.starts_with('$')
        && let Err(error) = JsonPath::parse(path)
    {
        let rest: String = path.chars().skip(error.position()).take(24).collect();
        let problem = reader.error(mark, format!("`{path}` is no JSONPath (RFC 9535)"));
        let problem = if rest.is_empty() {
            problem.label("it ends too early")
        } else {
            problem.label(format!(
                "from character {} on: `{rest}`",
                error.position() + 1
            ))
        };
        // The slips that are made most.
        reader.push(if path.contains("[?") && !path.contains('@') {
            problem.help("in a filter the element is `@`: `$.emails[?@.type == 'work']`")
        } else if path.contains([':', '-', ' ']) || path.trim_start_matches('$').contains('$') {
            problem.help("a name with `:`, `-`, `$` or a blank is written `['…']`: `$['urn:ietf:params:…:User'].department`")
        } else {
            problem
        });
    }
    template
}

fn header(reader: &mut Reader<'_>, name: &Key, value: &Node, names: &Names) -> Matcher {
    match &value.kind {
        Kind::Null => {
            let problem = reader.error(
                name.mark,
                "a header that is to be missing is written `{ absent: true }`",
            );
            reader.push(problem);
        }
        Kind::Number(_) | Kind::Bool(_) | Kind::List(_) => {
            let problem = reader.error(
                value.mark,
                format!(
                    "a header is a text, so it never equals {}",
                    value.describe()
                ),
            );
            reader.push(problem.help(
                "put it in quotes, or write a schema: `{ asNumber: 0 }`, `{ enum: [a, b] }`",
            ));
        }
        Kind::Text(_) | Kind::Map(_) => {}
    }
    matcher::read(reader, value, names)
}

fn status(reader: &mut Reader<'_>, node: &Node, names: &Names) -> StatusMatcher {
    match &node.kind {
        Kind::Map(_) => StatusMatcher::Schema(matcher::read(reader, node, names)),
        Kind::Text(text) if text.starts_with("${") => {
            StatusMatcher::Schema(matcher::read(reader, node, names))
        }
        _ => StatusMatcher::OneOf(ranges(node)),
    }
}

/// Codes and classes of status.
pub(super) fn ranges(node: &Node) -> Vec<StatusRange> {
    let range = |node: &Node| match &node.kind {
        Kind::Number(code) => code
            .as_u64()
            .and_then(|code| u16::try_from(code).ok())
            .map(StatusRange::Code),
        Kind::Text(text) => text
            .strip_suffix("xx")?
            .parse()
            .ok()
            .map(StatusRange::Class),
        _ => None,
    };
    node.one_or_many().iter().filter_map(range).collect()
}

fn error(reader: &mut Reader<'_>, node: &Node) -> ErrorMatcher {
    if node.text() == Some("any") {
        return ErrorMatcher::Any;
    }
    let words: Vec<&str> = ScimType::ALL.iter().map(|known| known.word()).collect();
    let mut types = Vec::new();
    for item in node.one_or_many() {
        let Some(text) = item.text() else { continue };
        if !words.contains(&text) {
            let problem = reader.error(
                item.mark,
                format!("`{text}` is no `scimType` (RFC 7644 table 9, RFC 9865)"),
            );
            reader.push(
                match crate::suite::nearest::nearest(text, words.iter().copied()) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help(format!("`any`, or some of {}", words.join(", "))),
                },
            );
        }
        types.push(text.to_owned());
    }
    ErrorMatcher::ScimTypes(types)
}

fn same_as(reader: &mut Reader<'_>, node: &Node, names: &Names, subject: Subject) -> SameAs {
    match node.text() {
        Some("sent") => {
            if !matches!(subject, Subject::Response { sends_json: true }) {
                let problem = reader.error(
                    node.mark,
                    "this step sends no JSON body that `sent` could be",
                );
                reader.push(problem.help("compare with what an earlier step sent or got: `sameAs: \"${sent.user}\"`, a variable or a capture"));
            }
            SameAs::Sent
        }
        Some(text) if !text.contains("${") => {
            let problem = reader.error(
                node.mark,
                format!("`sameAs` is `sent` or a resource, not the text `{text}`"),
            );
            let help = if names.has(text) {
                format!("write `${{{text}}}`")
            } else {
                "write `${…}` for a resource".to_owned()
            };
            reader.push(problem.help(help));
            SameAs::Sent
        }
        _ => SameAs::Value(reader.template(node, names)),
    }
}

fn selects(reader: &mut Reader<'_>, node: &Node, names: &Names) -> DemandKind {
    let filter = reader.template_at(node, "filter", names);
    if let (Template::Literal(text), Some(at)) = (&filter, node.get("filter"))
        && let Some(text) = text.as_str()
        && let Err(error) = Filter::parse(text)
    {
        let problem = reader.error(
            at.mark,
            format!("this is no filter (RFC 7644 §3.4.2.2): {error}"),
        );
        reader.push(problem);
    }
    let among = reader.template_at(node, "among", names);
    if let (Template::Literal(value), Some(at)) = (&among, node.get("among"))
        && value.is_string()
    {
        let problem = reader.error(
            at.mark,
            "`among` is a list of resources, such as `${people}`",
        );
        reader.push(problem);
    }
    DemandKind::Selects { filter, among }
}
