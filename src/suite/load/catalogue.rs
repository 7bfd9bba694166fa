//! Catalogues of requirements in YAML.

use std::collections::BTreeMap;

use super::reader::Reader;
use crate::record::Level;
use crate::suite::library::Requirement;
use crate::suite::source::{Kind, Node};

pub(super) fn add(reader: &mut Reader<'_>, into: &mut BTreeMap<String, Requirement>) {
    let tree = reader.tree();
    let title = Reader::text(tree, "title");
    let url = tree.get("url").and_then(Node::text);
    let is_plan = matches!(
        tree.get("plan").map(|node| &node.kind),
        Some(Kind::Bool(true))
    );
    let text_of = |node: &Node, key: &str| {
        let text = node.get(key).and_then(Node::text)?;
        Some(text.trim().to_owned())
    };
    for node in tree.get("requirements").map_or(&[][..], Node::items) {
        let id = Reader::text(node, "id");
        let clause = match node.get("clause").and_then(Node::text) {
            Some(clause) => format!("{title}, {clause}"),
            None => title.clone(),
        };
        into.entry(id.clone()).or_insert_with(|| Requirement {
            id,
            level: Reader::level(node).unwrap_or(Level::Must),
            statement: Reader::text(node, "statement").trim().to_owned(),
            clause,
            url: node
                .get("url")
                .and_then(Node::text)
                .or(url)
                .map(str::to_owned),
            testable: !matches!(
                node.get("testable").map(|node| &node.kind),
                Some(Kind::Bool(false))
            ),
            because: text_of(node, "because"),
            remains: text_of(node, "remains"),
            plan: is_plan,
            location: reader.location_of(node),
        });
    }
}
