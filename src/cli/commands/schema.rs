//! `scimitar schema`: JSON Schemas of what people and programs write and read.

use serde_json::{Map, Value, json};

use crate::attributes::Document;
use crate::cli::args::{SchemaArgs, SchemaOf};
use crate::cli::exit::{self, Failure};
use crate::cli::settings::keys::{KEYS, Kind, SECTIONS};
use crate::cli::terminal::Terminal;
use crate::coverage;
use crate::doctor::Diagnosis;
use crate::preview::Preview;
use crate::proof;
use crate::record::{Event, Run};
use crate::suite::json_schema;

/// Prints one.
///
/// # Errors
/// None; for the other commands' sake.
#[expect(clippy::unnecessary_wraps, reason = "all commands have one form")]
pub(super) fn run(args: &SchemaArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let schema = match args.of {
        SchemaOf::Suite => json_schema::schema(),
        SchemaOf::Config => config(),
        SchemaOf::Record => schemars::schema_for!(Run).to_value(),
        SchemaOf::Attributes => schemars::schema_for!(Document).to_value(),
        SchemaOf::Doctor => schemars::schema_for!(Diagnosis).to_value(),
        SchemaOf::ImportPreview => schemars::schema_for!(Preview).to_value(),
        SchemaOf::Coverage => schemars::schema_for!(coverage::Document).to_value(),
        SchemaOf::Proof => schemars::schema_for!(proof::Document).to_value(),
        SchemaOf::Events => schemars::schema_for!(Event).to_value(),
    };
    terminal.print(&format!("{schema:#}\n"));
    Ok(exit::OK)
}

/// The schema of `scimitar.toml`, from the table of its keys.
fn config() -> Value {
    let mut root = section("");
    let fixtures = json!({
        "type": "object",
        "description": "Members that override those of fixtures, by the fixture's name",
        "additionalProperties": { "type": "object" },
    });
    let mut profile = root.clone();
    profile.insert("fixtures".to_owned(), fixtures.clone());
    if let Some(Value::Object(run)) = profile.get_mut("run")
        && let Some(Value::Object(members)) = run.get_mut("properties")
    {
        // A profile inherits from another by `inherits`, not by naming it.
        members.shift_remove("profile");
    }
    profile.insert(
        "inherits".to_owned(),
        json!({ "type": "string", "description": "The profile whose settings hold too" }),
    );
    root.insert("fixtures".to_owned(), fixtures);
    root.insert(
        "profiles".to_owned(),
        json!({
            "type": "object",
            "description": "Settings that --profile NAME chooses",
            "additionalProperties": closed(&profile),
        }),
    );
    let Value::Object(closed) = closed(&root) else {
        return Value::Null;
    };
    let mut schema = Map::new();
    schema.insert(
        "$schema".to_owned(),
        "https://json-schema.org/draft/2020-12/schema".into(),
    );
    schema.insert("title".to_owned(), "scimitar.toml".into());
    schema.extend(closed);
    Value::Object(schema)
}

fn closed(properties: &Map<String, Value>) -> Value {
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

/// The members of a section, with the sections below it.
fn section(path: &str) -> Map<String, Value> {
    let below = |name: &str| match path {
        "" => Some(name.to_owned()),
        path => name
            .strip_prefix(path)
            .and_then(|rest| rest.strip_prefix('.'))
            .map(str::to_owned),
    };
    let mut members = Map::new();
    for key in KEYS.iter() {
        if let Some(name) = below(key.path).filter(|name| !name.contains('.')) {
            members.insert(name, value(key.kind, key.doc, key.default));
        }
    }
    for inner in SECTIONS {
        if let Some(name) = below(inner).filter(|name| !name.contains('.')) {
            members.insert(name, closed(&section(inner)));
        }
    }
    members
}

fn value(kind: Kind, doc: &str, default: &str) -> Value {
    let texts = |items: Value| json!({ "type": "array", "items": items });
    let mut schema = match kind {
        Kind::Text | Kind::Secret | Kind::Path => json!({ "type": "string" }),
        Kind::Word(words) => json!({ "enum": words }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Number => json!({ "type": "integer", "minimum": 0 }),
        Kind::Duration => json!({ "type": "string", "pattern": "^[0-9.]+ *(ms|s|m)$" }),
        Kind::List | Kind::Attributes | Kind::Paths => texts(json!({ "type": "string" })),
        Kind::Words(words) => texts(json!({ "enum": words })),
        Kind::Table => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
    };
    if let Value::Object(members) = &mut schema {
        let doc = if default.is_empty() {
            doc.to_owned()
        } else {
            format!("{doc}. Default: {default}")
        };
        members.insert("description".to_owned(), doc.into());
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_init_writes_is_valid_and_a_slip_is_not() {
        let schema = config();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let good = "[target]\nurl = \"https://x\"\ntimeout = \"10s\"\n[auth.oauth2]\nclient_id = \"a\"\n\
                    [fixtures.user]\ntitle = \"x\"\n[profiles.ci]\ninherits = \"okta\"\nrun.fail_on = \"should\"\n";
        let parse = |text: &str| {
            serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
        };
        assert!(validator.is_valid(&parse(good)));
        for bad in [
            "[target]\nulr = \"x\"\n",
            "[run]\nfail_on = \"shoud\"\n",
            "[profiles.ci.run]\nprofile = \"okta\"\n",
            "[target]\ntimeout = \"10\"\n",
        ] {
            assert!(!validator.is_valid(&parse(bad)), "{bad}");
        }
    }
}
