//! Okta's SCIM client: one request each, with its headers, and what Okta makes of the answer.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::engine::{Errand, Errands, Returned, Wire};
use crate::http::encode;
use crate::okta;
use crate::suite::Dialect;

/// How long a request may be held up by a target that limits its rate.
const PATIENCE: Duration = Duration::from_secs(10);
/// Where users are, below the base URL.
const USERS: &str = "/Users";

/// An account on the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) id: String,
    /// Whether it is said to be inactive.
    pub(super) is_inactive: bool,
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
    pub(super) unique_identifier: &'a str,
}

impl Client<'_> {
    /// Looks a person up by their user name, which stands in the unique identifier.
    pub(super) async fn look_up(&self, user_name: &str) -> Result<Option<Account>, Problem> {
        let filter = encode(&okta::client::lookup(self.unique_identifier, user_name));
        let path = format!("{USERS}?filter={filter}&startIndex=1&count=100");
        let returned = self.send("GET", path, None).await;
        self.judged(found(&returned, user_name, |account, name| {
            self.errands.is_ours(self.wire, USERS, &account.id, name)
        }))
    }

    /// Creates an account.
    pub(super) async fn create(&self, body: Value) -> Result<Account, Problem> {
        let returned = self.send("POST", USERS.to_owned(), Some(body)).await;
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
    pub(super) async fn patch(&self, id: &str, changes: Map<String, Value>) -> Result<(), Problem> {
        let body = okta::client::patch(self.dialect, Some(id), changes);
        let returned = self.send("PATCH", user(id), Some(body)).await;
        self.judged(succeeded(&returned).map(|_| ()))
    }

    async fn send(&self, method: &'static str, path: String, body: Option<Value>) -> Returned {
        let headers = okta::client::headers(self.dialect, body.is_some());
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
    format!("{USERS}/{}", encode(id))
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

/// What an error says of itself.
fn detail(body: &Value) -> Option<String> {
    let short: String = okta::detail(body)?.chars().take(200).collect();
    Some(format!(": {short}"))
}

/// What a lookup found: nobody, or the account of that name, if it is the run's.
fn found(
    returned: &Returned,
    user_name: &str,
    is_ours: impl FnOnce(&Account, &str) -> bool,
) -> Result<Option<Account>, Problem> {
    // Okta's reference takes a 404 for "nobody", too.
    if matches!(&returned.answer, Some((404, _))) {
        return Ok(None);
    }
    let body = succeeded(returned)?;
    let list = body.as_ref().map_err(Clone::clone)?;
    let first = okta::found(list).map_err(|problem| {
        let silent = ": Okta's lookup ends here, and says no reason";
        format!(
            "{}{}",
            problem.text,
            if problem.is_count { silent } else { "" }
        )
    })?;
    let Some(first) = first else {
        return Ok(None);
    };
    let name = first.get("userName").and_then(Value::as_str);
    let Some(name) = name.filter(|name| name.to_lowercase() == user_name.to_lowercase()) else {
        // What is another person's is never touched.
        return Err(format!(
            "the lookup of {user_name} found {}: a real Okta org would take that account over, the simulated one stops",
            name.unwrap_or("somebody without a userName")
        ));
    };
    let id = okta::id_of(first)?.to_owned();
    let account = Account {
        id,
        is_inactive: first.get("active").and_then(Value::as_bool) == Some(false),
    };
    if is_ours(&account, name) {
        return Ok(Some(account));
    }
    Err(format!(
        "{user_name} was not made by this run: a real Okta org would take that account over, the simulated one \
         stops, and changes nothing. Use a name that carries the run's tag, such as ${{unique.email}}, or remove the account"
    ))
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
    let body = succeeded(returned)?.as_ref();
    let body = body.map_err(|why| format!("Okta can't use the answer: {why}"))?;
    let id = okta::created(body)?.to_owned();
    Ok(Account {
        id,
        is_inactive: false,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn account(id: &str) -> Account {
        Account {
            id: id.to_owned(),
            is_inactive: false,
        }
    }

    fn returned(status: u16, body: Value) -> Returned {
        Returned {
            answer: Some((status, Ok(body))),
            error: None,
        }
    }

    #[test]
    fn a_lookup_finds_only_the_person_who_was_looked_for() {
        let of = |status, body| found(&returned(status, body), "Ada@example.com", |_, _| true);
        let ada = Some(account("7"));
        let listed = |name: &str| json!({ "totalResults": 1, "Resources": [{ "id": "7", "userName": name }] });
        assert_eq!(of(200, listed("ada@example.com")), Ok(ada.clone()));
        let small = json!({ "totalresults": 1, "resources": [{ "id": "7", "userName": "ada@example.com" }] });
        assert_eq!(of(200, small), Ok(ada));
        let inactive = json!({ "id": "7", "userName": "ada@example.com", "active": false });
        let inactive = of(200, json!({ "totalResults": 1, "Resources": [inactive] }));
        assert!(inactive.unwrap().unwrap().is_inactive);
        assert_eq!(of(404, json!({})), Ok(None));
        assert_eq!(of(200, json!({ "totalResults": 0 })), Ok(None));
        for (body, says) in [
            (listed("grace@example.com"), "found grace@example.com"),
            (
                json!({ "totalResults": "0", "Resources": [] }),
                "is \"0\", and Okta takes JSON whole numbers only: Okta's lookup ends here",
            ),
            (
                json!({ "totalResults": 1.5, "Resources": [] }),
                "totalResults is 1.5",
            ),
            (
                json!({ "totalResults": 3, "Resources": [] }),
                "nothing is listed",
            ),
            (json!({}), "no totalResults"),
            (
                json!({ "totalResults": 1, "Resources": [{ "userName": "ada@example.com" }] }),
                "has no `id`",
            ),
            (
                json!({ "totalResults": 1, "Resources": [{ "id": 7, "userName": "ada@example.com" }] }),
                "has 7 as its `id`, and an id is a text",
            ),
        ] {
            let problem = of(200, body).unwrap_err();
            assert!(problem.contains(says), "{problem}");
        }
        let refused = of(500, json!({ "detail": "boom" })).unwrap_err();
        assert_eq!(refused, "it was answered 500: boom");
    }

    #[test]
    fn an_account_that_is_not_the_runs_is_not_linked_to() {
        let body = json!({ "totalResults": 1, "Resources": [{ "id": "7", "userName": "Ceo@example.com" }] });
        let problem = found(&returned(200, body), "ceo@example.com", |account, name| {
            assert_eq!((account.id.as_str(), name), ("7", "Ceo@example.com"));
            false
        });
        let problem = problem.unwrap_err();
        assert!(problem.contains("not made by this run"), "{problem}");
        assert!(problem.contains("${unique.email}"), "{problem}");
    }

    #[test]
    fn an_account_is_created_when_the_answer_has_its_id() {
        assert_eq!(
            created(&returned(201, json!({ "id": "12" }))),
            Ok(account("12"))
        );
        for (status, body, says) in [
            (201, json!({}), "the answer has no `id`"),
            (201, json!({ "id": 12 }), "has 12 as its `id`"),
            (201, json!({ "id": "" }), "has an empty `id`"),
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
