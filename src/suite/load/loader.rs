//! Files in layers to a [`Library`].

use std::collections::{BTreeMap, BTreeSet};

use super::reader::Reader;
use super::world::{Firsts, World};
use super::{File, catalogue, fixture, known, open, profile, suite, table};
use crate::suite::Library;
use crate::suite::diagnostic::{self, Diagnostic, Severity};
use crate::suite::source::{self, Node};

/// Kinds of files of which one in an upper layer hides those of the same name below it. Catalogues are put together:
/// there it is the requirements of one id that hide each other.
const HIDING: [&str; 3] = ["suite", "fixture", "profile"];

/// Loads files that lie in layers, such as a user's own over those that are part of the program.
///
/// Of two suites, fixtures, profiles or requirements with one name the upper one counts; within a layer two of them are
/// an error. The suites of the first layer are what runs; those below it run only where they are named.
#[derive(Debug, Clone, Default)]
pub struct Loader {
    layers: Vec<Vec<Given>>,
    faults: Option<BTreeSet<String>>,
    variations: Option<BTreeSet<String>>,
    unwanted: BTreeSet<String>,
}

/// A file as it was given.
#[derive(Debug, Clone)]
struct Given {
    name: String,
    text: String,
    /// Its tree, if it is not to be read from the text.
    tree: Option<Node>,
}

/// One layer, read but not yet decoded.
#[derive(Default)]
struct Layer {
    rows: table::Rows,
    trees: Vec<File>,
}

impl Loader {
    /// Without any layer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a layer below those that are there; the files as [`Library::load`] takes them.
    #[must_use]
    pub fn layer<P: Into<String>, T: Into<String>>(
        mut self,
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Self {
        let mut sorted: Vec<Given> = files
            .into_iter()
            .map(|(path, text)| Given {
                name: path.into(),
                text: text.into(),
                tree: None,
            })
            .collect();
        sorted.sort_by(|a, b| a.name.cmp(&b.name));
        self.layers.push(sorted);
        self
    }

    /// Adds a suite file to the layer that was put last, of which somebody made the tree: from a text in another format,
    /// in which all its places are.
    #[must_use]
    pub fn translated(mut self, name: &str, text: &str, tree: Node) -> Self {
        let given = Given {
            name: name.to_owned(),
            text: text.to_owned(),
            tree: Some(tree),
        };
        match self.layers.last_mut() {
            Some(layer) => {
                layer.push(given);
                layer.sort_by(|a, b| a.name.cmp(&b.name));
            }
            None => self.layers.push(vec![given]),
        }
        self
    }

    /// Says which faults there are: then a check that names another one is wrong. Suites know no server, so that whoever
    /// does has to say it.
    #[must_use]
    pub fn faults<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.faults = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Says which lawful variations there are, likewise.
    #[must_use]
    pub fn variations<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.variations = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Leaves out the checks of the suites with these ids, where a file allows it: what nobody chose costs next to nothing.
    /// What is wrong with such checks is not told.
    #[must_use]
    pub fn without_checks_of<T: Into<String>>(mut self, ids: impl IntoIterator<Item = T>) -> Self {
        self.unwanted = ids.into_iter().map(Into::into).collect();
        self
    }

    /// The suites without their checks, and the profiles: enough to see which suites a choice takes. What is wrong with
    /// them is left to [`Loader::load`].
    pub fn heads(&self) -> Library {
        let layers = self
            .layers
            .iter()
            .map(|files| files.iter().filter_map(head));
        let layers: Vec<Layer> = layers
            .map(|trees| Layer {
                trees: trees.collect(),
                ..Layer::default()
            })
            .collect();
        let mut library = Library::default();
        for (depth, layer) in visible(layers).into_iter().enumerate() {
            layer.decode(depth, &World::default(), &mut library, &mut Vec::new());
        }
        library
    }

    /// Loads them.
    ///
    /// # Errors
    /// All problems of all files, sorted by file and place.
    pub fn load(self) -> Result<Library, Vec<Diagnostic>> {
        let (library, problems) = self.check();
        if problems
            .iter()
            .any(|problem| problem.severity == Severity::Error)
        {
            Err(problems)
        } else {
            Ok(library)
        }
    }

    /// Loads them, and gives all that could be loaded beside all problems, warnings too.
    pub fn check(self) -> (Library, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let layers: Vec<Layer> = self
            .layers
            .into_iter()
            .map(|files| Layer::read(files, &self.unwanted, &mut problems))
            .collect();
        let layers = visible(layers);
        let mut world = World {
            faults: self.faults,
            variations: self.variations,
            ..World::default()
        };
        for layer in &layers {
            layer.name(&mut world, &mut problems);
        }
        let mut library = Library::default();
        for (depth, layer) in layers.into_iter().enumerate() {
            layer.decode(depth, &world, &mut library, &mut problems);
        }
        diagnostic::sort(&mut problems);
        (library, problems)
    }
}

impl Layer {
    fn read(
        files: Vec<Given>,
        unwanted: &BTreeSet<String>,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut layer = Self::default();
        for given in files {
            if let Some(head) = unwanted_head(&given, unwanted) {
                layer.trees.push(head);
                continue;
            }
            let Given { name, text, tree } = given;
            if let Some(tree) = tree {
                layer.trees.extend(known(name, text, tree, problems));
                continue;
            }
            let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
            if extension.eq_ignore_ascii_case("tsv") {
                layer.rows.extend(table::read(&name, &text, problems));
            } else if !extension.eq_ignore_ascii_case("json") {
                layer.trees.extend(open(name, text, problems));
            }
        }
        layer
    }

    /// Tells the world the names of a layer, in which each is given once.
    fn name(&self, world: &mut World, problems: &mut Vec<Diagnostic>) {
        let mut firsts = Firsts::new();
        table::name(&self.rows, world, &mut firsts, problems);
        for file in &self.trees {
            world.add(&file.name, file.kind, &file.tree, &mut firsts, problems);
        }
    }

    fn decode(
        self,
        depth: usize,
        world: &World,
        library: &mut Library,
        problems: &mut Vec<Diagnostic>,
    ) {
        table::add(self.rows, library);
        // Each tree goes when it is decoded: they take many times the memory of their texts.
        for file in self.trees {
            let reader = &mut Reader::new(&file, world, problems);
            match file.kind {
                "catalogue" => catalogue::add(reader, library),
                "fixture" => {
                    let fixture = fixture::read(reader);
                    library.fixtures.insert(fixture.name.clone(), fixture);
                }
                "suite" => {
                    let mut suite = suite::read(reader);
                    suite.only_named = depth > 0;
                    library.suites.push(suite);
                }
                "profile" => {
                    let profile = profile::read(reader);
                    library.profiles.insert(profile.name.clone(), profile);
                }
                _ => {}
            }
        }
    }
}

/// A suite without its checks, or a profile.
fn head(given: &Given) -> Option<File> {
    let (text, tree) = if let Some(tree) = &given.tree {
        (given.text.as_str(), tree.clone())
    } else {
        let begins = |line: &str| line.starts_with("suite:") || line.starts_with("profile:");
        if !given.text.lines().any(begins) {
            return None;
        }
        let text = before_checks(&given.text);
        (text, source::parse(text).ok()?)
    };
    let kind = ["suite", "profile"].into_iter();
    Some(File {
        kind: kind.clone().find(|kind| tree.get(kind).is_some())?,
        name: given.name.clone(),
        text: text.to_owned(),
        tree,
    })
}

/// The head of a suite that is among those whose checks nobody wants.
fn unwanted_head(given: &Given, unwanted: &BTreeSet<String>) -> Option<File> {
    if unwanted.is_empty() || given.tree.is_some() {
        return None;
    }
    let head = head(given).filter(|head| head.kind == "suite")?;
    let id = head.tree.get("suite").and_then(Node::text)?;
    unwanted.contains(id).then_some(head)
}

/// The text up to its checks, where these come last; else all of it.
fn before_checks(text: &str) -> &str {
    let Some(at) = text.find("\nchecks:\n") else {
        return text;
    };
    let (head, checks) = text.split_at(at + 1);
    let more = checks.lines().skip(1).any(|line| {
        line.starts_with(|first: char| !matches!(first, ' ' | '#' | '-' | '\t' | '\r'))
    });
    if more { text } else { head }
}

/// The layers without what one above hides.
fn visible(layers: Vec<Layer>) -> Vec<Layer> {
    let mut above: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    layers
        .into_iter()
        .enumerate()
        .map(|(depth, mut layer)| {
            layer.trees.retain(|file| {
                let id = file.tree.get(file.kind).and_then(|node| node.text());
                match id.filter(|_| HIDING.contains(&file.kind)) {
                    Some(id) => *above.entry((file.kind, id.to_owned())).or_insert(depth) == depth,
                    None => true,
                }
            });
            layer
        })
        .collect()
}
