//! Requests about one user, as Okta's client sends them, and what their answers mean.

use serde_json::Value;

use super::facts::{Tried, User};
use super::item::{Items, schemas};
use super::sample::{Person, Turn};
use crate::engine::{Conversation, Heard, Stopped};
use crate::http::encode;
use crate::okta;
use crate::scim::error;
use crate::scim::part;
use crate::scim::resource::ResourceSchema;
use crate::suite::Dialect;

/// The longest that is kept of what a target says.
const LONGEST: usize = 200;

/// Asks a target about users.
pub(super) struct Users<'a, 'c> {
    pub(super) conversation: &'a mut Conversation<'c>,
    pub(super) dialect: Dialect,
    pub(super) schema: &'a ResourceSchema,
    /// Where users are: `/Users`.
    pub(super) endpoint: String,
    pub(super) items: &'a Items,
    pub(super) tag: &'a str,
}

impl Users<'_, '_> {
    pub(super) async fn send(
        &mut self,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Heard, Stopped> {
        let headers = okta::client::headers(self.dialect, body.is_some());
        self.conversation.send(method, path, &headers, body).await
    }

    /// Creates a person with some of the attributes. `groups` is sent empty, as Okta does, unless it is left out.
    pub(super) async fn create(
        &mut self,
        person: &Person,
        chosen: impl IntoIterator<Item = usize>,
        with_groups: bool,
    ) -> Result<Tried<User>, Stopped> {
        let mut body = serde_json::json!({ "schemas": schemas(self.dialect) });
        let mut sent = std::collections::BTreeMap::new();
        for index in chosen {
            let Some(item) = self.items.all.get(index) else {
                continue;
            };
            if let Some(value) = item.value(person, self.tag, Turn::First) {
                part::set(self.schema, &mut body, &item.path, value.clone(), None);
                sent.insert(index, value);
            }
        }
        if let (true, Some(members)) = (with_groups, body.as_object_mut()) {
            members.insert("groups".to_owned(), Value::Array(Vec::new()));
        }
        let heard = self
            .send("POST", &self.endpoint.clone(), Some(&body))
            .await?;
        let name = person.user_name();
        let id = match outcome(&heard) {
            Tried::Refused(why) => return Ok(Tried::Refused(why)),
            Tried::Failed(why) => return Ok(Tried::Failed(why)),
            Tried::Unclear(why) => return Ok(Tried::Unclear(why)),
            Tried::Taken(()) => heard.body.as_ref().ok().and_then(id_of),
        };
        let id = if id.is_some() {
            id
        } else {
            self.conversation.settle().await;
            let found = self.look_up(&name).await?;
            found.ok().as_ref().and_then(id_of)
        };
        Ok(Tried::Taken(User { id, name, sent }))
    }

    /// Reads, and once more where the target gives no answer, or fails.
    async fn get(&mut self, path: &str) -> Result<Heard, Stopped> {
        let heard = self.send("GET", path, None).await?;
        match outcome(&heard) {
            Tried::Failed(_) | Tried::Unclear(_) => self.send("GET", path, None).await,
            Tried::Taken(()) | Tried::Refused(_) => Ok(heard),
        }
    }

    /// Reads a user by id.
    pub(super) async fn read(&mut self, id: &str) -> Result<Result<Value, String>, Stopped> {
        let path = format!("{}/{}", self.endpoint, encode(id));
        let heard = self.get(&path).await?;
        Ok(match (heard.status, heard.body) {
            (Some(200), Ok(body)) if body.is_object() => Ok(body),
            (Some(200), Ok(_)) => {
                Err("a read by id is answered with JSON that is no object".to_owned())
            }
            (Some(200), Err(problem)) => {
                Err(format!("a read by id is answered 200, but {problem}"))
            }
            (Some(status), _) => Err(format!("a read by id is answered {status}")),
            (None, _) => Err("a read by id gets no answer".to_owned()),
        })
    }

    /// Looks a user up by the name, as Okta does.
    pub(super) async fn look_up(&mut self, name: &str) -> Result<Result<Value, String>, Stopped> {
        let filter = encode(&okta::client::lookup(okta::client::UNIQUE_IDENTIFIER, name));
        let path = format!("{}?filter={filter}&startIndex=1&count=100", self.endpoint);
        let heard = self.get(&path).await?;
        let body = match (heard.status, heard.body) {
            (Some(200), Ok(body)) => body,
            (Some(status), _) => {
                return Ok(Err(format!("the lookup by userName is answered {status}")));
            }
            (None, _) => return Ok(Err("the lookup by userName gets no answer".to_owned())),
        };
        let found = body.get("Resources").and_then(Value::as_array);
        let same = |user: &&Value| {
            user.get("userName")
                .and_then(Value::as_str)
                .is_some_and(|known| known.eq_ignore_ascii_case(name))
        };
        let found = found.and_then(|all| all.iter().find(same));
        Ok(found.cloned().ok_or_else(|| {
            "the lookup by userName does not find the user who was created".to_owned()
        }))
    }
}

/// The id of a representation. Numbers, which some servers have, are ids here too.
fn id_of(user: &Value) -> Option<String> {
    match user.get("id")? {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// What an answer to a write means.
pub(super) fn outcome(heard: &Heard) -> Tried<()> {
    let Some(status) = heard.status else {
        let why = heard.error.clone().unwrap_or_default();
        return Tried::Unclear(format!("no answer: {}", cut(&why)));
    };
    let said = said(status, heard.body.as_ref().ok());
    match status {
        200..=299 => Tried::Taken(()),
        401 | 403 | 429 | 503 => Tried::Unclear(said),
        // 501 says of the request that it is not supported.
        501 => Tried::Refused(said),
        500.. => Tried::Failed(said),
        _ => Tried::Refused(said),
    }
}

/// Status, kind and detail of an error: `400 invalidValue: The title is too long.`
fn said(status: u16, body: Option<&Value>) -> String {
    let text = |value: &Value, name: &str| {
        let text = value.get(name)?.as_str()?.trim();
        (!text.is_empty()).then(|| cut(text))
    };
    let mut said = status.to_string();
    let Some(body) = body else { return said };
    if let Some(kind) = text(body, "scimType") {
        said = format!("{said} {kind}");
    }
    match error::detail(body) {
        Some(detail) => format!("{said}: {}", cut(detail)),
        None => said,
    }
}

pub(super) fn cut(text: &str) -> String {
    let mut cut: String = text.chars().take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_refusal_is_told_with_what_the_target_says() {
        let heard = |status, body: Value| Heard {
            status: Some(status),
            body: Ok(body),
            error: None,
        };
        let refused = |heard: &Heard| match outcome(heard) {
            Tried::Refused(why) => why,
            other => format!("{other:?}"),
        };
        let v2 = heard(
            400,
            json!({ "scimType": "invalidValue", "detail": "No title." }),
        );
        assert_eq!(refused(&v2), "400 invalidValue: No title.");
        let v1 = heard(
            409,
            json!({ "Errors": [{ "description": "Taken.", "code": 409 }] }),
        );
        assert_eq!(refused(&v1), "409: Taken.");
        assert_eq!(refused(&heard(501, json!("<html>"))), "501");
        for status in [500, 502, 504] {
            let failed = outcome(&heard(status, json!("<html>")));
            assert!(matches!(failed, Tried::Failed(_)), "{status}");
        }
        let silence = Heard {
            status: None,
            body: Err("closed".to_owned()),
            error: Some("closed".to_owned()),
        };
        assert!(matches!(outcome(&silence), Tried::Unclear(_)));
        assert!(matches!(outcome(&heard(403, json!({}))), Tried::Unclear(_)));
        assert!(matches!(outcome(&heard(204, json!({}))), Tried::Taken(())));
    }
}
