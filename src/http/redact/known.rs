//! The secrets that are known by value, and where they stand in a text.

use std::sync::Arc;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use super::hits::Hits;
use super::scan;
use super::secret::Secret;

/// Secrets that are known by value.
#[derive(Default)]
pub(super) struct Known {
    secrets: Vec<Arc<Secret>>,
    /// Finds where one of them or of their encodings may begin, in one pass, where no byte is escaped. Absent where there
    /// are none.
    heads: Option<AhoCorasick>,
}

/// How much of a secret the automaton knows, in bytes: it takes many times the memory of its texts, and a server may give
/// out tokens of a megabyte.
const HEAD: usize = 32;

impl Known {
    /// These secrets and one more; nothing when it is known already, or can't be redacted by value.
    pub(super) fn with(&self, value: &str) -> Option<Self> {
        if self.secrets.iter().any(|known| known.value() == value) {
            return None;
        }
        let mut secrets = self.secrets.clone();
        secrets.push(Arc::new(Secret::new(value)?));
        let needles = secrets.iter().flat_map(|secret| secret.needles());
        let heads = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .build(needles.map(|needle| needle.as_bytes().get(..HEAD).unwrap_or(needle.as_bytes())))
            .ok();
        Some(Self { secrets, heads })
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.secrets.len()
    }

    /// The length of the longest, in bytes.
    pub(super) fn longest(&self) -> usize {
        let lengths = self.secrets.iter().map(|secret| secret.value().len());
        lengths.max().unwrap_or_default()
    }

    /// Marks all of them in a text.
    pub(super) fn find(&self, text: &str, hits: &mut Hits) {
        self.find_plain(text, hits);
        let escapes = scan::escapes(text);
        if escapes.is_empty() {
            return;
        }
        for needle in self.secrets.iter().flat_map(|secret| secret.needles()) {
            for range in scan::find(text, needle, &escapes) {
                hits.secret(range);
            }
        }
    }

    /// Marks those of which no byte is escaped.
    fn find_plain(&self, text: &str, hits: &mut Hits) {
        let needles = || self.secrets.iter().flat_map(|secret| secret.needles());
        let Some(heads) = &self.heads else {
            // None are known, or the automaton could not be made: then each is looked for on its own.
            for needle in needles() {
                for (start, _) in text.match_indices(needle) {
                    hits.secret(start..start + needle.len());
                }
            }
            return;
        };
        let mut from = 0;
        while let Some(head) = heads.find(Input::new(text).range(from..)) {
            let rest = text.as_bytes().get(head.start()..).unwrap_or_default();
            // Several may have one head, and overlap.
            let here = needles().filter(|needle| rest.starts_with(needle.as_bytes()));
            if let Some(longest) = here.map(str::len).max() {
                hits.secret(head.start()..head.start() + longest);
            }
            from = head.start() + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(known: &Known, text: &str) -> String {
        let mut hits = Hits::default();
        known.find(text, &mut hits);
        hits.apply(text).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn secrets_of_any_length_that_begin_alike_are_told_apart() {
        let long = "canary-".repeat(100_000);
        let (a, b) = (format!("{long}a"), format!("{long}bb"));
        let known = Known::default().with(&a).unwrap().with(&b).unwrap();
        assert_eq!(
            found(&known, &format!("x{a}y{b}z")),
            "x[redacted]y[redacted]z"
        );
        // What only begins like one is none.
        let begins = "canary-".repeat(10);
        assert_eq!(found(&known, &begins), begins);
        let short = known.with("canary-canary").unwrap();
        assert_eq!(found(&short, &format!("x{a}y")), "x[redacted]y");
        assert!(!found(&short, &begins).contains("canary-canary"));
        assert!(short.with("canary-canary").is_none());
    }
}
