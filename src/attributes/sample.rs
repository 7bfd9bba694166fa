//! Values to send: realistic, of one person, and for unique attributes of that person alone.

use serde_json::{Value, json};

use crate::engine::generate::{Generator, stable_hash};
use crate::suite::Dialect;

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sample {
    /// The person's user name.
    UserName,
    /// The given name.
    GivenName,
    /// The family name.
    FamilyName,
    /// Both names.
    DisplayName,
    /// The primary address, which is the user name, as in most Okta orgs.
    WorkEmail,
    /// A private address.
    HomeEmail,
    /// `true`, then `false`.
    Active,
    /// An id as Okta's are; it does not change.
    OktaId,
    /// A random password; it does not change.
    Password,
    /// A page about the person.
    Url,
    /// `en-US`, or `en_US` in SCIM 1.1.
    Locale,
    /// A number of the person alone.
    Digits,
    /// The id of another user.
    Manager,
    /// A phone number of a type, and another one.
    Phone(&'static str, &'static str, &'static str),
    /// A text, and another one.
    Pair(&'static str, &'static str),
    /// Made up from the attribute's own definition.
    Defined,
    /// A text for an attribute of which nothing is known.
    Unknown,
}

/// Which of two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// That of the create.
    First,
    /// That of the update.
    Second,
}

impl Turn {
    pub(super) const fn number(self) -> u32 {
        match self {
            Self::First => 0,
            Self::Second => 1,
        }
    }

    fn of<T>(self, first: T, second: T) -> T {
        match self {
            Self::First => first,
            Self::Second => second,
        }
    }
}

/// A person who is made up.
#[derive(Debug, Clone)]
pub(super) struct Person {
    generator: Generator,
    dialect: Dialect,
    /// What values of the target's own attributes are drawn from.
    pub(super) seed: u64,
    /// The users who are managers, before and after the update.
    pub(super) managers: [Option<String>; 2],
}

impl Person {
    /// The person of a number.
    pub(super) fn new(seed: u64, tag: &str, dialect: Dialect, number: usize) -> Self {
        let name = format!("attributes/{}/{number}", dialect.word());
        Self {
            generator: Generator::new(seed, tag, &name),
            dialect,
            seed: seed ^ stable_hash(&name),
            managers: [None, None],
        }
    }

    fn unique(&self, kind: &str, turn: Turn) -> String {
        let name = turn.of(kind.to_owned(), format!("{kind}.b"));
        self.generator.value(&name).unwrap_or_default()
    }

    /// A user name, with capitals in it, as people are named.
    fn name_of(&self, turn: Turn) -> String {
        let (given, family) = (
            self.unique("givenName", turn),
            self.unique("familyName", turn),
        );
        format!("{given}.{family}@example.com")
    }

    /// The user name that the person is created with.
    pub(super) fn user_name(&self) -> String {
        self.name_of(Turn::First)
    }

    /// A value; `None` where there is no second one, or where it takes the attribute's definition.
    pub(super) fn value(&self, sample: Sample, turn: Turn) -> Option<Value> {
        let unique = |kind: &str| self.unique(kind, turn);
        let fixed = |value: String| (turn == Turn::First).then(|| value.into());
        Some(match sample {
            Sample::UserName => self.name_of(turn).into(),
            Sample::GivenName => unique("givenName").into(),
            Sample::FamilyName => unique("familyName").into(),
            Sample::DisplayName => {
                format!("{} {}", unique("givenName"), unique("familyName")).into()
            }
            Sample::WorkEmail => {
                json!({ "value": self.name_of(turn), "type": "work", "primary": true })
            }
            Sample::HomeEmail => {
                json!({ "value": format!("private.{}", unique("email")), "type": "home", "primary": false })
            }
            Sample::Active => turn.of(true, false).into(),
            Sample::OktaId => return fixed(self.unique("id", Turn::First)),
            Sample::Password => return fixed(self.unique("password", Turn::First)),
            Sample::Url => format!("https://example.com/people/{}", unique("digits")).into(),
            Sample::Locale => match self.dialect {
                Dialect::V1 => turn.of("en_US", "de_DE"),
                Dialect::V2 => turn.of("en-US", "de-DE"),
            }
            .into(),
            Sample::Digits => unique("digits").into(),
            Sample::Manager => {
                let [first, second] = &self.managers;
                let known = turn.of(first, second).clone();
                known.unwrap_or_else(|| unique("id")).into()
            }
            Sample::Phone(kind, first, second) => json!({
                "value": turn.of(first, second), "type": kind, "primary": kind == "work",
            }),
            Sample::Pair(first, second) => turn.of(first, second).into(),
            Sample::Unknown => unique("name").into(),
            Sample::Defined => return None,
        })
    }
}
