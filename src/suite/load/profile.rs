//! Profiles.

use globset::Glob;

use super::reader::Reader;
use crate::suite::library::Profile;
use crate::suite::nearest::nearest;
use crate::suite::source::{Kind, Node};

pub(super) fn read(reader: &mut Reader<'_>) -> Profile {
    let tree = reader.tree();
    for glob in tree.get("suites").map_or(&[][..], Node::items) {
        let Some(text) = glob.text() else { continue };
        match Glob::new(text) {
            Err(error) => {
                let problem =
                    reader.error(glob.mark, format!("`{text}` is no glob: {}", error.kind()));
                reader.push(problem);
            }
            Ok(compiled) => {
                let matcher = compiled.compile_matcher();
                if !reader
                    .world
                    .suites
                    .iter()
                    .any(|suite| matcher.is_match(suite))
                {
                    let problem =
                        reader.error(glob.mark, format!("no suite is named like `{text}`"));
                    let near = nearest(text, reader.world.suites.iter().map(String::as_str));
                    reader.push(match near {
                        Some(near) => problem.help(format!("did you mean `{near}`?")),
                        None => problem,
                    });
                }
            }
        }
    }
    Profile {
        name: Reader::text(tree, "profile"),
        title: Reader::text(tree, "title"),
        suites: Reader::texts(tree, "suites"),
        attributes: matches!(
            tree.get("attributes").map(|node| &node.kind),
            Some(Kind::Bool(true))
        ),
        location: reader.location_of(tree),
    }
}
