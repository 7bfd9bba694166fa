//! What is written of each user while an import goes on: a line of CSV, a line of a snapshot, a step of a progress line.

use std::io;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use super::exit::Failure;
use super::files::Draft;
use super::terminal::Terminal;
use crate::preview::decide::Decision;
use crate::preview::matching::Class;
use crate::preview::{Preview, Row, Sink, snapshot};
use crate::report::sanitize;

/// The names of the columns.
const COLUMNS: [&str; 11] = [
    "position",
    "id",
    "userName",
    "givenName",
    "familyName",
    "email",
    "active",
    "class",
    "oktaLogin",
    "decision",
    "missing",
];

/// Takes each user.
pub(super) struct Roster {
    csv: Option<(PathBuf, csv::Writer<Draft>)>,
    snapshot: Option<(PathBuf, snapshot::Writer<Draft>)>,
    progress: Option<ProgressBar>,
}

impl Roster {
    /// Begins the files.
    ///
    /// # Errors
    /// When one can't be written.
    pub(super) fn new(
        csv: Option<&Path>,
        snapshot: Option<(&Path, &snapshot::Header)>,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        let csv = csv.map(|path| table(path).map_err(|error| cant(path, &error)));
        let snapshot = snapshot.map(|(path, header)| {
            let writer = Draft::new(path).and_then(|draft| snapshot::Writer::new(draft, header));
            writer
                .map(|writer| (path.to_owned(), writer))
                .map_err(|error| cant(path, &error))
        });
        let progress = (terminal.moves && !terminal.quiet).then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) =
                ProgressStyle::with_template("{pos} users read  {elapsed}  {per_sec}")
            {
                bar.set_style(style);
            }
            bar
        });
        Ok(Self {
            csv: csv.transpose()?,
            snapshot: snapshot.transpose()?,
            progress,
        })
    }

    /// Takes the progress line away.
    pub(super) fn still(&self) {
        if let Some(bar) = &self.progress {
            bar.finish_and_clear();
        }
    }

    /// Puts the files in their places. An import that did not come to its end gives no snapshot: compared with it,
    /// users would look new. Says whether one was left out for that.
    ///
    /// # Errors
    /// When one can't be written.
    pub(super) fn done(self, whole: bool) -> Result<bool, Failure> {
        if let Some((path, csv)) = self.csv {
            let draft = csv
                .into_inner()
                .map_err(|error| io::Error::other(error.to_string()));
            draft
                .and_then(Draft::done)
                .map_err(|error| cant(&path, &error))?;
        }
        match self.snapshot {
            Some((path, snapshot)) if whole => {
                let done = snapshot.end().and_then(Draft::done);
                done.map_err(|error| cant(&path, &error)).map(|()| false)
            }
            Some(_) => Ok(true),
            None => Ok(false),
        }
    }
}

/// Whether the users were read to the end of their list, so that a snapshot is one of all.
pub(super) fn is_whole(preview: &Preview) -> bool {
    preview.users.is_some()
        && !preview
            .findings
            .iter()
            .any(|finding| finding.id == "users-end")
}

impl Sink for Roster {
    fn user(&mut self, row: &Row<'_>) -> io::Result<()> {
        if let Some(bar) = &self.progress {
            bar.inc(1);
        }
        if let Some((_, csv)) = &mut self.csv {
            csv.write_record(cells(row)).map_err(io::Error::other)?;
        }
        // What the import doesn't read is not there for the next one either.
        if let (Some((_, snapshot)), Some(id), Some(content)) =
            (&mut self.snapshot, &row.person.id, row.fingerprint)
            && row.decision != Decision::Missed
        {
            snapshot.user(&snapshot::Line {
                id: id.clone(),
                user_name: row.person.user_name.clone().unwrap_or_default(),
                active: row.person.active,
                content: format!("{content:016x}"),
            })?;
        }
        Ok(())
    }
}

fn table(path: &Path) -> io::Result<(PathBuf, csv::Writer<Draft>)> {
    let mut csv = csv::Writer::from_writer(Draft::new(path)?);
    csv.write_record(COLUMNS).map_err(io::Error::other)?;
    Ok((path.to_owned(), csv))
}

fn cells(row: &Row<'_>) -> [String; 11] {
    let person = row.person;
    let text = |text: Option<&str>| cell(text.unwrap_or_default());
    let missing: Vec<&str> = person.missing.iter().map(|field| field.words()).collect();
    let decision = serde_json::to_value(row.decision).unwrap_or_default();
    [
        row.position.to_string(),
        text(person.id.as_deref()),
        text(person.user_name.as_deref()),
        text(person.given_name.as_deref()),
        text(person.family_name.as_deref()),
        text(person.email.as_deref()),
        person.active.to_string(),
        text(row.class.map(Class::word)),
        text(row.okta_login),
        text(decision.as_str()),
        missing.join("; "),
    ]
}

/// A cell that no spreadsheet takes for a formula, and no terminal for a command.
pub(super) fn cell(text: &str) -> String {
    let shown = sanitize::line(text);
    if shown.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{shown}")
    } else {
        shown.into_owned()
    }
}

pub(super) fn cant(path: &Path, error: &io::Error) -> Failure {
    Failure::output(path.display(), error)
}
