//! Checks.

use std::collections::BTreeSet;
use std::time::Duration;

use super::condition::{self, Moment};
use super::expect;
use super::matrix;
use super::names::{Form, Names, RESERVED};
use super::reader::{Reader, head};
use super::step;
use crate::record::Level;
use crate::suite::check::{Check, Given};
use crate::suite::expect::Entry;
use crate::suite::nearest::nearest;
use crate::suite::source::{Kind, Mark, Node};
use crate::suite::step::{Action, FixtureChoice, Step};
use crate::suite::template::Template;

/// How long a check may take if it does not say.
const BUDGET: Duration = Duration::from_secs(30);
/// How long a check may say that it takes.
const LONGEST_BUDGET: Duration = Duration::from_mins(10);

/// What a check may use of its suite.
pub(super) struct Ground {
    /// The suite's variables.
    pub(super) variables: Vec<String>,
    /// Its parameters.
    pub(super) parameters: BTreeSet<String>,
    /// Its services.
    pub(super) services: BTreeSet<String>,
    /// In a sequence, the checks before this one, with what each captures.
    pub(super) earlier: Option<Vec<(String, Vec<String>)>>,
}

impl Ground {
    /// Goes on to the next check.
    pub(super) fn follow(&mut self, check: &Check) {
        if let Some(earlier) = &mut self.earlier {
            let captured = check
                .all_steps()
                .flat_map(|step| step.capture.iter().map(|capture| capture.name.clone()));
            earlier.push((check.id.clone(), captured.collect()));
        }
    }

    fn captured(&self) -> impl Iterator<Item = &String> {
        let earlier = self.earlier.iter().flatten();
        earlier.flat_map(|(_, captured)| captured)
    }
}

pub(super) fn read(reader: &mut Reader<'_>, node: &Node, ground: &Ground) -> Check {
    let (matrix, rows) = matrix::read(reader, node.get("matrix"));
    let title = match node.get("title") {
        Some(title) => reader.template(title, &Names::of_title(&rows)),
        None => Template::Literal(String::new().into()),
    };
    for key in ["why", "fix"] {
        if let Some(text) = node.get(key) {
            reader.plain(text, &format!("`{key}` is shown as it stands"));
        }
    }
    let mut names = Names::of_check()
        .with_rows(rows)
        .with_parameters(&ground.parameters);
    for name in ground.variables.iter().chain(ground.captured()) {
        names.add(name, Form::Any);
    }
    let needs = needs(reader, node, ground);
    if let (Some(_), Some((key, _))) = (
        &ground.earlier,
        node.members().iter().find(|(key, _)| key.name == "matrix"),
    ) {
        let problem = reader.error(key.mark, "a check of a sequence has no `matrix`");
        reader.push(problem.help("write its rows as checks, or put it into a suite of its own"));
    }
    let when = node
        .get("when")
        .map(|when| condition::read(reader, when, &names, Moment::Start));
    let mut variables = Vec::new();
    for (key, value) in node.get("variables").map_or(&[][..], Node::members) {
        refuse_reserved(reader, &key.name, key.mark);
        variables.push((key.name.clone(), reader.template(value, &names)));
        names.add(&key.name, Form::Any);
    }
    let given: Vec<Given> = items(node, "given")
        .iter()
        .map(|entry| read_given(reader, entry, &mut names))
        .collect();
    let budget = budget(reader, node);
    for phase in ["arrange", "steps", "undisturbed", "cleanup"] {
        step::announce(items(node, phase), &mut names);
    }
    let mut steps_of = |reader: &mut Reader<'_>, phase: &str| -> Vec<Step> {
        items(node, phase)
            .iter()
            .map(|node| step::read(reader, node, &mut names, &ground.services, budget))
            .collect()
    };
    let arrange = steps_of(reader, "arrange");
    let steps = steps_of(reader, "steps");
    let undisturbed = steps_of(reader, "undisturbed");
    let cleanup = steps_of(reader, "cleanup");
    only_reads(reader, node, &undisturbed);
    let always = always(reader, node, ground);
    let level = Reader::level(node).unwrap_or(Level::Must);
    can_fail(reader, node, &steps, &always, level);
    Check {
        id: Reader::text(node, "id"),
        title,
        level,
        status: Reader::status(node),
        since: node.get("since").and_then(Node::text).map(str::to_owned),
        aliases: Reader::texts(node, "aliases"),
        tags: Reader::texts(node, "tags"),
        requirements: requirements(reader, node),
        why: Reader::text(node, "why").trim().to_owned(),
        fix: Reader::text(node, "fix").trim().to_owned(),
        faults: switches(reader, node, "faults"),
        beyond: switches(reader, node, "beyond"),
        when,
        skip: node.get("skip").and_then(Node::text).map(str::to_owned),
        needs,
        uses: reader.take_uses(),
        exclusive: matches!(
            node.get("exclusive").map(|node| &node.kind),
            Some(Kind::Bool(true))
        ),
        budget,
        variables,
        given,
        arrange,
        matrix,
        steps,
        always,
        undisturbed,
        cleanup,
        location: reader.location_of(node),
    }
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).map_or(&[][..], Node::items)
}

/// The ids of requirements, all of which there are.
pub(super) fn requirements(reader: &mut Reader<'_>, node: &Node) -> Vec<String> {
    let mut seen: Vec<&str> = Vec::new();
    for id in items(node, "requirements") {
        let Some(text) = id.text() else { continue };
        if seen.contains(&text) {
            let problem = reader.error(id.mark, format!("`{text}` is cited twice"));
            reader.push(problem);
        } else if !reader.world.requirements.contains(text) {
            let known = reader.world.requirements.iter().map(String::as_str);
            let problem = reader.error(
                id.mark,
                format!("no catalogue has the requirement `{text}`"),
            );
            reader.push(problem.nearest(text, known));
        }
        seen.push(text);
    }
    seen.into_iter().map(str::to_owned).collect()
}

/// The earlier checks of the sequence that must have been run.
fn needs(reader: &mut Reader<'_>, node: &Node, ground: &Ground) -> Vec<String> {
    let mut needed = Vec::new();
    for id in items(node, "needs") {
        let Some(text) = id.text() else { continue };
        match &ground.earlier {
            None => {
                let problem =
                    reader.error(id.mark, "only a check of a sequence can need another one");
                reader.push(problem.help("give the suite `sequence: true`"));
            }
            Some(earlier) if earlier.iter().all(|(known, _)| known != text) => {
                let problem = reader.error(
                    id.mark,
                    format!("no check before this one has the id `{text}`"),
                );
                let known = earlier.iter().map(|(known, _)| known.as_str());
                reader.push(problem.nearest(text, known));
            }
            Some(_) => needed.push(text.to_owned()),
        }
    }
    needed
}

/// The names of faults or variations, all of which there are as far as anybody said which there are.
fn switches(reader: &mut Reader<'_>, node: &Node, key: &str) -> Vec<String> {
    let mut names = Vec::new();
    for name in items(node, key) {
        let Some(text) = name.text() else { continue };
        let (known, what, option) = match key {
            "faults" => (&reader.world.faults, "fault", "--list-faults"),
            _ => (&reader.world.variations, "variation", "--list-variations"),
        };
        if let Some(known) = known.as_ref().filter(|known| !known.contains(text)) {
            let near = nearest(text, known.iter().map(String::as_str)).map(str::to_owned);
            let problem = reader.error(
                name.mark,
                format!("the embedded server has no {what} `{text}`"),
            );
            reader.push(match near {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help(format!("`scimitar serve {option}` lists them")),
            });
        }
        names.push(text.to_owned());
    }
    names
}

/// Refuses a variable that would hide what is known everywhere.
pub(super) fn refuse_reserved(reader: &mut Reader<'_>, name: &str, mark: Mark) {
    if RESERVED.contains(&name) {
        let problem = reader.error(
            mark,
            format!("`{name}` has a meaning of its own: a variable can't be called so"),
        );
        reader.push(problem);
    }
}

fn budget(reader: &mut Reader<'_>, node: &Node) -> Duration {
    let Some((budget, mark)) =
        Reader::duration(node, "budget").zip(node.get("budget").map(|n| n.mark))
    else {
        return BUDGET;
    };
    if budget.is_zero() || budget > LONGEST_BUDGET {
        let problem = reader.error(mark, "`budget` is more than nothing and at most `10m`");
        reader.push(problem);
    }
    budget
}

fn read_given(reader: &mut Reader<'_>, node: &Node, names: &mut Names) -> Given {
    let named = node.get("fixture").unwrap_or(node);
    let mark = named.mark;
    let fixture = fixture_choice(reader, named, names);
    let (name, name_mark) = match node
        .get("name")
        .and_then(|name| Some((name.text()?, name.mark)))
    {
        Some((name, mark)) => (name.to_owned(), mark),
        None => (
            match &fixture {
                FixtureChoice::Named(name) => name.clone(),
                FixtureChoice::OfType(_) => String::new(),
            },
            mark,
        ),
    };
    if name.is_empty() && named.get("ofType").is_some() {
        let problem = reader.error(mark, "a fixture of a type needs a `name`");
        reader.push(problem);
    }
    refuse_reserved(reader, &name, name_mark);
    if names.has(&name) {
        let problem = reader.error(name_mark, format!("the variable `{name}` is there already"));
        reader.push(problem.help("give it a `name` of its own"));
    }
    let with = node.get("with").map(|with| reader.template(with, names));
    let count = node.get("count").and_then(as_count);
    names.add(
        &name,
        if count.is_some() {
            Form::Many
        } else {
            Form::One
        },
    );
    names.add_sent(&name);
    Given {
        name,
        fixture,
        with,
        count,
        location: reader.location(if node.text().is_some() {
            node.mark
        } else {
            head(node)
        }),
    }
}

/// The fixture that is meant: `user`, `{ ofType: "${row.resourceType}" }`.
pub(super) fn fixture_choice(reader: &mut Reader<'_>, node: &Node, names: &Names) -> FixtureChoice {
    if let Some(of_type) = node.get("ofType") {
        return FixtureChoice::OfType(reader.template(of_type, names));
    }
    let name = node.text().unwrap_or_default();
    known_fixture(reader, name, node.mark);
    FixtureChoice::Named(name.to_owned())
}

/// Complains of a fixture that there isn't.
pub(super) fn known_fixture(reader: &mut Reader<'_>, fixture: &str, mark: Mark) {
    if !fixture.is_empty() && !reader.world.fixtures.contains_key(fixture) {
        let known = reader.world.fixtures.keys().map(String::as_str);
        let problem = reader.error(mark, format!("there is no fixture `{fixture}`"));
        let problem = match nearest(fixture, known.clone()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None if reader.world.fixtures.is_empty() => problem,
            None => problem.help(format!(
                "fixtures are {}",
                known.collect::<Vec<_>>().join(", ")
            )),
        };
        reader.push(problem);
    }
}

/// A whole number that was found to be one.
pub(super) fn as_count(node: &Node) -> Option<usize> {
    match &node.kind {
        Kind::Number(number) => number
            .as_u64()
            .and_then(|number| usize::try_from(number).ok()),
        _ => None,
    }
}

/// What tells whether somebody else disturbed the check must not do so itself, and has to demand something.
fn only_reads(reader: &mut Reader<'_>, node: &Node, steps: &[Step]) {
    for (step, node) in steps.iter().zip(items(node, "undisturbed")) {
        let message = if !step.is_read_only() {
            "a step of `undisturbed` changes something on the target"
        } else if step.expect.is_empty() && node.get("expect").is_none() {
            "a step of `undisturbed` demands nothing"
        } else {
            continue;
        };
        let problem = reader.error(head(node), message);
        reader.push(problem.help("let it read again what must be as an earlier step captured it"));
    }
}

/// What must hold for every exchange. It is about those of other checks too, and knows nothing of its own.
fn always(reader: &mut Reader<'_>, node: &Node, ground: &Ground) -> Vec<Entry> {
    let mut members = node.members().iter();
    let Some((key, value)) = members.find(|(key, _)| key.name == "always") else {
        return Vec::new();
    };
    let alone = match (&ground.earlier, node.get("matrix")) {
        (Some(_), _) => Some("of a sequence"),
        (None, Some(_)) => Some("with a `matrix`"),
        (None, None) => None,
    };
    if let Some(what) = alone {
        let problem = reader.error(key.mark, format!("a check {what} has no `always`"));
        reader.push(problem.help("put it into a check of its own, in a suite that is no sequence"));
    }
    let mut names = Names::of_suite();
    for name in &ground.parameters {
        names.add_parameter(name);
    }
    for name in &ground.variables {
        names.add(name, Form::Any);
    }
    let subject = expect::Subject::Response { sends_json: false };
    expect::read(reader, value, &names, subject)
}

/// A check that demands nothing can't fail, and proves nothing.
fn can_fail(reader: &mut Reader<'_>, node: &Node, steps: &[Step], always: &[Entry], level: Level) {
    if node.get("always").is_none()
        && node
            .get("steps")
            .is_none_or(|steps| steps.items().is_empty())
    {
        return;
    }
    let of_entries = |entry: &Entry| vec![entry.level; entry.demands.len()];
    let mut demands: Vec<Option<Level>> = always.iter().flat_map(of_entries).collect();
    for step in steps {
        gather(step, &mut demands);
    }
    // An `expect` that came to nothing has been told already.
    let has_expect = node.get("always").is_some() || node.get("steps").is_some_and(holds_expect);
    let mark = node.get("id").map_or_else(|| head(node), |id| id.mark);
    if demands.is_empty() && !has_expect {
        let problem = reader.error(mark, "this check demands nothing: it can't fail");
        reader.push(problem.help("give a step an `expect`"));
    } else if level == Level::Must
        && !demands.is_empty()
        && demands
            .iter()
            .all(|level| level.is_some_and(|level| level != Level::Must))
    {
        let problem = reader.error(
            mark,
            "this check is a `must`, but all that it demands only warns",
        );
        reader.push(problem.help("give the check `level: should`, or let an expectation gate"));
    }
}

fn holds_expect(node: &Node) -> bool {
    node.items().iter().any(|step| {
        step.get("expect").is_some()
            || step.get("parallel").is_some_and(holds_expect)
            || step
                .get("paginate")
                .and_then(|walk| walk.get("during"))
                .is_some_and(holds_expect)
    })
}

fn gather(step: &Step, demands: &mut Vec<Option<Level>>) {
    let of_entries = step
        .expect
        .iter()
        .flat_map(|entry| entry.demands.iter().map(|_| entry.level));
    demands.extend(of_entries);
    match &step.action {
        Action::Request(_) | Action::Pause(_) | Action::Wait(_) => {}
        Action::Parallel(members) => members
            .iter()
            .for_each(|member| gather(&member.step, demands)),
        Action::Paginate(walk) => walk.during.iter().for_each(|step| gather(step, demands)),
    }
}
