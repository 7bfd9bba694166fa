//! All that is known of a recording while its checks are written.

use std::collections::BTreeMap;

use super::looks::Looks;
use super::order::Races;
use super::resource::{Origin, Resources};
use super::seen::Seen;
use super::unique::Names;

/// What is known of a recording.
pub(super) struct Story<'a> {
    pub(super) seen: &'a [Seen<'a>],
    /// Without a slash at its end.
    pub(super) base_url: &'a str,
    pub(super) names: Names,
    pub(super) resources: Resources,
    pub(super) versions: Versions,
    pub(super) races: Races,
    pub(super) looks: Looks,
    /// The credentials of the client: those of most requests that were let in.
    pub(super) own_credentials: Option<usize>,
}

impl<'a> Story<'a> {
    pub(super) fn new(seen: &'a [Seen<'a>], base_url: &'a str) -> Self {
        let resources = Resources::of(seen);
        let mut names = Names::of(seen);
        for resource in resources.iter() {
            if let Origin::Before(looks) = &resource.origin {
                // A run makes one like it, by another name.
                names.add_all(&super::standin::body(looks), true);
            }
        }
        Self {
            seen,
            base_url,
            names,
            resources,
            versions: Versions::of(seen),
            races: Races::of(seen),
            looks: Looks::of(seen),
            own_credentials: own_credentials(seen),
        }
    }

    /// Scheme, host and port of the target.
    pub(super) fn origin(&self) -> &'a str {
        let start = self.base_url.find("://").map_or(0, |at| at + 3);
        let rest = self.base_url.get(start..).unwrap_or_default();
        let end = rest.find('/').map_or(self.base_url.len(), |at| start + at);
        self.base_url.get(..end).unwrap_or(self.base_url)
    }

    /// What an exchange gives to those after it: names, and where each is.
    pub(super) fn captures(&self, index: usize) -> Vec<(String, String)> {
        let made = self
            .resources
            .made_by(index)
            .map(|resource| (resource.word.clone(), "$.id".to_owned()));
        let versions = self.versions.given.get(&index).cloned();
        made.chain(versions).collect()
    }
}

/// Of the requests that were let in, the credentials of the most.
fn own_credentials(seen: &[Seen<'_>]) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for exchange in seen.iter().map(|seen| seen.exchange) {
        let let_in =
            !matches!(exchange.answer.status, 401 | 403) && exchange.answer.made_up.is_none();
        if let Some(credentials) = exchange.credentials.filter(|_| let_in) {
            *counts.entry(credentials).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|(first, count)| (*count, std::cmp::Reverse(*first)))
        .map(|(own, _)| own)
}

/// Versions (`ETag`) that came back and were sent again.
#[derive(Debug, Default)]
pub(super) struct Versions {
    /// By the exchange that gives one: its name, and where it is.
    given: BTreeMap<usize, (String, String)>,
    /// By the exchange that sends one: the name of the header, and of what it sends.
    sent: BTreeMap<usize, Vec<(&'static str, Option<String>)>>,
}

impl Versions {
    fn of(seen: &[Seen<'_>]) -> Self {
        let mut versions = Self::default();
        // By version: the last exchange that gave it, and where it was.
        let mut last: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        for (index, exchange) in seen.iter().enumerate() {
            for header in ["If-Match", "If-None-Match"] {
                let Some(value) = exchange.exchange.request.header(header) else {
                    continue;
                };
                let word = if value == "*" {
                    Some("*".to_owned())
                } else {
                    versions.word(&last, value)
                };
                versions.sent.entry(index).or_default().push((header, word));
            }
            let meta = exchange.got.as_ref().and_then(|got| got.get("meta"));
            let version = meta.and_then(|meta| meta.get("version")?.as_str());
            if let Some(version) = version {
                last.insert(version, (index, "$.meta.version"));
            }
            if let Some(etag) = exchange.exchange.answer.message.header("etag") {
                last.insert(etag, (index, "header ETag"));
            }
        }
        versions
    }

    /// What stands for a version that an exchange before this one gave.
    fn word(&mut self, last: &BTreeMap<&str, (usize, &str)>, value: &str) -> Option<String> {
        let (index, place) = *last.get(value)?;
        let number = self.given.len() + 1;
        let (name, _) = self
            .given
            .entry(index)
            .or_insert_with(|| (format!("version_{number}"), place.to_owned()));
        Some(format!("${{{name}}}"))
    }

    /// The conditional headers of a request, with what is sent; `None` for what is not known.
    pub(super) fn headers(&self, index: usize) -> &[(&'static str, Option<String>)] {
        self.sent.get(&index).map_or(&[], Vec::as_slice)
    }
}
