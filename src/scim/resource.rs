//! Resource types (RFC 7643 §6), and the schemas of one put together.

use serde_json::{Value, json};

use super::json::{flag, member, text};
use super::path::AttributePath;
use super::schema::{Attribute, Malformed, Schema, core};
use super::urn;

/// A resource type, as `/ResourceTypes` has it (RFC 7643 §6).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResourceType {
    /// The identifier; often the name.
    pub id: Option<String>,
    /// The name, such as `User`.
    pub name: String,
    /// For people.
    pub description: String,
    /// Where its resources are, below the base URL, as the server spells it.
    pub endpoint: String,
    /// The URN of its base schema.
    pub schema: String,
    /// The extensions that its resources may have.
    pub extensions: Vec<Extension>,
}

/// An extension of a resource type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The URN of its schema.
    pub schema: String,
    /// Whether each resource must have it.
    pub required: bool,
}

impl ResourceType {
    /// User with the enterprise extension, as RFC 7643 §8.6 shows it.
    pub fn user() -> Self {
        Self {
            id: Some("User".to_owned()),
            name: "User".to_owned(),
            description: "User Account".to_owned(),
            endpoint: "/Users".to_owned(),
            schema: urn::USER.to_owned(),
            extensions: vec![Extension {
                schema: urn::ENTERPRISE_USER.to_owned(),
                required: false,
            }],
        }
    }

    /// Group, as RFC 7643 §8.6 shows it.
    pub fn group() -> Self {
        Self {
            id: Some("Group".to_owned()),
            name: "Group".to_owned(),
            description: "Group".to_owned(),
            endpoint: "/Groups".to_owned(),
            schema: urn::GROUP.to_owned(),
            extensions: Vec::new(),
        }
    }

    /// Reads a resource type leniently.
    ///
    /// # Errors
    /// [`Malformed`] if it lacks the name, the endpoint or the schema.
    pub fn from_json(json: &Value) -> Result<Self, Malformed> {
        let needed = |name: &str| {
            text(json, name)
                .map(str::to_owned)
                .ok_or_else(|| Malformed(format!("a resource type needs `{name}`")))
        };
        let extensions = member(json, "schemaExtensions").and_then(Value::as_array);
        Ok(Self {
            id: text(json, "id").map(str::to_owned),
            name: needed("name")?,
            description: text(json, "description").unwrap_or_default().to_owned(),
            endpoint: needed("endpoint")?,
            schema: needed("schema")?,
            extensions: extensions
                .into_iter()
                .flatten()
                .filter_map(|item| {
                    let schema = text(item, "schema")?.to_owned();
                    Some(Extension {
                        schema,
                        required: flag(item, "required").unwrap_or(false),
                    })
                })
                .collect(),
        })
    }

    /// The resource type as `/ResourceTypes` gives it, without `meta`.
    pub fn to_json(&self) -> Value {
        let mut json = json!({
            "schemas": [urn::RESOURCE_TYPE],
            "id": self.id.as_deref().unwrap_or(&self.name),
            "name": self.name,
            "description": self.description,
            "endpoint": self.endpoint,
            "schema": self.schema,
        });
        if let (Some(members), false) = (json.as_object_mut(), self.extensions.is_empty()) {
            let extensions = self.extensions.iter().map(
                |extension| json!({ "schema": extension.schema, "required": extension.required }),
            );
            members.insert("schemaExtensions".to_owned(), extensions.collect());
        }
        json
    }
}

/// The schemas of a resource type put together: its base and its extensions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResourceSchema {
    /// The base schema.
    pub base: Schema,
    /// The extensions, each with whether it is required.
    pub extensions: Vec<(Schema, bool)>,
}

/// An attribute or sub-attribute, found in a resource's schemas.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<'a> {
    /// Its path: qualified by the URN if it is an extension's, with the names as the schema spells them.
    pub path: AttributePath,
    /// The attribute itself: the sub-attribute, if it is one.
    pub attribute: &'a Attribute,
    /// The attribute that it is a sub-attribute of.
    pub parent: Option<&'a Attribute>,
    /// The extension that it is of.
    pub extension: Option<&'a Schema>,
}

impl ResourceSchema {
    /// User with the enterprise extension.
    pub fn user() -> Self {
        Self {
            base: core::user().clone(),
            extensions: vec![(core::enterprise_user().clone(), false)],
        }
    }

    /// Group.
    pub fn group() -> Self {
        Self {
            base: core::group().clone(),
            extensions: Vec::new(),
        }
    }

    /// SCIM 1.1's User with its enterprise extension.
    pub fn v1_user() -> Self {
        Self {
            base: core::v1::user().clone(),
            extensions: vec![(core::v1::enterprise_user().clone(), false)],
        }
    }

    /// SCIM 1.1's Group.
    pub fn v1_group() -> Self {
        Self {
            base: core::v1::group().clone(),
            extensions: Vec::new(),
        }
    }

    /// The extension of a URN, in any case of letters.
    pub fn extension(&self, urn: &str) -> Option<&Schema> {
        self.extensions
            .iter()
            .map(|(schema, _)| schema)
            .find(|schema| schema.id.eq_ignore_ascii_case(urn))
    }

    /// The attributes that stand at the top of a resource: `id`, `externalId` and `meta` (as the base schema defines
    /// them, if it does), then the base schema's. Neither `schemas` nor the extensions.
    pub fn top(&self) -> impl Iterator<Item = &Attribute> {
        let common = core::common()
            .iter()
            .filter(|common| self.base.attribute(&common.name).is_none());
        let own = self
            .base
            .attributes
            .iter()
            .filter(|attribute| !attribute.is_named("schemas"));
        common.chain(own)
    }

    /// The attribute at the top of a resource of this name, `schemas` among them.
    pub fn top_attribute(&self, name: &str) -> Option<&Attribute> {
        if name.eq_ignore_ascii_case("schemas") {
            return Some(core::schemas_attribute());
        }
        self.base
            .attribute(name)
            .or_else(|| core::common().iter().find(|common| common.is_named(name)))
    }

    /// Each attribute and sub-attribute, with its path: the common ones, the base schema's, the extensions'. Without
    /// `schemas`, which is no attribute that a client may set to anything.
    pub fn walk(&self) -> Vec<Found<'_>> {
        let mut all = Vec::new();
        for attribute in self.top() {
            push(&mut all, None, attribute);
        }
        for (schema, _) in &self.extensions {
            for attribute in &schema.attributes {
                push(&mut all, Some(schema), attribute);
            }
        }
        all
    }

    /// The attribute that a path names. An attribute of an extension must be qualified by its URN (RFC 7644 §3.10).
    pub fn find(&self, path: &AttributePath) -> Option<Found<'_>> {
        let (extension, attribute) = match &path.schema {
            Some(urn) if !self.is_base(urn) => {
                let schema = self.extension(urn)?;
                (Some(schema), schema.attribute(&path.name)?)
            }
            _ => (None, self.top_attribute(&path.name)?),
        };
        let found = found(extension, attribute);
        match &path.sub {
            None => Some(found),
            Some(sub) => {
                let sub = attribute.sub_attribute(sub)?;
                Some(Found {
                    path: found.path.with_sub(&sub.name),
                    attribute: sub,
                    parent: Some(attribute),
                    ..found
                })
            }
        }
    }

    /// Whether a URN is the base schema's.
    pub fn is_base(&self, urn: &str) -> bool {
        self.base.id.eq_ignore_ascii_case(urn)
    }
}

fn found<'a>(extension: Option<&'a Schema>, attribute: &'a Attribute) -> Found<'a> {
    let schema = extension.map(|schema| schema.id.clone());
    let path = AttributePath {
        schema,
        name: attribute.name.clone(),
        sub: None,
    };
    Found {
        path,
        attribute,
        parent: None,
        extension,
    }
}

fn push<'a>(all: &mut Vec<Found<'a>>, extension: Option<&'a Schema>, attribute: &'a Attribute) {
    let top = found(extension, attribute);
    let subs = attribute.sub_attributes.iter().map(|sub| Found {
        path: top.path.with_sub(&sub.name),
        attribute: sub,
        parent: Some(attribute),
        extension,
    });
    let subs: Vec<_> = subs.collect();
    all.push(top);
    all.extend(subs);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_walk_names_each_attribute_once_and_finds_it_again() {
        for schema in [
            ResourceSchema::user(),
            ResourceSchema::group(),
            ResourceSchema::v1_user(),
        ] {
            let mut seen = std::collections::BTreeSet::new();
            for found in schema.walk() {
                assert!(
                    seen.insert(found.path.to_string().to_lowercase()),
                    "{} is there twice",
                    found.path
                );
                assert_eq!(schema.find(&found.path).as_ref(), Some(&found));
                let text = found.path.to_string();
                assert_eq!(AttributePath::parse(&text).as_ref(), Ok(&found.path));
            }
            for path in ["id", "externalId", "meta.lastmodified"] {
                assert!(seen.contains(&path.to_lowercase()), "{path}");
            }
        }
    }

    #[test]
    fn paths_are_found_in_any_case_with_their_urn() {
        let schema = ResourceSchema::user();
        let find = |path: &str| {
            schema
                .find(&AttributePath::parse(path).unwrap())
                .map(|found| found.path.to_string())
        };
        for (path, expected) in [
            ("USERNAME", Some("userName")),
            (
                "urn:IETF:params:scim:schemas:core:2.0:user:name.givenname",
                Some("name.givenName"),
            ),
            (
                "URN:ietf:params:scim:schemas:extension:enterprise:2.0:User:Manager.Value",
                Some("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value"),
            ),
            ("schemas", Some("schemas")),
            ("department", None),
            (
                "urn:ietf:params:scim:schemas:core:2.0:Group:displayName",
                None,
            ),
            ("name.none", None),
        ] {
            assert_eq!(find(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn resource_types_read_back_what_they_write() {
        for kind in [ResourceType::user(), ResourceType::group()] {
            assert_eq!(ResourceType::from_json(&kind.to_json()), Ok(kind));
        }
        assert!(ResourceType::from_json(&json!({ "name": "User" })).is_err());
        assert!(ResourceType::from_json(&json!(null)).is_err());
    }
}
