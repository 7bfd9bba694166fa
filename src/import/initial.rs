//! The variables that a test starts with: those that Okta's guides name, and the ones that their initial scripts set.
//!
//! The values that an initial script draws at random are generated here, with the run's tag: so that a run repeats by
//! its seed, and what it makes is found and removed.

/// What a variable is, before any step has run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Initial {
    /// The target's base URL.
    BaseUrl,
    /// The value of the `Authorization` header, as the run is configured.
    Credentials,
    /// The base URL of a service: its name and what it is.
    Service(&'static str, &'static str),
    /// A parameter with this default.
    Default(&'static str),
    /// A parameter that has to be given.
    Given,
}

/// The defaults, those first that others use.
const DEFAULTS: &[(&str, &str)] = &[
    // The initial script of the SPEC tests.
    ("randomGivenName", "${unique.givenName}"),
    ("randomFamilyName", "${unique.familyName}"),
    // It has capitals in it always, which a test of case depends on.
    ("randomEmail", "${unique.email|capitalize}"),
    ("randomUsername", "${var.randomEmail}"),
    ("randomUsernameCaps", "${var.randomEmail|upper}"),
    ("InvalidUserEmail", "abcdefgh@atko.com"),
    ("UserIdThatDoesNotExist", "010101001010101011001010101011"),
    // The initial script of the CRUD tests.
    ("okta_user_firstname", "${unique.givenName}"),
    ("okta_user_lastname", "${unique.familyName}"),
    (
        "okta_user_fullname",
        "${var.okta_user_firstname} ${var.okta_user_lastname}",
    ),
    (
        "okta_user_firstname_update",
        "${var.okta_user_firstname}update",
    ),
    (
        "okta_user_fullname_update",
        "${var.okta_user_firstname_update} ${var.okta_user_lastname}",
    ),
    ("okta_user_email", "${unique.email|capitalize}"),
    ("okta_user_title", "Engineer"),
    ("okta_user_primaryphone", "415.123.4567"),
    // The entitlements test.
    (
        "EntitlementEndpoint",
        "${config.okta.entitlement_endpoints[0]}",
    ),
];

/// What a variable of that name starts as. Names are case-sensitive.
pub(super) fn of(name: &str) -> Initial {
    match name {
        "SCIMBaseURL" | "SCIMUrl" => Initial::BaseUrl,
        "auth" | "SCIMAuth" => Initial::Credentials,
        "oktaOrgUrl" => Initial::Service("okta-org", "an Okta org"),
        _ => DEFAULTS
            .iter()
            .find(|(known, _)| *known == name)
            .map_or(Initial::Given, |(_, default)| Initial::Default(default)),
    }
}

/// The place of a parameter among those with defaults; the others come after them.
pub(super) fn order(name: &str) -> usize {
    DEFAULTS
        .iter()
        .position(|(known, _)| *known == name)
        .unwrap_or(DEFAULTS.len())
}

/// The parameters that a default uses.
pub(super) fn used_by(default: &str) -> impl Iterator<Item = &'static str> {
    DEFAULTS
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| {
            [format!("${{var.{name}}}"), format!("${{var.{name}|")]
                .iter()
                .any(|text| default.contains(text))
        })
        .collect::<Vec<_>>()
        .into_iter()
}
