//! What stands at a location.

use serde_json::Value;

use super::names::Names;
use super::reader::Reader;
use crate::suite::expect::Matcher;
use crate::suite::keyword;
use crate::suite::source::{Kind, Node};
use crate::suite::template::Template;
use crate::suite::value_schema::ValueSchema;

pub(super) fn read(reader: &mut Reader<'_>, node: &Node, names: &Names) -> Matcher {
    let template = reader.template(node, names);
    if !matches!(node.kind, Kind::Map(_)) {
        return Matcher::Value(template);
    }
    if let Some((key, _)) = node.members().iter().find(|(key, _)| key.name == "absent")
        && node.members().len() > 1
    {
        let problem = reader.error(
            key.mark,
            "`absent` stands alone: what is absent matches nothing else",
        );
        reader.push(problem.help("a value that may be absent is asked for with `any`"));
    }
    if let Kind::Map(members) = &node.kind
        && let [(key, _)] = members.as_slice()
        && key.name == "optional"
    {
        let problem = reader.error(key.mark, "`optional` alone demands nothing");
        reader.push(problem.help("write beside it what must hold if something is there"));
    }
    if let Template::Literal(schema) = &template
        && needs_compiling(schema)
        && let Err(error) = keyword::compile(schema)
    {
        let at = find_regex(node).unwrap_or(node);
        let problem = match at.text() {
            Some(regex) if !regex.starts_with('#') => reader
                .error(
                    at.mark,
                    format!("`{regex}` is no regular expression that runs in linear time"),
                )
                .help("look-around and back-references are not taken"),
            _ => reader.error(
                at.mark,
                format!("this JSON Schema can't be used: {}", first_line(&error)),
            ),
        };
        reader.push(problem);
    }
    Matcher::Schema(ValueSchema::new(template))
}

/// Whether the tables of the grammar don't tell all: regular expressions and references do not show in the structure.
fn needs_compiling(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => {
            ["pattern", "patternProperties", "$ref"]
                .iter()
                .any(|name| members.contains_key(*name))
                || members.values().any(needs_compiling)
        }
        Value::Array(items) => items.iter().any(needs_compiling),
        _ => false,
    }
}

/// The one regular expression of a schema, if there is one only: it is to blame.
fn find_regex(node: &Node) -> Option<&Node> {
    let mut found = Vec::new();
    gather(node, &mut found);
    match found.as_slice() {
        [one] => Some(one),
        _ => None,
    }
}

fn gather<'n>(node: &'n Node, into: &mut Vec<&'n Node>) {
    for (key, value) in node.members() {
        if matches!(key.name.as_str(), "pattern" | "$ref") && value.text().is_some() {
            into.push(value);
        } else {
            gather(value, into);
        }
    }
    node.items().iter().for_each(|item| gather(item, into));
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
}
