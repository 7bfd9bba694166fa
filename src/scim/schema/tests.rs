use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Kind, Mutability, Returned, Schema, Uniqueness, core};
use crate::scim::discovery::ServiceProviderConfig;
use crate::scim::json_schema;
use crate::scim::resource::{ResourceSchema, ResourceType};
use crate::scim::urn;

#[test]
fn the_embedded_schemas_are_those_of_rfc_7643() {
    for (schema, id, attributes) in [
        (core::user(), urn::USER, 21),
        (core::group(), urn::GROUP, 2),
        (core::enterprise_user(), urn::ENTERPRISE_USER, 6),
        (core::schema(), urn::SCHEMA, 4),
        (core::resource_type(), urn::RESOURCE_TYPE, 6),
        (
            core::service_provider_config(),
            urn::SERVICE_PROVIDER_CONFIG,
            8,
        ),
    ] {
        assert_eq!(
            (schema.id.as_str(), schema.attributes.len()),
            (id, attributes),
            "{}",
            schema.name
        );
        assert_eq!(
            Schema::from_json(&schema.to_json()).as_ref(),
            Ok(schema),
            "{}",
            schema.name
        );
    }
    let user = core::user();
    assert!(user.attribute("username").unwrap().required);
    assert_eq!(
        user.attribute("userName").unwrap().uniqueness,
        Uniqueness::Server
    );
    assert_eq!(
        user.attribute("password").unwrap().returned,
        Returned::Never
    );
    assert_eq!(
        user.attribute("emails")
            .unwrap()
            .sub_attribute("Primary")
            .unwrap()
            .kind,
        Kind::Boolean
    );
}

#[test]
fn the_schemas_of_scim_1_1_differ_as_they_should() {
    assert_eq!(
        (core::v1::user().id.as_str(), core::v1::group().id.as_str()),
        (urn::v1::CORE, urn::v1::CORE)
    );
    let manager = core::v1::enterprise_user().attribute("manager").unwrap();
    assert!(
        manager.sub_attribute("managerId").is_some() && manager.sub_attribute("$ref").is_none()
    );
}

#[test]
fn what_a_schema_leaves_out_has_its_default() {
    let json = json!({ "id": "urn:x:Y", "attributes": [
        { "name": "a" }, { "name": "b", "subAttributes": [{ "name": "c", "type": "REFERENCE" }] }, { "type": "string" }, 7,
    ] });
    let schema = Schema::from_json(&json).unwrap();
    assert_eq!((schema.name.as_str(), schema.attributes.len()), ("Y", 2));
    let a = schema.attribute("a").unwrap();
    assert_eq!(
        (a.kind, a.required, a.multi_valued, a.case_exact),
        (Kind::String, false, false, false)
    );
    assert_eq!(
        (a.mutability, a.returned, a.uniqueness),
        (Mutability::ReadWrite, Returned::Default, Uniqueness::None)
    );
    let b = schema.attribute("b").unwrap();
    assert_eq!(
        (b.kind, b.sub_attribute("c").unwrap().case_exact),
        (Kind::Complex, true)
    );
    assert!(Schema::from_json(&json!({ "name": "no id" })).is_err());
}

#[test]
fn a_schema_that_nests_without_end_is_cut() {
    let mut attribute = json!({ "name": "a" });
    for _ in 0..100 {
        attribute = json!({ "name": "a", "subAttributes": [attribute] });
    }
    let schema = Schema::from_json(&json!({ "id": "x", "attributes": [attribute] })).unwrap();
    let mut depth = 0;
    let mut level = schema.attributes.as_slice();
    while let [only] = level {
        depth += 1;
        level = &only.sub_attributes;
    }
    assert_eq!(depth, 4);
}

fn odd_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec!["complex", "string", "", "id", "userName", "urn:x:y"])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 5, |inner| {
        let name = prop::sample::select(vec![
            "id",
            "name",
            "type",
            "attributes",
            "subAttributes",
            "multiValued",
            "required",
            "endpoint",
            "schema",
            "schemaExtensions",
            "patch",
            "bulk",
            "supported",
            "filter",
            "authenticationSchemes",
            "pagination",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((name, inner), 0..8).prop_map(|all| all
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn no_json_of_a_server_makes_the_readers_panic(json in odd_json()) {
        let _ = ResourceType::from_json(&json);
        if let Ok(config) = ServiceProviderConfig::from_json(&json) {
            prop_assert_eq!(ServiceProviderConfig::from_json(&config.to_json()), Ok(config));
        }
        if let Ok(schema) = Schema::from_json(&json) {
            let whole = ResourceSchema { base: schema, extensions: Vec::new() };
            prop_assert!(jsonschema::draft202012::new(&json_schema::for_resource(&whole)).is_ok());
        }
    }
}
