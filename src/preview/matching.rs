//! Which Okta user a user of the app is taken for.

use std::hash::{BuildHasher as _, RandomState};

use schemars::JsonSchema;
use serde::Serialize;

use super::okta_users::OktaUser;
use super::person::Person;
use super::rules::{Criteria, Rules};

/// How a user of the app relates to those of Okta.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Class {
    /// All criteria are equal, with one Okta user only.
    Exact,
    /// First and last name are equal, and the criteria are not.
    Partial,
    /// Nobody in Okta is like it.
    None,
    /// More than one Okta user is like it, or another user of the app was matched with the same one before.
    Ambiguous,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Exact, Self::Partial, Self::None, Self::Ambiguous];

    /// Its name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Partial => "partial",
            Self::None => "none",
            Self::Ambiguous => "ambiguous",
        }
    }
}

/// What came of matching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The class.
    pub class: Class,
    /// The Okta user, or the first of those that it may be.
    pub okta: Option<usize>,
    /// How many Okta users it may be.
    pub candidates: usize,
    /// Whether the one Okta user was matched with another user of the app before.
    pub taken: bool,
}

/// The users of Okta, to be looked up.
#[derive(Debug)]
pub struct Directory {
    users: Vec<OktaUser>,
    criteria: Criteria,
    partial: bool,
    hasher: RandomState,
    /// Hashes of what the criteria compare, in order, with the users' numbers.
    exact: Vec<(u64, u32)>,
    /// The same of first and last names.
    names: Vec<(u64, u32)>,
    /// Which users were matched exactly already.
    taken: Vec<bool>,
}

impl Directory {
    /// Makes a directory. Of more than 4 billion users the rest is left out.
    pub fn new(users: Vec<OktaUser>, rules: &Rules) -> Self {
        let mut directory = Self {
            taken: vec![false; users.len()],
            users,
            criteria: rules.exact.clone(),
            partial: rules.partial,
            hasher: RandomState::new(),
            exact: Vec::new(),
            names: Vec::new(),
        };
        let (mut exact, mut names) = (Vec::new(), Vec::new());
        for (number, user) in (0_u32..).zip(&directory.users) {
            if let Some(key) = okta_key(user, &directory.criteria) {
                exact.push((directory.hash(&key), number));
            }
            if let Some(key) = key([Some(&user.first_name), Some(&user.last_name)]) {
                names.push((directory.hash(&key), number));
            }
        }
        exact.sort_unstable();
        names.sort_unstable();
        (directory.exact, directory.names) = (exact, names);
        directory
    }

    /// A user, by its number.
    pub fn user(&self, number: usize) -> Option<&OktaUser> {
        self.users.get(number)
    }

    /// How many users there are.
    pub const fn len(&self) -> usize {
        self.users.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.users.is_empty()
    }

    /// Finds the Okta user of a user of the app. Users are taken for matched in the order in which they are asked for,
    /// which is that of the import.
    pub fn find(&mut self, person: &Person) -> Match {
        let exact = person_key(person, &self.criteria).map_or_else(Vec::new, |wanted| {
            self.candidates(&self.exact, &wanted, |user| okta_key(user, &self.criteria))
        });
        match exact.as_slice() {
            [] => {}
            [one] => {
                let one = *one;
                let before = self
                    .taken
                    .get_mut(one)
                    .is_some_and(|taken| std::mem::replace(taken, true));
                return Match {
                    class: if before {
                        Class::Ambiguous
                    } else {
                        Class::Exact
                    },
                    okta: Some(one),
                    candidates: 1,
                    taken: before,
                };
            }
            [first, ..] => {
                return Match {
                    class: Class::Ambiguous,
                    okta: Some(*first),
                    candidates: exact.len(),
                    taken: false,
                };
            }
        }
        let names = key([person.given_name.as_ref(), person.family_name.as_ref()]);
        let like = match names.filter(|_| self.partial) {
            Some(wanted) => self.candidates(&self.names, &wanted, |user| {
                key([Some(&user.first_name), Some(&user.last_name)])
            }),
            None => Vec::new(),
        };
        Match {
            class: match like.len() {
                0 => Class::None,
                1 => Class::Partial,
                _ => Class::Ambiguous,
            },
            okta: like.first().copied(),
            candidates: like.len(),
            taken: false,
        }
    }

    /// Those with the key, found by its hash and then compared.
    fn candidates(
        &self,
        index: &[(u64, u32)],
        wanted: &str,
        key_of: impl Fn(&OktaUser) -> Option<String>,
    ) -> Vec<usize> {
        let hash = self.hash(wanted);
        let from = index.partition_point(|(found, _)| *found < hash);
        let of_hash = index
            .iter()
            .skip(from)
            .take_while(|(found, _)| *found == hash);
        let mut found = Vec::new();
        for (_, number) in of_hash {
            let Ok(number) = usize::try_from(*number) else {
                continue;
            };
            let user = self.users.get(number);
            if user.and_then(&key_of).as_deref() == Some(wanted) {
                found.push(number);
            }
        }
        found
    }

    fn hash(&self, key: &str) -> u64 {
        self.hasher.hash_one(key)
    }
}

/// What of the criteria a user of the app lacks: without it no match can be exact.
pub fn lacks(person: &Person, criteria: &Criteria) -> Vec<String> {
    let mut lacking = Vec::new();
    if criteria.username && person.login.is_none() {
        lacking.push("username".to_owned());
    }
    if criteria.email && person.email.is_none() {
        lacking.push("email".to_owned());
    }
    let pairs = criteria.attributes.iter().zip(&person.values);
    lacking.extend(
        pairs
            .filter(|(_, value)| value.is_none())
            .map(|(pair, _)| pair.okta.clone()),
    );
    lacking
}

/// Which of the criteria differ between a user of the app and one of Okta.
pub fn differences(person: &Person, okta: &OktaUser, criteria: &Criteria) -> Vec<String> {
    let differs = |ours: Option<&String>, theirs: &String| {
        let ours = key([ours]);
        ours.is_none() || ours != key([Some(theirs)])
    };
    let mut different = Vec::new();
    if criteria.username && differs(person.login.as_ref(), &okta.login) {
        different.push("username".to_owned());
    }
    if criteria.email && differs(person.email.as_ref(), &okta.email) {
        different.push("email".to_owned());
    }
    let values = person.values.iter().zip(&okta.values);
    for (pair, (ours, theirs)) in criteria.attributes.iter().zip(values) {
        if differs(ours.as_ref(), theirs) {
            different.push(pair.okta.clone());
        }
    }
    different
}

fn person_key(person: &Person, criteria: &Criteria) -> Option<String> {
    let mut parts = Vec::new();
    parts.extend(criteria.username.then_some(person.login.as_ref()));
    parts.extend(criteria.email.then_some(person.email.as_ref()));
    parts.extend(person.values.iter().map(Option::as_ref));
    key(parts)
}

fn okta_key(user: &OktaUser, criteria: &Criteria) -> Option<String> {
    let mut parts = Vec::new();
    parts.extend(criteria.username.then_some(Some(&user.login)));
    parts.extend(criteria.email.then_some(Some(&user.email)));
    parts.extend(user.values.iter().map(Some));
    key(parts)
}

/// Texts as one that is equal when all of them are; case and blanks around them mean nothing. `None` when one is
/// missing: what is not there equals nothing.
fn key<'a>(parts: impl IntoIterator<Item = Option<&'a String>>) -> Option<String> {
    let mut key = String::new();
    for part in parts {
        let part = part
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())?;
        key.push_str(&part.to_lowercase());
        key.push('\u{1f}');
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn okta(login: &str, email: &str, first: &str, last: &str, badge: &str) -> OktaUser {
        OktaUser {
            login: login.to_owned(),
            email: email.to_owned(),
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            status: "ACTIVE".to_owned(),
            values: if badge.is_empty() {
                Vec::new()
            } else {
                vec![badge.to_owned()]
            },
        }
    }

    fn person(login: &str, email: &str, first: &str, last: &str, badge: Option<&str>) -> Person {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Person {
            id: text("1"),
            user_name: text(login),
            given_name: text(first),
            family_name: text(last),
            email: text(email),
            active: true,
            login: text(login),
            values: badge.into_iter().map(text).collect(),
            missing: Vec::new(),
        }
    }

    #[test]
    fn classes_follow_from_the_criteria() {
        let users = || {
            vec![
                okta("ada@x", "ada@mail", "Ada", "Byron", ""),
                okta("bob@x", "team@mail", "Bob", "Ross", ""),
                okta("rob@x", "team@mail", "Bob", "Ross", ""),
                okta("eve@x", "", "", "", ""),
            ]
        };
        let by = |words: &[&str], partial: bool, who: &Person| {
            let rules = Rules {
                exact: Criteria::parse(words.iter().copied()).unwrap(),
                partial,
                ..Rules::default()
            };
            let mut directory = Directory::new(users(), &rules);
            let found = directory.find(who);
            (found.class.word(), found.candidates)
        };
        let ada = person("ADA@x ", "other@mail", "Ada", "Byron", None);
        let bob = person("bobby@x", "Team@mail", "bob", "ROSS", None);
        let eve = person("eve@x", "", "", "", None);
        let table = [
            (&["username"][..], true, &ada, ("exact", 1)),
            (&["email"], true, &ada, ("partial", 1)),
            (&["email"], false, &ada, ("none", 0)),
            (&["username", "email"], true, &ada, ("partial", 1)),
            (&["email"], true, &bob, ("ambiguous", 2)),
            (&["username"], true, &bob, ("ambiguous", 2)),
            (&["username"], false, &bob, ("none", 0)),
            (&["username"], true, &eve, ("exact", 1)),
            // Two empty addresses are not equal, and neither are two empty names.
            (&["email"], true, &eve, ("none", 0)),
        ];
        for (words, partial, who, expected) in table {
            assert_eq!(by(words, partial, who), expected, "{words:?} {who:?}");
        }
    }

    #[test]
    fn attributes_are_compared_together_and_a_user_is_matched_once() {
        let rules = Rules {
            exact: Criteria::parse(["name", "badge=badge"]).unwrap(),
            ..Rules::default()
        };
        let mut one = okta("a", "", "Ada", "Byron", "");
        one.values = vec!["Ada".into(), "Byron".into(), "7".into()];
        let mut directory = Directory::new(vec![one], &rules);
        let mut ada = person("x", "", "Ada", "Byron", None);
        ada.values = vec![Some("ada".into()), Some("byron".into()), Some("8".into())];
        assert_eq!(directory.find(&ada).class, Class::Partial);
        let okta = directory.user(0).unwrap();
        assert_eq!(differences(&ada, okta, &rules.exact), ["badge"]);
        ada.values[2] = None;
        assert_eq!(lacks(&ada, &rules.exact), ["badge"]);
        assert_eq!(directory.find(&ada).class, Class::Partial);
        ada.values[2] = Some("7".into());
        assert_eq!(directory.find(&ada).class, Class::Exact);
        let again = directory.find(&ada);
        assert_eq!((again.class, again.taken), (Class::Ambiguous, true));
    }
}
