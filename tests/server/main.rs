//! The embedded server, asked over HTTP as clients ask it.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests measure how long answers take"
)]
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests stand outside of test functions"
)]

mod client;
mod probe;
mod probe_protocol;

mod authentication;
mod bulk;
mod cursor;
mod discovery;
mod faults;
mod lenient;
mod modes;
mod okta;
mod patch;
mod query;
mod races;
mod resources;
mod v1;
mod values;
mod variations;
mod wire;
