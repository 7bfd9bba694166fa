//! Ids of checks that are made from titles.

use std::collections::BTreeMap;

/// The ids of a suite's checks: made from titles, so that they stay when a step is put before them.
#[derive(Debug, Default)]
pub struct Ids(BTreeMap<String, usize>);

impl Ids {
    /// The id for a title; the second of one title gets a number.
    pub fn of(&mut self, title: &str) -> String {
        let mut id = match slug(title, &[]) {
            slug if slug.is_empty() => "step".to_owned(),
            slug => slug,
        };
        loop {
            let seen = self.0.entry(id.clone()).or_default();
            *seen += 1;
            if *seen == 1 {
                return id;
            }
            id = format!("{id}-{seen}");
        }
    }
}

/// The longest id: it stands in file names.
const LONGEST: usize = 64;

/// Small letters and digits of a text, with `-` between its words; further marks that may stay are named.
pub fn slug(text: &str, keep: &[char]) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        let kept = keep.contains(&c) && slug.ends_with(|last: char| last.is_ascii_digit());
        if c.is_ascii_alphanumeric() || kept {
            if slug.len() >= LONGEST {
                break;
            }
            slug.push(c);
        } else if matches!(c, '\'' | '’') {
            // `doesn't` is one word.
        } else if !slug.is_empty() && !slug.ends_with(['-', '.']) {
            slug.push('-');
        }
    }
    slug.trim_end_matches(['-', '.']).replace(".-", "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_from_titles_and_differ() {
        let mut ids = Ids::default();
        for (title, id) in [
            (
                "Make sure random user doesn't exist",
                "make-sure-random-user-doesnt-exist",
            ),
            ("Get Users/{{id}}", "get-users-id"),
            ("Get Users/{{id}}", "get-users-id-2"),
            ("Get Users/{{id}}", "get-users-id-3"),
            ("Get Users id 2", "get-users-id-2-2"),
            ("…", "step"),
            ("Ünïcode", "n-code"),
        ] {
            assert_eq!(ids.of(title), id);
        }
        assert_eq!(
            slug("Okta SCIM 2.0 SPEC Test", &['.']),
            "okta-scim-2.0-spec-test"
        );
        assert_eq!(slug("v2. Test .x", &['.']), "v2.test-x");
        assert!(slug(&"a ".repeat(100), &[]).len() <= LONGEST);
    }
}
