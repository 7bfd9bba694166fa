//! A user of the org.

use serde_json::{Map, Value, json};

use super::error::ApiError;

/// Where a user is in their life, as far as this org goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Staged,
    /// Activated, without a password yet.
    Provisioned,
    Active,
    Suspended,
    Deprovisioned,
}

impl Status {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Staged => "STAGED",
            Self::Provisioned => "PROVISIONED",
            Self::Active => "ACTIVE",
            Self::Suspended => "SUSPENDED",
            Self::Deprovisioned => "DEPROVISIONED",
        }
    }
}

/// A user.
#[derive(Debug, Clone)]
pub(super) struct User {
    pub(super) id: String,
    pub(super) status: Status,
    pub(super) profile: Map<String, Value>,
    pub(super) has_password: bool,
    pub(super) question: Option<Value>,
    pub(super) created: String,
    pub(super) activated: Option<String>,
    pub(super) changed: String,
    pub(super) updated: String,
    pub(super) password_changed: Option<String>,
}

impl User {
    /// A text of the profile; none if it is empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        text(&self.profile, name)
    }

    /// As the API shows it. Passwords and answers are never shown.
    pub(super) fn as_json(&self, origin: &str) -> Value {
        let mut credentials = json!({ "provider": { "type": "OKTA", "name": "OKTA" } });
        if self.has_password {
            credentials["password"] = json!({});
        }
        if let Some(question) = &self.question {
            credentials["recovery_question"] = json!({ "question": question });
        }
        json!({
            "id": self.id,
            "status": self.status.word(),
            "created": self.created,
            "activated": self.activated,
            "statusChanged": self.changed,
            "lastLogin": null,
            "lastUpdated": self.updated,
            "passwordChanged": self.password_changed,
            "type": { "id": "oty0simulatedorgtype" },
            "profile": self.profile,
            "credentials": credentials,
            "_links": { "self": { "href": format!("{origin}/api/v1/users/{}", self.id) } },
        })
    }
}

fn text<'a>(profile: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    profile
        .get(name)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
}

/// What Okta's default schema demands of a profile.
///
/// # Errors
/// All that is wrong with it.
pub(super) fn check_profile(profile: &Map<String, Value>) -> Result<(), ApiError> {
    let mut members = Vec::new();
    let mut causes = Vec::new();
    for member in ["login", "email", "firstName", "lastName"] {
        let cause = match text(profile, member) {
            None => format!("{member}: The field cannot be left blank"),
            Some(value) if matches!(member, "login" | "email") && !is_address(value) => {
                format!("{member}: Does not match required pattern")
            }
            Some(_) => continue,
        };
        members.push(member);
        causes.push(cause);
    }
    match members.first() {
        None => Ok(()),
        Some(first) => Err(ApiError::validation(first, causes)),
    }
}

fn is_address(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
}
