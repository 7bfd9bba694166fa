//! A user as an import reads it.

use ring::digest::{Context, SHA256};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::rules::{Piece, Rules, UsernameFormat};
use crate::scim::path::AttributePath;
use crate::scim::urn;

/// What Okta reads of a user, and what is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// `id`.
    pub id: Option<String>,
    /// `userName`.
    pub user_name: Option<String>,
    /// `name.givenName`.
    pub given_name: Option<String>,
    /// `name.familyName`.
    pub family_name: Option<String>,
    /// The value of the primary one of `emails`.
    pub email: Option<String>,
    /// `active`; a user without it counts as active.
    pub active: bool,
    /// The Okta username that would be made of it.
    pub login: Option<String>,
    /// The values of the criteria's attributes, in their order.
    pub values: Vec<Option<String>>,
    /// What Okta reads of a user and this one lacks.
    pub missing: Vec<Field>,
}

/// What Okta reads of every user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Field {
    /// `id`
    Id,
    /// `userName`
    UserName,
    /// `name.givenName`
    GivenName,
    /// `name.familyName`
    FamilyName,
    /// `emails`
    Email,
    /// `emails`, of which one is primary
    PrimaryEmail,
    /// `active`
    Active,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Id,
        Self::UserName,
        Self::GivenName,
        Self::FamilyName,
        Self::Email,
        Self::PrimaryEmail,
        Self::Active,
    ];

    /// What it is, for people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::UserName => "userName",
            Self::GivenName => "name.givenName",
            Self::FamilyName => "name.familyName",
            Self::Email => "emails (an array)",
            Self::PrimaryEmail => "an e-mail address with primary: true",
            Self::Active => "active",
        }
    }
}

impl Person {
    /// Reads a user. Texts pass through `clean` first, which takes out secrets.
    pub fn read(user: &Value, rules: &Rules, clean: &impl Fn(&str) -> String) -> Self {
        let text = |path: &[&str]| {
            let found = path
                .iter()
                .try_fold(user, |value, name| member(value, name));
            found.and_then(plain).map(|text| clean(&text))
        };
        let email = primary_email(user).map(|text| clean(&text));
        let emails = member(user, "emails").and_then(Value::as_array);
        let active = member(user, "active").and_then(Value::as_bool);
        let mut person = Self {
            id: text(&["id"]),
            user_name: text(&["userName"]),
            given_name: text(&["name", "givenName"]),
            family_name: text(&["name", "familyName"]),
            email,
            active: active.unwrap_or(true),
            login: None,
            values: Vec::new(),
            missing: Vec::new(),
        };
        let lacks = |field: Field| match field {
            Field::Id => person.id.is_none(),
            Field::UserName => person.user_name.is_none(),
            Field::GivenName => person.given_name.is_none(),
            Field::FamilyName => person.family_name.is_none(),
            Field::Email => emails.is_none_or(Vec::is_empty),
            Field::PrimaryEmail => {
                person.email.is_none() && emails.is_some_and(|emails| !emails.is_empty())
            }
            Field::Active => active.is_none(),
        };
        let missing = Field::ALL
            .into_iter()
            .filter(|field| lacks(*field))
            .collect();
        person.missing = missing;
        person.login = login(user, &person, &rules.username, clean);
        let attributes = rules.exact.attributes.iter();
        person.values = attributes
            .map(|pair| value_at(user, &pair.scim).map(|text| clean(&text)))
            .collect();
        person
    }

    /// Whether Okta can make a user of it, or find one: without these there is nothing to hold on to.
    pub fn is_importable(&self) -> bool {
        self.id.is_some() && self.login.is_some()
    }

    /// What people know it by.
    pub fn name(&self) -> &str {
        let name = self.user_name.as_deref().or(self.id.as_deref());
        name.unwrap_or("(neither userName nor id)")
    }
}

fn login(
    user: &Value,
    person: &Person,
    format: &UsernameFormat,
    clean: &impl Fn(&str) -> String,
) -> Option<String> {
    match format {
        UsernameFormat::UserName => person.user_name.clone(),
        UsernameFormat::Email => person.email.clone(),
        UsernameFormat::EmailPrefix => {
            let (prefix, _) = person.email.as_deref()?.split_once('@')?;
            Some(prefix.to_owned())
        }
        UsernameFormat::Template(pieces) => {
            let part = |piece: &Piece| match piece {
                Piece::Text(text) => Some(text.clone()),
                Piece::Attribute(path) => value_at(user, path),
            };
            let parts: Option<String> = pieces.iter().map(part).collect();
            Some(clean(&parts?))
        }
    }
}

/// Okta takes the primary address (the exact word `true`).
fn primary_email(user: &Value) -> Option<String> {
    let emails = member(user, "emails")?.as_array()?;
    let is_primary =
        |email: &&Value| member(email, "primary").and_then(Value::as_bool) == Some(true);
    plain(member(emails.iter().find(is_primary)?, "value")?)
}

/// The value at a path: of several values the primary one, or else the first.
fn value_at(resource: &Value, path: &AttributePath) -> Option<String> {
    let root = match path.schema.as_deref() {
        None | Some(urn::USER) => resource,
        // SCIM 1.1 has the enterprise attributes under another name.
        Some(urn::ENTERPRISE_USER) => member(resource, urn::ENTERPRISE_USER)
            .or_else(|| member(resource, urn::v1::ENTERPRISE))?,
        Some(other) => member(resource, other)?,
    };
    let found = one_of(member(root, &path.name)?)?;
    match &path.sub {
        Some(sub) => plain(member(found, sub)?),
        None => plain(found).or_else(|| plain(member(found, "value")?)),
    }
}

fn one_of(value: &Value) -> Option<&Value> {
    let Value::Array(all) = value else {
        return Some(value);
    };
    let primary = |one: &&Value| member(one, "primary").and_then(Value::as_bool) == Some(true);
    all.iter().find(primary).or_else(|| all.first())
}

/// A member of an object; names of attributes are the same in any case (RFC 7643 §2.1).
pub(super) fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let members = value.as_object()?;
    members.get(name).or_else(|| {
        let same = |(key, _): &(&String, &Value)| key.eq_ignore_ascii_case(name);
        members.iter().find(same).map(|(_, value)| value)
    })
}

/// The text of a value that is not empty.
fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// What is no part of a profile: when it was written, where it is, which groups it belongs to.
const NO_PROFILE: [&str; 3] = ["meta", "$ref", "groups"];

/// A number that changes when a user's profile does. The order of members and of values means nothing.
pub fn fingerprint(value: &Value) -> u64 {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(name, _)| !NO_PROFILE.contains(&name.as_str()))
            .fold(1, |sum, (name, value)| sum.wrapping_add(entry(name, value))),
        Value::Array(items) => items
            .iter()
            .fold(2, |sum, item| sum.wrapping_add(entry("", item))),
        scalar => digest(&[scalar.to_string().as_bytes()]),
    }
}

fn entry(name: &str, value: &Value) -> u64 {
    let value = fingerprint(value).to_le_bytes();
    digest(&[name.as_bytes(), b"\0", &value])
}

/// The first 64 bits of the SHA-256 of some bytes.
pub(super) fn digest(parts: &[&[u8]]) -> u64 {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let digest = context.finish();
    let bytes = digest.as_ref().iter().take(8);
    bytes.fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::preview::rules::Criteria;

    fn read(user: &Value, rules: &Rules) -> Person {
        Person::read(user, rules, &str::to_owned)
    }

    #[test]
    fn what_okta_reads_is_read_and_what_lacks_is_named() {
        let rules = Rules {
            exact: Criteria::parse(["employeeNumber"]).unwrap(),
            username: UsernameFormat::parse("{userName}@x.org").unwrap(),
            ..Rules::default()
        };
        let whole = json!({
            "id": "1", "UserName": " ada ", "active": false,
            "name": { "givenName": "Ada", "familyName": "Byron" },
            "emails": [{ "value": "a@b" }, { "value": "c@d", "primary": true }],
            "urn:scim:schemas:extension:enterprise:1.0": { "employeeNumber": 7 },
        });
        let person = read(&whole, &rules);
        assert_eq!(person.email.as_deref(), Some("c@d"));
        assert_eq!(person.login.as_deref(), Some("ada@x.org"));
        assert_eq!(person.values, [Some("7".to_owned())]);
        assert_eq!((person.active, person.missing), (false, vec![]));

        let bare = json!({ "emails": [{ "value": "a@b" }], "name": { "givenName": "" } });
        let person = read(&bare, &rules);
        assert!(!person.is_importable() && person.active);
        assert_eq!(
            person.missing,
            [
                Field::Id,
                Field::UserName,
                Field::GivenName,
                Field::FamilyName,
                Field::PrimaryEmail,
                Field::Active
            ]
        );
        let text = read(&json!({ "emails": "a@b" }), &rules);
        assert!(text.missing.contains(&Field::Email));
    }

    #[test]
    fn a_fingerprint_minds_values_and_not_their_order() {
        let a = json!({ "a": 1, "b": [{ "c": "x" }, { "d": "y" }], "meta": { "version": 1 } });
        let b = json!({ "b": [{ "d": "y" }, { "c": "x" }], "a": 1 });
        assert_eq!(fingerprint(&a), fingerprint(&b));
        for other in [
            json!({ "a": 2, "b": [{ "c": "x" }, { "d": "y" }] }),
            json!({ "a": 1, "b": [{ "c": "y" }, { "d": "x" }] }),
            json!({ "a": 1, "b": [] }),
        ] {
            assert_ne!(fingerprint(&a), fingerprint(&other));
        }
    }
}
