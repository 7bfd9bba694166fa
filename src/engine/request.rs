//! Requests, filled in.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::context::Context;
use super::fixture::{chosen, fixture_body};
use super::wire::{Outgoing, encode};
use crate::record::Role;
use crate::suite::template::{Part, Scope, Template, Undefined};
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
    /// The service that it goes to, if not the target.
    pub(super) service: Option<String>,
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
    let mut json = match &template.body {
        BodyTemplate::None | BodyTemplate::Raw(_) => None,
        BodyTemplate::Json(body) => Some(body.render(scope)?),
        BodyTemplate::Fixture { fixture, with } => {
            match chosen(fixture, suite.scim, scope, context)? {
                Some(fixture) => Some(fixture_body(&fixture, Some(with), scope, context)?),
                // The loader refuses fixtures that there aren't.
                None => None,
            }
        }
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
    if let (BodyTemplate::Raw(_), Some(bytes)) = (&template.body, &body) {
        // What is made by it is found again by its name.
        json = serde_json::from_slice(bytes).ok();
    }
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
        service: template.service.clone(),
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
        | Template::Merge(_) => false,
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
        service: None,
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
