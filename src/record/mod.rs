//! What a run was, as versioned plain data, and the events that build it.
//!
//! A [`Run`] is the only thing that reports are made from. It is built by [`Run::apply`] from [`Event`]s and in no
//! other way, so the console, the recorder and `--events` can't disagree. Everything here is owned data with facts
//! only, most of it deflated ([`Steps`]): no I/O, no clock, no display choices. Secrets are redacted before anything gets here.

mod attributes;
mod broken;
mod catalogue;
mod check_result;
mod connection;
mod event;
mod exchange;
mod leftover;
mod location;
mod operation;
mod run;
mod steps;
mod system_log;
mod test_plan;
mod verdict;
mod version;

pub use attributes::{
    Attribute, AttributeDefinition, AttributeDemand, AttributeOrigin, AttributeOutcome,
    AttributeTable, AttributeWrite,
};
pub use broken::{Broken, broken, decisive};
pub use catalogue::{Catalogue, CatalogueRequirement, CatalogueSection, RequirementVerdict};
pub use check_result::{
    Cause, Caused, CheckResult, ExpectationResult, Outcome, RequirementRef, StepResult, TraitSeen,
};
pub use connection::{AuthenticationMode, BaseUrlFinding, Connection};
pub use event::Event;
pub use exchange::{
    Body, Exchange, Header, Request, Response, Role, TransportError, TransportErrorKind,
};
pub use leftover::Leftover;
pub use location::Location;
pub use operation::{OPERATIONS, Operation};
pub use run::{Counts, Note, NoteKind, Run, RunStatus, Selection, SuiteInfo, Target, Tool};
pub use steps::Steps;
pub use system_log::{Basis, LogEvent, LogOutcome, LogSeverity};
pub use test_plan::{PlanCase, TestPlan};
pub use verdict::{Level, Status, Verdict};
pub use version::{FORMAT, FormatError, FormatVersion};
