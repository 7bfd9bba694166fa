//! What is wrong with a suite: where, what, and what to do.

use std::fmt;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Mood, Origin, Renderer, Snippet};

use super::source::Mark;
use crate::record::Location;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The suites can't be used.
    Error,
    /// They can, but something is probably not meant.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One problem of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in lower case.
    pub message: String,
    /// The file, as it was named to the loader.
    pub file: String,
    /// Where.
    pub mark: Mark,
    /// Said right at the place.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// What helps to understand, such as where the first of two is.
    pub notes: Vec<String>,
}

impl Diagnostic {
    /// An error.
    pub fn error(file: &str, mark: Mark, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            file: file.to_owned(),
            mark,
            label: None,
            help: None,
            notes: Vec::new(),
        }
    }

    /// With what is said right at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// With what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With the nearest right word, if one is near.
    #[must_use]
    pub fn nearest<'a>(self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match super::nearest::nearest(word, candidates) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// With something that helps to understand.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Where, as records say it.
    pub fn location(&self) -> Location {
        Location {
            file: self.file.as_str().into(),
            line: self.mark.line,
            column: self.mark.column,
        }
    }

    /// With the line of the source, for people. `source` is the text of the file; without it the place is named only.
    pub fn render(&self, source: Option<&str>, width: usize, coloured: bool) -> String {
        let mood = match self.severity {
            Severity::Error => Mood::ERROR,
            Severity::Warning => Mood::WARNING,
        };
        let mut group = Group::with_title(mood.primary_title(self.message.as_str()));
        let shown = source.filter(|text| !text.is_empty());
        if let Some(text) = shown {
            let mut annotation = AnnotationKind::Primary.span(span_within(text, self.mark));
            if let Some(label) = &self.label {
                annotation = annotation.label(label.as_str());
            }
            group = group.element(
                Snippet::source(text)
                    .path(self.file.as_str())
                    .annotation(annotation),
            );
        } else {
            group = group.element(Origin::path(self.location().to_string()));
        }
        for note in &self.notes {
            group = group.element(Mood::NOTE.message(note.as_str()));
        }
        if let Some(help) = &self.help {
            group = group.element(Mood::HELP.message(help.as_str()));
        }
        let renderer = if coloured {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer
            .decor_style(DecorStyle::Ascii)
            .term_width(width)
            .render(&[group])
    }
}

/// `file:line:column: error: …; did you mean …?`
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}: {}",
            self.location(),
            self.severity.word(),
            self.message
        )?;
        if let Some(label) = &self.label {
            write!(f, " ({label})")?;
        }
        for more in self.notes.iter().chain(&self.help) {
            write!(f, "; {more}")?;
        }
        Ok(())
    }
}

/// A span that is surely within the text and shows one line at most: what stands below is told by the line.
fn span_within(text: &str, mark: Mark) -> std::ops::Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(mark.start);
    let end = floor(mark.end.max(start));
    let line_end = text
        .get(start..end)
        .and_then(|cut| cut.find('\n'))
        .map_or(end, |at| start + at);
    start..line_end
}

/// Sorts problems by file and place, and drops what is said twice.
pub fn sort(problems: &mut Vec<Diagnostic>) {
    problems.sort_by(|a, b| {
        (&a.file, a.mark.start, a.mark.line, &a.message).cmp(&(
            &b.file,
            b.mark.start,
            b.mark.line,
            &b.message,
        ))
    });
    problems.dedup();
}
