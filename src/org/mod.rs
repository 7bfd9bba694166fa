//! A simulated Okta org: the part of Okta's management API by which its tests drive an integration, on loopback, and
//! Okta's SCIM client, which provisions to the target what that API is told.
//!
//! An org has one app instance, whose integration is configured as the Provisioning tab shows it ([`App`]). What it sends
//! to the target goes out by [`crate::engine::Errands`]: tracked by the clean-up ledger, recorded under the step that
//! caused it. Okta does this in the background; here it is done before the call is answered, so that no test has to wait.
//! As with Okta, a target that refuses something does not make the call fail: the assignment's `syncState` says `ERROR`.
//!
//! Statuses, bodies and error codes are those of Okta's public API reference; what its client sends is told in the
//! suite `okta-client-2.0`, request for request.

mod api;
mod app;
mod assignment;
mod caller;
mod client;
mod directory;
mod error;
mod grants;
mod lifecycle;
mod mapping;
mod provisioning;
mod running;
mod user;
mod users;

pub use crate::okta::client::unique_identifier;
pub use app::{App, Integration};
pub use running::{Config, Org};

/// The name by which suites call an Okta org.
pub const SERVICE: &str = "okta-org";
