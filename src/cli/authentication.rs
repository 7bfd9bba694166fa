//! How requests are authenticated: one way, from the strongest origin that names one.

use crate::http::{Auth, ClientAuthentication, Grant, OAuth2};

use crate::record::AuthenticationMode;

use super::exit::Failure;
use super::secret::Secrets;
use super::settings::Settings;

/// The way that requests are authenticated.
#[derive(Debug)]
pub(super) struct Authentication {
    /// For the client.
    pub(super) auth: Auth,
    /// The way, for the record.
    pub(super) mode: AuthenticationMode,
    /// In words, for reports and messages.
    pub(super) words: &'static str,
    /// Where it came from, if there is one.
    pub(super) origin: Option<String>,
}

const WAYS: [(&[&str], &str, AuthenticationMode); 4] = [
    (&["auth.bearer"], "bearer token", AuthenticationMode::Bearer),
    (
        &["auth.basic"],
        "basic authentication",
        AuthenticationMode::Basic,
    ),
    (
        &["auth.header"],
        "Authorization header",
        AuthenticationMode::Header,
    ),
    (
        &[
            "auth.oauth2.token_url",
            "auth.oauth2.client_id",
            "auth.oauth2.client_secret",
            "auth.oauth2.refresh_token",
        ],
        "OAuth 2.0",
        AuthenticationMode::Oauth2,
    ),
];

/// Reads how requests are authenticated.
///
/// # Errors
/// When two ways are given with equal right, when a part is missing, or when a secret can't be read.
pub(super) fn read(settings: &Settings, secrets: &Secrets<'_>) -> Result<Authentication, Failure> {
    let mut ranked: Vec<(u8, usize)> = WAYS
        .iter()
        .enumerate()
        .filter_map(|(place, (paths, ..))| {
            let ranks = paths
                .iter()
                .filter_map(|path| Some(settings.get(path)?.origin.rank()));
            Some((ranks.min()?, place))
        })
        .collect();
    ranked.sort_unstable();
    if let [(first, one), (second, two), ..] = ranked.as_slice()
        && first == second
    {
        let name = |place: &usize| {
            let paths = WAYS.get(*place).map_or(&[][..], |(paths, ..)| paths);
            let origin = paths
                .iter()
                .find_map(|path| Some(&settings.get(path)?.origin));
            origin.map_or_else(String::new, ToString::to_string)
        };
        return Err(Failure::usage(format!(
            "{} and {} are both given: a request is authenticated in one way",
            name(one),
            name(two)
        )));
    }
    let way = ranked.first().and_then(|(_, place)| WAYS.get(*place));
    let Some((paths, words, mode)) = way else {
        let (mode, words) = match settings.get("target.client_certificate") {
            Some(_) => (AuthenticationMode::ClientCertificate, "client certificate"),
            None => (AuthenticationMode::None, "none"),
        };
        return Ok(Authentication {
            auth: Auth::None,
            mode,
            words,
            origin: None,
        });
    };
    let origin = paths
        .iter()
        .find_map(|path| Some(settings.get(path)?.origin.to_string()));
    let secret = |path: &str| secrets.of(settings, path);
    let auth = match mode {
        AuthenticationMode::Bearer => secret("auth.bearer")?.map(Auth::Bearer),
        AuthenticationMode::Basic => secret("auth.basic")?.as_ref().map(basic).transpose()?,
        AuthenticationMode::Header => secret("auth.header")?.map(Auth::Header),
        AuthenticationMode::Oauth2 => Some(Auth::OAuth2(oauth2(settings, secrets)?)),
        AuthenticationMode::None | AuthenticationMode::ClientCertificate => None,
    };
    Ok(Authentication {
        auth: auth.unwrap_or_default(),
        mode: *mode,
        words,
        origin,
    })
}

fn basic(given: &secrecy::SecretString) -> Result<Auth, Failure> {
    use secrecy::ExposeSecret as _;
    let (user, password) = given.expose_secret().split_once(':').ok_or_else(|| {
        Failure::usage("basic authentication is written USER:PASSWORD; there is no colon in it")
    })?;
    Ok(Auth::Basic {
        user: user.to_owned(),
        password: password.to_owned().into(),
    })
}

fn oauth2(settings: &Settings, secrets: &Secrets<'_>) -> Result<OAuth2, Failure> {
    let text = |path: &str| {
        settings
            .get(path)
            .and_then(|setting| setting.value.as_str())
            .map(str::to_owned)
    };
    let missing = |option: &str| Failure::usage(format!("OAuth 2.0 needs --{option} too"));
    Ok(OAuth2 {
        token_url: text("auth.oauth2.token_url").ok_or_else(|| missing("oauth2-token-url"))?,
        client_id: text("auth.oauth2.client_id").ok_or_else(|| missing("oauth2-client-id"))?,
        client_secret: secrets.of(settings, "auth.oauth2.client_secret")?,
        authentication: match text("auth.oauth2.client_authentication").as_deref() {
            Some("body") => ClientAuthentication::Body,
            _ => ClientAuthentication::Basic,
        },
        grant: match secrets.of(settings, "auth.oauth2.refresh_token")? {
            Some(token) => Grant::RefreshToken(token),
            None => Grant::ClientCredentials,
        },
        scope: text("auth.oauth2.scope"),
    })
}
