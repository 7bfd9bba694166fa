//! The table as a document of its own.

use schemars::JsonSchema;
use serde::Serialize;

use crate::record::{AttributeTable, FormatVersion, Leftover, Target};

/// The version of the document's format: minor versions only add optional members.
pub const FORMAT: FormatVersion = FormatVersion { major: 1, minor: 0 };

/// What a target makes of the attributes that Okta sends, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// The format of this document.
    pub format: FormatVersion,
    /// The version of scimitar that wrote it.
    pub scimitar: String,
    /// When it began (RFC 3339, UTC).
    pub started: String,
    /// The target.
    pub target: Target,
    /// What generated data was drawn from; `--seed` repeats it.
    pub seed: u64,
    /// The table.
    #[serde(flatten)]
    pub table: AttributeTable,
    /// The attributes that fail a demand of Okta's or of the mapping.
    pub failures: Vec<String>,
    /// The attributes to delete from Okta's mapping.
    pub delete: Vec<String>,
    /// The attributes that belong in Okta's mapping, as `okta.attributes.mapped` has them.
    pub keep: Vec<String>,
    /// What could not be removed from the target.
    pub leftovers: Vec<Leftover>,
}

impl Document {
    /// The document of a table.
    pub fn new(
        started: String,
        target: Target,
        seed: u64,
        table: AttributeTable,
        leftovers: Vec<Leftover>,
    ) -> Self {
        let path = |one: &crate::record::Attribute| one.path.clone();
        Self {
            format: FORMAT,
            scimitar: env!("CARGO_PKG_VERSION").to_owned(),
            started,
            target,
            seed,
            failures: table.failures().map(path).collect(),
            delete: table.to_delete().map(path).collect(),
            keep: table.to_keep().map(path).collect(),
            table,
            leftovers,
        }
    }
}
