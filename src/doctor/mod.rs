//! A look at a target before a run: Okta's 'Test API Credentials' and a preflight.
//!
//! [`examine`] collects [`facts::Facts`] over the wire, by reads only, within a bounded time; [`judge::judge`] makes a
//! [`Diagnosis`] of them, which is pure. What is shown of it, and which exit code follows, is the command line's affair.

pub mod facts;
pub mod judge;

mod ask;
mod authorization;
mod base_url;
mod collect;
mod credentials;
mod diagnosis;

pub use authorization::{AuthorizationServer, Redirect, Redirects};
pub use base_url::base_url;
pub use collect::{Examination, examine};
pub use diagnosis::{
    Accepts, Certificate, Connection, Diagnosis, FORMAT, Finding, Latency, Reach, Section,
    SkipReason, Status, SuitePlan,
};
pub use facts::OpenLedger;
