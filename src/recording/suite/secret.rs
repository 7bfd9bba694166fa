//! What stands in place of secrets, which no recording holds.

use std::collections::{BTreeMap, BTreeSet};

use super::text::letters;
use crate::http::REDACTED;
use crate::suite::build::literal;

/// Values that a run is given, and passwords that it makes up.
#[derive(Debug, Default)]
pub(super) struct Secrets {
    /// Parameters without a default, with what each is.
    pub(super) parameters: Vec<(String, String)>,
    passwords: usize,
    /// The names of the parameters.
    names: BTreeSet<String>,
    /// How many of each kind there are.
    numbers: BTreeMap<String, usize>,
}

impl Secrets {
    /// What stands for a text that held a secret; `None` for another one.
    pub(super) fn of(&mut self, place: &str, text: &str, request: &str) -> Option<String> {
        if !text.contains(REDACTED) {
            return None;
        }
        if text == REDACTED && place.ends_with("password") {
            self.passwords += 1;
            return Some(format!(
                "${{unique.password.{}}}",
                letters(self.passwords - 1)
            ));
        }
        let parts: Vec<String> = text.split(REDACTED).map(literal).collect();
        let what = if place.is_empty() {
            format!("a secret in the URL of {request}")
        } else {
            format!("the secret `{place}` of {request}")
        };
        let name = self.parameter("secret", what);
        Some(parts.join(&format!("${{var.{name}}}")))
    }

    /// A new parameter.
    fn parameter(&mut self, kind: &str, what: String) -> String {
        let name = loop {
            let number = self.numbers.entry(kind.to_owned()).or_default();
            *number += 1;
            let name = match *number {
                1 => kind.to_owned(),
                more => format!("{kind}_{more}"),
            };
            if !self.names.contains(&name) {
                break name;
            }
        };
        self.give(name.clone(), what);
        name
    }

    /// A parameter of this name, unless there is one.
    pub(super) fn give(&mut self, name: String, what: String) {
        if self.names.insert(name.clone()) {
            self.parameters.push((name, what));
        }
    }
}
