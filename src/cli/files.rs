//! Files that are written whole or not at all.
#![expect(
    clippy::disallowed_methods,
    reason = "what scimitar writes for people goes through here"
)]

mod draft;

pub(super) use draft::Draft;

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// Makes sure that a file can be written at a place, before there is anything to write.
///
/// # Errors
/// Why it can't.
pub(super) fn probe(path: &Path) -> io::Result<()> {
    if is_special(path) {
        return OpenOptions::new().append(true).open(path).map(|_| ());
    }
    if path.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    let temporary = temporary(path);
    create_private(&temporary)?;
    fs::remove_file(&temporary)
}

/// Makes a folder, and makes sure that files can be written there.
///
/// # Errors
/// Why they can't.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    create_folders(folder)?;
    probe(&folder.join("run.json"))
}

/// Takes a folder for this process alone, until the value is dropped or the process ends. `None` when another has it.
/// Where the system knows no such thing, nobody is kept out.
#[cfg(unix)]
pub(super) fn take_folder(folder: &Path) -> Option<Taken> {
    let Ok(file) = File::open(folder) else {
        return Some(Taken(None));
    };
    match file.try_lock() {
        Err(fs::TryLockError::WouldBlock) => None,
        Ok(()) | Err(fs::TryLockError::Error(_)) => Some(Taken(Some(file))),
    }
}

/// Folders can't be locked here.
#[cfg(not(unix))]
pub(super) fn take_folder(_: &Path) -> Option<Taken> {
    Some(Taken(None))
}

/// A folder that nobody else may write a run into.
#[derive(Debug)]
pub(super) struct Taken(#[expect(dead_code, reason = "it is held, not read")] Option<File>);

/// Makes the folder of a file.
///
/// # Errors
/// Why it can't be made.
pub(super) fn make_parent(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => create_folders(parent),
        Some(_) | None => Ok(()),
    }
}

fn create_folders(folder: &Path) -> io::Result<()> {
    let is_link = |path: &&Path| path.is_symlink() && !path.exists();
    if let Some(link) = folder.ancestors().find(is_link) {
        let to = fs::read_link(link)?;
        return Err(io::Error::other(format!(
            "{} is a link to {}, which is not there",
            link.display(),
            to.display()
        )));
    }
    let there = folder.ancestors().find(|path| path.exists());
    match there.filter(|path| !path.is_dir()) {
        Some(file) => Err(io::Error::other(format!("{} is no folder", file.display()))),
        None => fs::create_dir_all(folder),
    }
}

/// Writes a file: readers see the old one or the new one, never a part. Only its owner may read it, since it may hold
/// data of the target's people.
///
/// # Errors
/// Why it can't be written; then the old one is still there.
pub(super) fn write(
    path: &Path,
    content: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    if is_special(path) {
        let mut out = BufWriter::new(OpenOptions::new().append(true).open(path)?);
        content(&mut out)?;
        return out.flush();
    }
    let place = behind_links(path);
    let temporary = temporary(&place);
    let written = create_private(&temporary).and_then(|file| {
        let mut out = BufWriter::new(file);
        content(&mut out)?;
        out.into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .sync_all()?;
        fs::rename(&temporary, &place)
    });
    if written.is_err() {
        // What is half written is of no use to anybody.
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// Where a file is that a link leads to, or would be if it were there: a link stays a link.
fn behind_links(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| match (path.parent(), fs::read_link(path)) {
        (Some(folder), Ok(to)) => folder.join(to),
        _ => path.to_owned(),
    })
}

/// Appends lines to a file of its own.
///
/// # Errors
/// Why it can't be opened.
pub(super) fn stream(path: &Path) -> io::Result<File> {
    make_parent(path)?;
    if is_special(path) {
        return OpenOptions::new().append(true).open(path);
    }
    private().create(true).truncate(true).open(path)
}

/// Writes a new file.
///
/// # Errors
/// When it is there already, or can't be written.
pub(super) fn write_new(path: &Path, text: &str) -> io::Result<()> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)?
        .write_all(text.as_bytes())
}

/// Reads a text.
///
/// # Errors
/// Why it can't be read.
pub(super) fn read(path: &Path) -> io::Result<String> {
    fs::read_to_string(path)
}

/// Opens a file to be read bit by bit.
///
/// # Errors
/// Why it can't be opened.
pub(super) fn open(path: &Path) -> io::Result<BufReader<File>> {
    let file = File::open(path)?;
    // On some systems a folder opens like a file.
    if file.metadata()?.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    Ok(BufReader::new(file))
}

/// Gives a file another name.
///
/// # Errors
/// Why it can't.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

/// Removes a file.
///
/// # Errors
/// Why it can't.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

/// Removes a folder that has nothing in it.
///
/// # Errors
/// When it has, or is none.
pub(super) fn remove_empty_folder(folder: &Path) -> io::Result<()> {
    fs::remove_dir(folder)
}

/// The paths in a folder, in order.
///
/// # Errors
/// Why it can't be read.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Makes `link` lead to a folder beside it, in one move.
///
/// # Errors
/// Why it can't, for example since there is a folder of that name.
#[cfg(unix)]
pub(super) fn link(folder: &Path, link: &Path) -> io::Result<()> {
    if fs::symlink_metadata(link).is_ok_and(|found| !found.is_symlink()) {
        return Err(io::Error::other("it is there and no link"));
    }
    let temporary = temporary(link);
    std::os::unix::fs::symlink(folder, &temporary)?;
    fs::rename(&temporary, link).inspect_err(|_| {
        let _ = fs::remove_file(&temporary);
    })
}

/// Where there are no links that everybody may make, the name of the folder is written down.
///
/// # Errors
/// Why it can't be written.
#[cfg(not(unix))]
pub(super) fn link(folder: &Path, link: &Path) -> io::Result<()> {
    let place = link.with_extension("txt");
    write(&place, |out| writeln!(out, "{}", folder.display()))
}

/// Whether something is there that is neither a file nor a folder: a pipe, a device.
fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

fn temporary(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

fn create_private(path: &Path) -> io::Result<File> {
    // One of that name is what an earlier process of the same number left.
    let _ = fs::remove_file(path);
    private().create_new(true).open(path)
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        write(&path, |out| out.write_all(b"old")).unwrap();
        let failed = write(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("full"))
        });
        assert!(failed.is_err());
        assert_eq!(read(&path).unwrap(), "old");
        write(&path, |out| out.write_all(b"new")).unwrap();
        assert_eq!(read(&path).unwrap(), "new");
        assert_eq!(entries(folder.path()).unwrap(), [path]);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        write(&path, |out| out.write_all(b"x")).unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_moved_but_a_folder_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let latest = folder.path().join("latest");
        for run in ["a", "b"] {
            fs::create_dir(folder.path().join(run)).unwrap();
            link(Path::new(run), &latest).unwrap();
            assert_eq!(fs::read_link(&latest).unwrap(), Path::new(run));
        }
        let taken = folder.path().join("a");
        assert!(link(Path::new("b"), &taken).is_err());
        assert!(taken.is_dir());
    }

    #[test]
    fn what_can_not_be_written_is_found_before() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "x").unwrap();
        assert!(make_folder(&file).is_err());
        assert!(probe(&file.join("below")).is_err());
        assert!(probe(folder.path()).is_err());
        assert!(probe(&file).is_ok());
        assert_eq!(read(&file).unwrap(), "x");
    }
}
