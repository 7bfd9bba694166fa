//! An operation of a bulk request, and its references (RFC 7644 §3.7.2).

use std::collections::HashMap;

use serde_json::Value;

use super::call::decode;
use super::dialect::Dialect;
use super::fault::Choice;
use super::route::{Operation, Place};
use super::service::Service;
use crate::scim::error::{ScimError, ScimType};

/// The ids that bulkIds stand for.
pub(super) type Ids = HashMap<String, String>;

/// An operation as it was asked for.
pub(super) struct Job {
    pub(super) place: Place,
    pub(super) operation: Operation,

    pub(super) path: String,
    pub(super) bulk_id: Option<String>,
    pub(super) version: Option<String>,
    pub(super) data: Value,
}

impl Service {
    /// Reads an operation.
    ///
    /// # Errors
    /// `invalidSyntax`.
    pub(super) fn job(&self, dialect: Dialect, operation: &Value) -> Result<Job, ScimError> {
        let syntax = |detail: String| ScimError::new(ScimType::InvalidSyntax, detail);
        let text = |name: &str| {
            operation
                .get(name)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let method = text("method")
            .ok_or_else(|| syntax("An operation needs a method.".to_owned()))?
            .to_ascii_uppercase();
        let path = text("path").ok_or_else(|| syntax("An operation needs a path.".to_owned()))?;
        let segments: Vec<String> = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(decode)
            .collect();
        let endpoint = |name: &str| {
            self.kinds.iter().position(|kind| {
                kind.resource_type.endpoint.strip_prefix('/') == Some(name) && kind.is_in(dialect)
            })
        };
        let place = match segments.as_slice() {
            [name] => endpoint(name).map(Place::Collection),
            [name, id] => endpoint(name).map(|kind| Place::Resource(kind, id.clone())),
            _ => None,
        };
        let place =
            place.ok_or_else(|| syntax(format!("{path} is no endpoint and no resource.")))?;
        let operation_of = match (&place, method.as_str()) {
            (Place::Collection(_), "POST") => Operation::Create,
            (Place::Resource(..), "PUT") => Operation::Replace,
            (Place::Resource(..), "PATCH") => Operation::Modify,
            (Place::Resource(..), "DELETE") => Operation::Delete,
            _ => return Err(syntax(format!("{method} {path} is no bulk operation."))),
        };
        let bulk_id = text("bulkId").filter(|id| !id.is_empty());
        let needed = !self.switches.chooses(Choice::BulkWithoutBulkIdAccepted);
        if operation_of == Operation::Create && bulk_id.is_none() && needed {
            return Err(syntax("A POST needs a bulkId.".to_owned()));
        }
        let data = operation.get("data").cloned().unwrap_or_default();
        if operation_of != Operation::Delete && !data.is_object() {
            return Err(syntax(format!("{method} needs data.")));
        }
        Ok(Job {
            place,
            operation: operation_of,
            path,
            bulk_id,
            version: text("version"),
            data,
        })
    }
}

/// The bulkIds that an operation refers to, its own not among them unless it does.
pub(super) fn references(job: &Job) -> Vec<String> {
    let mut all = Vec::new();
    collect(&job.data, &mut all);
    if let (Place::Resource(_, id), true) = (&job.place, job.path.contains("bulkId:")) {
        all.extend(id.strip_prefix("bulkId:").map(str::to_owned));
    }
    all
}

fn collect(value: &Value, all: &mut Vec<String>) {
    match value {
        Value::String(text) => all.extend(text.strip_prefix("bulkId:").map(str::to_owned)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, all)),
        Value::Object(members) => members.values().for_each(|item| collect(item, all)),
        _ => {}
    }
}

/// A value with the ids in the place of references.
pub(super) fn resolved(value: &Value, ids: &Ids) -> Value {
    match value {
        Value::String(text) => {
            let id = text
                .strip_prefix("bulkId:")
                .and_then(|reference| ids.get(reference));
            id.map_or_else(|| value.clone(), |id| id.as_str().into())
        }
        Value::Array(items) => items.iter().map(|item| resolved(item, ids)).collect(),
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(name, item)| (name.clone(), resolved(item, ids)))
                .collect(),
        ),
        other => other.clone(),
    }
}
