//! Percent-encoded text, in which places are known: what is replaced in it leaves the rest as it was sent.

use std::ops::Range;

/// A text that was percent-encoded, with where each of its bytes came from.
#[derive(Debug, Clone, Default)]
pub(super) struct Decoded {
    /// What it says.
    pub(super) text: String,
    /// For each byte of it, where it begins in the encoded text; and the end.
    from: Vec<usize>,
}

impl Decoded {
    /// Decodes; `+` is a blank where `plus` says so. What is no encoding stands for itself; what is no UTF-8 gives nothing.
    pub(super) fn new(encoded: &str, plus: bool) -> Self {
        let bytes = encoded.as_bytes();
        let (mut decoded, mut from) = (Vec::with_capacity(bytes.len()), Vec::new());
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            from.push(at);
            let digits = bytes.get(at + 1..at + 3);
            let code = digits
                .filter(|digits| *byte == b'%' && digits.iter().all(u8::is_ascii_hexdigit))
                .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
            if let Some(code) = code {
                decoded.push(code);
                at += 3;
            } else {
                decoded.push(if plus && *byte == b'+' { b' ' } else { *byte });
                at += 1;
            }
        }
        from.push(bytes.len());
        match String::from_utf8(decoded) {
            Ok(text) => Self { text, from },
            Err(_) => Self::default(),
        }
    }

    /// The place in the encoded text of a place in the decoded one.
    pub(super) fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let of = |at: usize| self.from.get(at).copied().unwrap_or_default();
        of(range.start)..of(range.end)
    }
}

/// The text that a part of a query stands for.
pub(in crate::recording) fn unquoted(encoded: &str) -> String {
    let decoded = Decoded::new(encoded, true);
    if decoded.text.is_empty() {
        encoded.to_owned()
    } else {
        decoded.text
    }
}

/// A text in double quotes within a filter or a path, with the attribute and the operator before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quoted<'a> {
    /// The attribute, as it was written; empty if none stands there.
    pub(super) attribute: &'a str,
    /// The operator, as it was written.
    pub(super) operator: &'a str,
    /// The text between the quotes, unescaped.
    pub(super) value: String,
    /// Where it stands, without the quotes.
    pub(super) range: Range<usize>,
}

/// All texts in double quotes.
pub(super) fn quoted(text: &str) -> Vec<Quoted<'_>> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(offset) = text.get(at..).and_then(|rest| rest.find('"')) {
        let start = at + offset + 1;
        let mut end = start;
        while let Some(byte) = bytes.get(end) {
            match byte {
                b'"' => break,
                b'\\' => end += 2,
                _ => end += 1,
            }
        }
        let Some(inner) = text.get(start..end) else {
            break;
        };
        let before = text.get(..start - 1).unwrap_or_default();
        let mut words = before
            .split([' ', '(', '['])
            .rev()
            .filter(|word| !word.is_empty());
        let operator = words.next().unwrap_or_default();
        let attribute = words.next().unwrap_or_default();
        let value =
            serde_json::from_str(&format!("\"{inner}\"")).unwrap_or_else(|_| inner.to_owned());
        found.push(Quoted {
            attribute,
            operator,
            value,
            range: start..end,
        });
        at = end + 1;
    }
    found
}

/// A text in which ranges are replaced; all else stands as it is, with nothing in it that the suite language fills in.
pub(super) fn replaced(text: &str, mut with: Vec<(Range<usize>, String)>) -> String {
    use crate::suite::build::literal;
    with.sort_by_key(|(range, _)| range.start);
    let (mut out, mut at) = (String::new(), 0);
    for (range, by) in with {
        if range.start < at {
            continue;
        }
        out.push_str(&literal(text.get(at..range.start).unwrap_or_default()));
        out.push_str(&by);
        at = range.end;
    }
    out.push_str(&literal(text.get(at..).unwrap_or_default()));
    out
}

/// `a`, `b` … `z`, `aa`, from 0.
pub(super) fn letters(number: usize) -> String {
    let last = char::from(b'a' + u8::try_from(number % 26).unwrap_or(0));
    match number / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letters(more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_replaced_leaves_the_rest_as_it_was_sent() {
        let raw = "filter=userName+eq%20%22a%40b.c%22&count=1%zz";
        let decoded = Decoded::new(raw, true);
        assert_eq!(decoded.text, "filter=userName eq \"a@b.c\"&count=1%zz");
        let found = quoted(&decoded.text);
        assert_eq!(
            found
                .iter()
                .map(|q| (q.attribute, q.operator, q.value.as_str()))
                .collect::<Vec<_>>(),
            [("filter=userName", "eq", "a@b.c")]
        );
        let range = decoded.origin(&found[0].range);
        assert_eq!(
            replaced(raw, vec![(range, "${unique.email.a}".into())]),
            "filter=userName+eq%20%22${unique.email.a}%22&count=1%zz"
        );
        assert_eq!(Decoded::new("%ff", false).text, "");
        assert_eq!(replaced("a${b", Vec::new()), "a$${b");
    }

    #[test]
    fn quotes_and_letters() {
        let all = quoted(r#"members[value eq "a\"b"] and (x co "y" or "#);
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].attribute, all[0].value.as_str()), ("value", "a\"b"));
        assert_eq!((all[1].attribute, all[1].operator), ("x", "co"));
        let open = quoted("userName eq \"abc");
        assert_eq!((open.len(), open[0].value.as_str()), (1, "abc"));
        assert!(quoted("ends with \\\"\\").len() <= 1);
        assert_eq!(
            [0, 25, 26, 701, 702].map(letters),
            ["a", "z", "aa", "zz", "aaa"]
        );
    }
}
