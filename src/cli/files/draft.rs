//! A file that is written bit by bit.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::{behind_links, create_private, is_special, make_parent, temporary};

/// A file that is written bit by bit: readers see the old one until it is done, and if it never is, for good.
#[derive(Debug)]
pub(in crate::cli) struct Draft {
    out: Option<BufWriter<File>>,
    /// What becomes the file, and where that is; a pipe or a device is written as it is.
    renamed: Option<(PathBuf, PathBuf)>,
}

impl Draft {
    /// Begins a file.
    ///
    /// # Errors
    /// Why it can't be written.
    pub(in crate::cli) fn new(path: &Path) -> io::Result<Self> {
        make_parent(path)?;
        if is_special(path) {
            let file = OpenOptions::new().append(true).open(path)?;
            return Ok(Self {
                out: Some(BufWriter::new(file)),
                renamed: None,
            });
        }
        if path.is_dir() {
            return Err(io::Error::other("it is a folder"));
        }
        let place = behind_links(path);
        let temporary = temporary(&place);
        let file = create_private(&temporary)?;
        Ok(Self {
            out: Some(BufWriter::new(file)),
            renamed: Some((temporary, place)),
        })
    }

    /// Ends the file, and puts it in its place.
    ///
    /// # Errors
    /// Why it can't be written; then the old one is still there.
    pub(in crate::cli) fn done(mut self) -> io::Result<()> {
        let Some(mut out) = self.out.take() else {
            return Ok(());
        };
        out.flush()?;
        if let Some((temporary, place)) = &self.renamed {
            out.get_ref().sync_all()?;
            fs::rename(temporary, place)?;
            self.renamed = None;
        }
        Ok(())
    }
}

impl io::Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.out {
            Some(out) => out.write(bytes),
            None => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), io::Write::flush)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some((temporary, _)) = &self.renamed {
            // What is half written is of no use to anybody.
            let _ = fs::remove_file(temporary);
        }
    }
}
