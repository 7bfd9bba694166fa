//! The target: base URLs with their clients, or the embedded server.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::Path;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::Instant;

use crate::doctor;
use crate::engine::Wire;
use crate::http::{Auth, Client, ClientConfig, ClientError, Limits};
use crate::record::{self, AuthenticationMode, BaseUrlFinding, Connection, Note, NoteKind};
use crate::server::{Config as ServerConfig, Server};
use crate::suite::Dialect;

use super::authentication;
use super::exit::Failure;
use super::files;
use super::secret::{self, Secrets};
use super::settings::values::{REVOKED, with_secret};
use super::settings::{Settings, Typed};
use super::terminal::Terminal;

/// What is tested.
#[derive(Debug)]
pub(super) struct Target {
    /// The base URL of each dialect.
    pub(super) wires: BTreeMap<&'static str, Wire>,
    /// For the record.
    pub(super) described: record::Target,
    /// How it is reached, for the record.
    pub(super) connection: Connection,
    /// Where the credentials come from, if there are any.
    pub(super) credentials: Option<String>,
    /// What reports should say of it.
    pub(super) notes: Vec<Note>,
    /// An `Authorization` value that has to be refused, if one is configured.
    pub(super) revoked: Option<SecretString>,
    /// Kept as long as it is tested.
    pub(super) server: Option<Server>,
}

impl Target {
    /// What suites see of the settings, with the secret that they may send.
    pub(super) fn values(&self, typed: &Typed) -> serde_json::Value {
        let mut config = typed.config.clone();
        if let Some(revoked) = &self.revoked {
            with_secret(&mut config, REVOKED, revoked.expose_secret());
        }
        config
    }

    /// The dialects that there is a base URL for.
    pub(super) fn dialects(&self) -> Vec<Dialect> {
        [Dialect::V2, Dialect::V1]
            .into_iter()
            .filter(|dialect| self.wires.contains_key(dialect.word()))
            .collect()
    }

    /// The target that the settings name. Nothing is sent.
    ///
    /// # Errors
    /// When a setting of it can't be used.
    pub(super) fn configured(
        url: &str,
        settings: &Settings,
        typed: &Typed,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        check_url(url)?;
        let secrets = Secrets::new(terminal);
        let authentication = authentication::read(settings, &secrets)?;
        let dialect = typed.scim.unwrap_or_default();
        let mut config = client_config(url, typed)?;
        config.auth = authentication.auth;
        config.proxy = secrets.of(settings, "target.proxy")?;
        config.secrets = secret::hidden(&typed.secret_env)?;
        let revoked = secrets.of(settings, REVOKED)?;
        config.secrets.extend(revoked.clone());
        let client = Client::new(&config).map_err(|error| unusable(&error))?;
        let wire = Wire::new(client);
        if typed.insecure {
            terminal.warn("certificates are not verified (--insecure)");
        }
        Ok(Self {
            described: record::Target {
                url: wire.shown_url(),
                embedded: false,
                authentication: authentication.words.to_owned(),
                insecure: typed.insecure,
            },
            connection: connection(url, authentication.mode),
            wires: BTreeMap::from([(dialect.word(), wire)]),
            credentials: authentication.origin,
            notes: query_note(url).into_iter().collect(),
            revoked,
            server: None,
        })
    }

    /// The embedded server, started.
    ///
    /// # Errors
    /// When a fault or a variation is unknown, or it can't listen.
    pub(super) async fn embedded(typed: &Typed, config: ServerConfig) -> Result<Self, Failure> {
        let server = start(config).await?;
        let mut wires = BTreeMap::new();
        for (dialect, url) in [
            (Dialect::V2, server.base_url_v2()),
            (Dialect::V1, server.base_url_v1()),
        ] {
            if typed.scim.is_some_and(|wanted| wanted != dialect) {
                continue;
            }
            let mut config = client_config(&url, typed)?;
            config.auth = Auth::Bearer(server.token().to_owned().into());
            let client = Client::new(&config).map_err(|error| unusable(&error))?;
            wires.insert(dialect.word(), Wire::new(client));
        }
        Ok(Self {
            described: record::Target {
                url: server.base_url_v2(),
                embedded: true,
                authentication: "bearer token".to_owned(),
                insecure: false,
            },
            connection: connection(&server.base_url_v2(), AuthenticationMode::Bearer),
            wires,
            credentials: None,
            notes: Vec::new(),
            revoked: None,
            server: Some(server),
        })
    }
}

fn connection(url: &str, authentication: AuthenticationMode) -> Connection {
    // What is as it should be, or needs nothing to be done, has no remedy.
    let against = doctor::base_url(url)
        .into_iter()
        .filter_map(|finding| {
            Some(BaseUrlFinding {
                id: finding.id.to_owned(),
                text: finding.text,
                remedy: finding.remedy?,
            })
        })
        .collect();
    Connection {
        authentication,
        base_url: against,
    }
}

/// Starts the embedded server.
///
/// # Errors
/// When a fault or a variation is unknown, or it can't listen.
pub(super) async fn start(config: ServerConfig) -> Result<Server, Failure> {
    check_switches(&config)?;
    let address = config.address;
    Server::start(config)
        .await
        .map_err(|error| Failure::usage(format!("the server can't listen on {address}: {error}")))
}

fn check_switches(config: &ServerConfig) -> Result<(), Failure> {
    use crate::server::{FAULTS, VARIATIONS};
    let faults: Vec<&str> = FAULTS.iter().map(|fault| fault.id).collect();
    let variations: Vec<&str> = VARIATIONS.iter().map(|variation| variation.id).collect();
    for (what, asked, known) in [
        ("fault", &config.faults, &faults),
        ("variation", &config.variations, &variations),
    ] {
        if let Some(id) = asked.iter().find(|id| !known.contains(&id.as_str())) {
            let near = super::settings::nearest(id, known.iter().copied());
            return Err(Failure::Usage {
                message: format!("there is no {what} `{id}`{near}"),
                help: vec![format!("scimitar serve --list-{what}s lists them")],
            });
        }
    }
    Ok(())
}

fn client_config(url: &str, typed: &Typed) -> Result<ClientConfig, Failure> {
    let mut config = ClientConfig::new(url, Instant::now());
    config.headers = typed
        .headers
        .iter()
        .map(|(name, value)| (name.clone(), value.clone().into()))
        .collect();
    config.limits = Limits::within(typed.timeout);
    config.rate = typed.rate.and_then(NonZeroU32::new);
    config.ca = authorities(typed)?;
    config.client_certificate = typed
        .client_certificate
        .as_deref()
        .map(|path| pem(path).map(SecretString::from))
        .transpose()?;
    config.insecure = typed.insecure;
    config.secrets = typed
        .variables
        .iter()
        .filter(|(name, value)| is_secret(name) && !value.is_empty())
        .map(|(_, value)| value.clone().into())
        .collect();
    Ok(config)
}

/// The certificates of further authorities.
///
/// # Errors
/// When a file can't be read.
pub(super) fn authorities(typed: &Typed) -> Result<Vec<String>, Failure> {
    typed.ca.iter().map(|path| pem(path)).collect()
}

/// Whether a variable, by its name, holds what no report should show.
fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    ["token", "password", "secret", "key", "auth"]
        .iter()
        .any(|word| name.contains(word))
}

fn pem(path: &str) -> Result<String, Failure> {
    files::read(Path::new(path))
        .map_err(|error| Failure::usage(format!("{path} can't be read: {error}")))
}

/// Finds what people get wrong in a base URL before the client does, in words that say what to write.
pub(super) fn check_url(url: &str) -> Result<(), Failure> {
    let usage = |message: String, help: &str| {
        Err(Failure::Usage {
            message,
            help: vec![help.to_owned()],
        })
    };
    let Some((scheme, rest)) = url.split_once("://") else {
        let guess = if url.starts_with("localhost") || url.starts_with("127.") {
            "http"
        } else {
            "https"
        };
        return usage(
            format!("`{url}` is no URL"),
            &format!("write {guess}://{url}"),
        );
    };
    if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") {
        return usage(
            format!("`{scheme}` is no scheme of a SCIM base URL"),
            "it starts with https:// (or http:// for a test system)",
        );
    }
    if rest.contains('#') {
        return usage(
            "the URL has a fragment (#…), which is never sent to a server".to_owned(),
            "take it out; what belongs to the path is written %23",
        );
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((_, host)) = authority.rsplit_once('@') {
        return usage(
            format!("the URL of {host} holds credentials, which would stand in every report"),
            "take them out of it, and give them by SCIMITAR_BASIC or --basic @FILE",
        );
    }
    Ok(())
}

/// The base URL is shown without its query, which every request carries all the same.
fn query_note(url: &str) -> Option<Note> {
    let (_, query) = url.split_once('?')?;
    let names: Vec<&str> = query
        .split('&')
        .filter_map(|part| part.split('=').next().filter(|name| !name.is_empty()))
        .collect();
    (!names.is_empty()).then(|| Note {
        kind: NoteKind::Info,
        text: format!(
            "every request carries the query of the target's URL, which is shown without it: {}",
            names.join(", ")
        ),
    })
}

pub(super) fn unusable(error: &ClientError) -> Failure {
    Failure::usage(format!("failed to {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_of_a_url_is_named_without_its_values() {
        let said = |url: &str| query_note(url).map(|note| note.text);
        let note = said("https://example.com/scim?tenant=a1&key=s3cr3t").unwrap();
        assert!(note.ends_with(": tenant, key"), "{note}");
        assert_eq!(said("https://example.com/scim"), None);
        assert_eq!(said("https://example.com/scim?"), None);
    }

    #[test]
    fn a_bad_url_says_what_to_write() {
        let said = |url: &str| check_url(url).unwrap_err().render();
        insta::assert_snapshot!(
            [
                said("localhost:8080/scim"),
                said("example.com/scim/v2"),
                said("ftp://example.com"),
                said("https://ada:hunter2@example.com/scim"),
                said("https://example.com/scim#v2"),
            ]
            .concat()
        );
        assert!(check_url("https://example.com/scim/v2/p@q").is_ok());
    }
}
