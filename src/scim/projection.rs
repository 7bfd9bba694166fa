//! Which attributes a response holds (RFC 7644 §3.9).

use serde_json::{Map, Value};

use super::error::{ScimError, ScimType};
use super::path::AttributePath;
use super::resource::ResourceSchema;
use super::schema::{Attribute, Returned, Schema};

/// What a request asks for with `attributes` or `excludedAttributes`. Names that there aren't are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Projection {
    /// Only these (and what is always returned); empty for the default.
    pub attributes: Vec<String>,
    /// The default without these.
    pub excluded: Vec<String>,
    /// What the request itself wrote: of what is returned on request, its answer has this (RFC 7643 §7).
    pub written: Vec<String>,
}

impl Projection {
    /// From the query parameters: lists with commas.
    ///
    /// # Errors
    /// `invalidValue` for both together, as they exclude each other.
    pub fn parse(attributes: Option<&str>, excluded: Option<&str>) -> Result<Self, ScimError> {
        let list = |text: Option<&str>| -> Vec<String> {
            let names = text.unwrap_or_default().split(',').map(str::trim);
            names
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let parsed = Self {
            attributes: list(attributes),
            excluded: list(excluded),
            written: Vec::new(),
        };
        if parsed.attributes.is_empty() || parsed.excluded.is_empty() {
            Ok(parsed)
        } else {
            Err(ScimError::new(
                ScimType::InvalidValue,
                "`attributes` and `excludedAttributes` exclude each other",
            ))
        }
    }

    /// The same for the answer to a create, replace or modify with this body.
    #[must_use]
    pub fn after(mut self, body: &Value) -> Self {
        let operations = body.get("Operations").and_then(Value::as_array);
        match operations {
            None => self.written.extend(names_in(body)),
            Some(operations) => {
                for operation in operations {
                    let path = operation.get("path").and_then(Value::as_str);
                    let value = operation.get("value");
                    match path {
                        Some(path) => {
                            let whole = path.split('[').next().unwrap_or_default();
                            self.written.push(whole.to_owned());
                        }
                        None => self.written.extend(value.into_iter().flat_map(names_in)),
                    }
                }
            }
        }
        self
    }

    /// Whether the request asks for the default.
    pub const fn is_default(&self) -> bool {
        self.attributes.is_empty() && self.excluded.is_empty()
    }

    /// The representation of a resource: what the request asks for, and what its schema has returned always, never, by
    /// default or on request.
    pub fn apply(&self, schema: &ResourceSchema, resource: &Value) -> Value {
        let Some(members) = resource.as_object() else {
            return resource.clone();
        };
        let (asked, excluded) = (
            Names::new(schema, &self.attributes),
            Names::new(schema, &self.excluded),
        );
        let view = View {
            written: &Names::new(schema, &self.written),
            asked: &asked,
            excluded: &excluded,
            only_asked: !self.attributes.is_empty(),
        };
        let mut kept = Map::new();
        for (name, value) in members {
            if name.eq_ignore_ascii_case("schemas") {
                kept.insert(name.clone(), value.clone());
                continue;
            }
            let seen = match schema.extension(name) {
                Some(extension) => view.extension(extension, value),
                None => view.attribute(None, name, schema.top_attribute(name), value),
            };
            if let Some(value) = seen {
                kept.insert(name.clone(), value);
            }
        }
        Value::Object(kept)
    }
}

/// The attributes that an object has, those of extensions with their URN.
fn names_in(body: &Value) -> Vec<String> {
    let mut names = Vec::new();
    for (name, value) in body.as_object().into_iter().flatten() {
        match value.as_object().filter(|_| name.starts_with("urn:")) {
            Some(inner) => names.extend(inner.keys().map(|inner| format!("{name}:{inner}"))),
            None => names.push(name.clone()),
        }
    }
    names
}

/// Names that a request has listed.
struct Names {
    paths: Vec<AttributePath>,
    extensions: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    No,
    /// Some of its sub-attributes are.
    InPart,
    Whole,
}

impl Names {
    fn new(schema: &ResourceSchema, names: &[String]) -> Self {
        let (mut paths, mut extensions) = (Vec::new(), Vec::new());
        for name in names {
            if let Some(extension) = schema.extension(name) {
                extensions.push(extension.id.clone());
            } else if let Ok(mut path) = AttributePath::parse(name) {
                path.schema = path.schema.filter(|urn| !schema.is_base(urn));
                paths.push(path);
            }
        }
        Self { paths, extensions }
    }

    fn has_extension(&self, urn: &str) -> bool {
        self.extensions.iter().any(|known| known == urn)
    }

    fn of<'a>(
        &'a self,
        urn: Option<&'a str>,
        name: &'a str,
    ) -> impl Iterator<Item = &'a AttributePath> {
        self.paths.iter().filter(move |path| {
            let same_schema = match (path.schema.as_deref(), urn) {
                (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
                (a, b) => a == b,
            };
            same_schema && path.name.eq_ignore_ascii_case(name)
        })
    }

    fn attribute(&self, urn: Option<&str>, name: &str) -> Listed {
        if urn.is_some_and(|urn| self.has_extension(urn)) {
            return Listed::Whole;
        }
        let mut listed = Listed::No;
        for path in self.of(urn, name) {
            if path.sub.is_none() {
                return Listed::Whole;
            }
            listed = Listed::InPart;
        }
        listed
    }

    fn sub(&self, urn: Option<&str>, name: &str, sub: &str) -> bool {
        self.of(urn, name).any(|path| {
            path.sub
                .as_deref()
                .is_some_and(|known| known.eq_ignore_ascii_case(sub))
        })
    }
}

struct View<'a> {
    written: &'a Names,
    asked: &'a Names,
    excluded: &'a Names,
    only_asked: bool,
}

impl View<'_> {
    fn extension(&self, extension: &Schema, value: &Value) -> Option<Value> {
        let members = value.as_object()?;
        let kept: Map<String, Value> = members
            .iter()
            .filter_map(|(name, value)| {
                let seen =
                    self.attribute(Some(&extension.id), name, extension.attribute(name), value)?;
                Some((name.clone(), seen))
            })
            .collect();
        (!kept.is_empty()).then_some(Value::Object(kept))
    }

    fn attribute(
        &self,
        urn: Option<&str>,
        name: &str,
        definition: Option<&Attribute>,
        value: &Value,
    ) -> Option<Value> {
        let returned = definition.map_or(Returned::Default, |definition| definition.returned);
        let asked = self.asked.attribute(urn, name);
        let kept = match returned {
            Returned::Never => false,
            Returned::Always => true,
            Returned::Request => {
                asked != Listed::No || self.written.attribute(urn, name) != Listed::No
            }
            Returned::Default if self.only_asked => asked != Listed::No,
            Returned::Default => self.excluded.attribute(urn, name) != Listed::Whole,
        };
        if !kept {
            return None;
        }
        let part = |item: &Value| match item {
            Value::Object(members) => {
                let kept = members.iter().filter(|(sub, _)| {
                    let sub_definition =
                        definition.and_then(|definition| definition.sub_attribute(sub));
                    self.keeps_sub(urn, name, sub, sub_definition, asked)
                });
                Value::Object(
                    kept.map(|(sub, value)| (sub.clone(), value.clone()))
                        .collect(),
                )
            }
            simple => simple.clone(),
        };
        let is_empty = |value: &Value| value.as_object().is_some_and(Map::is_empty);
        match value {
            Value::Array(items) => {
                let kept: Vec<Value> = items
                    .iter()
                    .map(part)
                    .filter(|item| !is_empty(item))
                    .collect();
                (!kept.is_empty() || items.is_empty()).then_some(Value::Array(kept))
            }
            single => Some(part(single)).filter(|kept| !is_empty(kept)),
        }
    }

    fn keeps_sub(
        &self,
        urn: Option<&str>,
        name: &str,
        sub: &str,
        definition: Option<&Attribute>,
        asked: Listed,
    ) -> bool {
        let listed = self.asked.sub(urn, name, sub);
        match definition.map_or(Returned::Default, |definition| definition.returned) {
            Returned::Never => false,
            Returned::Always => true,
            Returned::Request => listed || self.written.sub(urn, name, sub),
            Returned::Default if asked == Listed::InPart => listed,
            Returned::Default => !self.excluded.sub(urn, name, sub),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scim::{examples, urn};

    fn keys(attributes: Option<&str>, excluded: Option<&str>) -> Vec<String> {
        let projection = Projection::parse(attributes, excluded).unwrap();
        let shown = projection.apply(&ResourceSchema::user(), &examples::enterprise_user());
        shown.as_object().unwrap().keys().cloned().collect()
    }

    fn shown(attributes: Option<&str>, excluded: Option<&str>) -> Value {
        Projection::parse(attributes, excluded)
            .unwrap()
            .apply(&ResourceSchema::user(), &examples::enterprise_user())
    }

    #[test]
    fn what_is_returned_on_request_is_in_the_answer_to_its_write_alone() {
        let mut schema = ResourceSchema::user();
        let nick = schema.base.attributes.iter_mut();
        for attribute in nick.filter(|attribute| attribute.is_named("nickName")) {
            attribute.returned = Returned::Request;
        }
        let user = serde_json::json!({ "userName": "a", "nickName": "b", "title": "c" });
        let has =
            |projection: Projection| projection.apply(&schema, &user).get("nickName").is_some();
        let after = |body: Value| has(Projection::default().after(&body));
        let patch = |operation: Value| after(serde_json::json!({ "Operations": [operation] }));
        assert!(!has(Projection::default()));
        assert!(has(Projection::parse(Some("nickName"), None).unwrap()));
        assert!(after(serde_json::json!({ "nickname": "b" })));
        assert!(!after(serde_json::json!({ "title": "c" })));
        assert!(patch(
            serde_json::json!({ "op": "add", "path": "nickName", "value": "b" })
        ));
        assert!(patch(
            serde_json::json!({ "op": "add", "value": { "nickName": "b" } })
        ));
        assert!(!patch(
            serde_json::json!({ "op": "remove", "path": "title" })
        ));
    }

    #[test]
    fn by_default_all_is_there_but_what_is_never_returned() {
        let all = keys(None, None);
        assert!(
            all.contains(&"emails".to_owned()) && all.contains(&urn::ENTERPRISE_USER.to_owned())
        );
        assert!(!all.contains(&"password".to_owned()));
    }

    #[test]
    fn what_is_asked_for_comes_with_what_always_comes() {
        assert_eq!(keys(Some("userName"), None), ["schemas", "id", "userName"]);
        assert_eq!(
            keys(Some("USERNAME, password,unknown"), None),
            ["schemas", "id", "userName"]
        );
        assert_eq!(
            keys(
                Some("urn:ietf:params:scim:schemas:core:2.0:User:title"),
                None
            ),
            ["schemas", "id", "title"]
        );
        let emails = shown(Some("emails.value"), None)["emails"].clone();
        assert_eq!(
            emails,
            serde_json::json!([{ "value": "bjensen@example.com" }, { "value": "babs@jensen.org" }])
        );
        let urn = urn::ENTERPRISE_USER;
        let department = shown(Some(&format!("{urn}:department")), None)[urn].clone();
        assert_eq!(
            department,
            serde_json::json!({ "department": "Tour Operations" })
        );
        assert_eq!(
            shown(Some(urn), None)[urn],
            examples::enterprise_user()[urn]
        );
    }

    #[test]
    fn what_is_excluded_is_left_out_unless_it_always_comes() {
        let rest = keys(None, Some("emails,ID,schemas,name.givenName"));
        assert!(rest.contains(&"id".to_owned()) && rest.contains(&"schemas".to_owned()));
        assert!(!rest.contains(&"emails".to_owned()));
        let name = shown(None, Some("name.givenName"))["name"].clone();
        assert!(name.get("givenName").is_none() && name.get("familyName").is_some());
        assert!(
            shown(None, Some(urn::ENTERPRISE_USER))
                .get(urn::ENTERPRISE_USER)
                .is_none()
        );
    }

    #[test]
    fn what_is_returned_on_request_comes_only_then() {
        let schema = examples::with_nick_name(|attribute| attribute.returned = Returned::Request);
        let user = examples::full_user();
        let show = |attributes| {
            Projection::parse(attributes, None)
                .unwrap()
                .apply(&schema, &user)
        };
        assert!(show(None).get("nickName").is_none());
        assert!(show(Some("nickName")).get("nickName").is_some());
    }

    #[test]
    fn both_together_are_refused() {
        assert_eq!(
            Projection::parse(Some("a"), Some("b")).unwrap_err().status,
            400
        );
        assert!(Projection::parse(Some("a"), Some("")).is_ok());
    }
}
