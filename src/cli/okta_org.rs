//! The Okta org of a run: a simulated one, started for the run, or a real one.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use tokio::time::Instant;

use super::exit::Failure;
use super::identity::Identity;
use super::secret::Secrets;
use super::settings::{Origin, Settings, Typed};
use super::target::{self, Target};
use super::terminal::Terminal;
use crate::engine::{Errands, Ledger, Service, Wire, generate};
use crate::http::{Client, Limits};
use crate::org::{self, App, Config, Integration, Org};
use crate::record::{Note, NoteKind};
use crate::suite::Dialect;

/// The variables by which Okta's tests name their org, their app and their token.
const URL: &str = "oktaOrgUrl";
const APP_ID: &str = "oktaAppId";
const TOKEN: &str = "oktaToken";
/// A call to the simulated org takes as long as the requests that it leads to: this many at most.
const MOST_REQUESTS: u32 = 6;

/// The Okta org of a run.
#[derive(Debug)]
pub(super) struct OktaOrg {
    /// How checks reach it.
    pub(super) service: Service,
    /// What it is called, for suites' variables.
    pub(super) variables: BTreeMap<String, String>,
    /// Whether it does its work in the background, so that pauses are needed.
    pub(super) is_remote: bool,
    /// What reports should say of it.
    pub(super) note: Note,
    /// Kept as long as it is asked.
    _simulated: Vec<Org>,
}

/// A real org that the settings name.
pub(super) struct Remote {
    url: String,
    token: SecretString,
    app_id: String,
}

/// Reads which org there is: `None` is a simulated one.
///
/// # Errors
/// When a real one lacks what it needs.
pub(super) fn named(
    settings: &Settings,
    typed: &Typed,
    terminal: &Terminal,
) -> Result<Option<Remote>, Failure> {
    let variable = |name: &str| typed.variables.get(name).cloned();
    let Some(url) = typed.okta_org.clone().or_else(|| variable(URL)) else {
        // In the environment it may stand for other runs.
        let given = settings.get("okta.org.token");
        let given = given.filter(|given| matches!(given.origin, Origin::CommandLine(_)));
        if let Some(given) = given {
            return Err(Failure::Usage {
                message: format!(
                    "a token of an Okta org comes from {}, but no org is named",
                    given.origin
                ),
                help: vec!["name it by --okta-org URL, or leave the token out".to_owned()],
            });
        }
        return Ok(None);
    };
    target::check_url(&url)?;
    let lacks = |what: &str, help: &str| Failure::Usage {
        message: format!("the Okta org {url} needs {what}"),
        help: vec![help.to_owned()],
    };
    let token = Secrets::new(terminal).of(settings, "okta.org.token")?;
    let token = token.or_else(|| variable(TOKEN).map(SecretString::from));
    // Okta's documents show it with the scheme, which is added where it is sent.
    let token = token.map(|token| match token.expose_secret().strip_prefix("SSWS ") {
        Some(bare) => SecretString::from(bare.trim()),
        None => token,
    });
    let app_id = typed.okta_app_id.clone().or_else(|| variable(APP_ID));
    Ok(Some(Remote {
        token: token.ok_or_else(|| {
            lacks(
                "an API token",
                "set SCIMITAR_OKTA_TOKEN, or give it by --okta-token @FILE",
            )
        })?,
        app_id: app_id.ok_or_else(|| {
            lacks(
                "the id of the app instance",
                "give it by --okta-app-id 0oa…; it stands in the URL of the app's page in the admin console",
            )
        })?,
        url,
    }))
}

impl OktaOrg {
    /// Starts a simulated one, which sends to the target for suites of these dialects.
    ///
    /// # Errors
    /// When it can't listen.
    pub(super) async fn simulated(
        typed: &Typed,
        target: &Target,
        dialects: &[Dialect],
        identity: &Identity,
        ledger: &Ledger,
    ) -> Result<Self, Failure> {
        let errands = Errands::new(org::SERVICE, ledger, &identity.tag);
        let app = app(&typed.config);
        let variable = |name: &str| typed.variables.get(name).cloned();
        let app_id = typed.okta_app_id.clone().or_else(|| variable(APP_ID));
        let app_id = app_id.unwrap_or_else(|| format!("0oa{}simulated", identity.tag));
        let token = variable(TOKEN).unwrap_or_else(|| {
            let code = generate::stable_hash(&identity.id);
            format!("00simulated{code:016x}")
        });
        let (mut orgs, mut wires) = (Vec::new(), Vec::new());
        for dialect in dialects {
            let Some(wire) = target.wires.get(dialect.word()) else {
                continue;
            };
            let started = DateTime::parse_from_rfc3339(&identity.started);
            let config = Config {
                app_id: app_id.clone(),
                app: app.clone(),
                token: token.clone(),
                seed: identity.seed ^ u64::from(*dialect == Dialect::V1),
                started: started.map_or_else(|_| DateTime::UNIX_EPOCH, |at| at.with_timezone(&Utc)),
                dialect: *dialect,
                target: wire.clone(),
                errands: errands.clone(),
            };
            let org = Org::start(config).await.map_err(|error| {
                Failure::usage(format!("the simulated Okta org can't listen: {error}"))
            })?;
            let mut config = crate::http::ClientConfig::new(org.url(), Instant::now());
            config.limits = Limits::within(typed.timeout.saturating_mul(MOST_REQUESTS));
            config.limits.read = config.limits.total;
            config.secrets = vec![token.clone().into()];
            wires.push((*dialect, Wire::new(client(&config)?)));
            orgs.push(org);
        }
        let kind = match app.integration {
            Integration::Wizard => "the App Integration Wizard",
            Integration::Catalogue => "the catalogue",
        };
        Ok(Self {
            service: Service::simulated(wires, errands),
            variables: BTreeMap::from([(APP_ID.into(), app_id), (TOKEN.into(), token)]),
            is_remote: false,
            note: Note {
                kind: NoteKind::Info,
                text: format!(
                    "the Okta org is a simulated one: it sends to the target what Okta's client sends for an integration \
                     of {kind}"
                ),
            },
            _simulated: orgs,
        })
    }

    /// Makes sure that a real one can be asked.
    ///
    /// # Errors
    /// When it can't be reached, refuses the token, or has no such app.
    pub(super) async fn remote(
        remote: Remote,
        typed: &Typed,
        settings: &Settings,
        target: &Target,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        let Remote { url, token, app_id } = remote;
        let mut config = crate::http::ClientConfig::new(&url, Instant::now());
        config.limits = Limits::within(typed.timeout);
        config.ca = target::authorities(typed)?;
        config.proxy = Secrets::new(terminal).of(settings, "target.proxy")?;
        config.secrets = vec![token.clone()];
        for wire in target.wires.values() {
            // What is judged is redacted by what the target's client knows.
            let redactor = wire.client().redactor();
            redactor.register(token.expose_secret());
        }
        let client = client(&config)?;
        super::okta_probe::probe(&client, &app_id, &token).await?;
        let note = format!(
            "the Okta org is {}: what it sends to the target is not seen here, and the user that a test makes in it stays \
             there",
            client.base_url()
        );
        Ok(Self {
            service: Service::remote(&Wire::new(client)),
            variables: BTreeMap::from([
                (APP_ID.into(), app_id),
                (TOKEN.into(), token.expose_secret().to_owned()),
            ]),
            is_remote: true,
            note: Note {
                kind: NoteKind::Info,
                text: note,
            },
            _simulated: Vec::new(),
        })
    }
}

fn client(config: &crate::http::ClientConfig) -> Result<Client, Failure> {
    Client::new(config).map_err(|error| Failure::usage(format!("failed to {error}")))
}

/// The app instance, as the settings mirror its Provisioning tab.
fn app(config: &Value) -> App {
    let on = |place: &str| config.pointer(place).and_then(Value::as_bool);
    let default = App::default();
    App {
        unique_identifier: org::unique_identifier(config).to_owned(),
        integration: Integration::of(config),
        create_users: on("/okta/to_app/create_users").unwrap_or(default.create_users),
        update_attributes: on("/okta/to_app/update_attributes")
            .unwrap_or(default.update_attributes),
        deactivate_users: on("/okta/to_app/deactivate_users").unwrap_or(default.deactivate_users),
        exclude_username_updates: on("/okta/to_app/exclude_username_updates")
            .unwrap_or(default.exclude_username_updates),
        sync_password: on("/okta/to_app/sync_password").unwrap_or(default.sync_password),
    }
}
