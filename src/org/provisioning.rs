//! What Okta sends to the target when something happens to an assignment: which requests, in which order.

use serde_json::{Map, Value, json};

use super::app::{App, Integration};
use super::client::{Account, Client, Problem};
use super::mapping::{overlay, schemas};
use crate::okta::client::status;
use crate::suite::Dialect;

/// What came of an assignment.
#[derive(Debug)]
pub(super) struct Assigned {
    /// The account that the assignment is linked to: it is as soon as one is found.
    pub(super) account: Option<String>,
    /// Whether all was taken.
    pub(super) done: Result<(), Problem>,
}

/// Provisions for one check.
#[derive(Debug)]
pub(super) struct Provisioning<'a> {
    pub(super) client: Client<'a>,
    pub(super) app: &'a App,
}

impl Provisioning<'_> {
    /// Somebody was assigned: they are looked up, and created, or linked to the account that there is, which is
    /// activated and gets their profile.
    pub(super) async fn assign(
        &self,
        okta_id: &str,
        password: &str,
        attributes: &Map<String, Value>,
    ) -> Assigned {
        let user_name = attributes.get("userName").and_then(Value::as_str);
        match self.client.look_up(user_name.unwrap_or_default()).await {
            Ok(Some(account)) => Assigned {
                done: self.take_over(okta_id, &account, attributes).await,
                account: Some(account.id),
            },
            Ok(None) => {
                let body = profile(okta_id, Some(password), attributes, self.client.dialect);
                let created = self.client.create(body.into()).await;
                Assigned {
                    done: created.as_ref().map(|_| ()).map_err(Clone::clone),
                    account: created.ok().map(|account| account.id),
                }
            }
            Err(problem) => Assigned {
                done: Err(problem),
                account: None,
            },
        }
    }

    /// Activates an account that there is, and sends the profile.
    async fn take_over(
        &self,
        okta_id: &str,
        account: &Account,
        attributes: &Map<String, Value>,
    ) -> Result<(), Problem> {
        let id = account.id.as_str();
        match (self.client.dialect, self.app.integration) {
            // The profile follows the lookup at once, and activates.
            (Dialect::V1, _) if !account.is_inactive => {
                let mut body = profile(okta_id, None, attributes, Dialect::V1);
                body.insert("id".into(), id.into());
                return self.client.replace(id, body).await;
            }
            (Dialect::V1, Integration::Wizard) => {
                let mut changes = attributes.clone();
                changes.extend(status(true));
                return self.update(id, &changes).await;
            }
            (Dialect::V2, Integration::Wizard) => self.put_active(id, true).await?,
            (_, Integration::Catalogue) => self.client.patch(id, status(true)).await?,
        }
        self.update(id, attributes).await
    }

    /// Attributes changed: the account is read, and sent back with them.
    pub(super) async fn update(
        &self,
        id: &str,
        changes: &Map<String, Value>,
    ) -> Result<(), Problem> {
        let mut account = self.client.read(id).await?;
        overlay(&mut account, &self.app.taken(changes));
        name_schemas(&mut account, changes, self.client.dialect);
        self.client.replace(id, account).await
    }

    /// The assignment is gone, or its user was deactivated.
    pub(super) async fn deactivate(&self, id: &str) -> Result<(), Problem> {
        match self.app.integration {
            Integration::Wizard => self.put_active(id, false).await,
            Integration::Catalogue => {
                if self.client.dialect == Dialect::V2 {
                    self.client.read(id).await?;
                }
                self.client.patch(id, status(false)).await
            }
        }
    }

    /// The password changed.
    pub(super) async fn set_password(&self, id: &str, password: &str) -> Result<(), Problem> {
        match self.app.integration {
            Integration::Wizard => {
                let mut account = self.client.read(id).await?;
                account.insert("password".into(), password.into());
                self.client.replace(id, account).await
            }
            Integration::Catalogue => {
                let changes = Map::from_iter([("password".to_owned(), password.into())]);
                self.client.patch(id, changes).await
            }
        }
    }

    async fn put_active(&self, id: &str, active: bool) -> Result<(), Problem> {
        let mut account = self.client.read(id).await?;
        account.extend(status(active));
        self.client.replace(id, account).await
    }
}

/// The whole of a profile as Okta has it, with what it sends besides.
fn profile(
    okta_id: &str,
    password: Option<&str>,
    attributes: &Map<String, Value>,
    dialect: Dialect,
) -> Map<String, Value> {
    let mut body = Map::new();
    body.insert("schemas".into(), json!(schemas(attributes, dialect)));
    body.extend(attributes.clone());
    body.insert("externalId".into(), okta_id.into());
    // Sent always, though nobody may write them.
    body.insert("groups".into(), json!([]));
    // Sent with each new account, whether passwords are synchronized or not.
    body.extend(password.map(|password| ("password".to_owned(), password.into())));
    body.extend(status(true));
    body
}

/// An extension that comes in needs its URN among the schemas.
fn name_schemas(account: &mut Map<String, Value>, changes: &Map<String, Value>, dialect: Dialect) {
    let needed = schemas(changes, dialect);
    match account.get_mut("schemas").and_then(Value::as_array_mut) {
        Some(known) => {
            for urn in needed {
                if known.iter().all(|one| one.as_str() != Some(urn)) {
                    known.push(urn.into());
                }
            }
        }
        None => {
            account.insert("schemas".into(), json!(needed));
        }
    }
}
