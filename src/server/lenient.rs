//! What clients send that is not SCIM to the letter, taken as they mean it where the RFCs don't forbid it: texts for
//! booleans, and a manager as a text, as a list of one, or empty.

use serde_json::{Map, Value, json};

use super::fault::{Defect, Switches};
use crate::scim::filter::{Filter, Literal};
use crate::scim::path::PatchPath;
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Attribute, Kind};

impl Switches {
    /// The body of a create or replace as its client means it.
    pub(super) fn body_as_meant(&self, schema: &ResourceSchema, body: &Value) -> Value {
        let mut body = body.clone();
        for (name, value) in body.as_object_mut().into_iter().flatten() {
            if let Some(attribute) = schema.top_attribute(name) {
                self.booleans(attribute, value);
            } else if let Some(extension) = schema.extension(name) {
                for (name, value) in value.as_object_mut().into_iter().flatten() {
                    if let Some(attribute) = extension.attribute(name) {
                        self.booleans(attribute, value);
                    }
                }
            }
        }
        body
    }

    /// A PATCH request as its client means it.
    pub(super) fn patch_as_meant(&self, schema: &ResourceSchema, body: &Value) -> Value {
        let mut body = body.clone();
        let operations = body.get_mut("Operations").and_then(Value::as_array_mut);
        for operation in operations
            .into_iter()
            .flatten()
            .filter_map(Value::as_object_mut)
        {
            let path = operation.get("path").and_then(Value::as_str);
            let path = path.map(|path| self.path_as_meant(schema, path));
            match (&path, operation.get_mut("value")) {
                (Some(path), Some(value)) => self.value_at(schema, path, value),
                (None, Some(Value::Object(members))) => self.values_at(schema, members),
                _ => {}
            }
            if let Some(path) = path {
                operation.insert("path".to_owned(), path.into());
            }
        }
        body
    }

    /// A path whose filter compares a boolean with a text, as in `roles[primary eq "True"]`.
    fn path_as_meant(&self, schema: &ResourceSchema, path: &str) -> String {
        if self.has(Defect::PatchPrimaryTextRefused) {
            return path.to_owned();
        }
        let Ok(parsed) = PatchPath::parse(path) else {
            return path.to_owned();
        };
        match (schema.find(&parsed.attribute), &parsed.filter) {
            (Some(found), Some(filter)) => {
                let filter = filter_as_meant(found.attribute, filter);
                if Some(&filter) == parsed.filter.as_ref() {
                    return path.to_owned();
                }
                let filter = Some(filter);
                PatchPath { filter, ..parsed }.to_string()
            }
            _ => path.to_owned(),
        }
    }

    fn values_at(&self, schema: &ResourceSchema, members: &mut Map<String, Value>) {
        for (name, value) in members {
            self.value_at(schema, name, value);
        }
    }

    fn value_at(&self, schema: &ResourceSchema, path: &str, value: &mut Value) {
        if schema.is_base(path) {
            if let Value::Object(members) = value {
                self.values_at(schema, members);
            }
            return;
        }
        if let Some(extension) = schema.extension(path) {
            for (name, value) in value.as_object_mut().into_iter().flatten() {
                if let Some(attribute) = extension.attribute(name) {
                    self.value_as_meant(attribute, value);
                }
            }
            return;
        }
        let Ok(parsed) = PatchPath::parse(path) else {
            return;
        };
        let Some(found) = schema.find(&parsed.attribute) else {
            return;
        };
        match &parsed.sub {
            None => self.value_as_meant(found.attribute, value),
            Some(sub) => {
                if let Some(sub) = found.attribute.sub_attribute(sub) {
                    self.value_as_meant(sub, value);
                }
            }
        }
    }

    fn value_as_meant(&self, attribute: &Attribute, value: &mut Value) {
        let refers = attribute.is_complex() && attribute.sub_attribute("value").is_some();
        if refers && !attribute.multi_valued {
            self.reference(value);
        }
        self.booleans(attribute, value);
    }

    /// A reference with one value, as `manager` is.
    fn reference(&self, value: &mut Value) {
        if let Value::Array(items) = value
            && items.len() == 1
            && !self.has(Defect::PatchManagerListRefused)
        {
            *value = items.pop().unwrap_or_default();
        }
        let empty = |value: &Value| value.as_str().is_some_and(str::is_empty);
        let nothing = empty(value)
            || value.as_object().is_some_and(|members| {
                members.len() == 1 && members.get("value").is_some_and(empty)
            });
        if nothing {
            if !self.has(Defect::PatchEmptyManagerRefused) {
                *value = Value::Null;
            }
            return;
        }
        if let Value::String(id) = value
            && !self.has(Defect::PatchManagerTextRefused)
        {
            *value = json!({ "value": id });
        }
    }

    /// Texts in place of booleans.
    fn booleans(&self, attribute: &Attribute, value: &mut Value) {
        match value {
            Value::Array(items) => {
                for item in items {
                    self.booleans(attribute, item);
                }
            }
            Value::Object(members) => {
                for (name, value) in members {
                    if let Some(sub) = attribute.sub_attribute(name) {
                        self.booleans(sub, value);
                    }
                }
            }
            Value::String(text) if attribute.kind == Kind::Boolean => {
                if self.has(Defect::BooleanTextRefused) {
                    return;
                }
                if let Some(flag) = boolean(text) {
                    *value = (flag || self.has(Defect::BooleanTextIsTrue)).into();
                }
            }
            _ => {}
        }
    }
}

/// The boolean that a text names.
pub(super) fn boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

fn filter_as_meant(attribute: &Attribute, filter: &Filter) -> Filter {
    let all = |parts: &[Filter]| {
        let meant = parts.iter().map(|part| filter_as_meant(attribute, part));
        meant.collect::<Vec<_>>()
    };
    match filter {
        Filter::And(parts) => Filter::And(all(parts)),
        Filter::Or(parts) => Filter::Or(all(parts)),
        Filter::Not(inner) => Filter::Not(Box::new(filter_as_meant(attribute, inner))),
        Filter::Compare(path, operator, Literal::Text(text)) => {
            let kind = attribute.sub_attribute(&path.name).map(|sub| sub.kind);
            match boolean(text).filter(|_| kind == Some(Kind::Boolean)) {
                Some(flag) => Filter::Compare(path.clone(), *operator, Literal::Boolean(flag)),
                None => filter.clone(),
            }
        }
        other => other.clone(),
    }
}
