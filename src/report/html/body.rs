//! Messages: headers and bodies, with JSON in colours.

use super::super::pretty::{Layout, layout};
use super::super::sanitize::Shown;
use crate::record::{Body, Header};

/// A request or a response, without its first line.
pub(super) struct MessageView<'a> {
    pub(super) headers: Vec<HeaderView<'a>>,
    pub(super) body: Option<BodyView<'a>>,
}

pub(super) struct HeaderView<'a> {
    pub(super) name: Shown<'a>,
    pub(super) value: Shown<'a>,
}

pub(super) struct BodyView<'a> {
    layout: Layout<'a>,
    is_json: bool,
    pub(super) note: Option<String>,
}

/// A piece of a body of one colour.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// `k` (a key), `s` (text), `n` (a number, `true`, `false`, `null`), or nothing.
    pub(super) class: &'static str,
    pub(super) text: Shown<'a>,
}

impl<'a> MessageView<'a> {
    /// A message with at most `limit` bytes of its body.
    pub(super) fn of(headers: &'a [Header], body: Option<&'a Body>, limit: usize) -> Self {
        let headers = headers.iter().map(|header| HeaderView {
            name: Shown(&header.name),
            value: Shown(&header.value),
        });
        Self {
            headers: headers.collect(),
            body: body.map(|body| BodyView::of(body, limit)),
        }
    }
}

impl<'a> BodyView<'a> {
    fn of(body: &'a Body, limit: usize) -> Self {
        let mut layout = layout(body, limit);
        let note = layout.note.take();
        let is_json = layout.text.starts_with(['{', '[']);
        Self {
            layout,
            is_json,
            note,
        }
    }

    /// The text in pieces, in order.
    pub(super) fn tokens(&self) -> Vec<Token<'_>> {
        let text = self.layout.text.as_ref();
        if self.is_json {
            tokens(text)
        } else {
            vec![Token {
                class: "",
                text: Shown(text),
            }]
        }
    }
}

/// JSON in pieces; what is cut or broken comes out whole nonetheless.
fn tokens(json: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while let Some(c) = json.get(at..).and_then(|rest| rest.chars().next()) {
        let length = match c {
            '"' => string_length(json.get(at..).unwrap_or_default()),
            '-' | '0'..='9' | 't' | 'f' | 'n' => word_length(json.get(at..).unwrap_or_default()),
            c => {
                at += c.len_utf8();
                continue;
            }
        };
        let end = at + length;
        push(&mut tokens, "", json.get(plain..at));
        let is_key = json.get(end..).is_some_and(|rest| rest.starts_with(':'));
        let class = match c {
            '"' if is_key => "k",
            '"' => "s",
            _ => "n",
        };
        push(&mut tokens, class, json.get(at..end));
        at = end;
        plain = end;
    }
    push(&mut tokens, "", json.get(plain..));
    tokens
}

fn push<'a>(tokens: &mut Vec<Token<'a>>, class: &'static str, text: Option<&'a str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        tokens.push(Token {
            class,
            text: Shown(text),
        });
    }
}

fn string_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == '"' && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}

fn word_length(rest: &str) -> usize {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    rest.find(|c| !part(c)).unwrap_or(rest.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_the_whole_text() {
        for json in [
            "{\n  \"a\": [1.0, true, \"x\\\"y\"],\n  \"b\": null\n}",
            "{\"cut\": \"in the mid",
            "[-, ä, \"\\",
            "{nonsense: tru}",
        ] {
            let whole: String = tokens(json).iter().map(|token| token.text.0).collect();
            assert_eq!(whole, json);
        }
    }

    #[test]
    fn keys_texts_and_literals_have_colours() {
        let classes: Vec<_> = tokens(r#"{"a": [1e2, "b:", null]}"#)
            .iter()
            .map(|token| (token.class, token.text.0))
            .collect();
        assert_eq!(
            classes,
            [
                ("", "{"),
                ("k", "\"a\""),
                ("", ": ["),
                ("n", "1e2"),
                ("", ", "),
                ("s", "\"b:\""),
                ("", ", "),
                ("n", "null"),
                ("", "]}")
            ]
        );
    }
}
