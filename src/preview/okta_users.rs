//! The users that are in Okta: a CSV file with a header, or JSON as Okta's API gives it.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, Read};

use serde::Deserialize;
use serde::de::{DeserializeSeed, SeqAccess, Visitor};
use serde_json::{Map, Value};
use thiserror::Error;

use super::rules::Criteria;

/// A user of Okta, as far as matching looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OktaUser {
    /// The Okta username.
    pub login: String,
    /// The e-mail address.
    pub email: String,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// The status, such as `ACTIVE`; empty when it is not said.
    pub status: String,
    /// The values of the criteria's attributes, in their order; empty ones have none.
    pub values: Vec<String>,
}

/// Why a list of Okta's users can't be read.
#[derive(Debug, Error)]
pub enum OktaUsersError {
    /// It can't be read from the disk, or is no UTF-8.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// It is no CSV.
    #[error("{0}")]
    Csv(#[from] csv::Error),
    /// It is no JSON.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// A column or member that matching needs is nowhere.
    #[error("no user in it has `{missing}`; what it has: {found}")]
    Lacks {
        /// What is missing.
        missing: String,
        /// What is there instead.
        found: String,
    },
    /// There is nobody in it.
    #[error("there is no user in it")]
    Empty,
}

/// Reads the users: JSON when it begins with `[` or `{` (an array, or an object after the other), CSV otherwise.
///
/// # Errors
/// [`OktaUsersError`].
pub fn read(mut input: impl BufRead, criteria: &Criteria) -> Result<Vec<OktaUser>, OktaUsersError> {
    let mut collector = Collector {
        criteria,
        users: Vec::new(),
        known: BTreeMap::new(),
    };
    skip_blank(&mut input)?;
    match input.fill_buf()?.first() {
        Some(b'[') => {
            let mut json = serde_json::Deserializer::from_reader(input);
            Items(&mut collector).deserialize(&mut json)?;
            json.end()?;
        }
        Some(b'{') => {
            for user in serde_json::Deserializer::from_reader(input).into_iter::<Row>() {
                collector.row(user?);
            }
        }
        _ => csv_users(input, &mut collector)?,
    }
    collector.finish()
}

/// Blanks, and the mark that some programs put before a text.
fn skip_blank(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let first = input.fill_buf()?;
        let skip = if first.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            first
                .iter()
                .take_while(|byte| byte.is_ascii_whitespace())
                .count()
        };
        if skip == 0 {
            return Ok(());
        }
        input.consume(skip);
    }
}

fn csv_users(input: impl Read, collector: &mut Collector<'_>) -> Result<(), OktaUsersError> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(input);
    let names: Vec<String> = reader.headers()?.iter().map(canonical).collect();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        let members = names.iter().cloned().zip(record.iter().map(str::to_owned));
        collector.user(&members.collect());
    }
    Ok(())
}

/// A user as Okta's API gives it, or a flat one.
#[derive(Deserialize)]
struct Row(Map<String, Value>);

/// The users of a JSON array, one after the other: a big one is never in memory as a whole.
struct Items<'a, 'b>(&'a mut Collector<'b>);

impl<'de> DeserializeSeed<'de> for Items<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of users")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(row) = items.next_element::<Row>()? {
            self.0.row(row);
        }
        Ok(())
    }
}

struct Collector<'a> {
    criteria: &'a Criteria,
    users: Vec<OktaUser>,
    /// Names that some user has, and whether one of them has a value.
    known: BTreeMap<String, bool>,
}

impl Collector<'_> {
    fn row(&mut self, Row(members): Row) {
        let mut flat = BTreeMap::new();
        let mut add = |members: &Map<String, Value>| {
            for (name, value) in members {
                let text = match value {
                    Value::String(text) => text.clone(),
                    Value::Number(number) => number.to_string(),
                    Value::Bool(flag) => flag.to_string(),
                    Value::Null | Value::Array(_) | Value::Object(_) => continue,
                };
                flat.insert(canonical(name), text);
            }
        };
        add(&members);
        if let Some(Value::Object(profile)) = members.get("profile") {
            add(profile);
        }
        self.user(&flat);
    }

    fn user(&mut self, members: &BTreeMap<String, String>) {
        let get = |name: &str| members.get(&canonical(name)).cloned().unwrap_or_default();
        let user = OktaUser {
            login: get("login"),
            email: get("email"),
            first_name: get("firstName"),
            last_name: get("lastName"),
            status: get("status").to_ascii_uppercase(),
            values: self
                .criteria
                .attributes
                .iter()
                .map(|pair| get(&pair.okta))
                .collect(),
        };
        // Names come from the file: a bounded number of them is enough for a message.
        for (name, value) in members {
            if self.known.len() < 200 || self.known.contains_key(name) {
                *self.known.entry(name.clone()).or_default() |= !value.is_empty();
            }
        }
        if [&user.login, &user.email, &user.first_name, &user.last_name]
            .iter()
            .any(|text| !text.is_empty())
        {
            self.users.push(user);
        }
    }

    fn finish(self) -> Result<Vec<OktaUser>, OktaUsersError> {
        let mut needed: Vec<&str> = Vec::new();
        needed.extend(self.criteria.username.then_some("login"));
        needed.extend(self.criteria.email.then_some("email"));
        needed.extend(
            self.criteria
                .attributes
                .iter()
                .map(|pair| pair.okta.as_str()),
        );
        let lacks = |name: &&&str| self.known.get(&canonical(name)) != Some(&true);
        if self.known.is_empty() {
            return Err(OktaUsersError::Empty);
        }
        if let Some(missing) = needed.iter().find(lacks) {
            let mut found: Vec<&str> = self.known.keys().map(String::as_str).collect();
            found.sort_unstable();
            found.truncate(20);
            return Err(OktaUsersError::Lacks {
                missing: (*missing).to_owned(),
                found: found.join(", "),
            });
        }
        if self.users.is_empty() {
            return Err(OktaUsersError::Empty);
        }
        Ok(self.users)
    }
}

/// A name without what differs between the API, the reports and spreadsheets: `profile.login`, `User Name`, `login`.
fn canonical(name: &str) -> String {
    let name = name.trim();
    let bare = name.rsplit_once("profile.").map_or(name, |(_, rest)| rest);
    let mut bare: String = bare
        .chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-'))
        .collect::<String>()
        .to_lowercase();
    let same = match bare.as_str() {
        "username" | "oktausername" => "login",
        "primaryemail" | "emailaddress" | "mail" => "email",
        "givenname" => "firstname",
        "familyname" | "surname" => "lastname",
        "userstatus" | "oktastatus" => "status",
        _ => return bare,
    };
    same.clone_into(&mut bare);
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, criteria: &[&str]) -> Result<Vec<OktaUser>, String> {
        let criteria = Criteria::parse(criteria.iter().copied()).unwrap();
        read(text.as_bytes(), &criteria).map_err(|error| error.to_string())
    }

    #[test]
    fn csv_api_and_flat_json_say_the_same() {
        let csv = "\u{feff}First Name,last_name,profile.login,Email,Status,extra\n\
                   Ada,Byron,ada@x.org,Ada@X.org,active\n,,,,,\n";
        let api = r#" [{"id":"1","status":"ACTIVE","profile":{"login":"ada@x.org","email":"Ada@X.org",
                    "firstName":"Ada","lastName":"Byron","mobilePhone":null}}]"#;
        let flat = r#"{"username":"ada@x.org","email":"Ada@X.org","firstName":"Ada","lastName":"Byron","status":"active"}
                    "#;
        let expected = parse(api, &["username"]).unwrap();
        assert_eq!(expected.len(), 1);
        assert_eq!(parse(csv, &["username"]).unwrap(), expected);
        assert_eq!(parse(flat, &["email"]).unwrap(), expected);
    }

    #[test]
    fn what_can_not_be_matched_says_why() {
        for (text, says) in [
            ("", "no user in it"),
            ("login,email\n", "no user in it"),
            (
                "mail,first name\na@b,Ada\n",
                "has `login`; what it has: email, firstname",
            ),
            ("<html><p>x</p></html>", "no user in it"),
            ("[{\"profile\":{\"login\":\"a\"}},", "EOF"),
            ("[1]", "expected a map"),
        ] {
            let error = parse(text, &["username"]).unwrap_err();
            assert!(error.contains(says), "{text}: {error}");
        }
        let error = parse("login,badge\na,\n", &["login", "badge=x"]).unwrap_err();
        assert!(error.contains("has `badge`"), "{error}");
    }
}
