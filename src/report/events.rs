//! The event stream: JSON, one line an event, for programs (`--events`).

use crate::record::Event;

/// An event as one line of JSON, with its line break. Control characters are escaped by JSON's own rules.
///
/// # Errors
/// What `serde_json` says; an event has nothing that it refuses.
pub fn line(event: &Event) -> Result<String, serde_json::Error> {
    let mut line = serde_json::to_string(event)?;
    line.push('\n');
    Ok(line)
}
