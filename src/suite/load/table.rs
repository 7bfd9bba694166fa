//! Catalogues of requirements as tables: tab-separated, one header line, no quoting.

use super::document::Document;
use super::world::{Firsts, World, first};
use crate::record::{Level, Location};
use crate::suite::Library;
use crate::suite::diagnostic::Diagnostic;
use crate::suite::library::Requirement;
use crate::suite::source::Mark;

const HEADER: [&str; 9] = [
    "id",
    "section",
    "level",
    "subject",
    "testable",
    "condition",
    "requirement",
    "how",
    REASON,
];

/// The last column, which a table may leave out, and a row too: why no check can cite it.
const REASON: &str = "reason";

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
    let source = Document::of(name);
    let mut rows = Vec::new();
    let mut start = 0;
    let mut columns = HEADER.len();
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
            let bare = HEADER.len() - 1;
            if cells != HEADER && cells != HEADER[..bare] {
                let message = format!(
                    "a table of requirements has the columns {}, and may have the column {REASON} after them",
                    HEADER[..bare].join(", ")
                );
                problems.push(Diagnostic::error(name, at(0, line.len()), message));
                return rows;
            }
            columns = cells.len();
        } else if !line.trim().is_empty() {
            match row(&source, name, &cells, columns, &at) {
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

/// Adds what was read to the library, below what is there.
pub(super) fn add(rows: Rows, library: &mut Library) {
    for (row, file, _) in rows {
        let head = library.catalogues.entry(row.catalogue.clone());
        head.or_insert_with(|| Document::of(&file).head());
        let known = library.requirements.entry(row.id.clone());
        known.or_insert(row);
    }
}

fn row(
    source: &Document,
    name: &str,
    cells: &[&str],
    columns: usize,
    at: &dyn Fn(usize, usize) -> Mark,
) -> Result<Requirement, Box<Diagnostic>> {
    let [
        id,
        section,
        level,
        _subject,
        testable,
        condition,
        statement,
        how,
        reason @ ..,
    ] = cells
    else {
        return Err(Box::new(cell_count(name, cells, columns, at)));
    };
    if cells.len() > columns {
        return Err(Box::new(cell_count(name, cells, columns, at)));
    }
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
    let written = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Requirement {
        id: (*id).to_owned(),
        catalogue: source.id(),
        section: (*section).to_owned(),
        level,
        statement: statement.to_owned(),
        clause: source.clause(section),
        url: source.url(section),
        testable: *testable != "no",
        condition: written(condition),
        how: written(how),
        because: reason.first().and_then(|reason| written(reason)),
        remains: None,
        plan: false,
        location: Location {
            file: name.into(),
            line: mark.line,
            column: mark.column,
        },
    })
}

fn cell_count(
    name: &str,
    cells: &[&str],
    columns: usize,
    at: &dyn Fn(usize, usize) -> Mark,
) -> Diagnostic {
    let needed = HEADER.len() - 1;
    let expected = if columns > needed {
        format!("{needed} or {columns}")
    } else {
        needed.to_string()
    };
    let message = format!(
        "a row has {expected} cells between tabs, not {}",
        cells.len()
    );
    let first = cells.first().map_or(0, |id| id.len());
    Diagnostic::error(name, at(0, first), message)
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

    #[test]
    fn a_reason_stands_in_a_column_that_rows_may_leave_out() {
        let text = TABLE.replace("\thow\n", "\thow\treason\n").replace(
            "RFC7644-3.3-12\t3.3\tSHOULD NOT\tserver\tno\t\tSomething else\t\n",
            "RFC7644-3.3-12\t3.3\tMUST\tserver\tyes\t\tSomething else\t\tNobody sees it\n",
        );
        let mut problems = Vec::new();
        let rows = read("rfc7644.tsv", &text, &mut problems);
        assert_eq!(problems, []);
        let read: Vec<_> = rows
            .iter()
            .map(|(row, ..)| {
                let reason = row.because.as_deref();
                (row.condition.as_deref(), row.how.as_deref(), reason)
            })
            .collect();
        assert_eq!(
            read,
            [
                (None, Some("POST twice"), None),
                (None, None, Some("Nobody sees it")),
                (Some("cursor"), Some("GET"), None),
            ]
        );
        let without = TABLE.to_owned()
            + "RFC7644-1-01\t1\tMUST\tserver\tyes\t\tIt works\t\tA reason without a column\n";
        super::read("rfc7644.tsv", &without, &mut problems);
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            ["rfc7644.tsv:5:1: error: a row has 8 cells between tabs, not 9"]
        );
    }
}
