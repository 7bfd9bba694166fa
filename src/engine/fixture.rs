//! The body of a fixture, filled in.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::context::Context;
use super::verdict::Stop;
use crate::record::Location;
use crate::scim::resource::Found;
use crate::scim::sample;
use crate::scim::schema::{Mutability, Schema};
use crate::scim::urn;
use crate::suite::template::{Scope, Template, Undefined, merge, only, text_of};
use crate::suite::{Dialect, Fixture, FixtureChoice};

/// The fixture that is meant; `None` if there is none of that name. One of a resource type that has no fixture of its own
/// names its schema, and has what that requires.
pub(super) fn chosen<'a>(
    choice: &FixtureChoice,
    dialect: Dialect,
    scope: &dyn Scope,
    context: &'a Context,
) -> Result<Option<Cow<'a, Fixture>>, Undefined> {
    let name = match choice {
        FixtureChoice::Named(name) => {
            return Ok(context.library.fixtures.get(name).map(Cow::Borrowed));
        }
        FixtureChoice::OfType(name) => text_of(&name.render(scope)?),
    };
    let schema = context.knowledge.schema(dialect, &name);
    // Some servers name their types otherwise than RFC 7643 does.
    let known = match schema.base.id.as_str() {
        urn::USER => "user".to_owned(),
        urn::GROUP => "group".to_owned(),
        _ => name.to_lowercase(),
    };
    let known = match dialect {
        Dialect::V2 => known,
        Dialect::V1 => format!("{}-1.1", name.to_lowercase()),
    };
    if let Some(fixture) = context.library.fixtures.get(&known) {
        return Ok(Some(Cow::Borrowed(fixture)));
    }
    let endpoint = context.knowledge.endpoint(dialect, &name);
    Ok(Some(Cow::Owned(Fixture {
        title: format!("A {name} with what its schema requires"),
        extends: None,
        endpoint: endpoint.unwrap_or_else(|| format!("/{name}")),
        resource_type: name,
        scim: dialect,
        body: Template::Literal(json!({ "schemas": [schema.base.id] })),
        only: None,
        location: Location {
            file: "".into(),
            line: 0,
            column: 0,
        },
        name: known,
    })))
}

/// Why a check ends that wants a resource of a type which the target lets nobody create. Users and groups can be created
/// wherever there are any.
pub(super) fn not_creatable(
    choice: &FixtureChoice,
    fixture: &Fixture,
    status: u16,
) -> Option<Stop> {
    let own = matches!(choice, FixtureChoice::OfType(_)) && fixture.location.file.is_empty();
    let name = &fixture.resource_type;
    (own && matches!(status, 403 | 404 | 405 | 501)).then(|| {
        Stop::NotOffered(format!(
            "the target lets nobody create a {name}: it answers {status}"
        ))
    })
}

/// A fixture's body: its own members, those of the fixtures that it extends, those that the target's schema requires,
/// those of the configuration, and what the check wants to differ, in this order. The configuration overrides a fixture
/// and all that extend it; what it says of the fixture itself comes last.
pub(super) fn fixture_body(
    fixture: &Fixture,
    with: Option<&Template>,
    scope: &dyn Scope,
    context: &Context,
) -> Result<Value, Undefined> {
    let lineage = context.library.lineage(&fixture.name);
    let bases = lineage.get(1..).unwrap_or_default();
    let mut body = fixture.body.render(scope)?;
    for base in bases {
        let inherited = inheritable(base.body.render(scope)?, base.scim, fixture.scim);
        add_missing(&mut body, inherited);
    }
    if !bases.is_empty() {
        remove_nulls(&mut body);
    }
    if let Some(Template::Whole(list)) = &fixture.only {
        body = only(body, Some(list), scope)?;
    }
    add_required(&mut body, fixture, scope, context);
    let overrides = |name: &str| context.settings.fixtures.get(name).cloned();
    for base in bases.iter().rev() {
        if let Some(overrides) = overrides(&base.name) {
            let inherited = inheritable(overrides, base.scim, fixture.scim);
            let overrides = with_schemas_of(&body, inherited);
            merge(&mut body, overrides);
        }
    }
    if let Some(overrides) = overrides(&fixture.name) {
        merge(&mut body, overrides);
    }
    if let Some(with) = with {
        merge(&mut body, with.render(scope)?);
    }
    Ok(body)
}

/// What a fixture can take from one that it extends: URNs mean nothing in the other dialect.
fn inheritable(mut members: Value, from: Dialect, to: Dialect) -> Value {
    if from != to
        && let Value::Object(members) = &mut members
    {
        members.retain(|name, _| name != "schemas" && !is_urn(name));
    }
    members
}

fn is_urn(name: &str) -> bool {
    name.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("urn:"))
}

/// Inherited overrides whose `schemas` are added to those of the body: it may have extensions of its own.
fn with_schemas_of(body: &Value, mut overrides: Value) -> Value {
    if let (Some(Value::Array(known)), Some(Value::Array(more))) =
        (body.get("schemas"), overrides.get_mut("schemas"))
    {
        let mut all = known.clone();
        all.extend(more.iter().filter(|urn| !known.contains(urn)).cloned());
        *more = all;
    }
    overrides
}

/// Adds the members that are not there, in objects within it too.
fn add_missing(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        for (name, value) in from {
            match into.get_mut(&name) {
                Some(known) => add_missing(known, value),
                None => {
                    into.insert(name, value);
                }
            }
        }
    }
}

/// Removes the members that are `null`: a fixture says so that it has not what the one that it extends has.
fn remove_nulls(body: &mut Value) {
    if let Value::Object(members) = body {
        members.retain(|_, value| !value.is_null());
        members.values_mut().for_each(remove_nulls);
    }
}

fn add_required(body: &mut Value, fixture: &Fixture, scope: &dyn Scope, context: &Context) {
    let schema = context
        .knowledge
        .schema(fixture.scim, &fixture.resource_type);
    let tag = &context.settings.tag;
    let seed = scope
        .unique("id")
        .map_or(0, |id| super::generate::stable_hash(&id.to_string()));
    for found in schema.walk() {
        let attribute = found.attribute;
        let wanted = attribute.required && attribute.mutability != Mutability::ReadOnly;
        if !wanted || found.path.sub.is_some() {
            continue;
        }
        let Value::Object(members) = &mut *body else {
            return;
        };
        let Some(extension) = found.extension else {
            add_member(members, &found, tag, seed);
            continue;
        };
        let is_required =
            |(schema, required): &(Schema, bool)| *required && schema.id == extension.id;
        if schema.extensions.iter().any(is_required) {
            if let Some(Value::Array(urns)) = members.get_mut("schemas")
                && !urns
                    .iter()
                    .any(|urn| urn.as_str() == Some(extension.id.as_str()))
            {
                urns.push(extension.id.as_str().into());
            }
            let inner = members
                .entry(extension.id.clone())
                .or_insert_with(|| json!({}));
            if let Value::Object(inner) = inner {
                add_member(inner, &found, tag, seed);
            }
        }
    }
}

fn add_member(members: &mut Map<String, Value>, found: &Found<'_>, tag: &str, seed: u64) {
    let name = &found.attribute.name;
    if !members.keys().any(|known| known.eq_ignore_ascii_case(name))
        && let Some(value) = sample::value_of(found, tag, seed, 0)
    {
        members.insert(name.clone(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixture_keeps_its_own_members_and_takes_the_others() {
        let mut body =
            json!({ "active": null, "name": { "familyName": "B" }, "schemas": ["urn:a"] });
        let base = json!({
            "schemas": ["urn:b"], "urn:b": { "x": 1 }, "title": "Dr", "active": true,
            "name": { "givenName": "A", "familyName": "C" },
        });
        add_missing(&mut body, inheritable(base, Dialect::V2, Dialect::V1));
        remove_nulls(&mut body);
        assert_eq!(
            body,
            json!({
                "name": { "familyName": "B", "givenName": "A" }, "schemas": ["urn:a"], "title": "Dr",
            })
        );
    }

    #[test]
    fn inherited_schemas_are_added_to_those_of_an_extended_resource() {
        let body = json!({ "schemas": ["urn:user", "urn:enterprise"] });
        let overrides = json!({ "schemas": ["urn:user", "urn:mine"] });
        assert_eq!(
            with_schemas_of(&body, overrides),
            json!({ "schemas": ["urn:user", "urn:enterprise", "urn:mine"] })
        );
    }
}
