//! The catalogues of a library, section by section, in their own order.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::{Catalogue, CatalogueRequirement, CatalogueSection};
use crate::suite::{Library, Requirement};

/// All catalogues that have a requirement, by id.
pub fn catalogues(library: &Library) -> Vec<Catalogue> {
    of(library, |_| true)
}

/// The catalogues that one of these requirements is of.
pub fn cited_catalogues(library: &Library, cited: &BTreeSet<&str>) -> Vec<Catalogue> {
    let wanted: BTreeSet<&str> = cited
        .iter()
        .filter_map(|id| Some(library.requirements.get(*id)?.catalogue.as_str()))
        .collect();
    of(library, |id| wanted.contains(id))
}

fn of(library: &Library, wanted: impl Fn(&str) -> bool) -> Vec<Catalogue> {
    let mut by_catalogue: BTreeMap<&str, Vec<&Requirement>> = BTreeMap::new();
    for requirement in library.requirements.values() {
        if wanted(&requirement.catalogue) {
            let rows = by_catalogue.entry(&requirement.catalogue).or_default();
            rows.push(requirement);
        }
    }
    let made = by_catalogue.into_iter().map(|(id, mut rows)| {
        // As they are written: `3.10` comes after `3.9`.
        rows.sort_by_key(|row| (&row.location.file, row.location.line, row.location.column));
        let head = library.catalogues.get(id);
        Catalogue {
            id: id.to_owned(),
            title: head.map_or_else(|| id.to_owned(), |head| head.title.clone()),
            url: head.and_then(|head| head.url.clone()),
            sections: sections(&rows),
        }
    });
    made.collect()
}

fn sections(rows: &[&Requirement]) -> Vec<CatalogueSection> {
    let mut sections: Vec<CatalogueSection> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        let place = *places.entry(&row.section).or_insert_with(|| {
            sections.push(CatalogueSection {
                name: row.section.clone(),
                clause: row.clause.clone(),
                url: row.url.clone(),
                requirements: Vec::new(),
            });
            sections.len() - 1
        });
        if let Some(section) = sections.get_mut(place) {
            section.requirements.push(CatalogueRequirement {
                id: row.id.clone(),
                level: row.level,
                statement: row.statement.clone(),
                testable: row.testable,
                reason: row.because.clone(),
                url: row.url.clone().filter(|_| row.url != section.url),
            });
        }
    }
    sections
}
