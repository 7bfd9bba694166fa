//! The command line as people and pipelines see it: the built binary in a scrubbed environment.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests read what the binary wrote, and wait for it"
)]
#![expect(
    clippy::unwrap_used,
    reason = "what the tests are built from may fail as a test does"
)]

mod attributes;
mod binary;
mod coverage;
mod docs;
mod doctor;
mod errors;
mod help;
mod hindered;
mod import_preview;
mod imports;
mod killed;
mod oin;
mod okta_org;
mod others;
mod own;
mod recordings;
mod runs;
mod secrets;
mod served;
mod settings;
mod suites;
mod system_log;
#[path = "../wire/tls_server.rs"]
mod tls_server;
