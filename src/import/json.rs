//! JSON text (RFC 8259) to a tree in which everything knows its place.

use std::collections::BTreeSet;

use serde_json::Number;

use crate::suite::source::{Key, Kind, Mark, Node};

/// Exports nest a few levels; a text that nests deeper must not use up the stack.
const DEEPEST: usize = 64;

/// Why a text is no JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JsonError {
    /// What is wrong, in lower case.
    pub(super) message: String,
    /// Where.
    pub(super) mark: Mark,
}

/// Reads a text.
///
/// # Errors
/// The first thing that is wrong.
pub(super) fn parse(text: &str) -> Result<Node, JsonError> {
    let mut reader = Reader {
        text,
        at: if text.starts_with('\u{feff}') { 3 } else { 0 },
        line: 1,
        line_start: 0,
        column_of: (0, 1),
    };
    reader.blank();
    let node = reader.value(0)?;
    reader.blank();
    if reader.at < text.len() {
        return Err(reader.wrong("something follows the end of the JSON"));
    }
    Ok(node)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    line_start: usize,
    /// The last column that was counted: the byte and its column. A file may be one long line.
    column_of: (usize, u32),
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.line = self.line.saturating_add(1);
                    self.line_start = self.at;
                }
                b' ' | b'\t' | b'\r' => self.at += 1,
                _ => break,
            }
        }
    }

    /// The place from here to here.
    fn here(&mut self) -> Mark {
        let (from, column) = if self.column_of.0 >= self.line_start {
            self.column_of
        } else {
            (self.line_start, 1)
        };
        let between = self.text.get(from..self.at).unwrap_or_default();
        let more = u32::try_from(between.chars().count()).unwrap_or(u32::MAX);
        let column = column.saturating_add(more);
        self.column_of = (self.at, column);
        Mark {
            line: self.line,
            column,
            start: self.at,
            end: self.at,
        }
    }

    fn wrong(&mut self, message: impl Into<String>) -> JsonError {
        let mut mark = self.here();
        mark.end = (mark.start + 1).min(self.text.len());
        JsonError {
            message: message.into(),
            mark,
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, JsonError> {
        if depth > DEEPEST {
            return Err(self.wrong(format!("it nests deeper than {DEEPEST} levels")));
        }
        let mut mark = self.here();
        let kind = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Kind::Text(self.string()?),
            Some(b't') => self.word("true", Kind::Bool(true))?,
            Some(b'f') => self.word("false", Kind::Bool(false))?,
            Some(b'n') => self.word("null", Kind::Null)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(_) => return Err(self.wrong("a value is expected here")),
            None => return Err(self.wrong("the text ends too early")),
        };
        mark.end = self.at;
        Ok(Node { mark, kind })
    }

    fn word(&mut self, word: &str, kind: Kind) -> Result<Kind, JsonError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if rest.starts_with(word) {
            self.at += word.len();
            Ok(kind)
        } else {
            Err(self.wrong("a value is expected here"))
        }
    }

    fn number(&mut self) -> Result<Kind, JsonError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let fine = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let end = rest.find(|c: char| !fine(c)).unwrap_or(rest.len());
        let digits = rest.get(..end).unwrap_or_default();
        match serde_json::from_str::<Number>(digits) {
            Ok(number) => {
                self.at += end;
                Ok(Kind::Number(number))
            }
            Err(_) => Err(self.wrong("this is no number")),
        }
    }

    /// A string, of which `serde_json` reads the escapes.
    fn string(&mut self) -> Result<String, JsonError> {
        let bytes = self.text.as_bytes();
        let mut end = self.at + 1;
        loop {
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => end += 2,
                Some(0..=0x1f) => {
                    self.at = end;
                    return Err(
                        self.wrong("a string holds a line break or another control character")
                    );
                }
                Some(_) => end += 1,
                None => return Err(self.wrong("this string has no end")),
            }
        }
        let raw = self.text.get(self.at..=end).unwrap_or_default();
        match serde_json::from_str(raw) {
            Ok(string) => {
                self.at = end + 1;
                Ok(string)
            }
            Err(_) => Err(self.wrong("this string has an escape that means nothing")),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Kind, JsonError> {
        self.at += 1;
        let mut items = Vec::new();
        self.blank();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Kind::List(items));
        }
        loop {
            self.blank();
            items.push(self.value(depth + 1)?);
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Kind::List(items));
                }
                Some(_) => return Err(self.wrong("a comma or `]` is expected here")),
                None => return Err(self.wrong("the text ends within a list")),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Kind, JsonError> {
        self.at += 1;
        let mut members: Vec<(Key, Node)> = Vec::new();
        let mut names = BTreeSet::new();
        self.blank();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Kind::Map(members));
        }
        loop {
            self.blank();
            if self.peek() != Some(b'"') {
                return Err(self.wrong("a name in double quotes is expected here"));
            }
            let mut mark = self.here();
            let name = self.string()?;
            mark.end = self.at;
            self.blank();
            if self.peek() != Some(b':') {
                return Err(self.wrong("a colon is expected here"));
            }
            self.at += 1;
            self.blank();
            let value = self.value(depth + 1)?;
            // Of two members of one name the last counts, as in JavaScript.
            if !names.insert(name.clone()) {
                members.retain(|(known, _)| known.name != name);
            }
            members.push((Key { name, mark }, value));
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Kind::Map(members));
                }
                Some(_) => return Err(self.wrong("a comma or `}` is expected here")),
                None => return Err(self.wrong("the text ends within an object")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn everything_knows_its_place() {
        let tree = parse("{\n  \"é\": [1, \"a\\n\"],\r\n\t\"b\": {\"c\": null}}\n").unwrap();
        let (key, list) = &tree.members()[0];
        assert_eq!((key.mark.line, key.mark.column), (2, 3));
        assert_eq!((list.mark.line, list.mark.column), (2, 8));
        let last = &list.items()[1];
        assert_eq!((last.mark.line, last.mark.column), (2, 12));
        let inner = tree.get("b").and_then(|b| b.get("c")).unwrap();
        assert_eq!((inner.mark.line, inner.mark.column), (3, 13));
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        for (text, line, column, message) in [
            ("", 1, 1, "the text ends too early"),
            (
                "{\"a\": 1,}",
                1,
                9,
                "a name in double quotes is expected here",
            ),
            ("{\n\"a\" 1}", 2, 5, "a colon is expected here"),
            ("[1\n2]", 2, 1, "a comma or `]` is expected here"),
            ("[1", 1, 3, "the text ends within a list"),
            ("{\"a\": \"b", 1, 7, "this string has no end"),
            ("[01]", 1, 2, "this is no number"),
            ("[tru]", 1, 2, "a value is expected here"),
            (
                "[\"\\x\"]",
                1,
                2,
                "this string has an escape that means nothing",
            ),
            ("{} {}", 1, 4, "something follows the end of the JSON"),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(
                (error.mark.line, error.mark.column, error.message.as_str()),
                (line, column, message),
                "{text}"
            );
        }
        let deep = "[".repeat(100_000);
        assert!(parse(&deep).unwrap_err().message.contains("nests deeper"));
    }

    proptest! {
        #[test]
        fn it_reads_what_serde_json_reads(text in r#"[\[\]{}:,"\\a0-9.eE+\-ntfrulse \n]{0,24}"#) {
            let expected = serde_json::from_str::<serde_json::Value>(&text);
            match parse(&text) {
                Ok(tree) => prop_assert_eq!(tree.to_json(), expected.unwrap()),
                Err(_) => prop_assert!(expected.is_err(), "{}", text),
            }
        }
    }
}
