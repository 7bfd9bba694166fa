//! The coverage of catalogues, as versioned data.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::catalogues::catalogues;
use super::counts::Counts;
use super::requirement::{CoveredRequirement, Said};
use crate::record::{Catalogue, CatalogueSection, FormatVersion, Run};
use crate::suite::Library;

/// The version of the format: minor versions only add optional members.
pub const FORMAT: FormatVersion = FormatVersion { major: 1, minor: 0 };

/// Which requirements are covered, and what a run says of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// The format of this document.
    pub format: FormatVersion,
    /// The version of scimitar that wrote it.
    pub scimitar: String,
    /// The run whose verdicts it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<RunInfo>,
    /// The catalogues, by id.
    pub catalogues: Vec<CoveredCatalogue>,
    /// What checks of the run cite, and no catalogue has: the run was made with other suites.
    pub unknown: Vec<String>,
}

/// A run, as this document names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RunInfo {
    /// Its id.
    pub id: String,
    /// When it started (RFC 3339, UTC).
    pub started: String,
    /// The base URL that it tested.
    pub target: String,
}

/// A catalogue and its coverage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CoveredCatalogue {
    /// Its id: `RFC7644`.
    pub id: String,
    /// Where it is from, for people.
    pub title: String,
    /// That on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How many requirements it has of each kind.
    pub counts: Counts,
    /// Its sections, in its order.
    pub sections: Vec<CoveredSection>,
}

/// A section and its coverage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CoveredSection {
    /// What the catalogue calls it: `3.4.2`, `create users`; empty if it has none.
    pub name: String,
    /// The clause, for people: `RFC 7644 §3.4.2`.
    pub clause: String,
    /// The clause on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How many requirements it has of each kind.
    pub counts: Counts,
    /// Its requirements, in the catalogue's order.
    pub requirements: Vec<CoveredRequirement>,
}

/// What is looked at.
pub struct Scope<'a> {
    /// Whether a catalogue is.
    pub catalogue: &'a dyn Fn(&str) -> bool,
    /// Whether a section is, by its name.
    pub section: &'a dyn Fn(&str) -> bool,
    /// Whether what a suite's checks cite counts, by the suite's id.
    pub suite: &'a dyn Fn(&str) -> bool,
}

impl Document {
    /// Finds it out. Of a run also the catalogues that only its record knows are looked at.
    pub fn new(library: &Library, run: Option<&Run>, scope: &Scope<'_>) -> Self {
        let mut all = catalogues(library);
        for recorded in run.iter().flat_map(|run| &run.catalogues) {
            if all.iter().all(|known| known.id != recorded.id) {
                all.push(recorded.clone());
            }
        }
        let said = run.map(|run| run.requirement_verdicts(|check| (scope.suite)(&check.suite)));
        let unknown = said
            .as_ref()
            .map_or_else(Vec::new, |said| unknown(said, &all));
        all.retain(|catalogue| (scope.catalogue)(&catalogue.id));
        all.sort_by(|one, other| one.id.cmp(&other.id));
        let look = Look {
            library,
            citing: citing(library, scope.suite),
            said,
            section: scope.section,
        };
        let covered = all.into_iter().map(|catalogue| look.catalogue(catalogue));
        Self {
            format: FORMAT,
            scimitar: env!("CARGO_PKG_VERSION").to_owned(),
            catalogues: covered
                .filter(|catalogue| !catalogue.sections.is_empty())
                .collect(),
            run: run.map(|run| RunInfo {
                id: run.id.clone(),
                started: run.started.clone(),
                target: run.target.url.clone(),
            }),
            unknown,
        }
    }

    /// Leaves out all but some requirements, and counts anew.
    pub fn retain(&mut self, keep: impl Fn(&CoveredRequirement) -> bool) {
        let with_run = self.run.is_some();
        for catalogue in &mut self.catalogues {
            for section in &mut catalogue.sections {
                section.requirements.retain(&keep);
                section.counts = Counts::of(&section.requirements, with_run);
            }
            let sections = &mut catalogue.sections;
            sections.retain(|section| !section.requirements.is_empty());
            let left = sections.iter().flat_map(|section| &section.requirements);
            catalogue.counts = Counts::of(left, with_run);
        }
        self.catalogues.retain(|one| !one.sections.is_empty());
    }

    /// All requirements.
    pub fn requirements(&self) -> impl Iterator<Item = &CoveredRequirement> {
        let sections = self.catalogues.iter().flat_map(|one| &one.sections);
        sections.flat_map(|section| &section.requirements)
    }
}

/// The checks that cite each requirement.
fn citing<'a>(
    library: &'a Library,
    counts: &dyn Fn(&str) -> bool,
) -> BTreeMap<&'a str, Vec<String>> {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for suite in library.suites.iter().filter(|suite| counts(&suite.id)) {
        for check in &suite.checks {
            let cited: BTreeSet<&String> = check.requirements.iter().collect();
            for id in cited {
                let checks = found.entry(id).or_default();
                checks.push(format!("{}/{}", suite.id, check.id));
            }
        }
    }
    found
}

fn unknown(said: &Said<'_>, all: &[Catalogue]) -> Vec<String> {
    let known: BTreeSet<&str> = all
        .iter()
        .flat_map(Catalogue::requirements)
        .map(|requirement| requirement.id.as_str())
        .collect();
    let cited = said.keys().filter(|id| !known.contains(*id));
    cited.map(|id| (*id).to_owned()).collect()
}

struct Look<'a> {
    library: &'a Library,
    citing: BTreeMap<&'a str, Vec<String>>,
    said: Option<Said<'a>>,
    section: &'a dyn Fn(&str) -> bool,
}

impl Look<'_> {
    fn catalogue(&self, catalogue: Catalogue) -> CoveredCatalogue {
        let sections = catalogue.sections.into_iter();
        let sections: Vec<CoveredSection> = sections
            .filter(|section| (self.section)(&section.name))
            .map(|section| self.section(section))
            .collect();
        let all = sections.iter().flat_map(|section| &section.requirements);
        CoveredCatalogue {
            id: catalogue.id,
            title: catalogue.title,
            url: catalogue.url,
            counts: Counts::of(all, self.said.is_some()),
            sections,
        }
    }

    fn section(&self, mut section: CatalogueSection) -> CoveredSection {
        let rows = std::mem::take(&mut section.requirements).into_iter();
        let requirements: Vec<CoveredRequirement> = rows
            .map(|row| {
                let known = self.library.requirements.get(&row.id);
                let checks = self.citing.get(row.id.as_str()).cloned();
                let checks = checks.unwrap_or_default();
                CoveredRequirement::of(row, &section, known, checks, self.said.as_ref())
            })
            .collect();
        CoveredSection {
            name: section.name,
            clause: section.clause,
            url: section.url,
            counts: Counts::of(&requirements, self.said.is_some()),
            requirements,
        }
    }
}
