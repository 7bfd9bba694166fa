//! Checks as libtest trials: `cargo test`, `cargo nextest run` and editors see each check as a test.
//!
//! A project that has a SCIM server makes a test target of its own (`harness = false`):
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     let url = "http://127.0.0.1:8080/scim/v2"; // where your server listens by now
//!     scimitar::libtest::Conformance::of(url).bearer("secret").suites(["okta-*"]).run()
//! }
//! ```

mod snapshot;
mod trials;

pub use snapshot::normalised;
pub use trials::Conformance;
