//! Bulk (RFC 7644 §3.7): operations in order, references by `bulkId`, forward and circular ones too.
//!
//! An operation waits until what it refers to is created. Those that wait for each other are done together: their ids
//! are decided first, and if one of them fails none is done.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::call::decode;
use super::dialect::Dialect;
use super::fault::Defect;
use super::job::{Ids, Job, references, resolved};
use super::present::View;
use super::query::check_message;
use super::route::{Operation, Place};
use super::service::Service;
use super::state::State;
use super::write::Terms;
use crate::scim::error::{ScimError, ScimType};
use crate::scim::urn;

/// How many operations a request may have.
pub(super) const MAX_OPERATIONS: usize = 1000;

/// What became of an operation.
struct Done {
    status: u16,
    location: Option<String>,
    version: Option<String>,
    error: Option<ScimError>,
}

impl Service {
    /// Answers a bulk request.
    ///
    /// # Errors
    /// What the server answers to the request as a whole.
    pub(super) fn bulk(
        &self,
        state: &mut State,
        dialect: Dialect,
        body: &Value,
    ) -> Result<Value, ScimError> {
        let message = if dialect == Dialect::V2 {
            urn::BULK_REQUEST
        } else {
            urn::v1::CORE
        };
        check_message(body, message)?;
        let syntax = |detail: &str| ScimError::new(ScimType::InvalidSyntax, detail);
        let operations = body.get("Operations").and_then(Value::as_array);
        let operations = operations.ok_or_else(|| syntax("Operations must be an array."))?;
        if operations.len() > MAX_OPERATIONS && !self.switches.has(Defect::BulkLimitIgnored) {
            let detail = format!(
                "The bulk job has {} operations; maxOperations is {MAX_OPERATIONS}.",
                operations.len()
            );
            return Err(ScimError::status(413, detail));
        }
        let limit = match body.get("failOnErrors") {
            None | Some(Value::Null) => None,
            Some(value) => Some(value.as_u64().filter(|limit| *limit > 0).ok_or_else(|| {
                ScimError::new(
                    ScimType::InvalidValue,
                    "failOnErrors must be a whole number above 0.",
                )
            })?),
        };
        let limit = if self.switches.has(Defect::BulkFailOnErrorsIgnored) {
            None
        } else {
            limit
        };
        let limit = if self.switches.has(Defect::BulkStopsAtFirstError) {
            Some(1)
        } else {
            limit
        };
        let jobs: Vec<Result<Job, ScimError>> = operations
            .iter()
            .map(|operation| self.job(dialect, operation))
            .collect();
        let done = self.work(state, dialect, &jobs, limit);
        let items: Vec<Value> = operations
            .iter()
            .zip(done)
            .filter_map(|(operation, done)| Some(self.item(dialect, operation, &done?)))
            .collect();
        let answer = if dialect == Dialect::V2 {
            urn::BULK_RESPONSE
        } else {
            urn::v1::CORE
        };
        Ok(json!({ "schemas": [answer], "Operations": items }))
    }

    fn work(
        &self,
        state: &mut State,
        dialect: Dialect,
        jobs: &[Result<Job, ScimError>],
        limit: Option<u64>,
    ) -> Vec<Option<Done>> {
        let mut done: Vec<Option<Done>> = jobs.iter().map(|_| None).collect();
        let mut ids = Ids::new();
        let mut errors = 0;
        loop {
            let mut moved = false;
            for (at, job) in jobs.iter().enumerate() {
                if limit.is_some_and(|limit| errors >= limit) {
                    return done;
                }
                if done.get(at).is_none_or(Option::is_some) {
                    continue;
                }
                let result = match job {
                    Err(error) => Done::failed(error.clone()),
                    Ok(job) => match self.obstacle(job, jobs, &done, &ids) {
                        Obstacle::None => self.perform(state, dialect, job, &ids, &HashSet::new()),
                        Obstacle::Waits
                            if self.switches.has(Defect::BulkForwardReferencesRefused) =>
                        {
                            Done::failed(ScimError::status(
                                409,
                                "The operation refers to a later one.",
                            ))
                        }
                        Obstacle::Waits => continue,
                        Obstacle::Never(id) => Done::failed(unresolved(&id)),
                    },
                };
                errors += u64::from(result.error.is_some());
                if let (
                    Ok(Job {
                        bulk_id: Some(bulk_id),
                        operation: Operation::Create,
                        ..
                    }),
                    Some(location),
                ) = (job, result.location.as_deref())
                {
                    let id = location.rsplit('/').next().map(decode).unwrap_or_default();
                    ids.insert(bulk_id.clone(), id);
                }
                if let Some(place) = done.get_mut(at) {
                    *place = Some(result);
                }
                moved = true;
            }
            if !moved {
                break;
            }
        }
        if done.iter().any(Option::is_none) {
            self.work_together(state, dialect, jobs, &mut done, &mut ids);
        }
        done
    }

    /// What keeps an operation from being done.
    fn obstacle(
        &self,
        job: &Job,
        jobs: &[Result<Job, ScimError>],
        done: &[Option<Done>],
        ids: &Ids,
    ) -> Obstacle {
        if self.switches.has(Defect::BulkReferencesUnresolved) {
            return Obstacle::None;
        }
        let mut waits = false;
        for reference in references(job) {
            if ids.contains_key(&reference) {
                continue;
            }
            let creates = |other: &Result<Job, ScimError>| {
                other.as_ref().is_ok_and(|other| {
                    other.operation == Operation::Create
                        && other.bulk_id.as_deref() == Some(&reference)
                })
            };
            match jobs.iter().position(creates) {
                Some(at) if done.get(at).is_some_and(Option::is_none) => waits = true,
                _ => return Obstacle::Never(reference),
            }
        }
        if waits {
            Obstacle::Waits
        } else {
            Obstacle::None
        }
    }

    /// Does the operations that wait for each other: all of them or none.
    fn work_together(
        &self,
        state: &mut State,
        dialect: Dialect,
        jobs: &[Result<Job, ScimError>],
        done: &mut [Option<Done>],
        ids: &mut Ids,
    ) {
        let waiting: Vec<(usize, &Job)> = jobs
            .iter()
            .enumerate()
            .filter(|(at, _)| done.get(*at).is_some_and(Option::is_none))
            .filter_map(|(at, job)| Some((at, job.as_ref().ok()?)))
            .collect();
        let before = state.store.clone();
        let mut promised = HashSet::new();
        for (_, job) in &waiting {
            if let (Operation::Create, Some(bulk_id)) = (job.operation, &job.bulk_id) {
                let id = state.fresh_id(&self.switches);
                promised.insert(id.clone());
                ids.insert(bulk_id.clone(), id);
            }
        }
        let refused = self.switches.has(Defect::BulkCircularReferencesRefused);
        let mut results: Vec<(usize, Done)> = Vec::new();
        for (at, job) in waiting {
            let result = if refused {
                Done::failed(ScimError::status(
                    409,
                    "The operation is part of a circle of references.",
                ))
            } else {
                self.perform(state, dialect, job, ids, &promised)
            };
            results.push((at, result));
        }
        let broken = results.iter().any(|(_, result)| result.error.is_some());
        if broken {
            state.restore(self, before);
        }
        for (at, result) in results {
            let result = if broken && result.error.is_none() {
                Done::failed(ScimError::status(
                    409,
                    "Another operation of the same circle of references failed.",
                ))
            } else {
                result
            };
            if let Some(place) = done.get_mut(at) {
                *place = Some(result);
            }
        }
    }

    fn perform(
        &self,
        state: &mut State,
        dialect: Dialect,
        job: &Job,
        ids: &Ids,
        promised: &HashSet<String>,
    ) -> Done {
        let as_sent = self.switches.has(Defect::BulkReferencesUnresolved);
        let data = if as_sent {
            job.data.clone()
        } else {
            self.switches
                .v1_resolved(&job.data, resolved(&job.data, ids))
        };
        let terms = Terms {
            dialect,
            if_match: job.version.as_deref(),
            promised,
            seen: None,
        };
        let outcome = match (&job.place, job.operation) {
            (Place::Collection(kind), Operation::Create) => {
                let id = job
                    .bulk_id
                    .as_ref()
                    .and_then(|id| ids.get(id))
                    .filter(|id| promised.contains(*id))
                    .cloned();
                self.create(state, terms, *kind, &data, id)
                    .map(|id| (201, *kind, id))
            }
            (Place::Resource(kind, id), operation) => {
                let id = id
                    .strip_prefix("bulkId:")
                    .and_then(|reference| ids.get(reference))
                    .unwrap_or(id)
                    .clone();
                let outcome = match operation {
                    Operation::Replace => {
                        self.replace(state, terms, *kind, &id, &data).map(|()| 200)
                    }
                    Operation::Modify => self.modify(state, terms, *kind, &id, &data).map(|()| 200),
                    _ => self.delete(state, terms, *kind, &id).map(|()| 204),
                };
                outcome.map(|status| (status, *kind, id))
            }
            _ => Err(ScimError::status(400, "This is no bulk operation.")),
        };
        match outcome {
            Ok((status, kind, id)) => {
                let view = View::new(self, &state.store, dialect);
                let version = state.store.get(&id).and_then(|stored| view.version(stored));
                Done {
                    status,
                    location: Some(self.location(dialect, kind, &id)),
                    version,
                    error: None,
                }
            }
            Err(error) => Done::failed(error),
        }
    }

    fn item(&self, dialect: Dialect, operation: &Value, done: &Done) -> Value {
        let mut item = Map::new();
        let method = operation
            .get("method")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let path = operation
            .get("path")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let failed_create = done.error.is_some() && method.eq_ignore_ascii_case("POST");
        let location = done.location.clone().or_else(|| {
            let path = path.trim_start_matches('/');
            (!failed_create).then(|| format!("{}{}/{path}", self.origin, dialect.base()))
        });
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                item.insert(name.to_owned(), value);
            }
        };
        put("location", location.map(Value::from));
        put("method", Some(method.into()));
        put("bulkId", operation.get("bulkId").cloned());
        put("version", done.version.clone().map(Value::from));
        if dialect == Dialect::V1 {
            let mut status = json!({ "code": done.status.to_string() });
            if let (Some(error), Some(members)) = (&done.error, status.as_object_mut()) {
                members.insert("description".to_owned(), error.detail.as_str().into());
            }
            put("status", Some(status));
        } else {
            put("status", Some(done.status.to_string().into()));
            put("response", done.error.as_ref().map(ScimError::to_json));
        }
        Value::Object(item)
    }
}

enum Obstacle {
    None,
    Waits,
    Never(String),
}

impl Done {
    fn failed(error: ScimError) -> Self {
        Self {
            status: error.status,
            location: None,
            version: None,
            error: Some(error),
        }
    }
}

fn unresolved(bulk_id: &str) -> ScimError {
    ScimError::status(
        409,
        format!("bulkId:{bulk_id} is of no operation that succeeded."),
    )
}
