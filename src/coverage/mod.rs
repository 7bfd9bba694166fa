//! Which requirements of the catalogues are cited by checks, which a written reason excuses, and which are left; and what
//! a run says of each. Pure: a library, and a record if there is one, to data.
//!
//! A run's record holds the catalogues that its checks cite ([`cited_catalogues`]), so that reports need no library.

mod catalogues;
mod counts;
mod document;
mod requirement;

pub use catalogues::{catalogues, cited_catalogues};
pub use counts::{Counts, Verdicts};
pub use document::{CoveredCatalogue, CoveredSection, Document, FORMAT, RunInfo, Scope};
pub use requirement::{CoveredRequirement, InRun, Judged, Standing};
