//! Parts of a resource, by their paths: found, set, or kept while the rest is left out.
//!
//! A path is that of a PATCH (RFC 7644 §3.5.2): `name.givenName`, `emails[type eq "work"]`,
//! `addresses[type eq "work"].locality`, `urn:…:User:department`. The URN of an extension alone is all of it.

use serde_json::{Map, Value, json};

use super::filter::{Filter, Literal, Operator};
use super::json::{get, key};
use super::path::PatchPath;
use super::resource::ResourceSchema;
use super::schema::is_unassigned;

/// The names along a path: the extension's URN, unless it is the base schema's, and the attribute.
fn names<'a>(schema: &ResourceSchema, path: &'a PatchPath) -> (Option<&'a str>, &'a str) {
    let urn = path.attribute.schema.as_deref();
    (urn.filter(|urn| !schema.is_base(urn)), &path.attribute.name)
}

fn sub(path: &PatchPath) -> Option<&str> {
    path.sub.as_deref().or(path.attribute.sub.as_deref())
}

/// What a resource has at a path; unassigned values (RFC 7643 §2.5) are nothing. Where a filter selects several values,
/// the first counts.
pub fn find<'a>(
    schema: &ResourceSchema,
    resource: &'a Value,
    path: &PatchPath,
) -> Option<&'a Value> {
    let (urn, name) = names(schema, path);
    let mut members = resource.as_object()?;
    if let Some(urn) = urn {
        members = get(members, urn)?.as_object()?;
    }
    let mut found = get(members, name)?;
    if let Some(filter) = &path.filter {
        let items = found.as_array()?;
        found = items.iter().find(|item| filter.matches_value(None, item))?;
    }
    if let Some(sub) = sub(path) {
        // A sub-attribute of a multi-valued attribute is that of its first value.
        let one = found
            .as_array()
            .map_or(Some(found), |items| items.first())?;
        found = get(one.as_object()?, sub)?;
    }
    (!is_unassigned(found)).then_some(found)
}

/// Sets what a resource has at a path; what is missing on the way is made, and `schemas` names the extension then.
/// Objects are merged into the value that is there. Where a filter selects nothing, `instead` (a place in the list) is
/// taken, or else a value is added that the filter selects.
pub fn set(
    schema: &ResourceSchema,
    resource: &mut Value,
    path: &PatchPath,
    value: Value,
    instead: Option<usize>,
) {
    let (urn, name) = names(schema, path);
    let Some(mut members) = resource.as_object_mut() else {
        return;
    };
    if let Some(urn) = urn {
        let urns = members.entry("schemas").or_insert_with(|| json!([]));
        if let Value::Array(urns) = urns
            && !urns.iter().any(|known| is_text(known, urn))
        {
            urns.push(urn.into());
        }
        match entry(members, urn, || json!({})).as_object_mut() {
            Some(inner) => members = inner,
            None => return,
        }
    }
    let place = match (&path.filter, sub(path)) {
        (None, None) => {
            members.insert(spelling(members, name), value);
            return;
        }
        (None, Some(_)) => entry(members, name, || json!({})),
        (Some(filter), _) => {
            let list = entry(members, name, || json!([]));
            if !list.is_array() {
                *list = json!([]);
            }
            let Value::Array(items) = list else { return };
            let selected = items
                .iter()
                .position(|item| filter.matches_value(None, item));
            let instead = instead.filter(|place| *place < items.len());
            let index = selected.or(instead).unwrap_or_else(|| {
                items.push(described(filter));
                items.len() - 1
            });
            match items.get_mut(index) {
                Some(item) => item,
                None => return,
            }
        }
    };
    match (sub(path), place, value) {
        (Some(sub), Value::Object(place), value) => {
            place.insert(spelling(place, sub), value);
        }
        (None, Value::Object(place), Value::Object(value)) => {
            for (name, value) in value {
                place.insert(spelling(place, &name), value);
            }
        }
        (Some(sub), place, value) => *place = json!({ sub: value }),
        (None, place, value) => *place = value,
    }
}

/// The resource without what none of the paths names, but for `schemas`, which keeps the URNs whose extension has
/// anything left.
pub fn keep(schema: &ResourceSchema, resource: &Value, paths: &[PatchPath]) -> Value {
    let Some(members) = resource.as_object() else {
        return resource.clone();
    };
    let mut kept = Map::new();
    for (member, value) in members {
        if member.eq_ignore_ascii_case("schemas") {
            kept.insert(member.clone(), value.clone());
            continue;
        }
        let is_extension = member.to_ascii_lowercase().starts_with("urn:");
        let part = match value {
            Value::Object(inner) if is_extension => {
                let inner: Map<String, Value> = inner
                    .iter()
                    .filter_map(|(name, value)| {
                        let part = keep_one(schema, Some(member), name, value, paths)?;
                        Some((name.clone(), part))
                    })
                    .collect();
                (!inner.is_empty()).then_some(Value::Object(inner))
            }
            value => keep_one(schema, None, member, value, paths),
        };
        if let Some(part) = part {
            kept.insert(member.clone(), part);
        }
    }
    let is_left = |urn: &Value| {
        let urn = urn.as_str().unwrap_or_default();
        get(members, urn).is_none() || get(&kept, urn).is_some()
    };
    if let Some(Value::Array(urns)) = get(&kept, "schemas") {
        let urns: Vec<Value> = urns.iter().filter(|urn| is_left(urn)).cloned().collect();
        kept.insert(spelling(&kept, "schemas"), Value::Array(urns));
    }
    Value::Object(kept)
}

/// What the paths name of one attribute.
fn keep_one(
    schema: &ResourceSchema,
    urn: Option<&str>,
    name: &str,
    value: &Value,
    paths: &[PatchPath],
) -> Option<Value> {
    let same = |a: Option<&str>, b: Option<&str>| match (a, b) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        (a, b) => a == b,
    };
    let own: Vec<&PatchPath> = paths
        .iter()
        .filter(|path| {
            let (of, attribute) = names(schema, path);
            same(of, urn) && attribute.eq_ignore_ascii_case(name)
        })
        .collect();
    if own.is_empty() {
        return None;
    }
    let part = |item: &Value| -> Option<Value> {
        let fits = |path: &&&PatchPath| {
            path.filter
                .as_ref()
                .is_none_or(|filter| filter.matches_value(None, item))
        };
        let fitting: Vec<&&PatchPath> = own.iter().filter(fits).collect();
        if fitting.is_empty() {
            return None;
        }
        let Some(members) = item.as_object() else {
            return Some(item.clone());
        };
        if fitting.iter().any(|path| sub(path).is_none()) {
            return Some(item.clone());
        }
        // What a filter selects by stays: it says which of the values it is.
        let named = |member: &str| {
            let by_sub = fitting
                .iter()
                .any(|path| sub(path).is_some_and(|sub| sub.eq_ignore_ascii_case(member)));
            let filters = fitting.iter().filter_map(|path| path.filter.as_ref());
            by_sub || described_names(filters, member)
        };
        let kept: Map<String, Value> = members
            .iter()
            .filter(|(member, _)| named(member))
            .map(|(member, value)| (member.clone(), value.clone()))
            .collect();
        (!kept.is_empty()).then_some(Value::Object(kept))
    };
    match value {
        Value::Array(items) => {
            let kept: Vec<Value> = items.iter().filter_map(part).collect();
            (!kept.is_empty() || items.is_empty()).then_some(Value::Array(kept))
        }
        // A merge takes a member away by `null`.
        Value::Null => Some(Value::Null),
        single => part(single),
    }
}

/// What a filter of the form `a eq "b" and …` says that a value has.
fn described(filter: &Filter) -> Value {
    let mut made = Map::new();
    for (name, literal) in equalities(filter) {
        let value = match literal {
            Literal::Null => Value::Null,
            Literal::Boolean(flag) => Value::Bool(*flag),
            Literal::Number(number) => Value::Number(number.clone()),
            Literal::Text(text) => Value::String(text.clone()),
        };
        made.insert(name.to_owned(), value);
    }
    Value::Object(made)
}

fn described_names<'a>(mut filters: impl Iterator<Item = &'a Filter>, member: &str) -> bool {
    filters.any(|filter| {
        equalities(filter)
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case(member))
    })
}

fn equalities(filter: &Filter) -> Vec<(&str, &Literal)> {
    match filter {
        Filter::And(all) => all.iter().flat_map(equalities).collect(),
        Filter::Compare(path, Operator::Eq, literal) => vec![(path.name.as_str(), literal)],
        Filter::Compare(..)
        | Filter::Or(_)
        | Filter::Not(_)
        | Filter::Present(_)
        | Filter::Values(..) => Vec::new(),
    }
}

fn is_text(value: &Value, text: &str) -> bool {
    value
        .as_str()
        .is_some_and(|known| known.eq_ignore_ascii_case(text))
}

/// A name as the object spells it already, or else as it is given.
fn spelling(members: &Map<String, Value>, name: &str) -> String {
    key(members, name).unwrap_or(name).to_owned()
}

fn entry<'a>(
    members: &'a mut Map<String, Value>,
    name: &str,
    new: impl FnOnce() -> Value,
) -> &'a mut Value {
    let name = spelling(members, name);
    let value = members.entry(name).or_insert(Value::Null);
    if value.is_null() {
        *value = new();
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scim::urn::{ENTERPRISE_USER, USER};

    fn path(text: &str) -> PatchPath {
        PatchPath::parse(text).unwrap()
    }

    #[test]
    fn what_is_set_is_found_again() {
        let schema = ResourceSchema::user();
        let mut user = json!({ "schemas": [USER], "NAME": { "givenName": "A" } });
        let department = format!("{ENTERPRISE_USER}:department");
        let cases = [
            ("userName", json!("a")),
            ("name.familyName", json!("B")),
            (
                "emails[type eq \"work\"]",
                json!({ "value": "a@b", "type": "work" }),
            ),
            ("addresses[type eq \"work\"].locality", json!("C")),
            ("addresses[type eq \"work\"].region", json!("D")),
            (department.as_str(), json!("E")),
        ];
        for (text, value) in &cases {
            set(&schema, &mut user, &path(text), value.clone(), None);
        }
        assert_eq!(
            user,
            json!({
                "schemas": [USER, ENTERPRISE_USER],
                "NAME": { "givenName": "A", "familyName": "B" },
                "userName": "a",
                "emails": [{ "type": "work", "value": "a@b" }],
                "addresses": [{ "type": "work", "locality": "C", "region": "D" }],
                ENTERPRISE_USER: { "department": "E" },
            })
        );
        for (text, value) in &cases {
            assert_eq!(find(&schema, &user, &path(text)), Some(value), "{text}");
        }
        assert_eq!(
            find(&schema, &user, &path("emails[type eq \"home\"]")),
            None
        );
    }

    #[test]
    fn a_value_that_no_filter_selects_is_taken_where_it_is_known_to_be() {
        let schema = ResourceSchema::user();
        let mut user = json!({ "emails": [{ "value": "old" }] });
        let work = path("emails[type eq \"work\"]");
        let value = json!({ "value": "new", "type": "work" });
        set(&schema, &mut user, &work, value.clone(), Some(0));
        assert_eq!(user, json!({ "emails": [value] }));
        // What is no list becomes one.
        let mut odd = json!({ "emails": "x" });
        set(&schema, &mut odd, &work, json!({ "value": "y" }), None);
        assert_eq!(odd, json!({ "emails": [{ "type": "work", "value": "y" }] }));
    }

    #[test]
    fn only_what_is_named_is_kept() {
        let schema = ResourceSchema::user();
        let user = json!({
            "schemas": [USER, ENTERPRISE_USER],
            "userName": "a", "title": "t", "groups": [], "nickName": null,
            "name": { "givenName": "A", "middleName": "M" },
            "emails": [{ "value": "w", "type": "work" }, { "value": "h", "type": "home" }],
            "addresses": [{ "type": "work", "locality": "L", "region": "R" }],
            ENTERPRISE_USER: { "department": "D" },
        });
        let kept = |names: &[&str]| {
            let paths: Vec<PatchPath> = names.iter().map(|name| path(name)).collect();
            keep(&schema, &user, &paths)
        };
        assert_eq!(
            kept(&[
                "username",
                "name.givenName",
                "groups",
                "nickName",
                "emails[type eq \"home\"]",
                "addresses[type eq \"work\"].region",
            ]),
            json!({
                "schemas": [USER],
                "userName": "a", "groups": [], "nickName": null,
                "name": { "givenName": "A" },
                "emails": [{ "value": "h", "type": "home" }],
                "addresses": [{ "type": "work", "region": "R" }],
            })
        );
        let department = format!("{ENTERPRISE_USER}:department");
        assert_eq!(
            kept(&[
                &department,
                "urn:ietf:params:scim:schemas:core:2.0:User:title"
            ]),
            json!({ "schemas": [USER, ENTERPRISE_USER], "title": "t", ENTERPRISE_USER: { "department": "D" } })
        );
    }
}
