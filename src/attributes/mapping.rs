//! The names of `[okta.attributes]`: which there are, what they cover, and what Okta sends besides.

use super::template::{BESIDES, CORE, ENTERPRISE, core, enterprise, entries};
use crate::scim::path::PatchPath;
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Mutability, Schema, core as standard};
use crate::suite::Dialect;
use crate::suite::nearest::nearest;

/// Whether a text names an attribute that may be mapped.
///
/// An attribute of a schema that only the target knows is written with its URN; whether the target has it shows when it
/// is asked ([`missing`]).
///
/// # Errors
/// What is wrong, with what to write.
pub fn check(text: &str) -> Result<(), String> {
    let path = PatchPath::parse(text)
        .map_err(|error| format!("`{text}` is no path of an attribute: {error}"))?;
    let of = |dialects: [Dialect; 2], known: fn(Dialect) -> &'static str| {
        let urn = path.attribute.schema.as_deref();
        let urn = urn.unwrap_or_default();
        dialects
            .into_iter()
            .any(|dialect| known(dialect).eq_ignore_ascii_case(urn))
    };
    let both = [Dialect::V2, Dialect::V1];
    let schema: &Schema = match &path.attribute.schema {
        None => standard::user(),
        Some(_) if of(both, enterprise) => standard::enterprise_user(),
        // Others may be the target's own.
        Some(_) => return Ok(()),
    };
    let name = &path.attribute.name;
    let attribute = schema.attribute(name);
    let is_fixed = attribute.is_some_and(|one| one.mutability == Mutability::ReadOnly)
        || BESIDES.iter().any(|known| known.eq_ignore_ascii_case(name));
    if is_fixed {
        return Err(format!(
            "`{text}` is set by the server, and can't be mapped"
        ));
    }
    if is_external_id(&path) {
        return Ok(());
    }
    let sub = path.sub.as_deref().or(path.attribute.sub.as_deref());
    let fits = attribute.is_some_and(|one| {
        let known = |sub: &str| one.sub_attribute(sub).is_some() || sub == "managerId";
        sub.is_none_or(known) && (path.filter.is_none() || one.multi_valued)
    });
    if fits {
        return Ok(());
    }
    Err(format!(
        "there is no attribute `{text}` of a user{}",
        suggestion(text)
    ))
}

fn is_external_id(path: &PatchPath) -> bool {
    path.attribute.schema.is_none() && path.attribute.name.eq_ignore_ascii_case("externalId")
}

fn suggestion(text: &str) -> String {
    let word = text.rsplit(':').next().unwrap_or(text);
    let enterprise_urn = enterprise(Dialect::V2);
    let bare = |path: &str| path.split('.').next().unwrap_or(path).to_owned();
    let of_enterprise = ENTERPRISE
        .iter()
        .find(|entry| entry.path.eq_ignore_ascii_case(word) || bare(entry.path) == word);
    if let Some(entry) = of_enterprise {
        return format!("; did you mean `{enterprise_urn}:{}`?", entry.path);
    }
    // People write the last part of a name, as Okta's Profile Editor shows it.
    let of_core = CORE.iter().find(|entry| {
        entry
            .path
            .rsplit('.')
            .next()
            .is_some_and(|last| last.eq_ignore_ascii_case(word))
    });
    if let Some(entry) = of_core {
        return format!("; did you mean `{}`?", entry.path);
    }
    let user = standard::user();
    let near = nearest(
        word,
        CORE.iter()
            .map(|entry| entry.path)
            .chain(user.attributes.iter().map(|one| one.name.as_str())),
    );
    if let Some(near) = near {
        return format!("; did you mean `{near}`?");
    }
    match nearest(word, ENTERPRISE.iter().map(|entry| entry.path)) {
        Some(near) => format!("; did you mean `{enterprise_urn}:{near}`?"),
        None => "; an attribute of a schema of your own is written with its URN: `urn:…:name`"
            .to_owned(),
    }
}

/// The list with what Okta sends in any case: what a request of Okta's may hold.
pub fn effective(mapped: &[String]) -> Vec<String> {
    let always = CORE.iter().filter(|entry| entry.always);
    let always = always
        .map(|entry| entry.path)
        .chain(BESIDES.iter().copied());
    let mut all: Vec<String> = always.map(str::to_owned).collect();
    for name in mapped {
        if !all.contains(name) {
            all.push(name.clone());
        }
    }
    all
}

/// The names that a target's own schemas lack, each with the nearest that they have. A target that publishes no schemas
/// lacks nothing.
pub fn missing(schema: &ResourceSchema, dialect: Dialect, mapped: &[String]) -> Vec<String> {
    let template = entries(dialect);
    let mut lines = Vec::new();
    for text in mapped {
        let Ok(path) = PatchPath::parse(text) else {
            continue;
        };
        let of_template = template
            .iter()
            .filter_map(|(text, ..)| PatchPath::parse(text).ok())
            .any(|known| covers(std::slice::from_ref(&path), &known));
        let is_standard = path.attribute.schema.is_none() || of_template;
        if is_standard || is_besides(&path) || schema.find(&path.attribute).is_some() {
            continue;
        }
        let known = schema.walk();
        let known: Vec<String> = known.iter().map(|found| found.path.to_string()).collect();
        let near = nearest(text, known.iter().map(String::as_str));
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        lines.push(format!("the target's schemas have no `{text}`{near}"));
    }
    lines
}

/// Whether one of the names is an attribute's, or that of the attribute that it is a part of.
pub(super) fn covers(mapped: &[PatchPath], path: &PatchPath) -> bool {
    let base = |path: &PatchPath| {
        let urn = path
            .attribute
            .schema
            .as_deref()
            .map(str::to_ascii_lowercase);
        urn.filter(|urn| {
            ![core(Dialect::V2), core(Dialect::V1)]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(urn))
        })
        // The extension has another URN in each dialect, and the same attributes.
        .map(|urn| {
            if enterprise(Dialect::V1).eq_ignore_ascii_case(&urn) {
                enterprise(Dialect::V2).to_ascii_lowercase()
            } else {
                urn
            }
        })
    };
    let sub = |path: &PatchPath| {
        let sub = path.sub.as_deref().or(path.attribute.sub.as_deref());
        sub.map(|sub| match sub.to_ascii_lowercase().as_str() {
            "managerid" => "value".to_owned(),
            other => other.to_owned(),
        })
    };
    mapped.iter().any(|name| {
        base(name) == base(path)
            && name
                .attribute
                .name
                .eq_ignore_ascii_case(&path.attribute.name)
            && (name.filter.is_none() || name.filter == path.filter)
            && (sub(name).is_none() || sub(name) == sub(path))
    })
}

/// Whether it is something that Okta sends beside the attributes.
pub(super) fn is_besides(path: &PatchPath) -> bool {
    path.attribute.schema.is_none()
        && BESIDES
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&path.attribute.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked_with_the_nearest_right_one() {
        for name in [
            "title",
            "name.middleName",
            "emails",
            "emails[type eq \"home\"]",
            "addresses[type eq \"work\"].locality",
            "addresses.locality",
            "roles",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
            "urn:scim:schemas:extension:enterprise:1.0:manager.managerId",
            "urn:acme:1.0:User:badge",
        ] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
        let said: Vec<String> = [
            "titel",
            "department",
            "middleName",
            "groups",
            "name.middelName",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:departement",
            "shoeSize",
            "title[type eq \"work\"]",
            "a b",
        ]
        .into_iter()
        .filter_map(|name| check(name).err())
        .collect();
        insta::assert_snapshot!(said.join("\n"));
    }

    #[test]
    fn the_whole_covers_its_parts_and_not_the_other_way_round() {
        let path = |text: &str| PatchPath::parse(text).unwrap();
        let covered = |name: &str, of: &str| covers(&[path(name)], &path(of));
        assert!(covered("emails", "emails[type eq \"home\"]"));
        assert!(!covered(
            "emails[type eq \"work\"]",
            "emails[type eq \"home\"]"
        ));
        assert!(covered(
            "addresses.locality",
            "addresses[type eq \"work\"].locality"
        ));
        assert!(!covered(
            "addresses.locality",
            "addresses[type eq \"work\"].region"
        ));
        assert!(covered(
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
            "urn:scim:schemas:extension:enterprise:1.0:manager.managerId",
        ));
        assert!(!covered("department", "urn:acme:1.0:User:department"));
    }
}
