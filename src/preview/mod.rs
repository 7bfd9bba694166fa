//! What Okta would make of a target's users and groups: its "To Okta" page, simulated. Nothing is written there.
//!
//! [`preview`] reads the target as Okta's import does (page by page, one record at a time, in bounded memory) and hands
//! each record with its match and decision to a [`Sink`]. What is decided is pure: [`matching`], [`decide`],
//! [`safeguard`], [`judge`]. Files, and what is shown, are the command line's affair.

pub mod decide;
pub mod judge;
pub mod matching;
pub mod okta_users;
pub mod outcome;
pub mod person;
pub mod rules;
pub mod safeguard;
pub mod snapshot;

mod import;
mod notable;
mod page;
mod reader;
mod schedule;
mod seen;
mod tally;
mod walk;

pub use import::{Against, Import, Reread, Row, Sink, Stop, preview};
pub use outcome::{FORMAT, Preview};
pub use rules::Rules;
