//! Texts to a [`Library`], or all that is wrong with them.
//!
//! First the syntax (a tree with places), then the structure (the tables of `grammar`), then the meaning: one file a
//! construct, each of which collects what is wrong and goes on.

mod catalogue;
mod check;
mod condition;
mod expect;
mod fixture;
mod matcher;
mod matrix;
mod names;
mod profile;
mod reader;
mod step;
mod suite;
mod table;
mod world;

use std::collections::BTreeMap;

use super::Library;
use super::diagnostic::{self, Diagnostic, Severity};
use super::grammar::{FILES, verify_construct};
use super::source::{self, Mark, Node};
use reader::Reader;
use world::World;

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
    ///
    /// A path that ends in `.tsv` is a table of requirements; one that ends in `.json` is left out; any other is YAML,
    /// whose first key says what it is.
    ///
    /// # Errors
    /// All problems of all files, sorted by file and place.
    pub fn load<P: Into<String>, T: Into<String>>(
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let (library, problems) = Self::check(files);
        if problems
            .iter()
            .any(|problem| problem.severity == Severity::Error)
        {
            Err(problems)
        } else {
            Ok(library)
        }
    }

    /// Loads files as [`Library::load`] does, and gives all that could be loaded beside all problems, warnings too.
    pub fn check<P: Into<String>, T: Into<String>>(
        files: impl IntoIterator<Item = (P, T)>,
    ) -> (Self, Vec<Diagnostic>) {
        let mut sorted: Vec<(String, String)> = files
            .into_iter()
            .map(|(path, text)| (path.into(), text.into()))
            .collect();
        sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut library = Self::default();
        let mut problems = Vec::new();
        let mut trees = Vec::new();
        let mut firsts = BTreeMap::new();
        for (name, text) in sorted {
            let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
            if extension.eq_ignore_ascii_case("tsv") {
                let rows = table::read(&name, &text, &mut problems);
                table::add(rows, &mut library.requirements, &mut firsts, &mut problems);
            } else if !extension.eq_ignore_ascii_case("json") {
                trees.extend(open(name, text, &mut problems));
            }
        }
        let mut world = World::new(library.requirements.keys().cloned());
        for file in &trees {
            world.add(
                &file.name,
                file.kind,
                &file.tree,
                &mut firsts,
                &mut problems,
            );
        }
        let of_kind = |kind: &'static str| trees.iter().filter(move |file| file.kind == kind);
        for file in of_kind("catalogue") {
            catalogue::add(
                &mut Reader::new(file, &world, &mut problems),
                &mut library.requirements,
            );
        }
        for file in of_kind("fixture") {
            let fixture = fixture::read(&mut Reader::new(file, &world, &mut problems));
            library.fixtures.insert(fixture.name.clone(), fixture);
        }
        for file in of_kind("suite") {
            let suite = suite::read(&mut Reader::new(file, &world, &mut problems));
            library.suites.push(suite);
        }
        for file in of_kind("profile") {
            let profile = profile::read(&mut Reader::new(file, &world, &mut problems));
            library.profiles.insert(profile.name.clone(), profile);
        }
        diagnostic::sort(&mut problems);
        (library, problems)
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

    /// The files that are part of the program: path below `suites/`, and text.
    pub fn embedded_files() -> &'static [(&'static str, &'static str)] {
        EMBEDDED
    }
}

/// Reads the syntax and holds the structure against the tables.
fn open(name: String, text: String, problems: &mut Vec<Diagnostic>) -> Option<File> {
    let tree = match source::parse(&text) {
        Ok(tree) => tree,
        Err(error) => {
            let mut problem = Diagnostic::error(&name, error.mark, error.message);
            if text.lines().any(|line| line.starts_with('\t')) {
                problem = problem.help("YAML is indented by blanks, not tabs");
            }
            problems.push(problem);
            return None;
        }
    };
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
