//! Bodies laid out for reading, token for token as they came: duplicate keys, number forms and escapes are evidence, so
//! nothing is parsed and written again.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use crate::record::Body;

use super::quantity::size;
use super::sanitize::beginning;

/// A body, ready to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout<'a> {
    /// The text, indented if it is JSON, cut to the limit.
    pub(super) text: Cow<'a, str>,
    /// What the text does not say of the body: that it is cut, that bytes were no UTF-8.
    pub(super) note: Option<String>,
}

/// Lays a body out in at most `limit` bytes (somewhat more by indentation).
pub(super) fn layout(body: &Body, limit: usize) -> Layout<'_> {
    let kept = beginning(&body.text, limit);
    let is_cut = kept.len() < body.text.len() || body.truncated;
    // What is cut is no JSON any more, but its beginning reads as well; the original decides whether it is indented.
    let is_json = if kept.len() == body.text.len() {
        serde_json::from_str::<IgnoredAny>(kept).is_ok()
    } else {
        kept.starts_with(['{', '['])
    };
    let text = if is_json {
        Cow::Owned(indent(kept))
    } else {
        Cow::Borrowed(kept)
    };
    let mut notes = Vec::new();
    if is_cut {
        notes.push(format!(
            "cut: the first {} of {}",
            size(kept.len() as u64),
            size(body.size.max(body.text.len() as u64))
        ));
    }
    if body.lossy {
        notes.push("not UTF-8: replaced by �".to_owned());
    }
    Layout {
        text,
        note: (!notes.is_empty()).then(|| notes.join("; ")),
    }
}

/// Breaks and indents JSON by two spaces, without touching its tokens.
fn indent(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 3);
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    let mut chars = json.chars().peekable();
    while let Some(c) = chars.next() {
        if in_string {
            out.push(c);
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            '"' => {
                in_string = true;
                out.push(c);
            }
            '{' | '[' => {
                out.push(c);
                while chars.next_if(char::is_ascii_whitespace).is_some() {}
                if let Some(close) = chars.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    new_line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                new_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

fn new_line(out: &mut String, depth: usize) {
    const DEEPEST: usize = 24;
    out.push('\n');
    for _ in 0..depth.min(DEEPEST) {
        out.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Body {
        Body {
            text: text.into(),
            size: text.len() as u64,
            truncated: false,
            lossy: false,
        }
    }

    #[test]
    fn json_is_indented_and_its_tokens_are_untouched() {
        let text = layout(&body(r#"{"a":[1.0,1e2,{}],"a":"x\"{,:","b": [ ]}"#), 1000)
            .text
            .into_owned();
        insta::assert_snapshot!(text, @r#"
        {
          "a": [
            1.0,
            1e2,
            {}
          ],
          "a": "x\"{,:",
          "b": []
        }
        "#);
    }

    #[test]
    fn what_is_no_json_stays_as_it_is() {
        assert_eq!(
            layout(&body("<html>a, b</html>"), 1000).text,
            "<html>a, b</html>"
        );
    }

    #[test]
    fn long_bodies_are_cut_with_a_note() {
        let body = body(&format!("[\"{}\"]", "ä".repeat(2000)));
        let long = layout(&body, 1000);
        assert!(long.text.len() < 1100);
        assert_eq!(
            long.note.as_deref(),
            Some("cut: the first 1000 bytes of 3.9 KiB")
        );
    }
}
