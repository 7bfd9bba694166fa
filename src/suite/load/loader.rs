//! Files in layers to a [`Library`].

use std::collections::{BTreeMap, BTreeSet};

use super::reader::Reader;
use super::world::{Firsts, World};
use super::{File, catalogue, fixture, known, open, profile, suite, table};
use crate::suite::Library;
use crate::suite::diagnostic::{self, Diagnostic, Severity};
use crate::suite::source::Node;

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
            .map(|files| Layer::read(files, &mut problems))
            .collect();
        let layers = visible(layers);
        let mut world = World {
            faults: self.faults,
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
    fn read(files: Vec<Given>, problems: &mut Vec<Diagnostic>) -> Self {
        let mut layer = Self::default();
        for Given { name, text, tree } in files {
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
        table::add(self.rows, &mut library.requirements);
        let of_kind = |kind: &'static str| self.trees.iter().filter(move |file| file.kind == kind);
        for file in of_kind("catalogue") {
            catalogue::add(&mut Reader::new(file, world, problems), library);
        }
        for file in of_kind("fixture") {
            let fixture = fixture::read(&mut Reader::new(file, world, problems));
            library.fixtures.insert(fixture.name.clone(), fixture);
        }
        for file in of_kind("suite") {
            let mut suite = suite::read(&mut Reader::new(file, world, problems));
            suite.only_named = depth > 0;
            library.suites.push(suite);
        }
        for file in of_kind("profile") {
            let profile = profile::read(&mut Reader::new(file, world, problems));
            library.profiles.insert(profile.name.clone(), profile);
        }
    }
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
