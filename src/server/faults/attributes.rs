//! Single attributes of users that are refused, or become something else.

use serde_json::{Map, Value};

use crate::scim::error::{ScimError, ScimType};
use crate::scim::urn;
use crate::server::fault::{Choice, Defect, Switches};

/// The enterprise extension of either version.
fn enterprise(members: &Map<String, Value>) -> Option<&Value> {
    [urn::ENTERPRISE_USER, urn::v1::ENTERPRISE]
        .into_iter()
        .find_map(|urn| members.get(urn))
}

fn enterprise_mut(members: &mut Map<String, Value>) -> Option<&mut Map<String, Value>> {
    let urns = [urn::ENTERPRISE_USER, urn::v1::ENTERPRISE];
    let urn = urns.into_iter().find(|urn| members.contains_key(*urn))?;
    members.get_mut(urn)?.as_object_mut()
}

impl Switches {
    /// Whether a create or replace with these attributes is taken.
    ///
    /// # Errors
    /// The one that is not.
    pub(super) fn takes_attributes(&self, body: &Value) -> Result<(), ScimError> {
        let Some(members) = body.as_object() else {
            return Ok(());
        };
        if self.has(Defect::AttributePhoneNumbersRefused) && members.contains_key("phoneNumbers") {
            let detail = "There is no attribute phoneNumbers.";
            return Err(ScimError::new(ScimType::InvalidValue, detail));
        }
        self.takes_profile(body)?;
        self.takes_password(body)?;
        self.takes_members(body)?;
        let department = enterprise(members).and_then(|inner| inner.get("department"));
        if self.has(Defect::AttributeDepartmentAnswers500) && department.is_some() {
            return Err(ScimError::status(500, "This went wrong."));
        }
        Ok(())
    }

    /// What is stored of the attributes of a new user.
    pub(super) fn stores_attributes(&self, attributes: &mut Map<String, Value>) {
        let change = |value: Option<&mut Value>, change: &dyn Fn(&str) -> String| {
            if let Some(value) = value
                && let Some(text) = value.as_str().map(change)
            {
                *value = text.into();
            }
        };
        if self.chooses(Choice::NickNameInCapitals) {
            change(attributes.get_mut("nickName"), &str::to_uppercase);
        }
        if self.has(Defect::AttributeCostCenterPadded) {
            let extension = enterprise_mut(attributes);
            let value = extension.and_then(|inner| inner.get_mut("costCenter"));
            change(value, &|text| format!("00{text}"));
        }
    }

    /// What is stored of the attributes of a user that is replaced.
    pub(super) fn replaces_attributes(
        &self,
        current: &Map<String, Value>,
        attributes: &mut Map<String, Value>,
    ) {
        if self.has(Defect::AttributeEmailsNotReplaced)
            && let Some(emails) = current.get("emails")
        {
            attributes.insert("emails".to_owned(), emails.clone());
        }
        if self.has(Defect::AttributeCostCenterLost)
            && let Some(extension) = enterprise_mut(attributes)
        {
            extension.shift_remove("costCenter");
        }
    }
}
