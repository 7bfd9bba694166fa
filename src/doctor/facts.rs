//! What was seen, before anything is made of it.

use std::time::Duration;

use serde_json::Value;

use super::authorization::Redirects;
use super::diagnosis::SuitePlan;
use crate::engine::Discovery;
use crate::http::Inspection;
use crate::record::TransportErrorKind;
use crate::suite::Dialect;

/// All that was seen.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The base URL as it is written.
    pub base_url: String,
    /// Whether it leads to the machine that it is written on.
    pub loopback: bool,
    /// Whether it is the embedded server.
    pub embedded: bool,
    /// Whether certificates are not verified.
    pub insecure: bool,
    /// The SCIM version of the settings.
    pub dialect: Dialect,
    /// The credentials.
    pub credentials: Credentials,
    /// What lies between here and the target, or why TLS can't be set up.
    pub path: Result<Inspection, String>,
    /// `GET /Users?startIndex=1&count=2`.
    pub users: Reply,
    /// `GET /Groups?startIndex=1&count=100`.
    pub groups: Reply,
    /// The lookup of a user whom nobody knows.
    pub lookup: Reply,
    /// The lookup of a group that nobody knows.
    pub group_lookup: Reply,
    /// The first user of the list, read by id.
    pub by_id: Reply,
    /// The features of the Provisioning tab.
    pub features: Features,
    /// What the authorization server makes of redirect URIs, or why it was not asked; absent where none is named.
    pub redirects: Option<Result<Redirects, String>>,
    /// What became of those who should be refused.
    pub intruders: Vec<(Intruder, Reply)>,
    /// The token in the forms that an administrator may type.
    pub forms: Vec<(Form, Reply)>,
    /// `/Users`, asked for as `application/json`.
    pub as_json: Reply,
    /// `/Users`, asked for as anything.
    pub as_anything: Reply,
    /// The endpoints of discovery.
    pub discovery: Endpoints,
    /// What they say.
    pub discovered: Discovery,
    /// The time of every read of `/Users` that was answered with success.
    pub reads: Vec<Duration>,
    /// How far the target's clock is ahead, by each answer with a date, in seconds.
    pub skews: Vec<i64>,
    /// The `Retry-After` of each 429.
    pub throttled: Vec<Option<String>>,
    /// What would run, or why nothing would.
    pub suites: Result<Vec<SuitePlan>, String>,
    /// Ledgers here that name this target and are not done.
    pub ledgers: Vec<OpenLedger>,
    /// The search for resources with scimitar's tag.
    pub search: Reply,
    /// Now, in seconds since 1970.
    pub now_s: i64,
}

/// The credentials, without what is secret of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// In words: `bearer token`, `none`.
    pub words: String,
    /// Where they come from.
    pub origin: Option<String>,
    /// What of `Authorization` stands before the credentials, such as `Bearer`; absent where there is no scheme.
    pub scheme: Option<String>,
    /// Whether there is a value of `Authorization`.
    pub given: bool,
    /// Whether they carry times themselves: a token endpoint's, or a JWT.
    pub timed: bool,
    /// Why there are none after all.
    pub problem: Option<String>,
}

impl Credentials {
    /// Whether they are a name and a password.
    pub fn is_basic(&self) -> bool {
        let scheme = self.scheme.as_deref();
        scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic"))
    }
}

/// Which features of the Provisioning tab are switched on.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a box of the Provisioning tab, and any of them goes with any other"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Features {
    /// Whether the integration is one of the App Integration Wizard.
    pub wizard: bool,
    /// To Okta: import users.
    pub import_users: bool,
    /// To Okta: import groups.
    pub import_groups: bool,
    /// To App: Create Users.
    pub create_users: bool,
    /// To App: Update User Attributes.
    pub update_attributes: bool,
    /// To App: Deactivate Users.
    pub deactivate_users: bool,
    /// Push Groups.
    pub push_groups: bool,
}

impl Features {
    /// Those of a configuration, as `${config.…}` sees it. What it does not say is switched on.
    pub fn of(config: &Value) -> Self {
        let on = |path: &str| config.pointer(path).and_then(Value::as_bool) != Some(false);
        Self {
            wizard: config.pointer("/okta/app").and_then(Value::as_str) == Some("wizard"),
            import_users: on("/okta/to_okta/import_users"),
            import_groups: on("/okta/to_okta/import_groups"),
            create_users: on("/okta/to_app/create_users"),
            update_attributes: on("/okta/to_app/update_attributes"),
            deactivate_users: on("/okta/to_app/deactivate_users"),
            push_groups: on("/okta/to_app/push_groups"),
        }
    }
}

/// The endpoints of discovery.
#[derive(Debug, Clone)]
pub struct Endpoints {
    /// `/ServiceProviderConfig`, of SCIM 1.1 `/ServiceProviderConfigs`.
    pub config: Reply,
    /// `/ResourceTypes`
    pub resource_types: Reply,
    /// `/Schemas`
    pub schemas: Reply,
}

/// What a request led to.
#[derive(Debug, Clone)]
pub enum Reply {
    /// An answer.
    Came(Box<Answer>),
    /// None.
    Failed {
        /// The class of the error.
        kind: TransportErrorKind,
        /// What happened, redacted.
        message: String,
    },
    /// It was not sent, and why.
    NotAsked(String),
}

impl Reply {
    /// The answer, if one came.
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Came(answer) => Some(answer),
            Self::Failed { .. } | Self::NotAsked(_) => None,
        }
    }

    /// The JSON of an answer with the status 200.
    pub fn success(&self) -> Option<&Value> {
        let answer = self.answer().filter(|answer| answer.status == 200)?;
        answer.json()
    }

    /// Whether it was put off by a limit of the rate.
    pub fn is_throttled(&self) -> bool {
        self.status() == Some(429)
    }

    /// The status, if an answer came.
    pub fn status(&self) -> Option<u16> {
        self.answer().map(|answer| answer.status)
    }

    /// Why there is no answer.
    pub fn missing(&self) -> Option<&str> {
        match self {
            Self::Came(_) => None,
            Self::Failed { message, .. } | Self::NotAsked(message) => Some(message),
        }
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// `Content-Type`, redacted.
    pub content_type: Option<String>,
    /// `Location`, redacted.
    pub location: Option<String>,
    /// Whether it has `WWW-Authenticate`.
    pub challenged: bool,
    /// Its body.
    pub body: Body,
}

impl Answer {
    /// The body, if it is JSON.
    pub const fn json(&self) -> Option<&Value> {
        match &self.body {
            Body::Json(value) => Some(value),
            Body::Empty | Body::Html | Body::Other => None,
        }
    }

    /// Status and kind of body, for people: `302 to https://…`, `200 with an HTML page`.
    pub fn words(&self) -> String {
        let status = self.status;
        match (&self.location, &self.body) {
            (Some(place), _) if (300..400).contains(&status) => {
                let place: String = place.chars().take(200).collect();
                format!("{status}, a redirect to {place}")
            }
            (_, Body::Html) => format!("{status} with an HTML page"),
            (_, Body::Empty) => format!("{status} without a body"),
            (_, Body::Other) => format!("{status} with a body that is no JSON"),
            (_, Body::Json(_)) => status.to_string(),
        }
    }
}

/// A body.
#[derive(Debug, Clone)]
pub enum Body {
    /// JSON
    Json(Value),
    /// None.
    Empty,
    /// An HTML page.
    Html,
    /// Something else.
    Other,
}

/// Somebody who should be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intruder {
    /// No credentials.
    Nobody,
    /// Wrong ones of the right form.
    Wrong,
    /// Wrong ones without a scheme.
    WithoutScheme,
    /// The right ones under the name of another scheme.
    OtherScheme,
    /// The beginning of the right ones.
    Truncated,
}

impl Intruder {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Nobody => "no credentials",
            Self::Wrong => "wrong credentials",
            Self::WithoutScheme => "a value without a scheme",
            Self::OtherScheme => "another scheme",
            Self::Truncated => "half of the secret",
        }
    }
}

/// A form of the token that an administrator may type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As it is.
    Alone,
    /// After `Bearer `.
    Bearer,
}

/// A ledger that is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLedger {
    /// Its path.
    pub path: String,
    /// The run.
    pub run: String,
    /// The run's tag.
    pub tag: String,
    /// How many resources may be left.
    pub open: usize,
}
