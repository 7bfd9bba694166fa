//! Pagination by cursor (RFC 9865): the ids of a result are kept, so pages neither overlap nor skip while others write.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::answer::Answer;
use super::dialect::Dialect;
use super::fault::{Choice, Defect};
use super::list::{MAX_PAGE, put};
use super::present::View;
use super::query::Query;
use super::service::Service;
use super::state::State;

use crate::scim::error::{ScimError, ScimType};

/// How long a cursor is good, in seconds; `pagination.cursorTimeout` says the same.
pub(super) const TIMEOUT: u64 = 600;

/// How many cursors are kept; the oldest expire first.
const KEPT: usize = 4096;

/// A place in a result.
#[derive(Debug, Clone)]
pub(super) struct Cursor {
    /// The ids of the whole result, in order.
    pub(super) ids: Arc<Vec<String>>,
    /// The first of the page.
    pub(super) offset: usize,
    /// How many resources a page has.
    pub(super) size: usize,
    /// What the request asked for beside the page; it must stay the same.
    pub(super) query: String,
}

/// The cursors that were given out.
#[derive(Debug, Default)]
pub(super) struct Cursors {
    given: HashMap<String, (Cursor, Instant)>,
    order: VecDeque<String>,
}

impl Cursors {
    /// Gives a cursor out under a name, until a time.
    pub(super) fn give(&mut self, name: String, cursor: Cursor, expires: Instant) -> String {
        while self.order.len() >= KEPT {
            if let Some(oldest) = self.order.pop_front() {
                self.given.remove(&oldest);
            }
        }
        self.order.push_back(name.clone());
        self.given.insert(name.clone(), (cursor, expires));
        name
    }

    /// The name of a cursor that begins like this: for a fault.
    pub(super) fn like(&self, name: &str) -> Option<String> {
        let half = name.get(..name.len() / 2).filter(|half| !half.is_empty())?;
        self.given
            .keys()
            .find(|known| known.starts_with(half))
            .cloned()
    }

    /// The place that a cursor names.
    ///
    /// # Errors
    /// `invalidCursor`, `expiredCursor`, `invalidCount` (RFC 9865 §2.1).
    pub(super) fn take(
        &self,
        name: &str,
        query: Option<&str>,
        size: Option<usize>,
        now: Instant,
    ) -> Result<Cursor, ScimError> {
        let invalid = |why: &str| ScimError::new(ScimType::InvalidCursor, why.to_owned());
        let (cursor, expires) = self
            .given
            .get(name)
            .ok_or_else(|| invalid("This server did not give out the cursor."))?;
        if now >= *expires {
            return Err(ScimError::new(
                ScimType::ExpiredCursor,
                "The cursor has expired.",
            ));
        }
        if query.is_some_and(|query| cursor.query != query) {
            return Err(invalid("The cursor is of another query."));
        }
        if size.is_some_and(|size| size != cursor.size) {
            return Err(ScimError::new(
                ScimType::InvalidCount,
                "count differs from that of the first page.",
            ));
        }
        Ok(cursor.clone())
    }
}

impl Service {
    /// Answers a query for a page by cursor.
    ///
    /// # Errors
    /// What the server answers.
    pub(super) fn page_by_cursor(
        &self,
        state: &mut State,
        kinds: &[usize],
        query: &Query,
        name: &str,
    ) -> Result<Answer, ScimError> {
        let now = Instant::now();
        let name = &self.switches.cursor_meant(&state.cursors, name)?;
        if query.start_index.is_some() {
            return Err(ScimError::new(
                ScimType::InvalidCursor,
                "startIndex and cursor exclude each other.",
            ));
        }
        self.check_count(query)?;
        let size = self.cursor_page_size(query);
        let identity = query.identity(kinds);
        let first = name.is_empty();
        let known = if first {
            None
        } else {
            let size = query.count.map(|_| size);
            let lenient = self.switches.chooses(Choice::CursorOfOtherQueryServed);
            let identity = (!lenient).then_some(identity.as_str());
            let taken = state.cursors.take(name, identity, size, now);
            if self.switches.has(Defect::CursorInvalidAccepted) {
                taken.ok()
            } else {
                Some(taken?)
            }
        };
        let cursor = if let Some(cursor) = known {
            cursor
        } else {
            let ids = self.ids_for_cursor(state, kinds, query, size)?;
            Cursor {
                ids: Arc::new(ids),
                offset: 0,
                size,
                query: identity,
            }
        };
        let end = cursor
            .offset
            .saturating_add(cursor.size)
            .min(cursor.ids.len());
        let here = cursor.ids.get(cursor.offset..end).unwrap_or_default();
        let view = View::new(self, state.readable(), Dialect::V2);
        let page: Vec<(usize, Value)> = here
            .iter()
            .filter_map(|id| state.readable().get(id))
            .map(|stored| (stored.kind, view.representation(stored)))
            .collect();
        let shown = if self.switches.has(Defect::CursorItemsPerPageAsAsked) {
            cursor.size
        } else {
            page.len()
        };
        let total = if self.switches.has(Defect::CursorWrongTotalResults) {
            cursor.ids.len().saturating_sub(cursor.offset)
        } else {
            cursor.ids.len()
        };
        let mut list = json!({
            "schemas": [Dialect::V2.list_urn()],
            "totalResults": total,
            "itemsPerPage": shown,
            "Resources": self.projected(Dialect::V2, page, &query.projection),
        });
        if self.switches.chooses(Choice::CursorWithoutTotalResults)
            && let Some(members) = list.as_object_mut()
        {
            members.shift_remove("totalResults");
        }
        let next = self.switches.next_offset(cursor.offset, end);
        let expires = now + self.switches.cursor_life();
        let more = (end < cursor.ids.len()
            && cursor.size > 0
            && !self.switches.has(Defect::CursorMissingInTheMiddle))
            || self.switches.has(Defect::CursorOnLastPage);
        if more {
            let name = self.cursor_name(state);
            let next = state.cursors.give(
                name,
                Cursor {
                    offset: next,
                    ..cursor.clone()
                },
                expires,
            );
            put(&mut list, "nextCursor", next.into());
        } else if self.switches.has(Defect::CursorNextEmptyAtEnd) {
            put(&mut list, "nextCursor", "".into());
        }
        let told = !self.switches.chooses(Choice::CursorWithoutPrevious);
        if cursor.offset > 0 && told || self.switches.has(Defect::CursorPreviousOnFirstPage) {
            let name = self.cursor_name(state);
            let offset = if self.switches.has(Defect::CursorPreviousAstray) {
                cursor.offset
            } else {
                cursor.offset.saturating_sub(cursor.size)
            };
            let place = Cursor { offset, ..cursor };
            let previous = state.cursors.give(name, place, expires);
            put(&mut list, "previousCursor", previous.into());
        }
        Ok(Answer::json(200, list))
    }

    /// Whether a page may have so many resources (RFC 9865 §2.1).
    fn check_count(&self, query: &Query) -> Result<(), ScimError> {
        let count = query.count.unwrap_or_default();
        let most = i64::try_from(MAX_PAGE).unwrap_or(i64::MAX);
        let refused = count > most && !self.switches.chooses(Choice::CursorCountCapped)
            || count < 0 && self.switches.chooses(Choice::CursorNegativeCountRefused);
        if refused {
            let detail = format!("count is 0 to {MAX_PAGE}.");
            return Err(ScimError::new(ScimType::InvalidCount, detail));
        }
        Ok(())
    }

    /// How many resources a page has.
    fn cursor_page_size(&self, query: &Query) -> usize {
        let size = self.page_size(query);
        let size = self.switches.cursor_page_size(query, size);
        if query.count.is_some() && self.switches.chooses(Choice::CursorPagesShort) {
            size.div_ceil(2)
        } else {
            size
        }
    }

    /// The ids of a whole result.
    fn ids_for_cursor(
        &self,
        state: &State,
        kinds: &[usize],
        query: &Query,
        size: usize,
    ) -> Result<Vec<String>, ScimError> {
        let view = View::new(self, state.readable(), Dialect::V2);
        let ids = |query: &Query| -> Result<Vec<String>, ScimError> {
            let found = self.matching(&view, state, Dialect::V2, kinds, query)?;
            let id = |value: &Value| value.get("id")?.as_str().map(str::to_owned);
            Ok(found.iter().filter_map(|(_, value)| id(value)).collect())
        };
        let mut query = query.clone();
        if self.switches.has(Defect::CursorSortIgnored) {
            query.sort_by = None;
        }
        let mut found = ids(&query)?;
        if self.switches.has(Defect::CursorFilterForgotten) && found.len() > size {
            found.truncate(size);
            let all = ids(&Query {
                filter: None,
                ..query
            })?;
            let others = all.into_iter().filter(|id| !found.contains(id));
            let others: Vec<String> = others.collect();
            found.extend(others);
        }
        Ok(found)
    }

    fn cursor_name(&self, state: &mut State) -> String {
        let name = state.fresh_token();
        if self.switches.has(Defect::CursorWithReservedCharacters) {
            format!("{name}+/=")
        } else {
            name
        }
    }
}
