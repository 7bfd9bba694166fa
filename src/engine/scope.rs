//! What `${…}` means within one check.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::generate::Generator;
use crate::suite::Parameter;
use crate::suite::template::{ITEM, Scope, Template, Undefined};

/// The variables of one check while it runs.
#[derive(Debug, Clone)]
pub struct CheckScope {
    generator: Generator,
    variables: BTreeMap<String, Value>,
    traits: BTreeMap<String, String>,
}

impl CheckScope {
    /// The scope that a check starts with.
    pub fn new(
        generator: Generator,
        run: Value,
        target: Value,
        config: Value,
        row: Option<Value>,
    ) -> Self {
        let mut variables = BTreeMap::from([
            ("run".to_owned(), run),
            ("target".to_owned(), target),
            ("config".to_owned(), config),
            ("sent".to_owned(), Value::Object(Map::new())),
        ]);
        if let Some(row) = row {
            variables.insert("row".to_owned(), row);
        }
        Self {
            generator,
            variables,
            traits: BTreeMap::new(),
        }
    }

    /// Sets the parameters of a suite: what was given, else their defaults, which know those above them. One without
    /// a value is not known.
    pub fn set_parameters(&mut self, parameters: &[Parameter], given: &BTreeMap<String, String>) {
        self.set("var", Value::Object(Map::new()));
        for parameter in parameters {
            let value = match (given.get(&parameter.name), &parameter.default) {
                (Some(value), _) => Some(Value::String(value.clone())),
                (None, Some(default)) => default.render(self).ok(),
                (None, None) => None,
            };
            if let (Some(value), Some(Value::Object(known))) =
                (value, self.variables.get_mut("var"))
            {
                known.insert(parameter.name.clone(), value);
            }
        }
    }

    /// Whether a variable has a value.
    pub fn knows(&self, name: &str) -> bool {
        self.variables.contains_key(name)
    }

    /// Sets a variable.
    pub fn set(&mut self, name: &str, value: Value) {
        self.variables.insert(name.to_owned(), value);
    }

    /// Sets `${item}`, the value that a request is one of several for, or takes it away.
    pub fn set_item(&mut self, item: Option<Value>) {
        match item {
            Some(item) => self.set(ITEM, item),
            None => {
                self.variables.remove(ITEM);
            }
        }
    }

    /// Remembers what was sent to make a fixture: `${sent.name}`.
    pub fn set_sent(&mut self, name: &str, value: Value) {
        if let Some(Value::Object(sent)) = self.variables.get_mut("sent") {
            sent.insert(name.to_owned(), value);
        }
    }

    /// Computes variables, each of which may use those before it.
    ///
    /// # Errors
    /// [`Undefined`] when one uses what there isn't.
    pub fn compute(&mut self, variables: &[(String, Template)]) -> Result<(), Undefined> {
        for (name, template) in variables {
            let value = template.render(self)?;
            self.set(name, value);
        }
        Ok(())
    }

    /// Remembers a choice of the server.
    pub fn saw(&mut self, name: &str, value: &str) {
        self.traits.insert(name.to_owned(), value.to_owned());
    }

    /// The choice of the server that an earlier step saw.
    pub fn choice(&self, name: &str) -> Option<&str> {
        self.traits.get(name).map(String::as_str)
    }
}

impl Scope for CheckScope {
    fn variable(&self, root: &str) -> Option<Cow<'_, Value>> {
        self.variables.get(root).map(Cow::Borrowed)
    }

    fn unique(&self, kind: &str) -> Option<Value> {
        self.generator.value(kind).map(Value::String)
    }
}
