use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The version of the record's format.
///
/// A reader takes any record of its own major version: minor versions only add optional members.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct FormatVersion {
    /// Changes when older readers can't understand the record.
    pub major: u32,
    /// Changes when members are added.
    pub minor: u32,
}

/// The version that this scimitar writes.
pub const FORMAT: FormatVersion = FormatVersion { major: 1, minor: 1 };

/// Why a record can't be read.
#[derive(Debug, Error)]
pub enum FormatError {
    /// The record is of a format that this scimitar doesn't know.
    #[error(
        "the record has format {found}, and this scimitar reads {FORMAT} and later minor versions of it"
    )]
    Unreadable {
        /// The record's version.
        found: FormatVersion,
    },
    /// The text is no record at all.
    #[error("not a run record: {0}")]
    Invalid(#[from] serde_json::Error),
}

impl FormatVersion {
    /// Whether this scimitar can read a record of this version.
    ///
    /// # Errors
    /// [`FormatError::Unreadable`] for any other major version.
    pub fn check_readable(self) -> Result<(), FormatError> {
        if self.major == FORMAT.major {
            Ok(())
        } else {
            Err(FormatError::Unreadable { found: self })
        }
    }
}

impl fmt::Display for FormatVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}
