//! The endpoints, and those of the app instance.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{Method, StatusCode, Uri};
use axum::response::Json;
use axum::routing::{get, post};
use serde_json::{Map, Value, json};

use super::assignment::{Assignment, Sync};
use super::caller::{Caller, object};
use super::directory::Standing;
use super::error::ApiError;
use super::mapping;
use super::running::Shared;
use super::user::Status;
use super::{grants, lifecycle, users};

/// How long a body may be, in bytes.
const MAX_BODY: usize = 1_048_576;

/// The endpoints.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/api/v1/apps", get(list))
        .route("/api/v1/apps/{app}", get(read))
        .route("/api/v1/apps/{app}/users", get(assigned).post(assign))
        .route(
            "/api/v1/apps/{app}/users/{user}",
            get(assignment).post(update).delete(unassign),
        )
        .route("/api/v1/users", get(users::list).post(users::create))
        .route(
            "/api/v1/users/{user}",
            get(users::read)
                .put(users::replace)
                .post(users::update)
                .delete(lifecycle::delete),
        )
        .route(
            "/api/v1/users/{user}/lifecycle/{operation}",
            post(lifecycle::operate),
        )
        .route(
            "/governance/api/v1/grants",
            get(grants::list).post(grants::create),
        )
        .route("/governance/api/v1/grants/{grant}", get(grants::read))
        .fallback(unsupported)
        .method_not_allowed_fallback(unsupported)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(shared)
}

async fn unsupported(_: Caller, method: Method, uri: Uri) -> ApiError {
    ApiError::unsupported(method.as_str(), uri.path())
}

/// The app of an id.
fn check_app(shared: &Shared, app: &str) -> Result<(), ApiError> {
    if app == shared.app_id {
        Ok(())
    } else {
        Err(ApiError::not_found(app, "AppInstance"))
    }
}

fn app(shared: &Shared) -> Value {
    let created = shared.now();
    shared.app.as_json(&shared.app_id, &created, &shared.origin)
}

async fn list(_: Caller, State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!([app(&shared)]))
}

async fn read(
    _: Caller,
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    check_app(&shared, &id)?;
    Ok(Json(app(&shared)))
}

async fn assigned(
    _: Caller,
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    check_app(&shared, &id)?;
    let directory = shared.directory();
    let shown = directory.assignments.values();
    let shown = shown.map(|one| one.as_json(&shared.app_id, &shared.origin));
    Ok(Json(shown.collect()))
}

async fn assignment(
    _: Caller,
    State(shared): State<Arc<Shared>>,
    Path((id, user)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    check_app(&shared, &id)?;
    let known = known(&shared, &user)?;
    Ok(Json(known.as_json(&shared.app_id, &shared.origin)))
}

/// The assignment of a user.
fn known(shared: &Shared, user: &str) -> Result<Assignment, ApiError> {
    let known = shared.directory().assignments.get(user).cloned();
    known.ok_or_else(|| ApiError::not_found(user, "AppUser"))
}

async fn assign(
    caller: Caller,
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Json<Value>, ApiError> {
    check_app(&shared, &id)?;
    let body = object(&body)?;
    let Some(user) = body.get("id").and_then(Value::as_str) else {
        let cause = "id: The field cannot be left blank".to_owned();
        return Err(ApiError::validation("id", vec![cause]));
    };
    set_assignment(&caller, &shared, user, &body).await
}

async fn update(
    caller: Caller,
    State(shared): State<Arc<Shared>>,
    Path((id, user)): Path<(String, String)>,
    body: Bytes,
) -> Result<Json<Value>, ApiError> {
    check_app(&shared, &id)?;
    known(&shared, &user)?;
    set_assignment(&caller, &shared, &user, &object(&body)?).await
}

/// Assigns a user, or changes the profile of one who is assigned already.
async fn set_assignment(
    caller: &Caller,
    shared: &Shared,
    user: &str,
    body: &Map<String, Value>,
) -> Result<Json<Value>, ApiError> {
    let now = shared.now();
    let (mut assignment, before, password) = {
        let mut directory = shared.directory();
        let (password, number) = (directory.fresh_password(), directory.fresh_number());
        let user = directory.user(user)?;
        if matches!(user.status, Status::Deprovisioned) {
            return Err(ApiError::wrong_status());
        }
        let before = directory.assignments.get(&user.id).cloned();
        let mut attributes = match &before {
            Some(before) => before.attributes.clone(),
            None => mapping::attributes(user, shared.dialect),
        };
        mapping::assigned(&mut attributes, body, shared.dialect);
        let profile = body.get("profile").and_then(Value::as_object);
        let assignment = Assignment {
            number: before.as_ref().map_or(number, |one| one.number),
            user: user.id.clone(),
            attributes,
            profile: profile.cloned().unwrap_or_default(),
            external_id: before.as_ref().and_then(|one| one.external_id.clone()),
            sync: Sync::Disabled,
            created: before
                .as_ref()
                .map_or_else(|| now.clone(), |one| one.created.clone()),
            updated: now,
            last_sync: None,
        };
        // If the call is given up while the target is waited for, the assignment is there all the same.
        let pending = Assignment {
            sync: Sync::Error,
            ..assignment.clone()
        };
        directory
            .assignments
            .insert(assignment.user.clone(), pending);
        (assignment, before, password)
    };
    let provisioning = shared.provisioning(&caller.check);
    let linked = assignment.external_id.clone();
    let sync = match (linked, before) {
        (Some(id), Some(before)) => {
            let changes = mapping::changes(&before.attributes, &assignment.attributes);
            let changes = shared.app.taken(&changes);
            if changes.is_empty() || !shared.app.update_attributes {
                before.sync
            } else {
                of(&provisioning.update(&id, &changes).await)
            }
        }
        _ if !shared.app.create_users => Sync::Disabled,
        _ => {
            let assigned = provisioning
                .assign(&assignment.user, &password, &assignment.attributes)
                .await;
            assignment.external_id = assigned.account;
            of(&assigned.done)
        }
    };
    assignment.synced(sync, &shared.now());
    let shown = assignment.as_json(&shared.app_id, &shared.origin);
    let (user, number) = (assignment.user.clone(), assignment.number);
    let account = assignment.external_id.clone();
    let ended = match shared.directory().assignment(&user, number) {
        Standing::There(known) => {
            *known = assignment;
            false
        }
        Standing::Followed => false,
        Standing::Ended => true,
    };
    if ended {
        deactivate(caller, shared, account).await;
    }
    Ok(Json(shown))
}

/// What became of something that was sent.
pub(super) fn of<T, E>(done: &Result<T, E>) -> Sync {
    match done {
        Ok(_) => Sync::Synchronized,
        Err(_) => Sync::Error,
    }
}

async fn unassign(
    caller: Caller,
    State(shared): State<Arc<Shared>>,
    Path((id, user)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    check_app(&shared, &id)?;
    known(&shared, &user)?;
    end(&caller, &shared, &user).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a user's assignment, if there is one. That the account is deactivated is in the record, whatever came of it: the
/// assignment is gone.
pub(super) async fn end(caller: &Caller, shared: &Shared, user: &str) {
    let ended = shared.directory().assignments.remove(user);
    deactivate(caller, shared, ended.and_then(|ended| ended.external_id)).await;
}

/// Deactivates the account of an assignment that ended: also when it ended while something was sent for it, which may
/// have made or activated the account.
pub(super) async fn deactivate(caller: &Caller, shared: &Shared, account: Option<String>) {
    if let Some(account) = account.filter(|_| shared.app.deactivate_users) {
        let _ = shared
            .provisioning(&caller.check)
            .deactivate(&account)
            .await;
    }
}
