//! Text in lines that fit.

use std::fmt::Write as _;

use super::columns::columns;

/// The longest line, where the terminal is wider: longer ones are hard to read.
pub const WIDEST: usize = 80;

/// A text in lines, those after the first indented. A word that is longer than a line stays whole, for copying.
pub fn wrapped(text: &str, width: usize, indent: usize) -> String {
    wrapped_from(text, width.max(indent + 20), indent, indent)
}

/// The same for a text that begins at another column than its further lines.
pub fn wrapped_from(text: &str, width: usize, first: usize, indent: usize) -> String {
    let mut out = String::new();
    let mut used = first;
    for (place, word) in text.split(' ').enumerate() {
        let length = columns(word);
        if place > 0 && used + 1 + length > width {
            let _ = write!(out, "\n{:indent$}", "");
            used = indent;
        } else if place > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += length;
    }
    out
}
