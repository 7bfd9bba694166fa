//! What an import read, kept for the next: a line of JSON for each user.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, BufRead, Read as _, Write};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::decide::Before;
use super::person::digest;
use crate::record::FormatVersion;

/// The version of the format: minor versions only add members.
pub const FORMAT: FormatVersion = FormatVersion { major: 1, minor: 0 };
/// The longest line that is read, in bytes.
const LONGEST_LINE: u64 = 64 * 1024;
/// The longest id that stands in a line as it is, in bytes.
pub(super) const LONGEST_ID: usize = 1_000;
/// How much of a longer text stands in a line, in characters.
const BEGINNING: usize = 200;

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    /// The version of the format.
    pub snapshot: FormatVersion,
    /// The base URL.
    pub target: String,
    /// When it was taken (RFC 3339, UTC).
    pub taken: String,
}

/// The line of a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// Its `id`; of a longer one than 1,000 bytes the beginning, and a digest of the whole.
    pub id: String,
    /// The beginning of its `userName`, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub user_name: String,
    /// Whether it was active.
    pub active: bool,
    /// [`super::person::fingerprint`], in hexadecimal.
    pub content: String,
}

/// The last line, without which a snapshot is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct End {
    users: u64,
}

/// Why a snapshot can't be read.
#[derive(Debug, Error)]
pub enum SnapshotError {
    /// It can't be read from the disk.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// A line is not as it should be.
    #[error("line {line}: {message}")]
    Line {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        message: String,
    },
    /// It is of a later format.
    #[error("it has format {0}, and this scimitar reads {FORMAT}")]
    Format(FormatVersion),
    /// Its end is missing.
    #[error("its last line is missing: it was not written to its end")]
    NotWhole,
}

/// Writes a snapshot.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    users: u64,
}

impl<W: Write> Writer<W> {
    /// Writes the first line.
    ///
    /// # Errors
    /// Why it can't be written.
    pub fn new(mut out: W, header: &Header) -> io::Result<Self> {
        line(&mut out, header)?;
        Ok(Self { out, users: 0 })
    }

    /// Writes the line of a user.
    ///
    /// # Errors
    /// Why it can't be written.
    pub fn user(&mut self, user: &Line) -> io::Result<()> {
        self.users += 1;
        // No target can make a line longer than one that is read.
        let user = Line {
            id: key(&user.id).into_owned(),
            user_name: user.user_name.chars().take(BEGINNING).collect(),
            ..user.clone()
        };
        line(&mut self.out, &user)
    }

    /// Writes the last line.
    ///
    /// # Errors
    /// Why it can't be written.
    pub fn end(mut self) -> io::Result<W> {
        line(&mut self.out, &End { users: self.users })?;
        Ok(self.out)
    }
}

/// What stands for an id; that of what stands for one is itself.
fn key(id: &str) -> Cow<'_, str> {
    if id.len() <= LONGEST_ID {
        return Cow::Borrowed(id);
    }
    let beginning: String = id.chars().take(BEGINNING).collect();
    Cow::Owned(format!("{beginning}…{:016x}", digest(&[id.as_bytes()])))
}

fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Reads a snapshot: the header, then each user to `each`.
///
/// # Errors
/// [`SnapshotError`].
pub fn read(mut input: impl BufRead, mut each: impl FnMut(Line)) -> Result<Header, SnapshotError> {
    let mut number = 0;
    let mut header: Option<Header> = None;
    let (mut users, mut end) = (0, None);
    loop {
        let mut text = Vec::new();
        let length = input
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut text)?;
        if length == 0 {
            break;
        }
        number += 1;
        let wrong = |message: String| SnapshotError::Line {
            line: number,
            message,
        };
        if u64::try_from(length).unwrap_or(u64::MAX) >= LONGEST_LINE {
            return Err(wrong("it is too long".to_owned()));
        }
        if header.is_none() {
            let read: Header = serde_json::from_slice(&text)
                .map_err(|_| wrong("it is no snapshot of scimitar import-preview".to_owned()))?;
            if read.snapshot.major != FORMAT.major {
                return Err(SnapshotError::Format(read.snapshot));
            }
            header = Some(read);
        } else if end.is_some() {
            return Err(wrong("there is more after the end".to_owned()));
        } else if let Ok(user) = serde_json::from_slice::<Line>(&text) {
            users += 1;
            each(user);
        } else {
            let read: End = serde_json::from_slice(&text)
                .map_err(|error| wrong(format!("it is no user: {error}")))?;
            end = Some(read);
        }
    }
    match (header, end) {
        (Some(header), Some(end)) if end.users == users => Ok(header),
        _ => Err(SnapshotError::NotWhole),
    }
}

/// The users of the import before, by the hash of their ids.
#[derive(Debug, Default)]
pub struct Known {
    hasher: RandomState,
    users: HashMap<u64, User>,
}

#[derive(Debug, Clone, Copy)]
struct User {
    content: u64,
    active: bool,
    now: Now,
}

/// What this import saw of a user of the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    /// It is no longer there.
    Gone,
    /// It is there, and the paging loses it.
    Missed,
    /// It is inactive.
    Inactive,
    /// It is active.
    Active,
}

impl Known {
    /// Adds a user.
    pub fn add(&mut self, line: &Line) {
        let user = User {
            content: u64::from_str_radix(&line.content, 16).unwrap_or_default(),
            active: line.active,
            now: Now::Gone,
        };
        self.users.insert(self.hash(&line.id), user);
    }

    fn hash(&self, id: &str) -> u64 {
        self.hasher.hash_one(key(id))
    }

    /// How many users are known.
    pub fn len(&self) -> usize {
        self.users.len()
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }

    /// Its state then, if it was there.
    pub fn before(&self, id: &str, content: u64) -> Option<Before> {
        let user = self.users.get(&self.hash(id))?;
        Some(Before {
            active: user.active,
            changed: user.content != content,
        })
    }

    /// Notes that a user is still there.
    pub fn note(&mut self, id: &str, now: Now) {
        let hash = self.hash(id);
        if let Some(user) = self.users.get_mut(&hash) {
            user.now = now;
        }
    }

    /// What this import saw of a user that was active then; `None` for one that was not.
    pub fn now(&self, id: &str) -> Option<Now> {
        let user = self.users.get(&self.hash(id))?;
        user.active.then_some(user.now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header {
            snapshot: FORMAT,
            target: "https://x".to_owned(),
            taken: "2026-01-01T00:00:00Z".to_owned(),
        }
    }

    fn user(id: &str, active: bool) -> Line {
        Line {
            id: id.to_owned(),
            user_name: format!("{id}@x"),
            active,
            content: "00000000000000ff".to_owned(),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let mut writer = Writer::new(Vec::new(), &header()).unwrap();
        writer.user(&user("a", true)).unwrap();
        writer.user(&user("b", false)).unwrap();
        let text = writer.end().unwrap();
        let mut known = Known::default();
        let read_header = read(text.as_slice(), |line| known.add(&line)).unwrap();
        assert_eq!(read_header, header());
        let before = known.before("a", 255).unwrap();
        assert_eq!((before.active, before.changed), (true, false));
        assert!(known.before("a", 1).unwrap().changed);
        assert_eq!(known.before("c", 1), None);
        assert_eq!((known.now("a"), known.now("b")), (Some(Now::Gone), None));

        let cut: Vec<u8> = text
            .split_inclusive(|byte| *byte == b'\n')
            .take(2)
            .flatten()
            .copied()
            .collect();
        assert!(matches!(
            read(cut.as_slice(), |_| ()),
            Err(SnapshotError::NotWhole)
        ));
        for wrong in [
            "",
            "{}\n",
            "<html>",
            "{\"snapshot\":{\"major\":9,\"minor\":0},\"target\":\"\",\"taken\":\"\"}\n",
        ] {
            assert!(read(wrong.as_bytes(), |_| ()).is_err(), "{wrong}");
        }
        // Whatever a target says, what is written can be read, and long ids that begin alike differ.
        let (one, other) = ("\u{1b}".repeat(80_000), "\u{1b}".repeat(80_001));
        let mut writer = Writer::new(Vec::new(), &header()).unwrap();
        writer.user(&user(&one, true)).unwrap();
        let text = writer.end().unwrap();
        let (mut known, mut ids) = (Known::default(), Vec::new());
        read(text.as_slice(), |line| {
            known.add(&line);
            ids.push(line.id);
        })
        .unwrap();
        assert!(known.before(&one, 255).is_some());
        assert_eq!(known.before(&other, 255), None);
        known.note(&one, Now::Active);
        assert_eq!(known.now(&ids[0]), Some(Now::Active));

        let long = vec![b'x'; 100_000];
        assert!(read(long.as_slice(), |_| ()).is_err());
    }
}
