//! Which reports are written, and where. One that fails does not keep the others from being written.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::record::Run;
use crate::report::console::Written;
use crate::report::{FORMATS, Format};

use super::exit::Failure;
use super::files;
use super::runs::{FOLDER, LEDGER};
use super::settings::Typed;

/// The reports that are wanted.
#[derive(Debug)]
pub(super) struct Reports {
    folder: Option<PathBuf>,
    latest: Option<PathBuf>,
    single: Vec<(&'static Format, PathBuf)>,
}

impl Reports {
    /// The reports of a run: all of them in a folder, and the single ones that were asked for.
    pub(super) fn of_run(typed: &Typed, id: &str) -> Self {
        let (folder, latest) = match &typed.out {
            Some(folder) => (PathBuf::from(folder), None),
            None => (
                Path::new(FOLDER).join(id),
                Some(Path::new(FOLDER).join("latest")),
            ),
        };
        Self {
            folder: Some(folder),
            latest,
            single: single(typed),
        }
    }

    /// The reports that were asked for by name.
    pub(super) fn asked_for(typed: &Typed) -> Self {
        Self {
            folder: typed.out.as_ref().map(PathBuf::from),
            latest: None,
            single: single(typed),
        }
    }

    /// Whether nothing was asked for.
    pub(super) fn is_empty(&self) -> bool {
        self.folder.is_none() && self.single.is_empty()
    }

    /// The folder of all reports.
    pub(super) fn folder(&self) -> &Path {
        self.folder.as_deref().unwrap_or(Path::new(""))
    }

    /// Whether a report goes to standard output.
    pub(super) fn takes_standard_output(&self) -> bool {
        self.single.iter().any(|(_, path)| is_standard(path))
    }

    /// Makes sure that standard output is wanted once at most.
    ///
    /// # Errors
    /// When two reports want it.
    pub(super) fn check_standard_output(&self) -> Result<(), Failure> {
        let wanted = self.single.iter().filter(|(_, path)| is_standard(path));
        let wanted: Vec<&str> = wanted.map(|(format, _)| format.what).collect();
        match wanted.as_slice() {
            [first, second, ..] => Err(Failure::usage(format!(
                "the {first} and the {second} can't both go to standard output"
            ))),
            [_] | [] => Ok(()),
        }
    }

    /// Makes the folders, and makes sure that all files can be written.
    ///
    /// # Errors
    /// The first that can't.
    pub(super) fn prepare(&self) -> Result<(), Failure> {
        self.check_standard_output()?;
        if let Some(folder) = &self.folder {
            files::make_folder(folder).map_err(|error| output(folder, &error))?;
        }
        for (_, path) in self.single.iter().filter(|(_, path)| !is_standard(path)) {
            files::make_parent(path)
                .and_then(|()| files::probe(path))
                .map_err(|error| output(path, &error))?;
        }
        Ok(())
    }

    /// Takes back what [`Reports::prepare`] made, when there is no run after all: an empty folder, or one with a ledger
    /// that says nothing was made.
    pub(super) fn withdraw(&self) {
        let Some(folder) = &self.folder else { return };
        let ledger = folder.join(LEDGER);
        let unused = files::read(&ledger).is_ok_and(|text| text.lines().count() <= 1);
        if unused {
            // What stays is small, and says what it is.
            let _ = files::remove(&ledger);
        }
        let _ = files::remove_empty_folder(folder);
    }

    /// Writes all of them; gives those that were written, and the failures of the others.
    pub(super) fn write(&self, run: &Run) -> (Vec<Written>, Vec<Failure>) {
        let (mut written, mut failures) = (Vec::new(), Vec::new());
        let wanted = self.folder.iter().flat_map(|folder| {
            FORMATS
                .iter()
                .filter(|format| (format.applies)(run))
                .map(|format| (format, folder.join(format.file)))
        });
        self.remove_stale(run, &mut failures);
        for (format, path) in wanted.chain(self.single.iter().cloned()) {
            if is_standard(&path) {
                let mut out = io::stdout().lock();
                match (format.write)(run, &mut out).and_then(|()| out.flush()) {
                    // A reader that went away is no reason to fail.
                    Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                        failures.push(output(Path::new("standard output"), &error));
                    }
                    Ok(()) | Err(_) => {}
                }
                continue;
            }
            match files::write(&path, |out| (format.write)(run, out)) {
                Ok(()) => written.push(Written {
                    what: format.what.to_owned(),
                    path: path.display().to_string(),
                    folder: self
                        .folder
                        .as_ref()
                        .filter(|folder| path.parent() == Some(folder))
                        .map(|folder| folder.display().to_string()),
                }),
                Err(error) => failures.push(output(&path, &error)),
            }
        }
        if let (Some(latest), Some(folder)) = (&self.latest, &self.folder)
            && let Some(name) = folder.file_name()
            && let Err(error) = files::link(Path::new(name), latest)
        {
            failures.push(output(latest, &error));
        }
        (written, failures)
    }
}

impl Reports {
    /// A folder that is used again does not keep a report of an earlier run that this run has none of.
    fn remove_stale(&self, run: &Run, failures: &mut Vec<Failure>) {
        let Some(folder) = &self.folder else { return };
        for format in FORMATS.iter().filter(|format| !(format.applies)(run)) {
            let path = folder.join(format.file);
            match files::remove(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    failures.push(output(&path, &error));
                }
                Ok(()) | Err(_) => {}
            }
        }
    }
}

fn single(typed: &Typed) -> Vec<(&'static Format, PathBuf)> {
    FORMATS
        .iter()
        .filter_map(|format| Some((format, PathBuf::from(typed.files.get(format.name)?))))
        .collect()
}

fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

fn output(path: &Path, error: &io::Error) -> Failure {
    Failure::output(path.display(), error)
}
