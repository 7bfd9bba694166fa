//! `xml`: places in an XML body.

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::Value;

use super::{Facts, Finding, Subject, matcher};
use crate::suite::Matcher;
use crate::suite::template::Undefined;
use crate::suite::xpath::{XNode, XPath, XPredicate, XStep};

/// A document of more nodes is no SCIM resource; a bound keeps a hostile one from filling the memory.
const MOST_NODES: u32 = 200_000;

pub(super) fn find(
    path: &str,
    matcher: &Matcher,
    facts: Facts<'_>,
    subject: Subject<'_>,
) -> Result<Finding, Undefined> {
    let at = format!("xml {path}");
    let Subject::Response(answer) = subject else {
        return Ok(Finding::new(at, "one response", "several responses")
            .broken("several responses have no one body"));
    };
    let text = String::from_utf8_lossy(&answer.body);
    let options = ParsingOptions {
        // Entities of its own are what makes XML dangerous.
        allow_dtd: false,
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    let document = match Document::parse_with_options(&text, options) {
        Ok(document) => document,
        Err(error) => {
            return Ok(Finding::new(at, "a place in an XML body", "no XML")
                .broken(format!("the body is no XML: {error}")));
        }
    };
    match XPath::parse(path) {
        Ok(parsed) => {
            let found = locate(&parsed, &document).map(Value::String);
            matcher::find(&at, found.as_ref(), matcher, facts)
        }
        // The loader refuses paths that are not taken.
        Err(error) => Ok(Finding::new(at, "an XPath", "").broken(error.to_string())),
    }
}

/// The text of the first place that a path finds, in the order of the document.
fn locate(path: &XPath, document: &Document<'_>) -> Option<String> {
    let mut places = vec![document.root()];
    for step in &path.steps {
        let from = places.iter().flat_map(|place| starts(*place, step));
        match &step.to {
            XNode::Element(name) => {
                let mut found: Vec<Node<'_, '_>> = from
                    .flat_map(|start| elements(start, name.as_deref(), step))
                    .collect();
                found.sort_unstable();
                found.dedup();
                places = found;
            }
            XNode::Attribute(name) => {
                let mut from = from;
                return from.find_map(|start| {
                    let mut attributes = start.attributes();
                    let attribute = attributes.find(|attribute| {
                        name.as_deref().is_none_or(|name| attribute.name() == name)
                    });
                    attribute.map(|attribute| attribute.value().to_owned())
                });
            }
            XNode::Text => {
                let mut from = from;
                return from.find_map(|start| start.text().map(str::to_owned));
            }
        }
    }
    places.first().map(|node| text_of(*node))
}

/// Where a step starts from: the place, or with `//` all below it too.
fn starts<'a, 'input>(
    place: Node<'a, 'input>,
    step: &XStep,
) -> Box<dyn Iterator<Item = Node<'a, 'input>> + 'a>
where
    'input: 'a,
{
    if step.anywhere {
        Box::new(place.descendants())
    } else {
        Box::new(std::iter::once(place))
    }
}

fn elements<'a, 'input>(
    start: Node<'a, 'input>,
    name: Option<&str>,
    step: &XStep,
) -> Vec<Node<'a, 'input>> {
    let mut found: Vec<Node<'a, 'input>> = start
        .children()
        .filter(Node::is_element)
        .filter(|child| name.is_none_or(|name| child.tag_name().name() == name))
        .collect();
    for predicate in &step.predicates {
        found = match predicate {
            XPredicate::Position(position) => found
                .into_iter()
                .skip(position.saturating_sub(1))
                .take(usize::from(*position > 0))
                .collect(),
            XPredicate::Attribute(name, value) => found
                .into_iter()
                .filter(|node| {
                    let mut attributes = node.attributes();
                    attributes.any(|found| found.name() == name && found.value() == value)
                })
                .collect(),
            XPredicate::Child(name, value) => found
                .into_iter()
                .filter(|node| {
                    let mut children = node.children();
                    children
                        .any(|child| child.tag_name().name() == name && text_of(child) == *value)
                })
                .collect(),
        };
    }
    found
}

/// The text of an element: all text below it, its string-value in XPath 1.0 §5.2.
fn text_of(node: Node<'_, '_>) -> String {
    node.descendants()
        .filter(Node::is_text)
        .filter_map(|text| text.text())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_finds_the_first_place_in_the_order_of_the_document() {
        let text = "<?xml version='1.0'?><Response xmlns='urn:x'><totalResults>2</totalResults><Resources>\
                    <User id='a'><userName>ada</userName></User><User id='b'><userName>bob</userName>\
                    <name><givenName>B</givenName><familyName>ob</familyName></name></User></Resources></Response>";
        let document = Document::parse(text).unwrap();
        for (path, found) in [
            ("/Response/totalResults", Some("2")),
            ("Response/Resources/User[2]/userName", Some("bob")),
            ("//User/userName", Some("ada")),
            ("//User[@id='b']/userName/text()", Some("bob")),
            ("//User[userName='bob']/@id", Some("b")),
            ("//name", Some("Bob")),
            ("//User[3]", None),
            ("/Resources", None),
            ("//@id", Some("a")),
        ] {
            let parsed = XPath::parse(path).unwrap();
            assert_eq!(locate(&parsed, &document).as_deref(), found, "{path}");
        }
    }
}
