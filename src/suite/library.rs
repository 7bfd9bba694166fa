//! What stands beside the suites: fixtures, profiles and requirements.

use super::Library;
use super::check::Dialect;
use super::template::Template;
use crate::record::{Level, Location, TestPlan};

/// A fixture: a resource that most servers take.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// Its name.
    pub name: String,
    /// One line.
    pub title: String,
    /// The fixture whose other members it has too.
    pub extends: Option<String>,
    /// The resource type's name, `User`.
    pub resource_type: String,
    /// The endpoint where there is no discovery, `/Users`.
    pub endpoint: String,
    /// The dialect.
    pub scim: Dialect,
    /// The body.
    pub body: Template,
    /// A list of attributes: the body, and what it takes from others, only has what it names.
    pub only: Option<Template>,
    /// Where it stands.
    pub location: Location,
}

impl Library {
    /// A fixture, the one that it extends, the one that that extends …
    pub fn lineage(&self, name: &str) -> Vec<&Fixture> {
        let mut found: Vec<&Fixture> = Vec::new();
        let mut next = self.fixtures.get(name);
        while let Some(fixture) = next {
            // The loader refuses circles; a library that was made despite of them must not hang.
            if found.iter().any(|known| known.name == fixture.name) {
                break;
            }
            found.push(fixture);
            next = fixture
                .extends
                .as_ref()
                .and_then(|base| self.fixtures.get(base));
        }
        found
    }
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
    /// Whether a run of it finds out what becomes of each attribute that Okta sends.
    pub attributes: bool,
    /// Where it stands.
    pub location: Location,
}

/// A catalogue that is a plan: each of its requirements is accounted for in the records of the suites that are about it.
#[derive(Debug, Clone)]
pub struct PlanCatalogue {
    /// The plan, without suites.
    pub plan: TestPlan,
    /// Globs over the ids of the suites that are about it.
    pub suites: Vec<String>,
}

/// What is known of a catalogue besides its requirements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueHead {
    /// Where its requirements are from, for people.
    pub title: String,
    /// That on the web.
    pub url: Option<String>,
}

/// A numbered normative statement.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Its id.
    pub id: String,
    /// The id of its catalogue: `RFC7644`.
    pub catalogue: String,
    /// The section of the catalogue's text that it stands in, as the catalogue calls it: `3.4.2`, `create users`.
    pub section: String,
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
    /// What a target must have for it to apply, as a table calls it: `cursor`.
    pub condition: Option<String>,
    /// How a table says that it can be tested.
    pub how: Option<String>,
    /// Why no check can cite it.
    pub because: Option<String>,
    /// What a person has to look at besides what checks show.
    pub remains: Option<String>,
    /// Whether its catalogue is a plan, all of whose requirements are accounted for.
    pub plan: bool,
    /// Where it stands.
    pub location: Location,
}
