//! How wide text is in a terminal: a letter of Chinese takes two columns, an accent of its own none.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The columns that a text takes.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// Text cut to a number of columns, with `…` for what is left out.
pub fn fit(text: &str, most: usize) -> Cow<'_, str> {
    if columns(text) <= most {
        return Cow::Borrowed(text);
    }
    let mut left = most.saturating_sub(1);
    let fits = |c: &char| {
        let width = c.width().unwrap_or(0);
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    };
    let mut kept: String = text.chars().take_while(fits).collect();
    kept.push('…');
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wide_counts_twice_and_what_is_combined_not_at_all() {
        for (text, most, fitted) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("漢字", 4, "漢字"),
            ("漢字漢", 5, "漢字…"),
            ("漢字漢", 4, "漢…"),
            ("e\u{301}e\u{301}", 2, "e\u{301}e\u{301}"),
            ("😀😀", 3, "😀…"),
            ("abc", 0, "…"),
        ] {
            assert_eq!(fit(text, most), fitted, "{text}");
            assert!(most == 0 || columns(fitted) <= most, "{text}");
        }
    }
}
