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
use crate::scim::discovery::version_of_list;
use crate::scim::{error, urn};
use crate::suite::{Dialect, Published};

/// How long one request may be held up by a target that limits its rate.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often the first request is tried when it is answered 429 without a word on how long to wait.
const TRIES: u32 = 3;
/// What shows that the target is there, is a SCIM service, and takes the credentials.
const PROBE: &str = "/Users?startIndex=1&count=1";

/// Why a target can't be tested. Never a verdict on its conformance.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Preflight {
    /// No answer.
    #[error("{url} {}: {message}", if *began { "gives no answer that can be read" } else { "can't be reached" })]
    Unreachable {
        /// The base URL.
        url: String,
        /// Whether an answer began to come.
        began: bool,
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
    /// It limits the rate of requests, and did not stop to in the time that there is.
    #[error("{url} limits the rate of requests: GET /Users is answered {status}{}", wait.as_ref().map_or_else(String::new, |wait| format!(" (Retry-After: {wait})")))]
    Busy {
        /// The base URL.
        url: String,
        /// 429 or 503.
        status: u16,
        /// The `Retry-After` that came with it.
        wait: Option<String>,
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
    let paths: &[&str] = match dialect {
        Dialect::V1 => &[PROBE, "/ServiceProviderConfigs"],
        Dialect::V2 => &[
            PROBE,
            "/ServiceProviderConfig",
            "/ResourceTypes",
            "/Schemas",
        ],
    };
    // The probe goes first and alone: a target that is not there should not be asked four times.
    let mut replies = vec![first(wire, dialect).await];
    if let Some(failed) = unreachable(wire, &replies).or_else(|| busy(wire, &replies)) {
        return Err(failed);
    }
    replies.extend(join_all(paths.iter().skip(1).map(|path| get(wire, dialect, path))).await);
    let answers: Vec<Option<&Answer>> = replies.iter().map(|reply| reply.answer.as_ref()).collect();
    if let Some(Some(users)) = answers.first()
        && matches!(users.status, 401 | 403)
    {
        let detail = users.json.as_ref().ok().and_then(error::detail);
        let detail =
            detail.map(|detail| wire.redact(&detail.chars().take(200).collect::<String>()));
        return Err(Preflight::Refused {
            url: wire.shown_url(),
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
            url: wire.shown_url(),
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
    let exchange = reply.exchanges.last()?;
    let error = exchange.error.as_ref()?;
    Some(Preflight::Unreachable {
        url: wire.shown_url(),
        began: exchange.first_byte_us.is_some(),
        kind: error.kind,
        message: error.message.clone(),
    })
}

/// A target that has no time for the first request has none for a run.
fn busy(wire: &Wire, replies: &[Reply]) -> Option<Preflight> {
    let answer = replies.first()?.answer.as_ref()?;
    let wait = header(answer, "retry-after");
    let busy = answer.status == 429 || (answer.status == 503 && wait.is_some());
    busy.then(|| Preflight::Busy {
        url: wire.shown_url(),
        status: answer.status,
        wait: wait.map(|wait| wire.redact(&wait.chars().take(60).collect::<String>())),
    })
}

fn header(answer: &Answer, name: &str) -> Option<String> {
    let mut headers = answer.headers.iter();
    let found = headers.find(|header| header.name.eq_ignore_ascii_case(name));
    found.map(|header| header.value.clone())
}

fn describe(answer: &Answer) -> String {
    let what = match &answer.json {
        Ok(body) => shape(body),
        Err(problem) => problem.clone(),
    };
    match (answer.status, header(answer, "location")) {
        (300..=399, Some(place)) => {
            format!("GET /Users is redirected ({}) to {place}", answer.status)
        }
        (status, _) => {
            let kind =
                header(answer, "content-type").map_or_else(String::new, |kind| format!(", {kind}"));
            format!("GET /Users is answered {status}{kind}: {what}")
        }
    }
}

/// What JSON is that no list of users is, with the words that it has for people.
fn shape(body: &Value) -> String {
    let Some(members) = body.as_object() else {
        return "JSON that is no object".to_owned();
    };
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let said = ["detail", "message", "error_description", "error", "title"]
        .into_iter()
        .find_map(text)
        .map_or_else(String::new, |said| {
            format!(" ({})", said.chars().take(200).collect::<String>())
        });
    let schemas = body.get("schemas").and_then(Value::as_array);
    if schemas.is_some_and(|schemas| schemas.iter().any(|schema| schema == urn::ERROR)) {
        format!("a SCIM Error{said}")
    } else {
        format!("JSON that is no list of SCIM{said}")
    }
}

fn read(dialect: Dialect, paths: &[&str], answers: &[Option<&Answer>]) -> (Discovery, Vec<Note>) {
    let mut notes = Vec::new();
    let body = |wanted: &str| {
        let place = paths.iter().position(|path| *path == wanted)?;
        let answer = (*answers.get(place)?)?;
        if answer.status == 200 {
            answer.json.as_ref().ok()
        } else {
            None
        }
    };
    notes.extend(body(PROBE).and_then(|list| another_version(dialect, list)));
    if dialect == Dialect::V1 {
        // SCIM 1.1 says what is supported as 2.0 does; its schemas have another shape, and it has no resource types.
        let discovery = Discovery::read(body("/ServiceProviderConfigs"), None, None);
        return (discovery, notes);
    }
    let mut discovery = Discovery::read(
        body("/ServiceProviderConfig"),
        body("/ResourceTypes"),
        body("/Schemas"),
    );
    let missing = |published: &Published| {
        let path = format!("/{}", published.word());
        let place = paths.iter().position(|known| *known == path);
        let answer = place.and_then(|place| *answers.get(place)?);
        answer.is_some_and(|answer| matches!(answer.status, 404 | 405 | 501))
    };
    discovery.absent = Published::WORDS
        .map(|(_, published)| published)
        .into_iter()
        .filter(missing)
        .collect();
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

/// A warning that the target speaks another version than the one that is tested: nearly all would fail for that alone.
fn another_version(dialect: Dialect, list: &Value) -> Option<Note> {
    let tested = dialect.word();
    let found = version_of_list(list).filter(|found| *found != tested)?;
    Some(Note {
        kind: NoteKind::Warning,
        text: format!(
            "the target's list of users is one of SCIM {found}, and SCIM {tested} is tested. If that is not meant, add \
             --scim {found}, or give the base URL of its SCIM {tested}"
        ),
    })
}

/// Sends the first request, patiently.
async fn first(wire: &Wire, dialect: Dialect) -> Reply {
    let mut tries = 1;
    loop {
        let reply = probe(wire, dialect, PATIENCE).await;
        let answer = reply.answer.as_ref();
        let silent = answer
            .is_some_and(|answer| answer.status == 429 && header(answer, "retry-after").is_none());
        if !silent || tries >= TRIES {
            return reply;
        }
        tokio::time::sleep(Duration::from_secs(u64::from(tries))).await;
        tries += 1;
    }
}

/// Sends the first request again, or for the first time.
pub(super) async fn probe(wire: &Wire, dialect: Dialect, budget: Duration) -> Reply {
    send(wire, dialect, PROBE, budget).await
}

async fn get(wire: &Wire, dialect: Dialect, path: &str) -> Reply {
    send(wire, dialect, path, PATIENCE).await
}

async fn send(wire: &Wire, dialect: Dialect, path: &str, budget: Duration) -> Reply {
    let outgoing = Outgoing {
        method: "GET".to_owned(),
        path: path.to_owned(),
        headers: vec![("Accept".to_owned(), media_type(dialect).to_owned())],
        body: None,
        send_as: SendAs::Configured,
        role: Role::Discovery,
    };
    wire.send(&outgoing, budget).await
}
