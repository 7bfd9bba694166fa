//! `scimitar run`: settings → suites → target → discovery → plan → run → reports.

use std::path::Path;
use std::sync::Arc;

use crate::cli::args::{GlobalArgs, RunArgs};
use crate::cli::configuration::{self, Configuration};
use crate::cli::exit::{self, Failure};
use crate::cli::identity::Identity;
use crate::cli::library::{Chosen, choice_failure};
use crate::cli::okta_org::{self, OktaOrg};
use crate::cli::preflight;
use crate::cli::reports::Reports;
use crate::cli::runs::{LEDGER, RECORD};

use crate::cli::settings::{Origin, Typed};
use crate::cli::signals::Signals;
use crate::cli::subscribers::{EventSink, Subscribers};
use crate::cli::target::Target;
use crate::cli::terminal::Terminal;
use crate::cli::{files, library, secret, survey, waivers};
use crate::coverage;
use crate::engine::selection::Selector;
use crate::engine::{
    Choice, ChoiceError, Ledger, LedgerFile, Plan, Session, Settings, Setup, Waivers,
};
use crate::http::Redactor;
use crate::org;
use crate::record::{Run, Selection};
use crate::server;
use crate::suite::{Dialect, Suite};

/// What is done after an interruption.
const ENDING: &str = "no new checks; removing what was made, then writing the reports";

/// Runs.
///
/// # Errors
/// What kept it from running.
pub(super) fn run(
    args: &RunArgs,
    global: &GlobalArgs,
    terminal: &mut Terminal,
) -> Result<u8, Failure> {
    let configuration = configuration::load(global, args)?;
    check_embedded(args, &configuration)?;
    let chosen = library::chosen(&configuration)?;
    if let Some(overlooked) = chosen.overlooked() {
        terminal.warn(&overlooked);
    }
    let identity = Identity::new(configuration.typed.seed);
    let reports = Reports::of_run(&configuration.typed, &identity.id);
    reports.check_standard_output()?;
    let events_on_output = args.events.as_deref() == Some("-");
    if events_on_output && reports.takes_standard_output() {
        return Err(Failure::usage(
            "the events and a report can't both go to standard output",
        ));
    }
    terminal.taken = events_on_output || reports.takes_standard_output();
    let hiding = secret::hiding(&configuration.typed.secret_env)?;
    let today = identity.started.get(..10).unwrap_or_default();
    let waivers = match &configuration.typed.waivers {
        Some(path) => waivers::read(path, &chosen.library, today)?,
        None => Waivers::default(),
    };
    let prepared = Prepared {
        args,
        configuration,
        chosen,
        identity,
        reports,
        hiding,
        waivers: Arc::new(waivers),
    };
    super::on_runtime(prepared.run(terminal))
}

fn check_embedded(args: &RunArgs, configuration: &Configuration) -> Result<(), Failure> {
    let switched = !args.fault.is_empty() || !args.variation.is_empty();
    let Some(url) = configuration.settings.get("target.url") else {
        return Ok(());
    };
    if !switched || args.embedded {
        return Ok(());
    }
    let help = match url.origin {
        Origin::CommandLine(_) => "leave TARGET out to test the embedded server",
        Origin::Environment(_) | Origin::File { .. } | Origin::Default => {
            "add --embedded to test the embedded server"
        }
    };
    Err(Failure::Usage {
        message: format!(
            "faults and variations are the embedded server's, but {} names a target",
            url.origin
        ),
        help: vec![help.to_owned()],
    })
}

/// All that is known before the network is used.
struct Prepared<'a> {
    args: &'a RunArgs,
    configuration: Configuration,
    chosen: Chosen,
    identity: Identity,
    reports: Reports,
    /// Knows what is a secret in the target's URL.
    hiding: Redactor,
    /// Failures that are accepted.
    waivers: Arc<Waivers>,
}

impl Prepared<'_> {
    async fn run(self, terminal: &Terminal) -> Result<u8, Failure> {
        let typed = &self.configuration.typed;
        let signals = Signals::listen(self.by_hand(), ENDING);
        let target = self.target(terminal).await?;
        let choice = self.choice(target.dialects());
        let dialects = self.dialects(&choice)?;
        self.reports.prepare()?;
        // Two runs in one folder would share a ledger, and each would take the other's for one that was left.
        let folder = self.reports.folder();
        let _taken = files::take_folder(folder).ok_or_else(|| Failure::Usage {
            message: format!("another run writes into {}", folder.display()),
            help: vec!["wait for it, or give each run a folder of its own by --out".to_owned()],
        })?;
        let events = self.events().inspect_err(|_| self.reports.withdraw())?;

        let urls = target.wires.values();
        let urls = urls.map(|wire| (wire.base_url(), wire.shown_url()));
        let urls = urls.collect::<Vec<_>>();
        let ledger = self
            .ledger(target.described.embedded, urls, terminal)
            .inspect_err(|_| self.reports.withdraw())?;
        let asked = tokio::select! {
            asked = self.okta_org(&choice, &dialects, &target, &ledger, terminal) => asked,
            () = signals.stopped() => Err(Failure::Interrupted),
        };
        let okta_org = asked.inspect_err(|_| self.reports.withdraw())?;
        let setup = Setup {
            library: Arc::clone(&self.chosen.library),
            wires: target
                .wires
                .iter()
                .filter_map(|(word, wire)| {
                    let dialect = dialects.iter().find(|dialect| dialect.word() == *word)?;
                    Some((*dialect, wire.clone()))
                })
                .collect(),
            services: okta_org
                .iter()
                .map(|org| (org::SERVICE.to_owned(), org.service.clone()))
                .collect(),
            settings: self.settings(&target, okta_org.as_ref()),
            ledger,
            cancelled: signals.cancelled.clone(),
        };
        let opened = tokio::select! {
            opened = Session::open(setup) => opened.map_err(|found| preflight::failure(&found, &target)),
            () = signals.stopped() => Err(Failure::Interrupted),
        };
        let planned = opened.and_then(|session| {
            let plan = session
                .plan(&choice)
                .map_err(|error| choice_failure(&error, &choice, &self.chosen.library))?;
            Ok((session, plan))
        });
        let (session, plan) = planned
            .and_then(|(session, plan)| {
                let wanted = survey::wanted(typed);
                let settings = &self.configuration.settings;
                for dialect in &dialects {
                    survey::check_mapped(&session, *dialect, settings, &wanted)?;
                }
                Ok((session, plan))
            })
            .inspect_err(|_| self.reports.withdraw())?;
        let mut start = self.start(&target, &plan);
        if self.looks_at_attributes() {
            let found = survey::of_run(&session, &dialects, typed).await;
            start.attributes = found.tables;
            start.leftovers = found.leftovers;
        }
        start.plans.clone_from(&plan.plans);
        let cited = plan.checks.iter().flat_map(|check| &check.requirements);
        let cited = cited.map(|requirement| requirement.id.as_str()).collect();
        start.catalogues = coverage::cited_catalogues(&self.chosen.library, &cited);
        start.connection = Some(target.connection.clone());
        start.notes = target.notes.clone();
        start.notes.extend(session.notes);
        start
            .notes
            .extend(okta_org.iter().map(|org| org.note.clone()));

        let subscribers = Subscribers {
            reports: &self.reports,
            events,
            gate: typed.fail_on,
            terminal,
        };
        let code = subscribers.run(session.context, &plan, start).await?;
        if code == exit::INTERRUPTED {
            self.after_interrupt(terminal);
        }
        // It lives until here, and forgets everything.
        drop(okta_org);
        drop(target.server);
        Ok(code)
    }

    async fn target(&self, terminal: &Terminal) -> Result<Target, Failure> {
        let Configuration {
            settings, typed, ..
        } = &self.configuration;
        match &typed.url {
            Some(url) if !self.args.embedded => Target::configured(url, settings, typed, terminal),
            Some(_) | None => {
                let config = server::Config {
                    faults: self.args.fault.clone(),
                    variations: self.args.variation.clone(),
                    ..server::Config::default()
                };
                Target::embedded(typed, config).await
            }
        }
    }

    /// The Okta org, if a chosen suite needs one.
    async fn okta_org(
        &self,
        choice: &Choice,
        dialects: &[Dialect],
        target: &Target,
        ledger: &Ledger,
        terminal: &Terminal,
    ) -> Result<Option<OktaOrg>, Failure> {
        let asking = self.dialects_of(choice, dialects, |suite| {
            suite.services.iter().any(|(name, _)| name == org::SERVICE)
        })?;
        if asking.is_empty() {
            return Ok(None);
        }
        let Configuration {
            settings, typed, ..
        } = &self.configuration;
        let org = match okta_org::named(settings, typed, terminal)? {
            Some(remote) => OktaOrg::remote(remote, typed, settings, target, terminal).await,
            None => OktaOrg::simulated(typed, target, &asking, &self.identity, ledger).await,
        };
        org.map(Some)
    }

    fn choice(&self, dialects: Vec<Dialect>) -> Choice {
        self.chosen.choice(&self.configuration.typed, dialects)
    }

    /// The dialects that the chosen suites speak: only these are discovered.
    fn dialects(&self, choice: &Choice) -> Result<Vec<Dialect>, Failure> {
        let dialects = self.dialects_of(choice, &choice.dialects, |_| true)?;
        if dialects.is_empty() {
            return Err(choice_failure(
                &ChoiceError::Nothing,
                choice,
                &self.chosen.library,
            ));
        }
        Ok(dialects)
    }

    /// Whether the run finds out what becomes of each attribute: when the settings say so, or else the profile; but not
    /// when only a part of the profile is chosen, and in one of several shards only.
    fn looks_at_attributes(&self) -> bool {
        let typed = &self.configuration.typed;
        let library = &self.chosen.library;
        let profile = self.chosen.profile.as_ref();
        let profile = profile.and_then(|name| library.profiles.get(name));
        let chosen = [&typed.suites, &typed.checks, &typed.tags];
        let whole = chosen.iter().all(|globs| globs.is_empty()) && typed.levels.is_empty();
        let by_profile = whole && profile.is_some_and(|profile| profile.attributes);
        // What Okta does not do, since the box is not ticked, is not looked at.
        let creates = typed.config.pointer("/okta/to_app/create_users");
        let by_profile = by_profile && creates != Some(&false.into());
        let first = typed.shard.is_none_or(|(part, _)| part == 1);
        !typed.read_only && first && typed.attributes.unwrap_or(by_profile)
    }

    /// Those of some dialects that chosen suites of a kind speak.
    fn dialects_of(
        &self,
        choice: &Choice,
        dialects: &[Dialect],
        wanted: impl Fn(&Suite) -> bool,
    ) -> Result<Vec<Dialect>, Failure> {
        let library = &self.chosen.library;
        let selector = Selector::new(choice, library)
            .map_err(|error| choice_failure(&error, choice, library))?;
        let taken = |dialect: &Dialect| {
            let mut suites = library.suites.iter().filter(|suite| suite.scim == *dialect);
            suites.any(|suite| wanted(suite) && selector.takes_suite(suite))
        };
        Ok(dialects.iter().copied().filter(taken).collect())
    }

    fn settings(&self, target: &Target, okta_org: Option<&OktaOrg>) -> Settings {
        let Configuration {
            settings, typed, ..
        } = &self.configuration;
        let mut variables = typed.variables.clone();
        variables.extend(okta_org.iter().flat_map(|org| org.variables.clone()));
        // A real org works in the background: without the pauses it would be looked at too early.
        let waits =
            okta_org.is_some_and(|org| org.is_remote) && settings.get("run.pause_scale").is_none();
        Settings {
            run_id: self.identity.id.clone(),
            tag: self.identity.tag.clone(),
            seed: self.identity.seed,
            jobs: typed.jobs,
            settle: typed.settle,
            time_gates: typed.time_gates,
            read_only: typed.read_only,
            cleanup: typed.cleanup,
            waivers: Arc::clone(&self.waivers),
            fixtures: typed.fixtures.clone(),
            config: target.values(typed),
            variables,
            pause_scale: if waits { 1.0 } else { typed.pause_scale },
        }
    }

    fn start(&self, target: &Target, plan: &Plan) -> Run {
        let Identity {
            id,
            tag,
            seed,
            started,
        } = self.identity.clone();
        let selection = selection(
            &self.configuration.typed,
            self.configuration.chain.first(),
            plan,
        );
        let described = target.described.clone();
        let suites = plan.suites.clone();
        Run::start(id, tag, seed, started, described, selection, suites)
    }

    fn events(&self) -> Result<Option<EventSink>, Failure> {
        Ok(match self.args.events.as_deref() {
            None => None,
            Some("-") => Some(EventSink::Standard),
            Some(path) => {
                let file =
                    files::stream(Path::new(path)).map_err(|error| Failure::output(path, error))?;
                Some(EventSink::File(path.into(), file))
            }
        })
    }

    /// The ledger, on disk unless the target forgets with this process. What an earlier run left in the same folder is
    /// kept under another name.
    fn ledger(
        &self,
        embedded: bool,
        urls: Vec<(String, String)>,
        terminal: &Terminal,
    ) -> Result<Ledger, Failure> {
        let path = self.reports.folder().join(LEDGER);
        let unwritable = |error: std::io::Error| Failure::output(path.display(), error);
        if path.exists() {
            let earlier = files::read(&path)
                .ok()
                .and_then(|text| LedgerFile::parse(&text).ok())
                .filter(|earlier| !earlier.open.is_empty());
            match earlier {
                None => files::remove(&path).map_err(unwritable)?,
                Some(earlier) => {
                    let kept = path.with_file_name(format!("ledger-{}.jsonl", earlier.run));
                    files::rename(&path, &kept).map_err(unwritable)?;
                    terminal.warn(&format!(
                        "run {} may have left {} resources on its target; remove them by: scimitar cleanup {}",
                        earlier.run,
                        earlier.open.len(),
                        kept.display()
                    ));
                }
            }
        }
        if embedded {
            return Ok(Ledger::in_memory());
        }
        let shown = urls.iter().map(|(_, shown)| shown.clone()).collect();
        let ledger = Ledger::create(&path, &self.identity.id, &self.identity.tag, shown)
            .map_err(unwritable)?;
        Ok(ledger.hiding(urls))
    }

    /// The command that removes what this run would leave.
    fn by_hand(&self) -> String {
        let folder = self.reports.folder().display();
        match self.args.target.target() {
            Some(url) => {
                let url = self.hiding.redact(url);
                format!("scimitar cleanup {folder} {url}")
            }
            None => format!("scimitar cleanup {folder}"),
        }
    }

    fn after_interrupt(&self, terminal: &Terminal) {
        let ledger = self.reports.folder().join(LEDGER);
        let left = files::read(&ledger)
            .ok()
            .and_then(|text| LedgerFile::parse(&text).ok())
            .map_or(0, |file| file.open.len());
        if left > 0 {
            terminal.error(&format!(
                "{left} resources may be left on the target; remove them by:\n  {}\n",
                self.by_hand()
            ));
        }
        let record = self.reports.folder().join(RECORD);
        if record.is_file() && !terminal.quiet {
            terminal.error(&format!(
                "What ran is in {}.\n",
                self.reports.folder().display()
            ));
        }
    }
}

fn selection(typed: &Typed, profile: Option<&String>, plan: &Plan) -> Selection {
    Selection {
        profile: profile.cloned(),
        suites: typed.suites.clone(),
        checks: typed.checks.clone(),
        levels: typed
            .levels
            .iter()
            .map(|level| level.word().to_owned())
            .collect(),
        tags: typed.tags.clone(),
        shard: typed.shard.map(|(part, of)| format!("{part}/{of}")),
        read_only: typed.read_only,
        fail_on: typed.fail_on.word().to_owned(),
        planned: plan.checks.len(),
    }
}
