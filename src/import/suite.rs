//! An export to a suite.

use super::assertion::text_at;
use super::check::Note;
use super::request;
use super::variables::Variables;
use crate::suite::Diagnostic;
use crate::suite::build::{Sequence, line, list, map, null, text};
use crate::suite::ids::Ids;
use crate::suite::source::{Key, Kind, Mark, Node};

/// What is wrong with an export.
pub(super) struct Problems<'a> {
    file: &'a str,
    found: Vec<Diagnostic>,
}

impl Problems<'_> {
    /// An error at a place, to be pushed when it is complete.
    pub(super) fn error(&self, mark: Mark, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.file, mark, message)
    }

    /// Adds a problem.
    pub(super) fn push(&mut self, problem: Diagnostic) {
        self.found.push(problem);
    }
}

/// Translates an export.
///
/// # Errors
/// All that is wrong with it.
pub(super) fn read(file: &str, tree: &Node) -> Result<Node, Vec<Diagnostic>> {
    let mut problems = Problems {
        file,
        found: Vec::new(),
    };
    let mark = tree.mark;
    let steps = match tree.get("steps").map(|steps| &steps.kind) {
        Some(Kind::List(steps)) if !steps.is_empty() => steps.as_slice(),
        Some(Kind::List(_)) => {
            let problem = problems.error(mark, "this export has no step: its `steps` are empty");
            return Err(vec![problem]);
        }
        _ => {
            let problem = problems.error(
                mark,
                "this is no Runscope or BlazeMeter export: it has no list of `steps`",
            );
            return Err(vec![problem.help(
                "an export is what `Export` of a test in BlazeMeter API Monitoring gives",
            )]);
        }
    };
    let mut checks = Checks {
        variables: Variables::default(),
        ids: Ids::default(),
        pause: None,
        changed: None,
        made: Vec::new(),
    };
    for step in steps {
        checks.step(step, &mut problems);
    }
    if checks.made.is_empty() && problems.found.is_empty() {
        let problem = problems.error(mark, "nothing in this export is a request");
        problems.push(problem.help("a test needs a step whose `step_type` is `request`"));
    }
    if !problems.found.is_empty() {
        return Err(problems.found);
    }
    Ok(whole(tree, checks))
}

fn whole(tree: &Node, checks: Checks) -> Node {
    let mark = tree.mark;
    let name = line(text_at(tree, "name"));
    let named = if name.is_empty() { "imported" } else { &name };
    let services = checks.variables.services();
    let parameters = checks.variables.parameters();
    let sequence = Sequence {
        title: name.clone(),
        otherwise: "imported",
        origin: format!("The export of the Runscope test {named}"),
        imported: "Runscope export",
        scim: dialect(tree, &name),
        services: services
            .iter()
            .map(|(name, what)| ((*name).to_owned(), (*what).to_owned()))
            .collect(),
        // What an export does not send is not sent.
        headers: ["Accept", "Content-Type"]
            .map(|name| (name.to_owned(), null(mark)))
            .to_vec(),
        content_type: None,
        parameters: parameters
            .into_iter()
            .map(|(name, default)| {
                let value = default.map_or_else(|| null(mark), |default| text(mark, default));
                (name, value)
            })
            .collect(),
        checks: checks.made,
    };
    sequence.into_node(mark)
}

/// The version of SCIM that a test speaks: the one that its schemas are of, or its name says.
fn dialect(tree: &Node, name: &str) -> &'static str {
    let v1 = holds(tree, "urn:scim:schemas:core:1.0");
    let v2 = holds(tree, "urn:ietf:params:scim:");
    if (v1 && !v2) || (v1 == v2 && name.contains("1.1")) {
        "1.1"
    } else {
        "2.0"
    }
}

fn holds(node: &Node, part: &str) -> bool {
    match &node.kind {
        Kind::Text(text) => text.contains(part),
        Kind::List(items) => items.iter().any(|item| holds(item, part)),
        Kind::Map(members) => members.iter().any(|(_, value)| holds(value, part)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => false,
    }
}

/// The checks so far.
struct Checks {
    variables: Variables,
    ids: Ids,
    /// A pause before the next check.
    pause: Option<Node>,
    /// The last check that changes something on a service, which those after it look for.
    changed: Option<String>,
    made: Vec<Node>,
}

impl Checks {
    fn step(&mut self, step: &Node, problems: &mut Problems<'_>) {
        if !matches!(step.kind, Kind::Map(_)) {
            let what = step.describe();
            problems.push(problems.error(step.mark, format!("a step is an object, not {what}")));
            return;
        }
        let skipped = matches!(
            step.get("skipped").map(|node| &node.kind),
            Some(Kind::Bool(true))
        );
        match text_at(step, "step_type") {
            "pause" if skipped => {}
            "pause" => self.pause(step, problems),
            "request" => self.request(step, skipped, problems),
            "" if step.get("url").is_some() => self.request(step, skipped, problems),
            "" => {
                let problem = problems.error(step.mark, "this step has no `step_type`");
                problems.push(problem.help("it is `request` or `pause`"));
            }
            other => self.other(step, other),
        }
    }

    fn pause(&mut self, step: &Node, problems: &mut Problems<'_>) {
        let duration = step.get("duration");
        let seconds = duration.and_then(|node| match &node.kind {
            Kind::Number(number) => number.as_f64(),
            Kind::Text(text) => text.trim().parse().ok(),
            Kind::Null | Kind::Bool(_) | Kind::List(_) | Kind::Map(_) => None,
        });
        let mark = duration.map_or(step.mark, |node| node.mark);
        let Some(seconds) = seconds.filter(|seconds| (0.0..=86_400.0).contains(seconds)) else {
            let problem = problems.error(mark, "this pause has no `duration` in seconds");
            problems.push(problem.help("it is a number, such as 5"));
            return;
        };
        // Three digits are all that the suite language takes.
        let written = format!("{seconds:.3}");
        let written = written.trim_end_matches('0').trim_end_matches('.');
        let pause = text(mark, format!("{written}s"));
        self.pause = Some(map(mark, [("pause", pause)]));
    }

    fn request(&mut self, step: &Node, skipped: bool, problems: &mut Problems<'_>) {
        let note = Note::read(text_at(step, "note"));
        let title = if note.title.is_empty() {
            let words = format!("{} {}", text_at(step, "method"), text_at(step, "url"));
            line(&words)
        } else {
            note.title.clone()
        };
        let note = Note { title, ..note };
        let request = request::read(step, &mut self.variables, problems);
        let id = self.ids.of(&note.title);
        let mut members = head(step, &id, &note);
        let skip = match (skipped, &request.skip) {
            (true, _) => Some("the export skips it".to_owned()),
            (false, skip) => skip.clone(),
        };
        let is_skipped = skip.is_some();
        members.extend(skip.map(|why| ("skip", text(step.mark, why))));
        let to_service = request
            .step
            .as_ref()
            .is_some_and(|sent| sent.get("service").is_some());
        if let Some(changed) = self.changed.as_ref().filter(|_| !to_service) {
            let needed = list(step.mark, vec![text(step.mark, changed.as_str())]);
            members.push(("needs", needed));
        }
        members.extend(request.members);
        if let Some(pause) = self.pause.take().filter(|_| request.step.is_some()) {
            members.push(("arrange", list(pause.mark, vec![pause])));
        }
        members.extend(
            request
                .step
                .map(|sent| ("steps", list(step.mark, vec![sent]))),
        );
        if request.changes_service && !is_skipped {
            self.changed = Some(id.clone());
        }
        self.made.push(map(step.mark, members));
        for script in &request.scripts {
            let told = Note {
                title: format!("The script of \"{}\"", note.title),
                level: note.level,
            };
            let script_id = self.ids.of(&format!("{id} script"));
            let mut members = head(script, &script_id, &told);
            let why = "scimitar runs no JavaScript, and this script is none that it knows";
            members.push(("skip", text(script.mark, why)));
            self.made.push(map(script.mark, members));
        }
    }

    /// A step of a kind that is not run.
    fn other(&mut self, step: &Node, kind: &str) {
        let note = Note::read(text_at(step, "note"));
        let title = if note.title.is_empty() {
            format!("A step of the kind {}", line(kind))
        } else {
            note.title.clone()
        };
        let note = Note { title, ..note };
        let id = self.ids.of(&note.title);
        let mut members = head(step, &id, &note);
        let within = requests(step).saturating_sub(usize::from(step.get("url").is_some()));
        let more = match within {
            0 => String::new(),
            1 => ", nor the request within".to_owned(),
            count => format!(", nor are the {count} requests within"),
        };
        let why = format!("steps of the kind `{}` are not run{more}", line(kind));
        members.push(("skip", text(step.mark, why)));
        self.made.push(map(step.mark, members));
        lose(step, &mut self.variables);
    }
}

/// What every check says of itself.
fn head(step: &Node, id: &str, note: &Note) -> Vec<(&'static str, Node)> {
    let mark = step.get("note").map_or(step.mark, |node| node.mark);
    let mut members = vec![
        ("id", text(mark, id)),
        ("title", text(mark, note.written())),
    ];
    members.extend(note.level.map(|level| ("level", text(mark, level))));
    members
}

/// The requests in a step, however deep.
fn requests(node: &Node) -> usize {
    let below = |node: &Node| match &node.kind {
        Kind::List(items) => items.iter().map(requests).sum(),
        Kind::Map(members) => members.iter().map(|(_, value)| requests(value)).sum(),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) => 0,
    };
    usize::from(node.get("url").is_some() && node.get("method").is_some()) + below(node)
}

/// Remembers that what a step would have kept is not there.
fn lose(node: &Node, variables: &mut Variables) {
    let is_variables = |key: &Key| key.name == "variables";
    for (key, value) in node.members() {
        if is_variables(key) {
            for row in value.items() {
                let name = text_at(row, "name");
                if !name.is_empty() {
                    let why = format!("`{name}` comes from a step that is not run");
                    variables.lose(name, &why);
                }
            }
        }
        lose(value, variables);
    }
    for item in node.items() {
        lose(item, variables);
    }
}
