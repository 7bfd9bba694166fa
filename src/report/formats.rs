//! The table of formats: what a report is called, and how a record becomes one. An option, a setting and a file in the
//! folder of a run come from each line.

use std::io;

use super::{html, json, junit, markdown, oin};
use crate::record::Run;

/// Writes a record in a format.
type Write = fn(&Run, &mut dyn io::Write) -> io::Result<()>;

/// A format of reports.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name, which is its option and its setting too: small letters and hyphens.
    pub name: &'static str,
    /// Its file in the folder of a run.
    pub file: &'static str,
    /// What it is, in a word for people.
    pub what: &'static str,
    /// What its option does.
    pub doc: &'static str,
    /// Whether it has something to say of a run. Where it has not, it is not among the reports of a run's folder.
    pub applies: fn(&Run) -> bool,
    /// Writes it.
    pub write: Write,
}

impl Format {
    /// Its name as the last part of a setting's path and of a variable's name.
    pub fn key(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// All formats, in the order in which they are written.
#[rustfmt::skip]
pub const FORMATS: [Format; 6] = [
    Format { name: "html", file: "report.html", what: "report", doc: "Write the HTML report to this file too", applies: always, write: |run, out| html::write(run, out) },
    Format { name: "junit", file: "junit.xml", what: "JUnit", doc: "Write JUnit XML to this file too; - is standard output", applies: always, write: write_junit },
    Format { name: "markdown", file: "summary.md", what: "summary", doc: "Write the Markdown summary to this file too, such as `\"$GITHUB_STEP_SUMMARY\"`", applies: always, write: |run, out| out.write_all(markdown::render(run).as_bytes()) },
    Format { name: "json", file: "run.json", what: "record", doc: "Write the record (run.json) to this file too", applies: always, write: |run, out| json::write_pretty(run, out) },
    Format { name: "oin-html", file: "oin.html", what: "OIN", doc: "Write the readiness for Okta's OIN as HTML to this file too", applies: is_oktas, write: |run, out| oin::write_html(run, out) },
    Format { name: "oin-md", file: "oin.md", what: "OIN notes", doc: "Write the readiness for Okta's OIN as Markdown to this file too", applies: is_oktas, write: |run, out| out.write_all(oin::render_markdown(run).as_bytes()) },
];

const fn always(_: &Run) -> bool {
    true
}

fn is_oktas(run: &Run) -> bool {
    oin::plan_of(run).is_some()
}

fn write_junit(run: &Run, out: &mut dyn io::Write) -> io::Result<()> {
    let text = junit::render(run).map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}
