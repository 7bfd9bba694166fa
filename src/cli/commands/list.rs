//! `scimitar list`: the checks that a selection chooses.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::cli::args::{GlobalArgs, ListArgs};
use crate::cli::configuration;
use crate::cli::exit::{self, Failure};
use crate::cli::library::{self, choice_failure, counted};
use crate::cli::terminal::Terminal;
use crate::engine::{Ground, Knowledge, Plan, PlannedCheck};
use crate::suite::template::Scope;
use crate::suite::{Library, Matrix, Suite};

/// Lists.
///
/// # Errors
/// When the selection chooses nothing, or the settings or suites are wrong.
pub(super) fn run(
    args: &ListArgs,
    global: &GlobalArgs,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let configuration = configuration::load(global, args)?;
    let chosen = library::complete(&configuration)?;
    let library = &chosen.library;
    let typed = &configuration.typed;
    if args.suites_only {
        terminal.print(&suites(library, args.json));
        return Ok(exit::OK);
    }
    if let Some(overlooked) = chosen.overlooked() {
        terminal.warn(&overlooked);
    }
    let choice = chosen.choice(typed, typed.scim.into_iter().collect());
    let knowledge = Knowledge::default();
    let ground = Ground {
        knowledge: &knowledge,
        config: &typed.config,
        variables: &typed.variables,
        bases: &BTreeMap::new(),
        services: &BTreeMap::new(),
        seed: typed.seed.unwrap_or_default(),
        tag: "",
        read_only: typed.read_only,
    };
    let plan = Plan::new(library, &choice, ground)
        .map_err(|error| choice_failure(&error, &choice, library))?;
    let rows = rows(&plan, args.rows, typed.read_only);
    if rows.is_empty() {
        return Err(choice_failure(
            &crate::engine::ChoiceError::Nothing,
            &choice,
            library,
        ));
    }
    terminal.print(&if args.json {
        as_json(&rows)
    } else {
        as_text(&rows, &plan)
    });
    Ok(exit::OK)
}

/// A line of the list: a check, or a row of one.
struct Row<'a> {
    id: String,
    title: String,
    planned: &'a PlannedCheck,
    count: usize,
}

/// The plan by check, or by row. What writes is not in a read-only list.
fn rows(plan: &Plan, each: bool, read_only: bool) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let listed = |planned: &&Arc<PlannedCheck>| !read_only || planned.check.is_read_only();
    for planned in plan.checks.iter().filter(listed) {
        let whole = format!("{}/{}", planned.suite.id, planned.check.id);
        let id = if each { planned.id.clone() } else { whole };
        match rows.last_mut() {
            Some(last) if last.id == id => {
                last.count += 1;
                last.title = common(&last.title, &title(planned, each));
            }
            _ => rows.push(Row {
                id,
                title: title(planned, each),
                planned,
                count: 1,
            }),
        }
    }
    rows
}

/// A check whose rows the target's own schema makes is called by what they are: which ones there will be is not known
/// here.
fn title(planned: &PlannedCheck, each: bool) -> String {
    let what = match &planned.check.matrix {
        Some(Matrix::Attributes { of, .. }) if !each || planned.row.is_none() => {
            format!("each attribute of {of}")
        }
        Some(Matrix::ResourceTypes { .. }) if !each || planned.row.is_none() => {
            "each resource type".to_owned()
        }
        Some(Matrix::Attributes { .. } | Matrix::ResourceTypes { .. } | Matrix::Rows(_)) | None => {
            return planned.title.clone();
        }
    };
    let title = planned.check.title.outline(&EachRow(what));
    let mut letters = title.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => title,
    }
}

/// A scope in which a row stands for all of them.
struct EachRow(String);

impl Scope for EachRow {
    fn variable(&self, root: &str) -> Option<Cow<'_, Value>> {
        let named = |name: &str| (name.to_owned(), Value::String(self.0.clone()));
        (root == "row").then(|| {
            let row = ["path", "name", "endpoint", "id"].map(named);
            Cow::Owned(row.into_iter().collect())
        })
    }

    fn unique(&self, _: &str) -> Option<Value> {
        None
    }
}

/// What two titles of rows have in common, with `…` for what differs.
fn common(one: &str, other: &str) -> String {
    if one == other {
        return one.to_owned();
    }
    let (one, other): (Vec<&str>, Vec<&str>) =
        (one.split(' ').collect(), other.split(' ').collect());
    let before = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let room = one.len().min(other.len()) - before;
    let after = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take(room)
        .take_while(|(a, b)| a == b)
        .count();
    let words = one.iter().take(before).copied().chain(["…"]);
    let words = words.chain(one.iter().skip(one.len() - after).copied());
    words.collect::<Vec<_>>().join(" ")
}

fn as_text(rows: &[Row<'_>], plan: &Plan) -> String {
    let mut text = String::new();
    let mut suite = "";
    for row in rows {
        let planned = row.planned;
        if planned.suite.id != suite {
            suite = &planned.suite.id;
            let _ = writeln!(
                text,
                "{}{} (SCIM {})",
                if text.is_empty() { "" } else { "\n" },
                planned.suite.title,
                planned.suite.scim.word()
            );
        }
        let status = match planned.check.status {
            crate::record::Status::Stable => String::new(),
            other => format!(" ({other})"),
        };
        let count = match row.count {
            1 => String::new(),
            count => format!(" ({count} rows)"),
        };
        let level = planned.check.level.word();
        let _ = writeln!(text, "  {level:<6} {}{status}{count}", row.id);
        let _ = writeln!(text, "         {}", row.title);
    }
    let checks = counted(rows.len(), "check");
    let _ = writeln!(
        text,
        "\n{checks} in {}{}",
        counted(plan.suites.len(), "suite"),
        if plan.checks.len() > rows.len() {
            format!("; {} with the rows of their tables", plan.checks.len())
        } else {
            String::new()
        }
    );
    text
}

fn as_json(rows: &[Row<'_>]) -> String {
    let items: Vec<Value> = rows
        .iter()
        .map(|row| {
            let check = &row.planned.check;
            json!({
                "id": row.id,
                "title": row.title,
                "suite": row.planned.suite.id,
                "scim": row.planned.suite.scim.word(),
                "level": check.level,
                "status": check.status,
                "since": check.since,
                "tags": check.tags,
                "requirements": check.requirements,
                "faults": check.faults,
                "rows": row.count,
                "skip": row.planned.skip,
                "location": check.location,
            })
        })
        .collect();
    let value = json!({ "count": items.len(), "checks": items });
    format!("{value:#}\n")
}

fn suites(library: &Library, as_json: bool) -> String {
    if as_json {
        let suites: Vec<Value> = library
            .suites
            .iter()
            .map(|suite| {
                json!({
                    "id": suite.id, "title": suite.title, "origin": suite.origin,
                    "scim": suite.scim.word(), "checks": suite.checks.len(), "onlyNamed": suite.only_named || suite.on_demand,
                })
            })
            .collect();
        let profiles: Vec<Value> = library
            .profiles
            .values()
            .map(|profile| json!({ "name": profile.name, "title": profile.title, "suites": profile.suites }))
            .collect();
        return format!("{:#}\n", json!({ "suites": suites, "profiles": profiles }));
    }
    let mut text = String::new();
    let (below, own): (Vec<&Suite>, Vec<&Suite>) = library
        .suites
        .iter()
        .partition(|suite| suite.only_named || suite.on_demand);
    for (title, suites) in [
        ("Suites (--suite):\n", own),
        ("\nSuites that run only where they are named:\n", below),
    ] {
        if !suites.is_empty() {
            text.push_str(title);
        }
        for suite in suites {
            let _ = writeln!(
                text,
                "  {:<32} {} (SCIM {}, {})",
                suite.id,
                suite.title,
                suite.scim.word(),
                counted(suite.checks.len(), "check")
            );
        }
    }
    text.push_str("\nProfiles (--profile):\n");
    for profile in library.profiles.values() {
        let _ = writeln!(text, "  {:<32} {}", profile.name, profile.title);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::common;

    #[test]
    fn titles_of_rows_show_what_they_have_in_common() {
        for (one, other, expected) in [
            ("a b c", "a b c", "a b c"),
            (
                "filter by eq works",
                "filter by ne works",
                "filter by … works",
            ),
            (
                "filter by … works",
                "filter by co works",
                "filter by … works",
            ),
            ("x", "y z", "…"),
            ("a a", "a", "a …"),
        ] {
            assert_eq!(common(one, other), expected);
        }
    }
}
