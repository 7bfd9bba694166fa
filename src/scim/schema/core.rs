//! The schemas that RFC 7643 §8.7 defines, with its errata applied, and those of SCIM 1.1.

use std::sync::LazyLock;

use serde_json::Value;

use super::{Attribute, Kind, Mutability, Returned, Schema, Uniqueness};

fn read(text: &str) -> Schema {
    // The texts are part of the program: a test shows that each is a schema.
    let json: Value = serde_json::from_str(text).unwrap_or_default();
    let mut schema = Schema::from_json(&json).unwrap_or_default();
    state_all(&mut schema.attributes);
    schema
}

/// What the RFC's own definitions leave out is stated by it elsewhere.
fn state_all(attributes: &mut [Attribute]) {
    for attribute in attributes {
        attribute.unstated.clear();
        state_all(&mut attribute.sub_attributes);
    }
}

macro_rules! embedded {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)+) => {
        $($(#[$doc])*
        pub fn $name() -> &'static Schema {
            static SCHEMA: LazyLock<Schema> = LazyLock::new(|| read(include_str!($file)));
            &SCHEMA
        })+
    };
}

embedded! {
    /// User (RFC 7643 §4.1).
    user = "../schemas/User.json";
    /// Group (RFC 7643 §4.2).
    group = "../schemas/Group.json";
    /// The enterprise extension of User (RFC 7643 §4.3).
    enterprise_user = "../schemas/EnterpriseUser.json";
    /// Schema (RFC 7643 §7).
    schema = "../schemas/Schema.json";
    /// Resource type (RFC 7643 §6).
    resource_type = "../schemas/ResourceType.json";
    /// Service provider configuration (RFC 7643 §5).
    service_provider_config = "../schemas/ServiceProviderConfig.json";
}

/// The attributes that every resource has without its schema naming them (RFC 7643 §3.1): `id`, `externalId` and
/// `meta`.
pub fn common() -> &'static [Attribute] {
    static COMMON: LazyLock<Vec<Attribute>> = LazyLock::new(|| {
        let exact = |name: &str| Attribute {
            name: name.to_owned(),
            case_exact: true,
            ..Attribute::default()
        };
        let made_by_server = |name: &str, kind: Kind| Attribute {
            kind,
            mutability: Mutability::ReadOnly,
            ..exact(name)
        };
        vec![
            Attribute {
                returned: Returned::Always,
                uniqueness: Uniqueness::Server,
                description: "The server's identifier of the resource.".to_owned(),
                ..made_by_server("id", Kind::String)
            },
            Attribute {
                description: "The client's identifier of the resource.".to_owned(),
                ..exact("externalId")
            },
            Attribute {
                sub_attributes: vec![
                    made_by_server("resourceType", Kind::String),
                    made_by_server("created", Kind::DateTime),
                    made_by_server("lastModified", Kind::DateTime),
                    Attribute {
                        reference_types: vec!["uri".to_owned()],
                        ..made_by_server("location", Kind::Reference)
                    },
                    made_by_server("version", Kind::String),
                ],
                case_exact: false,
                description: "What the server says of the resource.".to_owned(),
                ..made_by_server("meta", Kind::Complex)
            },
        ]
    });
    &COMMON
}

/// `schemas`, which every resource has (RFC 7643 §3).
pub fn schemas_attribute() -> &'static Attribute {
    static SCHEMAS: LazyLock<Attribute> = LazyLock::new(|| Attribute {
        name: "schemas".to_owned(),
        kind: Kind::Reference,
        multi_valued: true,
        required: true,
        returned: Returned::Always,
        reference_types: vec!["uri".to_owned()],
        description: "The URNs of the schemas that the resource uses.".to_owned(),
        ..Attribute::default()
    });
    &SCHEMAS
}

pub mod v1 {
    //! SCIM 1.1: one core URN for all resources, and an enterprise extension of another name.

    use std::sync::LazyLock;

    use super::super::{Attribute, Mutability, Schema};
    use crate::scim::urn;

    /// User (SCIM 1.1 core schema §6).
    pub fn user() -> &'static Schema {
        static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
            let mut schema = Schema {
                id: urn::v1::CORE.to_owned(),
                ..super::user().clone()
            };
            // 1.1 leaves the case of every attribute open, and has no references but plain strings.
            if let Some(groups) = schema.attributes.iter_mut().find(|a| a.is_named("groups")) {
                groups.mutability = Mutability::ReadOnly;
            }
            without_references(&mut schema.attributes);
            schema
        });
        &SCHEMA
    }

    /// Group (SCIM 1.1 core schema §8).
    pub fn group() -> &'static Schema {
        static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
            let mut schema = Schema {
                id: urn::v1::CORE.to_owned(),
                ..super::group().clone()
            };
            if let Some(members) = schema.attributes.iter_mut().find(|a| a.is_named("members")) {
                let display = Attribute {
                    name: "display".to_owned(),
                    ..Attribute::default()
                };
                if members.sub_attribute("display").is_none() {
                    members.sub_attributes.push(display);
                }
            }
            without_references(&mut schema.attributes);
            schema
        });
        &SCHEMA
    }

    /// The enterprise extension of User (SCIM 1.1 core schema §7): its manager has `managerId`.
    pub fn enterprise_user() -> &'static Schema {
        static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
            let base = super::enterprise_user().clone();
            let mut schema = Schema {
                id: urn::v1::ENTERPRISE.to_owned(),
                ..base
            };
            if let Some(manager) = schema.attributes.iter_mut().find(|a| a.is_named("manager")) {
                for sub in manager
                    .sub_attributes
                    .iter_mut()
                    .filter(|sub| sub.is_named("value"))
                {
                    "managerId".clone_into(&mut sub.name);
                }
            }
            without_references(&mut schema.attributes);
            schema
        });
        &SCHEMA
    }

    /// 1.1 has no `$ref`.
    fn without_references(attributes: &mut [Attribute]) {
        for attribute in attributes {
            attribute.sub_attributes.retain(|sub| !sub.is_named("$ref"));
        }
    }
}
