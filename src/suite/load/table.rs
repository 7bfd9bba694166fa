//! Catalogues of requirements as tables: tab-separated, one header line, no quoting.

use std::collections::BTreeMap;

use super::world::{Firsts, World, first};
use crate::record::{Level, Location};
use crate::suite::diagnostic::Diagnostic;
use crate::suite::library::Requirement;
use crate::suite::source::Mark;

const HEADER: [&str; 8] = [
    "id",
    "section",
    "level",
    "subject",
    "testable",
    "condition",
    "requirement",
    "how",
];

/// The keywords of RFC 2119, and `DEFINED` for a definite statement without one.
const LEVELS: [(&str, Level); 11] = [
    ("MUST", Level::Must),
    ("MUST NOT", Level::Must),
    ("SHALL", Level::Must),
    ("SHALL NOT", Level::Must),
    ("REQUIRED", Level::Must),
    ("DEFINED", Level::Must),
    ("SHOULD", Level::Should),
    ("SHOULD NOT", Level::Should),
    ("RECOMMENDED", Level::Should),
    ("MAY", Level::May),
    ("OPTIONAL", Level::May),
];

/// A requirement and the place of its id.
pub(super) type Rows = Vec<(Requirement, String, Mark)>;

/// Reads a table. The name of the file says what it is of: `rfc7644.tsv`, `scim11.tsv`.
pub(super) fn read(name: &str, text: &str, problems: &mut Vec<Diagnostic>) -> Rows {
    let source = Source::of(name);
    let mut rows = Vec::new();
    let mut start = 0;
    for (number, line) in text.split('\n').enumerate() {
        let at = |from: usize, len: usize| Mark {
            line: u32::try_from(number + 1).unwrap_or(u32::MAX),
            column: u32::try_from(line.get(..from).unwrap_or_default().chars().count() + 1)
                .unwrap_or(u32::MAX),
            start: start + from,
            end: start + from + len,
        };
        let cells: Vec<&str> = line.trim_end_matches('\r').split('\t').collect();
        if number == 0 {
            if cells != HEADER {
                let message = format!(
                    "a table of requirements has the columns {}",
                    HEADER.join(", ")
                );
                problems.push(Diagnostic::error(name, at(0, line.len()), message));
                return rows;
            }
        } else if !line.trim().is_empty() {
            match row(&source, name, &cells, &at) {
                Ok(row) => rows.push((
                    row,
                    name.to_owned(),
                    at(0, cells.first().map_or(0, |id| id.len())),
                )),
                Err(problem) => problems.push(*problem),
            }
        }
        start += line.len() + 1;
    }
    rows
}

/// Tells the world the ids of what was read.
pub(super) fn name(
    rows: &Rows,
    world: &mut World,
    firsts: &mut Firsts,
    problems: &mut Vec<Diagnostic>,
) {
    for (row, file, mark) in rows {
        first("requirement", &row.id, file, *mark, firsts, problems);
        world.requirements.insert(row.id.clone());
    }
}

/// Adds what was read to the catalogue, below what is there.
pub(super) fn add(rows: Rows, into: &mut BTreeMap<String, Requirement>) {
    for (row, _, _) in rows {
        into.entry(row.id.clone()).or_insert(row);
    }
}

fn row(
    source: &Source,
    name: &str,
    cells: &[&str],
    at: &dyn Fn(usize, usize) -> Mark,
) -> Result<Requirement, Box<Diagnostic>> {
    let [
        id,
        section,
        level,
        _subject,
        testable,
        _condition,
        statement,
        _how,
    ] = cells
    else {
        let message = format!(
            "a row has {} cells between tabs, not {}",
            HEADER.len(),
            cells.len()
        );
        return Err(Box::new(Diagnostic::error(
            name,
            at(0, cells.first().map_or(0, |id| id.len())),
            message,
        )));
    };
    let offset = |index: usize| {
        cells
            .iter()
            .take(index)
            .map(|cell| cell.len() + 1)
            .sum::<usize>()
    };
    let Some((_, binding)) = LEVELS.iter().find(|(word, _)| word == level) else {
        let problem = Diagnostic::error(
            name,
            at(offset(2), level.len()),
            format!("`{level}` is no level"),
        );
        return Err(Box::new(
            problem.nearest(level, LEVELS.iter().map(|(word, _)| *word)),
        ));
    };
    if !matches!(*testable, "yes" | "no" | "conditional") {
        let problem = Diagnostic::error(
            name,
            at(offset(4), testable.len()),
            format!("`testable` is `yes`, `conditional` or `no`, not `{testable}`"),
        );
        return Err(Box::new(problem));
    }
    // `[probe]`: the text leaves it open, so that a breach is only worth knowing.
    let (level, statement) = match statement.strip_prefix("[probe]") {
        Some(rest) => (Level::May, rest.trim_start()),
        None => (*binding, *statement),
    };
    let mark = at(0, 0);
    Ok(Requirement {
        id: (*id).to_owned(),
        level,
        statement: statement.to_owned(),
        clause: source.clause(section),
        url: source.url(section),
        testable: *testable != "no",
        because: None,
        remains: None,
        plan: false,
        location: Location {
            file: name.to_owned(),
            line: mark.line,
            column: mark.column,
        },
    })
}

/// The document that a table is of.
#[derive(Debug, PartialEq, Eq)]
enum Source {
    /// An RFC, by its number.
    Rfc(String),
    /// The two documents of SCIM 1.1; sections start with `API-` or `CORE-`.
    Scim11,
    /// Something else.
    Other(String),
}

impl Source {
    fn of(file: &str) -> Self {
        let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        match stem.strip_prefix("rfc") {
            Some(number) if number.bytes().all(|b| b.is_ascii_digit()) => {
                Self::Rfc(number.to_owned())
            }
            _ if stem == "scim11" => Self::Scim11,
            _ => Self::Other(stem.to_owned()),
        }
    }

    fn clause(&self, section: &str) -> String {
        let numbered = |title: &str, section: &str| {
            if section.starts_with(|c: char| c.is_ascii_digit()) {
                format!("{title} §{section}")
            } else if section.is_empty() {
                title.to_owned()
            } else {
                format!("{title}, {section}")
            }
        };
        match self {
            Self::Rfc(number) => numbered(&format!("RFC {number}"), section),
            Self::Scim11 => match section.split_once('-') {
                Some(("API", section)) => numbered("SCIM 1.1 Protocol", section),
                Some(("CORE", section)) => numbered("SCIM 1.1 Core Schema", section),
                _ => numbered("SCIM 1.1", section),
            },
            Self::Other(name) => numbered(name, section),
        }
    }

    fn url(&self, section: &str) -> Option<String> {
        match self {
            Self::Rfc(number) => {
                let page = format!("https://www.rfc-editor.org/rfc/rfc{number}.html");
                let is_number = section.starts_with(|c: char| c.is_ascii_digit());
                Some(if is_number {
                    format!("{page}#section-{section}")
                } else {
                    page
                })
            }
            Self::Scim11 => match section.split_once('-') {
                Some(("CORE", _)) => Some(
                    "http://www.simplecloud.info/specs/draft-scim-core-schema-01.html".to_owned(),
                ),
                _ => Some("http://www.simplecloud.info/specs/draft-scim-api-01.html".to_owned()),
            },
            Self::Other(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "id\tsection\tlevel\tsubject\ttestable\tcondition\trequirement\thow\n\
        RFC7644-3.3-11\t3.3\tSHALL\tserver\tyes\t\tA duplicate is refused with 409\tPOST twice\n\
        RFC7644-3.3-12\t3.3\tSHOULD NOT\tserver\tno\t\tSomething else\t\n\
        RFC7644-3.3-13\t3.3\tMUST\tserver\tconditional\tcursor\t[probe] Left open\tGET\n";

    #[test]
    fn a_table_gives_requirements_with_clause_and_address() {
        let mut problems = Vec::new();
        let rows = read("requirements/rfc7644.tsv", TABLE, &mut problems);
        assert_eq!(problems, []);
        let [(first, _, mark), (second, ..), (third, ..)] = rows.as_slice() else {
            panic!("{rows:?}")
        };
        assert_eq!(
            (first.level, first.testable, first.clause.as_str()),
            (Level::Must, true, "RFC 7644 §3.3")
        );
        assert_eq!(
            first.url.as_deref(),
            Some("https://www.rfc-editor.org/rfc/rfc7644.html#section-3.3")
        );
        assert_eq!(&TABLE[mark.start..mark.end], "RFC7644-3.3-11");
        assert_eq!((second.level, second.testable), (Level::Should, false));
        assert_eq!(
            (third.level, third.statement.as_str()),
            (Level::May, "Left open")
        );
    }

    #[test]
    fn the_name_of_the_file_says_what_a_section_is_of() {
        for (file, section, clause) in [
            ("rfc9944.tsv", "device", "RFC 9944, device"),
            ("a/scim11.tsv", "API-3.2", "SCIM 1.1 Protocol §3.2"),
            ("scim11.tsv", "CORE-5", "SCIM 1.1 Core Schema §5"),
            ("house.tsv", "4", "house §4"),
        ] {
            assert_eq!(Source::of(file).clause(section), clause);
        }
    }

    #[test]
    fn what_is_wrong_with_a_table_is_told_by_line_and_column() {
        let text = TABLE
            .replace("SHOULD NOT", "SHOLD")
            .replace("\tconditional\t", "\tperhaps\t")
            + "too\tfew\n";
        let mut problems = Vec::new();
        read("rfc7644.tsv", &text, &mut problems);
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "rfc7644.tsv:3:20: error: `SHOLD` is no level; did you mean `SHOULD`?",
                "rfc7644.tsv:4:32: error: `testable` is `yes`, `conditional` or `no`, not `perhaps`",
                "rfc7644.tsv:5:1: error: a row has 8 cells between tabs, not 2",
            ]
        );
    }
}
