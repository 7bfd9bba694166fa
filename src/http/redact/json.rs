//! JSON members that are secrets by their name. The text need not be whole, nor JSON at all: what looks like a member is
//! taken for one, and all other text stays as it is.

use std::borrow::Cow;
use std::ops::Range;

use super::REDACTED;
use super::header;
use super::hits::Hits;
use super::names::is_secret_name;

/// An object or a list that is open at a place of the text.
#[derive(Default)]
struct Frame {
    /// Where it begins.
    start: usize,
    /// The operation's `path` is a secret, such as the password (RFC 7644 §3.5.2).
    sets_secret: bool,
    /// Where the value of the member `value` is. The end of an object or a list is known when it closes: looking ahead
    /// for it would take a hostile text's depth times its length.
    value: Option<Range<usize>>,
}

/// Marks the secrets of a text. `nested` redacts the text within a string, and says nothing when there is nothing to do.
pub(super) fn find(text: &str, nested: &dyn Fn(&str) -> Option<String>, hits: &mut Hits) {
    let bytes = text.as_bytes();
    let mut frames: Vec<Frame> = Vec::new();
    if memchr::memchr(b'"', bytes).is_none() {
        return;
    }
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        match byte {
            b'{' | b'[' => {
                frames.push(Frame {
                    start: index,
                    ..Frame::default()
                });
                index += 1;
            }
            b'}' | b']' => {
                index += 1;
                close(text, &mut frames, index, hits);
            }
            b'"' => {
                let content = string(bytes, index);
                let after = skip_blanks(bytes, content.end + 1);
                if bytes.get(after) == Some(&b':') {
                    let name = unescaped(text, &content);
                    index = member(
                        text,
                        &name,
                        skip_blanks(bytes, after + 1),
                        frames.last_mut(),
                        hits,
                    );
                } else {
                    inner(text, &content, nested, hits);
                    index = content.end + 1;
                }
            }
            _ => index += 1,
        }
    }
    // The end of a text that was cut.
    while !frames.is_empty() {
        close(text, &mut frames, bytes.len(), hits);
    }
}

/// Looks at a member whose value begins at `start`, and says where to go on.
fn member(
    text: &str,
    name: &str,
    start: usize,
    frame: Option<&mut Frame>,
    hits: &mut Hits,
) -> usize {
    let bytes = text.as_bytes();
    if is_secret_name(name) {
        let value = start..whole(bytes, start);
        let end = value.end;
        redact(text, name, value, hits);
        return end.max(start);
    }
    if let Some(frame) = frame {
        if name.eq_ignore_ascii_case("value") {
            frame.value = Some(start..simple(bytes, start));
        } else if name.eq_ignore_ascii_case("path") {
            frame.sets_secret |= names_secret(text, start..simple(bytes, start));
        }
    }
    start
}

/// Closes the innermost object or list, which ends before `end`.
fn close(text: &str, frames: &mut Vec<Frame>, end: usize, hits: &mut Hits) {
    let Some(closed) = frames.pop() else { return };
    if let Some(value) = frames.last_mut().and_then(|frame| frame.value.as_mut())
        && value.start == closed.start
    {
        value.end = end;
    }
    if let (true, Some(value)) = (closed.sets_secret, closed.value) {
        redact(text, "value", value, hits);
    }
}

fn redact(text: &str, name: &str, value: Range<usize>, hits: &mut Hits) {
    let Some(found) = text.get(value.clone()) else {
        return;
    };
    if let Some(content) = found.strip_prefix('"') {
        let content = content.strip_suffix('"').unwrap_or(content);
        let start = value.start + 1;
        let with = if name.to_ascii_lowercase().contains("authorization") {
            header::with_scheme(content)
        } else {
            REDACTED.to_owned()
        };
        hits.replaced(start..start + content.len(), with);
    } else if !matches!(found, "null" | "true" | "false" | "[]" | "{}") {
        hits.replaced(value, format!("\"{REDACTED}\""));
    }
}

/// Whether the text at this place is the path of a secret.
fn names_secret(text: &str, value: Range<usize>) -> bool {
    let bytes = text.as_bytes();
    bytes.get(value.start) == Some(&b'"')
        && is_secret_name(&unescaped(text, &string(bytes, value.start)))
}

/// JSON within a string: what is found there is written back as the string's content.
fn inner(
    text: &str,
    content: &Range<usize>,
    nested: &dyn Fn(&str) -> Option<String>,
    hits: &mut Hits,
) {
    let escaped = text.get(content.clone()).unwrap_or_default();
    if memchr::memchr(b'\\', escaped.as_bytes()).is_none() || !escaped.contains("\\\"") {
        return;
    }
    if let Some(redacted) = nested(&unescaped(text, content)) {
        let quoted = serde_json::Value::String(redacted).to_string();
        let with = quoted
            .strip_prefix('"')
            .and_then(|quoted| quoted.strip_suffix('"'))
            .unwrap_or(REDACTED);
        hits.replaced(content.clone(), with.to_owned());
    }
}

fn unescaped<'a>(text: &'a str, content: &Range<usize>) -> Cow<'a, str> {
    let escaped = text.get(content.clone()).unwrap_or_default();
    if escaped.contains('\\')
        && let Ok(unescaped) = serde_json::from_str(&format!("\"{escaped}\""))
    {
        return Cow::Owned(unescaped);
    }
    Cow::Borrowed(escaped)
}

/// The content of the string whose opening quote is at `start`, to the end of the text if it is not closed.
fn string(bytes: &[u8], start: usize) -> Range<usize> {
    let mut index = start + 1;
    while let Some(offset) = bytes
        .get(index..)
        .and_then(|rest| memchr::memchr2(b'"', b'\\', rest))
    {
        index += offset;
        if bytes.get(index) == Some(&b'"') {
            return start + 1..index;
        }
        index += 2;
    }
    start + 1..bytes.len()
}

/// The end of the value that begins at `start`.
fn whole(bytes: &[u8], start: usize) -> usize {
    match bytes.get(start) {
        Some(b'{' | b'[') => brackets(bytes, start),
        Some(_) | None => simple(bytes, start),
    }
}

/// The end of the text or number that begins at `start`; of an object or a list, the start.
fn simple(bytes: &[u8], start: usize) -> usize {
    let end = match bytes.get(start) {
        Some(b'"') => string(bytes, start).end + 1,
        Some(b'{' | b'[') => start,
        Some(_) | None => {
            let rest = bytes.get(start..).unwrap_or_default();
            let ends = |byte: &u8| b",}] \t\r\n\"<>".contains(byte);
            start + rest.iter().position(ends).unwrap_or(rest.len())
        }
    };
    end.min(bytes.len())
}

fn brackets(bytes: &[u8], start: usize) -> usize {
    let mut open = 0_usize;
    let mut index = start;
    while let Some(byte) = bytes.get(index) {
        match byte {
            b'{' | b'[' => open += 1,
            b'}' | b']' => {
                open = open.saturating_sub(1);
                if open == 0 {
                    return index + 1;
                }
            }
            b'"' => index = string(bytes, index).end,
            _ => {}
        }
        index += 1;
    }
    bytes.len()
}

fn skip_blanks(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    start
        + rest
            .iter()
            .take_while(|byte| b" \t\r\n".contains(byte))
            .count()
}
