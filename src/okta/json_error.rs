//! What the JSON parser of Okta's client, Jackson, says of an answer that is no JSON. It takes the place of whatever the
//! answer meant to say.

use crate::record::Body;

/// How much of an answer Jackson quotes, in characters.
const QUOTED: usize = 500;
/// The longest word that it names.
const WORD: usize = 256;

/// What the parser complains of; `None` if it has nothing to complain of, or the record holds too little to say.
pub(super) fn complaint(body: &Body) -> Option<String> {
    let text = body.text.as_str();
    let problem = serde_json::from_str::<serde::de::IgnoredAny>(text).err()?;
    let blanks = text.len() - text.trim_start().len();
    let (before, rest) = text.split_at_checked(blanks).unwrap_or(("", text));
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |last| last.chars().count());
    let first = rest.chars().next()?;
    let place = |length: usize| (line, column + length + 1);
    let (what, (line, column)) = match first {
        '{' | '[' | '"' | '-' | '0'..='9' if body.truncated => return None,
        '{' | '[' | '"' | '-' | '0'..='9' => {
            let what = if problem.is_eof() {
                "Unexpected end-of-input".to_owned()
            } else {
                "Unexpected character".to_owned()
            };
            (what, (problem.line(), problem.column() + 1))
        }
        _ if first.is_alphabetic() || first == '_' || first == '$' => {
            let in_word = |c: &char| c.is_alphanumeric() || *c == '_' || *c == '$';
            let word: String = rest.chars().take_while(in_word).take(WORD).collect();
            if matches!(word.as_str(), "true" | "false" | "null") {
                // It reads the value, and leaves what follows.
                return None;
            }
            let what = format!(
                "Unrecognized token '{word}': was expecting (JSON String, Number, Array, Object or token 'null', \
                 'true' or 'false')"
            );
            (what, place(word.chars().count()))
        }
        _ => {
            let code = u32::from(first);
            let shown = if first.is_control() {
                format!("CTRL-CHAR, code {code}")
            } else {
                format!("'{first}' (code {code})")
            };
            let what = format!(
                "Unexpected character ({shown}): expected a valid value (JSON String, Number, Array, Object or token \
                 'null', 'true' or 'false')"
            );
            (what, place(1))
        }
    };
    Some(format!(
        "Invalid JSON: {what} at [Source: (String){}; line: {line}, column: {column}]",
        quoted(body)
    ))
}

/// Whether the parser quotes less than the whole answer.
pub(super) fn is_cut(body: &Body) -> bool {
    left_out(body) > 0
}

fn quoted(body: &Body) -> String {
    let shown: String = body.text.chars().take(QUOTED).collect();
    match left_out(body) {
        0 => format!("\"{shown}\""),
        left => format!("\"{shown}\"[truncated {left} chars]"),
    }
}

/// How many characters are left out; bytes of what the record does not hold.
fn left_out(body: &Body) -> u64 {
    let unrecorded = if body.truncated {
        body.size.saturating_sub(body.text.len() as u64)
    } else {
        0
    };
    body.text.chars().count().saturating_sub(QUOTED) as u64 + unrecorded
}
