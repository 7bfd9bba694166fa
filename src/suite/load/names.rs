//! What is known as `${…}` at a place, told without running anything.

use std::collections::{BTreeMap, BTreeSet};

use crate::suite::nearest::nearest;
use crate::suite::source::Mark;
use crate::suite::template::{Expression, RUN_WORDS, Segment, TARGET_WORDS, UNIQUE_KINDS};

/// Members of a row that a matrix of attributes makes.
const ATTRIBUTE_ROW: [&str; 24] = [
    "member",
    "schemas",
    "resourceType",
    "endpoint",
    "parent",
    "canonical",
    "leavesOut",
    "jsonPath",
    "path",
    "name",
    "type",
    "mutability",
    "returned",
    "uniqueness",
    "required",
    "caseExact",
    "multiValued",
    "extension",
    "schema",
    "partOf",
    "sample",
    "other",
    "body",
    "otherBody",
];
/// Members of a row that a matrix of resource types makes.
const RESOURCE_TYPE_ROW: [&str; 5] = ["id", "name", "endpoint", "schema", "schemas"];

/// Roots that are always known somewhere.
pub(super) const RESERVED: [&str; 8] = [
    "unique", "run", "row", "config", "target", "sent", "item", "var",
];

/// What is known of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A resource.
    One,
    /// A list of resources.
    Many,
    /// Nothing.
    Any,
}

/// The rows of a check.
#[derive(Debug, Clone, Default)]
pub(super) enum Rows {
    /// It has no matrix.
    #[default]
    None,
    /// Rows that stand in the suite: id and members.
    Listed(Vec<(String, BTreeSet<String>)>),
    /// Rows with fixed members.
    Made(&'static [&'static str]),
}

impl Rows {
    pub(super) const fn attributes() -> Self {
        Self::Made(&ATTRIBUTE_ROW)
    }

    pub(super) const fn resource_types() -> Self {
        Self::Made(&RESOURCE_TYPE_ROW)
    }
}

/// The names that are known at a place.
#[derive(Debug, Clone)]
pub(super) struct Names {
    roots: &'static [&'static str],
    variables: BTreeMap<String, Form>,
    sent: BTreeSet<String>,
    later: BTreeMap<String, Mark>,
    rows: Rows,
    /// The parameters of the suite.
    parameters: BTreeSet<String>,
    /// Traits that an earlier step may have seen, with the values; `None` among them is one that is only known later.
    pub(super) traits: BTreeMap<String, BTreeSet<Option<String>>>,
}

/// Why a `${…}` is not known.
pub(super) struct Unknown {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Unknown {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn nearest<'a>(self, word: &str, known: impl Iterator<Item = &'a str> + Clone) -> Self {
        match nearest(word, known.clone()) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self.help(format!(
                "known are {}",
                known.collect::<Vec<_>>().join(", ")
            )),
        }
    }
}

impl Names {
    fn of(roots: &'static [&'static str]) -> Self {
        Self {
            roots,
            variables: BTreeMap::new(),
            sent: BTreeSet::new(),
            later: BTreeMap::new(),
            rows: Rows::None,
            parameters: BTreeSet::new(),
            traits: BTreeMap::new(),
        }
    }

    /// Within a check, before anything has run.
    pub(super) fn of_check() -> Self {
        Self::of(&["unique", "run", "row", "config", "target", "sent", "var"])
    }

    /// Within a suite, outside its checks.
    pub(super) fn of_suite() -> Self {
        Self::of(&["unique", "run", "config", "target", "var"])
    }

    /// Within a fixture.
    pub(super) fn of_fixture() -> Self {
        Self::of(&["unique", "run", "config", "target"])
    }

    /// Within the rows of a matrix, which are made before the check runs.
    pub(super) fn of_row() -> Self {
        Self::of(&["unique", "run", "config"])
    }

    /// Within the title of a check.
    pub(super) fn of_title(rows: &Rows) -> Self {
        Self {
            rows: rows.clone(),
            ..Self::of(&["row", "run", "config"])
        }
    }

    /// Sets the rows.
    pub(super) fn with_rows(mut self, rows: Rows) -> Self {
        self.rows = rows;
        self
    }

    /// Adds the parameters of the suite.
    pub(super) fn with_parameters(mut self, names: &BTreeSet<String>) -> Self {
        self.parameters.clone_from(names);
        self
    }

    /// Adds a parameter of the suite.
    pub(super) fn add_parameter(&mut self, name: &str) {
        self.parameters.insert(name.to_owned());
    }

    /// Adds a variable.
    pub(super) fn add(&mut self, name: &str, form: Form) {
        self.variables.insert(name.to_owned(), form);
    }

    /// Whether there is such a variable.
    pub(super) fn has(&self, name: &str) -> bool {
        self.variables.contains_key(name)
    }

    /// Adds what was sent to make a fixture.
    pub(super) fn add_sent(&mut self, name: &str) {
        self.sent.insert(name.to_owned());
    }

    /// Remembers what only later steps know, for better messages.
    pub(super) fn expect_later(&mut self, name: &str, mark: Mark) {
        self.later.insert(name.to_owned(), mark);
    }

    /// Whether a value is known.
    pub(super) fn check(&self, expression: &Expression) -> Result<(), Unknown> {
        let Expression { root, path, .. } = expression;
        let shown = format!("${{{expression}}}");
        let first = match path.first() {
            Some(Segment::Name(name)) => Some(name.as_str()),
            Some(Segment::Index(_) | Segment::All | Segment::Slice(..)) | None => None,
        };
        if let Some(form) = self.variables.get(root) {
            return Self::check_path(root, *form, path, &shown);
        }
        if !self.roots.contains(&root.as_str()) {
            return Err(self.unknown_root(root, &shown));
        }
        let among = |known: &'static [&'static str]| match first {
            Some(word) if known.contains(&word) => Ok(()),
            Some(word) => Err(Unknown::new(format!("`{shown}`: `{root}` has no `{word}`"))
                .nearest(word, known.iter().copied())),
            None => Err(Unknown::new(format!(
                "`{shown}`: `{root}` needs a name, such as `{root}.{}`",
                known.first().unwrap_or(&"…")
            ))),
        };
        match root.as_str() {
            "unique" => among(&UNIQUE_KINDS),
            "run" => among(&RUN_WORDS),
            "target" => among(&TARGET_WORDS),
            "config" if first.is_none() => Err(Unknown::new(format!(
                "`{shown}`: `config` needs a name, such as `config.okta.app`"
            ))),
            "sent" => self.check_sent(first, &shown),
            "var" => self.check_parameter(first, &shown),
            "row" => self.check_row(first, &shown),
            _ => Ok(()),
        }
    }

    fn check_path(root: &str, form: Form, path: &[Segment], shown: &str) -> Result<(), Unknown> {
        match (form, path.first()) {
            (Form::Many, Some(Segment::Name(name))) => Err(Unknown::new(format!(
                "`{shown}`: `{root}` is a list"
            ))
            .help(format!(
                "write `${{{root}[0].{name}}}`, or `${{{root}[*].{name}}}` for all of them"
            ))),
            (Form::One, Some(Segment::Index(_) | Segment::All | Segment::Slice(..))) => Err(
                Unknown::new(format!("`{shown}`: `{root}` is one resource, no list"))
                    .help("give the fixture a `count` to make a list of them"),
            ),
            _ => Ok(()),
        }
    }

    fn check_sent(&self, first: Option<&str>, shown: &str) -> Result<(), Unknown> {
        match first {
            Some(name) if self.sent.contains(name) => Ok(()),
            _ if self.sent.is_empty() => Err(Unknown::new(format!(
                "`{shown}`: nothing was sent to make a fixture"
            ))
            .help("`sent.NAME` is for the fixtures of `given`; keep a body in a variable instead")),
            Some(name) => Err(Unknown::new(format!(
                "`{shown}`: no fixture of `given` is named `{name}`"
            ))
            .nearest(name, self.sent.iter().map(String::as_str))),
            None => Err(Unknown::new(format!(
                "`{shown}`: `sent` needs the name of a fixture of `given`"
            ))),
        }
    }

    fn check_parameter(&self, first: Option<&str>, shown: &str) -> Result<(), Unknown> {
        match first {
            Some(name) if self.parameters.contains(name) => Ok(()),
            _ if self.parameters.is_empty() => Err(Unknown::new(format!(
                "`{shown}`: the suite has no `parameters`"
            ))
            .help("what `--var` gives is declared in the suite: `parameters: { NAME: null }`")),
            Some(name) => Err(Unknown::new(format!(
                "`{shown}`: the suite has no parameter `{name}`"
            ))
            .nearest(name, self.parameters.iter().map(String::as_str))),
            None => Err(Unknown::new(format!(
                "`{shown}`: `var` needs the name of a parameter"
            ))),
        }
    }

    fn check_row(&self, first: Option<&str>, shown: &str) -> Result<(), Unknown> {
        match (&self.rows, first) {
            (Rows::None, _) => Err(Unknown::new(format!(
                "`{shown}`: there is no `row` without a `matrix`"
            ))),
            (_, None) => Ok(()),
            (Rows::Made(known), Some(name)) => {
                if known.contains(&name) {
                    return Ok(());
                }
                Err(
                    Unknown::new(format!("`{shown}`: a row of this matrix has no `{name}`"))
                        .nearest(name, known.iter().copied()),
                )
            }
            (Rows::Listed(rows), Some(name)) => {
                let without: Vec<&str> = rows
                    .iter()
                    .filter(|(_, members)| !members.contains(name))
                    .map(|(id, _)| id.as_str())
                    .collect();
                if without.is_empty() {
                    return Ok(());
                }
                if without.len() < rows.len() {
                    return Err(Unknown::new(format!(
                        "`{shown}`: the row `{}` has no `{name}`",
                        without.join("`, `")
                    ))
                    .help("each row needs what the check uses; `null` is a value too"));
                }
                let known: BTreeSet<&str> = rows
                    .iter()
                    .flat_map(|(_, m)| m.iter().map(String::as_str))
                    .collect();
                Err(Unknown::new(format!("`{shown}`: no row has `{name}`"))
                    .nearest(name, known.iter().copied()))
            }
        }
    }

    fn unknown_root(&self, root: &str, shown: &str) -> Unknown {
        if let Some(mark) = self.later.get(root) {
            return Unknown::new(format!("`{shown}`: `{root}` is not known yet")).help(format!(
                "it is captured in line {}: only later steps know it",
                mark.line
            ));
        }
        if RESERVED.contains(&root) {
            return Unknown::new(format!("`{shown}`: `{root}` is not known here"));
        }
        if let Some(dotted) = self.variables.keys().find(|name| {
            name.strip_prefix(root)
                .is_some_and(|rest| rest.starts_with('.'))
        }) {
            return Unknown::new(format!("`{shown}`: nothing is known as `{root}` here"))
                .help(format!("the fixture `{dotted}` needs a name without a dot: `{{ name: {root}, fixture: {dotted} }}`"));
        }
        let of_use = |root: &&str| match *root {
            "row" => !matches!(self.rows, Rows::None),
            "sent" => !self.sent.is_empty(),
            "var" => !self.parameters.is_empty(),
            _ => true,
        };
        let known: Vec<&str> = self
            .variables
            .keys()
            .map(String::as_str)
            .chain(self.roots.iter().copied().filter(of_use))
            .collect();
        let unknown = Unknown::new(format!("`{shown}`: nothing is known as `{root}` here"));
        if known.is_empty() {
            unknown
        } else {
            unknown.nearest(root, known.into_iter())
        }
    }
}
