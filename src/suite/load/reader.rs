//! What all decoders of one file share.

use std::sync::Arc;
use std::time::Duration;

use super::File;
use super::names::{Form, Names};
use super::world::World;
use crate::record::{Level, Location, Status};
use crate::suite::check::{Dialect, Use};
use crate::suite::diagnostic::Diagnostic;
use crate::suite::grammar::duration;
use crate::suite::source::{Kind, Mark, Node};
use crate::suite::template::{
    Expression, FOR_EACH, ITEM, Segment, Template, TemplateError, placeholders,
};

/// Decodes one file; what is wrong is collected.
pub(super) struct Reader<'a> {
    file: &'a File,
    /// What other files hold.
    pub(super) world: &'a World,
    problems: &'a mut Vec<Diagnostic>,
    uses: Vec<Use>,
    /// The file's name, which all places share.
    name: Arc<str>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(file: &'a File, world: &'a World, problems: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            file,
            world,
            problems,
            uses: Vec::new(),
            name: file.name.as_str().into(),
        }
    }

    /// What was used of parameters and variables since this was last asked.
    pub(super) fn take_uses(&mut self) -> Vec<Use> {
        std::mem::take(&mut self.uses)
    }

    /// The whole file.
    pub(super) const fn tree(&self) -> &'a Node {
        &self.file.tree
    }

    /// An error at a place, to be pushed when it is complete.
    pub(super) fn error(&self, mark: Mark, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(&self.file.name, mark, message)
    }

    /// Adds a problem.
    pub(super) fn push(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// A place, as the library keeps it.
    pub(super) fn location(&self, mark: Mark) -> Location {
        Location {
            file: Arc::clone(&self.name),
            line: mark.line,
            column: mark.column,
        }
    }

    /// The place of a mapping: its first key.
    pub(super) fn location_of(&self, node: &Node) -> Location {
        self.location(head(node))
    }

    /// The text at a key; empty when it is missing, which the structure has told.
    pub(super) fn text(node: &Node, key: &str) -> String {
        node.get(key)
            .and_then(Node::text)
            .unwrap_or_default()
            .to_owned()
    }

    /// The texts at a key, one or many.
    pub(super) fn texts(node: &Node, key: &str) -> Vec<String> {
        node.get(key).map_or_else(Vec::new, |value| {
            value
                .one_or_many()
                .iter()
                .filter_map(Node::text)
                .map(str::to_owned)
                .collect()
        })
    }

    /// The duration at a key.
    pub(super) fn duration(node: &Node, key: &str) -> Option<Duration> {
        node.get(key).and_then(Node::text).and_then(duration)
    }

    /// The level at `level`.
    pub(super) fn level(node: &Node) -> Option<Level> {
        match node.get("level").and_then(Node::text) {
            Some("must") => Some(Level::Must),
            Some("should") => Some(Level::Should),
            Some("may") => Some(Level::May),
            _ => None,
        }
    }

    /// The status at `status`.
    pub(super) fn status(node: &Node) -> Status {
        match node.get("status").and_then(Node::text) {
            Some("preview") => Status::Preview,
            Some("deprecated") => Status::Deprecated,
            _ => Status::Stable,
        }
    }

    /// The dialect at `scim`.
    pub(super) fn dialect(node: &Node) -> Dialect {
        match node.get("scim").and_then(Node::text) {
            Some("1.1") => Dialect::V1,
            _ => Dialect::V2,
        }
    }

    /// A value in which texts may hold `${…}`, all of which are known.
    pub(super) fn template(&mut self, node: &Node, names: &Names) -> Template {
        self.check_texts(node, names);
        Template::new(&node.to_json()).unwrap_or(Template::Literal(serde_json::Value::Null))
    }

    /// A text that may hold `${…}`.
    pub(super) fn template_of(&mut self, mark: Mark, text: &str, names: &Names) -> Template {
        self.check_text(mark, text, names);
        Template::text(text).unwrap_or(Template::Literal(serde_json::Value::Null))
    }

    /// The text at a key as a template.
    pub(super) fn template_at(&mut self, node: &Node, key: &str, names: &Names) -> Template {
        match node.get(key) {
            Some(value) => self.template(value, names),
            None => Template::Literal(serde_json::Value::String(String::new())),
        }
    }

    /// Names with values; `null` is kept as such.
    pub(super) fn templates(
        &mut self,
        node: Option<&Node>,
        names: &Names,
    ) -> Vec<(String, Template)> {
        node.map_or(&[][..], Node::members)
            .iter()
            .map(|(key, value)| (key.name.clone(), self.template(value, names)))
            .collect()
    }

    /// Headers: names with values, of which `null` leaves one out.
    pub(super) fn headers(
        &mut self,
        node: Option<&Node>,
        names: &Names,
    ) -> Vec<(String, Option<Template>)> {
        node.map_or(&[][..], Node::members)
            .iter()
            .map(|(key, value)| {
                let template =
                    (!matches!(value.kind, Kind::Null)).then(|| self.template(value, names));
                (key.name.clone(), template)
            })
            .collect()
    }

    /// Refuses `${…}` where none is filled in.
    pub(super) fn plain(&mut self, node: &Node, what: &str) {
        if let Some(text) = node.text()
            && text.contains("${")
        {
            let problem = self.error(node.mark, format!("no `${{…}}` is filled in here: {what}"));
            self.push(problem.help("write it out"));
        }
    }

    fn check_texts(&mut self, node: &Node, names: &Names) {
        match &node.kind {
            Kind::List(items) => {
                for item in items {
                    self.check_texts(item, names);
                }
            }
            Kind::Map(members) => {
                if node.get(FOR_EACH).is_some() {
                    self.check_for_each(node, names);
                    return;
                }
                for (key, value) in members {
                    self.check_text(key.mark, &key.name, names);
                    self.check_texts(value, names);
                }
            }
            Kind::Text(text) => self.check_text(node.mark, text, names),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) => {}
        }
    }

    /// `{ forEach: …, item: … }`: within `item`, the element is known.
    fn check_for_each(&mut self, node: &Node, names: &Names) {
        if Template::new(&node.to_json()) == Err(TemplateError::ForEach) {
            let problem = self.error(node.mark, TemplateError::ForEach.to_string());
            self.push(
                problem.help("such as { forEach: \"${people}\", item: { value: \"${item.id}\" } }"),
            );
            return;
        }
        if let Some(list) = node.get(FOR_EACH) {
            self.check_texts(list, names);
        }
        if let Some(item) = node.get(ITEM) {
            let mut within = names.clone();
            within.add(ITEM, Form::Any);
            self.check_texts(item, &within);
        }
    }

    fn check_text(&mut self, mark: Mark, text: &str, names: &Names) {
        if !text.contains("${") {
            return;
        }
        for source in placeholders(text) {
            let Some(source) = source else {
                let problem = self.error(self.within(mark, "${"), "a `${` has no `}`");
                self.push(problem.help("`$${` is a literal `${`"));
                continue;
            };
            let at = self.within(mark, &format!("${{{source}}}"));
            let problem = match Expression::parse(source) {
                Ok(expression) => match names.check(&expression) {
                    Ok(()) => {
                        let used = self.used(&expression, at);
                        self.uses.push(used);
                        continue;
                    }
                    Err(unknown) => {
                        let problem = self.error(at, unknown.message);
                        match unknown.help {
                            Some(help) => problem.help(help),
                            None => problem,
                        }
                    }
                },
                Err(error @ TemplateError::UnknownFilter(_)) => {
                    let TemplateError::UnknownFilter(word) = &error else {
                        continue;
                    };
                    let words = crate::suite::template::Filter::WORDS.map(|(word, _)| word);
                    let problem = self.error(at, format!("`{word}` is no filter"));
                    let near = crate::suite::nearest::nearest(word, words);
                    problem.help(near.map_or_else(
                        || format!("filters are {}", words.join(", ")),
                        |near| format!("did you mean `{near}`?"),
                    ))
                }
                Err(error) => self.error(at, error.to_string()),
            };
            self.push(problem);
        }
    }

    fn used(&self, expression: &Expression, at: Mark) -> Use {
        let name = match expression.path.first() {
            Some(Segment::Name(name)) => Some(name.clone()),
            Some(Segment::Index(_) | Segment::All | Segment::Slice(..)) | None => None,
        };
        Use {
            root: expression.root.clone(),
            name,
            location: self.location(at),
        }
    }

    /// The place of a part of a value, if the part stands there as it is (it may be escaped).
    pub(super) fn within(&self, mark: Mark, part: &str) -> Mark {
        let text = &self.file.text;
        let Some(offset) = text
            .get(mark.start..mark.end.max(mark.start))
            .and_then(|raw| raw.find(part))
        else {
            return mark;
        };
        let start = mark.start + offset;
        let before = text.get(mark.start..start).unwrap_or_default();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (line, column) = match before.rfind('\n') {
            Some(at) => (
                mark.line
                    .saturating_add(count(before.matches('\n').count())),
                count(before.get(at + 1..).unwrap_or_default().chars().count()).saturating_add(1),
            ),
            None => (
                mark.line,
                mark.column.saturating_add(count(before.chars().count())),
            ),
        };
        Mark {
            line,
            column,
            start,
            end: start + part.len(),
        }
    }
}

/// The place of a mapping that stands for the whole: its first key.
pub(super) fn head(node: &Node) -> Mark {
    node.members()
        .first()
        .map_or(node.mark, |(key, _)| key.mark)
}
