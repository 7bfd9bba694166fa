//! What is to be replaced in a text.

use std::ops::Range;

use super::REDACTED;

/// Ranges of a text, each with what replaces it.
#[derive(Debug, Default)]
pub(super) struct Hits(Vec<(Range<usize>, String)>);

impl Hits {
    /// A range that is a secret.
    pub(super) fn secret(&mut self, range: Range<usize>) {
        self.replaced(range, REDACTED.to_owned());
    }

    /// A range that is replaced by this text.
    pub(super) fn replaced(&mut self, range: Range<usize>, with: String) {
        if !range.is_empty() {
            self.0.push((range, with));
        }
    }

    /// The text with all ranges replaced, if there are any. Where one lies within another, the outer one counts; where two
    /// overlap, they become one secret.
    pub(super) fn apply(mut self, text: &str) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        self.0
            .sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut merged: Vec<(Range<usize>, String)> = Vec::with_capacity(self.0.len());
        for (range, with) in self.0 {
            match merged.last_mut() {
                Some((last, _)) if range.end <= last.end => {}
                Some((last, last_with)) if range.start < last.end => {
                    last.end = range.end;
                    REDACTED.clone_into(last_with);
                }
                Some(_) | None => merged.push((range, with)),
            }
        }
        let mut redacted = String::with_capacity(text.len());
        let mut at = 0;
        for (range, with) in merged {
            let start = floor(text, range.start);
            let end = ceil(text, range.end);
            redacted.push_str(text.get(at..start).unwrap_or_default());
            redacted.push_str(&with);
            at = end;
        }
        redacted.push_str(text.get(at..).unwrap_or_default());
        Some(redacted)
    }
}

/// The last character boundary at or before an index.
pub(in crate::http) fn floor(text: &str, mut index: usize) -> usize {
    index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

fn ceil(text: &str, mut index: usize) -> usize {
    while index < text.len() && !text.is_char_boundary(index) {
        index += 1;
    }
    index.min(text.len())
}
