//! scimitar against SCIM servers that others wrote: each verdict is the one that a file in `tests/real/expected/<server>/`
//! expects, and each deviation that is claimed there can be seen with curl.
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
use globset::Glob;
use libtest_mimic::{Arguments, Failed, Trial};
use scimitar::record::{CheckResult, Run, Verdict, broken};
use serde::Deserialize;

/// The servers: folder of expectations below `tests/real/expected/`, variable of the base URL.
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

fn trials_of(server: &str, variable: &'static str) -> Result<Vec<Trial>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/real/expected")
        .join(server);
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        files.push(entry?.path());
    }
    files.sort();
    let mut trials = Vec::new();
    for file in files {
        trials.extend(trials_in(&file, server, variable)?);
    }
    Ok(trials)
}

/// What one file expects of some suites.
fn trials_in(file: &Path, server: &str, variable: &'static str) -> Result<Vec<Trial>> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let expected: Expected =
        serde_saphyr::from_str(&text).with_context(|| file.display().to_string())?;
    let about = file.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("{server}::{about}");
    let target = env::var(variable).ok().map(|url| Target {
        url,
        token: env::var("SCIMITAR_REAL_TOKEN").ok(),
    });
    let unset = format!("{variable} is not set: run tests/run.sh --only real");

    let mut trials = Vec::new();
    for claim in expected.deviations.iter().chain(&expected.beyond) {
        let (claim, target, unset) = (claim.clone(), target.clone(), unset.clone());
        let what = claim.name().replace('/', "::");
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
    /// Why a few checks may be undecided, if that is so: which ones is chance.
    undecided: Option<String>,
    /// The checks that are about what the server doesn't offer: globs over their ids.
    #[serde(default)]
    skipped: Vec<String>,
    /// The checks that don't pass.
    #[serde(default)]
    deviations: Vec<Claim>,
    /// What is wrong outside of the suites.
    #[serde(default)]
    beyond: Vec<Claim>,
}

/// One thing that the server gets wrong.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    /// The check that shows it, or what it is called outside of the suites.
    #[serde(alias = "id")]
    check: Option<String>,
    /// The checks that show it, if there are several: globs over their ids.
    #[serde(default)]
    checks: Vec<String>,
    /// The verdict of each.
    #[serde(default = "fail")]
    verdict: Verdict,
    /// What comes out now and then instead: the server closes connections that another check is about to use, say.
    or: Option<Verdict>,
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
    /// Its name among the trials.
    fn name(&self) -> &str {
        let first = self.check.as_ref().or_else(|| self.checks.first());
        first.map_or("nameless", String::as_str)
    }

    /// The checks that it is about.
    fn globs(&self) -> impl Iterator<Item = &String> {
        self.check.iter().chain(&self.checks)
    }

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
        let mut wrong = Vec::new();
        let mut explained = BTreeMap::new();
        for deviation in &self.deviations {
            for glob in deviation.globs() {
                for check in matched(&run, glob, &mut wrong)? {
                    explained.insert(check.id.as_str(), deviation);
                }
            }
        }
        let mut skipped = BTreeSet::new();
        for glob in &self.skipped {
            skipped.extend(matched(&run, glob, &mut wrong)?.map(|check| check.id.as_str()));
        }
        let mut lenience = if self.undecided.is_some() { 5 } else { 0 };
        for check in &run.checks {
            let id = check.id.as_str();
            let meant = explained.get(id).map(|deviation| deviation.verdict);
            let undecided = check.verdict == Verdict::Inconclusive && meant != Some(check.verdict);
            if undecided && lenience > 0 {
                lenience -= 1;
                continue;
            }
            let skips = check.verdict == Verdict::Skip;
            if skips != skipped.contains(id) {
                let reason = check.reason.as_deref().unwrap_or("it is not skipped");
                wrong.push(format!("{id}: {reason}"));
            }
            match explained.get(id) {
                Some(deviation)
                    if check.verdict != deviation.verdict
                        && Some(check.verdict) != deviation.or =>
                {
                    wrong.push(format!(
                        "{id}: {}, but {} is expected: {}",
                        check.verdict, deviation.verdict, deviation.because
                    ));
                }
                None if !matches!(check.verdict, Verdict::Pass | Verdict::Skip) => {
                    let steps = check.steps.read();
                    let broken: Vec<_> = broken(&steps)
                        .iter()
                        .filter_map(|broken| broken.expectation.message.as_deref())
                        .collect();
                    let broken = broken.join("; ");
                    wrong.push(format!("{id}: unexpected {}: {broken}", check.verdict));
                }
                _ => {}
            }
        }
        let ran = run.checks.len();
        if ran != self.checks {
            wrong.push(format!("{ran} checks ran, not {}", self.checks));
        }
        ensure!(wrong.is_empty(), "{}:\n{}", self.server, wrong.join("\n"));
        Ok(())
    }
}

/// The checks of a run that a glob matches. One that matches none is wrong.
fn matched<'r>(
    run: &'r Run,
    glob: &str,
    wrong: &mut Vec<String>,
) -> Result<impl Iterator<Item = &'r CheckResult> + use<'r>> {
    let matcher = Glob::new(glob)?.compile_matcher();
    let found: Vec<_> = run
        .checks
        .iter()
        .filter(|check| matcher.is_match(&check.id))
        .collect();
    if found.is_empty() {
        wrong.push(format!("{glob}: not in the run"));
    }
    Ok(found.into_iter())
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
