//! `scimitar cleanup RUN`: finishes the cleaning of a run that was killed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::cli::args::{CleanupArgs, GlobalArgs};
use crate::cli::configuration;
use crate::cli::exit::{self, Failure};
use crate::cli::library::counted;
use crate::cli::preflight;
use crate::cli::signals::Listener;
use crate::cli::target::Target;
use crate::cli::terminal::Terminal;
use crate::cli::{files, runs};
use crate::engine::ledger::{Entry, Line};
use crate::engine::{LedgerFile, cleanup, discover};
use crate::record::Leftover;
use crate::report::sanitize::line;

/// Cleans up.
///
/// # Errors
/// When the ledger is of another target, the target can't be reached, or something is left.
pub(super) fn run(
    args: &CleanupArgs,
    global: &GlobalArgs,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let configuration = configuration::load(global, args)?;
    let typed = &configuration.typed;
    let paths = runs::ledgers(&args.run, typed.out.as_deref())?;
    let _taken = paths.first().map(|path| take(path)).transpose()?;
    let ledgers: Vec<Ledger> = paths
        .into_iter()
        .map(Ledger::read)
        .collect::<Result<_, _>>()?;
    let Some(url) = &typed.url else {
        return Err(unconfigured(&ledgers, &args.run));
    };
    let target = Target::configured(url, &configuration.settings, typed, terminal)?;
    let ledgers = of_target(ledgers, &target, terminal)?;
    super::on_runtime(async {
        let mut signals = Listener::new().ok();
        let stopped = async {
            match &mut signals {
                Some(signals) => signals.wait().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            done = clean_all(&ledgers, &target, typed.jobs, terminal) => done,
            () = stopped => Err(Failure::Usage {
                message: "interrupted: something may be left".to_owned(),
                help: vec![format!("scimitar cleanup {} goes on where this ended", args.run)],
            }),
        }
    })
}

/// A ledger on disk.
struct Ledger {
    path: PathBuf,
    file: LedgerFile,
}

impl Ledger {
    fn read(path: PathBuf) -> Result<Self, Failure> {
        let text = files::read(&path).map_err(|error| {
            Failure::usage(format!("{} can't be read: {error}", path.display()))
        })?;
        let file = LedgerFile::parse(&text)
            .map_err(|at| Failure::usage(format!("{}:{at}: this is no ledger", path.display())))?;
        Ok(Self { path, file })
    }

    fn targets(&self) -> String {
        let urls: Vec<String> = self
            .file
            .targets
            .iter()
            .map(|url| line(url).into_owned())
            .collect();
        urls.join(", ")
    }
}

/// What a run that still goes on has made is its own to remove.
fn take(path: &Path) -> Result<files::Taken, Failure> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    files::take_folder(folder).ok_or_else(|| Failure::Usage {
        message: format!("the run in {} still goes on", folder.display()),
        help: vec![
            "it removes what it made by itself; interrupt it by Ctrl-C to end it".to_owned(),
        ],
    })
}

fn unconfigured(ledgers: &[Ledger], named: &str) -> Failure {
    let runs: Vec<&str> = ledgers
        .iter()
        .map(|ledger| ledger.file.run.as_str())
        .collect();
    let urls: BTreeSet<&String> = ledgers
        .iter()
        .flat_map(|ledger| &ledger.file.targets)
        .collect();
    Failure::Usage {
        message: format!(
            "the target of run {} is not configured",
            line(&runs.join(", "))
        ),
        help: urls
            .into_iter()
            .map(|url| format!("scimitar cleanup {named} {}", line(url)))
            .collect(),
    }
}

/// The ledgers of the configured target. They hold URLs: requests to them carry credentials, so they go nowhere else.
fn of_target(
    ledgers: Vec<Ledger>,
    target: &Target,
    terminal: &Terminal,
) -> Result<Vec<Ledger>, Failure> {
    let configured = &target.described.url;
    let (own, others): (Vec<_>, Vec<_>) = ledgers
        .into_iter()
        .partition(|ledger| ledger.file.targets.contains(configured));
    let said = |other: &Ledger| {
        format!(
            "{} is of another target: {}",
            other.path.display(),
            other.targets()
        )
    };
    if let (true, Some(other)) = (own.is_empty(), others.last()) {
        return Err(Failure::Usage {
            message: format!("{}, but {configured} is configured", said(other)),
            help: vec!["nothing was sent; give the run's own target".to_owned()],
        });
    }
    for other in others.iter().filter(|other| !other.file.open.is_empty()) {
        terminal.warn(&format!("{}; it is left for later", said(other)));
    }
    Ok(own)
}

async fn clean_all(
    ledgers: &[Ledger],
    target: &Target,
    jobs: usize,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let mut left = 0;
    for Ledger { path, file } in ledgers {
        left += clean(file, target, path, jobs, terminal).await?;
    }
    if left > 0 {
        return Err(Failure::Leftovers(left));
    }
    Ok(exit::OK)
}

/// Gives how many resources are left.
async fn clean(
    file: &LedgerFile,
    target: &Target,
    path: &Path,
    jobs: usize,
    terminal: &Terminal,
) -> Result<usize, Failure> {
    let (mut removed, mut leftovers) = (0, Vec::new());
    for dialect in target.dialects() {
        let Some(wire) = target.wires.get(dialect.word()) else {
            continue;
        };
        let file = file.clone().restored(&wire.shown_url(), &wire.base_url());
        // Credentials that are refused must not look like resources that can't be removed.
        discover(wire, dialect)
            .await
            .map_err(|found| preflight::failure(&found, target))?;
        let (count, left) = cleanup::finish(wire, dialect, &file, jobs).await;
        removed += count;
        leftovers.extend(left.into_iter().map(|left| Leftover {
            url: wire.redact(&left.url),
            ..left
        }));
    }
    let gone: Vec<&Entry> = file
        .open
        .iter()
        .filter(|entry| {
            leftovers
                .iter()
                .all(|left: &Leftover| left.url != *place(entry) || left.name != name(entry))
        })
        .collect();
    terminal.print(&said(file, &gone, removed, &leftovers));
    note_gone(path, &gone, terminal);
    Ok(leftovers.len())
}

fn place(entry: &Entry) -> &String {
    entry.url.as_ref().unwrap_or(&entry.collection)
}

fn name(entry: &Entry) -> &str {
    entry.name.as_ref().map_or("", |(_, value)| value)
}

fn said(file: &LedgerFile, gone: &[&Entry], removed: usize, leftovers: &[Leftover]) -> String {
    let mut text = String::new();
    for entry in gone {
        let words = format!("gone  {} ({})", place(entry), name(entry));
        let _ = writeln!(text, "{}", line(&words));
    }
    for left in leftovers {
        let words = format!("left  {} ({}): {}", left.url, left.name, left.reason);
        let _ = writeln!(text, "{}", line(&words));
    }
    let more = removed.saturating_sub(gone.len());
    if more > 0 {
        let _ = writeln!(
            text,
            "{} more under the run's tag {} removed",
            counted(more, "resource"),
            if more == 1 { "was" } else { "were" }
        );
    }
    let _ = writeln!(
        text,
        "Run {}: {} gone, {} left.",
        line(&file.run),
        counted(gone.len() + more, "resource"),
        leftovers.len()
    );
    text
}

/// Writes down what is gone, so that another clean-up has less to do.
fn note_gone(path: &Path, gone: &[&Entry], terminal: &Terminal) {
    if gone.is_empty() {
        return;
    }
    let noted = files::read(path).and_then(|text| {
        // A killed run may have left a cut line: it says nothing.
        let whole = text.rfind('\n').map_or(0, |at| at + 1);
        let mut lines = text.get(..whole).unwrap_or_default().to_owned();
        for entry in gone {
            let line = Line::Gone {
                number: entry.number,
            };
            lines.push_str(&serde_json::to_string(&line)?);
            lines.push('\n');
        }
        files::write(path, |out| out.write_all(lines.as_bytes()))
    });
    if let Err(error) = noted {
        terminal.warn(&format!("{} can't be written: {error}", path.display()));
    }
}
