//! The embedded server: SCIM 2.0 in full (RFC 7643, RFC 7644, RFC 9865) and SCIM 1.1 beside it, on loopback, in
//! memory, seeded; with a registry of faults, of other lawful choices, and of awkward but lawful habits (modes).
//!
//! The rules of SCIM are those of [`crate::scim`]; here are the store, the endpoints and the switches. A request is
//! read whole, answered under one lock (so two writes never interleave), and the answer is
//! written out: only `running` and `wire` know sockets.

mod answer;
mod asset;
mod auth;
mod bulk;
mod bulk_result;
mod bulk_work;
mod call;
mod check;
mod config;
mod cursor;
mod dialect;
mod discovery;
mod dispatch;
mod extension;
mod fault;
mod faults;
mod gzip;
mod job;
mod kind;
mod lenient;
mod list;
mod present;
mod query;
mod registry;
mod route;
mod running;
mod seed;
mod service;
mod state;
mod store;
mod token;
mod variation;
mod wire;
mod write;
mod xml;

pub use config::{Clock, Config, Credentials, Demands, Modes, OAuthClient};
pub use fault::{FAULTS, Fault, SHOWN_BY_DOCTOR, UnknownSwitch, VARIATIONS, Variation};
pub use running::Server;
