//! Texts to a [`Library`], or all that is wrong with them.
//!
//! First the syntax (a tree with places), then the structure (the tables of `grammar`), then the meaning: one file a
//! construct, each of which collects what is wrong and goes on.

mod catalogue;
mod check;
mod condition;
mod document;
mod expect;
mod fixture;
mod loader;
mod matcher;
mod matrix;
mod names;
mod profile;
mod reader;
mod step;
mod suite;
mod table;
mod world;

use super::Library;
use super::diagnostic::Diagnostic;
use super::grammar::{FILES, verify_construct};
use super::source::{self, Mark, Node};

pub use loader::Loader;

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// A file that could be read.
struct File {
    name: String,
    text: String,
    tree: Node,
    kind: &'static str,
}

impl Library {
    /// Loads files: pairs of a path, which names the file in messages and decides the order of suites, and its text.
    /// They lie in one layer; [`Loader`] takes several.
    ///
    /// A path that ends in `.tsv` is a table of requirements; one that ends in `.json` is left out; any other is YAML,
    /// whose first key says what it is.
    ///
    /// # Errors
    /// All problems of all files, sorted by file and place.
    pub fn load<P: Into<String>, T: Into<String>>(
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Result<Self, Vec<Diagnostic>> {
        Loader::new().layer(files).load()
    }

    /// Loads files as [`Library::load`] does, and gives all that could be loaded beside all problems, warnings too.
    pub fn check<P: Into<String>, T: Into<String>>(
        files: impl IntoIterator<Item = (P, T)>,
    ) -> (Self, Vec<Diagnostic>) {
        Loader::new().layer(files).check()
    }

    /// What is wrong with the structure of one YAML file: what the JSON Schema for editors tells too.
    pub fn structure(name: &str, text: &str) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        open(name.to_owned(), text.to_owned(), &mut problems);
        problems
    }

    /// Loads the suites that are part of the program.
    ///
    /// # Errors
    /// As [`Library::load`]; a test holds that there are none.
    pub fn embedded() -> Result<Self, Vec<Diagnostic>> {
        Self::load(Self::embedded_files().iter().copied())
    }

    /// The same, with the checks of one suite alone: the others cost next to nothing. With no suite of that id, all of them.
    ///
    /// # Errors
    /// As [`Library::load`].
    pub fn embedded_suite(id: &str) -> Result<Self, Vec<Diagnostic>> {
        let loader = Loader::new().layer(Self::embedded_files().iter().copied());
        let suites = loader.heads().suites;
        let others = suites.iter().filter(|suite| suite.id != id);
        if others.clone().count() == suites.len() {
            return loader.load();
        }
        loader
            .without_checks_of(others.map(|suite| suite.id.clone()))
            .load()
    }

    /// The files that are part of the program: path below `suites/`, and text.
    pub fn embedded_files() -> &'static [(&'static str, &'static str)] {
        EMBEDDED
    }
}

/// Reads the syntax, and holds the structure against the tables.
fn open(name: String, text: String, problems: &mut Vec<Diagnostic>) -> Option<File> {
    let tree = match source::parse(&text) {
        Ok(tree) => tree,
        Err(error) => {
            let mut problem = Diagnostic::error(&name, error.mark, error.message);
            if let Some(help) = error.help {
                problem = problem.help(help);
            }
            problems.push(problem);
            return None;
        }
    };
    known(name, text, tree, problems)
}

/// Holds the structure of a tree against the tables.
fn known(name: String, text: String, tree: Node, problems: &mut Vec<Diagnostic>) -> Option<File> {
    let first = tree.members().first().map(|(key, _)| key);
    let known = first.and_then(|key| FILES.iter().find(|(kind, _)| *kind == key.name));
    let Some((kind, construct)) = known else {
        problems.push(unknown_kind(&name, &tree));
        return None;
    };
    verify_construct(&name, &tree, construct, None, problems);
    Some(File {
        name,
        text,
        tree,
        kind,
    })
}

fn unknown_kind(name: &str, tree: &Node) -> Diagnostic {
    let kinds = || FILES.iter().map(|(kind, _)| *kind);
    let listed = kinds()
        .map(|kind| format!("`{kind}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let Some((key, _)) = tree.members().first() else {
        let mark = Mark {
            end: tree.mark.start,
            line: tree.mark.line.max(1),
            column: tree.mark.column.max(1),
            ..tree.mark
        };
        return Diagnostic::error(
            name,
            mark,
            format!("this is no suite file: its first key is one of {listed}"),
        );
    };
    let problem = Diagnostic::error(
        name,
        key.mark,
        format!(
            "the first key of a file says what it is, and `{}` is none of {listed}",
            key.name
        ),
    );
    match tree
        .members()
        .iter()
        .find(|(key, _)| kinds().any(|kind| kind == key.name))
    {
        Some((found, _)) => problem.help(format!("move `{}` to the top", found.name)),
        None => problem.nearest(&key.name, kinds()),
    }
}
