//! The suite language: suite text to checked, expanded checks, or diagnostics with positions.
//!
//! Pure: it is given texts and gives values; it reads no files and knows no network. `docs/suite-language.md` is its
//! description for people.
//!
//! `source` reads YAML into a tree in which everything knows its place; `grammar` holds the keys of the language, from
//! which both the structural checks and [`json_schema`] are made; `load` decodes the tree and checks its meaning; all that
//! is wrong comes out as [`Diagnostic`]s.

pub mod build;
pub mod check;
pub mod condition;
pub mod diagnostic;
pub mod expect;
mod grammar;
pub mod ids;
mod instant;
pub mod json_schema;
pub mod keyword;
pub mod library;
mod load;
pub mod nearest;
pub mod print;
pub mod source;
pub mod step;
pub mod template;
pub mod value_schema;
pub mod xpath;

pub use check::{Check, Dialect, EACH_TYPE, Given, Matrix, Parameter, Row, SkipRule, Suite, Use};
pub use condition::{Capability, Condition, Published, Test};
pub use diagnostic::{Diagnostic, Severity};
pub use expect::{
    BodyShape, Demand, DemandKind, Entry, ErrorMatcher, KEYWORDS, Matcher, Represented, SameAs,
    StatusMatcher, StatusRange, TimeMatcher,
};
pub use library::{CatalogueHead, Fixture, PlanCatalogue, Profile, Requirement};
pub use load::Loader;
pub use step::{
    Action, BodyTemplate, Capture, CaptureFrom, CredentialsTemplate, FixtureChoice, Paginate,
    Paging, ParallelMember, Poll, RequestTemplate, Step,
};
pub use template::{Scope, Template};

/// All that was loaded: suites and what stands beside them.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// The suites, in the order of their files' paths.
    pub suites: Vec<Suite>,
    /// Fixtures by name.
    pub fixtures: std::collections::BTreeMap<String, Fixture>,
    /// Profiles by name.
    pub profiles: std::collections::BTreeMap<String, Profile>,
    /// Requirements by id.
    pub requirements: std::collections::BTreeMap<String, Requirement>,
    /// The catalogues that they are from, by id.
    pub catalogues: std::collections::BTreeMap<String, CatalogueHead>,
    /// Catalogues that are plans, in the order of their files' paths.
    pub plans: Vec<PlanCatalogue>,
}
