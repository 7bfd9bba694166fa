//! Foreign test definitions to suites: exports of Runscope, which is BlazeMeter API Monitoring now.
//!
//! An export becomes a suite in the suite language, so that there is one executor and one judge; what the export says
//! and the language can't, and what no harness should do, becomes a check that is not run and says why. Every part of
//! the suite knows its place in the export. Pure: it is given a text and gives a tree.
//!
//! What exports hold is documented by the vendor's help on assertions, variables and extractions, and steps; what
//! comparisons mean where that is silent is told in `docs/import.md`.

mod assertion;
mod check;
mod comparison;
mod initial;
mod json;
mod payload;
mod property;
mod request;
mod script;
mod suite;
mod template;
mod url;
mod variables;

use crate::suite::Diagnostic;
use crate::suite::source::Node;

/// Translates the export in a file to the tree of a suite file.
///
/// # Errors
/// All that is wrong with the export, each with its place.
pub fn suite(file: &str, text: &str) -> Result<Node, Vec<Diagnostic>> {
    let tree = json::parse(text).map_err(|error| {
        let problem = Diagnostic::error(file, error.mark, error.message);
        vec![problem.help("an export is JSON: export it again, or mend it here")]
    })?;
    suite::read(file, &tree)
}
