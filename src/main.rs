//! The `scimitar` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    scimitar::cli::run()
}
