//! Values that a create, replace or modify takes wrongly.

use serde_json::{Map, Value};

use super::clients::text;
use crate::scim::error::{ScimError, ScimType};
use crate::scim::path::PatchPath;
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Attribute, Kind};
use crate::scim::urn;
use crate::server::fault::{Defect, Switches};

fn refused(detail: &str) -> ScimError {
    ScimError::new(ScimType::InvalidValue, detail)
}

impl Switches {
    /// Whether a create or replace with these values is taken.
    ///
    /// # Errors
    /// The one that is not.
    pub(in crate::server) fn takes_values(
        &self,
        schema: &ResourceSchema,
        body: &Value,
    ) -> Result<(), ScimError> {
        let has = |defect| self.has(defect);
        let members = body.as_object().into_iter().flatten();
        let crashes = has(Defect::EmptyTextAnswers500)
            && members.clone().any(|(_, value)| value.as_str() == Some(""))
            || has(Defect::UnknownMemberAnswers500)
                && body
                    .get("members")
                    .is_some_and(|members| members.to_string().contains("00000000-0000-4000-8000"));
        if crashes {
            return Err(ScimError::status(500, "This went wrong."));
        }
        let first = members.clone().next().map(|(name, _)| name.as_str());
        let unpadded = |attribute: &Attribute| {
            attribute.kind == Kind::Binary
                && body
                    .get(&attribute.name)
                    .and_then(Value::as_str)
                    .is_some_and(|text| text.len() % 4 != 0)
        };
        let lacks = |name: &str| body.get(name).is_none();
        if has(Defect::SchemasMustComeFirst) && first != Some("schemas")
            || has(Defect::UnpaddedBinaryRefused) && schema.base.attributes.iter().any(unpadded)
            || has(Defect::RequiredLeftOut)
                && schema.top_attribute("manual").is_some()
                && lacks("manual")
            || has(Defect::ExternalIdRequired) && schema.is_base(urn::USER) && lacks("externalId")
        {
            return Err(refused("This is not taken."));
        }
        Ok(())
    }

    /// Whether a change of what can only be written is taken.
    ///
    /// # Errors
    /// `mutability`.
    pub(in crate::server) fn takes_secrets(&self, body: &Value) -> Result<(), ScimError> {
        let said = body.to_string();
        let secret = ["password", "unlockCode"]
            .iter()
            .any(|name| said.contains(name));
        if secret && self.has(Defect::WriteOnlyRefusedLater) {
            let detail = "What can only be written is written once.";
            return Err(ScimError::new(ScimType::Mutability, detail));
        }
        Ok(())
    }

    /// A create or replace as it is taken.
    pub(in crate::server) fn values_as_meant(
        &self,
        schema: &ResourceSchema,
        body: &Value,
    ) -> Value {
        let has = |defect| self.has(defect);
        let mut body = body.clone();
        let Some(members) = body.as_object_mut() else {
            return body;
        };
        if has(Defect::SchemasNotRequired) && !members.contains_key("schemas") {
            let urns = vec![Value::from(schema.base.id.as_str())];
            members.insert("schemas".to_owned(), urns.into());
        }
        if has(Defect::NullAsText) {
            for attribute in schema
                .top()
                .filter(|a| a.kind == Kind::String && !a.multi_valued)
            {
                if let Some(value) = members
                    .get_mut(&attribute.name)
                    .filter(|value| value.is_null())
                {
                    *value = "null".into();
                }
            }
        }
        if has(Defect::ValueMustComeFirst) {
            let emails = members.get_mut("emails").and_then(Value::as_array_mut);
            for email in emails
                .into_iter()
                .flatten()
                .filter_map(Value::as_object_mut)
            {
                if email.keys().next().is_some_and(|name| name != "value") {
                    email.shift_remove("type");
                }
            }
        }
        if has(Defect::ExtensionReadFromTop)
            && let Some(number) = members.get("employeeNumber").cloned()
        {
            let urns = members.get_mut("schemas").and_then(Value::as_array_mut);
            if let Some(urns) = urns.filter(|urns| urns.len() == 1) {
                urns.push(urn::ENTERPRISE_USER.into());
            }
            let inner = members
                .entry(urn::ENTERPRISE_USER)
                .or_insert_with(|| Map::new().into());
            if let Some(inner) = inner.as_object_mut() {
                inner.insert("employeeNumber".to_owned(), number);
            }
        }
        body
    }

    /// A replace as a server takes it that does not see what is assigned to nothing.
    pub(in crate::server) fn keeps_old(&self, whole: &Value, body: &Value) -> Value {
        let mut body = body.clone();
        for (name, value) in body.as_object_mut().into_iter().flatten() {
            let kept = value.is_null() && self.has(Defect::NullKeepsOld)
                || value.as_array().is_some_and(Vec::is_empty)
                    && self.has(Defect::EmptyArrayKeepsOld);
            if let (true, Some(old)) = (kept, whole.get(name)) {
                *value = old.clone();
            }
        }
        body
    }

    /// A PATCH as it is taken.
    ///
    /// # Errors
    /// `invalidPath`.
    pub(in crate::server) fn values_of_patch(
        &self,
        schema: &ResourceSchema,
        whole: &Value,
        body: &Value,
    ) -> Result<Value, ScimError> {
        let mut body = body.clone();
        let operations = body.get_mut("Operations").and_then(Value::as_array_mut);
        for operation in operations.into_iter().flatten() {
            let path = text(operation, "path").to_owned();
            if self.has(Defect::PatchNamesHeedCase) {
                let parsed = PatchPath::parse(&path).ok();
                let found = parsed.as_ref().and_then(|parsed| {
                    let found = schema.find(&parsed.attribute)?;
                    Some(found.path.name == parsed.attribute.name)
                });
                if found == Some(false) {
                    let detail = format!("There is no attribute {path}.");
                    return Err(ScimError::new(ScimType::InvalidPath, detail));
                }
                let value = operation.get_mut("value").and_then(Value::as_object_mut);
                if let (true, Some(value)) = (path.is_empty(), value) {
                    value.retain(|name, _| {
                        schema
                            .top_attribute(name)
                            .is_none_or(|known| known.name == *name)
                    });
                }
            }
            let old = whole.get(&path).cloned();
            let value = operation.get_mut("value");
            if let (true, Some(value), Some(old)) =
                (self.has(Defect::PatchNullKeepsOld), value, old)
                && (value.is_null() || value.as_array().is_some_and(Vec::is_empty))
            {
                *value = old;
            }
        }
        Ok(body)
    }

    /// What becomes of values when they are stored.
    pub(in crate::server) fn mangle(
        &self,
        schema: &ResourceSchema,
        attributes: &mut Map<String, Value>,
    ) {
        for attribute in schema.top() {
            self.mangle_member(attribute, attributes);
        }
        for (extension, _) in &schema.extensions {
            let inner = attributes
                .get_mut(&extension.id)
                .and_then(Value::as_object_mut);
            if let Some(inner) = inner {
                for attribute in &extension.attributes {
                    self.mangle_member(attribute, inner);
                }
            }
        }
        self.mangle_places(schema, attributes);
    }

    fn mangle_places(&self, schema: &ResourceSchema, attributes: &mut Map<String, Value>) {
        let has = |defect| self.has(defect);
        if has(Defect::ExternalIdOfUsersOnly) && !schema.is_base(urn::USER) {
            attributes.shift_remove("externalId");
        }
        if has(Defect::ExternalIdInvented) {
            let name = attributes.get("userName").cloned();
            if let Some(name) = name {
                attributes.entry("externalId").or_insert(name);
            }
        }
        if has(Defect::CanonicalValuesClosed)
            && let Some(value) = attributes.get_mut("userType")
            && !matches!(value.as_str(), Some("Employee" | "Contractor"))
        {
            *value = "Employee".into();
        }
        if has(Defect::CaseExactFolded)
            && let Some(value) = attributes.get_mut("inventoryNumber")
            && let Some(text) = value.as_str().map(str::to_uppercase)
        {
            *value = text.into();
        }
        let lists = ["emails", "contacts"];
        for name in lists {
            if let Some(values) = attributes.get_mut(name).and_then(Value::as_array_mut) {
                self.mangle_values(values);
            }
        }
        if has(Defect::PartsLeftOut) {
            let values = attributes.get_mut("ims").and_then(Value::as_array_mut);
            for value in values
                .into_iter()
                .flatten()
                .filter_map(Value::as_object_mut)
            {
                value.retain(|name, _| name == "value");
            }
        }
    }

    fn mangle_values(&self, values: &mut Vec<Value>) {
        let has = |defect| self.has(defect);
        let is_primary = |value: &Value| value.get("primary") == Some(&Value::Bool(true));
        if has(Defect::AllPrimary) && values.iter().any(is_primary)
            || has(Defect::PrimaryInvented) && !values.iter().any(is_primary)
        {
            let count = if has(Defect::AllPrimary) {
                values.len()
            } else {
                1
            };
            for value in values
                .iter_mut()
                .take(count)
                .filter_map(Value::as_object_mut)
            {
                value.insert("primary".to_owned(), true.into());
            }
        }
        if has(Defect::AddressWithoutTag) {
            for value in values.iter_mut().filter_map(|value| value.get_mut("value")) {
                let text = value.as_str().unwrap_or_default();
                if let Some((local, domain)) = text.split_once('@') {
                    let bare = local.split('+').next().unwrap_or(local);
                    *value = format!("{bare}@{domain}").into();
                }
            }
        }
        if has(Defect::TypesOfOneValueMerged) {
            let mut known = Vec::new();
            values.retain(|value| {
                let value = value.get("value").cloned();
                let is_new = !known.contains(&value);
                known.push(value);
                is_new
            });
        }
        if has(Defect::CanonicalValueReplaced) {
            for kind in values.iter_mut().filter_map(|value| value.get_mut("type")) {
                if !matches!(
                    kind.as_str(),
                    Some("work" | "home" | "other" | "user" | "keeper")
                ) {
                    *kind = "other".into();
                }
            }
        }
    }

    fn mangle_member(&self, attribute: &Attribute, members: &mut Map<String, Value>) {
        let Some(value) = members.get_mut(&attribute.name) else {
            return;
        };
        match value {
            Value::Array(items) => {
                if self.has(Defect::LastValueOnly) && !attribute.is_complex() {
                    let last = items.pop();
                    items.clear();
                    items.extend(last);
                }
                for item in items {
                    self.mangle_one(attribute, item);
                }
            }
            one => self.mangle_one(attribute, one),
        }
        let gone = match members.get(&attribute.name) {
            Some(Value::Bool(false)) => self.has(Defect::FalseNotStored),
            Some(Value::Number(number)) => {
                self.has(Defect::ZeroNotStored) && number.as_i64() == Some(0)
            }
            _ => false,
        };
        if gone {
            members.shift_remove(&attribute.name);
        }
    }

    fn mangle_one(&self, attribute: &Attribute, value: &mut Value) {
        let has = |defect| self.has(defect);
        if let Value::Object(members) = value {
            for sub in &attribute.sub_attributes {
                self.mangle_member(sub, members);
            }
            if has(Defect::PartNotStored) {
                members.shift_remove("middleName");
                members.shift_remove("height");
            }
            return;
        }
        if has(Defect::DecimalRounded) && attribute.kind == Kind::Decimal {
            let whole = value.as_f64().map(f64::floor);
            *value = whole.map_or(Value::Null, Value::from);
            return;
        }
        let Some(text) = value.as_str() else { return };
        let changed = match attribute.kind {
            Kind::String if has(Defect::CutAtWideCharacter) => text
                .chars()
                .take_while(|c| u32::from(*c) <= 0xFFFF)
                .collect(),
            Kind::DateTime if has(Defect::OffsetDropped) => {
                let end = text.rfind(['+', '-']).filter(|at| *at > 10);
                end.map_or_else(
                    || text.to_owned(),
                    |end| format!("{}Z", text.get(..end).unwrap_or_default()),
                )
            }
            Kind::DateTime if has(Defect::DateWithoutTime) => {
                text.split('T').next().unwrap_or_default().to_owned()
            }
            Kind::Binary if has(Defect::BinaryInLowerCase) => text.to_lowercase(),
            Kind::Binary if has(Defect::BinaryCut) => text.chars().take(8).collect(),
            Kind::Reference if has(Defect::ReferenceInLowerCase) => text.to_lowercase(),
            _ => return,
        };
        *value = changed.into();
    }
}
