//! What a run says besides its verdicts.

use super::super::paragraph::wrapped;
use super::super::sanitize::{cut, line};
use super::Options;
use crate::record::Note;

/// The most characters of a warning: some hold what a target said.
const LONGEST: usize = 400;

/// A warning in lines that fit: what to do about it stands at its end.
pub(super) fn warning(note: &Note, options: &Options) -> String {
    let text = format!("! {}", line(&note.text));
    wrapped(&cut(&text, LONGEST), options.width.max(20), 2)
}
