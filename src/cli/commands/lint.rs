//! `scimitar lint`: suite files checked, all problems at once.

use crate::cli::args::LintArgs;
use crate::cli::exit::{self, Failure};
use crate::cli::library::{self, counted};
use crate::cli::terminal::Terminal;
use crate::suite::{Diagnostic, Library, Severity};

/// Checks suites.
///
/// # Errors
/// When one has errors, or can't be read.
pub(super) fn run(args: &LintArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let mut sources = Vec::new();
    for path in &args.paths {
        let found = library::sources(path).map_err(|error| {
            Failure::usage(format!("{} can't be read: {error}", path.display()))
        })?;
        sources.extend(found.into_iter().map(|(name, text)| {
            let name = if path.is_dir() {
                path.join(name).display().to_string()
            } else {
                name
            };
            (name, text)
        }));
    }
    let what = if args.paths.is_empty() {
        "the built-in suites".to_owned()
    } else {
        counted(sources.len(), "file")
    };
    let found = problems(args, &sources);
    if args.paths.is_empty() {
        sources = library::embedded_sources();
    }
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

/// What is wrong with the sources. Single files are checked beside the built-in fixtures, requirements and profiles; a
/// folder has to bring its own.
fn problems(args: &LintArgs, sources: &[(String, String)]) -> Vec<Diagnostic> {
    let built_in = Library::embedded_files().iter().copied();
    let given = sources
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    if args.paths.is_empty() {
        return Library::check(built_in).1;
    }
    if args.paths.iter().any(|path| path.is_dir()) {
        return Library::check(given).1;
    }
    let beside = built_in.filter(|(name, _)| {
        let suite = !["fixtures/", "requirements/", "profiles/"]
            .iter()
            .any(|folder| name.starts_with(folder));
        // A built-in file that is given by its path is not there twice.
        !suite && !args.paths.iter().any(|path| path.ends_with(name))
    });
    let mut found = Library::check(given.chain(beside)).1;
    found.retain(|problem| sources.iter().any(|(name, _)| *name == problem.file));
    found
}
