//! Grants of entitlements: `/governance/api/v1/grants`.
//!
//! The org has no catalogue of entitlements. A grant without any, such as that of Okta's own test, is taken, and nothing
//! is sent for it; one that names some is refused, since they are not there.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Json;
use serde_json::{Map, Value, json};

use super::caller::{Caller, object};
use super::error::ApiError;
use super::running::Shared;

/// The kinds of grants that Okta knows.
const TYPES: [&str; 4] = ["CUSTOM", "ENTITLEMENT", "ENTITLEMENT-BUNDLE", "POLICY"];

pub(super) async fn create(
    _: Caller,
    State(shared): State<Arc<Shared>>,
    body: Bytes,
) -> Result<Json<Value>, ApiError> {
    let body = object(&body)?;
    let text = |member: &str| body.get(member).and_then(Value::as_str);
    if !text("grantType").is_some_and(|kind| TYPES.contains(&kind)) {
        let cause = format!("grantType: It is one of {}", TYPES.join(", "));
        return Err(ApiError::validation("grantType", vec![cause]));
    }
    let principal = within(&body, "targetPrincipal")?;
    let target = within(&body, "target")?;
    let mut directory = shared.directory();
    directory.user(principal)?;
    if target != shared.app_id {
        return Err(ApiError::not_found(target, "AppInstance"));
    }
    let entitlements = body.get("entitlements").and_then(Value::as_array);
    if let Some(first) = entitlements.and_then(|all| all.first()) {
        let id = first.get("id").and_then(Value::as_str).unwrap_or_default();
        return Err(ApiError::not_found(id, "Entitlement"));
    }
    let id = directory.fresh_id("gra");
    let now = shared.now();
    let mut grant = body.clone();
    grant.insert("id".into(), id.as_str().into());
    grant.insert("status".into(), "ACTIVE".into());
    grant.insert("created".into(), now.as_str().into());
    grant.insert("lastUpdated".into(), now.into());
    grant.insert(
        "_links".into(),
        json!({ "self": { "href": format!("{}/governance/api/v1/grants/{id}", shared.origin) } }),
    );
    let grant = Value::Object(grant);
    directory.grants.insert(id, grant.clone());
    Ok(Json(grant))
}

/// The external id of a principal or a target.
fn within<'b>(body: &'b Map<String, Value>, member: &str) -> Result<&'b str, ApiError> {
    let id = body.get(member).and_then(|one| one.get("externalId"));
    id.and_then(Value::as_str).ok_or_else(|| {
        let place = format!("{member}.externalId");
        let cause = format!("{place}: The field cannot be left blank");
        ApiError::validation(&place, vec![cause])
    })
}

pub(super) async fn list(_: Caller, State(shared): State<Arc<Shared>>) -> Json<Value> {
    let directory = shared.directory();
    let data: Vec<&Value> = directory.grants.values().collect();
    Json(json!({ "data": data }))
}

pub(super) async fn read(
    _: Caller,
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let directory = shared.directory();
    let grant = directory.grants.get(&id).cloned();
    grant
        .map(Json)
        .ok_or_else(|| ApiError::not_found(&id, "Grant"))
}
