//! The table of formats: what a report is called, and how a record becomes one. An option, a setting and a file in the
//! folder of a run come from each line.

use std::io;

use super::{html, json, junit, markdown};
use crate::record::Run;

/// Writes a record in a format.
type Write = fn(&Run, &mut dyn io::Write) -> io::Result<()>;

/// A format of reports.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name, which is its option and its setting too: small letters.
    pub name: &'static str,
    /// Its file in the folder of a run.
    pub file: &'static str,
    /// What it is, in a word for people.
    pub what: &'static str,
    /// What its option does.
    pub doc: &'static str,
    /// Writes it.
    pub write: Write,
}

/// All formats, in the order in which they are written.
#[rustfmt::skip]
pub const FORMATS: [Format; 4] = [
    Format { name: "html", file: "report.html", what: "report", doc: "Write the HTML report to this file too", write: |run, out| html::write(run, out) },
    Format { name: "junit", file: "junit.xml", what: "JUnit", doc: "Write JUnit XML to this file too; - is standard output", write: write_junit },
    Format { name: "markdown", file: "summary.md", what: "summary", doc: "Write the Markdown summary to this file too, such as `\"$GITHUB_STEP_SUMMARY\"`", write: |run, out| out.write_all(markdown::render(run).as_bytes()) },
    Format { name: "json", file: "run.json", what: "record", doc: "Write the record (run.json) to this file too", write: |run, out| json::write_pretty(run, out) },
];

fn write_junit(run: &Run, out: &mut dyn io::Write) -> io::Result<()> {
    let text = junit::render(run).map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}
