//! A result as JSON, to a file or to standard output.

use std::io::{self, Write as _};
use std::path::Path;

use serde::Serialize;

use super::exit::Failure;
use super::files;
use crate::report::sanitize;

/// Standard output.
pub(super) const STDOUT: &str = "-";

/// Makes sure that a file can be written, before there is anything to write.
///
/// # Errors
/// When it can't.
pub(super) fn probe(path: &str) -> Result<(), Failure> {
    if path == STDOUT {
        return Ok(());
    }
    let unwritable = |error: io::Error| Failure::output(path, error);
    files::make_parent(Path::new(path)).map_err(unwritable)?;
    files::probe(Path::new(path)).map_err(unwritable)
}

/// Writes it. Nothing in it can be taken for a command by a terminal or a CI system.
///
/// # Errors
/// When the file can't be written.
pub(super) fn write(document: &impl Serialize, path: &str) -> Result<(), Failure> {
    let text =
        serde_json::to_string_pretty(document).map_err(|error| Failure::output(path, error))?;
    // Line breaks stand between members only: within strings they are escaped.
    let text: Vec<_> = text.lines().map(sanitize::json).collect();
    let text = text.join("\n") + "\n";
    if path == STDOUT {
        let mut out = io::stdout().lock();
        // A reader that went away is no reason to fail.
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        return Ok(());
    }
    files::write(Path::new(path), |out| out.write_all(text.as_bytes()))
        .map_err(|error| Failure::output(path, error))
}
