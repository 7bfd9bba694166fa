//! What Okta sends to the target when something happens to an assignment: which requests, in which order.

use serde_json::{Map, Value, json};

use super::app::{App, Integration};
use super::client::{Account, Client, Problem};
use super::mapping::{overlay, schemas};
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
            Ok(Some(Account { id })) => Assigned {
                done: self.take_over(&id, attributes).await,
                account: Some(id),
            },
            Ok(None) => {
                let body = new_account(okta_id, password, attributes, self.client.dialect);
                let created = self.client.create(body).await;
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
    async fn take_over(&self, id: &str, attributes: &Map<String, Value>) -> Result<(), Problem> {
        match self.integration() {
            Integration::Wizard => self.put_active(id, true).await?,
            Integration::Catalogue => {
                self.client.patch(id, json!({ "active": true })).await?;
            }
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
        overlay(&mut account, changes);
        name_schemas(&mut account, changes, self.client.dialect);
        self.client.replace(id, account).await
    }

    /// The assignment is gone, or its user was deactivated.
    pub(super) async fn deactivate(&self, id: &str) -> Result<(), Problem> {
        match self.integration() {
            Integration::Wizard => self.put_active(id, false).await,
            Integration::Catalogue => {
                if self.client.dialect == Dialect::V2 {
                    self.client.read(id).await?;
                }
                self.client.patch(id, json!({ "active": false })).await
            }
        }
    }

    /// The password changed.
    pub(super) async fn set_password(&self, id: &str, password: &str) -> Result<(), Problem> {
        match self.integration() {
            Integration::Wizard => {
                let mut account = self.client.read(id).await?;
                account.insert("password".into(), password.into());
                self.client.replace(id, account).await
            }
            Integration::Catalogue => {
                let value = json!({ "password": password });
                self.client.patch(id, value).await
            }
        }
    }

    async fn put_active(&self, id: &str, active: bool) -> Result<(), Problem> {
        let mut account = self.client.read(id).await?;
        account.insert("active".into(), active.into());
        self.client.replace(id, account).await
    }

    /// SCIM 1.1 is spoken by integrations of the catalogue's kind only.
    fn integration(&self) -> Integration {
        match self.client.dialect {
            Dialect::V1 => Integration::Catalogue,
            Dialect::V2 => self.app.integration,
        }
    }
}

/// The body that creates an account.
fn new_account(
    okta_id: &str,
    password: &str,
    attributes: &Map<String, Value>,
    dialect: Dialect,
) -> Value {
    let mut body = Map::new();
    body.insert("schemas".into(), json!(schemas(attributes, dialect)));
    body.extend(attributes.clone());
    body.insert("externalId".into(), okta_id.into());
    // Sent always, though nobody may write them.
    body.insert("groups".into(), json!([]));
    // Sent always, whether passwords are synchronized or not.
    body.insert("password".into(), password.into());
    body.insert("active".into(), true.into());
    Value::Object(body)
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
