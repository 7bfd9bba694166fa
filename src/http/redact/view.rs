//! A text as it reads once it is decoded, with the way back to the bytes that it was decoded from.

use super::hits::Hits;
use super::secret::Secret;

/// Bytes, and where in the text each begins.
#[derive(Debug)]
pub(super) struct View {
    bytes: Vec<u8>,
    /// One more than `bytes`: the last is the end of the text.
    at: Vec<usize>,
}

/// The text as it is, and decoded wherever it holds something to decode: JSON and HTML escapes, percent-encoding, and
/// percent-encoding within the former. In a decoded view, what is not encoded reads as it is, so partly encoded values
/// are found too.
pub(super) fn views(text: &str) -> Vec<View> {
    let raw = View {
        bytes: text.as_bytes().to_vec(),
        at: (0..=text.len()).collect(),
    };
    let mut bases = Vec::new();
    if raw.bytes.contains(&b'\\') {
        bases.push(raw.decoded(json_escape));
    }
    if raw.bytes.contains(&b'&') {
        bases.push(raw.decoded(html_entity));
    }
    bases.push(raw);
    let mut views = Vec::new();
    for base in bases {
        if base.bytes.contains(&b'%') {
            views.push(base.decoded(percent));
            // Twice encoded, as in a URL within a URL.
            views.push(base.decoded(percent).decoded(percent));
        }
        if base.bytes.contains(&b'+') {
            views.push(base.decoded(form));
        }
        views.push(base);
    }
    views
}

/// What the bytes at a place stand for, and how many they are; `None` when they stand for themselves.
type Decode = fn(&[u8]) -> Option<(Decoded, usize)>;

enum Decoded {
    Byte(u8),
    Char(char),
}

impl View {
    /// Marks each place where the secret stands, in any of its encodings.
    pub(super) fn find(&self, secret: &Secret, hits: &mut Hits) {
        for needle in secret.needles() {
            let needle = needle.as_bytes();
            let Some(first) = needle.first() else {
                continue;
            };
            let mut from = 0;
            while let Some(rest) = self.bytes.get(from..) {
                let Some(offset) = rest.iter().position(|byte| byte == first) else {
                    break;
                };
                let start = from + offset;
                let end = start + needle.len();
                if self.bytes.get(start..end) == Some(needle) {
                    if let (Some(&start), Some(&end)) = (self.at.get(start), self.at.get(end)) {
                        hits.secret(start..end);
                    }
                    from = end;
                } else {
                    from = start + 1;
                }
            }
        }
    }

    fn decoded(&self, decode: Decode) -> Self {
        let mut bytes = Vec::with_capacity(self.bytes.len());
        let mut at = Vec::with_capacity(self.at.len());
        let mut index = 0;
        while let (Some(rest @ [byte, ..]), Some(&start)) =
            (self.bytes.get(index..), self.at.get(index))
        {
            let (decoded, length) = decode(rest).unwrap_or((Decoded::Byte(*byte), 1));
            match decoded {
                Decoded::Byte(byte) => bytes.push(byte),
                Decoded::Char(char) => {
                    bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }
            at.resize(bytes.len(), start);
            index += length;
        }
        at.extend(self.at.last());
        Self { bytes, at }
    }
}

fn percent(bytes: &[u8]) -> Option<(Decoded, usize)> {
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

/// As forms write it: `+` is a blank.
fn form(bytes: &[u8]) -> Option<(Decoded, usize)> {
    match bytes {
        [b'+', ..] => Some((Decoded::Byte(b' '), 1)),
        _ => percent(bytes),
    }
}

fn json_escape(bytes: &[u8]) -> Option<(Decoded, usize)> {
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

fn code_unit(digits: &[u8]) -> Option<u16> {
    let digits = std::str::from_utf8(digits.get(..4)?).ok()?;
    u16::from_str_radix(digits, 16).ok()
}

fn html_entity(bytes: &[u8]) -> Option<(Decoded, usize)> {
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
