//! Fixtures.

use super::check::known_fixture;
use super::names::Names;
use super::reader::Reader;
use crate::suite::library::Fixture;
use crate::suite::source::Node;

pub(super) fn read(reader: &mut Reader<'_>) -> Fixture {
    let tree = reader.tree();
    if let Some(endpoint) = tree.get("endpoint") {
        reader.plain(endpoint, "an endpoint is a path");
    }
    if let Some(extends) = tree.get("extends") {
        check_base(reader, tree, extends);
    }
    Fixture {
        name: Reader::text(tree, "fixture"),
        title: Reader::text(tree, "title"),
        extends: tree.get("extends").and_then(Node::text).map(str::to_owned),
        resource_type: Reader::text(tree, "resourceType"),
        endpoint: Reader::text(tree, "endpoint"),
        scim: Reader::dialect(tree),
        only: tree
            .get("only")
            .map(|node| reader.template(node, &Names::of_fixture())),
        body: reader.template_at(tree, "body", &Names::of_fixture()),
        location: reader.location_of(tree),
    }
}

/// What a fixture extends is there, is of the same resource type, and does not extend it in turn.
fn check_base(reader: &mut Reader<'_>, tree: &Node, extends: &Node) {
    let (name, base) = (
        Reader::text(tree, "fixture"),
        extends.text().unwrap_or_default(),
    );
    known_fixture(reader, base, extends.mark);
    let Some(head) = reader.world.fixtures.get(base) else {
        return;
    };
    let own = Reader::text(tree, "resourceType");
    if head.resource_type != own {
        let problem = reader.error(
            extends.mark,
            format!(
                "`{base}` is a {}, and a {own} can't extend it",
                head.resource_type
            ),
        );
        reader.push(problem);
    }
    if circular(reader, &name) {
        let problem = reader.error(
            extends.mark,
            format!(
                "`{name}` extends itself{}",
                if base == name { "" } else { ", by others" }
            ),
        );
        reader.push(problem.help("name a fixture that stands by itself"));
    }
}

/// Whether what a fixture extends leads back to it.
fn circular(reader: &Reader<'_>, name: &str) -> bool {
    let fixtures = &reader.world.fixtures;
    let next = |name: &str| fixtures.get(name).and_then(|head| head.extends.as_deref());
    let mut at = next(name);
    // A circle that this one only leads into is told where it is.
    for _ in 0..fixtures.len() {
        match at {
            Some(found) if found == name => return true,
            Some(found) => at = next(found),
            None => return false,
        }
    }
    false
}
