//! Values that have to be another one in each run: what names resources, in the language's words for generated data.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::mention::{Mentions, Wholes};
use super::place::{is_name, texts};
use super::seen::Seen;
use super::text::{Decoded, letters, quoted};
use crate::http::REDACTED;

/// The shortest value that is replaced: shorter ones stand in other texts by chance.
const SHORTEST: usize = 3;

/// Values that name resources, each with what stands for it.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// By the value in lower case.
    known: BTreeMap<String, Name>,
    /// All texts that the client sent.
    sent: BTreeSet<String>,
    /// Made when it is first asked for.
    index: OnceCell<Index>,
}

/// Finds the names in other texts, and the other way round.
#[derive(Debug)]
struct Index {
    names: Mentions,
    wholes: Wholes,
}

#[derive(Debug)]
struct Name {
    /// As it was first seen.
    value: String,
    /// What generates it: `unique.email.a`.
    word: String,
    /// Where the client sent it.
    places: BTreeSet<String>,
}

impl Names {
    /// The names that a client sent, in bodies and in filters.
    pub(super) fn of(seen: &[Seen<'_>]) -> Self {
        let mut names = Self::default();
        for exchange in seen {
            if let Some(body) = &exchange.sent {
                names.add_all(body, exchange.writes());
            }
            let query = Decoded::new(exchange.query.unwrap_or_default(), true);
            for (place, value) in looked_up(&query.text) {
                names.add(&place, &value);
            }
            // A query by POST (RFC 7644 §3.4.3).
            let filter = exchange
                .sent
                .as_ref()
                .and_then(|body| body.get("filter")?.as_str());
            for (place, value) in looked_up(filter.unwrap_or_default()) {
                names.add(&place, &value);
            }
        }
        names
    }

    /// Adds the names of a body; of one that writes nothing only the texts are kept.
    pub(super) fn add_all(&mut self, body: &Value, writes: bool) {
        let mut found = Vec::new();
        texts(body, &mut |place, text| {
            found.push((place.to_owned(), text.to_owned()));
        });
        for (place, text) in found {
            if writes && is_name(&place) {
                self.add(&place, &text);
            }
            self.sent.insert(text);
        }
    }

    fn add(&mut self, place: &str, value: &str) {
        if value.chars().count() < SHORTEST || value.contains(REDACTED) {
            return;
        }
        self.index = OnceCell::new();
        let number = self.known.len();
        let name = self.known.entry(value.to_lowercase()).or_insert_with(|| {
            let kind = if value.contains('@') {
                "email"
            } else if place == "displayname" {
                "name"
            } else {
                "id"
            };
            Name {
                value: value.to_owned(),
                word: format!("unique.{kind}.{}", letters(number)),
                places: BTreeSet::new(),
            }
        });
        name.places.insert(place.to_owned());
    }

    /// What stands for a value that a client sends at a place, if it is a name.
    pub(super) fn sent(&self, place: &str, value: &str) -> Option<String> {
        let name = self.known.get(&value.to_lowercase())?;
        let fits = value.contains('@') || is_name(place) || name.places.contains(place);
        fits.then(|| name.written(value))
    }

    /// What stands for a value that a filter looks for.
    pub(super) fn looked_for(&self, attribute: &str, value: &str) -> Option<String> {
        self.sent(&attribute_place(attribute), value)
    }

    /// What is demanded of a value that came back at a place.
    pub(super) fn received(&self, place: &str, value: &str) -> Received {
        let lower = value.to_lowercase();
        if let Some(name) = self.known.get(&lower) {
            // One that stands elsewhere than the client put it may be equal by chance.
            return if value.contains('@') || name.places.contains(place) {
                Received::Generated(format!("${{{}}}", name.word))
            } else {
                Received::Unknown
            };
        }
        if self.sent.contains(value) {
            return Received::Same;
        }
        // The server made it of a name, perhaps: of one that is another one next time.
        let made = lower.len() >= SHORTEST
            && (self.index().wholes.hold(&lower) || self.index().names.are_in(&lower));
        if made {
            Received::Unknown
        } else {
            Received::Same
        }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let known = || self.known.keys().map(String::as_str);
            Index {
                names: Mentions::of(known()),
                wholes: Wholes::of(known()),
            }
        })
    }

    /// Whether the client sent this text.
    pub(super) fn was_sent(&self, value: &str) -> bool {
        self.sent.contains(value)
    }
}

/// What is demanded of a value that came back.
pub(super) enum Received {
    /// What was generated.
    Generated(String),
    /// The same again.
    Same,
    /// Nothing: it can't be told.
    Unknown,
}

impl Name {
    fn written(&self, value: &str) -> String {
        let swapped = |text: &str| -> String {
            let swap = |c: char| {
                if c.is_uppercase() {
                    c.to_lowercase().to_string()
                } else {
                    c.to_uppercase().to_string()
                }
            };
            text.chars().map(swap).collect()
        };
        let word = &self.word;
        if value == self.value {
            format!("${{{word}}}")
        } else if value == self.value.to_uppercase() {
            format!("${{{word}|upper}}")
        } else if value == self.value.to_lowercase() {
            format!("${{{word}|lower}}")
        } else if value == swapped(&self.value) {
            format!("${{{word}|swapcase}}")
        } else {
            format!("${{{word}|capitalize}}")
        }
    }
}

/// What a text compares names with: the place and the value.
fn looked_up(text: &str) -> Vec<(String, String)> {
    quoted(text)
        .into_iter()
        .filter(|quoted| quoted.operator.eq_ignore_ascii_case("eq"))
        .map(|quoted| (attribute_place(quoted.attribute), quoted.value))
        .filter(|(place, _)| is_name(place))
        .collect()
}

/// The place of an attribute in a filter, which may follow the parameter's name: `filter=userName`.
pub(super) fn attribute_place(written: &str) -> String {
    let plain = written.rsplit(['=', '&']).next().unwrap_or_default();
    super::place::named(plain)
}
