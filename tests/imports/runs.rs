//! Runs a library against a server, and gives what came of each check.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::DateTime;
use scimitar::engine::{
    self, Choice, ChoiceError, CleanupPolicy, Errands, Ledger, Service, Session, Settings, Setup,
    Wire, generate,
};
use scimitar::http::{Auth, Client, ClientConfig};
use scimitar::org::{App, Config, Org, SERVICE};
use scimitar::record::{CheckResult, Event, Run, Selection, Target};
use scimitar::suite::{Dialect, Library};
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

/// How a library is run.
pub(crate) struct How<'a> {
    pub(crate) library: Library,
    pub(crate) wires: Vec<(Dialect, String)>,
    pub(crate) token: &'a str,
    pub(crate) variables: &'a [(&'a str, &'a str)],
    pub(crate) pause_scale: f64,
    pub(crate) checks: &'a [&'a str],
    /// The app of a simulated Okta org, if there is one.
    pub(crate) okta: Option<App>,
}

/// What everything is drawn from.
const SEED: u64 = 7;
const APP_ID: &str = "0oa0ofthetests";
const TOKEN: &str = "00token-of-the-tests";

/// A simulated Okta org for each dialect.
async fn okta_org(app: App, wires: &[(Dialect, Wire)], ledger: &Ledger) -> (Service, Vec<Org>) {
    let errands = Errands::new(SERVICE, ledger, &generate::tag(SEED));
    let (mut orgs, mut to) = (Vec::new(), Vec::new());
    for (dialect, target) in wires {
        let org = Org::start(Config {
            app_id: APP_ID.to_owned(),
            app: app.clone(),
            token: TOKEN.to_owned(),
            seed: 7,
            started: DateTime::UNIX_EPOCH,
            dialect: *dialect,
            target: target.clone(),
            errands: errands.clone(),
        })
        .await
        .unwrap();
        let config = ClientConfig::new(org.url(), Instant::now());
        to.push((*dialect, Wire::new(Client::new(&config).unwrap())));
        orgs.push(org);
    }
    (Service::simulated(to, errands), orgs)
}

/// Runs it; the results are in the order of the plan.
pub(crate) async fn run(how: How<'_>) -> Result<Vec<CheckResult>, ChoiceError> {
    let seed = SEED;
    let tag = generate::tag(seed);
    let wires: Vec<(Dialect, Wire)> = how
        .wires
        .into_iter()
        .map(|(dialect, url)| {
            let config = ClientConfig {
                auth: Auth::Bearer(how.token.to_owned().into()),
                ..ClientConfig::new(url, Instant::now())
            };
            (dialect, Wire::new(Client::new(&config).unwrap()))
        })
        .collect();
    let ledger = Ledger::in_memory();
    let mut variables = how.variables.to_vec();
    let org = match how.okta {
        Some(app) => Some(okta_org(app, &wires, &ledger).await),
        None => None,
    };
    if org.is_some() {
        variables.extend([("oktaAppId", APP_ID), ("oktaToken", TOKEN)]);
    }
    let (_going_on, cancelled) = watch::channel(false);
    let session = Session::open(Setup {
        library: Arc::new(how.library),
        wires,
        services: org
            .iter()
            .map(|(service, _)| (SERVICE.to_owned(), service.clone()))
            .collect(),
        settings: Settings {
            run_id: "imports".to_owned(),
            tag: tag.clone(),
            seed,
            jobs: 4,
            settle: Duration::ZERO,
            time_gates: false,
            read_only: false,
            cleanup: CleanupPolicy::Delete,
            waivers: std::sync::Arc::default(),
            fixtures: BTreeMap::new(),
            config: scimitar::cli::settings::values::defaults(),
            variables: variables
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            pause_scale: how.pause_scale,
        },
        ledger,
        cancelled,
    })
    .await
    .unwrap();
    let choice = Choice {
        checks: how.checks.iter().map(|glob| (*glob).to_owned()).collect(),
        ..Choice::default()
    };
    let plan = session.plan(&choice)?;
    let start = Run::start(
        "imports".to_owned(),
        tag,
        seed,
        "2026-01-01T00:00:00Z".to_owned(),
        Target {
            url: String::new(),
            embedded: true,
            authentication: String::new(),
            insecure: false,
        },
        Selection::default(),
        plan.suites.clone(),
    );
    let (events, mut received) = mpsc::unbounded_channel();
    engine::run(session.context, &plan, start, &events).await;
    drop(events);
    let mut run: Option<Run> = None;
    while let Some(event) = received.recv().await {
        match (&mut run, event) {
            (None, Event::RunStarted { run: started }) => run = Some(*started),
            (Some(run), event) => run.apply(event),
            (None, _) => {}
        }
    }
    let run = run.expect("a run starts");
    assert_eq!(run.leftovers, []);
    Ok(run.checks)
}
