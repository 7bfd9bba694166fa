//! `report.html`: a run for people, in one file that needs no network, no server and no scripts.
//!
//! The templates are in `reports/templates/`; askama escapes everything that they show, the style and the script are
//! fixed text and the only ones that the page's Content-Security-Policy admits. What a server said gets into the page as
//! [`Shown`](super::sanitize::Shown), never as a link, an attribute that is more than text, or a name.

mod body;
mod budget;
mod check;
mod page;

use std::io;

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::record::Run;

/// Writes a run as one HTML page.
///
/// # Errors
/// What the writer says.
pub fn write(run: &Run, mut out: impl io::Write) -> io::Result<()> {
    page::Page::of(run).write_into(&mut out)
}

/// A run as one HTML page. [`write`] needs less memory.
///
/// # Errors
/// What the template says; nothing in a record makes it refuse.
pub fn render(run: &Run) -> io::Result<String> {
    Ok(page::Page::of(run).render()?)
}

/// What a Content-Security-Policy names inline text by: its SHA-256 in base64.
fn csp_hash(text: &str) -> String {
    // askama leaves the last line break of a template out.
    let text = text.strip_suffix('\n').unwrap_or(text);
    STANDARD.encode(ring::digest::digest(&ring::digest::SHA256, text.as_bytes()))
}

/// The hash of the page's style.
fn style_hash() -> String {
    csp_hash(include_str!("../../../reports/templates/report.css"))
}

/// The hash of the page's script.
fn script_hash() -> String {
    csp_hash(include_str!("../../../reports/templates/report.js"))
}
