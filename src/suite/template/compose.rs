//! Values that are made from other values: `{ forEach: …, item: … }` and `{ from: …, … }`.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::{Expression, Merge, Scope, Template, TemplateError, Undefined};
use crate::scim::part;
use crate::scim::path::PatchPath;
use crate::scim::resource::ResourceSchema;

/// The member that names the list of which each element is taken.
pub const FOR_EACH: &str = "forEach";
/// The member that says what becomes of each element, and the name of the element within it.
pub const ITEM: &str = "item";
/// The member that names the object from which another starts.
pub const FROM: &str = "from";

/// The member, beside the one that names the object, that names a list of attributes to take of the others.
pub const ONLY: &str = "only";

/// The `${…}` that is the whole of a member.
fn whole(members: &Map<String, Value>, name: &str) -> Option<Result<Expression, TemplateError>> {
    match Template::text(members.get(name)?.as_str()?) {
        Ok(Template::Whole(expression)) => Some(Ok(expression)),
        Ok(_) => None,
        Err(error) => Some(Err(error)),
    }
}

/// Whether an object is made from another value. An object whose `from` is no `${…}` is one like any other.
pub(super) fn is_composed(members: &Map<String, Value>) -> bool {
    members.contains_key(FOR_EACH) || whole(members, FROM).is_some()
}

/// Reads an object that is made from another value.
pub(super) fn read(members: &Map<String, Value>) -> Result<Template, TemplateError> {
    if members.contains_key(FOR_EACH) {
        let list = whole(members, FOR_EACH);
        let (Some(list), Some(item), 2) = (list, members.get(ITEM), members.len()) else {
            return Err(TemplateError::ForEach);
        };
        return Ok(Template::Each {
            list: list?,
            item: Box::new(Template::new(item)?),
        });
    }
    let mut with = members.clone();
    with.remove(FROM);
    let Some(from) = whole(members, FROM) else {
        return Ok(Template::Literal(Value::Object(with)));
    };
    let only = whole(&with, ONLY).transpose()?;
    if only.is_some() {
        with.remove(ONLY);
    }
    Ok(Template::Merge(Box::new(Merge {
        from: from?,
        only,
        with: Template::new(&Value::Object(with))?,
    })))
}

/// What becomes of each element of a list.
pub(super) fn each(
    list: &Expression,
    item: &Template,
    scope: &dyn Scope,
) -> Result<Vec<Value>, Undefined> {
    let Value::Array(elements) = list.evaluate(scope)? else {
        return Err(Undefined(format!("{list}, as a list")));
    };
    elements
        .into_iter()
        .map(|element| {
            item.render(&Within {
                outer: scope,
                element,
            })
        })
        .collect()
}

/// What is known within `item`.
struct Within<'a> {
    outer: &'a dyn Scope,
    element: Value,
}

impl Scope for Within<'_> {
    fn variable(&self, root: &str) -> Option<Cow<'_, Value>> {
        if root == ITEM {
            Some(Cow::Borrowed(&self.element))
        } else {
            self.outer.variable(root)
        }
    }

    fn unique(&self, kind: &str) -> Option<Value> {
        self.outer.unique(kind)
    }
}

/// What a list of attributes names of a resource; all of it where the list is `null`. A name that is no path names
/// nothing.
pub fn only(
    resource: Value,
    attributes: Option<&Expression>,
    scope: &dyn Scope,
) -> Result<Value, Undefined> {
    static USER: LazyLock<ResourceSchema> = LazyLock::new(ResourceSchema::user);
    let Some(expression) = attributes else {
        return Ok(resource);
    };
    match expression.evaluate(scope)? {
        Value::Null => Ok(resource),
        Value::Array(names) => {
            let names = names.iter().filter_map(Value::as_str);
            let paths = names.filter_map(|name| PatchPath::parse(name).ok());
            let paths: Vec<PatchPath> = paths.collect();
            Ok(part::keep(&USER, &resource, &paths))
        }
        _ => Err(Undefined(format!("{expression}, as a list"))),
    }
}

/// Puts the members of one object into another, and theirs into those they meet; `null` removes one (RFC 7396).
pub fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                if value.is_null() {
                    into.remove(&name);
                } else if let (Some(inner @ Value::Object(_)), Value::Object(_)) =
                    (into.get_mut(&name), &value)
                {
                    merge(inner, value);
                } else {
                    into.insert(name, value);
                }
            }
        }
        (into, from) => *into = from,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    struct Known(Value);

    impl Scope for Known {
        fn variable(&self, root: &str) -> Option<Cow<'_, Value>> {
            self.0.get(root).map(Cow::Borrowed)
        }

        fn unique(&self, _: &str) -> Option<Value> {
            None
        }
    }

    #[test]
    fn values_are_made_from_others() {
        let scope = Known(json!({
            "people": [{ "id": "a", "n": 1 }, { "id": "b", "n": 2 }, { "id": "c", "n": 3 }],
            "user": { "id": "a", "name": { "givenName": "Ann", "familyName": "Lee" }, "title": "x" },
            "x": "y", "some": ["title", "name.givenName"], "all": null,
        }));
        let table = [
            (
                json!({ "forEach": "${people[*].id}", "item": { "value": "${item}", "x": "${x}" } }),
                json!([{ "value": "a", "x": "y" }, { "value": "b", "x": "y" }, { "value": "c", "x": "y" }]),
            ),
            (
                json!([0, { "forEach": "${people[1:9]}", "item": "${item.n}" }, "${x}"]),
                json!([0, 2, 3, "y"]),
            ),
            (
                json!({ "from": "${user}", "active": false, "title": null, "name": { "givenName": "${x}" } }),
                json!({ "id": "a", "name": { "givenName": "y", "familyName": "Lee" }, "active": false }),
            ),
            (
                json!({ "from": "${user}", "only": "${some}", "id": "b", "title": null, "name": { "givenName": "B", "familyName": "C" } }),
                json!({ "id": "a", "name": { "givenName": "B", "familyName": "Lee" } }),
            ),
            (
                json!({ "from": "${user.name}", "only": "${all}", "familyName": "C", "title": "y" }),
                json!({ "givenName": "Ann", "familyName": "C", "title": "y" }),
            ),
            (
                json!({ "from": "here", "to": "${x}" }),
                json!({ "from": "here", "to": "y" }),
            ),
        ];
        for (template, value) in table {
            let template = Template::new(&template).unwrap();
            assert_eq!(template.render(&scope).unwrap(), value);
        }
        let bad = Template::new(&json!({ "forEach": "${people}" }));
        assert_eq!(bad, Err(TemplateError::ForEach));
        let no_list = Template::new(&json!({ "forEach": "${user}", "item": 1 })).unwrap();
        assert!(no_list.render(&scope).is_err());
    }
}
