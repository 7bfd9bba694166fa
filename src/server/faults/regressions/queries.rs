//! Filters that faulty servers read in part, and lists that hold too much or too little for it.

use serde_json::{Value, json};

use crate::server::fault::{Defect, Switches};
use crate::server::query::Query;

impl Switches {
    /// The filter as far as a faulty server reads it.
    pub(in crate::server) fn reads_in_part(&self, query: &mut Query) {
        let Some(text) = query.filter.clone() else {
            return;
        };
        let names = |name: &str| text.to_ascii_lowercase().contains(name);
        if self.has(Defect::FilterOtherAttributesIgnored)
            && !names("username")
            && !names("displayname")
        {
            query.filter = None;
        }
        if self.has(Defect::FilterTruncatedAtAnd)
            && !text.contains('[')
            && let Some((first, _)) = text.split_once(" and ")
        {
            query.filter = Some(first.to_owned());
        }
        if self.has(Defect::FilterValueCutAtBlank)
            && let Some((before, rest)) = text.split_once('"')
            && let Some((word, _)) = rest.split_once(' ')
            && !word.contains('"')
        {
            query.filter = Some(format!("{before}\"{word}\""));
        }
    }

    /// Finds what matches a filter twice.
    pub(in crate::server) fn finds_twice(&self, query: &Query, found: &mut Vec<(usize, Value)>) {
        if self.has(Defect::ListEntriesTwice) && query.filter.is_some() {
            found.extend(found.clone());
        }
    }

    /// Leaves the page empty for a filter with `and` and a count.
    pub(in crate::server) fn empties_page(&self, query: &Query, list: &mut Value) {
        let joined = query
            .filter
            .as_ref()
            .is_some_and(|text| text.contains(" and "));
        if let (true, Some(members)) = (
            self.has(Defect::FilterWithCountShowsNothing) && joined && query.count.is_some(),
            list.as_object_mut(),
        ) {
            members.insert("Resources".to_owned(), json!([]));
        }
    }
}
