//! Before the run: can the target be tested at all, and what does it say of itself?

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::Value;
use thiserror::Error;

use super::judge::Answer;
use super::knowledge::Discovery;
use super::request::{SendAs, media_type};
use super::wire::{Outgoing, Reply, Wire};
use crate::record::{Note, NoteKind, Role, TransportErrorKind};
use crate::suite::Dialect;

/// How long one request may be held up by a target that limits its rate.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a target can't be tested. Never a verdict on its conformance.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Preflight {
    /// No answer.
    #[error("{url} can't be reached: {message}")]
    Unreachable {
        /// The base URL.
        url: String,
        /// The class of the error.
        kind: TransportErrorKind,
        /// What happened.
        message: String,
    },
    /// The credentials are refused.
    #[error("{url} refuses the credentials: GET /Users is answered {status}{}", detail.as_ref().map_or_else(String::new, |d| format!(" ({d})")))]
    Refused {
        /// The base URL.
        url: String,
        /// 401 or 403.
        status: u16,
        /// What the target says.
        detail: Option<String>,
    },
    /// It answers, but not as SCIM does.
    #[error("{url} does not answer as a SCIM service: {found}")]
    NotScim {
        /// The base URL.
        url: String,
        /// What it answers instead.
        found: String,
    },
}

/// Reads what the target says of itself, and makes sure that it can be tested.
///
/// # Errors
/// [`Preflight`] when it can't be.
pub async fn discover(wire: &Wire, dialect: Dialect) -> Result<(Discovery, Vec<Note>), Preflight> {
    let probe = "/Users?startIndex=1&count=1";
    let paths: &[&str] = match dialect {
        Dialect::V1 => &[probe, "/ServiceProviderConfigs"],
        Dialect::V2 => &[
            probe,
            "/ServiceProviderConfig",
            "/ResourceTypes",
            "/Schemas",
        ],
    };
    // The probe goes first and alone: a target that is not there should not be asked four times.
    let mut replies = vec![get(wire, dialect, probe).await];
    if let Some(failed) = unreachable(wire, &replies) {
        return Err(failed);
    }
    replies.extend(join_all(paths.iter().skip(1).map(|path| get(wire, dialect, path))).await);
    let answers: Vec<Option<&Answer>> = replies.iter().map(|reply| reply.answer.as_ref()).collect();
    if let Some(Some(users)) = answers.first()
        && matches!(users.status, 401 | 403)
    {
        let detail = users
            .json
            .as_ref()
            .ok()
            .and_then(|body| body.get("detail"))
            .and_then(Value::as_str);
        let detail =
            detail.map(|detail| wire.redact(&detail.chars().take(200).collect::<String>()));
        return Err(Preflight::Refused {
            url: wire.base_url(),
            status: users.status,
            detail,
        });
    }
    if !answers.iter().flatten().any(|answer| is_scim(answer)) {
        let found = answers
            .iter()
            .flatten()
            .next()
            .map_or_else(|| "nothing".to_owned(), |first| describe(first));
        return Err(Preflight::NotScim {
            url: wire.base_url(),
            found: wire.redact(&found),
        });
    }
    Ok(read(dialect, paths, &answers))
}

/// Whether an answer is one that only a SCIM service gives: a success with `schemas`, or a list with its counts. A list
/// of another API, and a 404 of any framework, are not.
fn is_scim(answer: &Answer) -> bool {
    let Ok(body) = &answer.json else { return false };
    let first = body.as_array().and_then(|items| items.first());
    let has_schemas = |value: &Value| {
        let schemas = value.get("schemas").and_then(Value::as_array);
        let urn = |schema: &Value| schema.as_str().is_some_and(|text| text.starts_with("urn:"));
        schemas.is_some_and(|schemas| schemas.iter().any(urn))
    };
    let is_list = body.get("totalResults").is_some() || body.get("Resources").is_some();
    answer.status == 200 && (is_list || has_schemas(body) || first.is_some_and(has_schemas))
}

fn unreachable(wire: &Wire, replies: &[Reply]) -> Option<Preflight> {
    let reply = replies.first()?;
    if reply.answer.is_some() {
        return None;
    }
    let error = reply.exchanges.last()?.error.as_ref()?;
    Some(Preflight::Unreachable {
        url: wire.base_url(),
        kind: error.kind,
        message: error.message.clone(),
    })
}

fn describe(answer: &Answer) -> String {
    let header = |name: &str| {
        answer
            .headers
            .iter()
            .find(|h| h.name.eq_ignore_ascii_case(name))
            .map(|h| h.value.clone())
    };
    let what = match &answer.json {
        Ok(_) => "JSON that is no object".to_owned(),
        Err(problem) => problem.clone(),
    };
    match (answer.status, header("location")) {
        (300..=399, Some(place)) => {
            format!("GET /Users is redirected ({}) to {place}", answer.status)
        }
        (status, _) => {
            let kind = header("content-type").map_or_else(String::new, |kind| format!(", {kind}"));
            format!("GET /Users is answered {status}{kind}: {what}")
        }
    }
}

fn read(dialect: Dialect, paths: &[&str], answers: &[Option<&Answer>]) -> (Discovery, Vec<Note>) {
    let mut notes = Vec::new();
    if dialect == Dialect::V1 {
        return (Discovery::default(), notes);
    }
    let body = |wanted: &str| {
        let place = paths.iter().position(|path| *path == wanted)?;
        let answer = (*answers.get(place)?)?;
        if answer.status == 200 {
            answer.json.as_ref().ok()
        } else {
            None
        }
    };
    let discovery = Discovery::read(
        body("/ServiceProviderConfig"),
        body("/ResourceTypes"),
        body("/Schemas"),
    );
    for (there, path) in [
        (discovery.config.is_some(), "/ServiceProviderConfig"),
        (discovery.resource_types.is_some(), "/ResourceTypes"),
        (discovery.schemas.is_some(), "/Schemas"),
    ] {
        if !there {
            let text = format!(
                "the target publishes no readable {path}; RFC 7643's defaults are taken for it"
            );
            notes.push(Note {
                kind: NoteKind::Info,
                text,
            });
        }
    }
    (discovery, notes)
}

async fn get(wire: &Wire, dialect: Dialect, path: &str) -> Reply {
    let outgoing = Outgoing {
        method: "GET".to_owned(),
        path: path.to_owned(),
        headers: vec![("Accept".to_owned(), media_type(dialect).to_owned())],
        body: None,
        send_as: SendAs::Configured,
        role: Role::Discovery,
    };
    wire.send(&outgoing, PATIENCE).await
}
