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
    /// Finds all of them and their encodings in one pass, where no byte is escaped. Absent where there are none.
    plain: Option<AhoCorasick>,
}

impl Known {
    /// These secrets and one more; nothing when it is known already, or can't be redacted by value.
    pub(super) fn with(&self, value: &str) -> Option<Self> {
        if self.secrets.iter().any(|known| known.value() == value) {
            return None;
        }
        let mut secrets = self.secrets.clone();
        secrets.push(Arc::new(Secret::new(value)?));
        let needles = secrets.iter().flat_map(|secret| secret.needles());
        let plain = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(needles);
        #[expect(clippy::expect_used, reason = "it fails only beyond 2 GiB of secrets")]
        let plain = Some(plain.expect("the secrets of a run are small"));
        Some(Self { secrets, plain })
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
        let Some(plain) = &self.plain else { return };
        let mut from = 0;
        while let Some(found) = plain.find(Input::new(text).range(from..)) {
            hits.secret(found.range());
            // Another may overlap it.
            from = found.start() + 1;
        }
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
}
