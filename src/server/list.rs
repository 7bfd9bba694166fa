//! Queries: filter, sort, pages by index or cursor, projection (RFC 7644 §3.4.2, §3.4.3; RFC 9865).

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::dialect::Dialect;
use super::fault::{Choice, Switches};
use super::present::View;
use super::query::Query;
use super::service::Service;
use super::state::State;
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
        state.queries += 1;
        let kinds = self.switches.queried(kinds);
        if kinds.len() > 1 {
            self.switches.at_root(&mut query)?;
        }
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
        if dialect == Dialect::V2 {
            self.switches.paginate(&mut query);
        }
        let unsaid = query.start_index.is_none() && query.cursor.is_none();
        if unsaid && dialect == Dialect::V2 && self.switches.chooses(Choice::CursorsByDefault) {
            let mut answer = self.page_by_cursor(state, kinds, &query, "")?;
            if let Some(list) = answer.json_mut() {
                // For clients that know nothing of cursors.
                put(list, "startIndex", 1.into());
            }
            return Ok(answer);
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
        Switches::within_page(query, &mut page);
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

    /// How many resources a page may have: what is asked for, within the limits.
    pub(super) fn page_size(&self, query: &Query) -> usize {
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
    pub(super) fn matching(
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
        let matches = |stored: &Stored, resource: &Value| {
            filter.as_ref().is_none_or(|filter| {
                let schema = self.kind(stored.kind).schema(dialect);
                let seen = self.switches.looked_at(stored, resource);
                if kinds.len() > 1 {
                    let filter = self.switches.filtered_at_root(filter.clone(), schema);
                    return self.switches.matches(&filter, schema, &seen);
                }
                self.switches.matches(filter, schema, &seen)
            })
        };
        let mut found: Vec<(usize, Value)> = candidates
            .into_iter()
            .map(|stored| (stored, view.representation(stored)))
            .filter(|(stored, resource)| matches(stored, resource))
            .map(|(stored, resource)| (stored.kind, resource))
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
        let all_wrong = checked.iter().all(Result::is_err);
        if (all_wrong && !self.switches.lets_pass(text)) || self.switches.refuses_at_root(&checked)
        {
            if self.switches.drops(text) {
                return Ok(None);
            }
            if let Some(error) = checked.into_iter().find_map(Result::err) {
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
        self.switches.after_sort(&path.name, descending, found);
        self.switches.after_order(&path, descending, found);
        Ok(())
    }

    pub(super) fn projected(
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

/// Sets a member of a list.
pub(super) fn put(list: &mut Value, name: &str, value: Value) {
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
