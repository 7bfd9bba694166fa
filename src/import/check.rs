//! A step of an export to a check: its title and its level.

use crate::suite::build::{line, literal};

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
}
