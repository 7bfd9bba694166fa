//! The matrix: fault → the checks that it trips.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use scimitar::proof::FaultProof;
use scimitar::server::FAULTS;

/// What the file says. A check with `?` behind it may be tripped or not: the fault is a matter of chance.
#[derive(Debug, Default)]
pub(crate) struct Matrix {
    rows: BTreeMap<String, BTreeSet<String>>,
}

const HEADER: &str = "# fault\tthe checks that it trips; `?`: now and then\n";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/proof")
}

impl Matrix {
    /// Reads the file; none is an empty one.
    pub(crate) fn read() -> Result<Self> {
        let text = fs::read_to_string(folder().join("matrix.tsv")).unwrap_or_default();
        let mut matrix = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (fault, checks) = line.split_once('\t').with_context(|| line.to_owned())?;
            if !FAULTS.iter().any(|known| known.id == fault) {
                bail!("the matrix names {fault}, which is no fault");
            }
            let checks = checks.split_whitespace().map(str::to_owned).collect();
            matrix.rows.insert(fault.to_owned(), checks);
        }
        Ok(matrix)
    }

    /// Whether the checks that a fault tripped are those of the matrix; the difference in words if not.
    pub(crate) fn agrees(&self, fault: &FaultProof) -> Result<(), String> {
        let Some(row) = self.rows.get(&fault.id) else {
            return Err("it is not in the matrix".to_owned());
        };
        let tripped = tripped(fault);
        let mut difference = String::new();
        for check in row {
            if !check.ends_with('?') && !tripped.contains(check) {
                // A String takes any write.
                let _ = write!(difference, " -{check}");
            }
        }
        for check in tripped {
            if !row.contains(&check) && !row.contains(&format!("{check}?")) {
                let _ = write!(difference, " +{check}");
            }
        }
        if difference.is_empty() {
            Ok(())
        } else {
            Err(difference)
        }
    }

    /// Writes the rows of an area beside those of the others. What was marked as chance stays so.
    pub(crate) fn update(area: &str, found: &[FaultProof]) -> Result<()> {
        // Areas are updated by processes of their own at the same time: each has its file until the last one joins them.
        let known = Self::read()?;
        let parts = folder().join("parts");
        fs::create_dir_all(&parts)?;
        let mut text = String::new();
        for fault in found {
            let checks = tripped(fault).into_iter().map(|check| {
                let chance = format!("{check}?");
                let row = known.rows.get(&fault.id);
                if row.is_some_and(|row| row.contains(&chance)) {
                    chance
                } else {
                    check
                }
            });
            let checks: Vec<String> = checks.collect();
            writeln!(text, "{}\t{}", fault.id, checks.join(" "))?;
        }
        fs::write(parts.join(area), text)?;
        let mut rows = known.rows;
        for part in fs::read_dir(&parts)? {
            let text = fs::read_to_string(part?.path())?;
            for line in text.lines() {
                let (fault, checks) = line.split_once('\t').with_context(|| line.to_owned())?;
                let checks = checks.split_whitespace().map(str::to_owned).collect();
                rows.insert(fault.to_owned(), checks);
            }
        }
        let mut text = HEADER.to_owned();
        for fault in FAULTS {
            if let Some(checks) = rows.get(fault.id) {
                let checks: Vec<&str> = checks.iter().map(String::as_str).collect();
                writeln!(text, "{}\t{}", fault.id, checks.join(" "))?;
            }
        }
        fs::write(folder().join("matrix.tsv"), text)?;
        Ok(())
    }
}

/// The checks that a fault trips; `preflight` where none of them is run.
fn tripped(fault: &FaultProof) -> BTreeSet<String> {
    match &fault.preflight {
        Some(_) => BTreeSet::from(["preflight".to_owned()]),
        None => fault.caught_by.iter().cloned().collect(),
    }
}
