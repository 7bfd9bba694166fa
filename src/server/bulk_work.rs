//! The operations of a bulk job, done (RFC 7644 §3.7.1, §3.7.2): in order, references by `bulkId` resolved, forward and
//! circular ones too.
//!
//! An operation waits until what it refers to is created. Those that wait for each other are done together: their ids
//! are decided first, and if one of them fails none is done.

use std::collections::HashSet;

use super::bulk_result::Done;
use super::call::decode;
use super::dialect::Dialect;
use super::fault::{Choice, Defect};
use super::job::{Ids, Job, references};
use super::present::View;
use super::route::{Operation, Place};
use super::service::Service;
use super::state::State;
use super::write::Terms;
use crate::scim::error::ScimError;
use crate::scim::projection::Projection;

/// What keeps an operation from being done.
enum Obstacle {
    None,
    Waits,
    Never(String),
}

impl Service {
    /// Does the operations, until so many have failed as are allowed to. `None` stands for those that were not done.
    pub(super) fn work(
        &self,
        state: &mut State,
        dialect: Dialect,
        jobs: &[Result<Job, ScimError>],
        limit: Option<u64>,
    ) -> Vec<Option<Done>> {
        let mut done: Vec<Option<Done>> = jobs.iter().map(|_| None).collect();
        let mut ids = self.switches.ids_before_bulk(state);
        let mut errors = 0;
        'rounds: loop {
            let mut moved = false;
            for at in self.switches.bulk_order(jobs.len()) {
                if limit.is_some_and(|limit| errors >= limit) {
                    break 'rounds;
                }
                let Some(job) = jobs
                    .get(at)
                    .filter(|_| done.get(at).is_some_and(Option::is_none))
                else {
                    continue;
                };
                let result = match job {
                    Err(error) => Done::failed(error.clone()),
                    Ok(job) => match self.obstacle(job, jobs, &done, &ids) {
                        Obstacle::None => self.perform(state, dialect, job, &ids, &HashSet::new()),
                        Obstacle::Waits
                            if self.switches.chooses(Choice::BulkForwardReferencesRefused) =>
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
                let counts = self.switches.has(Defect::BulkFailOnErrorsCountsOperations);
                errors += u64::from(result.error.is_some() || counts);
                self.learn(&mut ids, job.as_ref().ok(), &result);
                if let Some(place) = done.get_mut(at) {
                    *place = Some(result);
                }
                moved = true;
            }
            if !moved {
                if done.iter().any(Option::is_none) {
                    self.work_together(state, dialect, jobs, &mut done, &mut ids);
                }
                break;
            }
        }
        if self.switches.has(Defect::BulkGoesOnUnreported) {
            let left = jobs.iter().zip(&done).filter(|(_, done)| done.is_none());
            for (job, _) in left {
                if let Ok(job) = job {
                    self.perform(state, dialect, job, &ids, &HashSet::new());
                }
            }
        }
        self.switches.ids_after_bulk(state, ids);
        done
    }

    /// Keeps the id of what an operation created.
    fn learn(&self, ids: &mut Ids, job: Option<&Job>, result: &Done) {
        let created = job.filter(|job| job.operation == Operation::Create);
        let bulk_id = created.and_then(|job| job.bulk_id.clone());
        let (Some(bulk_id), Some(location)) = (bulk_id, result.location.as_deref()) else {
            return;
        };
        let id = location.rsplit('/').next().map(decode).unwrap_or_default();
        let id = self.switches.id_for_references(ids, id);
        ids.insert(bulk_id, id);
    }

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
                _ if self.switches.has(Defect::BulkUnknownReferencesStored) => {}
                _ => return Obstacle::Never(reference),
            }
        }
        if waits && !self.switches.has(Defect::BulkForwardReferencesStored) {
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
        let refused = self.switches.chooses(Choice::BulkCircularReferencesRefused);
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
        } else {
            self.switches
                .after_circle(&promised, |change| state.write(self, change));
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
        let data = self.switches.data_of(job, ids);
        let terms = Terms {
            dialect,
            if_match: self.switches.version_of(job),
            promised,
            seen: None,
        };
        let before = self.switches.bulk_store_shown(&state.store);
        let outcome = match (&job.place, job.operation) {
            (Place::Collection(kind), Operation::Create) => {
                let id = job
                    .bulk_id
                    .as_ref()
                    .and_then(|id| ids.get(id))
                    .filter(|id| promised.contains(*id))
                    .cloned();
                let merged = self.switches.merged_into(job, ids);
                if let (None, Some(id)) = (&id, merged) {
                    Ok((201, *kind, id))
                } else {
                    self.create(state, terms, *kind, &data, id)
                        .map(|id| (201, *kind, id))
                }
            }
            (Place::Resource(kind, id), operation) => {
                let id = id
                    .strip_prefix("bulkId:")
                    .and_then(|reference| ids.get(reference))
                    .unwrap_or(id)
                    .clone();
                let outcome = match operation {
                    operation if self.switches.only_says_done(operation) => {
                        let found = state.store.get(&id).map(|_| ());
                        let found = found.ok_or_else(|| super::write::not_found(&id));
                        found.map(|()| {
                            if operation == Operation::Delete {
                                204
                            } else {
                                200
                            }
                        })
                    }
                    Operation::Replace => {
                        self.replace(state, terms, *kind, &id, &data).map(|()| 200)
                    }
                    Operation::Delete if self.switches.has(Defect::BulkDeleteAnswers501) => {
                        Err(ScimError::status(501, "This is not supported."))
                    }
                    Operation::Modify if self.switches.chooses(Choice::NoPatch) => {
                        Err(ScimError::status(501, "This is not supported."))
                    }
                    Operation::Modify => self.modify(state, terms, *kind, &id, &data).map(|()| {
                        if self.switches.chooses(Choice::PatchAnswers204) {
                            204
                        } else {
                            200
                        }
                    }),
                    _ => self.delete(state, terms, *kind, &id).map(|()| 204),
                };
                outcome.map(|status| (status, *kind, id))
            }
            _ => Err(ScimError::status(400, "This is no bulk operation.")),
        };
        match outcome {
            Ok((status, kind, id)) => {
                let view = View::new(self, &state.store, dialect);
                let stored = state.store.get(&id);
                let told = self.switches.chooses(Choice::BulkResultsWithResources);
                let told = told.then_some(&state.store).or(before.as_ref());
                let resource = told.and_then(|store| {
                    let stored = store.get(&id)?;
                    Some(View::new(self, store, dialect).representation(stored))
                });
                Done {
                    status,
                    location: Some(self.location(dialect, kind, &id)),
                    version: stored.and_then(|stored| view.version(stored)),
                    resource: resource
                        .map(|whole| self.project(dialect, kind, &whole, &Projection::default())),
                    error: None,
                }
            }
            Err(error) => Done::failed(error),
        }
    }
}

fn unresolved(bulk_id: &str) -> ScimError {
    ScimError::status(
        409,
        format!("bulkId:{bulk_id} is of no operation that succeeded."),
    )
}
