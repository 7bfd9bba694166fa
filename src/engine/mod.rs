//! The engine: plan (pure), run (async), judge (pure). Checks become events.
//!
//! It knows no reporter: what happens is sent as [`crate::record::Event`]s. What a target does is never an `Err` here
//! but a verdict with evidence; an error means that scimitar could not do its work.

pub mod cause;
pub mod cleanup;
pub mod context;
pub mod conversation;
pub mod discover;
pub mod generate;
pub mod judge;
pub mod knowledge;
pub mod ledger;
mod patience;
pub mod plan;
pub mod run;
pub mod scope;
pub mod selection;
pub mod session;

mod capture;
mod check;
mod disturbed;
mod fixture;
mod given;
mod hindrance;
mod matrix;
mod paginate;
mod race;
mod request;
mod sequence;
mod service;
mod step;
mod target;
mod tracked;
mod verdict;
mod waive;
mod watch;
mod wire;

pub use check::Outcomes;
pub use context::{CleanupPolicy, Context, Settings};
pub use conversation::{Conversation, Heard, Stopped};
pub use discover::{Preflight, discover};
pub use knowledge::{Discovery, Knowledge};
pub use ledger::{Ledger, LedgerFile};
pub use plan::{Ground, Plan, PlannedCheck};
pub use run::{run, run_through};
pub use selection::{Choice, ChoiceError};
pub use service::{CHECK_HEADER, Errand, Errands, Returned, Service};
pub use session::{Session, Setup};
pub use waive::{Waiver, Waivers};
pub use wire::Wire;
