//! Fixtures.

use super::names::Names;
use super::reader::Reader;
use crate::suite::library::Fixture;

pub(super) fn read(reader: &mut Reader<'_>) -> Fixture {
    let tree = reader.tree();
    if let Some(endpoint) = tree.get("endpoint") {
        reader.plain(endpoint, "an endpoint is a path");
    }
    Fixture {
        name: Reader::text(tree, "fixture"),
        title: Reader::text(tree, "title"),
        resource_type: Reader::text(tree, "resourceType"),
        endpoint: Reader::text(tree, "endpoint"),
        scim: Reader::dialect(tree),
        body: reader.template_at(tree, "body", &Names::of_fixture()),
        location: reader.location_of(tree),
    }
}
