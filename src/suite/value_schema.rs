//! A JSON Schema that a suite demands of a value, compiled once for as long as nothing in it changes.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::Validator;
use serde_json::Value;

use super::keyword;
use super::template::{Scope, Template, Undefined};

/// A JSON Schema with the keywords of the suite language, in which `${…}` may stand.
#[derive(Debug, Clone)]
pub struct ValueSchema {
    template: Template,
    /// As it was last: most hold nothing to fill in, or the same for the whole run. Copies of a check share it.
    last: Arc<Mutex<Option<Arc<Filled>>>>,
}

/// A JSON Schema in which everything is filled in.
#[derive(Debug)]
pub struct Filled {
    /// The schema.
    pub schema: Value,
    validator: OnceLock<Result<Validator, String>>,
}

impl ValueSchema {
    /// A schema.
    pub fn new(template: Template) -> Self {
        let last = Arc::default();
        Self { template, last }
    }

    /// Fills in.
    ///
    /// # Errors
    /// [`Undefined`] names the first `${…}` that has no value.
    pub fn fill(&self, scope: &dyn Scope) -> Result<Arc<Filled>, Undefined> {
        let schema = self.template.render(scope)?;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(filled) = last.as_ref().filter(|filled| filled.schema == schema) {
            return Ok(Arc::clone(filled));
        }
        let validator = OnceLock::new();
        let filled = Arc::new(Filled { schema, validator });
        *last = Some(Arc::clone(&filled));
        Ok(filled)
    }
}

impl Filled {
    /// What tells whether a value matches.
    ///
    /// # Errors
    /// What is wrong with the schema.
    pub fn validator(&self) -> Result<&Validator, &str> {
        let compiled = || keyword::compile(&self.schema);
        self.validator
            .get_or_init(compiled)
            .as_ref()
            .map_err(String::as_str)
    }
}
