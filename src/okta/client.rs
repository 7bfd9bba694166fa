//! Okta's SCIM client as servers see it: what it calls itself, its headers, its lookup, its PATCH of a user, and how long
//! it waits.

use serde_json::{Map, Value, json};

use super::profile::user_schema;
use crate::scim::urn;
use crate::suite::Dialect;

/// What it calls itself.
pub const USER_AGENT: &str = "Okta SCIM Client 1.0.0";
/// How long it waits for data on a connection, in microseconds.
pub const SOCKET_TIMEOUT_US: u64 = 60_000_000;

/// The headers of a request, without its credentials.
pub fn headers(dialect: Dialect, with_body: bool) -> Vec<(String, String)> {
    let media_type = match dialect {
        Dialect::V2 => "application/scim+json",
        Dialect::V1 => "application/json",
    };
    let mut headers = vec![
        ("Accept".to_owned(), media_type.to_owned()),
        ("Accept-Charset".to_owned(), "utf-8".to_owned()),
        ("Accept-Encoding".to_owned(), "gzip,deflate".to_owned()),
        ("User-Agent".to_owned(), USER_AGENT.to_owned()),
    ];
    if with_body {
        let written = format!("{media_type}; charset=utf-8");
        headers.push(("Content-Type".to_owned(), written));
    }
    headers
}

/// The attribute by which it looks people up, unless an integration says otherwise.
pub const UNIQUE_IDENTIFIER: &str = "userName";

/// The attribute by which an integration looks people up: its "unique identifier field for users".
pub fn unique_identifier(config: &Value) -> &str {
    let set = config.pointer("/okta/api_integration/unique_identifier");
    set.and_then(Value::as_str).unwrap_or(UNIQUE_IDENTIFIER)
}

/// The filter by which it looks a person up, before it is percent-encoded: the value is the name of the user in the app,
/// whatever the attribute.
pub fn lookup(unique_identifier: &str, user_name: &str) -> String {
    let quoted = user_name.replace('\\', "\\\\").replace('"', "\\\"");
    format!("{unique_identifier} eq \"{quoted}\"")
}

/// The body of a PATCH that changes some attributes of a user: in SCIM 2.0 one operation without a path, in SCIM 1.1 the
/// attributes themselves, with the user's id if it is known.
pub fn patch(dialect: Dialect, id: Option<&str>, changes: Map<String, Value>) -> Value {
    match dialect {
        Dialect::V1 => {
            let mut body = Map::new();
            body.insert("schemas".to_owned(), json!([user_schema(dialect)]));
            if let Some(id) = id {
                body.insert("id".to_owned(), id.into());
            }
            body.extend(changes);
            Value::Object(body)
        }
        Dialect::V2 => json!({
            "schemas": [urn::PATCH_OP],
            "Operations": [{ "op": "replace", "value": changes }],
        }),
    }
}

/// The change of a user's status, for a [`patch`].
pub fn status(active: bool) -> Map<String, Value> {
    Map::from_iter([("active".to_owned(), active.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_has_the_shape_of_its_version() {
        assert_eq!(
            patch(Dialect::V2, Some("7"), status(false)),
            json!({
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                "Operations": [{ "op": "replace", "value": { "active": false } }],
            })
        );
        let with_id =
            json!({ "schemas": ["urn:scim:schemas:core:1.0"], "id": "7", "active": true });
        assert_eq!(patch(Dialect::V1, Some("7"), status(true)), with_id);
        let without = json!({ "schemas": ["urn:scim:schemas:core:1.0"], "active": true });
        assert_eq!(patch(Dialect::V1, None, status(true)), without);
    }
}
