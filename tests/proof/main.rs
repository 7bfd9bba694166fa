//! Proof that every check can fail, and that none cries wolf.
//!
//! Each fault of the embedded server is switched on alone, and all suites run: `matrix.tsv` says which checks fail then,
//! and the test holds the truth to it, both ways; suites of clients are tried with the faults that they name. With each lawful variation, and each awkward but lawful habit,
//! nothing fails at all. `UPDATE=1 cargo nextest run --test proof` writes the matrix again: read the difference.

#![expect(
    clippy::disallowed_methods,
    reason = "it reads the environment and the matrix"
)]

mod matrix;
mod run;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use libtest_mimic::{Arguments, Failed, Trial};
use scimitar::engine::Choice;
use scimitar::record::{CheckResult, Run, Verdict};
use scimitar::server::{Config, Demands, FAULTS, Modes, VARIATIONS};
use scimitar::suite::{Dialect, Library};

use matrix::Matrix;
use run::Arena;

fn main() -> Result<ExitCode> {
    let arguments = Arguments::from_args();
    let library = match Library::embedded() {
        Ok(library) => Arc::new(library),
        Err(found) => bail!("the suites are broken: {found:?}"),
    };
    let mut trials = vec![trial("clean::everything-passes", &library, |arena| {
        nothing_fails(&arena.run(Config::default())?, "")
    })];
    let matrix = Arc::new(Matrix::read()?);
    let mut areas: Vec<&str> = FAULTS.iter().map(|fault| fault.area).collect();
    areas.dedup();
    for area in areas {
        let matrix = Arc::clone(&matrix);
        let name = format!("detects::{area}");
        trials.push(trial(&name, &library, move |arena| {
            detects(arena, area, &matrix)
        }));
    }
    for variation in VARIATIONS {
        let name = format!("tolerates::{}", variation.id);
        trials.push(trial(&name, &library, move |arena| {
            let config = Config {
                variations: vec![variation.id.to_owned()],
                ..Config::default()
            };
            nothing_fails(&arena.run(config)?, variation.id)
        }));
    }
    for (name, modes) in modes() {
        trials.push(trial(&format!("copes::{name}"), &library, move |arena| {
            // SCIM 1.1 has no way to say that an extension is required.
            let choice = Choice {
                suites: match name {
                    "demands-an-extension" => suites_of(&arena.library, Dialect::V2),
                    _ => Vec::new(),
                },
                ..Choice::default()
            };
            let config = Config {
                modes: modes.clone(),
                ..Config::default()
            };
            nothing_fails(&arena.run_some(config, &choice, 8)?, name)
        }));
    }
    let (claims, of_library) = (Arc::clone(&matrix), Arc::clone(&library));
    trials.push(Trial::test("claims::every-check-is-proved", move || {
        claims_hold(&of_library, &claims).map_err(|error| said(&error))
    }));
    Ok(libtest_mimic::run(&arguments, trials).exit_code())
}

fn trial(
    name: &str,
    library: &Arc<Library>,
    test: impl FnOnce(&Arena) -> Result<()> + Send + 'static,
) -> Trial {
    let library = Arc::clone(library);
    Trial::test(name, move || {
        Arena::new(library)
            .and_then(|arena| test(&arena))
            .map_err(|error| said(&error))
    })
}

/// The whole chain of causes.
fn said(error: &anyhow::Error) -> Failed {
    format!("{error:#}").into()
}

/// Awkward but lawful habits, under which the same verdicts come out.
fn modes() -> Vec<(&'static str, Modes)> {
    let demands = |demands| Modes {
        demands,
        ..Modes::default()
    };
    vec![
        (
            "rate-limits",
            Modes {
                rate_limited_every: Some(10),
                ..Modes::default()
            },
        ),
        (
            "small-pages",
            Modes {
                page_cap: Some(5),
                ..Modes::default()
            },
        ),
        (
            "late-visibility",
            Modes {
                visible_after: Duration::from_millis(200),
                ..Modes::default()
            },
        ),
        (
            "no-delete",
            Modes {
                without_delete: true,
                ..Modes::default()
            },
        ),
        (
            "demands-an-email-shaped-user-name",
            demands(Demands {
                email_user_name: true,
                no_plus: true,
                ..Demands::default()
            }),
        ),
        (
            "demands-name-and-email",
            demands(Demands {
                name_and_email: true,
                ..Demands::default()
            }),
        ),
        (
            "demands-an-extension",
            demands(Demands {
                employee_number: true,
                ..Demands::default()
            }),
        ),
    ]
}

/// Where a check asks for more than the standard, since Okta does: with this variation, it says so.
const BEYOND_THE_STANDARD: &[(&str, &str)] = &[
    (
        "errors-without-detail",
        "okta-spec-hardened/duplicate-answers-uniqueness",
    ),
    (
        "errors-without-detail",
        "okta-spec-1.1/read-unknown-id-not-found",
    ),
    (
        "errors-without-detail",
        "okta-spec-2.0/read-unknown-id-not-found",
    ),
    (
        "errors-without-detail",
        "okta-spec-2.0/read-unknown-id-answers-error",
    ),
    (
        "errors-without-detail",
        "okta-spec-2.0/wrong-credentials-refused",
    ),
    (
        "media-type-json",
        "okta-spec-hardened/answers-are-scim-json",
    ),
    // RFC 7644 §3.1 names one media type; another JSON is read all the same, and told.
    (
        "media-type-json",
        "rfc7644.media-types/media-type-is-scim-json",
    ),
    // Its workflow reads Resources without looking whether it is there.
    (
        "empty-list-without-resources",
        "client-entra-logicapp/no-hits-have-empty-resources",
    ),
    ("no-patch", "language/deactivate-as-the-app-does"),
    // Okta imports by the hundred, whatever the page holds; looks up before it creates; and deletes groups.
    ("small-pages", "okta-client-2.0/import-page-of-a-hundred"),
    ("pages-of-five", "okta-client-2.0/import-page-of-a-hundred"),
    ("no-filter", "okta-client-2.0/assign-new-user"),
    ("no-delete", "okta-client-2.0/delete-groups"),
    ("small-pages", "okta-client-1.1/import-page-of-a-hundred"),
    (
        "small-pages",
        "okta-client-1.1/import-groups-page-of-a-hundred",
    ),
    ("pages-of-five", "okta-client-1.1/import-page-of-a-hundred"),
    (
        "pages-of-five",
        "okta-client-1.1/import-groups-page-of-a-hundred",
    ),
    ("no-filter", "okta-client-1.1/assign-new-user"),
    ("no-delete", "okta-client-1.1/delete-groups"),
    // Okta sends the description of a group in an extension of its own, whether the server knows it or not.
    (
        "unknown-attributes-refused",
        "okta-client-1.1/push-group-with-description",
    ),
    // A target of SCIM 1.1 has no resource types to say by that it lacks the extension: what is lost is told.
    (
        "no-enterprise",
        "okta-client-1.1/assign-user-with-all-attributes",
    ),
    // The userName is what the administrator maps.
    (
        "demands-an-email-shaped-user-name",
        "okta-client-2.0/assign-user-whose-email-differs",
    ),
    (
        "demands-an-email-shaped-user-name",
        "okta-client-1.1/assign-user-whose-email-differs",
    ),
    // Paging by index can't be stable in that order while others write; the check warns.
    ("newest-first", "language/walk-while-others-write"),
    (
        "no-filter",
        "okta-spec-2.0/filter-username-in-capitals-answered",
    ),
    (
        "no-filter",
        "okta-spec-2.0/filter-unknown-username-finds-nobody",
    ),
    (
        "no-filter",
        "okta-spec-2.0/filter-new-username-finds-nobody",
    ),
    (
        "no-filter",
        "okta-spec-1.1/filter-unknown-username-finds-nobody",
    ),
    (
        "no-filter",
        "okta-spec-1.1/filter-new-username-finds-nobody",
    ),
    ("no-filter", "okta-spec-1.1/filter-that-is-none-refused"),
    (
        "resource-types-and-schemas-absent",
        "okta-spec-1.1/read-resource-types",
    ),
    (
        "resource-types-and-schemas-absent",
        "okta-spec-1.1/read-schemas",
    ),
];

/// No check fails, warns or stays undecided, but where Okta demands more than the standard.
fn nothing_fails(run: &Run, variation: &str) -> Result<()> {
    let mut wrong = String::new();
    for check in &run.checks {
        let fine = matches!(check.verdict, Verdict::Pass | Verdict::Skip) || only_slow(check);
        if !fine && !BEYOND_THE_STANDARD.contains(&(variation, whole(check).as_str())) {
            let reason = check.reason.as_deref().unwrap_or_default();
            writeln!(wrong, "{}: {}: {reason}", check.id, check.verdict)?;
        }
    }
    ensure!(!run.checks.is_empty(), "nothing ran");
    ensure!(wrong.is_empty(), "\n{wrong}");
    Ok(())
}

/// Whether nothing but the time of an answer is wrong, which may be this machine's.
fn only_slow(check: &CheckResult) -> bool {
    check.verdict == Verdict::Warn && check.broken().all(|(_, broken)| broken.at == "time")
}

/// `suite/check`: the rows of a matrix count as one.
fn whole(check: &CheckResult) -> String {
    check.id.split('/').take(2).collect::<Vec<_>>().join("/")
}

/// The checks that fail or warn, and whether they are only slow.
fn tripped(run: &Run) -> BTreeMap<String, bool> {
    let mut tripped = BTreeMap::new();
    for check in &run.checks {
        if matches!(check.verdict, Verdict::Fail | Verdict::Warn) {
            *tripped.entry(whole(check)).or_insert(true) &= only_slow(check);
        }
    }
    tripped
}

fn detects(arena: &Arena, area: &str, matrix: &Matrix) -> Result<()> {
    let mut found = BTreeMap::new();
    let mut wrong = String::new();
    for fault in FAULTS.iter().filter(|fault| fault.area == area) {
        let config = Config {
            faults: vec![fault.id.to_owned()],
            ..Config::default()
        };
        let tripped = match arena.detect(config, &concerned(&arena.library, fault.id)) {
            Ok(run) => tripped(&run),
            // No check can run: `scimitar run` ends with exit code 3.
            Err(_) => BTreeMap::from([("preflight".to_owned(), false)]),
        };
        if let Err(difference) = matrix.agrees(fault.id, &tripped) {
            writeln!(wrong, "{}: {difference}", fault.id)?;
        }
        found.insert(fault.id, tripped);
    }
    if std::env::var_os("UPDATE").is_some() {
        return Matrix::update(area, &found);
    }
    ensure!(wrong.is_empty(), "the matrix says otherwise:\n{wrong}");
    Ok(())
}

fn suites_of(library: &Library, dialect: Dialect) -> Vec<String> {
    let suites = library.suites.iter();
    let suites = suites.filter(|suite| suite.scim == dialect);
    suites.map(|suite| suite.id.clone()).collect()
}

/// The suites all of whose checks each fault is tried on. Of the others, which replay the same requests as some client
/// sends them, only the checks that name the fault: five times the time would show little more.
const TRIED_IN_FULL: [&str; 2] = ["okta-spec-", "okta-entitlements"];

/// The checks that a fault is tried on.
fn concerned(library: &Library, fault: &str) -> Choice {
    let mut chosen = Vec::new();
    for suite in &library.suites {
        let in_full = TRIED_IN_FULL.iter().any(|id| suite.id.starts_with(id));
        let checks = suite
            .checks
            .iter()
            .filter(|check| in_full || check.faults.iter().any(|named| named == fault));
        chosen.extend(checks.map(|check| format!("{}/{}", suite.id, check.id)));
    }
    Choice {
        checks: chosen,
        ..Choice::default()
    }
}

/// Every check names faults that prove it, and the matrix says that these trip it.
fn claims_hold(library: &Library, matrix: &Matrix) -> Result<()> {
    let mut wrong = String::new();
    for suite in &library.suites {
        for check in &suite.checks {
            let id = format!("{}/{}", suite.id, check.id);
            if check.faults.is_empty() {
                writeln!(wrong, "{id} names no fault that it catches")?;
            }
            for fault in &check.faults {
                let trips = matrix.certain(fault).context(fault.clone());
                if !trips.is_ok_and(|trips| trips.contains(&id)) {
                    writeln!(wrong, "{id} names {fault}, which does not trip it")?;
                }
            }
        }
    }
    ensure!(wrong.is_empty(), "\n{wrong}");
    Ok(())
}
