//! A draft of Okta's attribute mapping as CSV: a line for each attribute, with what the Profile Editor asks for.

use std::path::Path;

use super::exit::Failure;
use super::files::Draft;
use super::roster::{cant, cell};
use crate::attributes::Document;
use crate::record::{Attribute, AttributeTable};

/// The names of the columns.
const COLUMNS: [&str; 11] = [
    "okta",
    "scim",
    "namespace",
    "type",
    "array",
    "mutability",
    "required",
    "scope",
    "create",
    "update",
    "mapping",
];

/// Writes the draft.
///
/// # Errors
/// When the file can't be written.
pub(super) fn write(document: &Document, path: &Path) -> Result<(), Failure> {
    draft(document, path).map_err(|error| cant(path, &error))
}

fn draft(document: &Document, path: &Path) -> std::io::Result<()> {
    let mut csv = csv::Writer::from_writer(Draft::new(path)?);
    csv.write_record(COLUMNS).map_err(std::io::Error::other)?;
    for attribute in &document.table.attributes {
        csv.write_record(cells(&document.table, attribute))
            .map_err(std::io::Error::other)?;
    }
    let written = csv.into_inner();
    written
        .map_err(|error| std::io::Error::other(error.to_string()))?
        .done()
}

fn cells(table: &AttributeTable, attribute: &Attribute) -> [String; 11] {
    // A path carries the URN of an extension before its last colon.
    let (namespace, path) = match attribute
        .path
        .split('[')
        .next()
        .and_then(|path| path.rfind(':'))
    {
        Some(at) => attribute.path.split_at(at),
        None => ("", attribute.path.as_str()),
    };
    let okta = attribute.variable.as_deref();
    let okta = okta.map_or_else(String::new, |variable| format!("user.{variable}"));
    let known = attribute.definition.as_ref();
    // Of one of several values Okta maps the text.
    let is_text =
        attribute.variable.is_some() && known.is_some_and(|known| known.kind == "complex");
    let part = if is_text { ".value" } else { "" };
    let flag = |flag: Option<bool>| flag.map_or_else(String::new, |flag| flag.to_string());
    [
        okta,
        cell(&format!("{}{part}", path.trim_start_matches(':'))),
        cell(namespace),
        match known {
            _ if is_text => "string".to_owned(),
            Some(known) => cell(&known.kind),
            None => String::new(),
        },
        flag(known.map(|known| known.multi_valued)),
        known.map_or_else(String::new, |known| cell(&known.mutability)),
        flag(known.map(|known| known.required)),
        // A group's assignment can't give its people one name, one address or one status.
        if attribute.always {
            "user"
        } else {
            "user or group"
        }
        .to_owned(),
        attribute.create.outcome.created().to_owned(),
        attribute
            .update
            .as_ref()
            .map_or_else(String::new, |update| update.outcome.updated().to_owned()),
        mapping(table, attribute).to_owned(),
    ]
}

/// What to do with it in Okta.
fn mapping(table: &AttributeTable, attribute: &Attribute) -> &'static str {
    let is_this = |one: &Attribute| one.path == attribute.path;
    if attribute.path == "id" {
        "set by the target"
    } else if attribute.always {
        "sent in any case"
    } else if table.to_delete().any(is_this) {
        "delete"
    } else if table.to_keep().any(is_this) {
        "keep"
    } else {
        "unjudged"
    }
}
