//! Suites.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::check;
use super::names::{Form, Names};
use super::reader::Reader;
use crate::suite::check::{Parameter, Suite};
use crate::suite::source::{Kind, Mark, Node};

pub(super) fn read(reader: &mut Reader<'_>) -> Suite {
    let tree = reader.tree();
    let mut names = Names::of_suite();
    let mut parameters = Vec::new();
    for (key, value) in tree.get("parameters").map_or(&[][..], Node::members) {
        let default = (!matches!(value.kind, Kind::Null)).then(|| reader.template(value, &names));
        parameters.push(Parameter {
            name: key.name.clone(),
            default,
            location: reader.location(key.mark),
        });
        names.add_parameter(&key.name);
    }
    // A default that uses a parameter without a value has none itself, which is told where it is used.
    reader.take_uses();
    let services: Vec<(String, String)> = tree
        .get("services")
        .map_or(&[][..], Node::members)
        .iter()
        .filter_map(|(key, value)| Some((key.name.clone(), value.text()?.to_owned())))
        .collect();
    let mut variables = Vec::new();
    for (key, value) in tree.get("variables").map_or(&[][..], Node::members) {
        check::refuse_reserved(reader, &key.name, key.mark);
        variables.push((key.name.clone(), reader.template(value, &names)));
        names.add(&key.name, Form::Any);
    }
    let headers = reader.headers(tree.get("headers"), &names);
    let mut ids = Ids::default();
    for node in items(tree, "checks") {
        ids.take(reader, node, "check");
    }
    for node in items(tree, "checks") {
        for alias in node.get("aliases").map_or(&[][..], Node::items) {
            if let Some(text) = alias.text() {
                ids.take_text(reader, text, alias.mark, "check");
            }
        }
    }
    let uses = reader.take_uses();
    let sequence = matches!(
        tree.get("sequence").map(|node| &node.kind),
        Some(Kind::Bool(true))
    );
    let mut ground = check::Ground {
        variables: variables.iter().map(|(name, _)| name.clone()).collect(),
        parameters: parameters.iter().map(|known| known.name.clone()).collect(),
        services: services.iter().map(|(name, _)| name.clone()).collect(),
        earlier: sequence.then(Vec::new),
    };
    let checks = items(tree, "checks")
        .iter()
        .map(|node| {
            let check = check::read(reader, node, &ground);
            ground.follow(&check);
            Arc::new(check)
        })
        .collect();
    Suite {
        id: Reader::text(tree, "suite"),
        title: Reader::text(tree, "title"),
        origin: Reader::text(tree, "origin"),
        imported: tree.get("imported").and_then(Node::text).map(str::to_owned),
        sequence,
        parameters,
        services,
        uses,
        scim: Reader::dialect(tree),
        headers,
        content_type: tree
            .get("contentType")
            .and_then(|node| node.text().map(str::to_owned)),
        variables,
        checks,
        only_named: false,
        on_demand: matches!(
            tree.get("onDemand").map(|node| &node.kind),
            Some(Kind::Bool(true))
        ),
        location: reader.location_of(tree),
    }
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).map_or(&[][..], Node::items)
}

/// The ids of one namespace.
#[derive(Default)]
pub(super) struct Ids(BTreeMap<String, Mark>);

impl Ids {
    /// Takes the `id` of a mapping.
    pub(super) fn take(&mut self, reader: &mut Reader<'_>, node: &Node, what: &str) {
        if let Some((text, mark)) = node.get("id").and_then(|id| Some((id.text()?, id.mark))) {
            self.take_text(reader, text, mark, what);
        }
    }

    /// Takes an id.
    pub(super) fn take_text(
        &mut self,
        reader: &mut Reader<'_>,
        text: &str,
        mark: Mark,
        what: &str,
    ) {
        match self.0.get(text) {
            Some(first) => {
                let problem = reader.error(mark, format!("the {what} `{text}` is there already"));
                let problem = problem.note(format!("the first one is in line {}", first.line));
                reader.push(problem);
            }
            None => {
                self.0.insert(text.to_owned(), mark);
            }
        }
    }
}
