//! A resource type that no RFC has: between them its attributes have all data types and characteristics of RFC 7643.

use serde_json::Value;

use super::kind::Kind;
use crate::scim::resource::{Extension, ResourceSchema, ResourceType};
use crate::scim::schema::Schema;

/// The resource type.
pub(super) fn kind() -> Kind {
    let base = read(include_str!("schemas/Asset.json"));
    let warranty = read(include_str!("schemas/Warranty.json"));
    Kind {
        resource_type: ResourceType {
            id: Some("Asset".to_owned()),
            name: "Asset".to_owned(),
            description: base.description.clone(),
            endpoint: "/Assets".to_owned(),
            schema: base.id.clone(),
            extensions: vec![Extension {
                schema: warranty.id.clone(),
                required: false,
            }],
        },
        schema: ResourceSchema {
            base,
            extensions: vec![(warranty, false)],
        },
        v1: None,
    }
}

fn read(text: &str) -> Schema {
    // The texts are part of the program: a test shows that each is a schema.
    let json: Value = serde_json::from_str(text).unwrap_or_default();
    Schema::from_json(&json).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::scim::schema::{Kind as Type, Mutability, Returned, Uniqueness};

    #[test]
    fn an_asset_has_each_type_and_characteristic() {
        let schema = kind().schema;
        let all = schema.walk();
        let seen = |word: &dyn Fn(&crate::scim::resource::Found<'_>) -> &'static str| {
            all.iter().map(word).collect::<BTreeSet<_>>()
        };
        let types = seen(&|found| found.attribute.kind.word());
        assert!(Type::ALL.iter().all(|word| types.contains(word.word())));
        let mutability = seen(&|found| found.attribute.mutability.word());
        assert!(
            Mutability::ALL
                .iter()
                .all(|word| mutability.contains(word.word()))
        );
        let returned = seen(&|found| found.attribute.returned.word());
        assert!(
            Returned::ALL
                .iter()
                .all(|word| returned.contains(word.word()))
        );
        let uniqueness = seen(&|found| found.attribute.uniqueness.word());
        assert!(uniqueness.contains(Uniqueness::Server.word()));
        assert!(all.iter().all(|found| found.attribute.unstated.is_empty()));
    }
}
