//! A record to one output format: pure functions of [`crate::record`], one file each.
//!
//! | output | function |
//! |---|---|
//! | `run.json` | [`json::write_pretty`] |
//! | `junit.xml` | [`junit::render`] |
//! | `report.html` | [`html::write`] |
//! | `summary.md` | [`markdown::render`] |
//! | `oin.html`, `oin.md` | [`oin::write_html`], [`oin::render_markdown`] |
//! | all of these, by name | [`FORMATS`] |
//! | the terminal | [`console::Console`], [`progress::Progress`] |
//! | `--events` | [`events::line`] |
//!
//! A failure shows the same facts in all of them ([`text`]), failures with one cause share one headline ([`group`]), and
//! the first sentence is the same ([`conclusion`]). What a server said passes through [`sanitize`] and the escaping of
//! the format. Nothing here does I/O, and terminal width, colour and time come in as values.

pub mod columns;
pub mod conclusion;
pub mod console;
pub mod curl;
pub mod events;
pub mod formats;
pub mod group;
pub mod html;
pub mod json;
pub mod junit;
pub mod latency;
pub mod markdown;
pub mod oin;
pub mod paragraph;
mod pretty;
pub mod progress;
mod quantity;
pub mod sanitize;
pub mod system_log;
pub mod text;

pub use conclusion::Conclusion;
pub use formats::{FORMATS, Format};
