//! Which ids a walk has met: a hash each, so that a hundred thousand cost a few megabytes.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher as _, RandomState};

/// Ids that were met. Two of them share a hash with a chance of about 1 : 3,000,000,000 among 100,000; the hash is
/// keyed anew for each process, so that no target can choose its ids for that.
#[derive(Debug, Default)]
pub(super) struct Seen {
    hasher: RandomState,
    ids: HashMap<u64, Met>,
    read: u64,
}

#[derive(Debug, Clone, Copy)]
struct Met {
    position: u32,
    /// Whether the import itself has read it, and not only a look into a gap.
    read: bool,
}

/// What is known of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meeting {
    /// It is new.
    New,
    /// A look into a gap had found it; now the import reads it too.
    Found,
    /// It was read before, at that position.
    Again(u32),
}

impl Seen {
    /// Notes an id that the import reads.
    pub(super) fn read(&mut self, id: &str, position: u64) -> Meeting {
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        let meeting = match self.ids.entry(self.hasher.hash_one(id)) {
            Entry::Vacant(place) => {
                place.insert(Met {
                    position,
                    read: true,
                });
                Meeting::New
            }
            Entry::Occupied(mut met) if !met.get().read => {
                met.insert(Met {
                    position,
                    read: true,
                });
                Meeting::Found
            }
            Entry::Occupied(met) => Meeting::Again(met.get().position),
        };
        self.read += u64::from(!matches!(meeting, Meeting::Again(_)));
        meeting
    }

    /// Notes an id that stands in a gap; says whether it is new.
    pub(super) fn found(&mut self, id: &str, position: u64) -> bool {
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        match self.ids.entry(self.hasher.hash_one(id)) {
            Entry::Vacant(place) => {
                place.insert(Met {
                    position,
                    read: false,
                });
                true
            }
            Entry::Occupied(_) => false,
        }
    }

    /// How many different ids the import has read.
    pub(super) const fn distinct(&self) -> u64 {
        self.read
    }

    /// How many different ids there are that the import has not read.
    pub(super) fn missed(&self) -> u64 {
        u64::try_from(self.ids.len()).unwrap_or(u64::MAX) - self.read
    }

    /// How many ids are held.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }
}
