//! The resources that a recording is about, and where each comes from.

use std::collections::BTreeMap;

use serde_json::Value;

use super::mention::Mentions;
use super::place::{is_reference, texts};
use super::seen::Seen;
use super::text::{Decoded, quoted};
use crate::suite::template::text_of;

/// Ids that are shorter stand in other texts by chance: they are known only where a reference is.
const TELLING: usize = 8;

/// A resource that requests name.
#[derive(Debug)]
pub(super) struct Resource {
    /// Such as `/Users`.
    pub(super) collection: String,
    pub(super) origin: Origin,
    /// What stands for its id, without the braces: `user`, `var.user_id`.
    pub(super) word: String,
    /// The exchange from which on `word` is known.
    pub(super) known_from: usize,
}

/// Where a resource comes from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Origin {
    /// This exchange made it.
    Made(usize),
    /// It was there before; this is how it looked.
    Before(Value),
    /// It was there before, and how it looked is not known.
    Given,
    /// There is none.
    Nobody,
}

/// The resources that requests name.
#[derive(Debug, Default)]
pub(super) struct Resources {
    all: Vec<Resource>,
    by_id: BTreeMap<String, Vec<usize>>,
    /// By the exchange that made them.
    made: BTreeMap<usize, Vec<usize>>,
    /// The ids that are known in other texts.
    telling: Mentions,
}

/// What is known of a resource while the recording is read.
#[derive(Debug, Default)]
struct Facts {
    made: Option<usize>,
    looks: Option<Value>,
    /// The first request that names it.
    named: Option<usize>,
    /// Whether a request that names it in its path succeeded.
    found: bool,
    /// Whether a request changed it.
    changed: bool,
}

type Key = (String, String);

impl Resources {
    /// Finds them.
    pub(super) fn of(seen: &[Seen<'_>]) -> Self {
        let mut facts: BTreeMap<Key, Facts> = BTreeMap::new();
        let mut order: Vec<Key> = Vec::new();
        for (index, exchange) in seen.iter().enumerate() {
            learn(exchange, index, &mut facts, &mut order);
        }
        let mut by_id: BTreeMap<&str, Vec<&Key>> = BTreeMap::new();
        for key in &order {
            by_id.entry(&key.1).or_default().push(key);
        }
        let mut named: Vec<(Key, usize)> = Vec::new();
        for (index, exchange) in seen.iter().enumerate() {
            for id in references(exchange, &|id| by_id.contains_key(id)) {
                let keys = by_id.get(id.as_str()).into_iter().flatten();
                named.extend(keys.map(|key| ((*key).clone(), index)));
            }
        }
        for (key, index) in named {
            if let Some(facts) = facts.get_mut(&key) {
                facts.named = Some(facts.named.map_or(index, |first| first.min(index)));
            }
        }
        let mut resources = Self::default();
        let mut words = Words::default();
        for key in order {
            if let Some(facts) = facts.remove(&key)
                && let Some(named) = facts.named
            {
                resources.add(key, facts, named, &mut words);
            }
        }
        let ids = resources.by_id.keys().map(String::as_str);
        resources.telling = Mentions::of(ids.filter(|id| id.len() >= TELLING));
        resources
    }

    fn add(&mut self, (collection, id): Key, facts: Facts, named: usize, words: &mut Words) {
        let kind = kind(&collection);
        let (origin, word, known_from) = match facts {
            Facts {
                made: Some(made), ..
            } if made < named => (Origin::Made(made), words.of(&kind), made + 1),
            Facts {
                looks: Some(looks), ..
            } if is_made_by_clients(&collection) => (Origin::Before(looks), words.of(&kind), 0),
            // Roles and the like are no test data: they are what the target is made of.
            Facts {
                changed: false,
                looks: Some(_),
                ..
            } => return,
            Facts { found: true, .. } => (
                Origin::Given,
                format!("var.{}", words.of(&format!("{kind}_id"))),
                0,
            ),
            _ => (
                Origin::Nobody,
                format!("unique.id.{}", words.of("nobody")),
                0,
            ),
        };
        let place = self.all.len();
        self.by_id.entry(id).or_default().push(place);
        if let Origin::Made(index) = origin {
            self.made.entry(index).or_default().push(place);
        }
        self.all.push(Resource {
            collection,
            origin,
            word,
            known_from,
        });
    }

    /// All of them, in the order in which they were first seen.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Resource> {
        self.all.iter()
    }

    /// Those that an exchange made.
    pub(super) fn made_by(&self, index: usize) -> impl Iterator<Item = &Resource> {
        let places = self.made.get(&index).into_iter().flatten();
        places.filter_map(|place| self.all.get(*place))
    }

    /// All of this id, whenever they are known.
    pub(super) fn of_id(&self, id: &str) -> impl Iterator<Item = &Resource> {
        let places = self.by_id.get(id).into_iter().flatten();
        places.filter_map(|place| self.all.get(*place))
    }

    /// The resource that a path names.
    pub(super) fn at(&self, collection: &str, id: &str, index: usize) -> Option<&Resource> {
        let found = self.with_id(id, index);
        found
            .into_iter()
            .find(|found| found.collection.eq_ignore_ascii_case(collection))
    }

    /// The resource that a value at a place refers to, at this exchange.
    pub(super) fn referred(&self, place: &str, id: &str, index: usize) -> Option<&Resource> {
        if !is_reference(place) && id.len() < TELLING {
            return None;
        }
        self.with_id(id, index).into_iter().next()
    }

    fn with_id(&self, id: &str, index: usize) -> Vec<&Resource> {
        self.of_id(id)
            .filter(|found| found.known_from <= index)
            .collect()
    }

    /// Whether a text holds the id of one, whenever it is known.
    pub(super) fn is_within(&self, text: &str) -> bool {
        self.by_id.contains_key(text) || self.telling.are_in(text)
    }
}

/// Takes in what an exchange says of resources.
fn learn(seen: &Seen<'_>, index: usize, facts: &mut BTreeMap<Key, Facts>, order: &mut Vec<Key>) {
    let mut of = |collection: &str, id: &str, change: &mut dyn FnMut(&mut Facts)| {
        let key = (collection.to_owned(), id.to_owned());
        if !facts.contains_key(&key) {
            order.push(key.clone());
        }
        change(facts.entry(key).or_default());
    };
    let id_of = |value: &Value| value.get("id").map(text_of).filter(|id| !id.is_empty());
    if let Some((collection, id)) = seen.resource() {
        let got = seen.got.as_ref().filter(|_| seen.succeeded());
        let looks = got.filter(|got| id_of(got).as_ref() == Some(&id)).cloned();
        of(collection, &id, &mut |facts| {
            facts.named = Some(facts.named.unwrap_or(index).min(index));
            facts.found |= seen.succeeded();
            facts.changed |= seen.succeeded() && !matches!(seen.method(), "GET" | "HEAD");
            facts.looks = facts.looks.take().or_else(|| looks.clone());
        });
        return;
    }
    let Some(collection) = seen.collection() else {
        return;
    };
    if let Some(listed) = seen.listed() {
        let looked_up = is_lookup(seen);
        for resource in listed {
            let Some(id) = id_of(resource) else { continue };
            of(collection, &id, &mut |facts| {
                facts.looks.get_or_insert_with(|| resource.clone());
                if looked_up {
                    facts.named = Some(facts.named.unwrap_or(index).min(index));
                }
            });
        }
    } else if seen.method() == "POST" && seen.succeeded() {
        let Some(got) = &seen.got else { return };
        let Some(id) = id_of(got) else { return };
        of(collection, &id, &mut |facts| {
            facts.made.get_or_insert(index);
        });
    }
}

/// Whether a request looks for what has a certain name or id.
pub(super) fn is_lookup(seen: &Seen<'_>) -> bool {
    let query = Decoded::new(seen.query.unwrap_or_default(), true);
    let by_query = quoted(&query.text);
    let by_body = seen
        .sent
        .as_ref()
        .and_then(|body| body.get("filter")?.as_str());
    let by_body = quoted(by_body.unwrap_or_default());
    let mut all = by_query.iter().chain(&by_body);
    let is_exact = |quoted: &super::text::Quoted<'_>| {
        let place = super::unique::attribute_place(quoted.attribute);
        let names = super::place::is_name(&place) || place == "id";
        quoted.operator.eq_ignore_ascii_case("eq") && names
    };
    let first = all.next();
    first.is_some_and(is_exact) && all.next().is_none() && !query.text.contains(" or ")
}

/// The ids that a request's body and query refer to.
fn references(seen: &Seen<'_>, is_id: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |id: &str, certain: bool| {
        if is_id(id) && (certain || id.len() >= TELLING) {
            found.push(id.to_owned());
        }
    };
    let query = Decoded::new(seen.query.unwrap_or_default(), true);
    for quoted in quoted(&query.text) {
        add(
            &quoted.value,
            is_reference(&super::unique::attribute_place(quoted.attribute)),
        );
    }
    if let Some(body) = &seen.sent {
        texts(body, &mut |place, text| {
            add(text, is_reference(place));
            add(
                text.rsplit('/').next().unwrap_or_default(),
                place.ends_with("$ref"),
            );
            for quoted in quoted(text) {
                add(
                    &quoted.value,
                    is_reference(&super::unique::attribute_place(quoted.attribute)),
                );
            }
        });
    }
    found
}

/// Whether a run may make resources of a collection that the recorded client did not make.
fn is_made_by_clients(collection: &str) -> bool {
    ["/users", "/groups"].contains(&collection.to_ascii_lowercase().as_str())
}

/// What resources of a collection are called: `user` of `/Users`.
pub(super) fn kind(collection: &str) -> String {
    let name = collection.trim_start_matches('/').to_lowercase();
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let name = name.strip_suffix("ies").map_or_else(
        || name.strip_suffix('s').unwrap_or(&name).to_owned(),
        |stem| format!("{stem}y"),
    );
    // Some words mean something else already.
    match name.as_str() {
        _ if !name.starts_with(|c: char| c.is_ascii_alphabetic()) => "resource".to_owned(),
        "unique" | "run" | "row" | "config" | "target" | "sent" | "item" | "var" => {
            format!("{name}_resource")
        }
        _ => name,
    }
}

/// Names that were given.
#[derive(Debug, Default)]
struct Words(BTreeMap<String, usize>);

impl Words {
    /// `user`, then `user_2`.
    fn of(&mut self, kind: &str) -> String {
        let count = self.0.entry(kind.to_owned()).or_default();
        *count += 1;
        match *count {
            1 => kind.to_owned(),
            more => format!("{kind}_{more}"),
        }
    }
}
