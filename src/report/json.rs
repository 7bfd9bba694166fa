//! The record itself: `run.json`.

use std::io;

use crate::record::Run;

/// Writes a record as indented JSON with a line break at its end.
///
/// # Errors
/// What the writer says.
pub fn write_pretty(run: &Run, mut out: impl io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, run)?;
    out.write_all(b"\n")
}

/// Writes a record as JSON on one line, with a line break at its end.
///
/// # Errors
/// What the writer says.
pub fn write_compact(run: &Run, mut out: impl io::Write) -> io::Result<()> {
    serde_json::to_writer(&mut out, run)?;
    out.write_all(b"\n")
}
