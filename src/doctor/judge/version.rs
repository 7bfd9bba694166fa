//! The SCIM version that the answers speak, and what to choose for it.

use super::{ok, remark, unjudged};
use crate::doctor::diagnosis::{Finding, Section};
use crate::doctor::facts::Facts;
use crate::scim::discovery::version_of_list;
use crate::scim::urn;

const HERE: Section = Section::Version;

/// The version, by the `schemas` of the list of users.
pub(super) fn of(facts: &Facts) -> Option<&'static str> {
    version_of_list(facts.users.success()?)
}

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let id = "version";
    let Some(list) = facts.users.success() else {
        return vec![unjudged(
            id,
            HERE,
            "there is no list of users to tell it by",
        )];
    };
    let settings = facts.dialect.word();
    let Some(found) = of(facts) else {
        let text =
            match list.get("schemas") {
                None => "the list of users has no `schemas`, by which clients tell the version"
                    .to_owned(),
                Some(_) => "the `schemas` of the list of users are neither those of 2.0 nor of 1.1"
                    .to_owned(),
            };
        let remedy = format!("name {}", urn::LIST_RESPONSE);
        return vec![remark(id, HERE, text).remedy(remedy)];
    };
    let suites = if found == "2.0" {
        "--profile okta (suites okta-spec-2.0 …)"
    } else {
        "--scim 1.1 --profile okta (suites okta-spec-1.1 …)"
    };
    let text = format!("SCIM {found}: in Okta take a template “SCIM {found} …”, here {suites}");
    if found == settings {
        return vec![ok(id, HERE, text)];
    }
    let remedy = format!("add --scim {found}, or give the base URL of its SCIM {settings}");
    let text = format!("{text}; but the settings say {settings}");
    vec![remark(id, HERE, text).remedy(remedy)]
}
