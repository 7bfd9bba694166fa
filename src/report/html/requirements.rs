//! The requirements of the run: what it says of each, catalogue by catalogue and section by section.

use std::collections::BTreeMap;

use super::super::conclusion::symbol;
use super::super::sanitize::Shown;
use super::check::{anchor, is_web, visible};
use crate::record::{
    Catalogue, CatalogueRequirement, CatalogueSection, Level, RequirementVerdict, Run, Verdict,
};

/// How many requirements that nothing cites the page lists of a catalogue.
const MOST_UNCITED: usize = 1_000;
/// How many checks of a requirement it names.
const MOST_CHECKS: usize = 10;

/// A catalogue that checks of the run cite.
pub(super) struct CatalogueView<'a> {
    /// Where the page shows it.
    pub(super) anchor: String,
    pub(super) id: Shown<'a>,
    pub(super) title: Shown<'a>,
    pub(super) url: Option<Shown<'a>>,
    /// How many of its requirements the run is about.
    pub(super) tally: String,
    pub(super) verdicts: Vec<VerdictCount>,
    pub(super) sections: Vec<SectionView<'a>>,
    pub(super) rows: Vec<RowView<'a>>,
    uncited: Listed<'a>,
    excused: Listed<'a>,
}

/// How many requirements have a verdict.
pub(super) struct VerdictCount {
    pub(super) class: &'static str,
    pub(super) symbol: &'static str,
    pub(super) count: usize,
}

/// A section with a requirement that the run is about.
pub(super) struct SectionView<'a> {
    pub(super) name: Shown<'a>,
    pub(super) url: Option<Shown<'a>>,
    pub(super) tally: String,
    pub(super) cells: Vec<CellView>,
}

/// A requirement in the matrix.
pub(super) struct CellView {
    pub(super) class: &'static str,
    pub(super) symbol: &'static str,
    /// Its id without what the catalogue and the section say.
    pub(super) short: String,
    /// All of it: id, verdict, statement.
    pub(super) label: String,
    /// Where the page shows its worst check.
    pub(super) check: String,
}

/// A requirement in the list.
pub(super) struct RowView<'a> {
    pub(super) class: &'static str,
    pub(super) symbol: &'static str,
    pub(super) id: Shown<'a>,
    pub(super) level: Level,
    pub(super) statement: Shown<'a>,
    pub(super) clause: Shown<'a>,
    pub(super) url: Option<Shown<'a>>,
    pub(super) checks: Vec<CheckLink<'a>>,
    pub(super) more: usize,
}

pub(super) struct CheckLink<'a> {
    pub(super) class: &'static str,
    pub(super) anchor: String,
    pub(super) id: Shown<'a>,
}

/// Requirements that no check of the run cites, section by section.
#[derive(Default)]
pub(super) struct Listed<'a> {
    pub(super) count: usize,
    pub(super) sections: Vec<ListedSection<'a>>,
    /// How many of them stand in the sections.
    shown: usize,
}

pub(super) struct ListedSection<'a> {
    place: usize,
    pub(super) clause: Shown<'a>,
    pub(super) url: Option<Shown<'a>>,
    pub(super) rows: Vec<UncitedView<'a>>,
}

/// A requirement that no check of the run cites.
pub(super) struct UncitedView<'a> {
    pub(super) id: Shown<'a>,
    pub(super) level: Level,
    pub(super) statement: Shown<'a>,
    pub(super) reason: Option<Shown<'a>>,
}

impl<'a> CatalogueView<'a> {
    /// What no check of the run cites, with a title for each list.
    pub(super) fn lists(&self) -> [(&'static str, &Listed<'a>); 2] {
        [
            ("Testable, and cited by no check of this run", &self.uncited),
            ("No check can show these", &self.excused),
        ]
    }
}

impl<'a> Listed<'a> {
    /// Adds a requirement of the section at a place of the catalogue.
    fn add(&mut self, place: usize, section: &'a CatalogueSection, one: &'a CatalogueRequirement) {
        self.count += 1;
        if self.shown >= MOST_UNCITED {
            return;
        }
        self.shown += 1;
        if self.sections.last().is_none_or(|last| last.place != place) {
            self.sections.push(ListedSection {
                place,
                clause: Shown(&section.clause),
                url: web(section.url.as_ref()),
                rows: Vec::new(),
            });
        }
        if let Some(last) = self.sections.last_mut() {
            last.rows.push(UncitedView {
                id: Shown(&one.id),
                level: one.level,
                statement: Shown(&one.statement),
                reason: one.reason.as_deref().map(Shown),
            });
        }
    }

    /// What to say of those that are not listed.
    pub(super) fn left_out(&self) -> Option<String> {
        let left = self.count - self.shown;
        (left > 0).then(|| format!("{left} more are in run.json."))
    }
}

type Verdicts<'a> = BTreeMap<&'a str, RequirementVerdict<'a>>;

/// The catalogues that checks of the run cite.
pub(super) fn catalogues(run: &Run) -> Vec<CatalogueView<'_>> {
    let verdicts = run.requirement_verdicts(|_| true);
    let all = run.catalogues.iter();
    let cited = all.filter(|catalogue| {
        let mut requirements = catalogue.requirements();
        requirements.any(|one| verdicts.contains_key(one.id.as_str()))
    });
    cited.map(|one| view(one, &verdicts)).collect()
}

fn view<'a>(catalogue: &'a Catalogue, verdicts: &Verdicts<'a>) -> CatalogueView<'a> {
    let mut rows = Vec::new();
    let (mut uncited, mut excused) = (Listed::default(), Listed::default());
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
    for (place, section) in catalogue.sections.iter().enumerate() {
        for one in &section.requirements {
            match verdicts.get(one.id.as_str()) {
                Some(said) => {
                    *counts.entry(said.verdict).or_default() += 1;
                    rows.push(row(section, one, said));
                }
                None if is_expected(one) => uncited.add(place, section, one),
                None => excused.add(place, section, one),
            }
        }
    }
    let cited = rows.len();
    let testable = cited + uncited.count;
    CatalogueView {
        anchor: anchor(&format!("requirements-{}", catalogue.id)),
        id: Shown(&catalogue.id),
        title: Shown(&catalogue.title),
        url: web(catalogue.url.as_ref()),
        tally: format!("{cited} of {testable}"),
        verdicts: Verdict::ALL
            .into_iter()
            .filter_map(|verdict| {
                let count = *counts.get(&verdict)?;
                Some(VerdictCount {
                    class: verdict.word(),
                    symbol: symbol(verdict),
                    count,
                })
            })
            .collect(),
        sections: catalogue
            .sections
            .iter()
            .filter_map(|section| section_view(catalogue, section, verdicts))
            .collect(),
        rows,
        uncited,
        excused,
    }
}

fn section_view<'a>(
    catalogue: &Catalogue,
    section: &'a CatalogueSection,
    verdicts: &Verdicts<'a>,
) -> Option<SectionView<'a>> {
    let said = |one: &CatalogueRequirement| verdicts.get(one.id.as_str());
    let all = section.requirements.iter();
    let cells: Vec<CellView> = all
        .clone()
        .filter_map(|one| Some(cell(catalogue, section, one, said(one)?)))
        .collect();
    let testable = all
        .filter(|one| said(one).is_some() || is_expected(one))
        .count();
    (!cells.is_empty()).then(|| SectionView {
        name: Shown(match section.name.as_str() {
            "" => &section.clause,
            name => name,
        }),
        // The title of the catalogue leads there already.
        url: web(section
            .url
            .as_ref()
            .filter(|_| section.url != catalogue.url)),
        tally: format!("{} of {testable}", cells.len()),
        cells,
    })
}

fn cell(
    catalogue: &Catalogue,
    section: &CatalogueSection,
    one: &CatalogueRequirement,
    said: &RequirementVerdict<'_>,
) -> CellView {
    let word = said.verdict.word();
    CellView {
        class: word,
        symbol: symbol(said.verdict),
        short: visible(short(&one.id, &catalogue.id, &section.name)),
        label: visible(&format!("{}, {word}: {}", one.id, one.statement)),
        check: worst(said),
    }
}

/// `11` of `RFC7644-3.3-11`, in the section 3.3 of RFC7644.
fn short<'a>(id: &'a str, catalogue: &str, section: &str) -> &'a str {
    let without = |id: &'a str, prefix: &str| {
        let rest = id.strip_prefix(prefix).and_then(|id| id.strip_prefix('-'));
        rest.filter(|rest| !rest.is_empty())
    };
    let id = without(id, catalogue).unwrap_or(id);
    without(id, section).unwrap_or(id)
}

fn worst(said: &RequirementVerdict<'_>) -> String {
    said.checks
        .first()
        .map_or_else(String::new, |check| anchor(&check.id))
}

fn row<'a>(
    section: &'a CatalogueSection,
    one: &'a CatalogueRequirement,
    said: &RequirementVerdict<'a>,
) -> RowView<'a> {
    let checks = said.checks.iter().take(MOST_CHECKS).map(|check| CheckLink {
        class: check.verdict.word(),
        anchor: anchor(&check.id),
        id: Shown(&check.id),
    });
    RowView {
        class: said.verdict.word(),
        symbol: symbol(said.verdict),
        id: Shown(&one.id),
        level: one.level,
        statement: Shown(&one.statement),
        clause: Shown(&section.clause),
        url: web(one.url.as_ref().or(section.url.as_ref())),
        checks: checks.collect(),
        more: said.checks.len().saturating_sub(MOST_CHECKS),
    }
}

/// Whether a check is expected to cite it.
const fn is_expected(one: &CatalogueRequirement) -> bool {
    one.testable && one.reason.is_none()
}

fn web(url: Option<&String>) -> Option<Shown<'_>> {
    url.filter(|url| is_web(url)).map(|url| Shown(url))
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn an_id_is_as_short_as_its_place_allows() {
        for (id, catalogue, section, expected) in [
            ("RFC7644-3.3-11", "RFC7644", "3.3", "11"),
            ("SCIM11-API-3.2-01", "SCIM11", "API-3.2", "01"),
            ("OKTA-OIN-CREATE-03", "OKTA-OIN", "assignment", "CREATE-03"),
            ("OTHER-1", "RFC7644", "3.3", "OTHER-1"),
            ("RFC7644-", "RFC7644", "", "RFC7644-"),
        ] {
            assert_eq!(short(id, catalogue, section), expected);
        }
    }
}
