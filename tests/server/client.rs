//! A small SCIM client for the tests.

use std::io::Read as _;
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method};
use scimitar::server::{Config, Server};
use serde_json::{Value, json};

pub(crate) const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
pub(crate) const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
pub(crate) const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
pub(crate) const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
pub(crate) const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";
pub(crate) const PATCH_OP: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
pub(crate) const SEARCH: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
pub(crate) const BULK: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
pub(crate) const V1: &str = "urn:scim:schemas:core:1.0";

/// A running server and a client of it.
pub(crate) struct Scim {
    pub(crate) server: Server,
    pub(crate) client: Client,
}

/// An answer, read whole.
#[derive(Debug, Clone)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) took: Duration,
}

impl Got {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error} in {:?}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap_or("?"))
    }

    /// The body, after the status is what it should be.
    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        if self.text.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }

    /// The error, after status and scimType are what they should be.
    #[track_caller]
    pub(crate) fn is_error(&self, status: u16, scim_type: Option<&str>) {
        let body = self.is(status);
        assert_eq!(body["schemas"], json!([ERROR]));
        assert_eq!(body["status"], json!(status.to_string()));
        assert_eq!(
            body.get("scimType").and_then(Value::as_str),
            scim_type,
            "{body}"
        );
        assert!(
            body["detail"]
                .as_str()
                .is_some_and(|detail| !detail.is_empty()),
            "{body}"
        );
        assert!(
            self.header("content-type")
                .starts_with("application/scim+json")
        );
    }
}

pub(crate) fn plain_client(timeout: Duration) -> Client {
    // reqwest wants a provider of cryptography even where nothing is encrypted; a second time is no harm.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let redirect = reqwest::redirect::Policy::none();
    Client::builder()
        .no_proxy()
        .redirect(redirect)
        .timeout(timeout)
        .build()
        .unwrap()
}

fn unzipped(bytes: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

impl Scim {
    pub(crate) async fn start(config: Config) -> Self {
        let server = Server::start(config).await.unwrap();
        Self {
            server,
            client: plain_client(Duration::from_secs(20)),
        }
    }

    pub(crate) async fn clean() -> Self {
        Self::start(Config::default()).await
    }

    pub(crate) async fn faulty(fault: &str) -> Self {
        Self::start(Config {
            faults: vec![fault.to_owned()],
            ..Config::default()
        })
        .await
    }

    pub(crate) async fn varied(variation: &str) -> Self {
        Self::start(Config {
            variations: vec![variation.to_owned()],
            ..Config::default()
        })
        .await
    }

    /// A request; the path is below the base URL of 2.0, or of 1.1 if it begins with `v1:`, or anywhere with `origin:`.
    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Got {
        self.try_ask(method, path, headers, body).await.unwrap()
    }

    pub(crate) async fn try_ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> reqwest::Result<Got> {
        let url = match (path.strip_prefix("v1:"), path.strip_prefix("origin:")) {
            (Some(rest), _) => format!("{}{rest}", self.server.base_url_v1()),
            (_, Some(rest)) => format!("http://{}{rest}", self.server.address()),
            _ => format!("{}{path}", self.server.base_url_v2()),
        };
        let mut map = HeaderMap::new();
        let given = |name: &str| {
            headers
                .iter()
                .any(|(key, _)| key.eq_ignore_ascii_case(name))
        };
        if !given("authorization") {
            map.insert(
                "authorization",
                HeaderValue::from_str(&format!("Bearer {}", self.server.token())).unwrap(),
            );
        }
        if body.is_some() && !given("content-type") {
            let kind = if path.starts_with("v1:") {
                "application/json"
            } else {
                "application/scim+json"
            };
            map.insert("content-type", HeaderValue::from_static(kind));
        }
        map.insert("accept-encoding", HeaderValue::from_static("gzip"));
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            map.insert(
                HeaderName::from_bytes(name.as_bytes()).unwrap(),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.client.request(method, url).headers(map);
        if let Some(body) = body {
            request = request.body(body);
        }
        let begun = Instant::now();
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await?;
        let zipped = headers
            .get("content-encoding")
            .is_some_and(|coding| coding == "gzip");
        let text = if zipped {
            unzipped(&bytes)
        } else {
            String::from_utf8_lossy(&bytes).into_owned()
        };
        Ok(Got {
            status,
            headers,
            text,
            took: begun.elapsed(),
        })
    }

    pub(crate) async fn get(&self, path: &str) -> Got {
        self.ask("GET", path, &[], None).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Got {
        self.ask("POST", path, &[], Some(body.to_string())).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Got {
        self.ask("PUT", path, &[], Some(body.to_string())).await
    }

    pub(crate) async fn patch(&self, path: &str, operations: Value) -> Got {
        let body = json!({ "schemas": [PATCH_OP], "Operations": operations });
        self.ask("PATCH", path, &[], Some(body.to_string())).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Got {
        self.ask("DELETE", path, &[], None).await
    }

    /// Lists with a filter.
    pub(crate) async fn find(&self, endpoint: &str, filter: &str) -> Got {
        self.get(&format!("{endpoint}?filter={}", encode(filter)))
            .await
    }

    /// Creates a user and gives its id.
    pub(crate) async fn user(&self, name: &str) -> String {
        id(&self.post("/Users", &user(name)).await.is(201))
    }

    /// Creates a group and gives its id.
    pub(crate) async fn group(&self, name: &str, members: &[&str]) -> String {
        let members: Vec<Value> = members.iter().map(|id| json!({ "value": id })).collect();
        let body = json!({ "schemas": [GROUP], "displayName": name, "members": members });
        id(&self.post("/Groups", &body).await.is(201))
    }
}

/// The id of a resource.
pub(crate) fn id(resource: &Value) -> String {
    resource["id"]
        .as_str()
        .map_or_else(|| resource["id"].to_string(), str::to_owned)
}

/// A user as Okta creates it.
pub(crate) fn user(name: &str) -> Value {
    json!({
        "schemas": [USER],
        "userName": name,
        "name": { "givenName": "Ada", "familyName": "Lovelace" },
        "emails": [{ "primary": true, "value": name, "type": "work" }],
        "displayName": "Ada Lovelace",
        "active": true,
    })
}

/// Percent-encodes all but unreserved characters.
pub(crate) fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// The `userName`s of a list.
pub(crate) fn names(list: &Value) -> Vec<String> {
    let resources = list["Resources"].as_array().cloned().unwrap_or_default();
    resources
        .iter()
        .map(|user| user["userName"].as_str().unwrap_or_default().to_owned())
        .collect()
}
