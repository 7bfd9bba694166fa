//! Text that a server had a hand in, made safe to show.
//!
//! Control characters, invisible characters and those that change the direction of writing become visible; words that
//! a CI system would take for commands are broken up. What is read stays readable: `ESC[31m` becomes `␛[31m`.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// Text with every hidden character made visible, line breaks and tabs kept. It escapes no markup: that is what the
/// template does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown<'a>(pub &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_visible(f, self.0, true)
    }
}

/// Text as one line for a terminal or a CI log: no hidden character, no line break, no CI command.
pub fn line(text: &str) -> Cow<'_, str> {
    let visible = if text.chars().any(is_hidden) {
        let mut shown = String::with_capacity(text.len() + 16);
        // A `String` takes any write: the result can't be an error.
        let _ = write_visible(&mut shown, text, false);
        Cow::Owned(shown)
    } else {
        Cow::Borrowed(text)
    };
    if names_ci_command(&visible) {
        Cow::Owned(without_ci_commands(&visible))
    } else {
        visible
    }
}

/// The lines of a text, each safe for a terminal or a CI log. A tab becomes two spaces.
pub fn lines(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.lines().map(|one| {
        if one.contains('\t') {
            Cow::Owned(line(&one.replace('\t', "  ")).into_owned())
        } else {
            line(one)
        }
    })
}

/// Text for XML 1.0: legal characters only, line breaks kept, a tab as two spaces, CI commands broken up (readers of
/// JUnit files print them). It escapes no markup: that is what the writer does.
pub fn xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for one in lines(text) {
        if !safe.is_empty() {
            safe.push('\n');
        }
        safe.push_str(&one);
    }
    safe
}

/// JSON of the same meaning that is safe to print: hidden characters as `\uXXXX`, and no `##`, which CI systems look for
/// anywhere in a line. Both occur within strings only.
pub fn json(text: &str) -> Cow<'_, str> {
    let plain = |byte: u8| matches!(byte, b' '..=b'~');
    let hides = || !text.bytes().all(plain) && text.chars().any(is_hidden);
    if !text.contains("##") && !hides() {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    let mut after_number_sign = false;
    for c in text.chars() {
        if is_hidden(c) || (c == '#' && after_number_sign) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // A `String` takes any write: the result can't be an error.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
        after_number_sign = c == '#';
    }
    Cow::Owned(safe)
}

/// Text cut to a number of characters, with `…` for what is left out.
pub fn cut(text: &str, longest: usize) -> Cow<'_, str> {
    if text.char_indices().nth(longest).is_none() {
        return Cow::Borrowed(text);
    }
    let end = text
        .char_indices()
        .nth(longest.saturating_sub(1))
        .map_or(0, |(at, _)| at);
    Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default()))
}

/// The longest beginning of a text that fits into a number of bytes.
pub fn beginning(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Whether a character can't be seen, moves the cursor, or changes how its neighbours are read.
fn is_hidden(c: char) -> bool {
    match c {
        ' '..='~' => false,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{10ffff}' => true,
        _ => c.is_control() || (u32::from(c) & 0xfffe) == 0xfffe,
    }
}

fn write_visible(out: &mut impl fmt::Write, text: &str, keep_breaks: bool) -> fmt::Result {
    let mut begin = 0;
    for (at, c) in text.char_indices() {
        if !is_hidden(c) || (keep_breaks && matches!(c, '\n' | '\t')) {
            continue;
        }
        out.write_str(text.get(begin..at).unwrap_or_default())?;
        begin = at + c.len_utf8();
        match c {
            // A CR LF is a line break, no curiosity.
            '\r' if keep_breaks && text.get(begin..).is_some_and(|rest| rest.starts_with('\n')) => {
            }
            '\0'..='\u{1f}' => {
                out.write_char(char::from_u32(0x2400 + u32::from(c)).unwrap_or('�'))?;
            }
            '\u{7f}' => out.write_char('␡')?,
            other => write!(out, "\\u{{{:x}}}", u32::from(other))?,
        }
    }
    out.write_str(text.get(begin..).unwrap_or_default())
}

/// `##[` and `##vso[` (GitHub, Azure), `##teamcity[`, `::name …::` (GitHub), `section_start:` (GitLab).
fn names_ci_command(text: &str) -> bool {
    text.contains("##") || text.contains("::") || section(text).is_some()
}

fn section(text: &str) -> Option<usize> {
    const WORD: &[u8] = b"section_";
    let found = text
        .as_bytes()
        .windows(WORD.len())
        .position(|part| part.eq_ignore_ascii_case(WORD))?;
    let rest = text.get(found + WORD.len()..)?;
    let colon = rest.find(':')?;
    let word = rest.get(..colon)?;
    (word.eq_ignore_ascii_case("start") || word.eq_ignore_ascii_case("end"))
        .then_some(found + WORD.len() + colon)
}

fn without_ci_commands(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(2..).unwrap_or_default();
        let starts_word = after
            .chars()
            .next()
            .is_some_and(|next| next.is_ascii_alphabetic());
        if rest.starts_with("##") && (starts_word || after.starts_with('[')) {
            safe.push_str("# #");
            rest = after;
        } else if rest.starts_with("::") && starts_word && after.contains("::") {
            safe.push_str(": :");
            rest = after;
        } else {
            safe.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    let mut from = 0;
    while let Some(colon) = safe.get(from..).and_then(section) {
        safe.insert(from + colon, ' ');
        from += colon + 2;
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_become_visible() {
        for (raw, expected) in [
            ("plain – größer 日本 🙂", "plain – größer 日本 🙂"),
            ("\u{1b}[31mred", "␛[31mred"),
            ("a\0b\x7fc", "a␀b␡c"),
            ("a\nb\tc\r", "a␊b␉c␍"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("a\u{202e}b", "a\\u{202e}b"),
            ("\u{200b}\u{feff}\u{2066}", "\\u{200b}\\u{feff}\\u{2066}"),
            ("\u{fffe}\u{ffff}\u{1fffe}", "\\u{fffe}\\u{ffff}\\u{1fffe}"),
            ("tag\u{e0041}", "tag\\u{e0041}"),
            ("\u{2028}", "\\u{2028}"),
        ] {
            assert_eq!(line(raw), expected);
        }
    }

    #[test]
    fn ci_commands_are_broken_up() {
        for (raw, expected) in [
            ("::error::x", ": :error::x"),
            ("  ::set-env name=A::b", "  : :set-env name=A::b"),
            (":::error::x", ":: :error::x"),
            ("##[error]x", "# #[error]x"),
            ("x##vso[task.setvariable]y", "x# #vso[task.setvariable]y"),
            ("###teamcity[x]", "## #teamcity[x]"),
            (
                "SECTION_start:1:a section_end:2",
                "SECTION_start :1:a section_end :2",
            ),
            ("urn:ietf:params:scim", "urn:ietf:params:scim"),
            ("http://[fe80::a]:1/x", "http://[fe80::a]:1/x"),
            ("## heading", "## heading"),
            ("section_: nothing", "section_: nothing"),
        ] {
            assert_eq!(line(raw), expected);
        }
    }

    #[test]
    fn json_keeps_its_meaning() {
        let value = serde_json::json!([
            "##[error]###",
            "\u{1b}\u{9b}\u{202e}\u{e0041}\u{7f}",
            "plain"
        ]);
        let text = value.to_string();
        let safe = json(&text);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&safe).ok(),
            Some(value)
        );
        assert!(
            !safe.contains("##") && safe.is_ascii() && !safe.contains('\u{7f}'),
            "{safe}"
        );
    }

    #[test]
    fn blocks_keep_their_lines() {
        assert_eq!(xml("a\r\n\tb\u{1}\nc"), "a\n  b␁\nc");
        assert_eq!(Shown("a\r\n\tb\u{1}").to_string(), "a\n\tb␁");
    }

    #[test]
    fn cutting_counts_characters_and_never_splits_one() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöüß", 3), "äö…");
        assert_eq!(beginning("äöü", 3), "ä");
        assert_eq!(beginning("ab", 9), "ab");
    }

    #[test]
    fn every_character_that_xml_forbids_is_gone() {
        for code in (0..=0xffff).chain([0x1_fffe, 0x1_ffff, 0x10_fffe, 0x10_ffff]) {
            let Some(c) = char::from_u32(code) else {
                continue;
            };
            let text = xml(&format!("a{c}b"));
            let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
            assert!(text.chars().all(legal), "U+{code:04X} gives {text:?}");
        }
    }
}
