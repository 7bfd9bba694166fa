//! Values that are stored right and shown wrongly.

use serde_json::{Map, Value, json};

use crate::scim::datetime;
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Attribute, Kind};
use crate::scim::urn;
use crate::server::fault::{Choice, Defect, Switches};

impl Switches {
    /// Changes what is shown of a resource.
    pub(in crate::server) fn show(&self, schema: &ResourceSchema, shown: &mut Value) {
        let Some(members) = shown.as_object_mut() else {
            return;
        };
        let tops = schema
            .top()
            .filter(|top| !top.is_named("meta") && !top.is_named("id"));
        for attribute in tops {
            if let Some(value) = members.get_mut(&attribute.name) {
                self.show_attribute(attribute, value);
            }
        }
        for (extension, _) in &schema.extensions {
            let inner = members
                .get_mut(&extension.id)
                .and_then(Value::as_object_mut);
            let Some(inner) = inner else { continue };
            for attribute in &extension.attributes {
                if let Some(value) = inner.get_mut(&attribute.name) {
                    self.show_attribute(attribute, value);
                }
            }
        }
        self.show_references(members);
        self.show_schemas(schema, members);
        self.show_places(schema, members);
    }

    fn show_attribute(&self, attribute: &Attribute, value: &mut Value) {
        let has = |defect| self.has(defect);
        if let (true, Value::Array(items)) = (attribute.multi_valued, &mut *value) {
            for item in items.iter_mut() {
                self.show_value(attribute, item);
            }
            if let (true, false, Some(first)) = (
                has(Defect::FirstValueAsObject),
                attribute.is_complex(),
                items.first_mut(),
            ) {
                *first = json!({ "value": first.take() });
            }
            if let (true, [one]) = (has(Defect::OneValueWithoutArray), items.as_mut_slice()) {
                *value = one.take();
            }
            return;
        }
        self.show_value(attribute, value);
        if has(Defect::SingleValueInArray) && attribute.is_named("nickName") {
            *value = json!([value.take()]);
        }
        if has(Defect::SimpleValueAsObject) && attribute.is_named("title")
            || has(Defect::TypeLeftOut) && attribute.is_named("nickName")
        {
            *value = json!({ "value": value.take() });
        }
        if has(Defect::ComplexAsText) && attribute.is_complex() {
            *value = value.to_string().into();
        }
    }

    fn show_value(&self, attribute: &Attribute, value: &mut Value) {
        if let Value::Object(members) = value {
            for sub in &attribute.sub_attributes {
                if let Some(value) = members.get_mut(&sub.name) {
                    self.show_value(sub, value);
                }
            }
            return;
        }
        let has = |defect| self.has(defect);
        let text = value.as_str().map(str::to_owned);
        let instead = match (attribute.kind, text) {
            (Kind::String, Some(text)) if has(Defect::DigitsAsNumber) => {
                text.parse::<u64>().ok().map(Value::from)
            }
            (Kind::Boolean, _) if has(Defect::BooleanAsText) => Some(value.to_string().into()),
            (Kind::Integer, _) if has(Defect::IntegerAsText) => Some(value.to_string().into()),
            (Kind::Decimal, _) if has(Defect::DecimalAsText) => Some(value.to_string().into()),
            (Kind::DateTime, Some(text)) if has(Defect::DateAsNumber) => {
                datetime::parse(&text).map(|time| time.and_utc().timestamp().into())
            }
            (Kind::DateTime, Some(text)) if has(Defect::DateWithBlank) => {
                Some(text.replace('T', " ").into())
            }
            (Kind::Binary, Some(text)) if has(Defect::BinaryAsNumbers) => {
                Some(text.bytes().map(Value::from).collect())
            }
            (Kind::Reference, Some(text)) if has(Defect::ReferenceAsObject) => {
                Some(json!({ "href": text }))
            }
            (Kind::Reference, Some(text)) if has(Defect::ReferenceInBrackets) => {
                Some(format!("<{text}>").into())
            }
            _ => None,
        };
        if let Some(instead) = instead {
            *value = instead;
        }
    }

    /// `$ref` of members.
    fn show_references(&self, members: &mut Map<String, Value>) {
        let has = |defect| self.has(defect);
        let groups = members.get_mut("members").and_then(Value::as_array_mut);
        for member in groups.into_iter().flatten() {
            let id = member
                .get("value")
                .and_then(Value::as_str)
                .map(str::to_owned);
            let (Some(id), Some(Value::String(uri))) = (id, member.get_mut("$ref")) else {
                continue;
            };
            let path = uri.rsplit('/').take(2).collect::<Vec<_>>();
            let path = path.into_iter().rev().collect::<Vec<_>>().join("/");
            if self.chooses(Choice::RelativeReferences) {
                uri.clone_from(&path);
            }
            if has(Defect::ReferencesBroken) {
                *uri = format!("{uri}-gone/{id}");
            }
            if has(Defect::ReferencesRelativeToNothing) {
                *uri = format!("members/{path}");
            }
            if has(Defect::ReferencesNotHttp) {
                *uri = format!("ldap://directory/{id}");
            }
            if has(Defect::ReferencesNotCanonical) {
                *uri = uri.replacen("http://", "HTTP://", 1);
            }
        }
    }

    fn show_schemas(&self, schema: &ResourceSchema, members: &mut Map<String, Value>) {
        let Some(Value::Array(urns)) = members.get_mut("schemas") else {
            return;
        };
        let has = |defect| self.has(defect);
        if has(Defect::SchemasTwice) {
            urns.push(schema.base.id.to_uppercase().replace("URN:", "urn:").into());
            urns.push(schema.base.id.as_str().into());
        }
        if has(Defect::SchemasEmpty) {
            urns.clear();
        }
        if has(Defect::SchemasWithoutBase) && urns.len() > 1 {
            urns.retain(|urn| urn.as_str() != Some(schema.base.id.as_str()));
        }
        if has(Defect::SchemasOfMeta) {
            urns.push("urn:ietf:params:scim:schemas:core:2.0:Meta".into());
        }
    }

    /// Attributes that stand somewhere else than they should.
    fn show_places(&self, schema: &ResourceSchema, members: &mut Map<String, Value>) {
        let has = |defect| self.has(defect);
        if let (true, Some(value)) = (has(Defect::CoreUnderUrn), members.get("displayName")) {
            let value = value.clone();
            members.shift_remove("displayName");
            members.insert(schema.base.id.clone(), json!({ "displayName": value }));
        }
        if has(Defect::ExtensionAtTop) {
            let flat = members.shift_remove(urn::ENTERPRISE_USER);
            if let Some(Value::Object(inner)) = flat {
                members.extend(inner);
            }
        }
        if has(Defect::VersionAsNumber)
            && let Some(version) = members
                .get_mut("meta")
                .and_then(|meta| meta.get_mut("version"))
        {
            *version = 1.into();
        }
        let is_user = schema.is_base(urn::USER) && members.contains_key("meta");
        if has(Defect::UnassignedAsEmptyText) && is_user {
            members.entry("nickName").or_insert_with(|| "".into());
        }
    }
}
