//! The suite language: every mistake is told with its place and what to do, and the JSON Schema agrees.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read their samples, and measure how long loading takes"
)]

mod bad;
mod catalogues;
mod coverage;
mod embedded;
mod good;
mod layers;
mod random;
mod schema;
mod speed;

use std::path::{Path, PathBuf};

/// The files of a folder below `tests/suites/`: name and text, sorted.
fn files(folder: &str) -> Vec<(String, String)> {
    let folder = root().join("tests/suites").join(folder);
    let mut found: Vec<(String, String)> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect();
    found.sort();
    assert!(!found.is_empty(), "{}", folder.display());
    found
}

/// What suites of the tests refer to.
fn ground() -> Vec<(String, String)> {
    files("good")
        .into_iter()
        .filter(|(name, _)| !name.starts_with("suite") && !name.starts_with("profile"))
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
