//! Queries by POST, and at the root, that go wrong.

use serde_json::{Value, json};

use super::filter_meanings::undefined_matches;
use crate::scim::error::{ScimError, ScimType};
use crate::scim::filter::Filter;
use crate::scim::path::AttributePath;
use crate::scim::resource::ResourceSchema;
use crate::scim::urn;
use crate::server::call::Call;
use crate::server::fault::{Choice, Defect, Switches};
use crate::server::kind::USER;
use crate::server::query::Query;
use crate::server::route::{Asked, Operation, Place};

/// With which status a faulty server answers a search that it can't take.
pub(super) fn refuses(switches: &Switches, call: &Call, asked: &Asked) -> Option<u16> {
    if asked.operation != Operation::Search {
        return None;
    }
    let has = |defect| switches.has(defect);
    let body: Option<Value> = call
        .body
        .as_ref()
        .and_then(|body| serde_json::from_slice(body).ok());
    let Some(body) = body else {
        return has(Defect::SearchMalformedAnswers500).then_some(500);
    };
    let numbers = ["startIndex", "count"]
        .iter()
        .any(|name| body.get(name).is_some_and(Value::is_number));
    let refused = has(Defect::SearchFilterRequired) && body.get("filter").is_none()
        || has(Defect::SearchSortRequired) && body.get("sortBy").is_none()
        || has(Defect::SearchNumbersRefused) && numbers;
    if refused {
        return Some(400);
    }
    (has(Defect::SearchWithoutSchemasAnswers500) && body.get("schemas").is_none()).then_some(500)
}

impl Switches {
    /// What a search by POST asks for, as a faulty server takes it.
    pub(in crate::server) fn searched(&self, mut query: Query) -> Query {
        let has = |defect| self.has(defect);
        if has(Defect::SearchFilterIgnored) {
            query.filter = None;
        }
        if has(Defect::CursorSearchIgnored) {
            query.cursor = None;
        }
        if has(Defect::SearchCountIgnored) {
            query.count = None;
        }
        if has(Defect::SearchStartIndexIgnored) {
            query.start_index = None;
        }
        if has(Defect::SearchSortIgnored) {
            query.sort_by = None;
        }
        if has(Defect::SearchSortOrderIgnored) {
            query.descending = false;
        }
        if has(Defect::SearchAttributesIgnored) {
            query.projection.attributes.clear();
        }
        if has(Defect::SearchExcludedIgnored) {
            query.projection.excluded.clear();
        }
        if has(Defect::SearchNotationUnknown) {
            let plain = |name: &String| !name.contains([':', '.']);
            query.projection.attributes.iter_mut().for_each(|name| {
                if !plain(name) {
                    "-".clone_into(name);
                }
            });
            query.sort_by = query.sort_by.filter(plain);
        }
        query
    }

    /// The types that a query is about, as a faulty server takes it.
    pub(in crate::server) fn queried<'a>(&self, kinds: &'a [usize]) -> &'a [usize] {
        if self.has(Defect::RootUsersOnly) && kinds.len() > 1 {
            return kinds.get(..=USER).unwrap_or(kinds);
        }
        kinds
    }

    /// A query at the root as a faulty server takes it.
    ///
    /// # Errors
    /// What it does not take.
    pub(in crate::server) fn at_root(&self, query: &mut Query) -> Result<(), ScimError> {
        let whole = query.filter.is_none();
        if self.has(Defect::RootTooManyUntyped) && whole {
            return Err(ScimError::status(400, "There are too many."));
        }
        if self.chooses(Choice::RootTooMany) && whole {
            let detail = "There are too many resources: give a filter.";
            return Err(ScimError::new(ScimType::TooMany, detail));
        }
        if self.has(Defect::RootFilterIgnored) {
            query.filter = None;
        }
        Ok(())
    }

    /// The filter of a query at the root as a faulty server evaluates it for a type.
    ///
    /// # Errors
    /// `invalidFilter` for an attribute that the type does not have.
    pub(in crate::server) fn filtered_at_root(
        &self,
        filter: Filter,
        schema: &ResourceSchema,
    ) -> Filter {
        if self.has(Defect::RootUndefinedMatches) {
            return undefined_matches(filter, schema);
        }
        if self.has(Defect::RootResourceTypeIgnored) {
            return types_ignored(filter);
        }
        filter
    }

    /// Whether a faulty server refuses an attribute at the root that one of the types lacks.
    pub(in crate::server) fn refuses_at_root(&self, checked: &[Result<(), ScimError>]) -> bool {
        self.has(Defect::RootUnknownRefused) && checked.iter().any(Result::is_err)
    }
}

fn types_ignored(filter: Filter) -> Filter {
    let all = |parts: Vec<Filter>| parts.into_iter().map(types_ignored).collect();
    match filter {
        Filter::And(parts) => Filter::And(all(parts)),
        Filter::Or(parts) => Filter::Or(all(parts)),
        Filter::Compare(path, ..)
            if path
                .sub
                .as_deref()
                .is_some_and(|sub| sub.eq_ignore_ascii_case("resourceType")) =>
        {
            Filter::Present(AttributePath::of("id"))
        }
        other => other,
    }
}

/// Changes the answer to a search.
pub(super) fn alter(
    switches: &Switches,
    asked: &Asked,
    answer: &mut crate::server::answer::Answer,
) {
    let searches = matches!(asked.place, Place::Search(_));
    if searches
        && switches.has(Defect::SearchAnswersSearchRequest)
        && let Some(list) = answer.json_mut()
        && list.get("Resources").is_some()
        && let Some(members) = list.as_object_mut()
    {
        members.insert("schemas".to_owned(), json!([urn::SEARCH_REQUEST]));
    }
}
