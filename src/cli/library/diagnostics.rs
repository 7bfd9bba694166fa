//! What is wrong with suites, for people.

use std::fmt::Write as _;

use super::super::exit::Failure;
use super::sources::Source;
use crate::suite::{Diagnostic, Severity};

/// The columns of a rendered diagnostic.
const WIDTH: usize = 100;

/// The failure that suites are wrong, with their lines.
pub(in crate::cli) fn diagnostics(found: &[Diagnostic], sources: &[Source]) -> Failure {
    Failure::Diagnostics(render(found, sources, false))
}

/// Diagnostics with their lines, and how many there are.
pub(in crate::cli) fn render(found: &[Diagnostic], sources: &[Source], coloured: bool) -> String {
    let mut text = String::new();
    for diagnostic in found {
        let source = sources.iter().find(|(name, _)| *name == diagnostic.file);
        let source = source.map(|(_, text)| text.as_str());
        text.push_str(&diagnostic.render(source, WIDTH, coloured));
        text.push_str("\n\n");
    }
    let count = |wanted: Severity| found.iter().filter(|d| d.severity == wanted).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    // A `String` takes any write: the result can't be an error.
    let _ = writeln!(
        text,
        "{}, {}",
        counted(errors, "error"),
        counted(warnings, "warning")
    );
    text
}

/// `1 error`, `2 errors`.
pub(in crate::cli) fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
