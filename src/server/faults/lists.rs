//! Lists that hold the wrong resources, or in the wrong order, or on the wrong page.

use serde_json::Value;

use crate::scim::error::{ScimError, ScimType};
use crate::scim::filter::Filter;
use crate::scim::projection::Projection;
use crate::server::dialect::Dialect;
use crate::server::fault::{Defect, Switches};
use crate::server::kind::{ENTITLEMENT, GROUP, ROLE, USER};
use crate::server::list::{MAX_PAGE, PAGE};
use crate::server::present::View;
use crate::server::query::Query;
use crate::server::state::State;
use crate::server::store::Store;

const NOTHING: &str = "id eq \"no such id\"";

impl Switches {
    /// The query as a faulty server takes it.
    ///
    /// # Errors
    /// What it can't take.
    pub(in crate::server) fn before_list(
        &self,
        dialect: Dialect,
        query: &mut Query,
    ) -> Result<(), ScimError> {
        let has = |defect| self.has(defect);
        let refused = |detail: &str| Err(ScimError::new(ScimType::InvalidValue, detail));
        let crash = || Err(ScimError::status(500, "This went wrong."));
        if has(Defect::CountNegativeRefused) && query.count.is_some_and(|count| count < 0) {
            return refused("count is negative.");
        }
        if has(Defect::StartIndexZeroRefused) && query.start_index.is_some_and(|index| index < 1) {
            return refused("startIndex is below 1.");
        }
        if has(Defect::CountIgnored) || has(Defect::CountZeroMeansAll) && query.count == Some(0) {
            query.count = None;
        }
        if has(Defect::CountOffByOne) {
            query.count = query
                .count
                .map(|count| if count > 0 { count + 1 } else { count });
        }
        if has(Defect::StartIndexIgnored) {
            query.start_index = None;
        }
        if dialect == Dialect::V1 {
            self.v1_before_list(query)?;
        }
        if has(Defect::SortIgnored) {
            query.sort_by = None;
        }
        if has(Defect::SortOrderIgnored) {
            query.descending = false;
        }
        if has(Defect::SortDescendingByDefault) && !query.ordered {
            query.descending = true;
        }
        if has(Defect::SortWithinPage) {
            query.sort_page_by = query.sort_by.take();
        }
        if has(Defect::FilterIgnored) {
            query.filter = None;
        }
        self.before_order(query)?;
        if dialect == Dialect::V2 {
            self.reads_in_part(query);
        }
        if let Some(text) = &query.filter {
            query.filter = Some(self.misread(text)?);
        }
        let Some(text) = query.filter.clone() else {
            return Ok(());
        };
        let value = text.split('"').nth(1).unwrap_or_default();
        if has(Defect::FilterCaseSensitiveAnswers404) && value.chars().any(char::is_uppercase) {
            return Err(ScimError::status(404, "There is no such user."));
        }
        if has(Defect::FilterNonAsciiFindsNothing) && !text.is_ascii() {
            query.filter = Some(NOTHING.to_owned());
        }
        if has(Defect::FilterQuoteAnswers500) && text.contains("\\\"") {
            return crash();
        }
        if Filter::parse(&text).is_err() {
            let accepts = match dialect {
                Dialect::V2 => has(Defect::FilterInvalidAccepted),
                Dialect::V1 => has(Defect::V1InvalidFilterAccepted),
            };
            if accepts {
                query.filter = None;
            } else if has(Defect::FilterInvalidAnswers500) {
                return crash();
            } else if has(Defect::FilterUnknownOperatorFindsNothing) {
                query.filter = Some(NOTHING.to_owned());
            }
        }
        Ok(())
    }

    /// What a faulty server finds.
    pub(in crate::server) fn after_match(
        &self,
        state: &State,
        view: &View<'_>,
        dialect: Dialect,
        kinds: &[usize],
        query: &Query,
        found: &mut Vec<(usize, Value)>,
    ) {
        let has = |defect| self.has(defect);
        let v1 = dialect == Dialect::V1;
        let id_of = |value: &Value| value.get("id").and_then(Value::as_str).map(str::to_owned);
        if has(Defect::ListHidesInactive) {
            found.retain(|(_, resource)| resource.get("active") != Some(&Value::Bool(false)));
        }
        if has(Defect::ListLagsBehind) {
            let newest = state.store.newest().map(|stored| stored.id.clone());
            found.retain(|(_, resource)| id_of(resource) != newest);
        }
        if has(Defect::ListShowsDeleted) && query.filter.is_none() {
            let gone = state
                .store
                .gone()
                .iter()
                .filter(|stored| kinds.contains(&stored.kind));
            found.extend(gone.map(|stored| (stored.kind, view.representation(stored))));
        }
        for (defect, kind, of_v1) in [
            (Defect::UsersListEmpty, USER, false),
            (Defect::GroupsListEmpty, GROUP, v1),
            (Defect::V1GroupsEmpty, GROUP, true),
            (Defect::RolesEmpty, ROLE, false),
            (Defect::EntitlementsEmpty, ENTITLEMENT, false),
        ] {
            if has(defect) && kinds == [kind] && of_v1 == v1 {
                found.clear();
            }
        }
        let finds_first = if v1 {
            Defect::V1UnknownUserFound
        } else {
            Defect::FilterUnknownUserFindsFirst
        };
        if has(finds_first) && query.filter.is_some() && found.is_empty() && kinds == [USER] {
            let first = state.store.of(USER).next();
            found.extend(first.map(|user| (USER, view.representation(user))));
        }
        self.by_change(found);
        if has(Defect::UnknownParameterEmpties) && query.unknown {
            found.clear();
        }
        self.finds_twice(query, found);
        if has(Defect::ListOrderUnstable) && !found.is_empty() {
            let turn = usize::try_from(state.queries).unwrap_or_default() % found.len();
            found.rotate_left(turn);
        }
    }

    /// Which part of the result a faulty server takes for the page: where it begins and how long it is.
    pub(in crate::server) fn window(
        &self,
        query: &Query,
        total: usize,
        offset: usize,
        size: usize,
    ) -> Option<(usize, usize)> {
        let has = |defect| self.has(defect);
        if has(Defect::CountHalved) && query.count.is_some() {
            return Some((offset, size.div_ceil(2)));
        }
        query.start_index?;
        if has(Defect::StartIndexFromZero) {
            return Some((offset + 1, size));
        }
        if has(Defect::StartIndexIsPageNumber) {
            return Some((offset.saturating_mul(size), size));
        }
        if has(Defect::StartIndexPastEndAnswersLastPage) && offset >= total {
            return Some((total.saturating_sub(size), size));
        }
        if has(Defect::PagesOverlap) && offset > 0 {
            return Some((offset - 1, size));
        }
        if has(Defect::PagesSkip) && offset > 0 {
            return Some((offset + 1, size));
        }
        None
    }

    /// Sorts a page by itself.
    pub(in crate::server) fn within_page(query: &Query, page: &mut [(usize, Value)]) {
        if let Some(by) = &query.sort_page_by {
            let key = |resource: &Value| {
                resource
                    .get(by)
                    .map(Value::to_string)
                    .unwrap_or_default()
                    .to_lowercase()
            };
            page.sort_by_key(|(_, resource)| key(resource));
            if query.descending {
                page.reverse();
            }
        }
    }

    /// Sorts with the case of letters, or puts resources without a value first.
    pub(in crate::server) fn after_sort(
        &self,
        by: &str,
        descending: bool,
        found: &mut [(usize, Value)],
    ) {
        if self.has(Defect::SortCaseSensitive) {
            let text =
                |resource: &Value| resource.get(by).and_then(Value::as_str).map(str::to_owned);
            found.sort_by_key(|(_, resource)| text(resource));
            if descending {
                found.reverse();
            }
        }
        if self.has(Defect::SortMissingFirst) {
            found.sort_by_key(|(_, resource)| resource.get(by).is_some());
        }
    }

    /// Counts wrongly.
    pub(in crate::server) fn on_list(
        &self,
        store: &Store,
        kinds: &[usize],
        query: &Query,
        list: &mut Value,
    ) {
        let has = |defect| self.has(defect);
        self.empties_page(query, list);
        let shown = list
            .get("Resources")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        let total = list
            .get("totalResults")
            .and_then(Value::as_u64)
            .unwrap_or_default();
        let Some(members) = list.as_object_mut() else {
            return;
        };
        let mut set = |name: &str, value: Value| members.insert(name.to_owned(), value);
        if has(Defect::ListTotalResultsOfPage) {
            set("totalResults", shown.into());
        }
        if let Some(said) = self.start_index_said(query) {
            set("startIndex", said.into());
        }
        if has(Defect::ListTotalResultsOffByOne) {
            set("totalResults", (total + 1).into());
        }
        if has(Defect::ListTotalResultsIgnoresFilter) {
            let all: usize = kinds.iter().map(|kind| store.of(*kind).count()).sum();
            set("totalResults", all.into());
        }
        let asked = query
            .count
            .unwrap_or(i64::try_from(PAGE).unwrap_or(i64::MAX));
        if has(Defect::ListItemsPerPageAsAsked) || has(Defect::CountHalved) && query.count.is_some()
        {
            set("itemsPerPage", asked.into());
        }
        let of_entitlements = has(Defect::EntitlementsItemsPerPageWrong) && kinds == [ENTITLEMENT];
        if has(Defect::ListItemsPerPageIsMaximum) || of_entitlements {
            set("itemsPerPage", MAX_PAGE.into());
        }
    }

    /// Shows too little, or too much.
    pub(in crate::server) fn after_projection(
        &self,
        whole: &Value,
        projection: &Projection,
        shown: &mut Value,
    ) {
        let shows = self.has(Defect::PasswordReturned) || self.has(Defect::PasswordHashReturned);
        if let (true, Some(members)) = (shows, shown.as_object_mut()) {
            members.extend(
                whole
                    .get("password")
                    .map(|password| ("password".to_owned(), password.clone())),
            );
        }
        if let (true, false, Some(members)) = (
            self.has(Defect::AttributesWithoutSchemas),
            projection.attributes.is_empty(),
            shown.as_object_mut(),
        ) {
            members.shift_remove("schemas");
        }
        let named = |name: &&String| name.eq_ignore_ascii_case("id");
        let loses_id = self.has(Defect::AttributesWithoutId) && !projection.attributes.is_empty()
            || self.has(Defect::ExcludedAttributesWithoutId)
                && projection.excluded.iter().any(|name| named(&name));
        if let (true, Some(members)) = (loses_id, shown.as_object_mut()) {
            members.shift_remove("id");
        }
    }
}
