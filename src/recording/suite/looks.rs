//! How resources looked the last time before.

use std::collections::BTreeMap;

use super::seen::Seen;

/// For each exchange, the last one before it that showed the same resource, whole.
#[derive(Debug)]
pub(super) struct Looks(Vec<Option<usize>>);

impl Looks {
    /// Finds them.
    pub(super) fn of(seen: &[Seen<'_>]) -> Self {
        let mut last: BTreeMap<(Option<&str>, String), usize> = BTreeMap::new();
        let mut before = Vec::with_capacity(seen.len());
        for (index, exchange) in seen.iter().enumerate() {
            let id = exchange.got.as_ref().and_then(|got| got.get("id"));
            let key = id.map(|id| (collection(exchange), id.to_string()));
            before.push(key.as_ref().and_then(|key| last.get(key)).copied());
            if let Some(key) = key
                && exchange.succeeded()
                && exchange.query.is_none()
            {
                last.insert(key, index);
            }
        }
        Self(before)
    }

    /// The one before this exchange.
    pub(super) fn before(&self, index: usize) -> Option<usize> {
        self.0.get(index).copied().flatten()
    }
}

/// The collection that an exchange is about.
fn collection<'a>(seen: &'a Seen<'_>) -> Option<&'a str> {
    let resource = seen.resource().map(|(collection, _)| collection);
    resource.or_else(|| seen.collection())
}
