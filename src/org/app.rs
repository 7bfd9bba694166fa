//! The app instance: how its integration was made, and which boxes of its Provisioning tab are ticked.

use serde_json::{Map, Value, json};

use crate::okta::client::UNIQUE_IDENTIFIER;

/// How the integration was made, which decides what its status changes and passwords are sent by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Integration {
    /// By the App Integration Wizard: PUT.
    Wizard,
    /// In the catalogue, which is the Okta Integration Network: PATCH.
    #[default]
    Catalogue,
}

impl Integration {
    /// What the configuration says (`okta.app`). Where it says nothing, it is an integration of the catalogue: that is
    /// what a submission to Okta becomes.
    pub fn of(config: &Value) -> Self {
        match config.pointer("/okta/app").and_then(Value::as_str) {
            Some("wizard") => Self::Wizard,
            Some(_) | None => Self::Catalogue,
        }
    }
}

/// An app instance as its Provisioning tab shows it.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a box of the Provisioning tab, and any of them goes with any other"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// The unique identifier field for users: the attribute by which people are looked up.
    pub unique_identifier: String,
    /// How the integration was made.
    pub integration: Integration,
    /// To App: Create Users.
    pub create_users: bool,
    /// To App: Update User Attributes.
    pub update_attributes: bool,
    /// To App: Deactivate Users.
    pub deactivate_users: bool,
    /// To App: Exclude Username Updates.
    pub exclude_username_updates: bool,
    /// To App: Sync Password.
    pub sync_password: bool,
}

impl Default for App {
    fn default() -> Self {
        Self {
            unique_identifier: UNIQUE_IDENTIFIER.to_owned(),
            integration: Integration::default(),
            create_users: true,
            update_attributes: true,
            deactivate_users: true,
            exclude_username_updates: false,
            sync_password: true,
        }
    }
}

impl App {
    /// What of a change is sent: with Exclude Username Updates, all but the user name.
    pub(super) fn taken(&self, changes: &Map<String, Value>) -> Map<String, Value> {
        let mut changes = changes.clone();
        if self.exclude_username_updates {
            changes.remove("userName");
        }
        changes
    }

    /// The names of what is switched on, as an app's `features` has them.
    fn features(&self) -> Vec<&'static str> {
        [
            (self.create_users, "PUSH_NEW_USERS"),
            (self.update_attributes, "PUSH_PROFILE_UPDATES"),
            (self.deactivate_users, "PUSH_USER_DEACTIVATION"),
            (self.deactivate_users, "REACTIVATE_USERS"),
            (self.sync_password, "PUSH_PASSWORD_UPDATES"),
        ]
        .into_iter()
        .filter_map(|(on, feature)| on.then_some(feature))
        .collect()
    }

    /// The app as `GET /api/v1/apps/{id}` shows it.
    pub(super) fn as_json(&self, id: &str, created: &str, origin: &str) -> Value {
        let name = match self.integration {
            Integration::Wizard => "scimitar_wizard",
            Integration::Catalogue => "scimitar_catalogue",
        };
        json!({
            "id": id,
            "name": name,
            "label": "scimitar",
            "status": "ACTIVE",
            "created": created,
            "lastUpdated": created,
            "features": self.features(),
            "signOnMode": "AUTO_LOGIN",
            "credentials": {
                "scheme": "EDIT_USERNAME_AND_PASSWORD",
                "userNameTemplate": { "template": "${source.login}", "type": "BUILT_IN" },
            },
            "_links": {
                "self": { "href": format!("{origin}/api/v1/apps/{id}") },
                "users": { "href": format!("{origin}/api/v1/apps/{id}/users") },
            },
        })
    }
}
