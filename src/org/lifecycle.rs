//! The life of a user: activated, deactivated, suspended, deleted.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{Method, StatusCode, Uri};
use axum::response::Json;
use serde_json::{Value, json};

use super::api::end;
use super::caller::Caller;
use super::error::ApiError;
use super::running::Shared;
use super::user::Status;

pub(super) async fn operate(
    caller: Caller,
    State(shared): State<Arc<Shared>>,
    Path((key, operation)): Path<(String, String)>,
    method: Method,
    uri: Uri,
) -> Result<Json<Value>, ApiError> {
    let (id, status) = state(&shared, &key)?;
    let next = match (operation.as_str(), status) {
        // Nobody's password survives a deactivation.
        ("activate", Status::Staged | Status::Deprovisioned) => Status::Provisioned,
        ("activate", _) => return Err(ApiError::already_active()),
        ("suspend", Status::Active) => Status::Suspended,
        ("unsuspend", Status::Suspended) => Status::Active,
        ("deactivate", status) if status != Status::Deprovisioned => {
            deactivate(&caller, &shared, &id).await;
            return Ok(Json(json!({})));
        }
        ("suspend" | "unsuspend" | "deactivate", _) => return Err(ApiError::wrong_status()),
        _ => return Err(ApiError::unsupported(method.as_str(), uri.path())),
    };
    // None of these reaches the target: it hears of assignments.
    let now = shared.now();
    shared.directory().set_status(&id, next, &now);
    Ok(Json(match operation.as_str() {
        "activate" => json!({
            "activationUrl": format!("{}/welcome/{id}", shared.origin),
            "activationToken": id,
        }),
        _ => json!({}),
    }))
}

/// The first call deactivates a user, the second one deletes them.
pub(super) async fn delete(
    caller: Caller,
    State(shared): State<Arc<Shared>>,
    Path(key): Path<String>,
) -> Result<StatusCode, ApiError> {
    let (id, status) = state(&shared, &key)?;
    if status == Status::Deprovisioned {
        shared.directory().remove(&id);
    } else {
        deactivate(&caller, &shared, &id).await;
    }
    Ok(StatusCode::NO_CONTENT)
}

fn state(shared: &Shared, key: &str) -> Result<(String, Status), ApiError> {
    let directory = shared.directory();
    let user = directory.user(key)?;
    Ok((user.id.clone(), user.status))
}

/// Deactivates a user, which ends their assignment.
async fn deactivate(caller: &Caller, shared: &Shared, id: &str) {
    let now = shared.now();
    shared
        .directory()
        .set_status(id, Status::Deprovisioned, &now);
    end(caller, shared, id).await;
}
