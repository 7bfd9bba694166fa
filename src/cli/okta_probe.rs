//! Whether a real Okta org can be asked: never a verdict on the target.

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::exit::Failure;
use crate::http::{Client, Credentials, RequestSpec, encode};
use crate::record::Role;
use crate::report::sanitize::line;

/// Reads the app instance, as the first step of Okta's tests does.
///
/// # Errors
/// What is in the way, and what to do.
pub(super) async fn probe(
    client: &Client,
    app_id: &str,
    token: &SecretString,
) -> Result<(), Failure> {
    let url = client.base_url();
    let sent = client
        .send(RequestSpec {
            method: "GET".to_owned(),
            url: format!("/api/v1/apps/{}", encode(app_id)),
            headers: vec![("Accept".to_owned(), "application/json".to_owned())],
            body: None,
            auth: Credentials::Raw(format!("SSWS {}", token.expose_secret()).into()),
            role: Role::Discovery,
            attempt: 1,
        })
        .await;
    let body: Option<Value> = serde_json::from_slice(&sent.body).ok();
    let text = |name: &str| body.as_ref()?.get(name)?.as_str();
    let (message, help) = match (sent.exchange.status(), text("errorCode"), text("id")) {
        (None, _, _) => {
            let error = sent.exchange.error.map(|error| error.message);
            (
                format!("can't be reached: {}", error.unwrap_or_default()),
                "is it the URL of the org, such as https://dev-1234.okta.com? --okta-org simulated needs no org",
            )
        }
        (Some(200), _, Some(_)) => return Ok(()),
        (Some(401 | 403), _, _) => (
            "refuses the token".to_owned(),
            "is it an API token of this org, not expired, and of an administrator of apps and users? \
             SCIMITAR_OKTA_TOKEN holds it without `SSWS`",
        ),
        (Some(404), Some(_), _) => (
            format!("has no app instance {app_id}"),
            "the id stands in the URL of the app's page in the admin console: …/instance/0oa…",
        ),
        (Some(status), Some(code), _) => (
            format!(
                "answers {status} {code}: {}",
                text("errorSummary").unwrap_or_default()
            ),
            "try it again later, or with another token",
        ),
        (Some(status), None, _) => (
            format!("answers {status}, but not as the API of an Okta org does"),
            "is it the URL of the org itself, without a path and without -admin?",
        ),
    };
    Err(Failure::Preflight {
        message: line(&client.redact(&format!("the Okta org {url} {message}"))).into_owned(),
        help: vec![help.to_owned()],
    })
}
