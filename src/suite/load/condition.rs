//! Conditions.

use super::expect;
use super::names::Names;
use super::reader::Reader;
use crate::suite::condition::{Capability, Condition, Published, Test};
use crate::suite::expect::StatusMatcher;
use crate::suite::nearest::nearest;
use crate::suite::source::{Kind, Node};
use crate::suite::template::Template;

/// When a condition is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// Before the check starts.
    Start,
    /// Before a step.
    Step,
    /// With a response at hand.
    Response,
}

pub(super) fn read(
    reader: &mut Reader<'_>,
    node: &Node,
    names: &Names,
    moment: Moment,
) -> Condition {
    let parts = node.members().iter().filter_map(|(key, value)| {
        Some(match key.name.as_str() {
            "supports" => Test::Supports(
                value
                    .one_or_many()
                    .iter()
                    .filter_map(Node::text)
                    .filter_map(|word| Capability::WORDS.iter().find(|(known, _)| *known == word))
                    .map(|(_, capability)| *capability)
                    .collect(),
            ),
            "resourceType" => Test::ResourceType(
                value
                    .one_or_many()
                    .iter()
                    .map(|name| expect::resource_type(reader, name))
                    .collect(),
            ),
            "extensionRequired" => Test::ExtensionRequired(expect::resource_type(reader, value)),
            "publishes" => Test::Publishes(
                value
                    .one_or_many()
                    .iter()
                    .filter_map(Node::text)
                    .filter_map(|word| Published::WORDS.iter().find(|(known, _)| *known == word))
                    .map(|(_, published)| *published)
                    .collect(),
            ),
            "trait" => Test::Trait(choices(reader, value, names, moment)),
            "config" => Test::Config(reader.templates(Some(value), names)),
            "atTarget" => Test::AtTarget(reader.template(value, names)),
            "equal" => {
                let (left, right) = pair(reader, value, names)?;
                Test::Equal(left, right)
            }
            "among" => {
                let (one, list) = pair(reader, value, names)?;
                Test::Among(one, list)
            }
            "status" | "method" | "projected" | "bodySchema" => {
                if moment != Moment::Response {
                    let word = &key.name;
                    let problem = reader.error(
                        key.mark,
                        format!("there is no response yet that `{word}` could be about"),
                    );
                    reader.push(problem.help(format!(
                        "`{word}` is a condition of an entry of `expect` or `always`"
                    )));
                }
                match key.name.as_str() {
                    "status" => Test::Status(StatusMatcher::OneOf(expect::ranges(value))),
                    "method" => Test::Method(texts(value)),
                    "projected" => Test::Projected(matches!(value.kind, Kind::Bool(true))),
                    _ => Test::BodySchema(texts(value)),
                }
            }
            "not" => Test::Not(read(reader, value, names, moment)),
            _ => return None,
        })
    });
    Condition {
        parts: parts.collect(),
    }
}

fn texts(node: &Node) -> Vec<String> {
    let texts = node.one_or_many().iter().filter_map(Node::text);
    texts.map(str::to_owned).collect()
}

fn pair(reader: &mut Reader<'_>, node: &Node, names: &Names) -> Option<(Template, Template)> {
    let [left, right] = node.items() else {
        return None;
    };
    let (left, right) = (reader.template(left, names), reader.template(right, names));
    if let (Template::Literal(left), Template::Literal(right)) = (&left, &right) {
        let always = if left == right { "always" } else { "never" };
        let problem = reader.error(
            node.mark,
            format!("this {always} holds: both are written out"),
        );
        reader.push(problem.help("one of them is a `${…}`"));
    }
    Some((left, right))
}

fn choices(
    reader: &mut Reader<'_>,
    node: &Node,
    names: &Names,
    moment: Moment,
) -> Vec<(String, String)> {
    let mut choices = Vec::new();
    for (key, value) in node.members() {
        let wanted = value.text().unwrap_or_default();
        reader.plain(value, "a choice is compared as it stands");
        let name = key.name.as_str();
        match names.traits.get(name) {
            _ if moment == Moment::Start => {
                let problem = reader.error(
                    key.mark,
                    "this never holds: no step has run when the check starts",
                );
                reader.push(problem.help(
                    "put the condition on a step that comes after the one that sees the trait",
                ));
            }
            None => {
                let problem = reader.error(
                    key.mark,
                    format!("this never holds: no earlier step sees the trait `{name}`"),
                );
                let near = nearest(name, names.traits.keys().map(String::as_str));
                reader.push(match near {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help(format!(
                        "an earlier step needs an expectation with `trait: {{ {name}: … }}`"
                    )),
                });
            }
            Some(seen) if !seen.contains(&None) && !seen.contains(&Some(wanted.to_owned())) => {
                let seen: Vec<&str> = seen.iter().flatten().map(String::as_str).collect();
                let problem = reader.error(
                    value.mark,
                    format!("this never holds: `{name}` is never seen to be `{wanted}`"),
                );
                reader.push(match nearest(wanted, seen.iter().copied()) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help(format!("it is one of {}", seen.join(", "))),
                });
            }
            Some(_) => {}
        }
        choices.push((name.to_owned(), wanted.to_owned()));
    }
    choices
}
