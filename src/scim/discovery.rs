//! What a server says of itself: `/ServiceProviderConfig` (RFC 7643 §5, RFC 9865 §4), and the version by its lists.

use serde_json::{Map, Value, json};

use super::json::{flag, member, text};
use super::schema::Malformed;
use super::urn;

/// The SCIM version of a list response, `2.0` or `1.1`, by its `schemas`; `None` when these are of neither.
pub fn version_of_list(list: &Value) -> Option<&'static str> {
    let schemas = list.get("schemas")?.as_array()?;
    let names = |wanted: &str| {
        let mut texts = schemas.iter().filter_map(Value::as_str);
        texts.any(|text| text.eq_ignore_ascii_case(wanted))
    };
    if names(urn::LIST_RESPONSE) {
        Some("2.0")
    } else if names(urn::v1::CORE) {
        Some("1.1")
    } else {
        None
    }
}

/// What a server can do. What it leaves unsaid is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServiceProviderConfig {
    /// Where people read about the service.
    pub documentation_uri: Option<String>,
    /// Whether PATCH is supported.
    pub patch: Option<bool>,
    /// Bulk operations.
    pub bulk: Option<Bulk>,
    /// Filters.
    pub filter: Option<FilterSupport>,
    /// Whether changing a password is supported.
    pub change_password: Option<bool>,
    /// Whether sorting is supported.
    pub sort: Option<bool>,
    /// Whether versions are supported.
    pub etag: Option<bool>,
    /// Pagination (RFC 9865 §4).
    pub pagination: Option<Pagination>,
    /// The ways to authenticate.
    pub authentication_schemes: Vec<AuthenticationScheme>,
}

/// Bulk operations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bulk {
    /// Whether they are supported.
    pub supported: bool,
    /// How many operations a request may have.
    pub max_operations: Option<u64>,
    /// How long a request may be, in bytes.
    pub max_payload_size: Option<u64>,
}

/// Filters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilterSupport {
    /// Whether they are supported.
    pub supported: bool,
    /// How many resources an answer has at most.
    pub max_results: Option<u64>,
}

/// Pagination (RFC 9865 §4).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pagination {
    /// Whether by cursor.
    pub cursor: bool,
    /// Whether by index.
    pub index: bool,
    /// `cursor` or `index`: which if the request names none.
    pub default_pagination_method: Option<String>,
    /// How many resources a page has if the request does not say.
    pub default_page_size: Option<u64>,
    /// How many resources a page has at most.
    pub max_page_size: Option<u64>,
    /// How long a cursor is valid, in seconds.
    pub cursor_timeout: Option<u64>,
}

/// A way to authenticate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuthenticationScheme {
    /// `oauth`, `oauth2`, `oauthbearertoken`, `httpbasic`, `httpdigest` or another.
    pub kind: String,
    /// The name.
    pub name: String,
    /// For people.
    pub description: String,
    /// The URI of its specification.
    pub spec_uri: Option<String>,
    /// Where people read how to use it.
    pub documentation_uri: Option<String>,
    /// Whether it is the preferred one.
    pub primary: bool,
}

impl ServiceProviderConfig {
    /// Reads it leniently: what can't be read counts as unsaid.
    ///
    /// # Errors
    /// [`Malformed`] if it is no object.
    pub fn from_json(json: &Value) -> Result<Self, Malformed> {
        if !json.is_object() {
            return Err(Malformed(
                "a service provider configuration is an object".to_owned(),
            ));
        }
        let own = |value: &Value, name: &str| text(value, name).map(str::to_owned);
        let number = |value: &Value, name: &str| member(value, name).and_then(Value::as_u64);
        let supported = |name: &str| flag(member(json, name)?, "supported");
        let schemes = member(json, "authenticationSchemes").and_then(Value::as_array);
        Ok(Self {
            documentation_uri: own(json, "documentationUri"),
            patch: supported("patch"),
            bulk: member(json, "bulk").and_then(|bulk| {
                Some(Bulk {
                    supported: flag(bulk, "supported")?,
                    max_operations: number(bulk, "maxOperations"),
                    max_payload_size: number(bulk, "maxPayloadSize"),
                })
            }),
            filter: member(json, "filter").and_then(|filter| {
                Some(FilterSupport {
                    supported: flag(filter, "supported")?,
                    max_results: number(filter, "maxResults"),
                })
            }),
            change_password: supported("changePassword"),
            sort: supported("sort"),
            etag: supported("etag"),
            pagination: member(json, "pagination")
                .filter(|value| value.is_object())
                .map(|value| Pagination {
                    cursor: flag(value, "cursor").unwrap_or(false),
                    index: flag(value, "index").unwrap_or(false),
                    default_pagination_method: own(value, "defaultPaginationMethod"),
                    default_page_size: number(value, "defaultPageSize"),
                    max_page_size: number(value, "maxPageSize"),
                    cursor_timeout: number(value, "cursorTimeout"),
                }),
            authentication_schemes: schemes
                .into_iter()
                .flatten()
                .filter(|scheme| scheme.is_object())
                .map(|scheme| AuthenticationScheme {
                    kind: own(scheme, "type").unwrap_or_default(),
                    name: own(scheme, "name").unwrap_or_default(),
                    description: own(scheme, "description").unwrap_or_default(),
                    spec_uri: own(scheme, "specUri"),
                    documentation_uri: own(scheme, "documentationUri"),
                    primary: flag(scheme, "primary").unwrap_or(false),
                })
                .collect(),
        })
    }

    /// The configuration as `/ServiceProviderConfig` gives it, without `meta`.
    pub fn to_json(&self) -> Value {
        let mut members = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                members.insert(name.to_owned(), value);
            }
        };
        put("schemas", Some(json!([urn::SERVICE_PROVIDER_CONFIG])));
        put(
            "documentationUri",
            self.documentation_uri.as_deref().map(Value::from),
        );
        put("patch", self.patch.map(|on| json!({ "supported": on })));
        put(
            "bulk",
            self.bulk.as_ref().map(|bulk| {
                said(json!({
                    "supported": bulk.supported,
                    "maxOperations": bulk.max_operations,
                    "maxPayloadSize": bulk.max_payload_size,
                }))
            }),
        );
        put(
            "filter",
            self.filter.as_ref().map(|filter| {
                said(json!({ "supported": filter.supported, "maxResults": filter.max_results }))
            }),
        );
        put(
            "changePassword",
            self.change_password.map(|on| json!({ "supported": on })),
        );
        put("sort", self.sort.map(|on| json!({ "supported": on })));
        put("etag", self.etag.map(|on| json!({ "supported": on })));
        put(
            "pagination",
            self.pagination.as_ref().map(|pagination| {
                said(json!({
                    "cursor": pagination.cursor,
                    "index": pagination.index,
                    "defaultPaginationMethod": pagination.default_pagination_method,
                    "defaultPageSize": pagination.default_page_size,
                    "maxPageSize": pagination.max_page_size,
                    "cursorTimeout": pagination.cursor_timeout,
                }))
            }),
        );
        let schemes = self.authentication_schemes.iter().map(|scheme| {
            said(json!({
                "type": scheme.kind,
                "name": scheme.name,
                "description": scheme.description,
                "specUri": scheme.spec_uri,
                "documentationUri": scheme.documentation_uri,
                "primary": scheme.primary.then_some(true),
            }))
        });
        put("authenticationSchemes", Some(schemes.collect()));
        Value::Object(members)
    }
}

/// An object without what is unsaid.
fn said(mut object: Value) -> Value {
    if let Some(members) = object.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    object
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_reads_back_and_what_is_unsaid_stays_so() {
        let json = json!({
            "schemas": [urn::SERVICE_PROVIDER_CONFIG],
            "patch": { "supported": true },
            "bulk": { "supported": false, "maxOperations": 1000, "maxPayloadSize": 1_048_576 },
            "filter": { "supported": true, "maxResults": "many" },
            "sort": "yes",
            "pagination": { "cursor": true, "index": true, "cursorTimeout": 3600 },
            "authenticationSchemes": [{ "type": "oauthbearertoken", "name": "Bearer", "primary": true }, 3],
        });
        let config = ServiceProviderConfig::from_json(&json).unwrap();
        assert_eq!(
            (config.patch, config.sort, config.etag),
            (Some(true), None, None)
        );
        assert_eq!(
            config.filter,
            Some(FilterSupport {
                supported: true,
                max_results: None
            })
        );
        assert_eq!(
            config.pagination.as_ref().unwrap().cursor_timeout,
            Some(3600)
        );
        assert_eq!(config.authentication_schemes.len(), 1);
        assert_eq!(
            ServiceProviderConfig::from_json(&config.to_json()),
            Ok(config)
        );
        assert!(ServiceProviderConfig::from_json(&json!([])).is_err());
    }
}
