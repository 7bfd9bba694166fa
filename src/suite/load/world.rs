//! What files may refer to in each other: the names of all of them, read before any is decoded.

use std::collections::{BTreeMap, BTreeSet};

use crate::suite::diagnostic::Diagnostic;
use crate::suite::source::{Mark, Node};

/// Resource types that every target may have (RFC 7643 §3, §4, RFC 7644 §4).
const RESOURCE_TYPES: [&str; 5] = [
    "User",
    "Group",
    "ServiceProviderConfig",
    "ResourceType",
    "Schema",
];

/// Where a name was first given: kind and name → file and place.
pub(super) type Firsts = BTreeMap<(&'static str, String), (String, Mark)>;

/// The names of all files.
#[derive(Debug)]
pub(super) struct World {
    /// Fixtures, with what others need to know of them.
    pub(super) fixtures: BTreeMap<String, Head>,
    /// Ids of requirements.
    pub(super) requirements: BTreeSet<String>,
    /// Ids of suites.
    pub(super) suites: BTreeSet<String>,
    /// Names of resource types.
    pub(super) resource_types: BTreeSet<String>,
    /// Faults of the embedded server, if anybody said which there are.
    pub(super) faults: Option<BTreeSet<String>>,
    /// Its lawful variations, if anybody said which there are.
    pub(super) variations: Option<BTreeSet<String>>,
}

/// What other fixtures need to know of one.
#[derive(Debug)]
pub(super) struct Head {
    /// The fixture that it extends.
    pub(super) extends: Option<String>,
    /// The name of its resource type.
    pub(super) resource_type: String,
}

impl Default for World {
    fn default() -> Self {
        Self {
            fixtures: BTreeMap::new(),
            requirements: BTreeSet::new(),
            suites: BTreeSet::new(),
            resource_types: RESOURCE_TYPES.map(str::to_owned).into(),
            faults: None,
            variations: None,
        }
    }
}

impl World {
    /// Adds the names of a file.
    pub(super) fn add(
        &mut self,
        file: &str,
        kind: &'static str,
        tree: &Node,
        firsts: &mut Firsts,
        problems: &mut Vec<Diagnostic>,
    ) {
        let Some((id, mark)) = tree
            .get(kind)
            .and_then(|node| Some((node.text()?, node.mark)))
        else {
            return;
        };
        first(kind, id, file, mark, firsts, problems);
        match kind {
            "suite" => {
                self.suites.insert(id.to_owned());
            }
            "fixture" => {
                let text = |key: &str| tree.get(key).and_then(Node::text).map(str::to_owned);
                let resource_type = text("resourceType");
                self.resource_types.extend(resource_type.clone());
                let head = Head {
                    extends: text("extends"),
                    resource_type: resource_type.unwrap_or_default(),
                };
                self.fixtures.insert(id.to_owned(), head);
            }
            "catalogue" => {
                for row in tree.get("requirements").map_or(&[][..], Node::items) {
                    if let Some((id, mark)) = row
                        .get("id")
                        .and_then(|node| Some((node.text()?, node.mark)))
                    {
                        first("requirement", id, file, mark, firsts, problems);
                        self.requirements.insert(id.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
}

/// Remembers where a name is first given, and complains of the second time.
pub(super) fn first(
    kind: &'static str,
    name: &str,
    file: &str,
    mark: Mark,
    firsts: &mut Firsts,
    problems: &mut Vec<Diagnostic>,
) {
    match firsts.get(&(kind, name.to_owned())) {
        Some((before, at)) => problems.push(
            Diagnostic::error(file, mark, format!("the {kind} `{name}` is there already")).note(
                format!("the first one is at {before}:{}:{}", at.line, at.column),
            ),
        ),
        None => {
            firsts.insert((kind, name.to_owned()), (file.to_owned(), mark));
        }
    }
}
