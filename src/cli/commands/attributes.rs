//! `scimitar attributes`: settings → target → survey → table.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::attributes::{Document, survey};
use crate::cli::args::{AttributesArgs, GlobalArgs};
use crate::cli::configuration::{self, Configuration};
use crate::cli::exit::{self, Failure};
use crate::cli::identity::Identity;
use crate::cli::runs::{FOLDER, LEDGER};
use crate::cli::signals::Signals;
use crate::cli::survey::{NAME, check_mapped, wanted};
use crate::cli::target::Target;
use crate::cli::terminal::Terminal;
use crate::cli::{attributes, document, files, library, mapping, preflight, secret};
use crate::engine::{Ledger, Session, Settings, Setup, Waivers};
use crate::server;

/// What is done after an interruption.
const ENDING: &str = "nothing more is tried; removing what was made, then showing what is known";

/// Finds out, and shows.
///
/// # Errors
/// What kept it from being found out, or the result from being written.
pub(super) fn run(
    args: &AttributesArgs,
    global: &GlobalArgs,
    terminal: &mut Terminal,
) -> Result<u8, Failure> {
    let configuration = configuration::load(global, args)?;
    let typed = &configuration.typed;
    if typed.read_only {
        return Err(Failure::Usage {
            message: "this creates users, and run.read_only says that nothing may be written"
                .to_owned(),
            help: vec!["scimitar doctor looks without writing".to_owned()],
        });
    }
    let library = Arc::new(library::load(typed)?);
    terminal.taken = args.json.as_deref() == Some(document::STDOUT);
    if let Some(path) = &args.json {
        document::probe(path)?;
    }
    if let Some(path) = &args.mapping {
        if args
            .json
            .as_deref()
            .is_some_and(|json| Path::new(json) == path)
        {
            return Err(Failure::usage(
                "--json and --mapping name one file: give each a file of its own",
            ));
        }
        document::probe(&path.to_string_lossy())?;
    }
    let identity = Identity::new(typed.seed);
    let folder = match &typed.out {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(FOLDER).join(&identity.id),
    };
    let hiding = secret::hiding(&typed.secret_env)?;
    let url = args.target.target().map(|url| hiding.redact(url));
    let by_hand = format!(
        "scimitar cleanup {}{}",
        folder.display(),
        url.map_or_else(String::new, |url| format!(" {url}"))
    );
    let look = Look {
        configuration: &configuration,
        identity,
        folder,
        by_hand,
    };
    super::on_runtime(async {
        let (document, code) = Box::pin(look.look(library, terminal)).await?;
        terminal.print(&attributes::render(&document, terminal));
        if !document.leftovers.is_empty() {
            terminal.error(&attributes::leftovers(&document, &look.by_hand));
        }
        if let Some(path) = &args.json {
            document::write(&document, path)?;
        }
        if let Some(path) = &args.mapping {
            mapping::write(&document, path)?;
        }
        Ok(code)
    })
}

struct Look<'a> {
    configuration: &'a Configuration,
    identity: Identity,
    /// Where the ledger is.
    folder: PathBuf,
    /// The command that removes what this would leave.
    by_hand: String,
}

impl Look<'_> {
    async fn look(
        &self,
        library: Arc<crate::suite::Library>,
        terminal: &Terminal,
    ) -> Result<(Document, u8), Failure> {
        let Configuration {
            settings, typed, ..
        } = self.configuration;
        let signals = Signals::listen(self.by_hand.clone(), ENDING);
        let target = match &typed.url {
            Some(url) => Target::configured(url, settings, typed, terminal)?,
            None => Target::embedded(typed, server::Config::default()).await?,
        };
        let dialect = typed.scim.unwrap_or_default();
        let wire = target.wires.get(dialect.word()).cloned().ok_or_else(|| {
            Failure::usage(format!("there is no base URL of SCIM {}", dialect.word()))
        })?;
        let mut described = target.described.clone();
        described.url = wire.shown_url();
        let on_disk = !described.embedded;
        let _taken = on_disk.then(|| self.take()).transpose()?;
        let ledger = if on_disk {
            self.ledger(wire.base_url(), wire.shown_url())?
        } else {
            Ledger::in_memory()
        };
        let setup = Setup {
            library,
            wires: vec![(dialect, wire)],
            services: BTreeMap::new(),
            settings: self.settings(&target),
            ledger,
            cancelled: signals.cancelled.clone(),
        };
        let opened = tokio::select! {
            opened = Session::open(setup) => opened.map_err(|found| preflight::failure(&found, &target)),
            () = signals.stopped() => Err(Failure::Interrupted),
        };
        let wanted = wanted(typed);
        let session = opened
            .and_then(|session| {
                check_mapped(&session, dialect, settings, &wanted)?;
                Ok(session)
            })
            .inspect_err(|_| self.withdraw(on_disk))?;
        let found = Box::pin(survey(&session.context, dialect, &wanted, NAME)).await;
        let found = found.ok_or_else(|| Failure::usage("there is no base URL to ask"))?;
        let interrupted = *signals.cancelled.borrow();
        let keeps = typed.cleanup == crate::engine::CleanupPolicy::Keep;
        if found.leftovers.is_empty() && !keeps {
            self.withdraw(on_disk);
        }
        let document = Document::new(
            self.identity.started.clone(),
            described,
            self.identity.seed,
            found.table,
            found.leftovers,
        );
        let code = code(&document, interrupted, typed.cleanup);
        // It lives until here, and forgets everything.
        drop(target.server);
        Ok((document, code))
    }

    fn settings(&self, target: &Target) -> Settings {
        let typed = &self.configuration.typed;
        Settings {
            run_id: self.identity.id.clone(),
            tag: self.identity.tag.clone(),
            seed: self.identity.seed,
            jobs: typed.jobs,
            settle: typed.settle,
            time_gates: typed.time_gates,
            read_only: typed.read_only,
            cleanup: typed.cleanup,
            waivers: Arc::new(Waivers::default()),
            fixtures: typed.fixtures.clone(),
            config: target.values(typed),
            variables: typed.variables.clone(),
            pause_scale: typed.pause_scale,
        }
    }

    /// Takes the folder for this process alone.
    fn take(&self) -> Result<files::Taken, Failure> {
        let folder = &self.folder;
        files::make_folder(folder).map_err(|error| Failure::output(folder.display(), &error))?;
        files::take_folder(folder).ok_or_else(|| Failure::Usage {
            message: format!("a run writes into {}", folder.display()),
            help: vec!["wait for it, or give another folder by --out".to_owned()],
        })
    }

    /// The ledger beside that of a run, if there is one: `scimitar cleanup` reads both.
    fn ledger(&self, url: String, shown: String) -> Result<Ledger, Failure> {
        let path = self.path();
        let ledger = Ledger::create(
            &path,
            &self.identity.id,
            &self.identity.tag,
            vec![shown.clone()],
        )
        .map_err(|error| Failure::output(path.display(), error))?;
        Ok(ledger.hiding(vec![(url, shown)]))
    }

    fn path(&self) -> PathBuf {
        let beside = self.folder.join(LEDGER);
        if beside.exists() {
            self.folder
                .join(format!("ledger-{}.jsonl", self.identity.id))
        } else {
            beside
        }
    }

    /// Takes the ledger away again: nothing is left that it would be needed for.
    fn withdraw(&self, on_disk: bool) {
        if !on_disk {
            return;
        }
        let own = format!("ledger-{}.jsonl", self.identity.id);
        for name in [own.as_str(), LEDGER] {
            let path = self.folder.join(name);
            let is_own = files::read(&path).is_ok_and(|text| {
                crate::engine::LedgerFile::parse(&text)
                    .is_ok_and(|ledger| ledger.run == self.identity.id)
            });
            if is_own {
                // What stays is small, and says what it is.
                let _ = files::remove(&path);
            }
        }
        let _ = files::remove_empty_folder(&self.folder);
        if self.configuration.typed.out.is_none() {
            let _ = files::remove_empty_folder(Path::new(FOLDER));
        }
    }
}

/// The exit code, the most serious first.
fn code(document: &Document, interrupted: bool, cleanup: crate::engine::CleanupPolicy) -> u8 {
    if interrupted {
        exit::INTERRUPTED
    } else if !document.failures.is_empty() {
        exit::NONCONFORMING
    } else if !document.leftovers.is_empty() && cleanup == crate::engine::CleanupPolicy::Delete {
        exit::CLEANUP_INCOMPLETE
    } else if document.table.is_undecided() {
        exit::INCONCLUSIVE
    } else {
        exit::OK
    }
}
