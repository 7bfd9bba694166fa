//! The resources, in memory.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::kind;

/// A resource as it is stored: what clients may write, in 2.0 form, and what the server keeps of it.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    /// The identifier.
    pub(super) id: String,
    /// Its resource type: an index of [`kind::kinds`].
    pub(super) kind: usize,
    /// The attributes, without `schemas`, `id`, `meta`, `password` and what is computed.
    pub(super) attributes: Map<String, Value>,
    /// The password. No correct answer depends on it; it is kept for the faults that give it away.
    pub(super) password: Option<String>,
    /// When it was created.
    pub(super) created: DateTime<Utc>,
    /// When it was changed.
    pub(super) modified: DateTime<Utc>,
    /// How often it was written.
    pub(super) version: u64,
}

impl Stored {
    /// A string attribute.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.attributes.get(name)?.as_str()
    }

    /// The ids that a group names as members.
    pub(super) fn member_ids(&self) -> impl Iterator<Item = &str> {
        let members = self.attributes.get("members").and_then(Value::as_array);
        members
            .into_iter()
            .flatten()
            .filter_map(|member| member.get("value")?.as_str())
    }
}

/// The resources, in the order of their creation. A copy costs nothing until one of the two is written.
#[derive(Debug, Clone, Default)]
pub(super) struct Store(Arc<Contents>);

#[derive(Debug, Clone, Default)]
struct Contents {
    items: BTreeMap<u64, Arc<Stored>>,
    ids: HashMap<Arc<str>, u64>,
    next: u64,
    /// Whether what is deleted is kept.
    remembers: bool,
    /// `userName`s of deleted users, in lower case: read by a fault only.
    once_taken: Vec<String>,
    /// Deleted groups with the ids of their members: read by a fault only.
    once_groups: Vec<Arc<Stored>>,
    /// Deleted resources: read by a fault only.
    gone: Vec<Arc<Stored>>,
    /// Which groups each resource is in, once it was asked for.
    membership: OnceLock<Arc<Membership>>,
}

impl Store {
    /// Keeps what is deleted from now on, for faults to read.
    pub(super) fn remember(&mut self) {
        Arc::make_mut(&mut self.0).remembers = true;
    }

    /// The newest resource.
    pub(super) fn newest(&self) -> Option<&Arc<Stored>> {
        self.0.items.values().next_back()
    }

    /// The resource of an id.
    pub(super) fn get(&self, id: &str) -> Option<&Arc<Stored>> {
        self.0.items.get(self.0.ids.get(id)?)
    }

    /// All resources of a type, oldest first.
    pub(super) fn of(&self, kind: usize) -> impl DoubleEndedIterator<Item = &Arc<Stored>> {
        self.0
            .items
            .values()
            .filter(move |stored| stored.kind == kind)
    }

    /// Adds a resource, or puts it in the place of the one with its id.
    pub(super) fn put(&mut self, stored: Stored) {
        let contents = Arc::make_mut(&mut self.0);
        let next = contents.next;
        let at = *contents
            .ids
            .entry(stored.id.as_str().into())
            .or_insert(next);
        if at == next {
            contents.next += 1;
        }
        if stored.kind == kind::GROUP {
            contents.membership.take();
        }
        contents.items.insert(at, Arc::new(stored));
    }

    /// Removes a resource.
    pub(super) fn remove(&mut self, id: &str) -> Option<Arc<Stored>> {
        let contents = Arc::make_mut(&mut self.0);
        let at = contents.ids.remove(id)?;
        let removed = contents.items.remove(&at)?;
        if removed.kind == kind::GROUP {
            contents.membership.take();
        }
        if contents.remembers {
            if removed.kind == kind::USER {
                contents
                    .once_taken
                    .extend(removed.text("userName").map(str::to_lowercase));
            }
            if removed.kind == kind::GROUP {
                contents.once_groups.push(Arc::clone(&removed));
            }
            contents.gone.push(Arc::clone(&removed));
        }
        Some(removed)
    }

    /// Which groups each resource is in.
    pub(super) fn membership(&self) -> &Membership {
        let made = || Arc::new(Membership::of(self.of(kind::GROUP)));
        self.0.membership.get_or_init(made)
    }

    /// Deleted resources.
    pub(super) fn gone(&self) -> &[Arc<Stored>] {
        &self.0.gone
    }

    /// Takes the last of the deleted resources out of their list.
    pub(super) fn pop_gone(&mut self) -> Option<Arc<Stored>> {
        Arc::make_mut(&mut self.0).gone.pop()
    }

    /// Whether a deleted user had this `userName`, given in lower case.
    pub(super) fn was_taken(&self, name: &str) -> bool {
        self.0.once_taken.iter().any(|taken| taken == name)
    }

    /// The ids of deleted groups that a resource was a member of.
    pub(super) fn former_groups(&self, id: &str) -> impl Iterator<Item = &str> {
        let held = move |group: &&Arc<Stored>| group.member_ids().any(|member| member == id);
        self.0
            .once_groups
            .iter()
            .filter(held)
            .map(|group| group.id.as_str())
    }

    /// Takes an id out of all groups.
    pub(super) fn forget_member(&mut self, id: &str, now: DateTime<Utc>) {
        let holds = |stored: &&Arc<Stored>| stored.member_ids().any(|member| member == id);
        let groups: Vec<Stored> = self
            .of(kind::GROUP)
            .filter(holds)
            .map(|group| Stored::clone(group))
            .collect();
        for mut group in groups {
            if let Some(members) = group
                .attributes
                .get_mut("members")
                .and_then(Value::as_array_mut)
            {
                members.retain(|member| member.get("value").and_then(Value::as_str) != Some(id));
            }
            if group
                .attributes
                .get("members")
                .is_some_and(crate::scim::schema::is_unassigned)
            {
                group.attributes.shift_remove("members");
            }
            group.version += 1;
            group.modified = now;
            self.put(group);
        }
    }

    /// Another user of this name; `userName` ignores case (RFC 7643 §4.1.1).
    pub(super) fn user_named(
        &self,
        name: &str,
        but: Option<&str>,
        form: fn(&str) -> String,
    ) -> Option<&Arc<Stored>> {
        let wanted = form(name);
        self.of(kind::USER)
            .filter(|user| Some(user.id.as_str()) != but)
            .find(|user| {
                user.text("userName")
                    .is_some_and(|taken| form(taken) == wanted)
            })
    }
}

/// Which groups each resource is in.
#[derive(Debug, Default)]
pub(super) struct Membership {
    groups: HashMap<String, Vec<Arc<Stored>>>,
}

impl Membership {
    fn of<'a>(all_groups: impl Iterator<Item = &'a Arc<Stored>>) -> Self {
        let mut groups: HashMap<String, Vec<Arc<Stored>>> = HashMap::new();
        for group in all_groups {
            for member in group.member_ids() {
                let list = groups.entry(member.to_owned()).or_default();
                if list.last().is_none_or(|last| last.id != group.id) {
                    list.push(Arc::clone(group));
                }
            }
        }
        Self { groups }
    }

    /// The groups of a resource: first those that name it, then those that hold these; true for the former.
    pub(super) fn groups_of(&self, id: &str) -> Vec<(&Arc<Stored>, bool)> {
        let mut found: Vec<(&Arc<Stored>, bool)> = Vec::new();
        let mut next = vec![id];
        let mut direct = true;
        while !next.is_empty() {
            let mut above: Vec<&str> = Vec::new();
            for group in next.iter().filter_map(|id| self.groups.get(*id)).flatten() {
                if !found.iter().any(|(known, _)| known.id == group.id) {
                    found.push((group, direct));
                    above.push(&group.id);
                }
            }
            next = above;
            direct = false;
        }
        found
    }
}
