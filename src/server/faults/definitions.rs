//! Schemas that are published wrongly: the resources themselves, and the definitions of attributes in them.

use serde_json::{Map, Value, json};

use super::bodies::each;
use crate::scim::urn;
use crate::server::answer::Answer;
use crate::server::call::Call;
use crate::server::extension;
use crate::server::fault::{Defect, Switches};
use crate::server::route::{Asked, Operation};

/// What becomes of a member of a definition.
enum Edit {
    /// It is left out.
    Gone,
    /// It is written as text.
    Text,
    /// It is in small letters.
    Small,
    /// It is this word.
    Word(&'static str),
    /// It is an array of itself.
    Listed,
}

/// Which definitions are changed.
enum At {
    /// All.
    All,
    /// Those of sub-attributes.
    Parts,
    /// Those of this name.
    Named(&'static str),
    /// Those that have a member with this value.
    With(&'static str, &'static str),
    /// The one of this name in the schema of this URN.
    In(&'static str, &'static str),
}

/// The edits: with the defect, at some definitions, a member becomes something else.
const EDITS: &[(Defect, At, &str, Edit)] = &[
    (
        Defect::DefinitionsWithoutName,
        At::Named("title"),
        "name",
        Edit::Gone,
    ),
    (
        Defect::SubDefinitionsWithoutName,
        At::Named("formatted"),
        "name",
        Edit::Gone,
    ),
    (
        Defect::DefinitionsTypeInCapitals,
        At::With("type", "string"),
        "type",
        Edit::Word("String"),
    ),
    (
        Defect::SubDefinitionsWithoutType,
        At::Parts,
        "type",
        Edit::Gone,
    ),
    (
        Defect::ComplexWithoutSubAttributes,
        At::With("type", "complex"),
        "subAttributes",
        Edit::Gone,
    ),
    (
        Defect::DefinitionsMultiValuedAsText,
        At::All,
        "multiValued",
        Edit::Text,
    ),
    (
        Defect::SubDefinitionsWithoutMultiValued,
        At::Parts,
        "multiValued",
        Edit::Gone,
    ),
    (
        Defect::DefinitionsWithoutDescription,
        At::All,
        "description",
        Edit::Gone,
    ),
    (
        Defect::DefinitionsDescriptionAsList,
        At::All,
        "description",
        Edit::Listed,
    ),
    (
        Defect::DefinitionsRequiredAsText,
        At::All,
        "required",
        Edit::Text,
    ),
    (
        Defect::DefinitionsWithoutRequired,
        At::All,
        "required",
        Edit::Gone,
    ),
    (
        Defect::DefinitionsCaseExactAsText,
        At::All,
        "caseExact",
        Edit::Text,
    ),
    (
        Defect::DefinitionsWithoutCaseExact,
        At::All,
        "caseExact",
        Edit::Gone,
    ),
    (
        Defect::DefinitionsMutabilityInLowerCase,
        At::All,
        "mutability",
        Edit::Small,
    ),
    (
        Defect::DefinitionsReturnedUnknown,
        At::With("returned", "default"),
        "returned",
        Edit::Word("onDefault"),
    ),
    (
        Defect::DefinitionsUniquenessUnknown,
        At::With("uniqueness", "server"),
        "uniqueness",
        Edit::Word("unique"),
    ),
    (
        Defect::WriteOnlyPublishedAsReturned,
        At::With("mutability", "writeOnly"),
        "returned",
        Edit::Word("default"),
    ),
    (
        Defect::UserSchemaActiveAsText,
        At::In(urn::USER, "active"),
        "type",
        Edit::Word("string"),
    ),
    (
        Defect::GroupSchemaMembersAsText,
        At::In(urn::GROUP, "members"),
        "type",
        Edit::Word("string"),
    ),
    (
        Defect::EnterpriseSchemaManagerAsText,
        At::In(urn::ENTERPRISE_USER, "manager"),
        "type",
        Edit::Word("string"),
    ),
    (
        Defect::ConfigSchemaDiffers,
        At::In(urn::SERVICE_PROVIDER_CONFIG, "maxOperations"),
        "type",
        Edit::Word("string"),
    ),
    (
        Defect::ResourceTypeSchemaDiffers,
        At::In(urn::RESOURCE_TYPE, "schemaExtensions"),
        "type",
        Edit::Word("string"),
    ),
    (
        Defect::SchemaSchemaDiffers,
        At::In(urn::SCHEMA, "caseExact"),
        "type",
        Edit::Word("string"),
    ),
    (
        Defect::ImmutableChanged,
        At::In(extension::URN, "number"),
        "mutability",
        Edit::Word("immutable"),
    ),
    (
        Defect::ImmutableDropped,
        At::In(extension::URN, "number"),
        "mutability",
        Edit::Word("immutable"),
    ),
    (
        Defect::RequestAttributeAlwaysReturned,
        At::In(extension::URN, "notes"),
        "returned",
        Edit::Word("request"),
    ),
    (
        Defect::RequestAttributeNeverReturned,
        At::In(extension::URN, "notes"),
        "returned",
        Edit::Word("request"),
    ),
];

/// Changes the schemas of an answer.
pub(super) fn alter(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    let published = matches!(asked.operation, Operation::Schemas | Operation::Schema);
    if asked.is_v1() || !published || !answer.is_success() {
        return;
    }
    each(answer, |schema| {
        whole(switches, call, schema);
        let id = schema.get("id").and_then(Value::as_str).map(str::to_owned);
        let id = id.unwrap_or_default();
        if let Some(attributes) = schema.get_mut("attributes").and_then(Value::as_array_mut) {
            if switches.has(Defect::DefinitionsListedTwice) {
                attributes.extend(attributes.first().cloned());
            }
            definitions(switches, &id, attributes, false);
        }
        if switches.has(Defect::SchemasAttributesAsObject)
            && let Some(attributes) = schema.get_mut("attributes")
        {
            by_name(attributes);
        }
    });
    if let Some(list) = answer.json_mut() {
        listed(switches, list);
    }
}

/// Changes a schema itself.
fn whole(switches: &Switches, call: &Call, schema: &mut Value) {
    let has = |defect| switches.has(defect);
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    let asked = call.parameter("attributes").unwrap_or_default();
    for (defect, name) in [
        (has(Defect::SchemasWithoutSchemas), "schemas"),
        (has(Defect::SchemasWithoutId), "id"),
        (
            has(Defect::SchemasAttributesDropId) && !asked.is_empty() && !asked.contains("id"),
            "id",
        ),
        (has(Defect::SchemasWithoutName), "name"),
        (has(Defect::SchemasWithoutDescription), "description"),
    ] {
        if defect {
            members.shift_remove(name);
        }
    }
    if has(Defect::SchemasNameAsObject)
        && let Some(name) = members.get_mut("name")
    {
        *name = json!({ "en": name.take() });
    }
    let id = members
        .get("id")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let other = match id {
        urn::GROUP if has(Defect::SchemaUrnMalformed) => "urn:ietf:params:scim:Group",
        "urn:okta:scim:schemas:core:1.0:Role" if has(Defect::SchemaUrnMadeUp) => {
            "urn:ietf:params:scim:schemas:core:2.0:Role"
        }
        _ => return,
    };
    members.insert("id".to_owned(), other.into());
}

fn listed(switches: &Switches, list: &mut Value) {
    let Some(schemas) = list.get_mut("Resources").and_then(Value::as_array_mut) else {
        return;
    };
    if switches.has(Defect::SchemasListedTwice) {
        schemas.extend(schemas.first().cloned());
    }
    if switches.has(Defect::SchemasCutShort) {
        schemas.truncate(1);
    }
    let mut total = schemas.len();
    if switches.has(Defect::SchemasTotalResultsWrong) {
        total += 10;
    }
    let counted = [
        Defect::SchemasListedTwice,
        Defect::SchemasCutShort,
        Defect::SchemasTotalResultsWrong,
    ];
    if let (true, Some(members)) = (
        counted.into_iter().any(|defect| switches.has(defect)),
        list.as_object_mut(),
    ) {
        members.insert("totalResults".to_owned(), total.into());
    }
}

fn definitions(switches: &Switches, schema: &str, all: &mut [Value], parts: bool) {
    for definition in all.iter_mut().filter_map(Value::as_object_mut) {
        one(switches, schema, definition, parts);
        if let Some(inner) = definition
            .get_mut("subAttributes")
            .and_then(Value::as_array_mut)
        {
            definitions(switches, schema, inner, true);
        }
        if switches.has(Defect::SubAttributesAsObject)
            && let Some(inner) = definition.get_mut("subAttributes")
        {
            by_name(inner);
        }
    }
}

fn one(switches: &Switches, schema: &str, definition: &mut Map<String, Value>, parts: bool) {
    let has = |defect| switches.has(defect);
    let is = |definition: &Map<String, Value>, member: &str, wanted: &str| {
        definition.get(member).and_then(Value::as_str) == Some(wanted)
    };
    let mut made = Vec::new();
    for (_, at, member, edit) in EDITS.iter().filter(|(defect, ..)| has(*defect)) {
        let applies = match at {
            At::All => true,
            At::Parts => parts,
            At::Named(name) => is(definition, "name", name),
            At::With(member, value) => is(definition, member, value),
            At::In(urn, name) => schema == *urn && is(definition, "name", name),
        };
        if applies && let Some(old) = definition.get(*member) {
            made.push((*member, edited(edit, old)));
        }
    }
    for (member, value) in made {
        match value {
            Some(value) => definition.insert(member.to_owned(), value),
            None => definition.shift_remove(member),
        };
    }
    let of_user = |name: &str| schema == urn::USER && !parts && is(definition, "name", name);
    let (name, emails, secret) = (of_user("userName"), of_user("emails"), of_user("password"));
    let member_id = schema == urn::GROUP && parts && is(definition, "name", "value");
    let texts = is(definition, "type", "string");
    let values = definition.get("canonicalValues").cloned();
    let words = values
        .as_ref()
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    for (applies, member, value) in [
        (
            has(Defect::UserSchemaUserNameOptional) && name,
            "required",
            json!(false),
        ),
        (
            has(Defect::UserSchemaUserNameCaseExact) && name,
            "caseExact",
            json!(true),
        ),
        (
            has(Defect::UserSchemaEmailsSingle) && emails,
            "multiValued",
            json!(false),
        ),
        (
            has(Defect::UserSchemaPasswordReadable) && secret,
            "mutability",
            json!("readWrite"),
        ),
        (
            has(Defect::RequiredMemberValueNotDemanded) && member_id,
            "required",
            json!(true),
        ),
        (
            has(Defect::ReferenceTypesOnStrings) && texts,
            "referenceTypes",
            json!(["uri"]),
        ),
        (
            has(Defect::ReferenceTypesUnknown) && definition.contains_key("referenceTypes"),
            "referenceTypes",
            json!(["Users"]),
        ),
        (
            has(Defect::CanonicalValuesAsObjects) && values.is_some(),
            "canonicalValues",
            words.clone().map(|word| json!({ "value": word })).collect(),
        ),
        (
            has(Defect::CanonicalValuesAsText) && values.is_some(),
            "canonicalValues",
            words
                .filter_map(Value::as_str)
                .collect::<Vec<_>>()
                .join(",")
                .into(),
        ),
    ] {
        if applies {
            definition.insert(member.to_owned(), value);
        }
    }
}

fn edited(edit: &Edit, old: &Value) -> Option<Value> {
    let text = || old.as_str().map_or_else(|| old.to_string(), str::to_owned);
    match edit {
        Edit::Gone => None,
        Edit::Text => Some(text().into()),
        Edit::Small => Some(text().to_lowercase().into()),
        Edit::Word(word) => Some((*word).into()),
        Edit::Listed => Some(json!([old])),
    }
}

/// An array of definitions as an object that has them by their names.
fn by_name(all: &mut Value) {
    let items = all.as_array().into_iter().flatten();
    let named =
        items.filter_map(|item| Some((item.get("name")?.as_str()?.to_owned(), item.clone())));
    *all = Value::Object(named.collect());
}
