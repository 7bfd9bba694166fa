//! Filters whose text is misread: by a parser that knows some forms only, or that goes wrong on a character.

use crate::scim::error::ScimError;
use crate::scim::filter::{Filter, Operator};
use crate::server::fault::{Defect, Switches};

fn crash<T>() -> Result<T, ScimError> {
    Err(ScimError::status(500, "This went wrong."))
}

impl Switches {
    /// The text of a filter as a faulty server reads it.
    ///
    /// # Errors
    /// A crash.
    pub(in crate::server) fn misread(&self, text: &str) -> Result<String, ScimError> {
        let has = |defect| self.has(defect);
        let outside = |wanted: &str| outside_quotes(text).any(|part| part.contains(wanted));
        if has(Defect::FilterEmptyAnswers500) && text.trim().is_empty()
            || has(Defect::FilterApostropheAnswers500) && text.contains('\'')
            || has(Defect::FilterNullAnswers500) && outside(" null")
        {
            return crash();
        }
        let mut text = text.to_owned();
        if has(Defect::FilterUnicodeEscapeKept) {
            text = text.replace("\\u", "\\\\u");
        }
        if has(Defect::FilterGroupingIgnored) {
            text = without_groups(&text);
        }
        if has(Defect::FilterRestIgnored) {
            text = first_comparison(&without_groups(&text));
        }
        if Filter::parse(&text).is_err() {
            text = self.mended(text);
        }
        Ok(text)
    }

    /// What is no filter, as a server takes it that wants to take it.
    fn mended(&self, text: String) -> String {
        let words: Vec<&str> = text.splitn(3, ' ').collect();
        if let [path, operator, value] = words.as_slice() {
            let known = Operator::from_word(operator).is_some();
            let bare = value.trim_matches('\'');
            if self.has(Defect::FilterUnquotedAccepted) && known && !value.contains(['"', '(']) {
                return format!("{path} {operator} \"{bare}\"");
            }
            if self.has(Defect::FilterUnknownOperatorAsEq) && !known {
                return format!("{path} eq {value}");
            }
        }
        if self.has(Defect::FilterTrailingTextIgnored)
            && let Some(end) = text.rfind('"')
        {
            return text.get(..=end).unwrap_or_default().to_owned();
        }
        if self.has(Defect::FilterValuePathUnchecked)
            && let Some((path, _)) = text.split_once('[')
        {
            return format!("{path} pr");
        }
        text
    }
}

/// The parts of a filter that stand outside of quotes.
fn outside_quotes(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').step_by(2)
}

/// Without the parentheses that don't belong to `not`.
fn without_groups(text: &str) -> String {
    let (mut kept, mut quoted, mut open) = (String::new(), false, Vec::new());
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => {
                let of_not = kept.trim_end().to_ascii_lowercase().ends_with("not");
                open.push(of_not);
                if !of_not {
                    continue;
                }
            }
            ')' if !quoted && open.pop() == Some(false) => continue,
            _ => {}
        }
        kept.push(c);
    }
    kept
}

/// Up to the first `and` or `or`.
fn first_comparison(text: &str) -> String {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        if c == '"' {
            quoted = !quoted;
        }
        let rest = text.get(at..).unwrap_or_default().to_ascii_lowercase();
        if !quoted && (rest.starts_with(" and ") || rest.starts_with(" or ")) {
            return text.get(..at).unwrap_or_default().to_owned();
        }
    }
    text.to_owned()
}
