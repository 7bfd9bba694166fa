//! Text in lines that fit.

use std::fmt::Write as _;

/// The longest line, where the terminal is wider: longer ones are hard to read.
pub const WIDEST: usize = 80;

/// A text in lines, those after the first indented. A word that is longer than a line stays whole, for copying.
pub fn wrapped(text: &str, width: usize, indent: usize) -> String {
    let room = width.saturating_sub(indent).max(20);
    let mut out = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            let _ = write!(out, "\n{:indent$}", "");
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += length;
    }
    out
}
