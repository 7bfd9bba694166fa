//! The HTTP library, told to do nothing by itself.

use std::time::Duration;

use reqwest::Url;
use secrecy::ExposeSecret as _;

use super::auth::basic;
use super::config::ClientConfig;
use super::encode::decode;
use super::error::ClientError;
use super::redact::Redactor;
use super::reuse::Answered;
use super::target;
use super::timer::Timers;
use super::tls::tls;

/// How long a connection is kept for the next request. Servers close idle ones after a few seconds, some after two; a
/// request that meets the closing fails, and it would look like a fault of the target.
const IDLE: Duration = Duration::from_secs(1);

/// Connections to the target (and to the token endpoint), and the proxy that they go through.
#[derive(Debug)]
pub(super) struct Connector {
    pub(super) client: reqwest::Client,
    /// The proxy's URL, without its credentials.
    pub(super) proxy: Option<Url>,
    /// Its connections that have answered.
    pub(super) answered: Answered,
    /// For the limits in time of its requests.
    pub(super) timers: Timers,
}

impl Connector {
    /// No redirects, no retries, no proxies of the environment, no referer, no decompression.
    pub(super) fn new(
        config: &ClientConfig,
        with_certificate: bool,
        redactor: &Redactor,
    ) -> Result<Self, ClientError> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(config, with_certificate)?)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .no_gzip()
            .connect_timeout(config.limits.connect)
            .pool_idle_timeout(IDLE)
            .http1_title_case_headers()
            .http1_max_headers(config.limits.headers)
            .http2_max_header_list_size(
                u32::try_from(config.limits.header_bytes).unwrap_or(u32::MAX),
            );
        if config.http1_only {
            builder = builder.http1_only();
        }
        let mut proxy = None;
        if let Some(text) = &config.proxy {
            let (url, proxied) = proxied(text.expose_secret(), redactor)?;
            builder = builder.proxy(proxied);
            proxy = Some(url);
        }
        let client = builder.build().map_err(|error| ClientError::Tls {
            problem: redactor.redact(&error.to_string()),
        })?;
        Ok(Self {
            client,
            proxy,
            answered: Answered::default(),
            timers: Timers::default(),
        })
    }
}

/// Whether a text can be the URL of a proxy.
///
/// # Errors
/// What is wrong with it.
pub fn check_proxy(text: &str) -> Result<(), ClientError> {
    proxied(text, &Redactor::default()).map(|_| ())
}

fn proxied(text: &str, redactor: &Redactor) -> Result<(Url, reqwest::Proxy), ClientError> {
    let refuse = |problem: String| ClientError::Proxy { problem };
    let mut url = target::parse(text).map_err(refuse)?;
    let (user, password) = (decode(url.username()), url.password().map(decode));
    let _ = url.set_username("");
    let _ = url.set_password(None);
    target::check(&url).map_err(|problem| refuse(problem.to_owned()))?;
    let mut proxy =
        reqwest::Proxy::all(url.clone()).map_err(|_| refuse("its URL can't be used".to_owned()))?;
    if !user.is_empty() || password.is_some() {
        let password = password.unwrap_or_default();
        redactor.register_authorization(&basic(&user, &password));
        proxy = proxy.basic_auth(&user, &password);
    }
    Ok((url, proxy))
}
