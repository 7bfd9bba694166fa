//! `scimitar lint`: suite files checked, all problems at once.

use crate::cli::args::LintArgs;
use crate::cli::exit::{self, Failure};
use crate::cli::library::{self, counted};
use crate::cli::terminal::Terminal;
use crate::suite::{Library, Severity};

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
    let (what, found) = if args.paths.is_empty() {
        ("the built-in suites".to_owned(), Library::embedded().err())
    } else {
        let what = counted(sources.len(), "file");
        (what, Library::load(&sources).err())
    };
    let found = found.unwrap_or_default();
    if found
        .iter()
        .any(|problem| problem.severity == Severity::Error)
    {
        return Err(library::diagnostics(&found, &sources));
    }
    terminal.print(&format!("{what}: no problem\n"));
    Ok(exit::OK)
}
