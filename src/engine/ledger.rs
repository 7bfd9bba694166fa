//! The clean-up ledger: what the run made and has to remove, on disk before it is made.
//!
//! `ledger.jsonl` is appended to and never rewritten, one JSON object a line, so that whatever kills the process,
//! `scimitar cleanup RUN` can finish the work. It holds no credentials.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "kebab-case")]
pub enum Line {
    /// The first line.
    Run {
        /// The run's id.
        run: String,
        /// Its tag, which all that it makes carries.
        tag: String,
        /// The SCIM base URLs of the target.
        targets: Vec<String>,
    },
    /// A resource is about to be made.
    Intent {
        /// Its number within the run.
        number: u64,
        /// The check.
        check: String,
        /// The collection's URL.
        collection: String,
        /// The attribute by which it can be found, and its value.
        name: Option<(String, String)>,
    },
    /// It was made, and this is its URL.
    Made {
        /// The intent's number.
        number: u64,
        /// Its URL.
        url: String,
    },
    /// It is gone, or was never made.
    Gone {
        /// The intent's number.
        number: u64,
    },
}

/// A resource that may have to be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number within the run.
    pub number: u64,
    /// The check that made it.
    pub check: String,
    /// The collection's URL.
    pub collection: String,
    /// The attribute by which it can be found, and its value.
    pub name: Option<(String, String)>,
    /// Its URL, if it is known.
    pub url: Option<String>,
}

impl Entry {
    /// What is about to be made.
    fn intended(
        number: u64,
        check: String,
        collection: String,
        name: Option<(String, String)>,
    ) -> Self {
        Self {
            number,
            check,
            collection,
            name,
            url: None,
        }
    }
}

/// The ledger of a run, in memory and, if it has a file, on disk. Clones share everything.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    file: Option<File>,
    last: u64,
    open: BTreeMap<u64, Entry>,
    written: bool,
    /// Base URLs and what stands for them in the file, where a part of one is a secret.
    hidden: Vec<(String, String)>,
}

impl Ledger {
    /// A ledger that writes to a file, which must not exist yet.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn create(path: &Path, run: &str, tag: &str, targets: Vec<String>) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.create_new(true).append(true);
        // As private as the reports: it names people's accounts.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        let ledger = Self {
            inner: Arc::new(Mutex::new(Inner {
                file: Some(file),
                ..Inner::default()
            })),
        };
        ledger.lock().append(&Line::Run {
            run: run.to_owned(),
            tag: tag.to_owned(),
            targets,
        })?;
        Ok(ledger)
    }

    /// Writes other URLs in place of base URLs from now on; [`LedgerFile::restored`] turns them back.
    #[must_use]
    pub fn hiding(self, base_urls: Vec<(String, String)>) -> Self {
        self.lock().hidden = base_urls;
        self
    }

    /// A ledger that forgets with the process, for targets that do so too.
    pub fn in_memory() -> Self {
        Self::default()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        // A panic while the lock was held leaves whole lines behind at worst: the map stays usable.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says, before the request goes out, that a resource is about to be made.
    ///
    /// # Errors
    /// When the line can't be written: then nothing may be made.
    pub fn intend(
        &self,
        check: &str,
        collection: &str,
        name: Option<(String, String)>,
    ) -> io::Result<u64> {
        let mut inner = self.lock();
        let number = inner.last + 1;
        let (check, collection) = (check.to_owned(), collection.to_owned());
        inner.append(&Line::Intent {
            number,
            check: check.clone(),
            collection: collection.clone(),
            name: name.clone(),
        })?;
        inner.last = number;
        inner.written = true;
        let entry = Entry::intended(number, check, collection, name);
        inner.open.insert(number, entry);
        Ok(number)
    }

    /// The resource was made.
    ///
    /// # Errors
    /// When the line can't be written. The resource is known in memory all the same.
    pub fn made(&self, number: u64, url: &str) -> io::Result<()> {
        let mut inner = self.lock();
        if let Some(entry) = inner.open.get_mut(&number) {
            entry.url = Some(url.to_owned());
        }
        inner.append(&Line::Made {
            number,
            url: url.to_owned(),
        })
    }

    /// The resource is gone, or was never made.
    ///
    /// # Errors
    /// When the line can't be written.
    pub fn gone(&self, number: u64) -> io::Result<()> {
        let mut inner = self.lock();
        inner.open.remove(&number);
        inner.append(&Line::Gone { number })
    }

    /// What a check made and is still there, the newest first.
    pub fn of_check(&self, check: &str) -> Vec<Entry> {
        self.lock()
            .open
            .values()
            .rev()
            .filter(|entry| entry.check == check)
            .cloned()
            .collect()
    }

    /// Whether the run made the resource of a URL, and did not remove it.
    pub fn has_made(&self, url: &str) -> bool {
        let inner = self.lock();
        let mut open = inner.open.values();
        open.any(|entry| entry.url.as_deref() == Some(url))
    }

    /// How many resources the run made and did not remove.
    pub fn left(&self) -> usize {
        let inner = self.lock();
        let made = |entry: &&Entry| entry.url.is_some();
        inner.open.values().filter(made).count()
    }

    /// Somebody else may make resources for this run, which only its tag finds again.
    pub fn expect_others(&self) {
        self.lock().written = true;
    }

    /// Whether the run made, or may have made, anything.
    pub fn is_used(&self) -> bool {
        self.lock().written
    }
}

impl Inner {
    fn append(&mut self, line: &Line) -> io::Result<()> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        let mut text = serde_json::to_string(line)?;
        for (real, shown) in &self.hidden {
            text = text.replace(real, shown);
        }
        text.push('\n');
        // One write call a line: a killed process leaves at most one cut line, the last.
        file.write_all(text.as_bytes())
    }
}

/// What a ledger file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LedgerFile {
    /// The run's id.
    pub run: String,
    /// Its tag.
    pub tag: String,
    /// The SCIM base URLs of the target.
    pub targets: Vec<String>,
    /// What is not known to be gone, the newest first.
    pub open: Vec<Entry>,
}

impl LedgerFile {
    /// The file with a base URL in place of the one that outputs show instead.
    #[must_use]
    pub fn restored(mut self, shown: &str, real: &str) -> Self {
        let restore = |text: &mut String| {
            if let Some(rest) = text.strip_prefix(shown) {
                *text = format!("{real}{rest}");
            }
        };
        self.targets.iter_mut().for_each(restore);
        for entry in &mut self.open {
            restore(&mut entry.collection);
            entry.url.iter_mut().for_each(restore);
        }
        self
    }

    /// Reads the text of a ledger. A cut last line is what a killed run leaves, and ignored.
    ///
    /// # Errors
    /// The number of the first line that is no ledger line, from 1.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let mut file = Self::default();
        let mut open = BTreeMap::new();
        let count = text.lines().count();
        for (at, line) in text.lines().enumerate() {
            match serde_json::from_str(line) {
                Ok(Line::Run { run, tag, targets }) => {
                    (file.run, file.tag, file.targets) = (run, tag, targets);
                }
                Ok(Line::Intent {
                    number,
                    check,
                    collection,
                    name,
                }) => {
                    open.insert(number, Entry::intended(number, check, collection, name));
                }
                Ok(Line::Made { number, url }) => {
                    if let Some(entry) = open.get_mut(&number) {
                        entry.url = Some(url);
                    }
                }
                Ok(Line::Gone { number }) => {
                    open.remove(&number);
                }
                Err(_) if at + 1 == count && at > 0 => {}
                Err(_) => return Err(at + 1),
            }
        }
        if file.run.is_empty() {
            return Err(1);
        }
        file.open = open.into_values().rev().collect();
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test reads what was written")]
    fn a_killed_run_leaves_what_is_not_gone_and_a_cut_line_is_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        let ledger = Ledger::create(&path, "r1", "tag", vec!["http://x/v2".into()]).unwrap();
        let first = ledger
            .intend(
                "s/a",
                "http://x/v2/Users",
                Some(("userName".into(), "tag-1".into())),
            )
            .unwrap();
        let second = ledger.intend("s/b", "http://x/v2/Users", None).unwrap();
        ledger.made(first, "http://x/v2/Users/1").unwrap();
        ledger.made(second, "http://x/v2/Users/2").unwrap();
        ledger.gone(first).unwrap();
        assert_eq!(ledger.of_check("s/a"), []);
        let text = std::fs::read_to_string(&path).unwrap() + "{\"entry\":\"ma";
        let file = LedgerFile::parse(&text).unwrap();
        assert_eq!(file.open, ledger.of_check("s/b"));
        assert_eq!(file.open.len(), 1);
        assert_eq!((file.run.as_str(), file.tag.as_str()), ("r1", "tag"));
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test reads what was written")]
    fn a_base_url_with_a_secret_is_written_without_it_and_restored() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        let (real, shown) = ("http://x/TOKEN/v2", "http://x/[redacted]/v2");
        let ledger = Ledger::create(&path, "r1", "tag", vec![shown.into()])
            .unwrap()
            .hiding(vec![(real.to_owned(), shown.to_owned())]);
        let number = ledger
            .intend("s/a", &format!("{real}/Users"), None)
            .unwrap();
        ledger.made(number, &format!("{real}/Users/1")).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("TOKEN"), "{text}");
        let file = LedgerFile::parse(&text).unwrap().restored(shown, real);
        assert_eq!(file.open, ledger.of_check("s/a"));
        assert_eq!(file.targets, [real]);
    }

    #[test]
    fn a_file_that_is_no_ledger_is_refused_with_its_line() {
        assert_eq!(LedgerFile::parse("<html>"), Err(1));
        assert_eq!(LedgerFile::parse(""), Err(1));
    }
}
