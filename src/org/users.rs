//! The users of the org: `/api/v1/users`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Json;
use serde_json::{Map, Value};

use super::api::{deactivate, of};
use super::caller::{Caller, object};
use super::directory::Standing;
use super::error::ApiError;
use super::mapping;
use super::running::Shared;
use super::user::{Status, User, check_profile};

pub(super) async fn list(_: Caller, State(shared): State<Arc<Shared>>) -> Json<Value> {
    let directory = shared.directory();
    let there = directory
        .users()
        .filter(|user| user.status != Status::Deprovisioned);
    Json(there.map(|user| user.as_json(&shared.origin)).collect())
}

pub(super) async fn read(
    _: Caller,
    State(shared): State<Arc<Shared>>,
    Path(key): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let directory = shared.directory();
    Ok(Json(directory.user(&key)?.as_json(&shared.origin)))
}

pub(super) async fn create(
    _: Caller,
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    body: Bytes,
) -> Result<Json<Value>, ApiError> {
    let body = object(&body)?;
    let profile = profile(&body)?;
    check_profile(&profile)?;
    let password = password(&body)?;
    let activated = uri.query().is_none_or(|query| {
        let mut pairs = query.split('&');
        !pairs.any(|pair| pair == "activate=false")
    });
    let now = shared.now();
    let mut directory = shared.directory();
    let user = User {
        id: directory.fresh_id("00u"),
        status: match (activated, &password) {
            (false, _) => Status::Staged,
            (true, Some(_)) => Status::Active,
            (true, None) => Status::Provisioned,
        },
        profile,
        has_password: password.is_some(),
        question: question(&body),
        created: now.clone(),
        activated: activated.then(|| now.clone()),
        changed: now.clone(),
        updated: now.clone(),
        password_changed: password.map(|_| now),
    };
    let shown = user.as_json(&shared.origin);
    directory.put(user)?;
    Ok(Json(shown))
}

/// PUT: what is not among it is taken away.
pub(super) async fn replace(
    caller: Caller,
    State(shared): State<Arc<Shared>>,
    Path(key): Path<String>,
    body: Bytes,
) -> Result<Json<Value>, ApiError> {
    let body = object(&body)?;
    change(&caller, &shared, &key, &body, profile(&body)?).await
}

/// POST: what is not among it stays.
pub(super) async fn update(
    caller: Caller,
    State(shared): State<Arc<Shared>>,
    Path(key): Path<String>,
    body: Bytes,
) -> Result<Json<Value>, ApiError> {
    let body = object(&body)?;
    let mut whole = shared.directory().user(&key)?.profile.clone();
    if body.contains_key("profile") {
        whole.extend(profile(&body)?);
    }
    change(&caller, &shared, &key, &body, whole).await
}

/// Changes a user, and the account of one who is assigned.
async fn change(
    caller: &Caller,
    shared: &Shared,
    key: &str,
    body: &Map<String, Value>,
    profile: Map<String, Value>,
) -> Result<Json<Value>, ApiError> {
    let password = password(body)?;
    let (before, after, assignment) = {
        let mut directory = shared.directory();
        let before = directory.user(key)?.clone();
        if before.status == Status::Deprovisioned {
            return Err(ApiError::wrong_status());
        }
        check_profile(&profile)?;
        let now = shared.now();
        let mut after = User {
            profile,
            updated: now.clone(),
            ..before.clone()
        };
        if password.is_some() {
            after.has_password = true;
            after.password_changed = Some(now);
        }
        if let Some(question) = question(body) {
            after.question = Some(question);
        }
        directory.put(after.clone())?;
        let assignment = directory.assignments.get(&after.id).cloned();
        (before, after, assignment)
    };
    let shown = after.as_json(&shared.origin);
    let Some(assignment) = assignment else {
        return Ok(Json(shown));
    };
    let mapped = |user: &User| mapping::attributes(user, shared.dialect);
    let changes = mapping::changes(&mapped(&before), &mapped(&after));
    let changes = shared.app.taken(&changes);
    let mut done = None;
    if let Some(account) = &assignment.external_id {
        let provisioning = shared.provisioning(&caller.check);
        if shared.app.update_attributes && !changes.is_empty() {
            done = Some(provisioning.update(account, &changes).await);
        }
        if let Some(password) = password.filter(|_| shared.app.sync_password)
            && done.as_ref().is_none_or(Result::is_ok)
        {
            done = Some(provisioning.set_password(account, &password).await);
        }
    }
    // In the meantime it may have been linked to an account, or have ended.
    let now = shared.now();
    let ended = match shared.directory().assignment(&after.id, assignment.number) {
        Standing::There(known) => {
            mapping::overlay(&mut known.attributes, &changes);
            if let Some(done) = &done {
                known.synced(of(done), &now);
            }
            false
        }
        Standing::Followed => false,
        Standing::Ended => done.is_some(),
    };
    if ended {
        deactivate(caller, shared, assignment.external_id).await;
    }
    Ok(Json(shown))
}

fn profile(body: &Map<String, Value>) -> Result<Map<String, Value>, ApiError> {
    match body.get("profile") {
        Some(Value::Object(profile)) => Ok(profile.clone()),
        Some(_) => Err(ApiError::malformed()),
        None => {
            let cause = "profile: The field cannot be left blank".to_owned();
            Err(ApiError::validation("profile", vec![cause]))
        }
    }
}

/// The password that a body sets.
fn password(body: &Map<String, Value>) -> Result<Option<String>, ApiError> {
    let set = body
        .get("credentials")
        .and_then(|credentials| credentials.get("password"));
    match set.and_then(|password| password.get("value")) {
        None => Ok(None),
        Some(Value::String(password)) if !password.is_empty() => Ok(Some(password.clone())),
        Some(_) => {
            let cause = "password: The field cannot be left blank".to_owned();
            Err(ApiError::validation("password", vec![cause]))
        }
    }
}

fn question(body: &Map<String, Value>) -> Option<Value> {
    let credentials = body.get("credentials")?;
    credentials
        .get("recovery_question")?
        .get("question")
        .cloned()
}
