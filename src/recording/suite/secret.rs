//! What stands in place of secrets, which no recording holds.

use super::text::letters;
use crate::http::REDACTED;
use crate::suite::build::literal;

/// Values that a run is given, and passwords that it makes up.
#[derive(Debug, Default)]
pub(super) struct Secrets {
    /// Parameters without a default, with what each is.
    pub(super) parameters: Vec<(String, String)>,
    passwords: usize,
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
    pub(super) fn parameter(&mut self, kind: &str, what: String) -> String {
        let taken = |name: &str| self.parameters.iter().any(|(known, _)| known == name);
        let numbers = std::iter::once(kind.to_owned()).chain((2..).map(|n| format!("{kind}_{n}")));
        let mut free = numbers.skip_while(|name| taken(name));
        // The numbers have no end.
        let name = free.next().unwrap_or_default();
        self.parameters.push((name.clone(), what));
        name
    }
}
