//! What a target makes of each attribute of a user that Okta sends: stored, normalised, ignored or refused.
//!
//! [`survey`] creates users by requests as Okta's client sends them, reads them back, updates one, and removes all of
//! them; who is refused because of an attribute is found by halving, in a bounded number of requests. What it saw is
//! judged by pure functions, and becomes an [`AttributeTable`](crate::record::AttributeTable).
//! [`mapping`] knows the names that `[okta.attributes]` may hold.

pub mod mapping;

mod create;
mod document;
mod facts;
mod item;
mod judge;
mod sample;
mod search;
mod survey;
mod template;
mod update;
mod user;

pub use document::{Document, FORMAT};
pub use survey::{Survey, Wanted, survey};
