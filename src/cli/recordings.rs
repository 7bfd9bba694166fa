//! Recordings on disk: an archive that is whole after each exchange, and the suite that is made of it.

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::Instant;

use super::exit::Failure;
use super::files;
use crate::recording::{Exchange, Recording, Written, har, suite};
use crate::report::sanitize;

/// Where recordings are, unless `--out` says otherwise.
pub(super) const FOLDER: &str = "recordings";
const ARCHIVE: &str = "recording.har";
const SUITE: &str = "suite.yaml";

/// How often the suite is written while the recording goes on, at most.
pub(super) const EVERY: Duration = Duration::from_secs(2);
/// Making the suite may take this part of the time, at most: of a long recording it is made less often.
const SHARE: u32 = 20;
/// How much of a recording is kept for the suite, in bytes; what passes after it is in neither file.
const LARGEST: usize = 128 << 20;

/// A recording as it grows.
#[derive(Debug)]
pub(super) struct Growing {
    folder: PathBuf,
    archive: File,
    /// Where the next entry goes, in bytes.
    end: u64,
    /// The target's base URL as it is shown.
    base_url: String,
    started: String,
    exchanges: Vec<Arc<Exchange>>,
    weight: usize,
    /// Exchanges that were not kept.
    pub(super) lost: usize,
    /// Whether the suite lacks exchanges.
    stale: bool,
    due: Instant,
}

impl Growing {
    /// A recording in a folder, which is made if it is not there.
    ///
    /// # Errors
    /// The folder can't be written, or holds a recording already.
    pub(super) fn new(folder: PathBuf, base_url: String, started: String) -> Result<Self, Failure> {
        let path = folder.join(ARCHIVE);
        for path in [&path, &folder.join(SUITE)] {
            if path.exists() {
                return Err(Failure::Usage {
                    message: format!("{} is there already", path.display()),
                    help: vec![
                        "give another folder by --out: no recording is overwritten".to_owned(),
                    ],
                });
            }
        }
        let written = files::make_folder(&folder)
            .and_then(|()| files::stream(&path))
            .and_then(|mut archive| {
                let head = har::head(&base_url);
                archive.write_all(format!("{head}{}", har::TAIL).as_bytes())?;
                Ok((archive, head.len() as u64))
            });
        let (archive, end) = written.map_err(|error| unwritable(&path, &error))?;
        Ok(Self {
            folder,
            archive,
            end,
            base_url,
            started,
            exchanges: Vec::new(),
            weight: 0,
            lost: 0,
            stale: false,
            due: Instant::now(),
        })
    }

    /// Takes an exchange, and writes it.
    ///
    /// # Errors
    /// It can't be written.
    pub(super) fn add(&mut self, exchange: Exchange) -> Result<(), Failure> {
        let weight = exchange.weight();
        if self.weight.saturating_add(weight) > LARGEST {
            self.lost += 1;
            return Ok(());
        }
        self.append(&exchange)
            .map_err(|error| unwritable(&self.folder.join(ARCHIVE), &error))?;
        self.weight += weight;
        self.exchanges.push(Arc::new(exchange));
        self.stale = true;
        Ok(())
    }

    /// Writes an entry in place of the archive's end, and the end after it, at once: a process that is killed leaves a
    /// whole archive.
    fn append(&mut self, exchange: &Exchange) -> io::Result<()> {
        let entry = har::entry(exchange, origin(&self.base_url)).to_string();
        let comma = if self.exchanges.is_empty() { "" } else { "," };
        // Nothing in it can be taken for a command by a terminal.
        let entry = format!("{comma}\n{}", sanitize::json(&entry));
        self.archive.seek(SeekFrom::Start(self.end))?;
        self.archive
            .write_all(format!("{entry}{}", har::TAIL).as_bytes())?;
        self.end += entry.len() as u64;
        Ok(())
    }

    /// Begins to make the suite, if it lacks something and its time has come.
    pub(super) fn make_if_due(&mut self) -> Option<Making> {
        (self.stale && Instant::now() >= self.due).then(|| self.make())
    }

    /// Begins to make the suite of all that there is. Must be called within a tokio runtime.
    pub(super) fn make(&mut self) -> Making {
        self.stale = false;
        let path = self.suite();
        let (base_url, started) = (self.base_url.clone(), self.started.clone());
        let exchanges = self.exchanges.clone();
        let work = spawn_blocking(move || {
            let recording = Recording {
                base_url: &base_url,
                exchanges: &exchanges,
                started: &started,
            };
            let Some(written) = suite(&recording) else {
                return Ok(None);
            };
            files::write(&path, |out| out.write_all(written.yaml.as_bytes()))
                .map_err(|error| unwritable(&path, &error))?;
            Ok(Some(written))
        });
        Making {
            path: self.suite(),
            began: Instant::now(),
            work,
        }
    }

    /// Takes notice that the suite was made, and how long it took.
    pub(super) fn made(&mut self, took: Duration) {
        self.due = Instant::now() + EVERY.max(took * SHARE);
    }

    /// How many exchanges there are.
    pub(super) const fn len(&self) -> usize {
        self.exchanges.len()
    }

    /// The path of the suite.
    pub(super) fn suite(&self) -> PathBuf {
        self.folder.join(SUITE)
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

/// A suite that is being made and written, on a thread of its own: of a long recording it takes a while. It goes on when
/// this is dropped.
#[derive(Debug)]
pub(super) struct Making {
    path: PathBuf,
    began: Instant,
    work: JoinHandle<Result<Option<Written>, Failure>>,
}

impl Making {
    /// Waits until it is written, and says how long that took; there is no suite if there is nothing to make it of. May be
    /// cancelled and called again, until it has ended.
    ///
    /// # Errors
    /// It can't be written.
    pub(super) async fn ended(&mut self) -> Result<(Option<Written>, Duration), Failure> {
        let ended = (&mut self.work).await;
        let written = ended.map_err(|error| unwritable(&self.path, &io::Error::other(error)))??;
        Ok((written, self.began.elapsed()))
    }
}

/// Scheme, host and port of a URL.
fn origin(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let rest = url.get(start..).unwrap_or_default();
    let end = rest.find('/').map_or(url.len(), |at| start + at);
    url.get(..end).unwrap_or(url)
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::output(path.display(), error)
}
