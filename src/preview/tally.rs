//! Counts of what came of the records.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher as _, RandomState};

use super::decide::Decision;
use super::matching::Class;
use super::outcome::{Criterion, Decided, Missing, OfClass};
use super::person::Field;

/// Counts.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) active: u64,
    pub(super) inactive: u64,
    /// Users whose id is longer than any sensible one, and where the first is.
    pub(super) long_ids: Option<(u64, u64)>,
    fields: BTreeMap<Field, u64>,
    classes: BTreeMap<Class, u64>,
    decisions: BTreeMap<Decision, u64>,
    criteria: BTreeMap<String, u64>,
    hasher: RandomState,
    /// Hashes of `userName`, ignoring case, with the position of the first.
    names: HashMap<u64, u32>,
}

impl Tally {
    pub(super) fn missing(&mut self, fields: &[Field]) {
        for field in fields {
            *self.fields.entry(*field).or_default() += 1;
        }
    }

    pub(super) fn long_id(&mut self, position: u64) {
        let (count, first) = self.long_ids.unwrap_or((0, position));
        self.long_ids = Some((count + 1, first));
    }

    pub(super) fn class(&mut self, class: Class) {
        *self.classes.entry(class).or_default() += 1;
    }

    pub(super) fn decision(&mut self, decision: Decision) {
        *self.decisions.entry(decision).or_default() += 1;
    }

    pub(super) fn withdraw(&mut self, decision: Decision) {
        if let Some(count) = self.decisions.get_mut(&decision) {
            *count = count.saturating_sub(1);
        }
    }

    pub(super) fn lacks(&mut self, criterion: String) {
        *self.criteria.entry(criterion).or_default() += 1;
    }

    /// Notes a `userName`; gives the position of another user that has it.
    pub(super) fn user_name(&mut self, name: &str, position: u64) -> Option<u32> {
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        let hash = self.hasher.hash_one(name.to_lowercase());
        let before = self.names.get(&hash).copied();
        if before.is_none() {
            self.names.insert(hash, position);
        }
        before
    }

    pub(super) fn decided(&self, decision: Decision) -> u64 {
        self.decisions.get(&decision).copied().unwrap_or_default()
    }

    pub(super) fn lacking(&self, field: Field) -> u64 {
        self.fields.get(&field).copied().unwrap_or_default()
    }

    pub(super) fn fields(&self) -> Vec<Missing> {
        let fields = self.fields.iter();
        fields
            .map(|(field, users)| Missing {
                field: *field,
                users: *users,
            })
            .collect()
    }

    pub(super) fn classes(&self) -> Vec<OfClass> {
        let of = |class: Class| OfClass {
            class,
            users: self.classes.get(&class).copied().unwrap_or_default(),
        };
        Class::ALL.into_iter().map(of).collect()
    }

    pub(super) fn decisions(&self) -> Vec<Decided> {
        let of = |decision: Decision| Decided {
            decision,
            users: self.decided(decision),
        };
        let all = Decision::ALL.into_iter().map(of);
        all.filter(|decided| decided.users > 0).collect()
    }

    pub(super) fn criteria(&self) -> Vec<Criterion> {
        let criteria = self.criteria.iter();
        criteria
            .map(|(criterion, users)| Criterion {
                criterion: criterion.clone(),
                users: *users,
            })
            .collect()
    }
}
