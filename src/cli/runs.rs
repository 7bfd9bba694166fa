//! Runs on disk: their folders, records and ledgers.

use std::path::{Path, PathBuf};

use super::exit::Failure;
use super::files;

/// Where runs are, unless `--out` says otherwise.
pub(super) const FOLDER: &str = "reports";
/// The file that holds a run's record.
pub(super) const RECORD: &str = "run.json";
/// The file that holds a run's ledger.
pub(super) const LEDGER: &str = "ledger.jsonl";

/// The ledgers of a run that is named by an id, a folder or a file: of a folder, also those that earlier runs into it
/// left there.
///
/// # Errors
/// When there is none.
pub(super) fn ledgers(named: &str, out: Option<&str>) -> Result<Vec<PathBuf>, Failure> {
    let given = Path::new(named);
    let folders = [
        given.to_owned(),
        Path::new(FOLDER).join(given),
        out.map_or_else(PathBuf::new, PathBuf::from),
        out.map_or_else(PathBuf::new, |out| Path::new(out).join(given)),
    ];
    if !given.is_file() {
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            let all = files::entries(folder).unwrap_or_default();
            let all: Vec<PathBuf> = all.into_iter().filter(|path| is_ledger(path)).collect();
            if !all.is_empty() {
                return Ok(all);
            }
        }
    }
    Ok(vec![find(named, LEDGER, out)?])
}

/// Whether a file is a ledger by its name: `ledger.jsonl`, or `ledger-RUN.jsonl` of an earlier run.
fn is_ledger(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name == LEDGER || (name.starts_with("ledger-") && name.ends_with(".jsonl"))
}

/// The file of a run that is named by an id, a folder or a file.
///
/// # Errors
/// When there is none.
pub(super) fn find(named: &str, file: &str, out: Option<&str>) -> Result<PathBuf, Failure> {
    let given = Path::new(named);
    let tried = [
        given.to_owned(),
        given.join(file),
        Path::new(FOLDER).join(given).join(file),
        out.map_or_else(PathBuf::new, |out| Path::new(out).join(file)),
        out.map_or_else(PathBuf::new, |out| Path::new(out).join(given).join(file)),
    ];
    if let Some(found) = tried.into_iter().find(|path| path.is_file()) {
        return Ok(found);
    }
    let known = files::entries(Path::new(FOLDER)).unwrap_or_default();
    let known: Vec<String> = known
        .iter()
        .filter(|path| path.join(file).is_file())
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    let mut help = Vec::new();
    if let Some(near) = crate::engine::selection::nearest(named, known.iter().map(String::as_str)) {
        help.push(format!("did you mean `{near}`?"));
    }
    help.push(format!(
        "give a run's id, its folder, or the path of its {file}"
    ));
    Err(Failure::Usage {
        message: format!("there is no run `{named}` with a {file}"),
        help,
    })
}
