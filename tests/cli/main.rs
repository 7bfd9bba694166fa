//! The command line as people and pipelines see it: the built binary in a scrubbed environment.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests read what the binary wrote, and wait for it"
)]

mod binary;
mod docs;
mod errors;
mod help;
mod killed;
mod others;
mod runs;
mod secrets;
mod served;
mod settings;
mod suites;
