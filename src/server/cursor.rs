//! Pagination by cursor (RFC 9865): the ids of a result are kept, so pages neither overlap nor skip while others write.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::answer::Answer;
use super::dialect::Dialect;
use super::fault::Defect;
use super::list::{MAX_PAGE, PAGE, put};
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
    /// Gives a cursor out under a name.
    pub(super) fn give(&mut self, name: String, cursor: Cursor, now: Instant) -> String {
        while self.order.len() >= KEPT {
            if let Some(oldest) = self.order.pop_front() {
                self.given.remove(&oldest);
            }
        }
        self.order.push_back(name.clone());
        self.given
            .insert(name.clone(), (cursor, now + Duration::from_secs(TIMEOUT)));
        name
    }

    /// The place that a cursor names.
    ///
    /// # Errors
    /// `invalidCursor`, `expiredCursor`, `invalidCount` (RFC 9865 §2.1).
    pub(super) fn take(
        &self,
        name: &str,
        query: &str,
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
        if cursor.query != query {
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
        if query.start_index.is_some() {
            return Err(ScimError::new(
                ScimType::InvalidCursor,
                "startIndex and cursor exclude each other.",
            ));
        }
        let max = self.config.modes.page_cap.unwrap_or(MAX_PAGE).min(MAX_PAGE);
        if query
            .count
            .is_some_and(|count| count > i64::try_from(MAX_PAGE).unwrap_or(i64::MAX))
        {
            return Err(ScimError::new(
                ScimType::InvalidCount,
                format!("count is at most {MAX_PAGE}."),
            ));
        }
        let size = if query.count.is_some() {
            self.page_size(query)
        } else {
            PAGE.min(max)
        };
        let size = if self.switches.has(Defect::CursorCountIgnored) {
            PAGE
        } else {
            size
        };
        let identity = query.identity(kinds);
        let first = name.is_empty();
        let known = if first {
            None
        } else {
            let size = query.count.map(|_| size);
            let taken = state.cursors.take(name, &identity, size, now);
            if self.switches.has(Defect::CursorInvalidAccepted) {
                taken.ok()
            } else {
                Some(taken?)
            }
        };
        let cursor = if let Some(cursor) = known {
            cursor
        } else {
            let view = View::new(self, state.readable(), Dialect::V2);
            let found = self.matching(&view, state, Dialect::V2, kinds, query)?;
            let ids = found
                .iter()
                .filter_map(|(_, value)| value.get("id")?.as_str().map(str::to_owned))
                .collect();
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
        let total = if self.switches.has(Defect::CursorWrongTotalResults) {
            cursor.ids.len().saturating_sub(cursor.offset)
        } else {
            cursor.ids.len()
        };
        let mut list = json!({
            "schemas": [Dialect::V2.list_urn()],
            "totalResults": total,
            "itemsPerPage": page.len(),
            "Resources": self.projected(Dialect::V2, page, &query.projection),
        });
        let next = if self.switches.has(Defect::CursorRepeatsPage) {
            cursor.offset
        } else {
            end
        };
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
                now,
            );
            put(&mut list, "nextCursor", next.into());
        }
        if cursor.offset > 0 || self.switches.has(Defect::CursorPreviousOnFirstPage) {
            let name = self.cursor_name(state);
            let offset = cursor.offset.saturating_sub(cursor.size);
            let previous = state.cursors.give(name, Cursor { offset, ..cursor }, now);
            put(&mut list, "previousCursor", previous.into());
        }
        Ok(Answer::json(200, list))
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
