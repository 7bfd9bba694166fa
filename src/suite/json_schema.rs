//! The JSON Schema of the suite language, for editors: made from the tables that the loader itself uses.

use serde_json::{Map, Value, json};

use super::grammar::{Construct, FILES, Rule, Shape};

/// The JSON Schema (2020-12) of all kinds of suite files.
///
/// It tells what the structure is. What it can't tell (whether a variable is known, whether a fixture is there) only the
/// loader does.
pub fn schema() -> Value {
    let mut definitions = Map::new();
    let kinds: Vec<&str> = FILES.iter().map(|(kind, _)| *kind).collect();
    let chosen: Vec<Value> = FILES
        .iter()
        .map(|(kind, file)| json!({ "if": { "required": [kind] }, "then": reference(file, &mut definitions) }))
        .collect();
    definitions.sort_keys();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "scimitar suite language",
        "description": "A suite, a fixture, a catalogue of requirements or a profile: the first key says which.",
        "type": "object",
        "anyOf": kinds.iter().map(|kind| json!({ "required": [kind] })).collect::<Vec<_>>(),
        "allOf": chosen,
        "$defs": definitions,
    })
}

fn reference(construct: &'static Construct, definitions: &mut Map<String, Value>) -> Value {
    if !definitions.contains_key(construct.name) {
        // The name is taken first: constructs hold each other.
        definitions.insert(construct.name.to_owned(), Value::Null);
        let definition = define(construct, definitions);
        definitions.insert(construct.name.to_owned(), definition);
    }
    json!({ "$ref": format!("#/$defs/{}", construct.name) })
}

fn define(construct: &'static Construct, definitions: &mut Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for key in construct.keys {
        let mut property = of_shape(&key.shape, definitions);
        if let Value::Object(members) = &mut property {
            members.insert("description".to_owned(), key.doc.into());
        }
        properties.insert(key.name.to_owned(), property);
    }
    let required: Vec<&str> = construct
        .keys
        .iter()
        .filter(|key| key.required)
        .map(|key| key.name)
        .collect();
    let mut definition = json!({
        "description": construct.doc,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    let Value::Object(members) = &mut definition else {
        return definition;
    };
    if !required.is_empty() {
        members.insert("required".to_owned(), json!(required));
    }
    if let Some((pattern, shape)) = &construct.open {
        let inner = of_shape(shape, definitions);
        // Known keys have their own schema: the pattern must not ask for another.
        let names: Vec<&str> = construct.keys.iter().map(|key| key.name).collect();
        let known = names.iter().any(|name| (pattern.matches)(name));
        let form = if known {
            format!("^(?!({})$)", names.join("|")) + pattern.regex.trim_start_matches('^')
        } else {
            pattern.regex.to_owned()
        };
        members.insert("patternProperties".to_owned(), json!({ form: inner }));
    }
    let rules: Vec<Value> = construct.rules.iter().map(rule).collect();
    if !rules.is_empty() {
        members.insert("allOf".to_owned(), rules.into());
    }
    definition
}

fn rule(rule: &Rule) -> Value {
    let each = |names: &[&str]| {
        names
            .iter()
            .map(|name| json!({ "required": [name] }))
            .collect::<Vec<_>>()
    };
    match rule {
        Rule::ExactlyOne(_, names) => json!({ "oneOf": each(names) }),
        Rule::AtMostOne(names) => json!({ "not": { "required": names } }),
        Rule::Excludes(these, those, _) => {
            json!({ "if": { "anyOf": each(these) }, "then": { "not": { "anyOf": each(those) } } })
        }
        Rule::AtLeastOne(names) => json!({ "anyOf": each(names) }),
        Rule::ItemsNeed { list, keys, unless } => {
            let items = json!({ "items": { "required": keys } });
            json!({
                "if": { "not": { "required": [unless] } },
                "then": { "properties": { (*list): items } },
            })
        }
        Rule::NotEmpty => json!({ "minProperties": 1 }),
    }
}

fn of_shape(shape: &'static Shape, definitions: &mut Map<String, Value>) -> Value {
    match shape {
        Shape::Any => json!({}),
        Shape::Bare => json!({ "not": { "type": "object" } }),
        Shape::Text => json!({ "type": "string", "pattern": "\\S" }),
        Shape::AnyText => json!({ "type": "string" }),
        Shape::Scalar => json!({ "type": ["string", "number", "boolean"] }),
        Shape::Null => json!({ "type": "null" }),
        Shape::Of(pattern) => json!({ "type": "string", "pattern": pattern.regex }),
        Shape::Word(words) => {
            let each: Vec<Value> = words
                .iter()
                .map(|(word, meaning)| json!({ "const": word, "description": meaning }))
                .collect();
            json!({ "oneOf": each })
        }
        Shape::Only(word) => json!({ "const": word }),
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Integer(min, max) => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Shape::List(least, of) => {
            let items = of_shape(of, definitions);
            json!({ "type": "array", "minItems": least, "items": items })
        }
        Shape::Pair(of) => {
            let items = of_shape(of, definitions);
            json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": items })
        }
        Shape::Map(least, keys, of) => {
            let values = of_shape(of, definitions);
            let mut schema =
                json!({ "type": "object", "minProperties": least, "additionalProperties": values });
            if let (Some(pattern), Value::Object(members)) = (keys, &mut schema) {
                members.insert(
                    "propertyNames".to_owned(),
                    json!({ "pattern": pattern.regex }),
                );
            }
            schema
        }
        Shape::Construct(construct) => reference(construct, definitions),
        Shape::Either(shapes) => {
            let each: Vec<Value> = shapes
                .iter()
                .map(|shape| of_shape(shape, definitions))
                .collect();
            json!({ "anyOf": each })
        }
        Shape::ByKey(choices) => {
            let each: Vec<Value> = choices
                .iter()
                .map(|(_, construct)| reference(construct, definitions))
                .collect();
            json!({ "type": "object", "anyOf": each })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_valid_schema_in_which_every_reference_leads_somewhere() {
        let schema = schema();
        assert!(jsonschema::meta::is_valid(&schema));
        jsonschema::validator_for(&schema).unwrap();
        assert!(
            schema["$defs"]
                .as_object()
                .unwrap()
                .values()
                .all(Value::is_object)
        );
    }

    #[test]
    fn every_key_says_what_it_is() {
        for (name, definition) in schema()["$defs"].as_object().unwrap() {
            for (key, property) in definition["properties"].as_object().unwrap() {
                let doc = property["description"].as_str().unwrap();
                assert!(
                    !doc.is_empty() && doc.ends_with(['.', '`', '"']),
                    "{name}.{key}: {doc}"
                );
            }
        }
    }
}
