//! Okta's SCIM client: one request each, with its headers, and what Okta makes of the answer.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::mapping::user_schema;
use crate::engine::{Errand, Errands, Returned, Wire};
use crate::http::encode;
use crate::suite::Dialect;

/// How long a request may be held up by a target that limits its rate.
const PATIENCE: Duration = Duration::from_secs(10);
/// What Okta's client calls itself.
const USER_AGENT: &str = "Okta SCIM Client 1.0.0";

/// An account on the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) id: String,
}

/// Why Okta does not go on, in one line.
pub(super) type Problem = String;

/// Sends for one check.
#[derive(Debug)]
pub(super) struct Client<'a> {
    pub(super) wire: &'a Wire,
    pub(super) errands: &'a Errands,
    pub(super) dialect: Dialect,
    pub(super) check: &'a str,
}

impl Client<'_> {
    /// Looks a person up by their user name.
    pub(super) async fn look_up(&self, user_name: &str) -> Result<Option<Account>, Problem> {
        let quoted = user_name.replace('\\', "\\\\").replace('"', "\\\"");
        let filter = encode(&format!("userName eq \"{quoted}\""));
        let path = format!("/Users?filter={filter}&startIndex=1&count=100");
        let returned = self.send("GET", path, None).await;
        self.judged(found(&returned, user_name))
    }

    /// Creates an account.
    pub(super) async fn create(&self, body: Value) -> Result<Account, Problem> {
        let returned = self.send("POST", "/Users".to_owned(), Some(body)).await;
        self.judged(created(&returned))
    }

    /// Reads an account.
    pub(super) async fn read(&self, id: &str) -> Result<Map<String, Value>, Problem> {
        let returned = self.send("GET", user(id), None).await;
        self.judged(match succeeded(&returned) {
            Ok(Ok(Value::Object(read))) => Ok(read.clone()),
            Ok(Ok(_)) => Err("the account is no JSON object".to_owned()),
            Ok(Err(why)) => Err(why.clone()),
            Err(problem) => Err(problem),
        })
    }

    /// Sends a whole account back.
    pub(super) async fn replace(&self, id: &str, body: Map<String, Value>) -> Result<(), Problem> {
        let returned = self.send("PUT", user(id), Some(Value::Object(body))).await;
        self.judged(succeeded(&returned).map(|_| ()))
    }

    /// Changes some attributes.
    pub(super) async fn patch(&self, id: &str, value: Value) -> Result<(), Problem> {
        let body = match (self.dialect, value) {
            (Dialect::V1, Value::Object(value)) => {
                let mut body = Map::new();
                body.insert("schemas".into(), json!([user_schema(self.dialect)]));
                body.insert("id".into(), id.into());
                body.extend(value);
                Value::Object(body)
            }
            (_, value) => json!({
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                "Operations": [{ "op": "replace", "value": value }],
            }),
        };
        let returned = self.send("PATCH", user(id), Some(body)).await;
        self.judged(succeeded(&returned).map(|_| ()))
    }

    async fn send(&self, method: &'static str, path: String, body: Option<Value>) -> Returned {
        let media_type = match self.dialect {
            Dialect::V2 => "application/scim+json",
            Dialect::V1 => "application/json",
        };
        let mut headers = vec![
            ("Accept".to_owned(), media_type.to_owned()),
            ("Accept-Charset".to_owned(), "utf-8".to_owned()),
            ("Accept-Encoding".to_owned(), "gzip,deflate".to_owned()),
            ("User-Agent".to_owned(), USER_AGENT.to_owned()),
        ];
        if body.is_some() {
            let written = format!("{media_type}; charset=utf-8");
            headers.push(("Content-Type".to_owned(), written));
        }
        let errand = Errand {
            method,
            path,
            headers,
            body,
        };
        self.errands
            .send(self.wire, self.check, errand, PATIENCE)
            .await
    }

    /// Writes a problem down at the request that met it.
    fn judged<T>(&self, result: Result<T, Problem>) -> Result<T, Problem> {
        if let Err(problem) = &result {
            self.errands.give_up(self.wire, self.check, problem);
        }
        result
    }
}

fn user(id: &str) -> String {
    format!("/Users/{}", encode(id))
}

/// The body of an answer that is a success.
fn succeeded(returned: &Returned) -> Result<&Result<Value, String>, Problem> {
    let (status, body) = answered(returned)?;
    if (200..300).contains(&status) {
        return Ok(body);
    }
    let detail = body.as_ref().ok().and_then(detail).unwrap_or_default();
    Err(format!("it was answered {status}{detail}"))
}

fn answered(returned: &Returned) -> Result<(u16, &Result<Value, String>), Problem> {
    match &returned.answer {
        Some((status, body)) => Ok((*status, body)),
        None => Err(returned
            .error
            .clone()
            .unwrap_or_else(|| "no answer came".to_owned())),
    }
}

/// What an error says of itself, in either dialect.
fn detail(body: &Value) -> Option<String> {
    let of_v1 = || body.get("Errors")?.get(0)?.get("description");
    let text = body.get("detail").or_else(of_v1)?.as_str()?;
    let short: String = text.chars().take(200).collect();
    Some(format!(": {short}"))
}

/// What a lookup found.
fn found(returned: &Returned, user_name: &str) -> Result<Option<Account>, Problem> {
    // Okta's reference takes a 404 for "nobody", too.
    if matches!(&returned.answer, Some((404, _))) {
        return Ok(None);
    }
    let body = succeeded(returned)?;
    let list = body.as_ref().map_err(Clone::clone)?;
    // The names of a list's members are taken in small letters as well.
    let at = |name: &str| list.get(name).or_else(|| list.get(name.to_lowercase()));
    for name in ["totalResults", "startIndex", "itemsPerPage"] {
        if let Some(text) = at(name).filter(|count| count.is_string()) {
            return Err(format!(
                "{name} is the text {text}, not a number: Okta's lookup ends here, and says no reason"
            ));
        }
    }
    let Some(first) = at("Resources").and_then(|resources| resources.get(0)) else {
        return match at("totalResults").and_then(Value::as_u64) {
            Some(0) => Ok(None),
            Some(count) => Err(format!("totalResults is {count}, but nobody is listed")),
            None => Err("the answer is no list: it has no totalResults".to_owned()),
        };
    };
    let name = first.get("userName").and_then(Value::as_str);
    if name.is_none_or(|name| name.to_lowercase() != user_name.to_lowercase()) {
        // What is another person's is never touched.
        return Err(format!(
            "the lookup of {user_name} found {}: a real Okta org would take that account over, the simulated one stops",
            name.unwrap_or("somebody without a userName")
        ));
    }
    let id = id(first).ok_or_else(|| "the account that was found has no id".to_owned())?;
    Ok(Some(Account { id }))
}

/// What came of creating an account.
fn created(returned: &Returned) -> Result<Account, Problem> {
    let (status, body) = answered(returned)?;
    if status == 409 {
        let detail = body.as_ref().ok().and_then(detail).unwrap_or_default();
        return Err(format!(
            "409: there is an account of that name, which the lookup did not find{detail}"
        ));
    }
    let body = succeeded(returned)?;
    let account = body.as_ref().ok().and_then(id);
    account
        .map(|id| Account { id })
        .ok_or_else(|| "Create new user returned empty user: the answer has no id".to_owned())
}

fn id(resource: &Value) -> Option<String> {
    match resource.get("id")? {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn returned(status: u16, body: Value) -> Returned {
        Returned {
            answer: Some((status, Ok(body))),
            error: None,
        }
    }

    #[test]
    fn a_lookup_finds_only_the_person_who_was_looked_for() {
        let of = |status, body| found(&returned(status, body), "Ada@example.com");
        let ada = Some(Account { id: "7".into() });
        let listed = |name: &str| json!({ "totalResults": 1, "Resources": [{ "id": "7", "userName": name }] });
        assert_eq!(of(200, listed("ada@example.com")), Ok(ada.clone()));
        let small = json!({ "totalresults": 1, "resources": [{ "id": "7", "userName": "ada@example.com" }] });
        assert_eq!(of(200, small), Ok(ada));
        assert_eq!(of(404, json!({})), Ok(None));
        assert_eq!(of(200, json!({ "totalResults": 0 })), Ok(None));
        for (body, says) in [
            (listed("grace@example.com"), "found grace@example.com"),
            (
                json!({ "totalResults": "0", "Resources": [] }),
                "is the text \"0\"",
            ),
            (
                json!({ "totalResults": 3, "Resources": [] }),
                "nobody is listed",
            ),
            (json!({}), "no list"),
            (
                json!({ "totalResults": 1, "Resources": [{ "userName": "ada@example.com" }] }),
                "no id",
            ),
        ] {
            let problem = of(200, body).unwrap_err();
            assert!(problem.contains(says), "{problem}");
        }
        let refused = of(500, json!({ "detail": "boom" })).unwrap_err();
        assert_eq!(refused, "it was answered 500: boom");
    }

    #[test]
    fn an_account_is_created_when_the_answer_has_its_id() {
        assert_eq!(
            created(&returned(201, json!({ "id": 12 }))),
            Ok(Account { id: "12".into() })
        );
        for (status, body, says) in [
            (201, json!({}), "returned empty user"),
            (
                409,
                json!({ "Errors": [{ "description": "taken" }] }),
                "did not find: taken",
            ),
            (
                400,
                json!({ "detail": "no password here" }),
                "answered 400: no password here",
            ),
        ] {
            let problem = created(&returned(status, body)).unwrap_err();
            assert!(problem.contains(says), "{problem}");
        }
    }
}
