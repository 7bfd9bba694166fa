use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the target was reached, as far as a form asks that describes an integration. It holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// How requests were authenticated.
    pub authentication: AuthenticationMode,
    /// What Okta's form would say against the base URL; empty when it takes it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub base_url: Vec<BaseUrlFinding>,
}

/// How requests were authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AuthenticationMode {
    /// Not at all.
    None,
    /// By a certificate of the client.
    ClientCertificate,
    /// `Authorization: Basic …`
    Basic,
    /// `Authorization: Bearer …` with a token that was given.
    Bearer,
    /// An `Authorization` header that was given as it stands.
    Header,
    /// A token that was got by OAuth 2.0.
    Oauth2,
}

/// Something that Okta's form would say against a base URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BaseUrlFinding {
    /// The rule: `base-url.underscore`.
    pub id: String,
    /// What is wrong, in one sentence.
    pub text: String,
    /// What to do.
    pub remedy: String,
}
