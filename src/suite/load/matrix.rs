//! The table of a check.

use std::collections::BTreeSet;

use serde_json::Value;

use super::expect;
use super::names::{Names, Rows};
use super::reader::Reader;
use super::suite::Ids;
use crate::suite::check::{EACH_TYPE, Matrix, Row, SkipRule};
use crate::suite::source::{Kind, Node};

pub(super) fn read(reader: &mut Reader<'_>, node: Option<&Node>) -> (Option<Matrix>, Rows) {
    let Some(node) = node else {
        return (None, Rows::None);
    };
    if matches!(node.kind, Kind::List(_)) {
        return listed(reader, node);
    }
    let filter = |key: &str| node.get(key).map_or_else(Vec::new, filter);
    if let Some(of) = node.get("attributes") {
        let of = match of.text() {
            Some(EACH_TYPE) => EACH_TYPE.to_owned(),
            _ => expect::resource_type(reader, of),
        };
        let skip = node.get("skip").map_or(&[][..], Node::items);
        let skip = skip
            .iter()
            .map(|rule| SkipRule {
                filter: rule.get("where").map_or_else(Vec::new, self::filter),
                because: Reader::text(rule, "because"),
            })
            .collect();
        return (
            Some(Matrix::Attributes {
                of,
                filter: filter("where"),
                skip,
            }),
            Rows::attributes(),
        );
    }
    let endpoints = node
        .get("endpoints")
        .map(|list| reader.template(list, &Names::of_row()));
    (
        Some(Matrix::ResourceTypes {
            filter: filter("resourceTypes"),
            endpoints,
        }),
        Rows::resource_types(),
    )
}

fn listed(reader: &mut Reader<'_>, node: &Node) -> (Option<Matrix>, Rows) {
    let mut ids = Ids::default();
    let mut rows = Vec::new();
    let mut known = Vec::new();
    for item in node.items() {
        ids.take(reader, item, "row");
        let id = Reader::text(item, "id");
        let members: BTreeSet<String> = item
            .members()
            .iter()
            .map(|(key, _)| key.name.clone())
            .collect();
        known.push((id.clone(), members));
        let values = reader.template(item, &Names::of_row());
        rows.push(Row {
            id,
            values,
            location: reader.location_of(item),
        });
    }
    (Some(Matrix::Rows(rows)), Rows::Listed(known))
}

fn filter(node: &Node) -> Vec<(String, Vec<Value>)> {
    node.members()
        .iter()
        .map(|(key, value)| {
            (
                key.name.clone(),
                value.one_or_many().iter().map(Node::to_json).collect(),
            )
        })
        .collect()
}
