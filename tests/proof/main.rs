//! Which of Okta's SPEC checks each fault trips: exactly those of `matrix.tsv`, both ways.
//!
//! That every check of every suite catches what it names, and that no lawful variation trips one, is what `scimitar prove`
//! shows. `UPDATE=1 cargo nextest run --test proof` writes the matrix again: read the difference.

#![expect(
    clippy::disallowed_methods,
    reason = "it reads the environment and the matrix"
)]

mod matrix;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, bail, ensure};
use libtest_mimic::{Arguments, Failed, Trial};
use scimitar::cli::settings::values;
use scimitar::engine::Choice;
use scimitar::proof::{Ask, Document, judge, prove};
use scimitar::server::FAULTS;
use scimitar::suite::Library;
use tokio::runtime::Builder;

use matrix::Matrix;

/// The suites all of whose checks each of their faults is tried on.
const SUITES: [&str; 2] = ["okta-spec-", "okta-entitlements"];

fn main() -> Result<ExitCode> {
    let arguments = Arguments::from_args();
    let library = match Library::embedded() {
        Ok(library) => Arc::new(library),
        Err(found) => bail!("the suites are broken: {found:?}"),
    };
    let matrix = Arc::new(Matrix::read()?);
    let mut trials = Vec::new();
    let mut areas: Vec<&str> = FAULTS.iter().map(|fault| fault.area).collect();
    areas.dedup();
    for area in areas {
        let faults = named(&library, area);
        if faults.is_empty() {
            continue;
        }
        let (library, matrix) = (Arc::clone(&library), Arc::clone(&matrix));
        trials.push(Trial::test(format!("detects::{area}"), move || {
            detects(&library, area, faults, &matrix)
                .map_err(|error| Failed::from(format!("{error:#}")))
        }));
    }
    Ok(libtest_mimic::run(&arguments, trials).exit_code())
}

/// The faults of an area that checks of these suites name.
fn named(library: &Library, area: &str) -> Vec<&'static str> {
    let suites = library.suites.iter();
    let suites = suites.filter(|suite| SUITES.iter().any(|id| suite.id.starts_with(id)));
    let checks = suites.flat_map(|suite| &suite.checks);
    let named: BTreeSet<&str> = checks
        .flat_map(|check| &check.faults)
        .map(String::as_str)
        .collect();
    let of_area = FAULTS.iter().filter(|fault| fault.area == area);
    of_area
        .map(|fault| fault.id)
        .filter(|id| named.contains(id))
        .collect()
}

fn detects(
    library: &Arc<Library>,
    area: &str,
    faults: Vec<&'static str>,
    matrix: &Matrix,
) -> Result<()> {
    let ask = Ask {
        library: Arc::clone(library),
        choice: Choice {
            suites: SUITES.map(|id| format!("{id}*")).into(),
            ..Choice::default()
        },
        faults,
        unnamed: false,
        whole: true,
        variations: Vec::new(),
        values: values::defaults(),
        jobs: 2,
    };
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let facts = runtime.block_on(prove(&ask, |_, _| {}))?;
    let found = judge(library, &facts);
    if std::env::var_os("UPDATE").is_some() {
        return Matrix::update(area, &found.faults);
    }
    let mut wrong = String::new();
    for fault in &found.faults {
        if let Err(difference) = matrix.agrees(fault) {
            writeln!(wrong, "{}: {difference}", fault.id)?;
        }
    }
    ensure!(wrong.is_empty(), "the matrix says otherwise:\n{wrong}");
    clean(&found)
}

/// Nothing else is wrong either.
fn clean(found: &Document) -> Result<()> {
    let mut wrong = String::new();
    for problem in &found.problems {
        writeln!(wrong, "{}: {}", problem.about, problem.message)?;
    }
    ensure!(wrong.is_empty(), "\n{wrong}");
    Ok(())
}
