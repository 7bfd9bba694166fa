//! Requests, filled in.

use std::cell::Cell;

use serde_json::{Map, Value, json};

use super::context::Context;
use super::wire::{Outgoing, encode};
use crate::record::Role;
use crate::scim::resource::Found;
use crate::scim::sample;
use crate::scim::schema::{Mutability, Schema};
use crate::suite::template::{Part, Scope, Template, Undefined, merge};
use crate::suite::{BodyTemplate, CredentialsTemplate, Dialect, Fixture, RequestTemplate, Suite};

/// A request, filled in, with its JSON body if it has one.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    /// What goes out.
    pub(super) outgoing: Outgoing,
    /// The JSON body.
    pub(super) json: Option<Value>,
    /// Whether it changes nothing on the target.
    pub(super) reads: bool,
}

/// As whom a request is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SendAs {
    /// As the run is configured.
    Configured,
    /// Without credentials.
    Nobody,
    /// With this whole `Authorization` value.
    Authorization(String),
}

/// Fills a request in.
pub(super) fn prepare(
    template: &RequestTemplate,
    suite: &Suite,
    scope: &dyn Scope,
    context: &Context,
) -> Result<Prepared, Undefined> {
    let mut path = path(&template.path, scope)?;
    for (name, value) in &template.query {
        path.push(if path.contains('?') { '&' } else { '?' });
        path.push_str(&encode(name));
        path.push('=');
        path.push_str(&encode(
            &value.render_text(scope, std::borrow::ToOwned::to_owned)?,
        ));
    }
    let json = match &template.body {
        BodyTemplate::None | BodyTemplate::Raw(_) => None,
        BodyTemplate::Json(body) => Some(body.render(scope)?),
        BodyTemplate::Fixture { fixture, with } => match context.library.fixtures.get(fixture) {
            Some(fixture) => Some(fixture_body(fixture, Some(with), scope, context)?),
            // The loader refuses fixtures that there aren't.
            None => None,
        },
    };
    let body = match &template.body {
        BodyTemplate::Raw(text) => Some(
            text.render_text(scope, std::borrow::ToOwned::to_owned)?
                .into_bytes(),
        ),
        BodyTemplate::None | BodyTemplate::Json(_) | BodyTemplate::Fixture { .. } => {
            json.as_ref().map(|value| value.to_string().into_bytes())
        }
    };
    let headers = headers(suite.scim, suite, &template.headers, body.is_some(), scope)?;
    let send_as = match &template.credentials {
        CredentialsTemplate::Configured => SendAs::Configured,
        CredentialsTemplate::Nobody => SendAs::Nobody,
        CredentialsTemplate::Authorization(value) => {
            SendAs::Authorization(value.render_text(scope, std::borrow::ToOwned::to_owned)?)
        }
    };
    let outgoing = Outgoing {
        method: template.method.clone(),
        path,
        headers,
        body,
        send_as,
        role: Role::Step,
    };
    Ok(Prepared {
        outgoing,
        json,
        reads: template.is_read_only(),
    })
}

/// A path, with what is filled in percent-encoded. A value that the path begins with is a path or a URL itself, such as
/// a Location or the endpoint of a resource type, and stays as it is.
fn path(template: &Template, scope: &dyn Scope) -> Result<String, Undefined> {
    let begins_with_value = match template {
        Template::Whole(_) => true,
        Template::Text(parts) => matches!(parts.first(), Some(Part::Value(_))),
        Template::Literal(_)
        | Template::List(_)
        | Template::Map(_)
        | Template::Each { .. }
        | Template::Merge { .. } => false,
    };
    let first = Cell::new(begins_with_value);
    template.render_text(scope, |text| {
        if first.replace(false) {
            text.to_owned()
        } else {
            encode(text)
        }
    })
}

/// The request that makes a fixture.
pub(super) fn prepare_given(
    fixture: &Fixture,
    with: Option<&Template>,
    suite: &Suite,
    scope: &dyn Scope,
    context: &Context,
) -> Result<Prepared, Undefined> {
    let body = fixture_body(fixture, with, scope, context)?;
    let path = context
        .knowledge
        .endpoint(fixture.scim, &fixture.resource_type)
        .unwrap_or_else(|| fixture.endpoint.clone());
    let bytes = Some(body.to_string().into_bytes());
    let headers = headers(fixture.scim, suite, &[], true, scope)?;
    let outgoing = Outgoing {
        method: "POST".to_owned(),
        path,
        headers,
        body: bytes,
        send_as: SendAs::Configured,
        role: Role::Given,
    };
    Ok(Prepared {
        outgoing,
        json: Some(body),
        reads: false,
    })
}

fn headers(
    dialect: Dialect,
    suite: &Suite,
    of_step: &[(String, Option<Template>)],
    has_body: bool,
    scope: &dyn Scope,
) -> Result<Vec<(String, String)>, Undefined> {
    let media_type = media_type(dialect);
    let mut headers: Vec<(String, Option<String>)> =
        vec![("Accept".into(), Some(media_type.into()))];
    if has_body {
        let content_type = suite.content_type.as_deref().unwrap_or(media_type);
        headers.push(("Content-Type".into(), Some(content_type.into())));
    }
    for (name, template) in suite.headers.iter().chain(of_step) {
        let value = template
            .as_ref()
            .map(|t| t.render_text(scope, std::borrow::ToOwned::to_owned))
            .transpose()?;
        match headers
            .iter_mut()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
        {
            Some(known) => *known = (name.clone(), value),
            None => headers.push((name.clone(), value)),
        }
    }
    Ok(headers
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect())
}

/// The media type of a dialect (RFC 7644 §3.1; SCIM 1.1 API §3).
pub(super) const fn media_type(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::V1 => "application/json",
        Dialect::V2 => "application/scim+json",
    }
}

/// A fixture's body: its own members, those that the target's schema requires, those of the configuration, and what
/// the check wants to differ, in this order.
fn fixture_body(
    fixture: &Fixture,
    with: Option<&Template>,
    scope: &dyn Scope,
    context: &Context,
) -> Result<Value, Undefined> {
    let mut body = fixture.body.render(scope)?;
    add_required(&mut body, fixture, scope, context);
    if let Some(overrides) = context.settings.fixtures.get(&fixture.name) {
        merge(&mut body, overrides.clone());
    }
    if let Some(with) = with {
        merge(&mut body, with.render(scope)?);
    }
    Ok(body)
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

/// The attribute by which a resource can be found again, and its value.
pub(super) fn findable_name(body: Option<&Value>) -> Option<(String, String)> {
    let members: &Map<String, Value> = body?.as_object()?;
    ["userName", "displayName", "externalId"]
        .into_iter()
        .find_map(|name| {
            let value = members
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(name))?
                .1;
            Some((name.to_owned(), value.as_str()?.to_owned()))
        })
}
