//! The run for a person at a terminal, and for the log of a CI job: what broke as it breaks, and at the end what it
//! comes to.
//!
//! Everything is text that the caller prints; width, colour and the rest come in as values. All of it reads the same
//! without colour, and nothing that a server said reaches the terminal raw.

mod live;
mod log_lines;
mod notes;
mod options;
mod style;
mod summary;

pub use live::Console;
pub use options::{Options, Written};
