//! Records worth showing, a bounded number of each kind.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::person::Person;

/// The longest text of a record that is kept, in characters.
const LONGEST: usize = 120;

/// Why a record is worth showing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// The import doesn't read it.
    Missed,
    /// Its id came before.
    RepeatedId,
    /// Another user has its `userName`.
    RepeatedUserName,
    /// Okta can't import it.
    Incomplete,
    /// It would be unassigned.
    Unassigned,
    /// Okta has more than one user that it may be.
    Ambiguous,
    /// Only its first and last name match.
    Partial,
    /// It is active again, and no exact match.
    NotReactivated,
    /// It lacks something that Okta reads.
    Lacking,
}

impl Kind {
    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Missed => "there, and not read by the import",
            Self::RepeatedId => "ids that came more than once",
            Self::RepeatedUserName => "userNames that more than one user has",
            Self::Incomplete => "can't be imported",
            Self::Unassigned => "would be unassigned",
            Self::Ambiguous => "ambiguous matches",
            Self::Partial => "partial matches",
            Self::NotReactivated => "active again, but not by themselves in Okta",
            Self::Lacking => "without something that Okta reads",
        }
    }
}

/// Records of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Notable {
    /// Why they are shown.
    pub kind: Kind,
    /// How many there are.
    pub count: u64,
    /// The first of them.
    pub records: Vec<Record>,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// Its `userName`, or its id.
    pub name: String,
    /// Its position in the list, from 1, if it is in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
    /// What is to be said of it.
    pub text: String,
}

/// Collects them.
#[derive(Debug)]
pub(super) struct Notables {
    limit: usize,
    kinds: BTreeMap<Kind, (u64, Vec<Record>)>,
}

impl Notables {
    pub(super) const fn new(limit: usize) -> Self {
        Self {
            limit,
            kinds: BTreeMap::new(),
        }
    }

    pub(super) fn person(&mut self, kind: Kind, person: &Person, position: u64, text: &str) {
        self.add(kind, person.name(), Some(position), text);
    }

    pub(super) fn add(&mut self, kind: Kind, name: &str, position: Option<u64>, text: &str) {
        let (count, records) = self.kinds.entry(kind).or_default();
        *count += 1;
        if records.len() < self.limit {
            records.push(Record {
                name: short(name),
                position,
                text: short(text),
            });
        }
    }

    /// Takes back one of a kind that it turned out not to be.
    pub(super) fn withdraw(&mut self, kind: Kind, name: &str) {
        if let Some((count, records)) = self.kinds.get_mut(&kind) {
            *count = count.saturating_sub(1);
            let name = short(name);
            records.retain(|record| record.name != name);
        }
    }

    pub(super) fn count(&self, kind: Kind) -> u64 {
        self.kinds.get(&kind).map_or(0, |(count, _)| *count)
    }

    pub(super) fn all(self) -> Vec<Notable> {
        let all = self.kinds.into_iter().filter(|(_, (count, _))| *count > 0);
        all.map(|(kind, (count, records))| Notable {
            kind,
            count,
            records,
        })
        .collect()
    }
}

fn short(text: &str) -> String {
    if text.char_indices().nth(LONGEST).is_none() {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}
