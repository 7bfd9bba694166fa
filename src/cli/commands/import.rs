//! `scimitar import`: an export of Runscope's as a suite file.

use std::io::Write as _;

use crate::cli::args::ImportArgs;
use crate::cli::exit::{self, Failure};
use crate::cli::files;
use crate::cli::library;
use crate::cli::terminal::Terminal;
use crate::import;
use crate::suite::print::to_yaml;
use crate::suite::{Library, Loader};

/// Translates.
///
/// # Errors
/// When the file can't be read, is wrong, or the suite can't be written.
pub(super) fn run(args: &ImportArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let sources = vec![library::one(&args.file)?];
    let failure = |found: &[_]| library::diagnostics(found, &sources);
    let mut suite = String::new();
    for (name, text) in &sources {
        let tree = import::suite(name, text).map_err(|found| failure(&found))?;
        suite = to_yaml(&tree.to_json());
        // What is printed can be run: the language says all that the export does.
        Loader::new()
            .translated(name, text, tree)
            .layer(Library::embedded_files().iter().copied())
            .load()
            .map_err(|found| failure(&found))?;
    }
    match &args.out {
        None => terminal.print(&suite),
        Some(path) => {
            let written = files::make_parent(path)
                .and_then(|()| files::write(path, |out| out.write_all(suite.as_bytes())));
            written.map_err(|error| Failure::output(path.display(), error))?;
            let path = path.display();
            terminal.print(&format!(
                "{path} is written. Next: scimitar run TARGET --suite-file {path}\n"
            ));
        }
    }
    Ok(exit::OK)
}
