//! Pagination by cursor (RFC 9865): the ids of a result are kept, so pages neither overlap nor skip while others write.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

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
