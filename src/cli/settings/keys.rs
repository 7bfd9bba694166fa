//! Every setting, once: its key in `scimitar.toml`, its environment variable, its kind.

/// What a setting holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
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
    /// A table of texts: names → values.
    Table,
}

/// One setting.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its dotted path in `scimitar.toml`.
    pub path: &'static str,
    /// Its environment variable.
    pub env: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it is for.
    pub doc: &'static str,
}

const fn key(path: &'static str, env: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { path, env, kind, doc }
}

/// All settings.
pub const KEYS: &[Key] = &[
    key("target.url", "SCIMITAR_TARGET", Kind::Text, "The SCIM base URL; without one the embedded server is tested"),
    key("target.scim", "SCIMITAR_SCIM", Kind::Text, "The SCIM version that the base URL speaks: 2.0 or 1.1"),
    key("target.timeout", "SCIMITAR_TIMEOUT", Kind::Duration, "How long one request may take in all"),
    key("target.settle", "SCIMITAR_SETTLE", Kind::Duration, "How long a write may take until it is seen everywhere"),
    key("target.cleanup", "SCIMITAR_CLEANUP", Kind::Text, "What becomes of what a run makes: delete, deactivate, keep"),
    key("target.rate", "SCIMITAR_RATE", Kind::Text, "The most requests in a second, such as 10/s"),
    key("target.headers", "SCIMITAR_HEADERS", Kind::Table, "Headers that every request carries"),
    key("target.ca", "SCIMITAR_CA", Kind::List, "PEM files with certificates of authorities to trust besides the usual"),
    key("target.client_certificate", "SCIMITAR_CLIENT_CERTIFICATE", Kind::Text, "A PEM file: client certificate and key"),
    key("target.proxy", "SCIMITAR_PROXY", Kind::Text, "A proxy's URL"),
    key("target.insecure", "SCIMITAR_INSECURE", Kind::Flag, "Certificates are not verified. The report says so"),
    key("auth.bearer", "SCIMITAR_BEARER", Kind::Secret, "A bearer token"),
    key("auth.basic", "SCIMITAR_BASIC", Kind::Secret, "USER:PASSWORD for basic authentication"),
    key("auth.header", "SCIMITAR_AUTH_HEADER", Kind::Secret, "The whole Authorization value, as Okta's Header Auth sends"),
    key("auth.oauth2.token_url", "SCIMITAR_OAUTH2_TOKEN_URL", Kind::Text, "The token endpoint of OAuth 2.0"),
    key("auth.oauth2.client_id", "SCIMITAR_OAUTH2_CLIENT_ID", Kind::Text, "The client's id"),
    key("auth.oauth2.client_secret", "SCIMITAR_OAUTH2_CLIENT_SECRET", Kind::Secret, "The client's secret"),
    key("auth.oauth2.refresh_token", "SCIMITAR_OAUTH2_REFRESH_TOKEN", Kind::Secret, "A refresh token, in place of client credentials"),
    key("auth.oauth2.scope", "SCIMITAR_OAUTH2_SCOPE", Kind::Text, "The scope to ask for"),
    key("run.profile", "SCIMITAR_PROFILE", Kind::Text, "A named choice of suites, or of settings in this file"),
    key("run.suites", "SCIMITAR_SUITES", Kind::List, "Globs over suite ids"),
    key("run.checks", "SCIMITAR_CHECKS", Kind::List, "Globs over check ids"),
    key("run.levels", "SCIMITAR_LEVELS", Kind::List, "must, should, may"),
    key("run.jobs", "SCIMITAR_JOBS", Kind::Number, "How many checks run at the same time"),
    key("run.seed", "SCIMITAR_SEED", Kind::Number, "What generated data is drawn from; repeats a run"),
    key("run.fail_on", "SCIMITAR_FAIL_ON", Kind::Text, "What makes the run fail: must, should or never"),
    key("run.shard", "SCIMITAR_SHARD", Kind::Text, "I/N: only the I-th of N parts"),
    key("run.read_only", "SCIMITAR_READ_ONLY", Kind::Flag, "Only checks that write nothing"),
    key("run.time_gates", "SCIMITAR_TIME_GATES", Kind::Flag, "Response times make the run fail, not only warn"),
    key("run.suites_dir", "SCIMITAR_SUITES_DIR", Kind::Text, "A folder to read suites from, in place of the built-in ones"),
    key("report.out", "SCIMITAR_OUT", Kind::Text, "The folder for the reports"),
    key("report.json", "SCIMITAR_JSON", Kind::Text, "A file for the record"),
    key("report.junit", "SCIMITAR_JUNIT", Kind::Text, "A file for JUnit XML"),
    key("report.html", "SCIMITAR_HTML", Kind::Text, "A file for the HTML report"),
    key("report.markdown", "SCIMITAR_MARKDOWN", Kind::Text, "A file for the Markdown summary"),
    key("okta.entitlement_endpoints", "SCIMITAR_OKTA_ENTITLEMENT_ENDPOINTS", Kind::List, "Paths of entitlement endpoints that /ResourceTypes does not name"),
];

/// Settings whose names are the user's own: everything below them is taken as it is.
pub const OPEN: &[&str] = &["fixtures"];

/// The setting of a path.
pub fn find(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path == path)
}
