//! Pages by cursor that are wrong, and a configuration that says what is not so.

use std::time::Duration;

use serde_json::{Value, json};

use crate::scim::error::{ScimError, ScimType};
use crate::server::answer::Answer;
use crate::server::call::Call;
use crate::server::cursor::{Cursors, TIMEOUT};
use crate::server::fault::{Choice, Defect, Switches};
use crate::server::query::Query;
use crate::server::route::{Asked, Operation};

impl Switches {
    /// How many seconds a cursor lives, as the configuration says it.
    pub(in crate::server) fn cursor_timeout(&self) -> u64 {
        if self.has(Defect::CursorExpiredAnswers500) || self.chooses(Choice::CursorsShortLived) {
            1
        } else {
            TIMEOUT
        }
    }

    /// How long a cursor lives.
    pub(in crate::server) fn cursor_life(&self) -> Duration {
        if self.has(Defect::CursorsExpireAtOnce) {
            return Duration::ZERO;
        }
        Duration::from_secs(self.cursor_timeout())
    }

    /// Changes which pagination a query asks for.
    pub(in crate::server) fn paginate(&self, query: &mut Query) {
        if self.has(Defect::PaginationCursorUntrue) {
            query.cursor = None;
        }
        let by_index = query.start_index.is_some() && query.cursor.is_none();
        let unsaid = query.start_index.is_none();
        if by_index && self.has(Defect::CursorsReplaceIndex)
            || unsaid && self.has(Defect::CursorsByDefaultUnsaid)
        {
            query.start_index = None;
            query.cursor.get_or_insert_default();
        }
    }

    /// The name that a cursor is taken for.
    ///
    /// # Errors
    /// `invalidCursor` for an empty one.
    pub(in crate::server) fn cursor_meant(
        &self,
        given: &Cursors,
        name: &str,
    ) -> Result<String, ScimError> {
        if name.is_empty() && self.has(Defect::CursorEmptyRefused) {
            return Err(ScimError::new(
                ScimType::InvalidCursor,
                "The cursor is empty.",
            ));
        }
        let like = self
            .has(Defect::CursorPrefixCompared)
            .then(|| given.like(name))
            .flatten();
        Ok(like.unwrap_or_else(|| name.to_owned()))
    }

    /// How many resources a page has.
    pub(in crate::server) fn cursor_page_size(&self, query: &Query, size: usize) -> usize {
        let ignored = self.has(Defect::CursorCountIgnored)
            || query.count == Some(0) && self.has(Defect::CursorCountZeroMeansDefault)
            || query.count.is_some_and(|count| count < 0)
                && self.has(Defect::CursorNegativeCountMeansDefault);
        if ignored {
            crate::server::list::PAGE
        } else if query.count.is_none() && self.has(Defect::CursorDefaultPageSizeUntrue) {
            size.min(3)
        } else {
            size
        }
    }

    /// Where the next page begins.
    pub(in crate::server) fn next_offset(&self, offset: usize, end: usize) -> usize {
        if self.has(Defect::CursorRepeatsPage) {
            offset
        } else if self.has(Defect::CursorPagesOverlap) {
            // At least one further on, or there would be no end.
            end.saturating_sub(1).max(offset + 1)
        } else if self.has(Defect::CursorPagesSkip) {
            end + 1
        } else {
            end
        }
    }
}

/// Changes an answer that has to do with cursors.
pub(super) fn alter(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    if asked.is_v1() {
        return;
    }
    match asked.operation {
        Operation::Config => configuration(switches, answer),
        Operation::List | Operation::Search if answer.status == 400 => {
            error(switches, call, asked, answer);
        }
        _ => {}
    }
}

fn error(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    let search = asked.operation == Operation::Search;
    let Some(body) = answer.json_mut().and_then(Value::as_object_mut) else {
        return;
    };
    let kind = body
        .get("scimType")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let invalid = kind == "invalidCursor";
    let given = call
        .parameter("cursor")
        .is_some_and(|name| !name.is_empty());
    let twofold = call.parameter("startIndex").is_some() && call.parameter("cursor").is_some();
    let crashes = invalid && !search && !twofold && has(Defect::CursorInvalidAnswers500)
        || invalid && search && has(Defect::CursorSearchInvalidAnswers500)
        || invalid
            && given
            && call.parameter("filter").is_some()
            && has(Defect::CursorOfOtherQueryAnswers500)
        || twofold && has(Defect::CursorWithStartIndexAnswers500)
        || kind == "expiredCursor" && has(Defect::CursorExpiredAnswers500)
        || kind == "invalidCount" && has(Defect::CursorCountTooLargeAnswers500);
    if crashes {
        let error = ScimError::status(500, "The page could not be read.");
        *answer = Answer::error(asked.dialect, &error);
        return;
    }
    if invalid && has(Defect::CursorInvalidWithoutScimType) {
        body.shift_remove("scimType");
    }
    if invalid && given && has(Defect::CursorErrorLeaksQuery) {
        let query = "invalid byte sequence in: SELECT id, user_name FROM scim_users WHERE id > $1 ORDER BY id";
        body.insert("detail".to_owned(), query.into());
    }
}

fn configuration(switches: &Switches, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    let Some(config) = answer.json_mut().and_then(Value::as_object_mut) else {
        return;
    };
    if has(Defect::PaginationUnsaid) {
        config.shift_remove("pagination");
    }
    let pagination = config.get_mut("pagination").and_then(Value::as_object_mut);
    let Some(pagination) = pagination else {
        return;
    };
    for (defect, name, value) in [
        (Defect::PaginationCursorAsText, "cursor", json!("true")),
        (Defect::PaginationIndexUntrue, "index", json!(false)),
        (
            Defect::PaginationMethodUnknown,
            "defaultPaginationMethod",
            json!("offset"),
        ),
        (
            Defect::PaginationDefaultPageSizeZero,
            "defaultPageSize",
            json!(0),
        ),
        (
            Defect::PaginationMaxPageSizeAsText,
            "maxPageSize",
            json!("200"),
        ),
        (Defect::PaginationMaxPageSizeUntrue, "maxPageSize", json!(1)),
        (Defect::PaginationTimeoutZero, "cursorTimeout", json!(0)),
    ] {
        if has(defect) {
            pagination.insert(name.to_owned(), value);
        }
    }
    if has(Defect::PaginationWithoutIndex) {
        pagination.shift_remove("index");
    }
}
