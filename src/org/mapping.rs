//! Okta's mapping of a user's profile to SCIM attributes, and what a change of it changes in a representation.

use serde_json::{Map, Value, json};

use super::user::User;
use crate::okta::profile::{PROFILE, Place, enterprise_schema, user_schema};
use crate::suite::Dialect;

/// A user's attributes as the app gets them.
pub(super) fn attributes(user: &User, dialect: Dialect) -> Map<String, Value> {
    let names = [user.text("firstName"), user.text("lastName")];
    let names: Vec<&str> = names.into_iter().flatten().collect();
    let names = names.join(" ");
    let otherwise = |variable| match (variable, dialect) {
        ("displayName", _) => Some(names.as_str()),
        ("locale", Dialect::V2) => Some("en-US"),
        ("locale", Dialect::V1) => Some("en_US"),
        _ => None,
    };
    let (mut to, mut extension) = (Map::new(), Map::new());
    for mapped in &PROFILE {
        let text = user.text(mapped.variable);
        if let Some(text) = text.or_else(|| otherwise(mapped.variable)) {
            let onto = if mapped.enterprise {
                &mut extension
            } else {
                &mut to
            };
            put(onto, mapped.place(dialect), text);
        }
    }
    if !extension.is_empty() {
        to.insert(enterprise_schema(dialect).into(), extension.into());
    }
    to
}

/// Puts a text in its place. Of the values of an attribute the first one is the primary one.
fn put(onto: &mut Map<String, Value>, place: Place, text: &str) {
    match place {
        Place::Whole(name) => {
            onto.insert(name.into(), text.into());
        }
        Place::Part(name, part) => {
            let whole = onto.entry(name).or_insert_with(|| json!({}));
            if let Some(whole) = whole.as_object_mut() {
                whole.insert(part.into(), text.into());
            }
        }
        Place::Value(name, kind) => {
            let values = onto.entry(name).or_insert_with(|| json!([]));
            if let Some(values) = values.as_array_mut() {
                let primary = values.is_empty();
                values.push(json!({ "primary": primary, "value": text, "type": kind }));
            }
        }
        Place::PartOfValue(name, kind, part) => {
            let values = onto
                .entry(name)
                .or_insert_with(|| json!([{ "type": kind, "primary": true }]));
            if let Some(Value::Object(first)) = values.get_mut(0) {
                first.insert(part.into(), text.into());
            }
        }
    }
}

/// What an assignment says of the person in place of the mapping: the app's own user name, names, address, and what the
/// app's profile has under SCIM's own names.
pub(super) fn assigned(
    attributes: &mut Map<String, Value>,
    body: &Map<String, Value>,
    dialect: Dialect,
) {
    let text = |of: &Value, name: &str| {
        let text = of.get(name)?.as_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    };
    let at = |name: &str| body.get(name).unwrap_or(&Value::Null);
    if let Some(name) = text(at("credentials"), "userName") {
        attributes.insert("userName".into(), name.into());
    }
    let profile = at("profile");
    let mut named = false;
    for mapped in &PROFILE {
        let place = mapped.place(dialect);
        let (Place::Whole(name) | Place::Part("name", name)) = place else {
            continue;
        };
        let Some(given) = text(profile, name).filter(|_| name != "userName") else {
            continue;
        };
        named |= matches!(place, Place::Part(..));
        if mapped.enterprise {
            let extension = attributes
                .entry(enterprise_schema(dialect))
                .or_insert_with(|| json!({}));
            if let Some(extension) = extension.as_object_mut() {
                put(extension, place, &given);
            }
        } else {
            put(attributes, place, &given);
        }
    }
    if named && text(profile, "displayName").is_none() {
        let name = attributes.get("name").unwrap_or(&Value::Null);
        let parts = ["givenName", "familyName"].map(|part| text(name, part));
        let whole: Vec<String> = parts.into_iter().flatten().collect();
        attributes.insert("displayName".into(), whole.join(" ").into());
    }
    if let Some(address) = text(profile, "email") {
        let kind = text(profile, "emailType").unwrap_or_else(|| "work".to_owned());
        let others = attributes.get("emails").and_then(Value::as_array);
        let others = others.into_iter().flatten();
        let others = others.filter(|other| {
            other.get("primary") != Some(&true.into()) && other.get("type") != Some(&json!(kind))
        });
        let first = json!({ "primary": true, "value": address, "type": kind });
        let emails: Vec<Value> = std::iter::once(first).chain(others.cloned()).collect();
        attributes.insert("emails".into(), emails.into());
    }
}

/// What is to be sent when a mapped profile becomes another one: the attributes, and the parts of them, that differ;
/// `null` for those that are gone.
pub(super) fn changes(
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Map<String, Value> {
    let mut changes = Map::new();
    for (name, value) in after {
        match (before.get(name), value) {
            (Some(known), value) if known == value => {}
            (Some(Value::Object(known)), Value::Object(parts)) => {
                changes.insert(name.clone(), self::changes(known, parts).into());
            }
            _ => {
                changes.insert(name.clone(), value.clone());
            }
        }
    }
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        changes.insert(name.clone(), Value::Null);
    }
    changes
}

/// Puts attributes over a representation: objects are merged, since the server may know parts of them that Okta does
/// not; everything else is replaced; `null` takes an attribute, or a part of one, away.
pub(super) fn overlay(onto: &mut Map<String, Value>, attributes: &Map<String, Value>) {
    for (name, value) in attributes {
        match value {
            Value::Null => {
                onto.remove(name);
            }
            Value::Object(parts) => {
                let known = onto.entry(name.clone()).or_insert(Value::Null);
                if !known.is_object() {
                    *known = json!({});
                }
                if let Some(known) = known.as_object_mut() {
                    overlay(known, parts);
                }
            }
            _ => {
                onto.insert(name.clone(), value.clone());
            }
        }
    }
}

/// The URNs that a resource with these attributes is of.
pub(super) fn schemas(attributes: &Map<String, Value>, dialect: Dialect) -> Vec<&'static str> {
    let extension = enterprise_schema(dialect);
    let mut schemas = vec![user_schema(dialect)];
    if attributes
        .get(extension)
        .is_some_and(|value| !value.is_null())
    {
        schemas.push(extension);
    }
    schemas
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::org::user::Status;

    fn object(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    fn user(profile: &Value) -> User {
        User {
            id: "00u".to_owned(),
            status: Status::Active,
            profile: object(profile),
            has_password: false,
            question: None,
            created: String::new(),
            activated: None,
            changed: String::new(),
            updated: String::new(),
            password_changed: None,
        }
    }

    #[test]
    fn each_attribute_of_the_profile_has_its_place() {
        let mut profile = Map::new();
        for mapped in &PROFILE {
            let text = format!("a {}", mapped.variable);
            profile.insert(mapped.variable.to_owned(), text.into());
        }
        let sent = attributes(&user(&profile.into()), Dialect::V1);
        assert_eq!(
            Value::Object(sent),
            json!({
                "userName": "a login",
                "name": {
                    "givenName": "a firstName", "familyName": "a lastName", "middleName": "a middleName",
                    "honorificPrefix": "a honorificPrefix", "honorificSuffix": "a honorificSuffix",
                },
                "emails": [
                    { "primary": true, "value": "a email", "type": "work" },
                    { "primary": false, "value": "a secondEmail", "type": "home" },
                ],
                "displayName": "a displayName",
                "title": "a title",
                "nickName": "a nickName",
                "profileUrl": "a profileUrl",
                "phoneNumbers": [
                    { "primary": true, "value": "a primaryPhone", "type": "work" },
                    { "primary": false, "value": "a mobilePhone", "type": "mobile" },
                ],
                "addresses": [{
                    "type": "work", "primary": true, "streetAddress": "a streetAddress", "locality": "a city",
                    "region": "a state", "postalCode": "a zipCode", "country": "a countryCode",
                    "formatted": "a postalAddress",
                }],
                "preferredLanguage": "a preferredLanguage",
                "locale": "a locale",
                "timezone": "a timezone",
                "userType": "a userType",
                "urn:scim:schemas:extension:enterprise:1.0": {
                    "employeeNumber": "a employeeNumber", "costCenter": "a costCenter",
                    "organization": "a organization", "division": "a division", "department": "a department",
                    "manager": { "managerId": "a managerId", "displayName": "a manager" },
                },
            })
        );
    }

    #[test]
    fn an_assignment_has_the_last_word() {
        let profile = json!({
            "login": "ada@example.com", "email": "ada@example.com", "secondEmail": "home@example.com",
            "firstName": "Ada", "lastName": "Byron", "title": "Countess",
        });
        let mut sent = attributes(&user(&profile), Dialect::V2);
        let body = json!({
            "credentials": { "userName": "ada" },
            "profile": { "familyName": "Lovelace", "email": "new@example.com", "department": "Engines", "userName": "x" },
        });
        assigned(&mut sent, &object(&body), Dialect::V2);
        assert_eq!(
            Value::Object(sent),
            json!({
                "userName": "ada",
                "name": { "givenName": "Ada", "familyName": "Lovelace" },
                "displayName": "Ada Lovelace",
                "locale": "en-US",
                "title": "Countess",
                "emails": [
                    { "primary": true, "value": "new@example.com", "type": "work" },
                    { "primary": false, "value": "home@example.com", "type": "home" },
                ],
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "Engines" },
            })
        );
    }

    #[test]
    fn what_the_server_knows_more_stays_and_what_is_gone_goes() {
        let before = object(&json!({
            "title": "Engineer", "name": { "givenName": "Ada", "middleName": "A" }, "locale": "en-US",
            "urn": { "department": "Engines", "manager": { "value": "1", "displayName": "B" } },
        }));
        let after = object(&json!({
            "name": { "givenName": "Grace" }, "locale": "en-US", "urn": { "manager": { "value": "1" } },
        }));
        let changes = changes(&before, &after);
        assert_eq!(
            Value::Object(changes.clone()),
            json!({
                "name": { "givenName": "Grace", "middleName": null }, "title": null,
                "urn": { "department": null, "manager": { "displayName": null } },
            })
        );
        let mut read = object(&json!({
            "id": "7", "title": "Engineer", "meta": {},
            "name": { "givenName": "Ada", "middleName": "A", "formatted": "Ada L" }, "urn": "of a wrong type",
        }));
        overlay(&mut read, &changes);
        assert_eq!(
            Value::Object(read),
            json!({
                "id": "7", "name": { "givenName": "Grace", "formatted": "Ada L" }, "meta": {}, "urn": { "manager": {} },
            })
        );
    }
}
