//! The body and the credentials of a request.

use super::assertion::text_at;
use super::variables::{Place, Variables};
use crate::suite::build::{map, text};
use crate::suite::source::{Key, Kind, Node};
use crate::suite::template::text_of;

/// The body as `raw`; `None` if there is none.
///
/// # Errors
/// Why it can't be sent.
pub(super) fn body(step: &Node, variables: &mut Variables) -> Result<Option<Node>, String> {
    for (name, what) in [
        ("form", "a form"),
        ("multipart_form", "a form of several parts"),
        ("binary_body", "a file"),
        ("graphql_body", "GraphQL"),
    ] {
        if step.get(name).is_some_and(|node| !is_blank(node)) {
            return Err(format!("its body is {what}, and scimitar sends texts only"));
        }
    }
    let Some(node) = step.get("body") else {
        return Ok(None);
    };
    let written = match &node.kind {
        Kind::Null => return Ok(None),
        Kind::Text(written) => variables.text(written, Place::Text)?,
        _ => return Err(format!("its body is {}, not a text", node.describe())),
    };
    let bodiless = matches!(
        text_at(step, "method").to_ascii_uppercase().as_str(),
        "GET" | "HEAD" | "DELETE"
    );
    Ok((!(written.is_empty() && bodiless)).then(|| text(node.mark, written)))
}

/// Nothing, as exports write it.
pub(super) fn is_blank(node: &Node) -> bool {
    match &node.kind {
        Kind::Null => true,
        Kind::Text(text) => text.trim().is_empty(),
        Kind::List(items) => items.iter().all(is_blank),
        Kind::Map(members) => members.is_empty(),
        Kind::Bool(_) | Kind::Number(_) => false,
    }
}

/// The headers without `Authorization`, and that one.
pub(super) struct Headers<'n> {
    pub(super) plain: Vec<(&'n Key, Node)>,
    pub(super) authorization: Option<Node>,
}

/// The headers of a step: each a text or a list of texts.
///
/// # Errors
/// Why they can't be sent.
pub(super) fn headers<'n>(
    step: &'n Node,
    variables: &mut Variables,
) -> Result<Headers<'n>, String> {
    let mut headers = Headers {
        plain: Vec::new(),
        authorization: None,
    };
    for (name, value) in step.get("headers").map_or(&[][..], Node::members) {
        let values = value.one_or_many().iter().map(|one| match &one.kind {
            Kind::List(_) | Kind::Map(_) => Err(format!(
                "its header {} is {}, not a text",
                name.name,
                one.describe()
            )),
            _ => Ok(text_of(&one.to_json())),
        });
        let joined = values.collect::<Result<Vec<_>, _>>()?.join(", ");
        if name.name.eq_ignore_ascii_case("authorization") {
            headers.authorization = Some(text(value.mark, joined));
        } else {
            let written = variables.text(&joined, Place::Text)?;
            headers.plain.push((name, text(value.mark, written)));
        }
    }
    Ok(headers)
}

/// As whom a request is sent.
#[derive(Default)]
pub(super) struct Credentials {
    /// `as`; without it, as the run is configured.
    pub(super) send_as: Option<Node>,
    /// A name and a password, as a variable that `send_as` uses.
    pub(super) login: Option<Node>,
}

/// The variable that [`Credentials::login`] is put into. No variable of an export is likely to be called so.
pub(super) const LOGIN: &str = "login-of-the-request";

/// As whom a request is sent.
///
/// # Errors
/// Why it can't be.
pub(super) fn credentials(
    step: &Node,
    authorization: Option<&Node>,
    variables: &mut Variables,
) -> Result<Credentials, String> {
    let with =
        |node: &Node, value: String| map(node.mark, [("authorization", text(node.mark, value))]);
    if let Some(node) = authorization {
        let value = node.text().unwrap_or_default();
        let send_as = if is_configured(value) {
            None
        } else {
            Some(with(node, variables.text(value, Place::Text)?))
        };
        return Ok(Credentials {
            send_as,
            login: None,
        });
    }
    match step.get("auth").filter(|node| !is_blank(node)) {
        None => Ok(Credentials {
            send_as: Some(text(step.mark, "nobody")),
            login: None,
        }),
        Some(auth) if text_at(auth, "auth_type") == "basic" => {
            let user = variables.text(text_at(auth, "username"), Place::Text)?;
            let password = variables.text(text_at(auth, "password"), Place::Text)?;
            Ok(Credentials {
                send_as: Some(with(auth, format!("Basic ${{{LOGIN}|base64}}"))),
                login: Some(text(auth.mark, format!("{user}:{password}"))),
            })
        }
        Some(auth) => Err(format!(
            "its authentication, {}, is not one that scimitar takes from an export",
            match text_at(auth, "auth_type") {
                "" => "which has no `auth_type`",
                kind => kind,
            }
        )),
    }
}

/// Whether a value of `Authorization` is the configured one: `{{auth}}`, with a scheme before it perhaps.
fn is_configured(value: &str) -> bool {
    let bare = value.trim();
    let last = bare.rsplit(' ').next().unwrap_or_default();
    let scheme = bare.strip_suffix(last).unwrap_or_default().trim();
    matches!(last, "{{auth}}" | "{{SCIMAuth}}")
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-')
}
