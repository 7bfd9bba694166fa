//! What an administrator chooses on Okta's "To Okta" page.

use crate::scim::path::AttributePath;
use crate::scim::urn;

/// The choices of the "To Okta" page.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a box of the page that is ticked or not"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Whether users are imported.
    pub import_users: bool,
    /// Whether groups are imported.
    pub import_groups: bool,
    /// How often.
    pub schedule: Schedule,
    /// What the Okta username is made of.
    pub username: UsernameFormat,
    /// What makes a match exact.
    pub exact: Criteria,
    /// Whether equal first and last names are a partial match.
    pub partial: bool,
    /// Which classes need no confirmation by a person.
    pub auto_confirm: AutoConfirm,
    /// Whether users that are made by an import are activated at once.
    pub activate_new: bool,
    /// Whether the app is the source of the users' profiles.
    pub profile_source: bool,
    /// What becomes of an Okta user whose account in the app is deactivated, where the app is the source.
    pub when_deactivated: WhenDeactivated,
    /// Whether an Okta user that is suspended is reactivated with its account.
    pub reactivate_suspended: bool,
    /// Whether an Okta user that is deactivated is reactivated with its account.
    pub reactivate_deactivated: bool,
    /// The most unassignments of this app's users that an import may make, in percent.
    pub safeguard_app: u8,
    /// The most unassignments that an import may make, in percent of the org's users.
    pub safeguard_org: u8,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            import_users: true,
            import_groups: true,
            schedule: Schedule::Never,
            username: UsernameFormat::UserName,
            exact: Criteria {
                username: true,
                email: false,
                attributes: Vec::new(),
            },
            partial: true,
            auto_confirm: AutoConfirm::default(),
            activate_new: false,
            profile_source: false,
            when_deactivated: WhenDeactivated::Nothing,
            reactivate_suspended: false,
            reactivate_deactivated: false,
            safeguard_app: 20,
            safeguard_org: 20,
        }
    }
}

/// Classes of matches that Okta confirms by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AutoConfirm {
    /// Exact matches.
    pub exact: bool,
    /// Partial matches.
    pub partial: bool,
    /// New users.
    pub new: bool,
}

/// How often Okta imports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedule {
    /// When somebody asks for it.
    Never,
    /// Every hour.
    Hourly,
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
}

impl Schedule {
    /// The time from one import to the next, in seconds.
    pub const fn interval_s(self) -> Option<u64> {
        match self {
            Self::Never => None,
            Self::Hourly => Some(60 * 60),
            Self::Daily => Some(24 * 60 * 60),
            Self::Weekly => Some(7 * 24 * 60 * 60),
        }
    }

    /// Its name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Hourly => "hourly",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }
}

/// What happens to an Okta user whose account in the app is deactivated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenDeactivated {
    /// Nothing but that the app is unassigned.
    Nothing,
    /// The Okta user is deactivated.
    Deactivate,
    /// The Okta user is suspended.
    Suspend,
}

/// What the Okta username is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UsernameFormat {
    /// `userName` as it is.
    UserName,
    /// The primary e-mail address.
    Email,
    /// What stands before the `@` of the primary e-mail address.
    EmailPrefix,
    /// Text with attributes in it.
    Template(Vec<Piece>),
}

/// A part of a username's template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text as it stands.
    Text(String),
    /// The value of an attribute.
    Attribute(AttributePath),
}

impl UsernameFormat {
    /// Reads `username`, `email`, `email-prefix`, or a template such as `{name.givenName}@example.com`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text {
            "username" => return Ok(Self::UserName),
            "email" => return Ok(Self::Email),
            "email-prefix" => return Ok(Self::EmailPrefix),
            _ => {}
        }
        if !text.contains('{') {
            return Err(format!(
                "`{text}` is none of username, email, email-prefix, and no template such as \
                 {{userName}}@example.com"
            ));
        }
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, after) = behind
                .split_once('}')
                .ok_or_else(|| format!("`{text}` has a {{ without a }}"))?;
            let path = AttributePath::parse(name)
                .map_err(|error| format!("`{name}` in `{text}` names no attribute: {error}"))?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Attribute(path));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self::Template(pieces))
    }
}

/// What makes a match exact: all of it has to be equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criteria {
    /// The Okta username.
    pub username: bool,
    /// The e-mail address.
    pub email: bool,
    /// A combination of attributes, which excludes the other two.
    pub attributes: Vec<Pair>,
}

/// An attribute of Okta's profile and the one that is compared with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Its name in Okta's profile.
    pub okta: String,
    /// The SCIM attribute.
    pub scim: AttributePath,
}

/// The attributes of Okta's default profile, with those of SCIM that its templates map them to.
const MAPPED: [(&str, &str); 21] = [
    ("login", "userName"),
    ("email", "emails.value"),
    ("firstName", "name.givenName"),
    ("lastName", "name.familyName"),
    ("middleName", "name.middleName"),
    ("honorificPrefix", "name.honorificPrefix"),
    ("honorificSuffix", "name.honorificSuffix"),
    ("displayName", "displayName"),
    ("nickName", "nickName"),
    ("title", "title"),
    ("profileUrl", "profileUrl"),
    ("primaryPhone", "phoneNumbers.value"),
    ("userType", "userType"),
    ("preferredLanguage", "preferredLanguage"),
    ("locale", "locale"),
    ("timezone", "timezone"),
    ("employeeNumber", "+employeeNumber"),
    ("costCenter", "+costCenter"),
    ("organization", "+organization"),
    ("division", "+division"),
    ("department", "+department"),
];

impl Criteria {
    /// Reads `username`, `email`, or attributes: `name` (first and last), an attribute of Okta's default profile, or
    /// `OKTA=SCIM`, such as `badge=urn:example:User:badge`.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn parse<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut criteria = Self {
            username: false,
            email: false,
            attributes: Vec::new(),
        };
        for word in words {
            match word {
                "username" => criteria.username = true,
                "email" => criteria.email = true,
                "name" => {
                    criteria.attributes.push(pair("firstName")?);
                    criteria.attributes.push(pair("lastName")?);
                }
                other => criteria.attributes.push(pair(other)?),
            }
        }
        if criteria.attributes.is_empty() && !criteria.username && !criteria.email {
            return Err("no criterion is named: say username, email, or attributes".to_owned());
        }
        if !criteria.attributes.is_empty() && (criteria.username || criteria.email) {
            return Err(
                "username and email can't be combined with attributes: in Okta a combination of \
                 attributes takes their place (login and email are attributes too)"
                    .to_owned(),
            );
        }
        Ok(criteria)
    }

    /// What has to be equal, for people.
    pub fn words(&self) -> String {
        let mut words = Vec::new();
        words.extend(self.username.then_some("username"));
        words.extend(self.email.then_some("email"));
        words.extend(self.attributes.iter().map(|pair| pair.okta.as_str()));
        words.join(" + ")
    }
}

fn pair(word: &str) -> Result<Pair, String> {
    let (okta, path) = if let Some((okta, path)) = word.split_once('=') {
        (okta.trim(), path.trim().to_owned())
    } else {
        let known = MAPPED.iter().find(|(okta, _)| *okta == word);
        let Some((okta, path)) = known else {
            let near = crate::suite::nearest::nearest(
                word,
                ["username", "email", "name"]
                    .into_iter()
                    .chain(MAPPED.iter().map(|(okta, _)| *okta)),
            );
            let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Err(format!(
                "`{word}` is no attribute of Okta's default profile{near} One of your own is written \
                 OKTA=SCIM, such as badge=urn:example:User:badge"
            ));
        };
        let path = match path.strip_prefix('+') {
            Some(name) => format!("{}:{name}", urn::ENTERPRISE_USER),
            None => (*path).to_owned(),
        };
        (*okta, path)
    };
    if okta.is_empty() {
        return Err(format!("`{word}` names no attribute of Okta's profile"));
    }
    let scim = AttributePath::parse(&path)
        .map_err(|error| format!("`{path}` names no SCIM attribute: {error}"))?;
    Ok(Pair {
        okta: okta.to_owned(),
        scim,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn criteria_are_of_one_kind() {
        let words = |words: &[&str]| {
            Criteria::parse(words.iter().copied()).map(|criteria| criteria.words())
        };
        assert_eq!(words(&["username", "email"]), Ok("username + email".into()));
        assert_eq!(words(&["name"]), Ok("firstName + lastName".into()));
        assert_eq!(
            words(&["login", "badge=urn:example:User:badge"]),
            Ok("login + badge".into())
        );
        for (wrong, says) in [
            (&["username", "name"][..], "can't be combined"),
            (&[], "no criterion"),
            (&["fistName"], "did you mean `firstName`?"),
            (&["=userName"], "names no attribute of Okta"),
            (&["badge=a b"], "names no SCIM attribute"),
        ] {
            let error = words(wrong).unwrap_err();
            assert!(error.contains(says), "{wrong:?}: {error}");
        }
    }

    #[test]
    fn a_username_has_a_format() {
        let Ok(UsernameFormat::Template(pieces)) =
            UsernameFormat::parse("{name.givenName}.x@example.com")
        else {
            panic!("no template")
        };
        assert_eq!(pieces.len(), 2);
        for wrong in ["mail", "{userName", "{a b}@x"] {
            assert!(UsernameFormat::parse(wrong).is_err(), "{wrong}");
        }
    }
}
