//! Exit codes. They are an API: a code never changes its meaning.

use std::fmt::{self, Write as _};
use std::process::ExitCode;

/// Everything that gates passed.
pub const OK: u8 = 0;
/// The target does not conform; a stale or expired waiver counts. Requirements are covered less than was demanded.
pub const NONCONFORMING: u8 = 1;
/// Usage, configuration or suite error.
pub const USAGE: u8 = 2;
/// The target can't be reached, refuses the credentials, or is no SCIM service.
pub const UNREACHABLE: u8 = 3;
/// The selection chose no check.
pub const NOTHING_SELECTED: u8 = 4;
/// Nothing failed, but something that gates could not be judged.
pub const INCONCLUSIVE: u8 = 5;
/// A report could not be written.
pub const REPORT_NOT_WRITTEN: u8 = 7;
/// Clean-up is incomplete; what is left is listed.
pub const CLEANUP_INCOMPLETE: u8 = 8;
/// Interrupted; the partial report is written.
pub const INTERRUPTED: u8 = 130;

/// All codes with their meanings, for the documentation.
pub const MEANINGS: [(u8, &str); 9] = [
    (OK, "everything that gates passed"),
    (
        NONCONFORMING,
        "the target does not conform, a waiver is stale, `coverage --fail-under` is not reached, or `prove` found something wrong",
    ),
    (USAGE, "usage, configuration or suite error"),
    (
        UNREACHABLE,
        "the target can't be reached, refuses the credentials, or is no SCIM service",
    ),
    (NOTHING_SELECTED, "the selection chose no check"),
    (
        INCONCLUSIVE,
        "nothing failed, but something that gates could not be judged",
    ),
    (REPORT_NOT_WRITTEN, "a report could not be written"),
    (
        CLEANUP_INCOMPLETE,
        "clean-up is incomplete; what is left is listed",
    ),
    (INTERRUPTED, "interrupted; the partial report is written"),
];

/// A failure of scimitar itself or of what it was told: what happened, and what to do.
#[derive(Debug)]
pub enum Failure {
    /// What was asked for can't be done.
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Vec<String>,
    },
    /// Files have errors; the text is their rendered diagnostics.
    Diagnostics(String),
    /// The target can't be tested.
    Preflight {
        /// What happened.
        message: String,
        /// What to do.
        help: Vec<String>,
    },
    /// The selection chose nothing.
    NothingSelected {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Vec<String>,
    },
    /// An output could not be written.
    Output {
        /// Where.
        path: String,
        /// Why.
        message: String,
    },
    /// Resources are left on the target; they have been listed.
    Leftovers(usize),
    /// Interrupted before anything was made.
    Interrupted,
}

impl Failure {
    /// A usage error without further help.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage {
            message: message.into(),
            help: Vec::new(),
        }
    }

    /// The failure that something can't be written there.
    pub fn output(path: impl fmt::Display, error: impl fmt::Display) -> Self {
        Self::Output {
            path: path.to_string(),
            message: error.to_string(),
        }
    }

    /// The exit code of a failure.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Usage { .. } | Self::Diagnostics(_) => USAGE,
            Self::Preflight { .. } => UNREACHABLE,
            Self::NothingSelected { .. } => NOTHING_SELECTED,
            Self::Output { .. } => REPORT_NOT_WRITTEN,
            Self::Leftovers(_) => CLEANUP_INCOMPLETE,
            Self::Interrupted => INTERRUPTED,
        }
    }

    /// The failure for people.
    pub fn render(&self) -> String {
        let (message, help, last) = match self {
            Self::Usage { message, help } | Self::NothingSelected { message, help } => {
                (message.clone(), help.as_slice(), "")
            }
            Self::Preflight { message, help } => (
                message.clone(),
                help.as_slice(),
                "  This says nothing about conformance: no check has run.\n",
            ),
            Self::Diagnostics(rendered) => return rendered.clone(),
            Self::Output { path, message } => {
                (format!("{path} can't be written: {message}"), &[][..], "")
            }
            Self::Leftovers(1) => (
                "one resource is left on the target; it is listed above".to_owned(),
                &[][..],
                "",
            ),
            Self::Leftovers(count) => (
                format!("{count} resources are left on the target; they are listed above"),
                &[][..],
                "",
            ),
            Self::Interrupted => {
                return "Interrupted. Nothing was made on the target.\n".to_owned();
            }
        };
        let mut text = format!("error: {message}\n");
        for line in help {
            // A `String` takes any write: the result can't be an error.
            let _ = writeln!(text, "  help: {line}");
        }
        text.push_str(last);
        text
    }
}

impl From<&Failure> for ExitCode {
    fn from(failure: &Failure) -> Self {
        Self::from(failure.exit_code())
    }
}
