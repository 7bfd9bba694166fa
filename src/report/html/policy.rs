//! What the page's Content-Security-Policy admits: its own style and script, by their hashes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What a Content-Security-Policy names inline text by: its SHA-256 in base64.
fn csp_hash(text: &str) -> String {
    // askama leaves the last line break of a template out.
    let text = text.strip_suffix('\n').unwrap_or(text);
    STANDARD.encode(ring::digest::digest(&ring::digest::SHA256, text.as_bytes()))
}

/// The hash of the page's style.
pub(super) fn style_hash() -> String {
    csp_hash(include_str!("../../../reports/templates/report.css"))
}

/// The hash of the page's script.
pub(super) fn script_hash() -> String {
    csp_hash(include_str!("../../../reports/templates/report.js"))
}
