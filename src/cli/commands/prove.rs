//! `scimitar prove`: suites against the embedded server's faults and variations → what is proved.

use std::sync::Arc;
use std::thread::available_parallelism;

use crate::cli::args::{GlobalArgs, ProveArgs};
use crate::cli::exit::{self, Failure};
use crate::cli::proof::{Counter, render};
use crate::cli::terminal::Terminal;
use crate::cli::{configuration, document, library};
use crate::engine::Choice;
use crate::engine::selection::compile;
use crate::proof::{Ask, Facts, judge, prove};
use crate::server::{FAULTS, VARIATIONS};

/// Proves.
///
/// # Errors
/// When the suites or an option are wrong, nothing is chosen, or the result can't be written.
pub(super) fn run(
    args: &ProveArgs,
    global: &GlobalArgs,
    terminal: &mut Terminal,
) -> Result<u8, Failure> {
    let configuration = configuration::load(global, args)?;
    let chosen = library::complete(&configuration)?;
    let typed = &configuration.typed;
    if let Some(overlooked) = chosen.overlooked() {
        terminal.warn(&overlooked);
    }
    terminal.taken = args.json.as_deref() == Some(document::STDOUT);
    if let Some(path) = &args.json {
        document::probe(path)?;
    }
    let library = Arc::clone(&chosen.library);
    let mut choice = chosen.choice(typed, typed.scim.into_iter().collect());
    let own = library.suites.iter().any(|suite| suite.only_named);
    let everything = !own && is_unlimited(&choice);
    if everything {
        // Also the suites that run only where they are named.
        choice.profile = Some("all".to_owned());
    }
    let some = !args.fault.is_empty() || !args.variation.is_empty();
    let faults = switches("fault", &args.fault, some, FAULTS.iter().map(|one| one.id))?;
    let variations = VARIATIONS.iter().map(|one| one.id);
    let variations = switches("variation", &args.variation, some, variations)?;
    // One more: some trials wait.
    let processors = available_parallelism().map_or(2, usize::from);
    let ask = Ask {
        library: Arc::clone(&library),
        choice,
        faults,
        unnamed: everything,
        whole: args.whole,
        variations,
        values: typed.config.clone(),
        jobs: args.jobs.map_or(processors + 1, usize::from),
    };
    let counter = Counter::new(terminal);
    let mut facts = None;
    super::on_runtime(async {
        facts = Some(prove(&ask, |trial, of| counter.told(trial, of)).await);
        Ok(exit::OK)
    })?;
    counter.clear();
    let facts = facts
        .unwrap_or_else(|| Ok(Facts::default()))
        .map_err(|error| library::choice_failure(&error, &ask.choice, &library))?;
    let found = judge(&library, &facts);
    terminal.print(&render(&found, args.matrix, terminal));
    if let Some(path) = &args.json {
        document::write(&found, path)?;
    }
    Ok(if found.problems.is_empty() {
        exit::OK
    } else {
        exit::NONCONFORMING
    })
}

fn is_unlimited(choice: &Choice) -> bool {
    let Choice {
        profile,
        suites,
        checks,
        levels,
        tags,
        dialects,
        shard,
    } = choice;
    profile.is_none()
        && suites.is_empty()
        && checks.is_empty()
        && levels.is_empty()
        && tags.is_empty()
        && dialects.is_empty()
        && shard.is_none()
}

/// The ids that globs choose. Without globs: all, or none where something else is chosen.
fn switches(
    kind: &str,
    globs: &[String],
    some: bool,
    ids: impl Iterator<Item = &'static str>,
) -> Result<Vec<&'static str>, Failure> {
    if globs.is_empty() {
        return Ok(if some { Vec::new() } else { ids.collect() });
    }
    let ids: Vec<&'static str> = ids.collect();
    let mut taken = Vec::new();
    for glob in globs {
        let matcher =
            compile(glob).map_err(|error| Failure::usage(format!("--{kind}: {error}")))?;
        let before = taken.len();
        taken.extend(ids.iter().filter(|id| matcher.is_match(id)));
        if taken.len() == before {
            return Err(Failure::NothingSelected {
                message: format!("no {kind} matches `{glob}`"),
                help: vec![format!("scimitar serve --list-{kind}s lists them")],
            });
        }
    }
    taken.dedup();
    Ok(taken)
}
