//! A text as it reads once it is decoded, with the way back to the bytes that it was decoded from.

use super::hits::Hits;
use super::secret::Secret;

/// Bytes, and where in the text each begins.
#[derive(Debug)]
pub(super) struct View {
    bytes: Vec<u8>,
    /// One more than `bytes`: the last is the end of the text. `None` where each byte stands for itself.
    at: Option<Vec<usize>>,
}

/// Looks at the text as it is, and decoded wherever it holds something to decode: JSON and HTML escapes,
/// percent-encoding, and percent-encoding within the former. In a decoded view, what is not encoded reads as it is, so
/// partly encoded values are found too. The views are made one after the other: a text can be large.
pub(super) fn each(text: &str, look: &mut dyn FnMut(&View)) {
    let raw = View {
        bytes: text.as_bytes().to_vec(),
        at: None,
    };
    if raw.bytes.contains(&b'\\') {
        with_percent(&raw.decoded(json_escape), look);
    }
    if raw.bytes.contains(&b'&') {
        with_percent(&raw.decoded(html_entity), look);
    }
    with_percent(&raw, look);
}

fn with_percent(view: &View, look: &mut dyn FnMut(&View)) {
    look(view);
    if view.bytes.contains(&b'%') {
        let once = view.decoded(percent);
        look(&once);
        // Twice encoded, as in a URL within a URL.
        if once.bytes.contains(&b'%') {
            look(&once.decoded(percent));
        }
    }
    if view.bytes.contains(&b'+') {
        look(&view.decoded(form));
    }
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
                    if let (Some(start), Some(end)) = (self.at(start), self.at(end)) {
                        hits.secret(start..end);
                    }
                    from = end;
                } else {
                    from = start + 1;
                }
            }
        }
    }

    /// Where in the text a byte of the view begins.
    fn at(&self, index: usize) -> Option<usize> {
        match &self.at {
            Some(at) => at.get(index).copied(),
            None => Some(index),
        }
    }

    fn decoded(&self, decode: Decode) -> Self {
        let mut bytes = Vec::with_capacity(self.bytes.len());
        let mut at = Vec::with_capacity(self.bytes.len() + 1);
        let mut index = 0;
        while let (Some(rest @ [byte, ..]), Some(start)) = (self.bytes.get(index..), self.at(index))
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
        at.extend(self.at(self.bytes.len()));
        Self {
            bytes,
            at: Some(at),
        }
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
