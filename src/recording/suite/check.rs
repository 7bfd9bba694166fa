//! The checks: one for each exchange, and one for each resource that was there before.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::Recording;
use super::expect::expectations;
use super::resource::{Origin, kind};
use super::secret::Secrets;
use super::seen::Seen;
use super::shared::Shared;
use super::story::Story;
use super::title::title;
use super::{request, standin};
use crate::suite::build::{Sequence, literal, null, text, value};
use crate::suite::ids::Ids;
use crate::suite::print::Comments;
use crate::suite::source::{Mark, Node};

/// The methods that the suite language has.
const METHODS: [&str; 6] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

/// A suite, not yet as text.
pub(super) struct Made {
    pub(super) tree: Value,
    pub(super) comments: Comments,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) replayed: usize,
    pub(super) skipped: usize,
}

/// Checks as they are written.
struct Checks<'a> {
    story: Story<'a>,
    shared: Shared,
    secrets: Secrets,
    ids: Ids,
    made: Vec<Value>,
    comments: Vec<String>,
    skipped: usize,
}

/// Writes the checks of a recording.
pub(super) fn checks(seen: &[Seen<'_>], recording: &Recording<'_>) -> Made {
    let mut checks = Checks {
        story: Story::new(seen, recording.base_url),
        shared: Shared::of(seen),
        secrets: Secrets::default(),
        ids: Ids::default(),
        made: Vec::new(),
        comments: Vec::new(),
        skipped: 0,
    };
    checks.stand_ins();
    for (index, exchange) in seen.iter().enumerate() {
        checks.exchange(index, exchange);
    }
    checks.whole(recording)
}

impl Checks<'_> {
    /// What has to be there before the first request.
    fn stand_ins(&mut self) {
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut made = Vec::new();
        for resource in self.story.resources.iter() {
            match &resource.origin {
                Origin::Before(looks) => {
                    let body = standin::template(&self.story, looks, &known);
                    made.push((resource.collection.clone(), resource.word.clone(), body));
                    known.insert(resource.word.clone());
                }
                Origin::Given => {
                    let what = format!(
                        "the id of a {} that the run may read and change: what it looked like is not in the recording",
                        kind(&resource.collection)
                    );
                    let name = resource.word.trim_start_matches("var.").to_owned();
                    self.secrets.give(name, what);
                }
                Origin::Made(_) | Origin::Nobody => {}
            }
        }
        for (collection, word, body) in made {
            let title = format!("Make the {} that was there before", kind(&collection));
            let check = json!({
                "id": self.ids.of(&title),
                "title": title,
                "steps": [{
                    "post": literal(&collection),
                    "body": body,
                    "expect": { "status": "2xx" },
                    "capture": { word: "$.id" },
                }],
            });
            let comment = "In the tenant when it was recorded. A run leaves alone what it did not make, so it\nmakes one like it.";
            self.push(check, comment.to_owned());
        }
    }

    fn exchange(&mut self, index: usize, seen: &Seen<'_>) {
        let title = title(seen);
        let mut comment = told(seen);
        let mut check = Map::new();
        check.insert("id".into(), self.ids.of(&title).into());
        check.insert("title".into(), literal(&title).into());
        if let Some(why) = hindrance(seen) {
            check.insert("skip".into(), literal(&why).into());
            self.skipped += 1;
        } else {
            let step = self.step(index, seen, &mut comment);
            check.insert("steps".into(), json!([step]));
        }
        if self.story.races.hold(index) {
            comment.push_str(
                "\nAnother request changed it at the same time, so what came back is not compared.",
            );
        }
        if seen.exchange.answer.status >= 500 && seen.exchange.answer.made_up.is_none() {
            comment.push_str(
                "\nThe server failed here. What it should answer, the recording does not know.",
            );
        }
        self.push(Value::Object(check), comment);
    }

    fn step(&mut self, index: usize, seen: &Seen<'_>, comment: &mut String) -> Value {
        let (story, secrets) = (&self.story, &mut self.secrets);
        let mut step = Map::new();
        let path = request::path(story, index, seen, secrets);
        step.insert(seen.method().to_ascii_lowercase(), path.into());
        if seen.path.ends_with("/.search") && seen.method() == "POST" {
            step.insert("reads".into(), true.into());
        }
        let mut headers = self.shared.headers(seen);
        for (name, word) in story.versions.headers(index) {
            match word {
                Some(word) => {
                    headers.insert((*name).to_owned(), word.as_str().into());
                }
                None => {
                    // A `String` takes any write: the result can't be an error.
                    let _ = write!(
                        comment,
                        "\n{name} is left out: no answer before gave its value."
                    );
                }
            }
        }
        if !headers.is_empty() {
            step.insert("headers".into(), Value::Object(headers));
        }
        match (seen.exchange.credentials, story.own_credentials) {
            // Those of the command, which a run has too.
            (Some(0), _) => {}
            (None, own) if own.is_some() || matches!(seen.exchange.answer.status, 401 | 403) => {
                step.insert("as".into(), "nobody".into());
            }
            (Some(used), own) if Some(used) != own => {
                let authorization = if matches!(seen.exchange.answer.status, 401 | 403) {
                    comment.push_str("\nSent with other credentials, which were refused.");
                    format!("Bearer ${{unique.password.other{used}}}")
                } else {
                    let name = format!("authorization_{used}");
                    let what = "the whole value of Authorization that this client sent besides its usual one";
                    secrets.give(name.clone(), what.to_owned());
                    format!("${{var.{name}}}")
                };
                step.insert("as".into(), json!({ "authorization": authorization }));
            }
            _ => {}
        }
        if let Some((key, body)) = request::body(story, index, seen, secrets) {
            step.insert(key.into(), body);
        }
        step.insert("expect".into(), expectations(story, index, seen));
        let captures = story.captures(index);
        if !captures.is_empty() {
            let captures: Map<String, Value> = captures
                .into_iter()
                .map(|(name, from)| (name, from.into()))
                .collect();
            step.insert("capture".into(), Value::Object(captures));
        }
        Value::Object(step)
    }

    fn push(&mut self, check: Value, comment: String) {
        self.made.push(check);
        self.comments.push(comment);
    }

    fn whole(self, recording: &Recording<'_>) -> Made {
        let mark = Mark::default();
        let replayed = self.story.seen.len() - self.skipped;
        let place = recording
            .base_url
            .split_once("://")
            .map_or("", |(_, rest)| rest);
        let mut headers: Vec<(String, Node)> = Vec::new();
        headers.extend(
            self.shared
                .accept
                .as_ref()
                .map(|value| ("Accept".to_owned(), text(mark, literal(value)))),
        );
        headers.extend(
            self.shared
                .user_agent
                .as_ref()
                .map(|value| ("User-Agent".to_owned(), text(mark, literal(value)))),
        );
        let parameters = self.secrets.parameters;
        let sequence = Sequence {
            title: format!(
                "Recorded at {}",
                place.split('/').next().unwrap_or_default()
            ),
            otherwise: "recorded",
            origin: format!(
                "A recording of what a client sent to {}, begun at {}",
                literal(recording.base_url),
                recording.started
            ),
            imported: "recording",
            scim: dialect(self.story.seen),
            services: Vec::new(),
            headers,
            content_type: self.shared.content_type,
            parameters: parameters
                .iter()
                .map(|(name, _)| (name.clone(), null(mark)))
                .collect(),
            checks: self.made.iter().map(|check| value(mark, check)).collect(),
        };
        let mut comments: Comments = BTreeMap::new();
        comments.insert(String::new(), format!(
            "Recorded by scimitar {}. It sends again what was recorded, in order; edit it as you like.\n\
             Ids come from the answers, names are generated (they carry the run's tag), and what is made is removed.\n\
             Docs: docs/suite-language.md, Sequences",
            env!("CARGO_PKG_VERSION")
        ));
        if !parameters.is_empty() {
            let mut needed =
                "A run has to be given these, by --var NAME=VALUE or [variables] in scimitar.toml:"
                    .to_owned();
            for (name, what) in &parameters {
                let _ = write!(needed, "\n  {name}: {what}");
            }
            comments.insert("/parameters".into(), needed);
        }
        for (number, comment) in self.comments.into_iter().enumerate() {
            comments.insert(format!("/checks/{number}"), comment);
        }
        Made {
            tree: sequence.into_node(mark).to_json(),
            comments,
            parameters,
            replayed,
            skipped: self.skipped,
        }
    }
}

/// Why an exchange can't be sent again.
fn hindrance(seen: &Seen<'_>) -> Option<String> {
    let exchange = seen.exchange;
    if let Some(why) = &exchange.answer.made_up {
        return Some(format!(
            "the target gave no answer when it was recorded: {why}"
        ));
    }
    if !METHODS.contains(&seen.method()) {
        return Some(format!(
            "the suite language has no method {}",
            seen.method()
        ));
    }
    if let Some(why) = &exchange.request.content.incomplete {
        return Some(format!("the body of the request is not known: {why}"));
    }
    matches!(exchange.answer.status, 429 | 503).then(|| {
        format!(
            "the server was busy when it was recorded: status {}",
            exchange.answer.status
        )
    })
}

/// What passed, in one line for people.
fn told(seen: &Seen<'_>) -> String {
    let exchange = seen.exchange;
    format!(
        "{}  {} {}  {}, {} ms",
        exchange.started.format("%H:%M:%S%.3f"),
        exchange.method,
        exchange.target,
        exchange.answer.status,
        exchange.duration.as_millis()
    )
}

/// The version of SCIM that was spoken.
fn dialect(seen: &[Seen<'_>]) -> &'static str {
    let holds = |part: &str| {
        seen.iter().any(|seen| {
            let exchange = seen.exchange;
            [&exchange.request, &exchange.answer.message]
                .iter()
                .any(|message| message.content.text.contains(part))
        })
    };
    if holds("urn:scim:schemas:core:1.0") && !holds("urn:ietf:params:scim:") {
        "1.1"
    } else {
        "2.0"
    }
}
