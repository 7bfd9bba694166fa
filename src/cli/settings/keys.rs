//! Every setting, once: its key in `scimitar.toml`, its option, its environment variable, its kind, its default.
//! Those of the single reports come from the table of formats.

use std::sync::LazyLock;

use crate::report::{FORMATS, Format};

/// What a setting holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// One of some words.
    Word(&'static [&'static str]),
    /// Text that no output shows; `@FILE` reads it from a file, `-` from standard input.
    Secret,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number,
    /// `10s`, `200ms`, `2m`.
    Duration,
    /// A list of texts; in the environment separated by commas.
    List,
    /// A list of words; in the environment separated by commas.
    Words(&'static [&'static str]),
    /// A list of attributes of a user, by their paths.
    Attributes,
    /// A table of texts: names → values; in the environment a line each, `Name: value`.
    Table,
    /// A file or folder; a relative one in `scimitar.toml` is relative to that file.
    Path,
    /// A list of files.
    Paths,
}

impl Kind {
    /// What a value looks like, for people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Word(_) => "word",
            Self::Secret => "secret",
            Self::Flag => "true or false",
            Self::Number => "number",
            Self::Duration => "time",
            Self::List | Self::Words(_) | Self::Attributes => "list",
            Self::Table => "table",
            Self::Path => "path",
            Self::Paths => "list of paths",
        }
    }
}

/// One setting.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its dotted path in `scimitar.toml`.
    pub path: &'static str,
    /// Its option on the command line, without the hyphens; empty when it has none.
    pub option: &'static str,
    /// Its environment variable.
    pub env: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What holds when nobody says anything, for people; empty when it is not set then.
    pub default: &'static str,
    /// What it is for.
    pub doc: &'static str,
}

const fn key(
    path: &'static str,
    option: &'static str,
    env: &'static str,
    kind: Kind,
    default: &'static str,
    doc: &'static str,
) -> Key {
    Key {
        path,
        option,
        env,
        kind,
        default,
        doc,
    }
}

/// The words of `--scim`.
pub const DIALECTS: &[&str] = &["2.0", "1.1"];
/// The words of `--cleanup`.
pub const CLEANUPS: &[&str] = &["delete", "deactivate", "keep"];
/// The words of `--oauth2-client-authentication`.
pub const CLIENT_AUTHENTICATIONS: &[&str] = &["basic", "body"];
/// The words of `--level`.
pub const LEVELS: &[&str] = &["must", "should", "may"];
/// The words of `--fail-on`.
pub const GATES: &[&str] = &["must", "should", "never"];

/// How often Okta imports.
pub const SCHEDULES: &[&str] = &["never", "hourly", "daily", "weekly"];
/// Classes of matches that Okta confirms by itself.
pub const CONFIRMED: &[&str] = &["exact", "partial", "new"];
/// What becomes of an Okta user whose account is deactivated.
pub const DEACTIVATIONS: &[&str] = &["nothing", "deactivate", "suspend"];
/// Okta users that are reactivated with their accounts.
pub const REACTIVATIONS: &[&str] = &["suspended", "deactivated"];

/// All settings, by section.
pub static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    let mut all: Vec<Key> = KNOWN.to_vec();
    let folder = all.iter().position(|key| key.path == "report.out");
    let after = folder.map_or(all.len(), |at| at + 1);
    all.splice(after..after, FORMATS.iter().map(report));
    all
});

/// The setting of a single report.
fn report(format: &Format) -> Key {
    // Made once, and kept as long as the program: the table of settings is.
    let path: &'static str = format!("report.{}", format.key()).leak();
    let env: &'static str = format!("SCIMITAR_{}", format.key().to_uppercase()).leak();
    key(path, format.name, env, Kind::Path, "", format.doc)
}

#[rustfmt::skip]
const KNOWN: &[Key] = &[
    key("target.url", "TARGET", "SCIMITAR_TARGET", Kind::Text, "", "The SCIM base URL; without one the embedded server is tested"),
    key("target.scim", "scim", "SCIMITAR_SCIM", Kind::Word(DIALECTS), "2.0", "The SCIM version that the base URL speaks; the embedded server speaks both"),
    key("target.timeout", "timeout", "SCIMITAR_TIMEOUT", Kind::Duration, "60s", "How long one request may take in all"),
    key("target.settle", "settle", "SCIMITAR_SETTLE", Kind::Duration, "0s", "How long the target may take until a write is seen everywhere"),
    key("target.cleanup", "cleanup", "SCIMITAR_CLEANUP", Kind::Word(CLEANUPS), "delete", "What becomes of what a run makes"),
    key("target.rate", "rate", "SCIMITAR_RATE", Kind::Text, "", "The most requests in a second, such as 10/s"),
    key("target.headers", "header", "SCIMITAR_HEADERS", Kind::Table, "", "Headers that every request carries"),
    key("target.ca", "ca", "SCIMITAR_CA", Kind::Paths, "", "PEM files with certificates of authorities to trust besides the usual ones"),
    key("target.client_certificate", "client-certificate", "SCIMITAR_CLIENT_CERTIFICATE", Kind::Path, "", "A PEM file with the client's certificate and key"),
    key("target.proxy", "proxy", "SCIMITAR_PROXY", Kind::Secret, "", "An HTTP proxy's URL"),
    key("target.secret_env", "secret-env", "SCIMITAR_SECRET_ENV", Kind::List, "", "Environment variables whose values no output shows, such as a token within the URL"),
    key("target.insecure", "insecure", "SCIMITAR_INSECURE", Kind::Flag, "false", "Don't verify the target's certificate; every report says so"),
    key("auth.bearer", "bearer", "SCIMITAR_BEARER", Kind::Secret, "", "A bearer token"),
    key("auth.basic", "basic", "SCIMITAR_BASIC", Kind::Secret, "", "USER:PASSWORD for basic authentication"),
    key("auth.header", "auth-header", "SCIMITAR_AUTH_HEADER", Kind::Secret, "", "The whole Authorization value, as Okta's Header Auth sends it"),
    key("auth.oauth2.token_url", "oauth2-token-url", "SCIMITAR_OAUTH2_TOKEN_URL", Kind::Text, "", "The token endpoint of OAuth 2.0"),
    key("auth.oauth2.client_id", "oauth2-client-id", "SCIMITAR_OAUTH2_CLIENT_ID", Kind::Text, "", "The OAuth 2.0 client's id"),
    key("auth.oauth2.client_secret", "oauth2-client-secret", "SCIMITAR_OAUTH2_CLIENT_SECRET", Kind::Secret, "", "The OAuth 2.0 client's secret"),
    key("auth.oauth2.client_authentication", "oauth2-client-authentication", "SCIMITAR_OAUTH2_CLIENT_AUTHENTICATION", Kind::Word(CLIENT_AUTHENTICATIONS), "basic", "Where the client's id and secret go: the Authorization header or the body"),
    key("auth.oauth2.refresh_token", "oauth2-refresh-token", "SCIMITAR_OAUTH2_REFRESH_TOKEN", Kind::Secret, "", "A refresh token, in place of client credentials"),
    key("auth.oauth2.scope", "oauth2-scope", "SCIMITAR_OAUTH2_SCOPE", Kind::Text, "", "The scope to ask for"),
    key("run.profile", "profile", "SCIMITAR_PROFILE", Kind::Text, "", "A named choice of suites, or of settings in scimitar.toml"),
    key("run.suites", "suite", "SCIMITAR_SUITES", Kind::List, "", "Only suites whose id matches this glob"),
    key("run.checks", "check", "SCIMITAR_CHECKS", Kind::List, "", "Only checks whose id matches this glob, such as '*/create-*'"),
    key("run.levels", "level", "SCIMITAR_LEVELS", Kind::Words(LEVELS), "", "Only checks of these levels"),
    key("run.tags", "tag", "SCIMITAR_TAGS", Kind::List, "", "Only checks that have this tag"),
    key("run.jobs", "jobs", "SCIMITAR_JOBS", Kind::Number, "8", "How many checks run at the same time"),
    key("run.seed", "seed", "SCIMITAR_SEED", Kind::Number, "", "What generated data is drawn from: the same number repeats a run"),
    key("run.fail_on", "fail-on", "SCIMITAR_FAIL_ON", Kind::Word(GATES), "must", "What makes the run fail"),
    key("run.waivers", "waivers", "SCIMITAR_WAIVERS", Kind::Path, "", "A file of failures that are accepted, each until a day"),
    key("run.shard", "shard", "SCIMITAR_SHARD", Kind::Text, "", "I/N: only the I-th of N parts, to spread a run over machines"),
    key("run.read_only", "read-only", "SCIMITAR_READ_ONLY", Kind::Flag, "false", "Only checks that write nothing, for a look at production"),
    key("run.time_gates", "time-gates", "SCIMITAR_TIME_GATES", Kind::Flag, "false", "Slow answers make the run fail, not only warn"),
    key("run.attributes", "", "SCIMITAR_ATTRIBUTES", Kind::Flag, "", "Whether a run finds out what becomes of each attribute that Okta sends; the profile says so if it is not set"),
    key("run.suites_dir", "suites", "SCIMITAR_SUITES_DIR", Kind::Path, "", "A folder with suites of your own, which run in place of the built-in ones"),
    key("run.suite_files", "suite-file", "SCIMITAR_SUITE_FILES", Kind::Paths, "", "A suite file of your own, which runs in place of the built-in ones"),
    key("run.pause_scale", "pause-scale", "SCIMITAR_PAUSE_SCALE", Kind::Text, "0", "What pauses of suites are multiplied with: 0 leaves them out, 1 keeps them as they are written"),
    key("variables", "var", "SCIMITAR_VARIABLES", Kind::Table, "", "Values of the parameters of suites, by name"),
    key("report.out", "out", "SCIMITAR_OUT", Kind::Path, "reports/<run>", "The folder for the reports"),
    key("okta.app", "", "SCIMITAR_OKTA_APP", Kind::Word(&["wizard", "catalogue"]), "", "How the Okta integration was made: wizard (it updates by PUT) or catalogue (it deactivates by PATCH). Without it, suites run the checks of both; what has to choose takes catalogue"),
    key("okta.entitlement_endpoints", "", "SCIMITAR_OKTA_ENTITLEMENT_ENDPOINTS", Kind::List, "", "Paths of entitlement endpoints that /ResourceTypes does not name"),
    key("okta.api_integration.unique_identifier", "", "SCIMITAR_OKTA_UNIQUE_IDENTIFIER", Kind::Text, "userName", "The unique identifier field for users: the attribute by which Okta looks people up, such as emails.value; what it compares is always the user name of the app"),
    key("okta.api_integration.revoked", "", "SCIMITAR_OKTA_REVOKED", Kind::Secret, "", "An Authorization value that was replaced: it has to be refused"),
    key("okta.api_integration.authorize_url", "", "SCIMITAR_OKTA_AUTHORIZE_URL", Kind::Text, "", "The authorize endpoint of an integration with OAuth 2.0: scimitar doctor asks it which redirect URIs it takes"),
    key("okta.api_integration.client_id", "", "SCIMITAR_OKTA_CLIENT_ID", Kind::Text, "", "The client id by which Okta is registered at that endpoint; that of auth.oauth2 if it is not set"),
    key("okta.api_integration.app_name", "", "SCIMITAR_OKTA_APP_NAME", Kind::Text, "", "The name of the app in Okta, between /app/ and /instance/ in its URL: a part of Okta's redirect URIs"),
    key("okta.org.url", "okta-org", "SCIMITAR_OKTA_ORG", Kind::Text, "", "The Okta org that suites ask, such as Okta's CRUD tests: simulated, which holds without one, or the URL of a real one"),
    key("okta.org.token", "okta-token", "SCIMITAR_OKTA_TOKEN", Kind::Secret, "", "An API token of a real Okta org"),
    key("okta.org.app_id", "okta-app-id", "SCIMITAR_OKTA_APP_ID", Kind::Text, "", "The id of the app instance in a real Okta org whose integration sends to the target"),
    key("okta.to_app.create_users", "", "SCIMITAR_OKTA_CREATE_USERS", Kind::Flag, "true", "To App: Create Users"),
    key("okta.to_app.update_attributes", "", "SCIMITAR_OKTA_UPDATE_ATTRIBUTES", Kind::Flag, "true", "To App: Update User Attributes"),
    key("okta.to_app.deactivate_users", "", "SCIMITAR_OKTA_DEACTIVATE_USERS", Kind::Flag, "true", "To App: Deactivate Users"),
    key("okta.to_app.exclude_username_updates", "", "SCIMITAR_OKTA_EXCLUDE_USERNAME_UPDATES", Kind::Flag, "false", "To App: Exclude Username Updates"),
    key("okta.to_app.sync_password", "", "SCIMITAR_OKTA_SYNC_PASSWORD", Kind::Flag, "true", "To App: Sync Password"),
    key("okta.to_app.push_groups", "", "SCIMITAR_OKTA_PUSH_GROUPS", Kind::Flag, "true", "Push Groups"),
    key("okta.to_app.large_groups", "", "SCIMITAR_OKTA_LARGE_GROUPS", Kind::Flag, "false", "Push Groups: try a group of a thousand members too"),
    key("okta.to_okta.import_users", "", "SCIMITAR_OKTA_IMPORT_USERS", Kind::Flag, "true", "To Okta: import users"),
    key("okta.to_okta.import_groups", "", "SCIMITAR_OKTA_IMPORT_GROUPS", Kind::Flag, "true", "To Okta: import groups"),
    key("okta.to_okta.schedule", "", "SCIMITAR_OKTA_SCHEDULE", Kind::Word(SCHEDULES), "never", "To Okta: how often Okta imports"),
    key("okta.to_okta.username_format", "", "SCIMITAR_OKTA_USERNAME_FORMAT", Kind::Text, "username", "To Okta: what the Okta username is made of: username, email, email-prefix, or a template such as {userName}@example.com"),
    key("okta.to_okta.exact_match", "", "SCIMITAR_OKTA_EXACT_MATCH", Kind::List, "username", "To Okta: what makes a match exact, all of it: username, email, or in their place attributes: name, one of Okta's default profile, OKTA=SCIM"),
    key("okta.to_okta.partial_match", "", "SCIMITAR_OKTA_PARTIAL_MATCH", Kind::Flag, "true", "To Okta: equal first and last names are a partial match"),
    key("okta.to_okta.auto_confirm", "", "SCIMITAR_OKTA_AUTO_CONFIRM", Kind::Words(CONFIRMED), "", "To Okta: what needs no confirmation by a person: exact, partial, new"),
    key("okta.to_okta.activate_new", "", "SCIMITAR_OKTA_ACTIVATE_NEW", Kind::Flag, "false", "To Okta: new users that need no confirmation are activated at once"),
    key("okta.to_okta.profile_source", "", "SCIMITAR_OKTA_PROFILE_SOURCE", Kind::Flag, "false", "To Okta: the app is the source of the users' profiles and lifecycle"),
    key("okta.to_okta.when_deactivated", "", "SCIMITAR_OKTA_WHEN_DEACTIVATED", Kind::Word(DEACTIVATIONS), "nothing", "To Okta: what becomes of an Okta user whose account in the app is deactivated, where the app is the source"),
    key("okta.to_okta.when_reactivated", "", "SCIMITAR_OKTA_WHEN_REACTIVATED", Kind::Words(REACTIVATIONS), "", "To Okta: which Okta users are reactivated with their accounts, where the app is the source: suspended, deactivated"),
    key("okta.to_okta.safeguard_app", "", "SCIMITAR_OKTA_SAFEGUARD_APP", Kind::Number, "20", "To Okta: the most users of the app, in percent, that an import may unassign"),
    key("okta.to_okta.safeguard_org", "", "SCIMITAR_OKTA_SAFEGUARD_ORG", Kind::Number, "20", "To Okta: the most users of the org, in percent, that imports may unassign"),
    key("okta.attributes.mapped", "", "SCIMITAR_OKTA_ATTRIBUTES", Kind::Attributes, "", "The attributes that are mapped in Okta, besides those that it sends in any case; all of its template if it is not set"),
    key("entra.optimized", "", "SCIMITAR_ENTRA_OPTIMIZED", Kind::Flag, "", "Whether Entra ID calls the tenant URL with the flag aadOptscim062020: true (only the PATCH requests that it sends with it), false (only those without it); both if it is not set"),
];

/// Settings whose names are the user's own: everything below them is taken as it is.
pub const OPEN: &[&str] = &["fixtures"];

/// The sections of `scimitar.toml` that hold settings.
pub const SECTIONS: [&str; 12] = [
    "target",
    "auth",
    "auth.oauth2",
    "run",
    "report",
    "okta",
    "okta.api_integration",
    "okta.org",
    "okta.to_app",
    "okta.to_okta",
    "okta.attributes",
    "entra",
];

/// The setting of a path.
pub fn find(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path == path)
}

/// The setting of an option.
pub fn of_option(option: &str) -> Option<&'static Key> {
    KEYS.iter()
        .find(|key| !option.is_empty() && key.option == option)
}
