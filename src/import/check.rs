//! A step of an export to a check: its id, its title and its level.

use std::collections::BTreeMap;

use super::nodes::{line, literal};

/// What the `note` of a step says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    /// The title, of one line; empty if there is no note.
    pub(super) title: String,
    /// `should` for what is marked as optional.
    pub(super) level: Option<&'static str>,
}

impl Note {
    /// Reads a note. Okta's tests mark severity by what it begins with; a `{{…}}` in it is only text.
    pub(super) fn read(note: &str) -> Self {
        let note = line(note);
        let marked = [("Required Test:", None), ("Optional Test:", Some("should"))];
        let found = marked.iter().find(|(prefix, _)| {
            note.get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        });
        match found {
            Some((prefix, level)) => Self {
                title: note
                    .get(prefix.len()..)
                    .unwrap_or_default()
                    .trim()
                    .to_owned(),
                level: *level,
            },
            None => Self {
                title: note,
                level: None,
            },
        }
    }

    /// The title as the suite language writes it.
    pub(super) fn written(&self) -> String {
        literal(&self.title)
    }
}

/// The ids of an export's checks: made from titles, so that they stay when a step is put before them.
#[derive(Debug, Default)]
pub(super) struct Ids(BTreeMap<String, usize>);

impl Ids {
    /// The id for a title; the second of one title gets a number.
    pub(super) fn of(&mut self, title: &str) -> String {
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
pub(super) fn slug(text: &str, keep: &[char]) -> String {
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
    fn notes_mark_severity_by_what_they_begin_with() {
        for (note, title, level) in [
            ("Required Test: Get Users/{{id}}", "Get Users/{{id}}", None),
            ("optional test:\n Groups", "Groups", Some("should")),
            ("Create a user", "Create a user", None),
            ("", "", None),
        ] {
            let read = Note::read(note);
            assert_eq!((read.title.as_str(), read.level), (title, level));
        }
    }

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
