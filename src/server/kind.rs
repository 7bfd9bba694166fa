//! The resource types that the server offers.

use serde_json::{Value, json};

use super::asset;
use super::config::Demands;
use super::dialect::Dialect;
use super::extension;
use super::fault::Switches;
use crate::scim::resource::{Extension, ResourceSchema, ResourceType};
use crate::scim::schema::{Attribute, Mutability, Schema};
use crate::scim::urn;

/// Okta's role schema (SCIM 2.0 with entitlements).
const ROLE_URN: &str = "urn:okta:scim:schemas:core:1.0:Role";
/// Okta's entitlement schema (SCIM 2.0 with entitlements).
const ENTITLEMENT_URN: &str = "urn:okta:scim:schemas:core:1.0:Entitlement";

/// User, in [`kinds`].
pub(super) const USER: usize = 0;
/// Group, in [`kinds`].
pub(super) const GROUP: usize = 1;
/// Asset, in [`kinds`].
pub(super) const ASSET: usize = 2;
/// Role, in [`kinds`]. It and what comes after it are Okta's.
pub(super) const ROLE: usize = 3;
/// Entitlement, in [`kinds`].
pub(super) const ENTITLEMENT: usize = 4;

/// A resource type with its schemas put together.
#[derive(Debug)]
pub(super) struct Kind {
    /// As `/ResourceTypes` has it.
    pub(super) resource_type: ResourceType,
    /// The schemas in 2.0.
    pub(super) schema: ResourceSchema,
    /// The schemas in 1.1, if 1.1 has the type.
    pub(super) v1: Option<ResourceSchema>,
}

impl Kind {
    /// The schemas of a version.
    pub(super) fn schema(&self, dialect: Dialect) -> &ResourceSchema {
        match (dialect, &self.v1) {
            (Dialect::V1, Some(schema)) => schema,
            _ => &self.schema,
        }
    }

    /// Whether a version has the type.
    pub(super) fn is_in(&self, dialect: Dialect) -> bool {
        dialect == Dialect::V2 || self.v1.is_some()
    }
}

/// The resource types, in the order of the constants above.
pub(super) fn kinds(demands: Demands) -> Vec<Kind> {
    let mut user = ResourceSchema::user();
    let mut v1_user = ResourceSchema::v1_user();
    let mut user_type = ResourceType::user();
    demand(&mut user, demands);
    // SCIM 1.1 has no way to say that an extension is required.
    let in_v1 = Demands {
        employee_number: false,
        ..demands
    };
    demand(&mut v1_user, in_v1);
    for extension in &mut user_type.extensions {
        extension.required = demands.employee_number;
    }
    let mut group = ResourceSchema::group();
    if let Some(members) = attribute_mut(&mut group.base, "members")
        && members.sub_attribute("display").is_none()
    {
        members.sub_attributes.push(Attribute {
            name: "display".to_owned(),
            description: "The name of the member, for people.".to_owned(),
            mutability: Mutability::ReadOnly,
            ..Attribute::default()
        });
    }
    vec![
        Kind {
            resource_type: user_type,
            schema: user,
            v1: Some(v1_user),
        },
        Kind {
            resource_type: ResourceType::group(),
            schema: group,
            v1: Some(ResourceSchema::v1_group()),
        },
        asset::kind(),
        of_okta(
            "Role",
            "/Roles",
            ROLE_URN,
            "A role that a user can have.",
            false,
        ),
        of_okta(
            "Entitlement",
            "/Entitlements",
            ENTITLEMENT_URN,
            "An entitlement that a user can have.",
            true,
        ),
    ]
}

/// Adds the extension that only this server has, where it is switched on.
pub(super) fn extend(kinds: &mut [Kind], switches: &Switches) {
    if let (Some(schema), Some(user)) = (extension::own(switches), kinds.get_mut(USER)) {
        user.resource_type.extensions.push(Extension {
            schema: schema.id.clone(),
            required: false,
        });
        user.schema.extensions.push((schema, false));
    }
}

/// Gives users a number, for what goes wrong with numbers only.
pub(super) fn number(kinds: &mut [Kind]) {
    let extension = kinds
        .get_mut(USER)
        .and_then(|user| user.schema.extensions.first_mut());
    if let Some((schema, _)) = extension {
        schema.attributes.push(Attribute {
            name: "seatNumber".to_owned(),
            kind: crate::scim::schema::Kind::Integer,
            description: "The number of the seat.".to_owned(),
            ..Attribute::default()
        });
    }
}

fn attribute_mut<'a>(schema: &'a mut Schema, name: &str) -> Option<&'a mut Attribute> {
    schema
        .attributes
        .iter_mut()
        .find(|attribute| attribute.is_named(name))
}

fn demand(schema: &mut ResourceSchema, demands: Demands) {
    if demands.name_and_email {
        for name in ["name", "emails"] {
            if let Some(attribute) = attribute_mut(&mut schema.base, name) {
                attribute.required = true;
                for sub in &mut attribute.sub_attributes {
                    sub.required = ["givenName", "familyName", "value"]
                        .iter()
                        .any(|wanted| sub.is_named(wanted));
                }
            }
        }
    }
    if demands.employee_number {
        for (extension, required) in &mut schema.extensions {
            *required = true;
            if let Some(attribute) = attribute_mut(extension, "employeeNumber") {
                attribute.required = true;
            }
        }
    }
}

fn of_okta(name: &str, endpoint: &str, urn: &str, description: &str, typed: bool) -> Kind {
    let string = |name: &str, required: bool, description: &str| Attribute {
        name: name.to_owned(),
        required,
        description: description.to_owned(),
        ..Attribute::default()
    };
    let mut attributes = vec![
        string("displayName", true, "The name, for people."),
        string(
            "description",
            false,
            "What it is for, in at most 1000 characters.",
        ),
    ];
    if typed {
        attributes.push(string("type", true, "The name of its resource type."));
    }
    let schema = Schema {
        id: urn.to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
        attributes,
    };
    Kind {
        resource_type: ResourceType {
            id: Some(name.to_owned()),
            name: name.to_owned(),
            description: description.to_owned(),
            endpoint: endpoint.to_owned(),
            schema: urn.to_owned(),
            extensions: Vec::<Extension>::new(),
        },
        schema: ResourceSchema {
            base: schema,
            extensions: Vec::new(),
        },
        v1: None,
    }
}

/// All schemas that resources use, each once, then those of discovery (RFC 7643 §7: each is published).
pub(super) fn schemas(kinds: &[Kind]) -> Vec<&Schema> {
    use crate::scim::schema::core;
    let mut all: Vec<&Schema> = kinds.iter().map(|kind| &kind.schema.base).collect();
    let extensions = kinds
        .iter()
        .flat_map(|kind| kind.schema.extensions.iter().map(|(schema, _)| schema));
    for extension in extensions {
        // Several types may have one.
        if all.iter().all(|known| known.id != extension.id) {
            all.push(extension);
        }
    }
    all.extend([
        core::service_provider_config(),
        core::resource_type(),
        core::schema(),
    ]);
    all
}

/// SCIM 1.1's representation of a schema (core schema §10).
pub(super) fn v1_schema(kind: &Kind) -> Option<Value> {
    let schema = kind.v1.as_ref()?;
    let base = schema
        .base
        .attributes
        .iter()
        .map(|attribute| v1_attribute(attribute, urn::v1::CORE));
    let extensions = schema.extensions.iter().flat_map(|(extension, _)| {
        extension
            .attributes
            .iter()
            .map(|attribute| v1_attribute(attribute, urn::v1::ENTERPRISE))
    });
    let name = &kind.resource_type.name;
    Some(json!({
        "id": format!("{}:{name}", urn::v1::CORE),
        "name": name,
        "description": kind.resource_type.description,
        "schema": urn::v1::CORE,
        "endpoint": kind.resource_type.endpoint,
        "attributes": base.chain(extensions).collect::<Vec<_>>(),
    }))
}

fn v1_attribute(attribute: &Attribute, urn: &str) -> Value {
    use crate::scim::schema::Kind as Type;
    let kind = match attribute.kind {
        Type::Reference => Type::String.word(),
        other => other.word(),
    };
    let mut json = json!({
        "name": attribute.name,
        "type": kind,
        "multiValued": attribute.multi_valued,
        "description": attribute.description,
        "schema": urn,
        "readOnly": attribute.mutability == Mutability::ReadOnly,
        "required": attribute.required,
        "caseExact": attribute.case_exact,
    });
    if let Some(members) = json.as_object_mut() {
        if attribute.multi_valued {
            let child = attribute.name.strip_suffix('s').unwrap_or(&attribute.name);
            members.insert("multiValuedAttributeChildName".to_owned(), child.into());
        }
        if attribute.is_complex() {
            let subs = attribute
                .sub_attributes
                .iter()
                .map(|sub| v1_attribute(sub, urn));
            members.insert("subAttributes".to_owned(), subs.collect());
        }
    }
    json
}
