//! A user's assignment to the app.

use serde_json::{Map, Value, json};

/// What became of the last thing that was sent to the target for an assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sync {
    /// Nothing was to be sent: the feature is off.
    Disabled,
    /// It was taken.
    Synchronized,
    /// It was not.
    Error,
}

impl Sync {
    const fn word(&self) -> &'static str {
        match self {
            Self::Disabled => "DISABLED",
            Self::Synchronized => "SYNCHRONIZED",
            Self::Error => "ERROR",
        }
    }
}

/// An assignment.
#[derive(Debug, Clone)]
pub(super) struct Assignment {
    /// Its number within the org: somebody who is assigned again has another assignment.
    pub(super) number: u64,
    pub(super) user: String,
    /// What is known of the person in the app, as SCIM attributes.
    pub(super) attributes: Map<String, Value>,
    /// The profile as it was given and is shown.
    pub(super) profile: Map<String, Value>,
    /// The id on the target, once it is known.
    pub(super) external_id: Option<String>,
    pub(super) sync: Sync,
    pub(super) created: String,
    pub(super) updated: String,
    pub(super) last_sync: Option<String>,
}

impl Assignment {
    /// The user's name in the app.
    pub(super) fn user_name(&self) -> &str {
        self.attributes
            .get("userName")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// Notes what became of what was sent.
    pub(super) fn synced(&mut self, sync: Sync, now: &str) {
        now.clone_into(&mut self.updated);
        if sync == Sync::Synchronized {
            self.last_sync = Some(now.to_owned());
        }
        self.sync = sync;
    }

    /// As the API shows it.
    pub(super) fn as_json(&self, app: &str, origin: &str) -> Value {
        let status = match (&self.sync, &self.external_id) {
            (Sync::Disabled, _) => "ACTIVE",
            (_, Some(_)) => "PROVISIONED",
            (_, None) => "PENDING",
        };
        json!({
            "id": self.user,
            "externalId": self.external_id,
            "created": self.created,
            "lastUpdated": self.updated,
            "scope": "USER",
            "status": status,
            "statusChanged": self.updated,
            "passwordChanged": null,
            "syncState": self.sync.word(),
            "lastSync": self.last_sync,
            "credentials": { "userName": self.user_name() },
            "profile": self.profile,
            "_links": {
                "app": { "href": format!("{origin}/api/v1/apps/{app}") },
                "user": { "href": format!("{origin}/api/v1/users/{}", self.user) },
            },
        })
    }
}
