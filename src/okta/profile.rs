//! Okta's default user profile, and the place of each of its attributes in SCIM: the mapping that Okta's templates come
//! with.

use crate::scim::urn;
use crate::suite::Dialect;

/// An attribute of Okta's profile, and where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mapped {
    /// Its variable name in Okta.
    pub variable: &'static str,
    /// Its place in a SCIM user.
    pub place: Place,
    /// Whether that is in the enterprise extension.
    pub enterprise: bool,
}

/// A place in a SCIM user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// An attribute.
    Whole(&'static str),
    /// A part of an attribute: of `name`, `givenName`.
    Part(&'static str, &'static str),
    /// The value of that type among the values of an attribute: of `emails`, `work`.
    Value(&'static str, &'static str),
    /// A part of the value of that type: of `addresses`, `work`, `region`.
    PartOfValue(&'static str, &'static str, &'static str),
}

const fn core(variable: &'static str, place: Place) -> Mapped {
    Mapped {
        variable,
        place,
        enterprise: false,
    }
}

const fn same(variable: &'static str) -> Mapped {
    core(variable, Place::Whole(variable))
}

const fn name(variable: &'static str, part: &'static str) -> Mapped {
    core(variable, Place::Part("name", part))
}

const fn address(variable: &'static str, part: &'static str) -> Mapped {
    core(variable, Place::PartOfValue("addresses", "work", part))
}

const fn enterprise(variable: &'static str, place: Place) -> Mapped {
    Mapped {
        enterprise: true,
        ..core(variable, place)
    }
}

/// The mapping, in the order in which tables show it.
pub const PROFILE: [Mapped; 31] = [
    core("login", Place::Whole("userName")),
    name("firstName", "givenName"),
    name("lastName", "familyName"),
    core("email", Place::Value("emails", "work")),
    core("secondEmail", Place::Value("emails", "home")),
    same("displayName"),
    name("middleName", "middleName"),
    name("honorificPrefix", "honorificPrefix"),
    name("honorificSuffix", "honorificSuffix"),
    same("title"),
    same("nickName"),
    same("profileUrl"),
    core("primaryPhone", Place::Value("phoneNumbers", "work")),
    core("mobilePhone", Place::Value("phoneNumbers", "mobile")),
    address("streetAddress", "streetAddress"),
    address("city", "locality"),
    address("state", "region"),
    address("zipCode", "postalCode"),
    address("countryCode", "country"),
    address("postalAddress", "formatted"),
    same("preferredLanguage"),
    same("locale"),
    same("timezone"),
    same("userType"),
    enterprise("employeeNumber", Place::Whole("employeeNumber")),
    enterprise("costCenter", Place::Whole("costCenter")),
    enterprise("organization", Place::Whole("organization")),
    enterprise("division", Place::Whole("division")),
    enterprise("department", Place::Whole("department")),
    enterprise("managerId", Place::Part("manager", "value")),
    enterprise("manager", Place::Part("manager", "displayName")),
];

impl Mapped {
    /// The place in a dialect: a manager's id has another name in SCIM 1.1.
    pub fn place(&self, dialect: Dialect) -> Place {
        match (dialect, self.place) {
            (Dialect::V1, Place::Part("manager", "value")) => Place::Part("manager", "managerId"),
            (_, place) => place,
        }
    }

    /// The path, as a PATCH has it, with the URN of the extension.
    pub fn path(&self, dialect: Dialect) -> String {
        let path = match self.place(dialect) {
            Place::Whole(name) => name.to_owned(),
            Place::Part(name, part) => format!("{name}.{part}"),
            Place::Value(name, kind) => format!("{name}[type eq \"{kind}\"]"),
            Place::PartOfValue(name, kind, part) => format!("{name}[type eq \"{kind}\"].{part}"),
        };
        if self.enterprise {
            format!("{}:{path}", enterprise_schema(dialect))
        } else {
            path
        }
    }
}

/// The URN of the core schema of users.
pub const fn user_schema(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::V1 => urn::v1::CORE,
        Dialect::V2 => urn::USER,
    }
}

/// The URN of the enterprise extension.
pub const fn enterprise_schema(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::V1 => urn::v1::ENTERPRISE,
        Dialect::V2 => urn::ENTERPRISE_USER,
    }
}

/// The variable of the profile that is mapped to a path, whatever the dialect.
pub fn variable(path: &str) -> Option<&'static str> {
    let dialects = [Dialect::V2, Dialect::V1];
    let found = PROFILE
        .iter()
        .find(|one| dialects.iter().any(|dialect| one.path(*dialect) == path))?;
    Some(found.variable)
}
