//! Sorting and paging that go wrong in one place.

use serde_json::Value;

use crate::scim::error::{ScimError, ScimType};
use crate::scim::path::AttributePath;
use crate::server::call::Call;
use crate::server::fault::{Defect, Switches};
use crate::server::list::MAX_PAGE;
use crate::server::query::Query;
use crate::server::route::{Asked, Operation};

/// With which status a faulty server answers a query that it can't take.
pub(super) fn refuses(switches: &Switches, call: &Call, asked: &Asked) -> Option<u16> {
    if !matches!(asked.operation, Operation::List | Operation::Read) {
        return None;
    }
    let has = |defect| switches.has(defect);
    let number = |name: &str| {
        let given = call.parameter(name)?;
        given.trim().parse::<i64>().is_err().then_some(())
    };
    let not_numbers = number("startIndex").or_else(|| number("count")).is_some();
    let order = call.parameter("sortOrder").is_some_and(|order| {
        !["ascending", "descending"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(order))
    });
    let table = [
        (Defect::PageNotANumberAnswers500, not_numbers, 500),
        (
            Defect::SortAnswers500,
            call.parameter("sortBy").is_some(),
            500,
        ),
        (Defect::SortUnknownOrderAnswers500, order, 500),
        (
            Defect::SortComplexAnswers500,
            call.parameter("sortBy") == Some("name"),
            500,
        ),
    ];
    table
        .into_iter()
        .find(|(defect, here, _)| *here && has(*defect))
        .map(|(_, _, status)| status)
}

impl Switches {
    /// A query whose page or order a faulty server does not give.
    ///
    /// # Errors
    /// What it answers instead.
    pub(super) fn before_order(&self, query: &mut Query) -> Result<(), ScimError> {
        let has = |defect| self.has(defect);
        let large = query
            .count
            .is_some_and(|count| usize::try_from(count).is_ok_and(|count| count > MAX_PAGE));
        if has(Defect::CountLargeRefused) && large {
            let detail = "count is too large.";
            return Err(ScimError::new(ScimType::InvalidValue, detail));
        }
        let ignored = query.sort_by.as_deref().is_some_and(|by| {
            let name = by.rsplit(':').next().unwrap_or(by);
            has(Defect::SortSubAttributeIgnored) && name.contains('.') && !name.starts_with("meta")
                || has(Defect::SortMetaIgnored) && name.starts_with("meta.")
                || has(Defect::SortUrnIgnored) && by.contains(':')
                || has(Defect::SortNamesCaseSensitive)
                    && by.starts_with(|c: char| c.is_ascii_uppercase())
        });
        if ignored {
            query.sort_by = None;
        }
        Ok(())
    }

    /// Sorts anew as a faulty server does.
    pub(in crate::server) fn after_order(
        &self,
        by: &AttributePath,
        descending: bool,
        found: &mut Vec<(usize, Value)>,
    ) {
        let has = |defect| self.has(defect);
        let value = |resource: &Value| {
            let mut at = resource.get(&by.name)?;
            if let Value::Array(items) = at {
                at = items.first()?;
            }
            match &by.sub {
                Some(sub) => at.get(sub),
                None => at.get("value").or(Some(at)),
            }
            .and_then(Value::as_str)
            .map(str::to_lowercase)
        };
        let listed = found
            .iter()
            .any(|(_, resource)| resource.get(&by.name).is_some_and(Value::is_array));
        if has(Defect::SortByFirstValue) && listed
            || has(Defect::SortExternalIdIgnoresCase) && by.name.eq_ignore_ascii_case("externalId")
        {
            found.sort_by_key(|(_, resource)| value(resource));
            if descending {
                found.reverse();
            }
        }
        if has(Defect::SortDropsMissing) {
            found.retain(|(_, resource)| resource.get(&by.name).is_some());
        }
        if has(Defect::SortMissingAlwaysLast) {
            found.sort_by_key(|(_, resource)| resource.get(&by.name).is_none());
        }
    }

    /// Puts what was changed last at the end.
    pub(super) fn by_change(&self, found: &mut [(usize, Value)]) {
        if self.has(Defect::ListOrderByChange) {
            let changed =
                |resource: &Value| resource.pointer("/meta/lastModified").map(Value::to_string);
            found.sort_by_key(|(_, resource)| changed(resource));
        }
    }

    /// Says another startIndex than there is.
    pub(super) fn start_index_said(&self, query: &Query) -> Option<i64> {
        match query.start_index {
            Some(asked) if self.has(Defect::StartIndexSaidAsAsked) => Some(asked),
            None if self.has(Defect::StartIndexDefaultsToZero) => Some(0),
            _ => None,
        }
    }
}
