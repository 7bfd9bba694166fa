//! Catalogues of requirements in YAML.

use super::reader::Reader;
use crate::record::{Level, PlanCase, TestPlan};
use crate::suite::Library;
use crate::suite::library::{CatalogueHead, PlanCatalogue, Requirement};
use crate::suite::source::{Kind, Node};

pub(super) fn add(reader: &mut Reader<'_>, library: &mut Library) {
    let tree = reader.tree();
    let title = Reader::text(tree, "title");
    let url = tree.get("url").and_then(Node::text);
    let is_plan = matches!(
        tree.get("plan").map(|node| &node.kind),
        Some(Kind::Bool(true))
    );
    let catalogue = Reader::text(tree, "catalogue");
    let known = library.catalogues.entry(catalogue.clone());
    known.or_insert_with(|| CatalogueHead {
        title: title.clone(),
        url: url.map(str::to_owned),
    });
    let mut cases = Vec::new();
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
        if is_plan {
            let is_testable = !is_untestable(node);
            cases.push(PlanCase {
                id: id.clone(),
                area: node
                    .get("clause")
                    .and_then(Node::text)
                    .unwrap_or_default()
                    .to_owned(),
                statement: Reader::text(node, "statement").trim().to_owned(),
                because: text_of(node, "because")
                    .or_else(|| (!is_testable).then(|| "No check can show it.".to_owned())),
                remains: text_of(node, "remains"),
            });
        }
        let known = library.requirements.entry(id.clone());
        known.or_insert_with(|| Requirement {
            id,
            catalogue: catalogue.clone(),
            section: text_of(node, "clause").unwrap_or_default(),
            level: Reader::level(node).unwrap_or(Level::Must),
            statement: Reader::text(node, "statement").trim().to_owned(),
            clause,
            url: node
                .get("url")
                .and_then(Node::text)
                .or(url)
                .map(str::to_owned),
            testable: !is_untestable(node),
            condition: None,
            how: None,
            because: text_of(node, "because"),
            remains: text_of(node, "remains"),
            plan: is_plan,
            location: reader.location_of(node),
        });
    }
    if is_plan {
        let suites = tree.get("suites").map_or(&[][..], Node::items);
        let suites = suites.iter().filter_map(Node::text).map(str::to_owned);
        let plan = PlanCatalogue {
            plan: TestPlan {
                id: catalogue,
                title,
                url: url.map(str::to_owned),
                suites: Vec::new(),
                cases,
            },
            suites: suites.collect(),
        };
        join(plan, &mut library.plans);
    }
}

/// A plan of a lower layer adds the cases that the upper one does not have.
fn join(plan: PlanCatalogue, plans: &mut Vec<PlanCatalogue>) {
    let Some(upper) = plans.iter_mut().find(|known| known.plan.id == plan.plan.id) else {
        plans.push(plan);
        return;
    };
    for case in plan.plan.cases {
        if upper.plan.cases.iter().all(|known| known.id != case.id) {
            upper.plan.cases.push(case);
        }
    }
    for glob in plan.suites {
        if !upper.suites.contains(&glob) {
            upper.suites.push(glob);
        }
    }
}

fn is_untestable(node: &Node) -> bool {
    matches!(
        node.get("testable").map(|node| &node.kind),
        Some(Kind::Bool(false))
    )
}
