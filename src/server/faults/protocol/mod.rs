//! Defects of the protocol's own rules: methods, addresses, versions, media types, preconditions, what a PUT leaves.

mod answers;
mod instead;
mod published;
mod replaced;
mod requests;
mod schemas;
mod stored;

pub(super) use answers::alter;
pub(in crate::server) use answers::alter_all;
pub(super) use instead::instead;
pub(super) use requests::before;
pub(in crate::server) use requests::reroute;
pub(in crate::server) use schemas::declare;

use axum::body::Bytes;
use serde_json::Value;

use crate::server::call::Call;

/// The body of a request as JSON, whatever its media type says; null if it is none.
fn body_of(call: &Call) -> Value {
    let bytes = call.body.as_deref().unwrap_or_default();
    serde_json::from_slice(bytes).unwrap_or_default()
}

/// Whether an id ends in the suffix that says the format (RFC 7644 §3.8).
fn has_suffix(id: &str) -> bool {
    id.strip_suffix(".scim").is_some()
}

/// Changes the JSON body of a request.
fn edit(call: &mut Call, change: impl FnOnce(&mut Value)) {
    let mut body = body_of(call);
    if body.is_object() {
        change(&mut body);
        call.body = Some(Bytes::from(body.to_string()));
    }
}
