//! `scimitar import-preview`: settings and files → import → what Okta would make of it.

use std::path::{Path, PathBuf};

use crate::cli::args::{GlobalArgs, ImportPreviewArgs};
use crate::cli::configuration::{self, Configuration};
use crate::cli::exit::{self, Failure};
use crate::cli::roster::{Roster, is_whole};
use crate::cli::signals::Listener;
use crate::cli::target::Target;
use crate::cli::terminal::Terminal;
use crate::cli::{document, files, forecast, identity, preflight};
use crate::engine::Wire;
use crate::preview::matching::Directory;
use crate::preview::snapshot::{self, Header, Known, SnapshotError};
use crate::preview::{Against, Import, Preview, Rules, Stop, okta_users, preview};
use crate::server;

/// Previews an import.
///
/// # Errors
/// When settings or files are wrong, the target can't be read, or the result can't be written.
pub(super) fn run(
    args: &ImportPreviewArgs,
    global: &GlobalArgs,
    terminal: &mut Terminal,
) -> Result<u8, Failure> {
    let configuration = configuration::load(global, args)?;
    let rules = &configuration.typed.to_okta;
    if !rules.import_users && !rules.import_groups {
        return Err(Failure::Usage {
            message: "there is nothing to import: users and groups are both switched off"
                .to_owned(),
            help: vec!["set okta.to_okta.import_users or import_groups to true".to_owned()],
        });
    }
    one_file_each(args)?;
    let directory = args
        .okta_users
        .as_deref()
        .map(|path| directory(path, rules))
        .transpose()?;
    let against = args.against.as_deref().map(against).transpose()?;
    terminal.taken = args.json.as_deref() == Some(document::STDOUT);
    if let Some(path) = &args.json {
        document::probe(path)?;
    }
    super::on_runtime(async {
        let work = Box::pin(import(args, &configuration, directory, against, terminal));
        // Nothing is made on the target: an interruption leaves nothing to clean up.
        let preview = match Listener::new() {
            Ok(mut listener) => tokio::select! {
                done = work => done?,
                () = listener.wait() => return Err(Failure::Interrupted),
            },
            Err(_) => work.await?,
        };
        terminal.print(&forecast::render(&preview, terminal));
        if let Some(path) = &args.json {
            document::write(&preview, path)?;
        }
        Ok(if preview.has_problem() {
            exit::NONCONFORMING
        } else {
            exit::OK
        })
    })
}

/// Two outputs in one file would be neither.
fn one_file_each(args: &ImportPreviewArgs) -> Result<(), Failure> {
    let json = args
        .json
        .as_ref()
        .filter(|path| *path != document::STDOUT)
        .map(PathBuf::from);
    let all = [
        args.csv.as_ref(),
        args.save_snapshot.as_ref(),
        json.as_ref(),
    ];
    let mut given: Vec<&PathBuf> = all.into_iter().flatten().collect();
    let count = given.len();
    given.sort();
    given.dedup();
    if given.len() < count {
        return Err(Failure::usage(
            "--csv, --save-snapshot and --json name one file twice: give each a file of its own",
        ));
    }
    Ok(())
}

async fn import(
    args: &ImportPreviewArgs,
    configuration: &Configuration,
    directory: Option<Directory>,
    against: Option<Against>,
    terminal: &Terminal,
) -> Result<Preview, Failure> {
    let typed = &configuration.typed;
    let target = match &typed.url {
        Some(url) => Target::configured(url, &configuration.settings, typed, terminal)?,
        None => Target::embedded(typed, server::Config::default()).await?,
    };
    let dialect = typed.scim.unwrap_or_default();
    let wire = target.wires.get(dialect.word()).ok_or_else(|| {
        Failure::usage(format!("there is no base URL of SCIM {}", dialect.word()))
    })?;
    let (_, started) = identity::now();
    let mut described = target.described.clone();
    described.url = wire.shown_url();
    let header = Header {
        snapshot: snapshot::FORMAT,
        target: described.url.clone(),
        taken: started.clone(),
    };
    let snapshot = args.save_snapshot.as_deref().map(|path| (path, &header));
    let mut roster = Roster::new(args.csv.as_deref(), snapshot, terminal)?;
    let import = Import {
        client: Wire::client(wire).clone(),
        dialect,
        target: described,
        started,
        rules: typed.to_okta.clone(),
        directory,
        against,
        most: args.max_records,
        limit: usize::from(args.limit),
        fingerprints: snapshot.is_some(),
    };
    let done = Box::pin(preview(import, &mut roster)).await;
    roster.still();
    let preview = done.map_err(|stop| match stop {
        Stop::Preflight(found) => preflight::failure(&found, &target),
        Stop::Output(error) => {
            let paths = [&args.csv, &args.save_snapshot].into_iter().flatten();
            let paths: Vec<String> = paths.map(|path| path.display().to_string()).collect();
            Failure::output(paths.join(" or "), error)
        }
        Stop::Snapshot(error) => snapshot_failure(args.against.as_deref(), &error),
    })?;
    if roster.done(is_whole(&preview))? {
        terminal.warn("no snapshot is saved: the import did not come to its end");
    }
    Ok(preview)
}

fn directory(path: &Path, rules: &Rules) -> Result<Directory, Failure> {
    let wrong = |message: String| {
        Failure::Usage {
        message: format!("--okta-users {}: {message}", path.display()),
        help: vec![
            "it is a CSV file whose header names login, email, firstName, lastName and status, or JSON as \
             Okta's GET /api/v1/users gives it"
                .to_owned(),
        ],
    }
    };
    let file = files::open(path).map_err(|error| wrong(error.to_string()))?;
    let users = okta_users::read(file, &rules.exact).map_err(|error| wrong(error.to_string()))?;
    Ok(Directory::new(users, rules))
}

fn against(path: &Path) -> Result<Against, Failure> {
    let failure = |error: &SnapshotError| snapshot_failure(Some(path), error);
    let mut known = Known::default();
    let open = |path: &Path| files::open(path).map_err(SnapshotError::Io);
    let header = open(path)
        .and_then(|file| snapshot::read(file, |line| known.add(&line)))
        .map_err(|error| failure(&error))?;
    let path = path.to_owned();
    Ok(Against {
        header,
        known,
        reread: Box::new(move |each| snapshot::read(open(&path)?, each).map(|_| ())),
    })
}

fn snapshot_failure(path: Option<&Path>, error: &SnapshotError) -> Failure {
    let path = path.unwrap_or(Path::new("")).display();
    Failure::Usage {
        message: format!("--against {path}: {error}"),
        help: vec!["scimitar import-preview --save-snapshot FILE writes one".to_owned()],
    }
}
