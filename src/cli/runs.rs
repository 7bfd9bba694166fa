//! Runs on disk: their folders, records and ledgers.

use std::path::{Path, PathBuf};

use super::exit::Failure;
use super::files;
use crate::doctor::OpenLedger;
use crate::engine::LedgerFile;
use crate::record::Run;

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

/// The most folders of runs that are searched for ledgers, the newest first.
const SEARCHED: usize = 500;
/// The most ledgers that are told of.
const TOLD: usize = 10;

/// The ledgers of runs on a target that have anything open, the newest first.
pub(super) fn open_ledgers(target: &str, out: Option<&str>) -> Vec<OpenLedger> {
    let mut folders = files::entries(Path::new(FOLDER)).unwrap_or_default();
    // A link leads to a folder that is there already.
    folders.retain(|path| path.is_dir() && !path.is_symlink());
    folders.reverse();
    folders.truncate(SEARCHED);
    let out = out.map(PathBuf::from);
    if let Some(out) = out.filter(|out| !folders.contains(out)) {
        folders.insert(0, out);
    }
    let mut found = Vec::new();
    for folder in folders {
        for path in files::entries(&folder).unwrap_or_default() {
            found.extend(open_ledger(&path, target));
            if found.len() >= TOLD {
                return found;
            }
        }
    }
    found
}

fn open_ledger(path: &Path, target: &str) -> Option<OpenLedger> {
    if !is_ledger(path) || !path.is_file() {
        return None;
    }
    let ledger = LedgerFile::parse(&files::read(path).ok()?).ok()?;
    let is_of_target = ledger.targets.iter().any(|known| known == target);
    (is_of_target && !ledger.open.is_empty()).then(|| OpenLedger {
        path: path.display().to_string(),
        run: ledger.run,
        tag: ledger.tag,
        open: ledger.open.len(),
    })
}

/// The record of a run that is named by an id, a folder or a file.
///
/// # Errors
/// When there is none, or it can't be read.
pub(super) fn record(named: &str) -> Result<Run, Failure> {
    let path = find(named, RECORD, None)?;
    let unreadable = |error: &dyn std::fmt::Display| {
        Failure::usage(format!("{} can't be read: {error}", path.display()))
    };
    let text = files::read(&path).map_err(|error| unreadable(&error))?;
    Run::from_json(&text).map_err(|error| unreadable(&error))
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
