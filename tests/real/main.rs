//! scimitar against SCIM servers that others wrote: each verdict is the one that `tests/real/<server>.yaml` expects, and
//! each deviation that is claimed there can be seen with curl.
//!
//! `tests/run.sh --only real` starts the servers and names them in the environment; without it the tests are ignored.

#![expect(
    clippy::disallowed_methods,
    reason = "it runs programs on files, set up by the environment"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::{env, fs};

use anyhow::{Context as _, Result, bail, ensure};
use libtest_mimic::{Arguments, Failed, Trial};
use scimitar::record::{Run, Verdict};
use serde::Deserialize;

/// The servers: file of expectations below `tests/real/`, variable of the base URL.
const SERVERS: [(&str, &str); 2] = [
    ("scim2-server", "SCIMITAR_REAL_SCIM2"),
    ("scimmy", "SCIMITAR_REAL_SCIMMY"),
];

fn main() -> Result<ExitCode> {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for (name, variable) in SERVERS {
        trials.extend(trials_of(name, variable)?);
    }
    Ok(libtest_mimic::run(&arguments, trials).exit_code())
}

fn trials_of(name: &str, variable: &'static str) -> Result<Vec<Trial>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/real")
        .join(format!("{name}.yaml"));
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let expected: Expected =
        serde_saphyr::from_str(&text).with_context(|| file.display().to_string())?;
    let target = env::var(variable).ok().map(|url| Target {
        url,
        token: env::var("SCIMITAR_REAL_TOKEN").ok(),
    });
    let unset = format!("{variable} is not set: run tests/run.sh --only real");

    let mut trials = Vec::new();
    for claim in expected.deviations.iter().chain(&expected.beyond).cloned() {
        let (target, unset) = (target.clone(), unset.clone());
        let what = claim.id.replace('/', "::");
        trials.push(Trial::test(format!("{name}::shown::{what}"), move || {
            claim
                .is_seen(&target.context(unset)?)
                .map_err(|error| said(&error))
        }));
    }
    let verdicts = target.clone();
    trials.push(Trial::test(format!("{name}::verdicts"), move || {
        expected
            .holds(&verdicts.context(unset)?)
            .map_err(|error| said(&error))
    }));
    Ok(trials
        .into_iter()
        .map(|trial| trial.with_ignored_flag(target.is_none()))
        .collect())
}

/// The whole chain of causes.
fn said(error: &anyhow::Error) -> Failed {
    format!("{error:#}").into()
}

#[derive(Debug, Clone)]
struct Target {
    url: String,
    token: Option<String>,
}

/// What is known of a server.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    server: String,
    suites: Vec<String>,
    /// How many checks the suites have, so that an empty run is no success.
    checks: usize,
    /// The checks that are about what the server doesn't offer.
    skipped: BTreeSet<String>,
    /// The checks that don't pass.
    deviations: Vec<Claim>,
    /// What is wrong outside of the suites.
    beyond: Vec<Claim>,
}

/// One thing that the server gets wrong.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    #[serde(alias = "check")]
    id: String,
    /// The check's verdict.
    #[serde(default = "fail")]
    verdict: Verdict,
    /// The clause that the server breaks, and how.
    because: String,
    /// A shell script on `$BASE` and `$TOKEN` that shows it.
    curl: String,
    /// What its output holds.
    shows: Vec<String>,
}

const fn fail() -> Verdict {
    Verdict::Fail
}

impl Claim {
    /// Runs the script and looks for what it is said to show.
    fn is_seen(&self, target: &Target) -> Result<()> {
        ensure!(
            !self.shows.is_empty(),
            "it says nothing that the output holds"
        );
        let mut shell = Command::new("bash");
        shell.args(["-euc", &self.curl]).env("BASE", &target.url);
        shell.env("TOKEN", target.token.as_deref().unwrap_or_default());
        let output = shell.output().context("bash")?;
        let seen = String::from_utf8_lossy(&output.stdout);
        let unseen: Vec<_> = self
            .shows
            .iter()
            .filter(|text| !seen.contains(*text))
            .collect();
        ensure!(
            unseen.is_empty(),
            "no longer seen: {unseen:?}\nclaimed: {}\nscript:\n{}output:\n{seen}{}",
            self.because,
            self.curl,
            String::from_utf8_lossy(&output.stderr),
        );
        Ok(())
    }
}

impl Expected {
    /// Runs the suites and compares each verdict with the expected one, both ways.
    fn holds(&self, target: &Target) -> Result<()> {
        let run = run(target, &self.suites)?;
        let seen: BTreeMap<&str, Verdict> = run
            .checks
            .iter()
            .map(|check| (check.id.as_str(), check.verdict))
            .collect();
        let mut wrong = Vec::new();
        for deviation in &self.deviations {
            match seen.get(deviation.id.as_str()) {
                Some(verdict) if *verdict == deviation.verdict => {}
                Some(verdict) => wrong.push(format!(
                    "{}: {verdict}, but {} is expected: {}",
                    deviation.id, deviation.verdict, deviation.because
                )),
                None => wrong.push(format!("{}: not in the run", deviation.id)),
            }
        }
        for check in &run.checks {
            let skips = check.verdict == Verdict::Skip;
            if skips != self.skipped.contains(&check.id) {
                let reason = check.reason.as_deref().unwrap_or("it is not skipped");
                wrong.push(format!("{}: {reason}", check.id));
            }
            if !matches!(check.verdict, Verdict::Pass | Verdict::Skip)
                && !self
                    .deviations
                    .iter()
                    .any(|deviation| deviation.id == check.id)
            {
                let broken: Vec<_> = check
                    .broken()
                    .filter_map(|(_, broken)| broken.message.as_deref())
                    .collect();
                wrong.push(format!(
                    "{}: unexpected {}: {}",
                    check.id,
                    check.verdict,
                    broken.join("; ")
                ));
            }
        }
        if seen.len() != self.checks {
            wrong.push(format!("{} checks ran, not {}", seen.len(), self.checks));
        }
        ensure!(wrong.is_empty(), "{}:\n{}", self.server, wrong.join("\n"));
        Ok(())
    }
}

/// Runs the binary in an environment of its own, and reads its record.
fn run(target: &Target, suites: &[String]) -> Result<Run> {
    let folder = tempfile::tempdir()?;
    let record = folder.path().join("run.json");
    let mut scimitar = Command::new(env!("CARGO_BIN_EXE_scimitar"));
    scimitar
        .args(["run", &target.url])
        .args(suites.iter().flat_map(|suite| ["--suite", suite]))
        .arg("--json")
        .arg(&record)
        .arg("--out")
        .arg(folder.path().join("reports"))
        .current_dir(folder.path())
        .env_clear()
        .envs(
            target
                .token
                .as_ref()
                .map(|token| ("SCIMITAR_BEARER", token)),
        );
    let output = scimitar.output().context("scimitar")?;
    let said = || {
        format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    };
    let text = fs::read_to_string(&record)
        .with_context(|| format!("no record; {}, and said:\n{}", output.status, said()))?;
    let run = Run::from_json(&text)?;
    let conforms = !run.gating().any(|check| check.verdict == Verdict::Fail);
    match output.status.code() {
        Some(0) if conforms => Ok(run),
        Some(1) if !conforms => Ok(run),
        _ => bail!(
            "{} does not fit the record; said:\n{}",
            output.status,
            said()
        ),
    }
}
