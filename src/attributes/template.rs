//! The attributes of Okta's template, with two values for each: one to create with, one to update to.

use super::sample::Sample;
pub(super) use crate::okta::profile::{enterprise_schema as enterprise, user_schema as core};
use crate::record::AttributeOrigin;
use crate::suite::Dialect;

/// One attribute of the template.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Its path within its schema.
    pub(super) path: &'static str,
    /// What is sent.
    pub(super) sample: Sample,
    /// Whether Okta demands it of every integration.
    pub(super) demanded: bool,
    /// Whether Okta sends it whatever is mapped.
    pub(super) always: bool,
}

const fn mapped(path: &'static str, sample: Sample) -> Entry {
    Entry {
        path,
        sample,
        demanded: false,
        always: false,
    }
}

const fn always(path: &'static str, sample: Sample, demanded: bool) -> Entry {
    Entry {
        demanded,
        always: true,
        ..mapped(path, sample)
    }
}

const fn pair(path: &'static str, first: &'static str, second: &'static str) -> Entry {
    mapped(path, Sample::Pair(first, second))
}

/// The core schema's.
pub(super) const CORE: &[Entry] = &[
    always("userName", Sample::UserName, true),
    always("name.givenName", Sample::GivenName, true),
    always("name.familyName", Sample::FamilyName, true),
    always("emails[type eq \"work\"]", Sample::WorkEmail, true),
    always("active", Sample::Active, true),
    always("externalId", Sample::OktaId, false),
    always("password", Sample::Password, false),
    mapped("emails[type eq \"home\"]", Sample::HomeEmail),
    mapped("displayName", Sample::DisplayName),
    pair("name.middleName", "Quincy", "Marie"),
    pair("name.honorificPrefix", "Dr.", "Prof."),
    pair("name.honorificSuffix", "Jr.", "III"),
    pair("title", "Engineer", "Manager"),
    pair("nickName", "Quin", "Max"),
    mapped("profileUrl", Sample::Url),
    mapped(
        "phoneNumbers[type eq \"work\"]",
        Sample::Phone("work", "+1-201-555-0123", "+1-201-555-0125"),
    ),
    mapped(
        "phoneNumbers[type eq \"mobile\"]",
        Sample::Phone("mobile", "+1-201-555-0124", "+1-201-555-0126"),
    ),
    pair(
        "addresses[type eq \"work\"].streetAddress",
        "100 Long Road",
        "7 Short Street",
    ),
    pair(
        "addresses[type eq \"work\"].locality",
        "Springfield",
        "Riverside",
    ),
    pair("addresses[type eq \"work\"].region", "CA", "NY"),
    pair("addresses[type eq \"work\"].postalCode", "90210", "10001"),
    pair("addresses[type eq \"work\"].country", "US", "CA"),
    pair(
        "addresses[type eq \"work\"].formatted",
        "100 Long Road, Springfield CA 90210, US",
        "7 Short Street, Riverside NY 10001, CA",
    ),
    pair("preferredLanguage", "en-US", "de-DE"),
    mapped("locale", Sample::Locale),
    pair("timezone", "America/Los_Angeles", "Europe/Berlin"),
    pair("userType", "Employee", "Contractor"),
];

/// The enterprise extension's.
pub(super) const ENTERPRISE: &[Entry] = &[
    mapped("employeeNumber", Sample::Digits),
    pair("costCenter", "4130", "4140"),
    pair("organization", "Example Corporation", "Example Holding"),
    pair("division", "Services", "Research"),
    pair("department", "Engineering", "Marketing"),
    mapped("manager.value", Sample::Manager),
    pair("manager.displayName", "Ada Lovelace", "Grace Hopper"),
];

/// Members of a create that are none of the template's attributes: Okta sends them in any case.
pub(super) const BESIDES: &[&str] = &["schemas", "id", "meta", "groups"];

/// All of them, with the paths that they have in a dialect, in the order of the table.
pub(super) fn entries(dialect: Dialect) -> Vec<(String, AttributeOrigin, Entry)> {
    let core = CORE
        .iter()
        .map(|entry| (entry.path.to_owned(), AttributeOrigin::Core, *entry));
    let enterprise = ENTERPRISE.iter().map(|entry| {
        let path = match (dialect, entry.path) {
            (Dialect::V1, "manager.value") => "manager.managerId",
            (_, path) => path,
        };
        (
            format!("{}:{path}", enterprise(dialect)),
            AttributeOrigin::Enterprise,
            *entry,
        )
    });
    core.chain(enterprise).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::okta::profile::PROFILE;

    #[test]
    fn the_table_has_what_oktas_mapping_has_and_what_it_sends_in_any_case() {
        for dialect in [Dialect::V2, Dialect::V1] {
            let table: BTreeSet<String> = entries(dialect).into_iter().map(|one| one.0).collect();
            let besides = ["active", "externalId", "password"].map(str::to_owned);
            let mapping = PROFILE.iter().map(|one| one.path(dialect));
            assert_eq!(table, mapping.chain(besides).collect(), "{dialect:?}");
        }
    }
}
