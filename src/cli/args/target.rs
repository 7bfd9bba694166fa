use clap::Args;

use super::{Offer, text};
use crate::cli::settings::keys::{CLEANUPS, CLIENT_AUTHENTICATIONS, DIALECTS};
use crate::cli::settings::{Origin, Problem, Settings};

/// What is looked at or tested, as whom, and over which connection.
#[derive(Debug, Args)]
pub(crate) struct TargetArgs {
    /// The SCIM base URL, such as `https://example.com/scim/v2`.
    ///
    /// Users are expected at TARGET/Users. Without it, and without `target.url` in scimitar.toml, the embedded server
    /// is taken.
    #[arg(value_name = "TARGET")]
    target: Option<String>,

    /// How it is reached.
    #[command(flatten)]
    reach: ReachArgs,
}

/// How a target is reached.
#[derive(Debug, Args)]
pub(crate) struct ReachArgs {
    /// The SCIM version that the target speaks.
    #[arg(long, value_name = "VERSION", value_parser = clap::builder::PossibleValuesParser::new(DIALECTS), help_heading = "Target")]
    scim: Option<String>,

    /// The most requests in a second, such as 10/s.
    #[arg(long, value_name = "N/s", help_heading = "Target")]
    rate: Option<String>,

    /// The connection.
    #[command(flatten)]
    connection: ConnectionArgs,
}

/// What commands need to know of a target that they write to.
#[derive(Debug, Args)]
pub(crate) struct WriteArgs {
    /// How long the target may take until a write is seen everywhere.
    ///
    /// Reads after a write are repeated within this time, for targets that are eventually consistent.
    #[arg(long, value_name = "TIME", help_heading = "Target")]
    settle: Option<String>,

    /// What becomes of what a run makes.
    ///
    /// `deactivate` is for targets without DELETE: what the run made is turned off and listed. `keep` leaves it there.
    #[arg(long, value_name = "WHAT", value_parser = clap::builder::PossibleValuesParser::new(CLEANUPS), help_heading = "Target")]
    cleanup: Option<String>,
}

/// As whom requests are sent, and over which connection.
#[derive(Debug, Args)]
pub(crate) struct ConnectionArgs {
    /// How long one request may take in all, such as 10s.
    #[arg(long, value_name = "TIME", help_heading = "Target")]
    timeout: Option<String>,

    /// A header that every request carries, 'Name: value'; may be repeated.
    #[arg(
        long,
        short = 'H',
        value_name = "HEADER",
        allow_hyphen_values = true,
        help_heading = "Target"
    )]
    header: Vec<String>,

    /// An environment variable whose value no output shows, such as a token within the URL; may be repeated.
    #[arg(long, value_name = "NAME", help_heading = "Target")]
    secret_env: Vec<String>,

    /// A bearer token: @FILE reads it from a file, - from standard input.
    #[arg(
        long,
        value_name = "TOKEN",
        allow_hyphen_values = true,
        help_heading = "Authentication"
    )]
    bearer: Option<String>,

    /// USER:PASSWORD for basic authentication; @FILE or - as above.
    #[arg(
        long,
        value_name = "USER:PASSWORD",
        allow_hyphen_values = true,
        help_heading = "Authentication"
    )]
    basic: Option<String>,

    /// The whole value of the Authorization header, as Okta's 'Header Auth' sends it; @FILE or - as above.
    #[arg(
        long,
        value_name = "VALUE",
        allow_hyphen_values = true,
        help_heading = "Authentication"
    )]
    auth_header: Option<String>,

    /// The token endpoint of OAuth 2.0.
    #[arg(
        long = "oauth2-token-url",
        value_name = "URL",
        help_heading = "Authentication"
    )]
    token_url: Option<String>,

    /// The OAuth 2.0 client's id.
    #[arg(
        long = "oauth2-client-id",
        value_name = "ID",
        help_heading = "Authentication"
    )]
    client_id: Option<String>,

    /// The OAuth 2.0 client's secret; @FILE or - as above.
    #[arg(
        long = "oauth2-client-secret",
        value_name = "SECRET",
        allow_hyphen_values = true,
        help_heading = "Authentication"
    )]
    client_secret: Option<String>,

    /// Where the client's id and secret go: the Authorization header (basic) or the body.
    #[arg(long = "oauth2-client-authentication", value_name = "WHERE", value_parser = clap::builder::PossibleValuesParser::new(CLIENT_AUTHENTICATIONS), help_heading = "Authentication")]
    client_authentication: Option<String>,

    /// A refresh token, in place of client credentials; @FILE or - as above.
    #[arg(
        long = "oauth2-refresh-token",
        value_name = "TOKEN",
        allow_hyphen_values = true,
        help_heading = "Authentication"
    )]
    refresh_token: Option<String>,

    /// The scope to ask for.
    #[arg(
        long = "oauth2-scope",
        value_name = "SCOPE",
        help_heading = "Authentication"
    )]
    scope: Option<String>,

    /// A PEM file with the client's certificate and key.
    #[arg(long, value_name = "FILE", help_heading = "Connection")]
    client_certificate: Option<String>,

    /// A PEM file with an authority's certificate to trust besides the usual ones; may be repeated.
    #[arg(long, value_name = "FILE", help_heading = "Connection")]
    ca: Vec<String>,

    /// An HTTP proxy's URL; the proxies of the environment are not used. @FILE or - as above.
    #[arg(long, value_name = "URL", help_heading = "Connection")]
    proxy: Option<String>,

    /// Don't verify the target's certificate; every report says so.
    #[arg(long, help_heading = "Connection")]
    insecure: bool,
}

impl TargetArgs {
    /// The base URL that was given.
    pub(crate) fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }
}

impl Offer for TargetArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        text("TARGET", self.target.as_ref(), settings, problems);
        self.reach.offer(settings, problems);
    }
}

impl Offer for ReachArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        text("scim", self.scim.as_ref(), settings, problems);
        text("rate", self.rate.as_ref(), settings, problems);
        self.connection.offer(settings, problems);
    }
}

impl Offer for WriteArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        text("settle", self.settle.as_ref(), settings, problems);
        text("cleanup", self.cleanup.as_ref(), settings, problems);
    }
}

impl Offer for ConnectionArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        let texts = [
            ("timeout", &self.timeout),
            ("bearer", &self.bearer),
            ("basic", &self.basic),
            ("auth-header", &self.auth_header),
            ("oauth2-token-url", &self.token_url),
            ("oauth2-client-id", &self.client_id),
            ("oauth2-client-secret", &self.client_secret),
            ("oauth2-client-authentication", &self.client_authentication),
            ("oauth2-refresh-token", &self.refresh_token),
            ("oauth2-scope", &self.scope),
            ("client-certificate", &self.client_certificate),
            ("proxy", &self.proxy),
        ];
        for (option, given) in texts {
            text(option, given.as_ref(), settings, problems);
        }
        // Several are one setting, a line each: so one of several lines would become several.
        if let Some(broken) = self.header.iter().find(|text| text.contains(['\r', '\n'])) {
            let name = broken.split([':', '\r', '\n']).next().unwrap_or_default();
            problems.push(Problem {
                message: format!("the header `{}` has a line break", name.trim()),
                origin: Some(Origin::CommandLine("header")),
            });
        } else if !self.header.is_empty() {
            problems.extend(settings.option("header", &self.header.join("\n")).err());
        }
        settings.option_list("secret-env", &self.secret_env);
        settings.option_list("ca", &self.ca);
        settings.option_flag("insecure", self.insecure);
    }
}
