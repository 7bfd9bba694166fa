//! Bulk jobs that are done or answered wrongly.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::statuses::is_no_json;
use crate::scim::error::ScimError;
use crate::server::answer::Answer;
use crate::server::call::Call;
use crate::server::fault::{Defect, Switches};
use crate::server::job::{Ids, Job, resolved};
use crate::server::route::{Asked, Operation};
use crate::server::state::State;
use crate::server::store::{Store, Stored};

/// The key under which a fault keeps what a job created first: no `bulkId` is empty.
const FIRST: &str = "";

impl Switches {
    /// What some servers make of a job before they look at its operations.
    ///
    /// # Errors
    /// 500.
    pub(in crate::server) fn before_bulk(&self, operations: &[Value]) -> Result<(), ScimError> {
        let text = |operation: &Value, name: &str| {
            operation
                .get(name)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let crashes = |operation: &Value| {
            let creates = text(operation, "method").as_deref() == Some("POST");
            let path = text(operation, "path").unwrap_or_default();
            self.has(Defect::BulkPostWithoutBulkIdAnswers500)
                && creates
                && operation.get("bulkId").is_none()
                || self.has(Defect::BulkReferenceInPathAnswers500) && path.contains("bulkId:")
        };
        let circle = self.has(Defect::BulkCircularReferencesAnswer500) && is_circle(operations);
        if circle || operations.iter().any(crashes) {
            return Err(ScimError::status(
                500,
                "The bulk job could not be processed.",
            ));
        }
        Ok(())
    }

    /// The order in which operations are done.
    pub(in crate::server) fn bulk_order(&self, count: usize) -> Vec<usize> {
        if self.has(Defect::BulkOperationsInReverse) {
            (0..count).rev().collect()
        } else {
            (0..count).collect()
        }
    }

    /// Whether something is wrong with an operation that the server does not look at.
    pub(in crate::server) fn overlooks_mistakes(&self, operation: &Value) -> bool {
        let text = |name: &str| operation.get(name).and_then(Value::as_str);
        let method = text("method").unwrap_or_default().to_ascii_uppercase();
        let known = ["POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str());
        let misfit = text("path").is_some_and(|path| {
            let segments = path.split('/').filter(|part| !part.is_empty()).count();
            segments != if method == "POST" { 1 } else { 2 }
        });
        !known && self.has(Defect::BulkMethodUnchecked)
            || text("path").is_none() && self.has(Defect::BulkPathMissingAccepted)
            || known && misfit && self.has(Defect::BulkPathUnchecked)
            || known
                && method != "DELETE"
                && operation.get("data").is_none()
                && self.has(Defect::BulkDataMissingAccepted)
    }

    /// The bulkIds that are known when a job begins.
    pub(in crate::server) fn ids_before_bulk(&self, state: &State) -> Ids {
        if self.has(Defect::BulkIdsOutliveJob) {
            state.bulk_ids.clone()
        } else {
            Ids::new()
        }
    }

    /// Keeps the bulkIds of a job that is done.
    pub(in crate::server) fn ids_after_bulk(&self, state: &mut State, ids: Ids) {
        if self.has(Defect::BulkIdsOutliveJob) {
            state.bulk_ids = ids;
        }
    }

    /// The id that a bulkId shall stand for.
    pub(in crate::server) fn id_for_references(&self, ids: &mut Ids, id: String) -> String {
        if self.has(Defect::BulkReferencesToFirst) {
            return ids.entry(FIRST.to_owned()).or_insert(id).clone();
        }
        id
    }

    /// Whether a member may be a reference that was not resolved.
    pub(in crate::server) fn stores_bulk_references(&self) -> bool {
        self.has(Defect::BulkReferencesUnresolved)
            || self.has(Defect::BulkReferencesInPatchesUnresolved)
            || self.has(Defect::BulkUnknownReferencesStored)
            || self.has(Defect::BulkForwardReferencesStored)
    }

    /// The data of an operation, with ids in place of references.
    pub(in crate::server) fn data_of(&self, job: &Job, ids: &Ids) -> Value {
        let patched = job.operation == Operation::Modify
            && self.has(Defect::BulkReferencesInPatchesUnresolved);
        if patched || self.has(Defect::BulkReferencesUnresolved) {
            return job.data.clone();
        }
        let mut data = resolved(&job.data, ids);
        if self.has(Defect::BulkReferencesInExtensionsUnresolved)
            && let (Some(members), Some(sent)) = (data.as_object_mut(), job.data.as_object())
        {
            for (name, value) in sent.iter().filter(|(name, _)| name.contains(':')) {
                members.insert(name.clone(), value.clone());
            }
        }
        data
    }

    /// The version that an operation depends on.
    pub(in crate::server) fn version_of<'a>(&self, job: &'a Job) -> Option<&'a str> {
        let version = job.version.as_deref()?;
        if self.has(Defect::BulkVersionIgnored) {
            return None;
        }
        Some(if self.has(Defect::BulkVersionNeverFits) {
            "\"\""
        } else {
            version
        })
    }

    /// The id of the resource that a create is taken for, of one `bulkId` for two.
    pub(in crate::server) fn merged_into(&self, job: &Job, ids: &Ids) -> Option<String> {
        let known = ids.get(job.bulk_id.as_ref()?)?;
        self.has(Defect::BulkSameIdsMerged).then(|| known.clone())
    }

    /// The store of before an operation, if the body of its result is read from there.
    pub(in crate::server) fn bulk_store_shown(&self, store: &Store) -> Option<Store> {
        self.has(Defect::BulkBodyOfSuccessStale)
            .then(|| store.clone())
    }

    /// Whether an operation is not done but said to be.
    pub(in crate::server) fn only_says_done(&self, operation: Operation) -> bool {
        match operation {
            Operation::Replace => self.has(Defect::BulkPutIgnored),
            Operation::Modify => self.has(Defect::BulkPatchIgnored),
            Operation::Delete => self.has(Defect::BulkDeleteIgnored),
            _ => false,
        }
    }

    /// What becomes of a circle of references afterwards: the oldest of it loses its members.
    pub(in crate::server) fn after_circle(
        &self,
        created: &HashSet<String>,
        write: impl FnOnce(&dyn Fn(&mut Store)),
    ) {
        if !self.has(Defect::BulkCircularReferencesHalfDone) {
            return;
        }
        write(&|store: &mut Store| {
            let half = created.iter().min().and_then(|id| store.get(id));
            if let Some(mut half) = half.map(|half| Stored::clone(half)) {
                half.attributes.shift_remove("members");
                store.put(half);
            }
        });
    }
}

/// Whether two operations refer to each other.
fn is_circle(operations: &[Value]) -> bool {
    let refers = |from: &Value, to: &Value| {
        to.get("bulkId").and_then(Value::as_str).is_some_and(|id| {
            let reference = Value::from(format!("bulkId:{id}")).to_string();
            from.get("data")
                .is_some_and(|data| data.to_string().contains(&reference))
        })
    };
    operations.iter().enumerate().any(|(at, one)| {
        let mut others = operations.iter().skip(at + 1);
        others.any(|other| refers(one, other) && refers(other, one))
    })
}

/// Changes the answer to a bulk job.
pub(super) fn alter(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    let has = |defect| switches.has(defect);
    if asked.operation != Operation::Bulk || asked.is_v1() {
        return;
    }
    let instead =
        if answer.status == 400 && is_no_json(call) && has(Defect::BulkMalformedAnswers500) {
            Some((500, "The bulk job could not be read."))
        } else if answer.status == 413 && call.body.is_none() && has(Defect::BulkTooLargeAnswers400)
        {
            Some((400, "The bulk job is larger than maxPayloadSize."))
        } else if answer.status == 413 && has(Defect::BulkLimitUnnamed) {
            Some((413, "The request was refused."))
        } else if is_failed(answer) && has(Defect::BulkFailureFailsJob) {
            Some((400, "An operation failed."))
        } else {
            None
        };
    if let Some((status, detail)) = instead {
        *answer = Answer::error(asked.dialect, &ScimError::status(status, detail));
    }
    let limit = call
        .json()
        .ok()
        .and_then(|job| job.get("failOnErrors").cloned());
    let fine = answer.is_success();
    let Some(body) = answer
        .json_mut()
        .and_then(Value::as_object_mut)
        .filter(|_| fine)
    else {
        return;
    };
    if has(Defect::BulkResponseWithoutSchemas) {
        body.shift_remove("schemas");
    }
    if let (true, Some(limit)) = (has(Defect::BulkResponseRepeatsFailOnErrors), limit) {
        body.insert("failOnErrors".to_owned(), limit);
    }
    if let Some(results) = body.get_mut("Operations").and_then(Value::as_array_mut) {
        if has(Defect::BulkFailedUnreported) {
            results.retain(|result| status_of(result) < 400);
        }
        for result in results {
            alter_result(switches, result);
        }
    }
}

fn status_of(result: &Value) -> u16 {
    let status = result.get("status").and_then(Value::as_str);
    status
        .and_then(|status| status.parse().ok())
        .unwrap_or_default()
}

fn is_failed(answer: &mut Answer) -> bool {
    let results = answer
        .json_mut()
        .and_then(|body| body.get("Operations")?.as_array());
    results.is_some_and(|results| results.iter().any(|result| status_of(result) >= 400))
}

fn alter_result(switches: &Switches, result: &mut Value) {
    let has = |defect| switches.has(defect);
    let status = status_of(result);
    let failed = status >= 400;
    let Some(result) = result.as_object_mut() else {
        return;
    };
    let creates = result.get("method").and_then(Value::as_str) == Some("POST");
    if has(Defect::BulkLocationOfEndpoint)
        && creates
        && let Some(Value::String(location)) = result.get_mut("location")
    {
        location.truncate(location.rfind('/').unwrap_or_default());
    }
    if has(Defect::BulkFailedWithoutLocation) && failed {
        result.shift_remove("location");
    }
    if has(Defect::BulkWithoutMethod) {
        result.shift_remove("method");
    }
    if has(Defect::BulkWithoutVersion) {
        result.shift_remove("version");
    }
    if has(Defect::BulkVersionWrong) && result.contains_key("version") {
        result.insert("version".to_owned(), "W/\"0\"".into());
    }
    if has(Defect::BulkStatusAlways200) && !failed && status > 0 {
        result.insert("status".to_owned(), "200".into());
    }
    if has(Defect::BulkStatusAsObject) {
        result.insert("status".to_owned(), json!({ "code": status.to_string() }));
    }
    let Some(response) = result.get_mut("response").filter(|_| failed) else {
        return;
    };
    if let Some(error) = response.as_object_mut() {
        if has(Defect::BulkErrorWithoutDetail) {
            error.shift_remove("detail");
        }
        if has(Defect::BulkErrorStatusDiffers) {
            error.insert("status".to_owned(), "200".into());
        }
    }
    if has(Defect::BulkErrorAsText) {
        *response = response.get("detail").cloned().unwrap_or_default();
    }
}
