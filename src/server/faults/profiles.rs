//! What becomes of the attributes of a user: values that are refused, lost, or turned into others.

use serde_json::{Map, Value, json};

use crate::scim::error::{ScimError, ScimType};
use crate::scim::resource::ResourceSchema;
use crate::scim::urn;
use crate::server::fault::{Defect, Switches};

const LOCALES: [&str; 6] = ["en-US", "de-DE", "fr-FR", "ja-JP", "pt-BR", "nl-NL"];

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn items<'a>(body: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    let list = body.get(name).and_then(Value::as_array);
    list.into_iter().flatten()
}

/// The types that RFC 7643 §8.7.1 has for the values of an attribute.
fn is_canonical(attribute: &str, kind: &str) -> bool {
    let known: &[&str] = match attribute {
        "emails" => &["work", "home", "other"],
        _ => &["work", "home", "mobile", "fax", "pager", "other"],
    };
    kind.is_empty() || known.contains(&kind)
}

fn odd_type(body: &Value) -> bool {
    let odd = |name: &str| items(body, name).any(|item| !is_canonical(name, text(item, "type")));
    odd("emails") || odd("phoneNumbers")
}

/// What becomes of a text.
type Change<'a> = &'a dyn Fn(&str) -> String;

impl Switches {
    /// What a create demands that it should not.
    ///
    /// # Errors
    /// What is missing.
    pub(super) fn demands(&self, schema: &ResourceSchema, body: &Value) -> Result<(), ScimError> {
        let lacks = |name: &str| body.get(name).is_none();
        let missing = schema.is_base(urn::USER)
            && (self.has(Defect::CreateDisplayNameDemanded) && lacks("displayName")
                || self.has(Defect::OptionalExtensionDemanded) && lacks(urn::ENTERPRISE_USER));
        if missing {
            return Err(ScimError::new(
                ScimType::InvalidValue,
                "A value is missing.",
            ));
        }
        Ok(())
    }

    /// Whether a create or replace with these values is taken.
    ///
    /// # Errors
    /// The one that is not.
    pub(super) fn takes_profile(&self, body: &Value) -> Result<(), ScimError> {
        let has = |defect| self.has(defect);
        let (locale, url, name) = (
            text(body, "locale"),
            text(body, "profileUrl"),
            text(body, "displayName"),
        );
        let kind = text(body, "userType");
        let displays = |list: &str| items(body, list).any(|item| item.get("display").is_some());
        let streets = |item: &Value| item.get("streetAddress").is_none();
        let certificate =
            items(body, "x509Certificates").any(|item| text(item, "value").len() > 800);
        let crashes = has(Defect::ProfileUrlCrashes) && !url.is_empty() && !url.contains("://")
            || has(Defect::LocaleUnderscoreCrashes) && locale.contains('_')
            || has(Defect::UnknownTypeCrashes) && odd_type(body)
            || has(Defect::CertificateChainCrashes) && certificate
            || has(Defect::InjectionCrashes) && name.contains("';")
            || has(Defect::NulCrashes) && name.contains('\0');
        if crashes {
            return Err(ScimError::status(500, "This went wrong."));
        }
        let refused = has(Defect::UserTypeRestricted)
            && !["", "Employee", "Contractor"].contains(&kind)
            || has(Defect::PreferredLanguageSingleTag)
                && text(body, "preferredLanguage").contains(',')
            || has(Defect::LocaleListedOnly) && !locale.is_empty() && !LOCALES.contains(&locale)
            || has(Defect::DisplayRefused) && (displays("emails") || displays("phoneNumbers"))
            || has(Defect::ImTypesRefused)
                && items(body, "ims").any(|im| matches!(text(im, "type"), "gtalk" | "qq"))
            || has(Defect::AddressStreetDemanded) && items(body, "addresses").any(streets)
            || has(Defect::CanonicalTypeRefused)
                && items(body, "emails").any(|email| text(email, "type") == "home");
        if refused {
            return Err(ScimError::new(
                ScimType::InvalidValue,
                "A value is not taken.",
            ));
        }
        Ok(())
    }

    /// A PUT as a server means it that does not miss the userName.
    pub(in crate::server) fn replaced_as_meant(&self, mut body: Value) -> Value {
        if self.has(Defect::ReplaceWithoutUserNameAccepted)
            && body
                .get("schemas")
                .is_some_and(|schemas| schemas.to_string().contains(urn::USER))
            && let Some(members) = body.as_object_mut()
        {
            members
                .entry("userName")
                .or_insert_with(|| "unnamed".into());
        }
        body
    }

    /// What is stored of the profile of a new user.
    pub(super) fn stores_profile(&self, user: &mut Map<String, Value>) {
        let has = |defect| self.has(defect);
        if has(Defect::CreateIgnoresActiveFalse) {
            user.insert("active".to_owned(), true.into());
        }
        if has(Defect::CreateDropsIms) {
            user.shift_remove("ims");
        }
        let rules: [(Defect, &str, Change<'_>); 5] = [
            (Defect::ProfileUrlTruncated, "profileUrl", &|url| {
                url.chars().take(24).collect()
            }),
            (Defect::TimezoneAsOffset, "timezone", &|_| {
                "+01:00".to_owned()
            }),
            (
                Defect::LocaleUnderscoreBecomesDefault,
                "locale",
                &|locale| {
                    if locale.contains('_') {
                        "en-US"
                    } else {
                        locale
                    }
                    .to_owned()
                },
            ),
            (Defect::NulEndsText, "displayName", &|name| {
                name.split('\0').next().unwrap_or_default().to_owned()
            }),
            (Defect::DisplayNameTrimsQuotes, "displayName", &|name| {
                name.replace(['\'', '"'], "")
            }),
        ];
        for (defect, name, change) in rules {
            if has(defect)
                && let Some(value) = user.get_mut(name)
            {
                change_text(value, change);
            }
        }
        self.stores_values(user);
    }

    fn stores_values(&self, user: &mut Map<String, Value>) {
        let has = |defect| self.has(defect);
        let rules: [(Defect, &str, &str, Change<'_>); 10] = [
            (Defect::EmailTagStripped, "emails", "value", &without_tag),
            (Defect::UnknownTypeBecomesOther, "emails", "type", &|kind| {
                if is_canonical("emails", kind) && kind != "home" {
                    kind
                } else {
                    "other"
                }
                .to_owned()
            }),
            (
                Defect::UnknownTypeBecomesOther,
                "phoneNumbers",
                "type",
                &|kind| {
                    if is_canonical("phoneNumbers", kind) {
                        kind
                    } else {
                        "other"
                    }
                    .to_owned()
                },
            ),
            (
                Defect::PhoneCountryDropped,
                "phoneNumbers",
                "value",
                &|number| number.replace("+1-", ""),
            ),
            (Defect::PhotoUrlRewritten, "photos", "value", &|url| {
                url.replace("photos.", "cdn.").to_lowercase()
            }),
            (Defect::PhotoTypesSwapped, "photos", "type", &|kind| {
                if kind == "photo" {
                    "thumbnail"
                } else {
                    "photo"
                }
                .to_owned()
            }),
            (
                Defect::AddressLinesJoined,
                "addresses",
                "formatted",
                &|lines| lines.replace('\n', " "),
            ),
            (
                Defect::AddressLinesJoined,
                "addresses",
                "streetAddress",
                &|lines| lines.replace('\n', " "),
            ),
            (
                Defect::CountrySpeltOut,
                "addresses",
                "country",
                &|country| {
                    if country == "US" {
                        "United States"
                    } else {
                        country
                    }
                    .to_owned()
                },
            ),
            (
                Defect::CertificateChainCut,
                "x509Certificates",
                "value",
                &|value| {
                    if value.len() > 800 {
                        &value[..432]
                    } else {
                        value
                    }
                    .to_owned()
                },
            ),
        ];
        for (defect, list, name, change) in rules {
            if !has(defect) {
                continue;
            }
            let values = user.get_mut(list).and_then(Value::as_array_mut);
            for value in values.into_iter().flatten() {
                if let Some(member) = value.get_mut(name) {
                    change_text(member, change);
                }
            }
        }
    }

    /// How the values of a user look.
    pub(super) fn dress_profile(&self, user: &mut Map<String, Value>) {
        if self.has(Defect::CertificateAsPem) {
            let values = user
                .get_mut("x509Certificates")
                .and_then(Value::as_array_mut);
            for value in values
                .into_iter()
                .flatten()
                .filter_map(|one| one.get_mut("value"))
            {
                change_text(value, &|bytes| {
                    format!("-----BEGIN CERTIFICATE-----\n{bytes}\n-----END CERTIFICATE-----")
                });
            }
        }
        if self.has(Defect::DisplayAsObject) {
            for name in ["emails", "phoneNumbers"] {
                let values = user.get_mut(name).and_then(Value::as_array_mut);
                for display in values
                    .into_iter()
                    .flatten()
                    .filter_map(|one| one.get_mut("display"))
                {
                    *display = json!({ "text": display.take() });
                }
            }
        }
    }
}

fn change_text(value: &mut Value, change: Change<'_>) {
    if let Some(text) = value.as_str().map(change) {
        *value = text.into();
    }
}

/// An e-mail address without what stands between the plus sign and the @.
fn without_tag(address: &str) -> String {
    match (address.split_once('+'), address.rsplit_once('@')) {
        (Some((local, _)), Some((_, domain))) => format!("{local}@{domain}"),
        _ => address.to_owned(),
    }
}
