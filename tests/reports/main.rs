//! What users and machines get from a run: every output of one sample run, of a hostile one and of a large one.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test may stop at once, read files, and say what it left out"
)]

mod any_text;
mod console;
mod html;
mod junit;
mod markdown;
mod oin;
mod outputs;
mod python;
mod sample;
mod tags;
