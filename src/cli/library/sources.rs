//! Suite files, read from where they were named.
#![expect(
    clippy::disallowed_methods,
    reason = "suites are read from the files and folders that were named"
)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::super::exit::Failure;
use super::super::files;

/// A file as messages call it, and its text.
pub(in crate::cli) type Source = (String, String);

/// What a suite file has at most: more is something else.
const LARGEST: u64 = 16 << 20;

/// Whether a file, by its name, is an export that has to be translated: suite files are YAML.
pub(in crate::cli) fn is_export(name: &str) -> bool {
    let extension = Path::new(name).extension();
    extension.is_some_and(|kind| kind.eq_ignore_ascii_case("json"))
}

/// The files of a folder and of those below it.
///
/// # Errors
/// When it is no folder, can't be read, or has no suite file.
pub(in crate::cli) fn folder(root: &Path) -> Result<Vec<Source>, Failure> {
    let metadata = fs::metadata(root).map_err(|error| unreadable(root, &error))?;
    if metadata.is_file() {
        return Err(Failure::Usage {
            message: format!("{} is a file, not a folder of suites", root.display()),
            help: vec![format!("--suite-file {} reads one file", root.display())],
        });
    }
    if !metadata.is_dir() {
        return Err(neither(root));
    }
    let mut paths = Vec::new();
    collect(root, &mut paths)?;
    if paths.is_empty() {
        return Err(Failure::Usage {
            message: format!("the folder {} has no suite files", root.display()),
            help: vec![
                "suite files end in .yaml or .yml, tables of requirements in .tsv".to_owned(),
                "without a folder or a file of your own the built-in suites run".to_owned(),
            ],
        });
    }
    paths.sort();
    paths.iter().map(|path| text(path)).collect()
}

/// One suite file.
///
/// # Errors
/// When it is none, or can't be read.
pub(in crate::cli) fn file(path: &Path) -> Result<Source, Failure> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if metadata.is_dir() {
        return Err(Failure::Usage {
            message: format!("{} is a folder, not a suite file", path.display()),
            help: vec![format!("--suites {} reads a folder", path.display())],
        });
    }
    text(path)
}

/// A file, or the files of a folder.
///
/// # Errors
/// As [`file`] and [`folder`].
pub(in crate::cli) fn either(path: &Path) -> Result<Vec<Source>, Failure> {
    if path.is_dir() {
        folder(path)
    } else {
        Ok(vec![file(path)?])
    }
}

/// The text of a file that is surely one: a pipe or a device might never end.
fn text(path: &Path) -> Result<Source, Failure> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !metadata.is_file() {
        return Err(neither(path));
    }
    if metadata.len() > LARGEST {
        return Err(Failure::usage(format!(
            "{} is no suite file: it has more than {} MiB",
            path.display(),
            LARGEST >> 20
        )));
    }
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Failure::usage(format!(
            "{} is no suite file: it is no UTF-8 text",
            path.display()
        ))
    })?;
    Ok((path.display().to_string().replace('\\', "/"), text))
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => Failure::Usage {
            message: format!("there is no file or folder {path}"),
            help: vec![
                "a path is relative to the working folder, or to the scimitar.toml that it stands in"
                    .to_owned(),
            ],
        },
        _ => Failure::usage(format!("{path} can't be read: {error}")),
    }
}

fn neither(path: &Path) -> Failure {
    Failure::usage(format!(
        "{} is neither a file nor a folder: suites are read from these only",
        path.display()
    ))
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for path in files::entries(folder).map_err(|error| unreadable(folder, &error))? {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() && !hidden {
            collect(&path, into)?;
        } else if path
            .extension()
            .is_some_and(|kind| kind == "yaml" || kind == "yml" || kind == "tsv")
        {
            into.push(path);
        }
    }
    Ok(())
}
