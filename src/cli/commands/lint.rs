//! `scimitar lint`: suite files checked, all problems at once.

use crate::cli::args::{GlobalArgs, LintArgs};
use crate::cli::configuration;
use crate::cli::exit::{self, Failure};
use crate::cli::library::{self, Source, counted};
use crate::cli::terminal::Terminal;
use crate::server::{FAULTS, VARIATIONS};
use crate::suite::{Library, Loader, Severity};

/// Checks suites.
///
/// # Errors
/// When one has errors, or can't be read.
pub(super) fn run(
    args: &LintArgs,
    global: &GlobalArgs,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let configuration = configuration::load(global, args)?;
    let mut layers = library::named(&configuration.typed)?;
    if !args.paths.is_empty() {
        layers.insert(0, given(args)?);
    }
    let mut loader = Loader::new()
        .faults(FAULTS.iter().map(|fault| fault.id))
        .variations(VARIATIONS.iter().map(|variation| variation.id));
    for layer in &layers {
        loader = library::put(loader, layer)?;
    }
    let mut found = loader
        .layer(Library::embedded_files().iter().copied())
        .check()
        .1;
    // What was asked about: the paths, else what a run would take. The rest only stands below.
    let (what, sources) = match layers.first() {
        Some(first) if !args.paths.is_empty() => (counted(first.len(), "file"), first.clone()),
        Some(_) => {
            let files = layers.concat();
            (counted(files.len(), "file"), files)
        }
        None => (
            "the built-in suites".to_owned(),
            library::embedded_sources(),
        ),
    };
    found.retain(|problem| sources.iter().any(|(name, _)| *name == problem.file));
    let failed = found
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    if failed {
        return Err(library::diagnostics(&found, &sources));
    }
    if found.is_empty() {
        terminal.print(&format!("{what}: no problem\n"));
    } else {
        terminal.print(&library::render(&found, &sources, terminal.color));
    }
    Ok(exit::OK)
}

/// The files that were given by path, each once.
fn given(args: &LintArgs) -> Result<Vec<Source>, Failure> {
    let mut sources = Vec::new();
    for path in &args.paths {
        sources.extend(library::either(path)?);
    }
    sources.sort();
    sources.dedup();
    Ok(sources)
}
