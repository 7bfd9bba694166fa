//! A request step to the members of a check.

use super::assertion::{self, Source, text_at};
use super::initial::{self, Initial};
use super::payload::{self, is_blank};
use super::property::json_path;
use super::script::{self, Script};
use super::suite::Problems;
use super::template::{Piece, pieces};
use super::url::{self, BadUrl, Destination};
use super::variables::Variables;
use crate::suite::build::{key, list, map, text};
use crate::suite::source::{Kind, Node};

/// The methods that the suite language has.
const METHODS: [&str; 6] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

/// The variable for a whole URL. No variable of an export is likely to be called so.
const URL: &str = "url-of-the-request";

/// What a request step comes to.
#[derive(Default)]
pub(super) struct Request {
    /// Keys of the check besides its steps.
    pub(super) members: Vec<(&'static str, Node)>,
    /// The step; `None` if it can't be sent.
    pub(super) step: Option<Node>,
    /// Why it is not run.
    pub(super) skip: Option<String>,
    /// The service that it changes something on.
    pub(super) changes_service: bool,
    /// Scripts that are not run.
    pub(super) scripts: Vec<Node>,
}

/// Reads a request step, and remembers what it keeps.
pub(super) fn read(step: &Node, variables: &mut Variables, problems: &mut Problems<'_>) -> Request {
    let mut request = Request::default();
    shapes(step, problems);
    let captures = captures(step, problems);
    match outgoing(step, &captures, variables, problems, &mut request) {
        Ok(node) => request.step = node,
        Err(why) => request.skip = Some(why),
    }
    let mut kept = Vec::new();
    for capture in &captures {
        match (&capture.from, &request.step) {
            (Ok(from), Some(_)) => {
                let local = variables.keep(&capture.name);
                kept.push((local, from.clone()));
            }
            (Ok(_), None) => variables.lose(
                &capture.name,
                &format!("`{}` comes from a step that is not run", capture.name),
            ),
            (Err(why), _) => variables.lose(&capture.name, why),
        }
    }
    if let (
        Some(Node {
            kind: Kind::Map(members),
            ..
        }),
        false,
    ) = (&mut request.step, kept.is_empty())
    {
        members.push((key(step.mark, "capture"), map(step.mark, kept)));
    }
    request
}

/// Assertions and variables that a step has at most: a real one has some dozens.
const MOST_ROWS: usize = 1_000;

/// Whether a kind of value may stand somewhere.
type Fits = fn(&Kind) -> bool;

const fn is_list(kind: &Kind) -> bool {
    matches!(kind, Kind::List(_))
}

const fn is_map(kind: &Kind) -> bool {
    matches!(kind, Kind::Map(_))
}

const fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::Text(_))
}

fn is_script(kind: &Kind) -> bool {
    match kind {
        Kind::List(items) => items
            .iter()
            .all(|item| is_text(&item.kind) || is_blank(item)),
        kind => is_text(kind),
    }
}

/// Complains of members that are not what they have to be: what is passed over must not look as if it held.
fn shapes(step: &Node, problems: &mut Problems<'_>) {
    let known: [(&str, Fits, &str); 9] = [
        ("assertions", is_list, "a list"),
        ("variables", is_list, "a list"),
        ("headers", is_map, "an object"),
        ("auth", is_map, "an object"),
        ("scripts", is_script, "a list of texts"),
        ("before_scripts", is_script, "a list of texts"),
        ("note", is_text, "a text"),
        ("method", is_text, "a text"),
        ("url", is_text, "a text"),
    ];
    for (name, fits, what) in known {
        if let Some(node) = step.get(name).filter(|node| !is_blank(node))
            && !fits(&node.kind)
        {
            let given = node.describe();
            problems.push(problems.error(node.mark, format!("`{name}` is {what}, not {given}")));
        }
    }
    for name in ["assertions", "variables"] {
        if let Some(node) = step.get(name).filter(|node| node.items().len() > MOST_ROWS) {
            let count = node.items().len();
            let problem = problems.error(
                node.mark,
                format!("{count} {name} are more than a step has ({MOST_ROWS})"),
            );
            problems.push(problem.help("make several steps of it"));
        }
    }
}

/// A variable that a step keeps.
struct Kept {
    name: String,
    /// What of the answer, or why it can't be kept.
    from: Result<Node, String>,
}

fn captures(step: &Node, problems: &mut Problems<'_>) -> Vec<Kept> {
    let mut captures: Vec<Kept> = Vec::new();
    for row in rows(step, "variables") {
        let name = text_at(row, "name").trim();
        if name.is_empty() {
            // A row that somebody left blank.
            continue;
        }
        let Some(source) = Source::of(row, problems) else {
            continue;
        };
        let property = text_at(row, "property");
        let from = match source {
            Source::Json => match json_path(property) {
                Ok(path) => Ok(path),
                Err(problem) => {
                    problems.push(problems.error(row.mark, problem));
                    continue;
                }
            },
            Source::Headers => Ok(format!("header {property}")),
            Source::Status => Ok("status".to_owned()),
            Source::Xml | Source::Text | Source::Time | Source::Size => Err(format!(
                "`{name}` comes from {}, of which scimitar keeps nothing",
                text_at(row, "source")
            )),
        };
        captures.retain(|known| known.name != name);
        captures.push(Kept {
            name: name.to_owned(),
            from: from.map(|from| text(row.mark, from)),
        });
    }
    captures
}

/// The step that is sent and judged; `None` if what is wrong with it has been told.
fn outgoing(
    step: &Node,
    captures: &[Kept],
    variables: &mut Variables,
    problems: &mut Problems<'_>,
    request: &mut Request,
) -> Result<Option<Node>, String> {
    let mark = step.mark;
    let before = script_nodes(step, "before_scripts");
    if before.iter().any(|script| !is_blank(script)) {
        return Err("a script is to run before it, and scimitar runs no JavaScript".to_owned());
    }
    let Some(method) = method(step, problems)? else {
        return Ok(None);
    };
    let Some(url) = step.get("url").filter(|url| url.text().is_some()) else {
        let problem = problems.error(mark, "this request has no `url`");
        problems.push(problem.help("give it one, such as `{{SCIMBaseURL}}/Users`"));
        return Ok(None);
    };
    let destination = match url::read(url.text().unwrap_or_default(), variables) {
        Ok(destination) => destination,
        Err(BadUrl::NotRun(why)) => return Err(why),
        Err(BadUrl::Wrong(problem)) => {
            let problem = problems.error(url.mark, problem);
            problems.push(problem.help("it starts with `{{SCIMBaseURL}}`, or with `https://`"));
            return Ok(None);
        }
    };
    let headers = payload::headers(step, variables)?;
    let credentials = payload::credentials(step, headers.authorization.as_ref(), variables)?;
    let body = payload::body(step, variables)?;
    let mut members = Vec::new();
    let mut locals = Vec::new();
    let verb = method.to_lowercase();
    match destination {
        Destination::Target(path) => members.push((key(url.mark, verb), text(url.mark, path))),
        Destination::Service(service, path) => {
            request.changes_service = !matches!(method.as_str(), "GET" | "HEAD");
            members.push((key(url.mark, verb), text(url.mark, path)));
            members.push((key(url.mark, "service"), text(url.mark, service)));
        }
        Destination::Url(whole) => {
            let at = text(url.mark, whole);
            request
                .members
                .push(("when", map(url.mark, [("atTarget", at.clone())])));
            locals.push((URL, at));
            members.push((key(url.mark, verb), text(url.mark, format!("${{{URL}}}"))));
        }
    }
    if !headers.plain.is_empty() {
        let plain = headers
            .plain
            .into_iter()
            .map(|(name, value)| (name.clone(), value));
        members.push((
            key(mark, "headers"),
            Node {
                mark,
                kind: Kind::Map(plain.collect()),
            },
        ));
    }
    locals.extend(credentials.login.map(|login| (payload::LOGIN, login)));
    if !locals.is_empty() {
        request.members.push(("variables", map(mark, locals)));
    }
    let send_as = credentials.send_as;
    members.extend(send_as.map(|node| (key(node.mark, "as"), node)));
    members.extend(body.map(|node| (key(node.mark, "raw"), node)));
    let expect = expectations(step, captures, variables, problems, request)?;
    members.push((key(mark, "expect"), expect));
    Ok(Some(Node {
        mark,
        kind: Kind::Map(members),
    }))
}

/// The method in capitals; `None` if what is wrong with it has been told.
fn method(step: &Node, problems: &mut Problems<'_>) -> Result<Option<String>, String> {
    let method = text_at(step, "method").trim().to_ascii_uppercase();
    if method.is_empty() {
        let problem = problems.error(step.mark, "this request has no `method`");
        problems.push(problem.help(format!("give it one of {}", METHODS.join(", "))));
        return Ok(None);
    }
    if METHODS.contains(&method.as_str()) {
        Ok(Some(method))
    } else {
        Err(format!(
            "its method is {method}, which scimitar does not send"
        ))
    }
}

/// What a step demands: its assertions and the scripts that are known.
fn expectations(
    step: &Node,
    captures: &[Kept],
    variables: &mut Variables,
    problems: &mut Problems<'_>,
    request: &mut Request,
) -> Result<Node, String> {
    let mut entries = Vec::new();
    for row in rows(step, "assertions") {
        // Extraction comes before assertions there, and after them here.
        let own = pieces(text_at(row, "value"))
            .into_iter()
            .find_map(|piece| match piece {
                Piece::Variable(name) => captures.iter().find(|kept| kept.name == name),
                Piece::Text(_) | Piece::Function(_) => None,
            });
        if let Some(own) = own.filter(|own| initial::of(&own.name) == Initial::Given) {
            return Err(format!(
                "it compares with `{{{{{}}}}}`, which it takes from the same answer",
                own.name
            ));
        }
        assertion::add(row, &mut entries, variables, problems)?;
    }
    for script in script_nodes(step, "scripts") {
        match script::read(script.mark, script.text().unwrap_or_default(), variables) {
            Script::Blank => {}
            Script::Known(more) => entries.extend(more),
            Script::Unknown => request.scripts.push(script.clone()),
        }
    }
    if entries.is_empty() {
        // Without assertions a step passes when it is answered.
        let any = map(step.mark, [("type", text(step.mark, "integer"))]);
        entries.push(map(step.mark, [("status", any)]));
    }
    Ok(match entries.as_slice() {
        [one] => one.clone(),
        _ => list(step.mark, entries),
    })
}

fn rows<'n>(step: &'n Node, name: &str) -> impl Iterator<Item = &'n Node> {
    let rows = step.get(name).map_or(&[][..], Node::items);
    rows.iter().take(MOST_ROWS)
}

fn script_nodes<'n>(step: &'n Node, name: &str) -> Vec<&'n Node> {
    step.get(name)
        .map_or(&[][..], Node::one_or_many)
        .iter()
        .filter(|script| script.text().is_some())
        .collect()
}
