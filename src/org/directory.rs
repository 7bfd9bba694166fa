//! What the org knows: its users and their assignments. It forgets with the process.

use std::collections::BTreeMap;

use rand::{RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use super::assignment::Assignment;
use super::error::ApiError;
use super::user::{Status, User};

/// Letters and digits that are not taken for each other.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// What the org knows.
#[derive(Debug)]
pub(super) struct Directory {
    users: BTreeMap<String, User>,
    /// By the user's id.
    pub(super) assignments: BTreeMap<String, Assignment>,
    /// By their ids.
    pub(super) grants: BTreeMap<String, Value>,
    last_assignment: u64,
    rng: ChaCha8Rng,
}

/// What has become of an assignment while the target was waited for.
#[derive(Debug)]
pub(super) enum Standing<'a> {
    /// It is still there.
    There(&'a mut Assignment),
    /// It ended, and the same user was assigned again.
    Followed,
    /// It ended.
    Ended,
}

impl Directory {
    /// An empty one, whose ids and passwords come from a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            users: BTreeMap::new(),
            assignments: BTreeMap::new(),
            grants: BTreeMap::new(),
            last_assignment: 0,
            rng: ChaCha8Rng::seed_from_u64(seed ^ 0x6f6b_7461),
        }
    }

    /// A new id: twenty characters, the first three say what it is of (`00u`: a user).
    pub(super) fn fresh_id(&mut self, kind: &str) -> String {
        format!("{kind}{}", self.letters(17))
    }

    /// The number of a new assignment.
    pub(super) const fn fresh_number(&mut self) -> u64 {
        self.last_assignment += 1;
        self.last_assignment
    }

    /// The assignment of a number, if it has not ended; ended meanwhile, it may have been followed by another.
    pub(super) fn assignment(&mut self, user: &str, number: u64) -> Standing<'_> {
        match self.assignments.get_mut(user) {
            Some(known) if known.number == number => Standing::There(known),
            Some(_) => Standing::Followed,
            None => Standing::Ended,
        }
    }

    /// A password such as Okta's client sends with each new account.
    pub(super) fn fresh_password(&mut self) -> String {
        self.letters(8)
    }

    fn letters(&mut self, count: usize) -> String {
        (0..count)
            .filter_map(|_| LETTERS.get((self.rng.next_u32() % 32) as usize))
            .map(|byte| char::from(*byte))
            .collect()
    }

    /// Users by id, in the order of their ids.
    pub(super) fn users(&self) -> impl Iterator<Item = &User> {
        self.users.values()
    }

    /// The user of an id or a login.
    ///
    /// # Errors
    /// There is none.
    pub(super) fn user(&self, key: &str) -> Result<&User, ApiError> {
        let by_login = || {
            self.users().find(|user| {
                user.text("login")
                    .is_some_and(|own| own.eq_ignore_ascii_case(key))
            })
        };
        let user = self.users.get(key).or_else(by_login);
        user.ok_or_else(|| ApiError::not_found(key, "User"))
    }

    /// Adds a user, or puts another state in place of one.
    ///
    /// # Errors
    /// Another user has that login.
    pub(super) fn put(&mut self, user: User) -> Result<(), ApiError> {
        let login = user.text("login").unwrap_or_default();
        if self.user(login).is_ok_and(|other| other.id != user.id) {
            let cause =
                "login: An object with this field already exists in the current organization";
            return Err(ApiError::validation("login", vec![cause.to_owned()]));
        }
        self.users.insert(user.id.clone(), user);
        Ok(())
    }

    /// Changes where a user is in their life.
    pub(super) fn set_status(&mut self, id: &str, status: Status, now: &str) {
        if let Some(user) = self.users.get_mut(id) {
            user.status = status;
            now.clone_into(&mut user.changed);
            now.clone_into(&mut user.updated);
        }
    }

    /// Forgets a user.
    pub(super) fn remove(&mut self, id: &str) {
        self.users.remove(id);
        self.assignments.remove(id);
    }
}
