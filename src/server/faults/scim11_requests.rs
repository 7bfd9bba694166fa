//! Requests of 1.1 that a faulty server refuses, or takes in another way.

use axum::http::Method;
use serde_json::{Map, Value, json};

use crate::scim::error::{ScimError, ScimType};
use crate::scim::filter::{Filter, Operator};
use crate::scim::urn;
use crate::server::answer::Answer;
use crate::server::call::Call;
use crate::server::fault::{Defect, Switches};
use crate::server::kind::GROUP;
use crate::server::query::Query;
use crate::server::route::{Asked, Operation, Place};
use crate::server::store::Stored;

/// The query parameters of SCIM 1.1.
const PARAMETERS: [&str; 6] = [
    "filter",
    "sortby",
    "sortorder",
    "startindex",
    "count",
    "attributes",
];

fn crash() -> ScimError {
    ScimError::status(500, "This went wrong.")
}

/// What is answered in place of what was asked for.
pub(super) fn instead(switches: &Switches, call: &Call, asked: &Asked) -> Option<Answer> {
    if !asked.is_v1() {
        return None;
    }
    let has = |defect| switches.has(defect);
    let error = |status: u16| {
        let error = ScimError::status(status, "This went wrong.");
        Some(Answer::error(asked.dialect, &error))
    };
    let overrides = call.method == Method::POST && call.header("x-http-method-override").is_some();
    if has(Defect::V1MethodOverrideIgnored) && overrides {
        return Some(Answer::json(200, json!({ "schemas": [urn::v1::CORE] })));
    }
    let unknown =
        |(name, _): &(String, String)| !PARAMETERS.contains(&name.to_ascii_lowercase().as_str());
    if has(Defect::V1UnknownParameterRefused) && call.query.iter().any(unknown) {
        return error(400);
    }
    if has(Defect::V1SuffixAnswers500) && call.path.strip_suffix(".json").is_some() {
        return error(500);
    }
    if has(Defect::V1GroupsNotFound) && asked.kind() == Some(GROUP) {
        return error(404);
    }
    if has(Defect::V1SchemaAloneNotFound) && matches!(asked.place, Place::Schemas(Some(_))) {
        return error(404);
    }
    let anonymous = !call.headers.contains_key("authorization");
    if has(Defect::V1ConfigNeedsAuthentication) && asked.place == Place::Config && anonymous {
        return error(401);
    }
    if has(Defect::V1PlainValuesAnswer500) && asked.operation == Operation::Create {
        let body = call.json().unwrap_or_default();
        if body.pointer("/emails/0").is_some_and(Value::is_string) {
            return error(500);
        }
    }
    None
}

impl Switches {
    /// Changes where a request goes.
    pub(in crate::server) fn before_route(&self, call: &mut Call) {
        if self.has(Defect::V1VersionIgnored)
            && let Some(rest) = call.path.strip_prefix("/scim/v9")
        {
            call.path = format!("/scim/v1{rest}");
        }
    }

    /// Changes the query of a request.
    pub(super) fn v1_before(&self, call: &mut Call) {
        if !self.has(Defect::V1AttributesQualifiedIgnored) || !call.path.starts_with("/scim/v1") {
            return;
        }
        for (name, value) in &mut call.query {
            if name.eq_ignore_ascii_case("attributes") {
                let plain = value
                    .split(',')
                    .map(|path| if path.contains(':') { "unknown" } else { path });
                *value = plain.collect::<Vec<_>>().join(",");
            }
        }
    }

    /// The query of a list as a faulty server takes it.
    ///
    /// # Errors
    /// What it can't take.
    pub(super) fn v1_before_list(&self, query: &Query) -> Result<(), ScimError> {
        if self.has(Defect::V1SortAnswers500) && query.sort_by.is_some() {
            return Err(crash());
        }
        let newer = || {
            let parsed = query.filter.as_deref().map(Filter::parse);
            parsed.is_some_and(|filter| filter.is_ok_and(|filter| is_of_2(&filter)))
        };
        if self.has(Defect::V1FilterOperatorsOf2Answer500) && newer() {
            return Err(crash());
        }
        Ok(())
    }

    /// What is stored of a replaced resource.
    pub(in crate::server) fn on_v1_replace(
        &self,
        current: &Stored,
        attributes: &mut Map<String, Value>,
    ) {
        if self.has(Defect::V1ReplaceKeepsOmitted) {
            for (name, value) in &current.attributes {
                attributes
                    .entry(name.as_str())
                    .or_insert_with(|| value.clone());
            }
        }
    }

    /// Whether a faulty server takes a PATCH.
    ///
    /// # Errors
    /// What it does not take.
    pub(super) fn takes_v1_patch(&self, body: &Value) -> Result<(), ScimError> {
        let removed = removed(body);
        let deletes = |name: &str| {
            let values = body.get(name).and_then(Value::as_array);
            values.is_some_and(|values| values.iter().any(is_deletion))
        };
        if self.has(Defect::V1DeleteWithMetaRefused) && removed.iter().any(|name| deletes(name)) {
            let detail = "The attribute is removed already.";
            return Err(ScimError::new(ScimType::NoTarget, detail));
        }
        Ok(())
    }

    /// A PATCH as a faulty server understands it.
    pub(super) fn v1_patch_as_taken(&self, whole: &Value, given: &mut Map<String, Value>) {
        let has = |defect| self.has(defect);
        let mut names = removed(&Value::Object(given.clone()));
        if has(Defect::V1PatchSubAttributeRemovesWhole) {
            for name in &mut names {
                *name = name.split('.').next().unwrap_or_default().to_owned();
            }
        }
        // The dotted names: a single value that comes along replaces the old one, so that nothing else would be removed.
        if has(Defect::V1PatchComplexReplaced) && given.contains_key("name") {
            let old = whole.get("name").and_then(Value::as_object);
            names.extend(
                old.into_iter()
                    .flatten()
                    .map(|(sub, _)| format!("name.{sub}")),
            );
        }
        if has(Defect::V1PatchValuesReplaced) && given.contains_key("emails") {
            names.push("emails".to_owned());
        }
        if !names.is_empty() {
            given.insert("meta".to_owned(), json!({ "attributes": names }));
        }
        for (name, value) in given.iter_mut() {
            let Some(values) = value.as_array_mut() else {
                continue;
            };
            if has(Defect::V1AmbiguousDeleteRemovesAll) {
                *values = values
                    .iter()
                    .flat_map(|value| of_same_type(whole, name, value))
                    .collect();
            }
            if has(Defect::V1DeleteByValueOnly) {
                values.retain(|value| !is_deletion(value) || value.get("value").is_some());
            }
        }
    }
}

/// The attributes that a PATCH removes.
fn removed(body: &Value) -> Vec<String> {
    let names = body
        .pointer("/meta/attributes")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    names
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

fn is_deletion(value: &Value) -> bool {
    value.get("operation").is_some_and(|word| word == "delete")
}

/// In place of a deletion by type, one for each value of that type.
fn of_same_type(whole: &Value, name: &str, value: &Value) -> Vec<Value> {
    if !is_deletion(value) || value.get("value").is_some() {
        return vec![value.clone()];
    }
    let known = whole.get(name).and_then(Value::as_array);
    let same = known
        .into_iter()
        .flatten()
        .filter(|known| known.get("type") == value.get("type"));
    same.map(|known| json!({ "value": known.get("value"), "operation": "delete" }))
        .collect()
}

/// Whether a filter uses what came with SCIM 2.0.
fn is_of_2(filter: &Filter) -> bool {
    match filter {
        Filter::And(all) | Filter::Or(all) => all.iter().any(is_of_2),
        Filter::Not(_) | Filter::Values(..) => true,
        Filter::Present(_) => false,
        Filter::Compare(_, operator, _) => matches!(operator, Operator::Ne | Operator::Ew),
    }
}
