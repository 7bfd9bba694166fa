//! Names, times and sizes as the readers of JUnit files want them.

use super::super::sanitize::{beginning, cut, line};

/// The longest `message`, in characters; Azure cuts there.
const LONGEST_MESSAGE: usize = 512;

/// Text as one line of at most [`LONGEST_MESSAGE`] characters.
pub(super) fn one_line(text: &str) -> String {
    let beginning = beginning(text, 4 * LONGEST_MESSAGE + 4);
    cut(&line(beginning), LONGEST_MESSAGE).into_owned()
}

/// An id as class and name may hold it. Rows of a matrix can come from the target's own schema: what is no plain
/// character of an id is replaced.
pub(super) fn safe_id(id: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || "-_./".contains(c) {
            c
        } else {
            '_'
        }
    };
    cut(&id.chars().map(plain).collect::<String>(), 160).into_owned()
}

/// RFC 3339 → `YYYY-MM-DDTHH:MM:SS`, which all readers take for UTC.
pub(super) fn timestamp(started: &str) -> String {
    let seconds: String = started.chars().take(19).collect();
    let shape = |(place, c): (usize, char)| match place {
        4 | 7 => c == '-',
        10 => c == 'T',
        13 | 16 => c == ':',
        _ => c.is_ascii_digit(),
    };
    if seconds.len() == 19 && seconds.chars().enumerate().all(shape) {
        seconds
    } else {
        "1970-01-01T00:00:00".to_owned()
    }
}

/// How long a character is when the XML writer has escaped it, in bytes.
fn escaped(c: char) -> usize {
    match c {
        '<' | '>' => 4,
        '&' => 5,
        '"' | '\'' => 6,
        c => c.len_utf8(),
    }
}

pub(super) fn escaped_len(text: &str) -> usize {
    text.chars().map(escaped).sum()
}

/// The longest beginning of a text that fits into a number of bytes when it is escaped.
pub(super) fn fitting(text: &str, bytes: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += escaped(c);
        if used > bytes {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_have_neither_fraction_nor_zone() {
        for (started, expected) in [
            ("2026-11-24T10:15:02.345Z", "2026-11-24T10:15:02"),
            ("2026-11-24T10:15:02Z", "2026-11-24T10:15:02"),
            ("yesterday", "1970-01-01T00:00:00"),
        ] {
            assert_eq!(timestamp(started), expected);
        }
    }

    #[test]
    fn what_fits_is_counted_as_it_is_written() {
        assert_eq!(fitting("a<b", 6), "a<b");
        assert_eq!(fitting("a<b", 5), "a<");
        assert_eq!(fitting("ä\"", 7), "ä");
        assert_eq!(escaped_len("a<&\"'>ä"), 1 + 4 + 5 + 6 + 6 + 4 + 2);
    }

    #[test]
    fn ids_hold_plain_characters_only() {
        assert_eq!(safe_id("okta/row.1-a_b"), "okta/row.1-a_b");
        assert_eq!(safe_id("::error::ä\n"), "__error____");
    }
}
