//! Okta's mapping of a user's profile to SCIM attributes, and what a change of it changes in a representation.

use serde_json::{Map, Value, json};

use super::user::User;
use crate::suite::Dialect;

/// The schema of a user.
pub(super) const fn user_schema(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::V2 => "urn:ietf:params:scim:schemas:core:2.0:User",
        Dialect::V1 => "urn:scim:schemas:core:1.0",
    }
}

/// The enterprise extension.
const fn enterprise(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::V2 => "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        Dialect::V1 => "urn:scim:schemas:extension:enterprise:1.0",
    }
}

/// Attributes that go over as they are.
const PLAIN: [(&str, &str); 7] = [
    ("nickName", "nickName"),
    ("profileUrl", "profileUrl"),
    ("title", "title"),
    ("userType", "userType"),
    ("preferredLanguage", "preferredLanguage"),
    ("locale", "locale"),
    ("timezone", "timezone"),
];
/// The parts of a name.
const NAME: [(&str, &str); 5] = [
    ("firstName", "givenName"),
    ("middleName", "middleName"),
    ("lastName", "familyName"),
    ("honorificPrefix", "honorificPrefix"),
    ("honorificSuffix", "honorificSuffix"),
];
/// The parts of an address.
const ADDRESS: [(&str, &str); 5] = [
    ("streetAddress", "streetAddress"),
    ("city", "locality"),
    ("state", "region"),
    ("zipCode", "postalCode"),
    ("countryCode", "country"),
];
/// Attributes of the enterprise extension.
const ENTERPRISE: [(&str, &str); 5] = [
    ("employeeNumber", "employeeNumber"),
    ("costCenter", "costCenter"),
    ("organization", "organization"),
    ("division", "division"),
    ("department", "department"),
];

/// A user's attributes as the app gets them.
pub(super) fn attributes(user: &User, dialect: Dialect) -> Map<String, Value> {
    let texts = |table: &[(&str, &str)]| {
        let given = table
            .iter()
            .filter_map(|(own, theirs)| Some(((*theirs).to_owned(), user.text(own)?.into())));
        given.collect::<Map<String, Value>>()
    };
    let mut to = Map::new();
    to.insert("userName".into(), json!(user.text("login")));
    to.insert("name".into(), Value::Object(texts(&NAME)));
    to.insert("emails".into(), emails(user.text("email"), "work"));
    let display_name = user.text("displayName").map_or_else(
        || {
            let names = [user.text("firstName"), user.text("lastName")];
            names.into_iter().flatten().collect::<Vec<_>>().join(" ")
        },
        str::to_owned,
    );
    to.insert("displayName".into(), display_name.into());
    let locale = match dialect {
        Dialect::V2 => "en-US",
        Dialect::V1 => "en_US",
    };
    to.insert("locale".into(), locale.into());
    to.extend(texts(&PLAIN));
    let phones = [("primaryPhone", "work"), ("mobilePhone", "mobile")];
    let phones: Vec<Value> = phones
        .iter()
        .filter_map(|(own, kind)| Some((user.text(own)?, kind)))
        .enumerate()
        .map(
            |(place, (value, kind))| json!({ "primary": place == 0, "value": value, "type": kind }),
        )
        .collect();
    if !phones.is_empty() {
        to.insert("phoneNumbers".into(), phones.into());
    }
    let mut address = texts(&ADDRESS);
    if !address.is_empty() {
        address.insert("type".into(), "work".into());
        address.insert("primary".into(), true.into());
        to.insert("addresses".into(), json!([address]));
    }
    let extension = texts(&ENTERPRISE);
    if !extension.is_empty() {
        to.insert(enterprise(dialect).into(), Value::Object(extension));
    }
    to
}

fn emails(address: Option<&str>, kind: &str) -> Value {
    match address {
        Some(address) => json!([{ "primary": true, "value": address, "type": kind }]),
        None => json!([]),
    }
}

/// What an assignment says of the person in place of the mapping: the app's own user name, and names and address.
pub(super) fn assigned(attributes: &mut Map<String, Value>, body: &Map<String, Value>) {
    let text = |of: &Value, name: &str| {
        let text = of.get(name)?.as_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    };
    let at = |name: &str| body.get(name).unwrap_or(&Value::Null);
    if let Some(name) = text(at("credentials"), "userName") {
        attributes.insert("userName".into(), name.into());
    }
    let profile = at("profile");
    let display_name = text(profile, "displayName");
    if let Some(Value::Object(name)) = attributes.get_mut("name") {
        for (_, theirs) in NAME {
            if let Some(given) = text(profile, theirs) {
                name.insert(theirs.into(), given.into());
            }
        }
        let parts = ["givenName", "familyName"].map(|part| name.get(part).and_then(Value::as_str));
        let whole = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let named = display_name.is_some() || profile_names(profile);
        if named {
            attributes.insert("displayName".into(), display_name.unwrap_or(whole).into());
        }
    }
    if let Some(address) = text(profile, "email") {
        let kind = text(profile, "emailType").unwrap_or_else(|| "work".to_owned());
        attributes.insert("emails".into(), emails(Some(&address), &kind));
    }
    for (_, theirs) in PLAIN {
        if let Some(given) = text(profile, theirs) {
            attributes.insert(theirs.into(), given.into());
        }
    }
}

fn profile_names(profile: &Value) -> bool {
    NAME.iter().any(|(_, theirs)| profile.get(theirs).is_some())
}

/// What is to be sent when a mapped profile becomes another one: the attributes that differ, `null` for those that are
/// gone.
pub(super) fn changes(
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Map<String, Value> {
    let gone = before
        .keys()
        .filter(|name| !after.contains_key(*name))
        .map(|name| (name.clone(), Value::Null));
    after
        .iter()
        .filter(|(name, value)| before.get(*name) != Some(value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .chain(gone)
        .collect()
}

/// Puts attributes over a representation: objects are merged, since the server may know parts of them that Okta does
/// not; everything else is replaced; `null` takes an attribute away.
pub(super) fn overlay(onto: &mut Map<String, Value>, attributes: &Map<String, Value>) {
    for (name, value) in attributes {
        match (value, onto.get_mut(name)) {
            (Value::Null, _) => {
                onto.remove(name);
            }
            (Value::Object(parts), Some(Value::Object(known))) => {
                known.extend(parts.clone());
            }
            _ => {
                onto.insert(name.clone(), value.clone());
            }
        }
    }
}

/// The URNs that a resource with these attributes is of.
pub(super) fn schemas(attributes: &Map<String, Value>, dialect: Dialect) -> Vec<&'static str> {
    let extension = enterprise(dialect);
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

    #[test]
    fn what_the_server_knows_more_stays_and_what_is_gone_goes() {
        let object = |value: Value| value.as_object().unwrap().clone();
        let before = object(
            json!({ "title": "Engineer", "name": { "givenName": "Ada" }, "locale": "en-US" }),
        );
        let after = object(json!({ "name": { "givenName": "Grace" }, "locale": "en-US" }));
        let changes = changes(&before, &after);
        assert_eq!(
            Value::Object(changes.clone()),
            json!({ "name": { "givenName": "Grace" }, "title": null })
        );
        let mut read = object(json!({
            "id": "7", "title": "Engineer", "name": { "givenName": "Ada", "formatted": "Ada L" }, "meta": {}
        }));
        overlay(&mut read, &changes);
        assert_eq!(
            Value::Object(read),
            json!({ "id": "7", "name": { "givenName": "Grace", "formatted": "Ada L" }, "meta": {} })
        );
    }
}
