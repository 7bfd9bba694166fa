//! Queries: filter, sort, pages by index or cursor, projection (RFC 7644 §3.4.2, §3.4.3; RFC 9865).

use std::sync::Arc;

use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::answer::Answer;
use super::call::Call;
use super::cursor::Cursor;
use super::dialect::Dialect;
use super::fault::{Choice, Defect};
use super::present::View;
use super::service::{Service, State};
use super::store::Stored;
use crate::scim::error::{ScimError, ScimType};
use crate::scim::filter::Filter;
use crate::scim::path::AttributePath;
use crate::scim::projection::Projection;
use crate::scim::sort::sort;

/// How many resources a page has if the request does not say.
pub(super) const PAGE: usize = 100;
/// How many resources a page has at most; `filter.maxResults` says the same.
pub(super) const MAX_PAGE: usize = 200;

/// What a query asks for.
#[derive(Debug, Clone, Default)]
pub(super) struct Query {
    /// `filter`.
    pub(super) filter: Option<String>,
    /// `sortBy`.
    pub(super) sort_by: Option<String>,
    /// `sortOrder`: whether it is descending.
    pub(super) descending: bool,
    /// Whether `sortOrder` is given.
    pub(super) ordered: bool,
    /// What a server sorts each page by that sorts no more than that: a fault's.
    pub(super) sort_page_by: Option<String>,
    /// `startIndex`.
    pub(super) start_index: Option<i64>,
    /// `count`.
    pub(super) count: Option<i64>,
    /// `cursor`.
    pub(super) cursor: Option<String>,
    /// `attributes` and `excludedAttributes`.
    pub(super) projection: Projection,
}

impl Query {
    /// A query by GET.
    ///
    /// # Errors
    /// `invalidValue` for what is no number or no order.
    pub(super) fn from_call(call: &Call) -> Result<Self, ScimError> {
        let number = |name: &str| {
            let parsed = |text: &str| {
                text.trim()
                    .parse()
                    .map_err(|_| wrong(name, "a whole number"))
            };
            call.parameter(name).map(parsed).transpose()
        };
        Ok(Self {
            filter: call.parameter("filter").map(str::to_owned),
            sort_by: call.parameter("sortBy").map(str::to_owned),
            descending: descending(call.parameter("sortOrder"))?,
            ordered: call.parameter("sortOrder").is_some(),
            sort_page_by: None,
            start_index: number("startIndex")?,
            count: number("count")?,
            cursor: call.parameter("cursor").map(str::to_owned),
            projection: projection(call)?,
        })
    }

    /// A query by POST.
    ///
    /// # Errors
    /// `invalidSyntax` for what is no SearchRequest, `invalidValue` for a wrong value in it.
    pub(super) fn from_search(body: &Value) -> Result<Self, ScimError> {
        check_message(body, crate::scim::urn::SEARCH_REQUEST)?;
        let text = |name: &str| match member(body, name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(wrong(name, "a string")),
        };
        let number = |name: &str| match member(body, name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value
                .as_i64()
                .map(Some)
                .ok_or_else(|| wrong(name, "a whole number")),
        };
        let names = |name: &str| match member(body, name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(Value::Array(items)) => {
                let names: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
                names
                    .map(|names| Some(names.join(",")))
                    .ok_or_else(|| wrong(name, "an array of strings"))
            }
            Some(_) => Err(wrong(name, "an array of strings")),
        };
        let order = text("sortOrder")?;
        let (attributes, excluded) = (names("attributes")?, names("excludedAttributes")?);
        Ok(Self {
            filter: text("filter")?,
            sort_by: text("sortBy")?,
            descending: descending(order.as_deref())?,
            ordered: order.is_some(),
            sort_page_by: None,
            start_index: number("startIndex")?,
            count: number("count")?,
            cursor: text("cursor")?,
            projection: Projection::parse(attributes.as_deref(), excluded.as_deref())?,
        })
    }

    /// What must stay the same from page to page.
    fn identity(&self, kinds: &[usize]) -> String {
        format!(
            "{kinds:?} {:?} {:?} {}",
            self.filter, self.sort_by, self.descending
        )
    }
}

fn member<'a>(body: &'a Value, name: &str) -> Option<&'a Value> {
    body.as_object()?
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

fn wrong(name: &str, wanted: &str) -> ScimError {
    ScimError::new(ScimType::InvalidValue, format!("{name} must be {wanted}."))
}

fn descending(order: Option<&str>) -> Result<bool, ScimError> {
    match order {
        None => Ok(false),
        Some(order) if order.eq_ignore_ascii_case("ascending") => Ok(false),
        Some(order) if order.eq_ignore_ascii_case("descending") => Ok(true),
        Some(_) => Err(wrong("sortOrder", "ascending or descending")),
    }
}

/// Whether a message says that it is what is wanted (RFC 7644 §3.1).
///
/// # Errors
/// `invalidSyntax`.
pub(super) fn check_message(body: &Value, urn: &str) -> Result<(), ScimError> {
    let schemas = member(body, "schemas").and_then(Value::as_array);
    let named = |value: &Value| {
        value
            .as_str()
            .is_some_and(|text| text.eq_ignore_ascii_case(urn))
    };
    if schemas.is_some_and(|schemas| schemas.iter().any(named)) {
        return Ok(());
    }
    Err(ScimError::new(
        ScimType::InvalidSyntax,
        format!("schemas must have {urn}."),
    ))
}

/// What a request asks for with `attributes` or `excludedAttributes`.
///
/// # Errors
/// `invalidSyntax` for both together.
pub(super) fn projection(call: &Call) -> Result<Projection, ScimError> {
    Projection::parse(
        call.parameter("attributes"),
        call.parameter("excludedAttributes"),
    )
}

/// Which part of a result is asked for.
struct Window {
    offset: usize,
    size: usize,
}

impl Service {
    /// Answers a query.
    ///
    /// # Errors
    /// What the server answers.
    pub(super) fn list(
        &self,
        state: &mut State,
        dialect: Dialect,
        kinds: &[usize],
        mut query: Query,
    ) -> Result<Answer, ScimError> {
        self.switches.before_list(dialect, &mut query)?;
        if query.filter.is_some() && self.switches.chooses(Choice::NoFilter) {
            return Err(ScimError::status(501, "Filters are not supported."));
        }
        if self.switches.chooses(Choice::NoSort) {
            (query.sort_by, query.descending) = (None, false);
        }
        if self.switches.chooses(Choice::NoCursors) || dialect == Dialect::V1 {
            query.cursor = None;
        }
        match query.cursor.take() {
            Some(cursor) => self.page_by_cursor(state, kinds, &query, &cursor),
            None => self.page_by_index(state, dialect, kinds, &query),
        }
    }

    fn page_by_index(
        &self,
        state: &State,
        dialect: Dialect,
        kinds: &[usize],
        query: &Query,
    ) -> Result<Answer, ScimError> {
        let store = state.readable();
        let view = View::new(self, store, dialect);
        let mut found = self.matching(&view, state, dialect, kinds, query)?;
        self.switches
            .after_match(state, &view, dialect, kinds, query, &mut found);
        let first = query.start_index.unwrap_or(1).max(1);
        let size = self.page_size(query);
        let window = Window {
            offset: usize::try_from(first - 1).unwrap_or(usize::MAX),
            size,
        };
        let window = self
            .switches
            .window(query, found.len(), window.offset, window.size)
            .map_or(window, |(offset, size)| Window { offset, size });
        let total = found.len();
        let mut page: Vec<(usize, Value)> = found
            .into_iter()
            .skip(window.offset)
            .take(window.size)
            .collect();
        self.switches.within_page(query, &mut page);
        let shown = page.len();
        let whole = query.start_index.is_none() && query.count.is_none() && shown == total;
        let mut list = Map::new();
        list.insert("schemas".to_owned(), json!([dialect.list_urn()]));
        list.insert("totalResults".to_owned(), total.into());
        if !(whole && self.switches.chooses(Choice::ListWithoutIndexWhenWhole)) {
            list.insert("startIndex".to_owned(), first.into());
            list.insert("itemsPerPage".to_owned(), shown.into());
        }
        list.insert(
            "Resources".to_owned(),
            self.projected(dialect, page, &query.projection),
        );
        if total == 0 && self.switches.chooses(Choice::EmptyListWithoutResources) {
            list.shift_remove("Resources");
        }
        let mut list = Value::Object(list);
        self.switches.on_list(&state.store, kinds, query, &mut list);
        Ok(Answer::json(200, list))
    }

    fn page_by_cursor(
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

    /// How many resources a page may have: what is asked for, within the limits.
    fn page_size(&self, query: &Query) -> usize {
        let cap = self.config.modes.page_cap.unwrap_or(MAX_PAGE).min(MAX_PAGE);
        let cap = if self.switches.chooses(Choice::PagesOfFive) {
            cap.min(5)
        } else {
            cap
        };
        let asked = query.count.map_or(PAGE, |count| {
            usize::try_from(count.max(0)).unwrap_or(MAX_PAGE)
        });
        asked.min(cap)
    }

    /// All that match, sorted, each with its type.
    fn matching(
        &self,
        view: &View<'_>,
        state: &State,
        dialect: Dialect,
        kinds: &[usize],
        query: &Query,
    ) -> Result<Vec<(usize, Value)>, ScimError> {
        let filter = self.parsed(dialect, kinds, query)?;
        let mut candidates: Vec<&Arc<Stored>> = kinds
            .iter()
            .flat_map(|kind| state.readable().of(*kind))
            .collect();
        if self.switches.chooses(Choice::NewestFirst) {
            candidates.reverse();
        }
        let matches = |kind: usize, resource: &Value| {
            filter.as_ref().is_none_or(|filter| {
                self.switches
                    .matches(filter, self.kind(kind).schema(dialect), resource)
            })
        };
        let mut found: Vec<(usize, Value)> = candidates
            .into_iter()
            .map(|stored| (stored.kind, view.representation(stored)))
            .filter(|(kind, resource)| matches(*kind, resource))
            .collect();
        if let Some(by) = &query.sort_by {
            self.sorted(dialect, kinds, by, query.descending, &mut found)?;
        }
        Ok(found)
    }

    fn parsed(
        &self,
        dialect: Dialect,
        kinds: &[usize],
        query: &Query,
    ) -> Result<Option<Filter>, ScimError> {
        let Some(text) = &query.filter else {
            return Ok(None);
        };
        let invalid = |detail: String| ScimError::new(ScimType::InvalidFilter, detail);
        let filter = Filter::parse(text)
            .map_err(|error| invalid(format!("The filter is wrong {error}.")))?;
        if dialect == Dialect::V1 && !is_of_v1(&filter) {
            return Err(invalid(
                "SCIM 1.1 has eq, co, sw, pr, gt, ge, lt, le, and, or, parentheses.".to_owned(),
            ));
        }
        // At the root an attribute that a type does not have has no value there (RFC 7644 §3.4.2.1).
        let checked: Vec<Result<(), ScimError>> = kinds
            .iter()
            .map(|kind| filter.check(self.kind(*kind).schema(dialect)))
            .collect();
        if !self.switches.has(Defect::FilterOnBooleansOrdered) && checked.iter().all(Result::is_err)
        {
            if let Some(Err(error)) = checked.into_iter().next() {
                return Err(error);
            }
        }
        let names = kinds.first().map(|kind| self.kind(*kind).schema(dialect));
        names
            .map(|schema| self.switches.distorted(filter, text, schema))
            .transpose()
    }

    fn sorted(
        &self,
        dialect: Dialect,
        kinds: &[usize],
        by: &str,
        descending: bool,
        found: &mut Vec<(usize, Value)>,
    ) -> Result<(), ScimError> {
        let path = AttributePath::parse(by).map_err(|error| {
            ScimError::new(
                ScimType::InvalidPath,
                format!("sortBy is no attribute: {error}."),
            )
        })?;
        let schemas = kinds.iter().map(|kind| self.kind(*kind).schema(dialect));
        let Some(schema) = schemas
            .clone()
            .find(|schema| schema.find(&path).is_some())
            .or_else(|| schemas.clone().next())
        else {
            return Ok(());
        };
        let kind_of: std::collections::HashMap<String, usize> = found
            .iter()
            .filter_map(|(kind, value)| Some((value.get("id")?.as_str()?.to_owned(), *kind)))
            .collect();
        let mut values: Vec<Value> = std::mem::take(found)
            .into_iter()
            .map(|(_, value)| value)
            .collect();
        sort(schema, &path, descending, &mut values)?;
        let with_kind = |value: Value| {
            let kind = value
                .get("id")
                .and_then(Value::as_str)
                .and_then(|id| kind_of.get(id))
                .copied();
            (kind.unwrap_or_default(), value)
        };
        *found = values.into_iter().map(with_kind).collect();
        self.switches.after_sort(&path.name, found);
        Ok(())
    }

    fn projected(
        &self,
        dialect: Dialect,
        page: Vec<(usize, Value)>,
        projection: &Projection,
    ) -> Value {
        page.into_iter()
            .map(|(kind, value)| self.project(dialect, kind, &value, projection))
            .collect()
    }
}

fn put(list: &mut Value, name: &str, value: Value) {
    if let Some(members) = list.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

/// Whether SCIM 1.1 has all that a filter uses (API §3.2.2.1): no `ne`, `ew`, `not` and brackets.
fn is_of_v1(filter: &Filter) -> bool {
    use crate::scim::filter::Operator;
    match filter {
        Filter::And(all) | Filter::Or(all) => all.iter().all(is_of_v1),
        Filter::Not(_) | Filter::Values(..) => false,
        Filter::Present(_) => true,
        Filter::Compare(_, operator, _) => !matches!(operator, Operator::Ne | Operator::Ew),
    }
}
