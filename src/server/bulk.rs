//! Bulk (RFC 7644 §3.7): the job as a whole, its limits and its answer.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::bulk_result::Done;
use super::dialect::Dialect;
use super::fault::{Choice, Defect};
use super::job::Job;
use super::query::check_message;
use super::service::Service;
use super::state::State;
use crate::scim::error::{ScimError, ScimType};
use crate::scim::urn;

/// How many operations a request may have.
pub(super) const MAX_OPERATIONS: usize = 1000;

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
        let (message, answer) = match dialect {
            Dialect::V2 => (urn::BULK_REQUEST, urn::BULK_RESPONSE),
            Dialect::V1 => (urn::v1::CORE, urn::v1::CORE),
        };
        if !self.switches.has(Defect::BulkSchemasUnchecked) {
            check_message(body, message)?;
        }
        let operations = self.operations(body)?;
        self.switches.before_bulk(operations)?;
        let limit = self.fail_on_errors(body)?;
        if operations.len() > MAX_OPERATIONS && !self.switches.has(Defect::BulkLimitIgnored) {
            if self.switches.has(Defect::BulkLimitAfterTheFact) {
                let first = operations.get(..MAX_OPERATIONS).unwrap_or_default();
                let jobs = self.jobs(dialect, first)?;
                self.work(state, dialect, &jobs, limit);
            }
            let detail = format!(
                "The bulk job has {} operations; maxOperations is {MAX_OPERATIONS}.",
                operations.len()
            );
            return Err(ScimError::status(413, detail));
        }
        let jobs = self.jobs(dialect, operations)?;
        let done = self.work(state, dialect, &jobs, limit);
        let mut items: Vec<Value> = operations
            .iter()
            .zip(done)
            .filter_map(|(operation, done)| {
                let done = if self.switches.overlooks_mistakes(operation) {
                    Done::nothing()
                } else {
                    done?
                };
                Some(self.item(dialect, operation, &done))
            })
            .collect();
        if self.switches.chooses(Choice::BulkResultsReversed) {
            items.reverse();
        }
        Ok(json!({ "schemas": [answer], "Operations": items }))
    }

    fn operations<'a>(&self, body: &'a Value) -> Result<&'a [Value], ScimError> {
        let operations = body.get("Operations").and_then(Value::as_array);
        if operations.is_none() && self.switches.has(Defect::BulkWithoutOperationsAccepted) {
            return Ok(&[]);
        }
        let absent = || ScimError::new(ScimType::InvalidSyntax, "Operations must be an array.");
        operations.map(Vec::as_slice).ok_or_else(absent)
    }

    fn fail_on_errors(&self, body: &Value) -> Result<Option<u64>, ScimError> {
        let limit = match body.get("failOnErrors") {
            None | Some(Value::Null) => None,
            Some(value) => Some(value.as_u64().filter(|limit| *limit > 0).ok_or_else(|| {
                ScimError::new(
                    ScimType::InvalidValue,
                    "failOnErrors must be a whole number above 0.",
                )
            })?),
        };
        Ok(if self.switches.has(Defect::BulkStopsAtFirstError) {
            Some(1)
        } else if self.switches.has(Defect::BulkFailOnErrorsIgnored) {
            None
        } else {
            limit
        })
    }

    /// The operations, read. Each that can't be read is an error of its own; one `bulkId` for two is one of the job
    /// (RFC 7644 §3.7: it is unique within a request).
    fn jobs(
        &self,
        dialect: Dialect,
        operations: &[Value],
    ) -> Result<Vec<Result<Job, ScimError>>, ScimError> {
        let jobs: Vec<Result<Job, ScimError>> = operations
            .iter()
            .map(|operation| self.job(dialect, operation))
            .collect();
        if self.switches.chooses(Choice::BulkMalformedFailsJob)
            && let Some(Err(error)) = jobs.iter().find(|job| job.is_err())
        {
            return Err(error.clone());
        }
        let lenient = self.switches.chooses(Choice::BulkSameIdsProcessed)
            || self.switches.has(Defect::BulkSameIdsMerged);
        let mut seen = HashSet::new();
        let ids = jobs.iter().flatten().filter_map(|job| job.bulk_id.as_ref());
        for id in ids.filter(|_| !lenient) {
            if !seen.insert(id) {
                let detail = format!("Two operations have the bulkId {id}.");
                return Err(ScimError::new(ScimType::InvalidSyntax, detail));
            }
        }
        Ok(jobs)
    }
}
