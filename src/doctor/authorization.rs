//! The authorization server, if the settings name one: which redirect URIs it takes. Nobody signs in, and no code is given.

use super::ask::Asker;
use super::facts::Reply;
use crate::http::{Client, encode};

/// Okta's redirect URIs, around the name of the app.
const OKTAS: [&str; 5] = [
    "https://system-admin.okta.com",
    "https://system-admin.okta-emea.com",
    "https://system-admin.oktapreview.com",
    "https://system-admin.trexcloud.com",
    "http://system-admin.okta1.com:1802",
];
/// Somebody else's, as Okta's test plan has it.
const FOREIGN: &str = "https://ct1-bootstrap.clouditude.com";

/// An authorization server.
#[derive(Debug)]
pub struct AuthorizationServer {
    /// A client whose base URL is its authorize endpoint, and which has no credentials.
    pub client: Client,
    /// The id by which Okta is registered there.
    pub client_id: String,
    /// The name of the app in Okta, which is a part of its redirect URIs.
    pub app_name: String,
}

/// What it makes of redirect URIs.
#[derive(Debug, Clone)]
pub struct Redirects {
    /// Of Okta's own.
    pub oktas: Vec<Redirect>,
    /// Of one that is not registered.
    pub foreign: Redirect,
}

/// What it makes of one.
#[derive(Debug, Clone)]
pub struct Redirect {
    /// The redirect URI.
    pub uri: String,
    /// Its scheme, host and port.
    pub origin: &'static str,
    /// The answer to an authorization request with it.
    pub reply: Reply,
}

/// Asks for each.
pub(super) async fn ask(server: &AuthorizationServer, asker: &mut Asker<'_>) -> Redirects {
    let mut oktas = Vec::new();
    for origin in OKTAS {
        oktas.push(redirect(server, origin, asker).await);
    }
    Redirects {
        oktas,
        foreign: redirect(server, FOREIGN, asker).await,
    }
}

async fn redirect(
    server: &AuthorizationServer,
    origin: &'static str,
    asker: &mut Asker<'_>,
) -> Redirect {
    let app = encode(&server.app_name);
    let uri = format!("{origin}/admin/app/cpc/{app}/oauth/callback");
    let query = format!(
        "?response_type=code&client_id={}&redirect_uri={}&state=scimitar-doctor",
        encode(&server.client_id),
        encode(&uri)
    );
    let reply = asker.get(&query).await;
    Redirect { uri, origin, reply }
}
