//! Finds a value in a text, however each of its bytes is written there: as is, or escaped as in URLs, forms, JSON or
//! HTML, all mixed as the text likes.

use std::ops::Range;

/// An escape, and what it may stand for.
pub(super) struct Escape {
    at: usize,
    decoded: [Option<Decoded>; 2],
}

/// The escapes of a text, from the left.
pub(super) fn escapes(text: &str) -> Vec<Escape> {
    let bytes = text.as_bytes();
    let mut found: Vec<Escape> = memchr::memchr3_iter(b'%', b'+', b'\\', bytes)
        .chain(memchr::memchr_iter(b'&', bytes))
        .filter_map(|at| {
            let rest = bytes.get(at..)?;
            let mut readings = readings(rest).iter();
            let mut next = || {
                readings
                    .find_map(|read| read(rest))
                    .map(|(decoded, _)| decoded)
            };
            let decoded = [next(), next()];
            decoded
                .iter()
                .any(Option::is_some)
                .then_some(Escape { at, decoded })
        })
        .collect();
    found.sort_unstable_by_key(|escape| escape.at);
    found
}

/// The places where a value stands in a text with at least one byte escaped, from the left, none overlapping another.
/// Some where no byte is escaped may be among them.
pub(super) fn find(text: &str, value: &str, escapes: &[Escape]) -> Vec<Range<usize>> {
    let (text, value) = (text.as_bytes(), value.as_bytes());
    let mut found = Vec::new();
    let mut from = 0;
    for escape in escapes {
        if !escape
            .decoded
            .iter()
            .flatten()
            .any(|decoded| decoded.is_in(value))
        {
            continue;
        }
        // What stands before the first escape is written as is: it can't be longer than the value.
        from = from.max(escape.at.saturating_sub(value.len()));
        while from <= escape.at {
            let begins = from == escape.at || text.get(from) == value.first();
            match begins.then(|| match_at(text, from, value)).flatten() {
                Some(end) if end > from => {
                    found.push(from..end);
                    from = end;
                }
                Some(_) | None => from += 1,
            }
        }
    }
    found
}

/// Where the value ends that stands at a place of the text.
fn match_at(text: &[u8], start: usize, value: &[u8]) -> Option<usize> {
    let (mut at, mut value) = (start, value);
    while let Some((first, after)) = value.split_first() {
        let rest = text.get(at..)?;
        let byte = rest.first()?;
        if !b"%+\\&".contains(byte) {
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
    let mut ways = Vec::new();
    for read in readings(text) {
        if let Some((decoded, length)) = read(text) {
            let mut buffer = [0; 4];
            let bytes = decoded.bytes(&mut buffer);
            if value.starts_with(bytes) {
                ways.push((bytes.len(), length));
            }
        }
    }
    ways
}

/// How an escape at the start of the text may be read.
fn readings(text: &[u8]) -> &'static [Read] {
    match text.first() {
        Some(b'%') => &[percent, percent_twice],
        Some(b'+') => &[form_blank],
        Some(b'\\') => &[json_escape, json_escape_twice],
        Some(b'&') => &[html_entity],
        Some(_) | None => &[],
    }
}

/// What an escape stands for, and its length.
type Reading = (Decoded, usize);

/// Reads one kind of escape.
type Read = fn(&[u8]) -> Option<Reading>;

enum Decoded {
    Byte(u8),
    Char(char),
}

impl Decoded {
    fn bytes<'a>(&self, buffer: &'a mut [u8; 4]) -> &'a [u8] {
        match self {
            Self::Byte(byte) => {
                *buffer = [*byte, 0, 0, 0];
                buffer.get(..1).unwrap_or_default()
            }
            Self::Char(char) => char.encode_utf8(buffer).as_bytes(),
        }
    }

    fn is_in(&self, value: &[u8]) -> bool {
        memchr::memmem::find(value, self.bytes(&mut [0; 4])).is_some()
    }
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
        let table: [Row; 10] = [
            ("xabcx abc", "abc", &[]),
            ("abcab%63", "abc", &[(3, 8)]),
            ("%61b\\u0063", "abc", &[(0, 10)]),
            ("a+b a%20b a%2520b", "a b", &[(0, 3), (4, 9), (10, 17)]),
            ("\\u00e9%c3%A9é&#233;", "éééé", &[(0, 20)]),
            ("\\ud83d\\ude00", "😀", &[(0, 12)]),
            // What stands before the value is no part of an escape, though it could be.
            ("%a0%3AA0a", "a0:A0a", &[(1, 9)]),
            (r#"\\\"a\\\\b"#, r#""a\b"#, &[(0, 10)]),
            ("100%", "100%", &[]),
            ("100%25", "100%", &[(0, 6)]),
        ];
        for (text, value, found) in table {
            let ranges: Vec<_> = find(text, value, &escapes(text))
                .into_iter()
                .map(|range| (range.start, range.end))
                .collect();
            assert_eq!(ranges, found, "{text}");
        }
    }
}
