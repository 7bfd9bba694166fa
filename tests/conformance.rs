//! Every check as a test: against the embedded server, or against the target that the environment names
//! (`SCIMITAR_TARGET`, `SCIMITAR_BEARER` …, docs/cli.md).
//!
//! The embedded server's answers are held against `tests/snapshots/`: `cargo insta review` shows what changed.

#![expect(
    clippy::expect_used,
    reason = "without a server there is nothing to test"
)]

use std::process::ExitCode;

use scimitar::libtest::Conformance;
use scimitar::server::{Config, Server};

fn main() -> ExitCode {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let server = runtime
        .block_on(Server::start(Config::default()))
        .expect("the embedded server starts");
    Conformance::of(server.base_url_v2())
        .scim_1_1(server.base_url_v1())
        .bearer(server.token())
        .seed(1)
        .snapshots(|check, answers| {
            // The rows of `language` follow the target's schemas: what they send is drawn anew in each run.
            if check.starts_with("okta-") {
                insta::assert_snapshot!(check, answers);
            }
        })
        .run()
}
