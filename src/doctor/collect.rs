//! Collects the facts: reads only, one after the other, within a bounded time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use tokio::time::Instant;

use super::ask::Asker;
use super::authorization::{self, AuthorizationServer};
use super::base_url::is_loopback;
use super::credentials;
use super::diagnosis::{Diagnosis, SkipReason, SuitePlan};
use super::facts::{Credentials as Described, Endpoints, Facts, Features, OpenLedger, Reply};
use super::judge::judge;
use crate::engine::generate::PREFIX;
use crate::engine::{Choice, Discovery, Ground, Knowledge, Plan};
use crate::http::{Client, Inspection, encode};
use crate::okta::client;
use crate::record::Target;
use crate::suite::{Dialect, Library};

/// What the whole may take, on top of what one request may take.
const WHOLE: Duration = Duration::from_secs(30);
/// How often `/Users` is read for the median.
const READS: usize = 3;
/// The longest id that is put into a path.
const LONGEST_ID: usize = 500;

/// What is examined.
#[derive(Debug)]
pub struct Examination {
    /// The client.
    pub client: Client,
    /// The SCIM version of the settings.
    pub dialect: Dialect,
    /// The base URL as it is written.
    pub base_url: String,
    /// The target, for the diagnosis.
    pub target: Target,
    /// Where the credentials come from.
    pub origin: Option<String>,
    /// How long one request may take.
    pub timeout: Duration,
    /// Now.
    pub now: SystemTime,
    /// Now, as the diagnosis says it (RFC 3339, UTC).
    pub started: String,
    /// The suites.
    pub library: Arc<Library>,
    /// Which of them would run.
    pub choice: Choice,
    /// The configuration, as `${config.…}` sees it.
    pub config: Value,
    /// Values of suites' parameters.
    pub variables: BTreeMap<String, String>,
    /// Whether nothing may be written.
    pub read_only: bool,
    /// Ledgers here that name this target and are not done.
    pub ledgers: Vec<OpenLedger>,
    /// The authorization server, or why it can't be asked; absent where the settings name none.
    pub authorization: Option<Result<AuthorizationServer, String>>,
}

/// Examines a target. Nothing is written there.
pub async fn examine(examination: Examination) -> Diagnosis {
    let begun = Instant::now();
    let facts = Box::pin(collect(&examination, begun)).await;
    let mut diagnosis = judge(&facts);
    diagnosis.started.clone_from(&examination.started);
    diagnosis.target.clone_from(&examination.target);
    diagnosis.duration_us = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    diagnosis.map_texts(|text| examination.client.redact(text));
    diagnosis
}

async fn collect(examination: &Examination, begun: Instant) -> Facts {
    let wire = &examination.client;
    let own = wire.credentials();
    let deadline = begun + WHOLE + examination.timeout;
    let accept = accept(examination.dialect);
    let mut asker = Asker::new(wire, accept, deadline, examination.now, begun);
    let path = match asker.within(wire.inspect()).await {
        Some(inspected) => inspected.map_err(|error| error.to_string()),
        None => Err("it took too long".to_owned()),
    };
    let connected = path.as_ref().is_ok_and(Inspection::is_connected);
    if !connected {
        asker.stopped = Some("there is no connection".to_owned());
    }
    let (value, problem) = match asker.within(own).await {
        _ if !connected => (None, None),
        Some(Ok(value)) => (value, None),
        Some(Err(problem)) => (None, Some(problem)),
        None => (None, Some("the token endpoint took too long".to_owned())),
    };
    let value = value.as_ref().map(SecretString::expose_secret);
    let words = &examination.target.authentication;
    let described = Described {
        problem,
        ..credentials::describe(value, words, examination.origin.clone())
    };
    if described.problem.is_some() {
        asker.stopped = Some("there are no credentials to ask with".to_owned());
    }

    let users = asker.read("/Users?startIndex=1&count=2").await;
    let groups = asker.get("/Groups?startIndex=1&count=100").await;
    let identifier = client::unique_identifier(&examination.config);
    let nobody = format!("{PREFIX}-nobody@example.com");
    let nobody = encode(&client::lookup(identifier, &nobody));
    let lookup = format!("/Users?filter={nobody}&startIndex=1&count=100");
    let lookup = asker.get(&lookup).await;
    let nobody = encode(&format!("displayName eq \"{PREFIX}-nothing\""));
    let group_lookup = format!("/Groups?filter={nobody}&startIndex=1&count=100");
    let group_lookup = asker.get(&group_lookup).await;
    let by_id = match first_id(&users) {
        Some(id) => asker.get(&format!("/Users/{}", encode(id))).await,
        None => Reply::NotAsked("there is no user to read".to_owned()),
    };
    let mut intruders = Vec::new();
    for (intruder, credentials) in credentials::intruders(value) {
        let reply = asker.as_(&credentials, "/Users?startIndex=1&count=2").await;
        intruders.push((intruder, reply));
    }
    let mut forms = Vec::new();
    for (form, credentials) in credentials::forms(value) {
        let reply = asker.as_(&credentials, "/Users?startIndex=1&count=1").await;
        forms.push((form, reply));
    }
    let one = "/Users?startIndex=1&count=1";
    let as_json = asker.accepting("application/json", one).await;
    let as_anything = asker.accepting("*/*", one).await;
    let discovery = asker.discovery(examination.dialect).await;
    for _ in 0..READS {
        asker.read(one).await;
    }
    let search = if examination.target.embedded {
        Reply::NotAsked("the embedded server forgets everything".to_owned())
    } else if users.success().is_some() {
        let filter = encode(&format!("userName sw \"{PREFIX}-\""));
        let path = format!("/Users?filter={filter}&startIndex=1&count=100");
        asker.get(&path).await
    } else {
        Reply::NotAsked("/Users can't be read".to_owned())
    };
    let redirects = match &examination.authorization {
        None => None,
        Some(Err(why)) => Some(Err(why.clone())),
        Some(Ok(server)) => {
            let pages = "text/html,application/json;q=0.9,*/*;q=0.8";
            let mut asker = Asker::new(&server.client, pages, deadline, examination.now, begun);
            Some(Ok(authorization::ask(server, &mut asker).await))
        }
    };
    let discovered = discovered(&discovery, examination.dialect);
    let suites = suites(examination, &discovered, connected);
    Facts {
        base_url: examination.base_url.clone(),
        loopback: is_loopback(examination.base_url.trim()),
        embedded: examination.target.embedded,
        insecure: examination.target.insecure,
        dialect: examination.dialect,
        credentials: described,
        path,
        users,
        groups,
        lookup,
        group_lookup,
        by_id,
        features: Features::of(&examination.config),
        redirects,
        intruders,
        forms,
        as_json,
        as_anything,
        discovery,
        discovered,
        reads: asker.reads,
        skews: asker.skews,
        throttled: asker.throttled,
        suites,
        ledgers: examination.ledgers.clone(),
        search,
        now_s: seconds(examination.now),
    }
}

/// The id of the first user of a list.
fn first_id(users: &Reply) -> Option<&str> {
    let first = users.success()?.get("Resources")?.get(0)?;
    first
        .get("id")?
        .as_str()
        .filter(|id| !id.is_empty() && id.len() <= LONGEST_ID)
}

fn discovered(endpoints: &Endpoints, dialect: Dialect) -> Discovery {
    if dialect == Dialect::V1 {
        return Discovery::default();
    }
    Discovery::read(
        endpoints.config.success(),
        endpoints.resource_types.success(),
        endpoints.schemas.success(),
    )
}

/// What would run on a target that says this of itself.
fn suites(
    examination: &Examination,
    discovered: &Discovery,
    connected: bool,
) -> Result<Vec<SuitePlan>, String> {
    if !connected {
        return Err("there is no connection".to_owned());
    }
    // Of the other versions that would be tested nothing was asked: SCIM 1.1 has no discovery that a plan needs.
    let dialects = examination.choice.dialects.iter();
    let others = dialects.filter(|dialect| **dialect != examination.dialect);
    let known = others
        .map(|dialect| (*dialect, Discovery::default()))
        .chain([(examination.dialect, discovered.clone())]);
    let knowledge = Knowledge::new(known);
    let ground = Ground {
        knowledge: &knowledge,
        config: &examination.config,
        variables: &examination.variables,
        bases: &BTreeMap::new(),
        services: &BTreeMap::new(),
        seed: 0,
        tag: "",
        read_only: examination.read_only,
    };
    let plan = Plan::new(&examination.library, &examination.choice, ground)
        .map_err(|error| error.to_string())?;
    Ok(plan
        .suites
        .iter()
        .map(|suite| summary(&plan, &suite.id, &suite.title))
        .collect())
}

fn summary(plan: &Plan, id: &str, title: &str) -> SuitePlan {
    let mut reasons: Vec<SkipReason> = Vec::new();
    let (mut runs, mut skipped) = (0, 0);
    for planned in plan.checks.iter().filter(|planned| planned.suite.id == id) {
        let Some(reason) = &planned.skip else {
            runs += 1;
            continue;
        };
        skipped += 1;
        match reasons.iter_mut().find(|known| known.reason == *reason) {
            Some(known) => known.checks += 1,
            None => reasons.push(SkipReason {
                reason: reason.clone(),
                checks: 1,
            }),
        }
    }
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.checks));
    SuitePlan {
        id: id.to_owned(),
        title: title.to_owned(),
        runs,
        skipped,
        reasons,
    }
}

const fn accept(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::V1 => "application/json",
        Dialect::V2 => "application/scim+json",
    }
}

pub(super) fn seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
