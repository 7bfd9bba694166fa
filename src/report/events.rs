//! The event stream: JSON, one line an event, for programs (`--events`).

use crate::record::Event;

use super::sanitize;

/// An event as one line of JSON, with its line break. It is as safe to print as it is to parse: what a terminal or a CI
/// system would act on is escaped by JSON's own rules.
///
/// # Errors
/// What `serde_json` says; an event has nothing that it refuses.
pub fn line(event: &Event) -> Result<String, serde_json::Error> {
    let mut line = sanitize::json(&serde_json::to_string(event)?).into_owned();
    line.push('\n');
    Ok(line)
}
