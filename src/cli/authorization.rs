//! The authorization server that the settings name, for the doctor.

use std::time::Duration;

use tokio::time::Instant;

use super::exit::Failure;
use super::secret::{self, Secrets};
use super::settings::{Settings, Typed};
use super::target;
use super::terminal::Terminal;
use crate::doctor::AuthorizationServer;
use crate::http::{Client, ClientConfig, Limits};

/// How long one of its answers may take: it is asked at the end of an examination.
const PATIENCE: Duration = Duration::from_secs(5);

/// The authorization server; what keeps it from being asked; `None` if the settings name none.
///
/// # Errors
/// When its URL, or a setting of the way there, can't be used.
pub(super) fn named(
    settings: &Settings,
    typed: &Typed,
    terminal: &Terminal,
) -> Result<Option<Result<AuthorizationServer, String>>, Failure> {
    let text = |path: &str| {
        let value = settings.get(path)?.value.as_str()?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    };
    let Some(url) = text("okta.api_integration.authorize_url") else {
        return Ok(None);
    };
    target::check_url(&url)?;
    let client_id =
        text("okta.api_integration.client_id").or_else(|| text("auth.oauth2.client_id"));
    let (client_id, app_name) = match (client_id, text("okta.api_integration.app_name")) {
        (Some(client_id), Some(app_name)) => (client_id, app_name),
        (None, _) => return Ok(Some(Err("set okta.api_integration.client_id".to_owned()))),
        (_, None) => return Ok(Some(Err("set okta.api_integration.app_name".to_owned()))),
    };
    let mut config = ClientConfig::new(&url, Instant::now());
    config.limits = Limits::within(typed.timeout.min(PATIENCE));
    config.ca = target::authorities(typed)?;
    config.insecure = typed.insecure;
    config.proxy = Secrets::new(terminal).of(settings, "target.proxy")?;
    config.secrets = secret::hidden(&typed.secret_env)?;
    let client = Client::new(&config).map_err(|error| target::unusable(&error))?;
    Ok(Some(Ok(AuthorizationServer {
        client,
        client_id,
        app_name,
    })))
}
