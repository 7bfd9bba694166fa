//! What the page's Content-Security-Policy admits: its own style and script, by their hashes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The style that all pages have.
pub(in crate::report) const STYLE: &str = include_str!("../../../reports/templates/report.css");

/// What a Content-Security-Policy names inline text by: its SHA-256 in base64. The text is that of templates that stand one
/// after the other.
pub(in crate::report) fn csp_hash(parts: &[&str]) -> String {
    // askama leaves the last line break of a template out.
    let parts = parts
        .iter()
        .map(|part| part.strip_suffix('\n').unwrap_or(part));
    let text: String = parts.collect();
    STANDARD.encode(ring::digest::digest(&ring::digest::SHA256, text.as_bytes()))
}

/// The hash of the page's style.
pub(super) fn style_hash() -> String {
    csp_hash(&[STYLE])
}

/// The hash of the page's script.
pub(super) fn script_hash() -> String {
    csp_hash(&[include_str!("../../../reports/templates/report.js")])
}
