//! Finds a value in a text, however each of its bytes is written there: as is, or escaped as in URLs, forms, JSON or
//! HTML, all mixed as the text likes.

use std::ops::Range;

/// All places where a value stands in a text, from the left, none overlapping another.
pub(super) fn find(text: &str, value: &str) -> Vec<Range<usize>> {
    let (text, value) = (text.as_bytes(), value.as_bytes());
    let mut found = Vec::new();
    let Some(first) = value.first() else {
        return found;
    };
    let mut from = 0;
    while let Some(rest) = text.get(from..) {
        let begins = |byte: &u8| byte == first || ESCAPES.contains(byte);
        let Some(offset) = rest.iter().position(begins) else {
            break;
        };
        let start = from + offset;
        if let Some(end) = match_at(text, start, value) {
            found.push(start..end);
            from = end;
        } else {
            from = start + 1;
        }
    }
    found
}

/// The bytes that begin an escape.
const ESCAPES: &[u8] = b"%+\\&";

/// Where the value ends that stands at a place of the text.
fn match_at(text: &[u8], start: usize, value: &[u8]) -> Option<usize> {
    let (mut at, mut value) = (start, value);
    while let Some((first, after)) = value.split_first() {
        let rest = text.get(at..)?;
        let byte = rest.first()?;
        if !ESCAPES.contains(byte) {
            if byte != first {
                return None;
            }
            (at, value) = (at + 1, after);
            continue;
        }
        let mut ways = ways(rest, value);
        if byte == first {
            ways.push((1, 1));
        }
        let (read, length) = ways.pop()?;
        // More than one way is rare: the value itself has to hold what begins an escape.
        for (read, length) in ways {
            let end = value
                .get(read..)
                .and_then(|value| match_at(text, at + length, value));
            if end.is_some() {
                return end;
            }
        }
        value = value.get(read..)?;
        at += length;
    }
    Some(at)
}

/// The escapes at the start of the text that stand for the start of the value: how many bytes of the value, and how many
/// of the text.
fn ways(text: &[u8], value: &[u8]) -> Vec<(usize, usize)> {
    let readings: &[Read] = match text.first() {
        Some(b'%') => &[percent, percent_twice],
        Some(b'+') => &[form_blank],
        Some(b'\\') => &[json_escape, json_escape_twice],
        Some(b'&') => &[html_entity],
        Some(_) | None => &[],
    };
    let mut ways = Vec::new();
    for read in readings {
        if let Some((char, length)) = read(text) {
            let mut buffer = [0; 4];
            let bytes: &[u8] = match char {
                Decoded::Byte(byte) => {
                    buffer = [byte, 0, 0, 0];
                    buffer.get(..1).unwrap_or_default()
                }
                Decoded::Char(char) => char.encode_utf8(&mut buffer).as_bytes(),
            };
            if value.starts_with(bytes) {
                ways.push((bytes.len(), length));
            }
        }
    }
    ways
}

/// What an escape stands for, and its length.
type Reading = (Decoded, usize);

/// Reads one kind of escape.
type Read = fn(&[u8]) -> Option<Reading>;

enum Decoded {
    Byte(u8),
    Char(char),
}

fn percent(bytes: &[u8]) -> Option<Reading> {
    let [b'%', high, low, ..] = bytes else {
        return None;
    };
    let digit = |byte: &u8| {
        char::from(*byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    Some((Decoded::Byte(digit(high)? * 16 + digit(low)?), 3))
}

/// As in a URL within a URL.
fn percent_twice(bytes: &[u8]) -> Option<Reading> {
    let [b'%', b'2', b'5', high, low, ..] = bytes else {
        return None;
    };
    let (decoded, _) = percent(&[b'%', *high, *low])?;
    Some((decoded, 5))
}

/// As forms write it.
fn form_blank(bytes: &[u8]) -> Option<Reading> {
    (bytes.first() == Some(&b'+')).then_some((Decoded::Byte(b' '), 1))
}

fn json_escape(bytes: &[u8]) -> Option<Reading> {
    let [b'\\', kind, rest @ ..] = bytes else {
        return None;
    };
    let byte = match kind {
        b'"' | b'\\' | b'/' => *kind,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'u' => {
            let high = code_unit(rest)?;
            if let (0xD800..=0xDBFF, Some([b'\\', b'u', rest @ ..])) = (high, rest.get(4..)) {
                let low = code_unit(rest)?;
                let char = char::decode_utf16([high, low]).next()?.ok()?;
                return Some((Decoded::Char(char), 12));
            }
            return Some((Decoded::Char(char::from_u32(u32::from(high))?), 6));
        }
        _ => return None,
    };
    Some((Decoded::Byte(byte), 2))
}

/// As in JSON within a JSON string.
fn json_escape_twice(bytes: &[u8]) -> Option<Reading> {
    let [b'\\', b'\\', rest @ ..] = bytes else {
        return None;
    };
    if let [b'\\', byte @ (b'"' | b'\\'), ..] = rest {
        return Some((Decoded::Byte(*byte), 4));
    }
    let (decoded, length) = json_escape(bytes.get(1..)?)?;
    Some((decoded, length + 1))
}

fn code_unit(digits: &[u8]) -> Option<u16> {
    let digits = std::str::from_utf8(digits.get(..4)?).ok()?;
    u16::from_str_radix(digits, 16).ok()
}

fn html_entity(bytes: &[u8]) -> Option<Reading> {
    let [b'&', rest @ ..] = bytes else {
        return None;
    };
    let end = rest.iter().take(10).position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(rest.get(..end)?).ok()?;
    let char = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((Decoded::Char(char), end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text, a value, and from where to where it is found.
    type Row = (&'static str, &'static str, &'static [(usize, usize)]);

    #[test]
    fn each_byte_may_be_written_in_its_own_way() {
        let table: [Row; 11] = [
            ("xabcx", "abc", &[(1, 4)]),
            ("abcabc", "abc", &[(0, 3), (3, 6)]),
            ("%61b\\u0063", "abc", &[(0, 10)]),
            ("a+b a%20b a%2520b", "a b", &[(0, 3), (4, 9), (10, 17)]),
            ("\\u00e9%c3%A9é&#233;", "éééé", &[(0, 20)]),
            ("\\ud83d\\ude00", "😀", &[(0, 12)]),
            // What stands before the value is no part of an escape, though it could be.
            ("%a0%3AA0a", "a0:A0a", &[(1, 9)]),
            ("\\u0041bc", "u0041bc", &[(1, 8)]),
            (r#"\\\"a\\\\b"#, r#""a\b"#, &[(0, 10)]),
            ("100%", "100%", &[(0, 4)]),
            ("100%25", "100%", &[(0, 6)]),
        ];
        for (text, value, found) in table {
            let ranges: Vec<_> = find(text, value)
                .into_iter()
                .map(|range| (range.start, range.end))
                .collect();
            assert_eq!(ranges, found, "{text}");
        }
    }
}
