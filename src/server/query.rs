//! What a query asks for, by GET or by POST (RFC 7644 §3.4.2, §3.4.3).

use serde_json::Value;

use super::call::Call;
use crate::scim::error::{ScimError, ScimType};
use crate::scim::projection::Projection;

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
    /// Whether there is a parameter that nobody defined: a fault's.
    pub(super) unknown: bool,
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
            unknown: call
                .query
                .iter()
                .any(|(name, _)| name.starts_with("scimitar")),
        })
    }

    /// A query by POST.
    ///
    /// # Errors
    /// `invalidSyntax` for what is no `SearchRequest`, `invalidValue` for a wrong value in it.
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
            unknown: false,
        })
    }

    /// What must stay the same from page to page.
    pub(super) fn identity(&self, kinds: &[usize]) -> String {
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
