//! `id`, `meta` and the resource types of what is stored.

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;

use crate::server::answer::Answer;
use crate::server::fault::{Defect, Switches};
use crate::server::route::{Asked, Operation};
use crate::server::store::Stored;

impl Switches {
    /// When a resource was modified, as `meta` says it.
    pub(in crate::server) fn modified(&self, stored: &Stored) -> DateTime<Utc> {
        if self.has(Defect::LastModifiedIsLater) {
            stored.modified + Duration::seconds(5)
        } else {
            stored.modified
        }
    }

    /// The time of the clock that a server takes for UTC.
    pub(in crate::server) fn clock_of_create(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        if self.has(Defect::LocalTimeAsUtc) {
            now + Duration::hours(2)
        } else {
            now
        }
    }
}

/// Changes an answer.
pub(super) fn alter(switches: &Switches, asked: &Asked, answer: &mut Answer) {
    let types = matches!(asked.operation, Operation::ResourceTypes);
    if types && switches.has(Defect::ResourceTypeNamesPlural) {
        let all = answer
            .json_mut()
            .and_then(|body| body.get_mut("Resources")?.as_array_mut());
        for name in all
            .into_iter()
            .flatten()
            .filter_map(|item| item.get_mut("name"))
        {
            *name = format!("{}s", name.as_str().unwrap_or_default()).into();
        }
    }
    let discovers = matches!(
        asked.operation,
        Operation::Config | Operation::ResourceTypes | Operation::Schemas
    );
    if discovers
        && switches.has(Defect::DiscoveryWithoutSchemas)
        && let Some(members) = answer.json_mut().and_then(Value::as_object_mut)
    {
        members.shift_remove("schemas");
    }
    if let (true, Some(total)) = (
        switches.has(Defect::ListNumbersWithFraction),
        answer
            .json_mut()
            .and_then(|body| body.get_mut("totalResults")),
    ) {
        *total = total.as_f64().map_or(Value::Null, Value::from);
    }
}
