//! What stands beside the suites: fixtures, profiles and requirements.

use super::check::Dialect;
use super::template::Template;
use crate::record::{Level, Location};

/// A fixture: a resource that most servers take.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// Its name.
    pub name: String,
    /// One line.
    pub title: String,
    /// The resource type's name, `User`.
    pub resource_type: String,
    /// The endpoint where there is no discovery, `/Users`.
    pub endpoint: String,
    /// The dialect.
    pub scim: Dialect,
    /// The body.
    pub body: Template,
    /// Where it stands.
    pub location: Location,
}

/// A profile: a named choice of suites.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// One line.
    pub title: String,
    /// Globs over suite ids.
    pub suites: Vec<String>,
    /// Where it stands.
    pub location: Location,
}

/// A numbered normative statement.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Its id.
    pub id: String,
    /// How binding it is.
    pub level: Level,
    /// In one sentence.
    pub statement: String,
    /// The clause, for people: `RFC 7644 §3.3`, with the catalogue's title.
    pub clause: String,
    /// The clause on the web.
    pub url: Option<String>,
    /// Whether a check is expected to cite it.
    pub testable: bool,
    /// Where it stands.
    pub location: Location,
}
