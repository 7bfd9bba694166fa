//! What to fill into the submission form: from the run what it knows, and for the rest what to think of.

use super::suites::{Result, Role, State};
use crate::record::{Attribute, AuthenticationMode, Run};

/// A field of the form.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    /// What the run knows; what it does not is for the user to enter.
    pub(super) value: Option<String>,
    /// What Okta wants there.
    pub(super) note: String,
}

impl Field {
    fn new(name: &'static str, value: Option<String>, note: impl Into<String>) -> Self {
        Self {
            name,
            value,
            note: note.into(),
        }
    }

    fn yours(name: &'static str, note: impl Into<String>) -> Self {
        Self::new(name, None, note)
    }

    /// Whose the value is.
    pub(super) const fn source(&self) -> &'static str {
        match self.value {
            Some(_) => "from this run",
            None => "to be entered by you",
        }
    }
}

/// The fields, in the form's order as far as it has one.
pub(super) fn fields(run: &Run, results: &[Result<'_>]) -> Vec<Field> {
    let mode = run
        .connection
        .as_ref()
        .map(|connection| connection.authentication);
    let mut fields = vec![base_url(run), authentication(mode)];
    if mode == Some(AuthenticationMode::Oauth2) {
        fields.push(Field::yours(
            "OAuth 2.0 endpoints and redirect URIs",
            "Okta uses the authorization code grant, whatever grant this run used. Give the authorize and the token endpoint, a client for all tenants, and let the authorization server take Okta's five redirect URIs and no other (C21902).",
        ));
    }
    fields.push(version(results));
    fields.extend(attributes(run));
    for (role, name, note) in [
        (
            Role::Spec,
            "Link to a SPEC run",
            "A link that can be shared, of Okta's own SPEC test.",
        ),
        (
            Role::Crud,
            "Link to a CRUD run",
            "A link that can be shared, of Okta's own CRUD test, run by Runscope with your Okta org.",
        ),
        (
            Role::Entitlements,
            "Link to an entitlement run",
            "Only with Entitlement Management: a link for Okta's own entitlement test.",
        ),
    ] {
        let here = here(results, role);
        fields.push(Field::yours(name, format!("{note} Here: {here}.")));
    }
    fields.push(Field::yours(
        "Configuration guide",
        "A link that Okta's reviewers can open; supported features, set-up steps, attributes, known issues (C9299).",
    ));
    fields.push(Field::yours(
        "Test account",
        "An account in which Okta's reviewers can create and see people and groups, with at least one user in it before the SPEC test. It has to work until the review is over; Okta deletes its credentials 30 days after publishing.",
    ));
    fields
}

/// What the run says of one of Okta's tests: of several the worst, and of SPEC that of SCIM 2.0.
fn here(results: &[Result<'_>], role: Role) -> &'static str {
    let of_role = results.iter().filter(|result| result.role == role);
    let counting = of_role.filter(|result| role != Role::Spec || result.scim == Some("2.0"));
    let worst = counting.max_by_key(|result| match result.state {
        State::Passed => 0,
        State::NotOffered => 1,
        State::Incomplete => 2,
        State::Failed => 3,
    });
    worst.map_or("not run", |result| result.state.words())
}

fn base_url(run: &Run) -> Field {
    let name = "Base URL";
    if run.target.embedded {
        return Field::yours(
            name,
            "This run tested the embedded server. https, no underscore, no slash at its end.",
        );
    }
    let against = run
        .connection
        .as_ref()
        .map_or(0, |connection| connection.base_url.len());
    let mut note = if against == 0 {
        "It keeps Okta's rules for a base URL. ".to_owned()
    } else {
        "Okta does not take it as it is: see what is missing. ".to_owned()
    };
    note.push_str(
        "Where a part of it differs by tenant, put a variable there. A query is not shown here.",
    );
    Field::new(name, Some(run.target.url.clone()), note)
}

fn authentication(mode: Option<AuthenticationMode>) -> Field {
    let name = "Authentication mode";
    let (value, note) = match mode {
        Some(AuthenticationMode::Bearer) => (
            "Header, with the prefix Bearer",
            "The header is Authorization: Bearer TOKEN.",
        ),
        Some(AuthenticationMode::Header) => (
            "Header, as it is typed",
            "Okta adds no scheme to it: an administrator types the whole value of Authorization.",
        ),
        Some(AuthenticationMode::Oauth2) => {
            ("OAuth 2.0", "Okta sends Authorization: Bearer TOKEN.")
        }
        Some(AuthenticationMode::Basic) => {
            return Field::yours(
                name,
                "This run used Basic, which Okta does not take for new submissions.",
            );
        }
        Some(AuthenticationMode::None) => {
            return Field::yours(
                name,
                "This run used none. Okta takes a token in the Authorization header, or OAuth 2.0.",
            );
        }
        Some(AuthenticationMode::ClientCertificate) => {
            return Field::yours(
                name,
                "This run used a client's certificate. Okta takes a token in the Authorization header, or OAuth 2.0.",
            );
        }
        None => return Field::yours(name, "A token in the Authorization header, or OAuth 2.0."),
    };
    Field::new(name, Some(value.to_owned()), note)
}

/// What the mapping is to hold, of the table that the run made for SCIM 2.0, or else for 1.1.
fn attributes(run: &Run) -> Vec<Field> {
    let (keep, delete) = ("Attributes to keep", "Attributes to delete");
    let stay = "userName, name.givenName, name.familyName and the work address have to stay.";
    let Some(table) = run.attributes.iter().max_by_key(|table| &table.scim) else {
        return vec![Field::yours(
            "Attributes to keep and to delete",
            format!(
                "This record has no table of attributes: scimitar attributes makes it. Of Okta's template keep what your application stores, and delete the rest in the Profile Editor. {stay}"
            ),
        )];
    };
    let paths = |attributes: Vec<&Attribute>| {
        let paths: Vec<&str> = attributes.iter().map(|one| one.path.as_str()).collect();
        Some(paths.join(", ")).filter(|paths| !paths.is_empty())
    };
    let kept = paths(table.to_keep().collect());
    let deleted = paths(table.to_delete().collect()).unwrap_or_else(|| "none".to_owned());
    vec![
        Field::new(
            keep,
            kept,
            format!("What the target keeps, besides what Okta sends in any case. {stay}"),
        ),
        Field::new(
            delete,
            Some(deleted),
            "What the target has no place for: delete it in the Profile Editor.",
        ),
    ]
}

fn version(results: &[Result<'_>]) -> Field {
    let specs = results.iter().filter(|result| result.role == Role::Spec);
    let mut versions: Vec<&str> = specs.filter_map(|result| result.scim).collect();
    versions.sort_unstable();
    let name = "SCIM version";
    let note = "Okta takes 2.0 for new submissions; 1.1 is not accepted any more.";
    // A server may speak both.
    let spoken = versions.last().map(|version| (*version).to_owned());
    Field::new(name, spoken, note)
}
